//! Real kills of a real process, real faults of its disk, real cuts of its connections, and what is found
//! afterwards.

mod child;
mod commit_cut;
#[cfg(target_os = "linux")]
mod damage;
#[cfg(target_os = "linux")]
mod disk;
#[cfg(target_os = "linux")]
mod folder;
mod full_disk;
#[cfg(target_os = "linux")]
mod io;
mod kill;
mod leases;
mod limits;
mod owners;
#[cfg(target_os = "linux")]
mod power;
mod printers;
mod proxy;
mod recovery;
mod rush;
mod screens;
mod server_away;
mod services;
#[cfg(target_os = "linux")]
mod small_disk;
mod turbo;
mod two_cores;

/// Whether every case is wanted, and not only those for which each change has the time.
fn all_cases() -> bool {
    std::env::var("FASTOPS_FAULTS").is_ok_and(|wanted| wanted == "all")
}

/// The n-th value of a fixed series that looks like chance.
fn chance(n: usize, below: usize) -> usize {
    let mixed = (n as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
    let mixed = mixed.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    usize::try_from((mixed ^ (mixed >> 32)) % below as u64).unwrap()
}
