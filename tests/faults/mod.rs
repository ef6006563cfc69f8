//! Real kills of a real process, real faults of its disk, and what is found afterwards.

mod child;
#[cfg(target_os = "linux")]
mod disk;
mod full_disk;
mod kill;
#[cfg(target_os = "linux")]
mod power;

/// Whether every case is wanted, and not only those for which each change has the time.
fn all_cases() -> bool {
    std::env::var("FASTOPS_FAULTS").is_ok_and(|wanted| wanted == "all")
}
