//! Memory that was freed goes back to the system.
//!
//! The C library of Linux keeps what a thread has freed for that thread's next needs: 19 MiB for each one that has hashed a
//! PIN, and hundreds once files of products were brought in, until the program ends. Other systems give it back.
#![cfg_attr(
    all(target_os = "linux", target_env = "gnu"),
    expect(unsafe_code, reason = "a function of the C library that no safe crate has; it takes no pointer")
)]

/// Gives back what is free. Whoever wants memory meanwhile may wait some milliseconds.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub(crate) async fn give_back() {
    let trimmed = tokio::task::spawn_blocking(|| {
        // SAFETY: it may be called at any time and by any thread, and touches nothing that is in use.
        unsafe { libc::malloc_trim(0) }
    });
    if let Err(error) = trimmed.await {
        tracing::warn!(%error, "free memory could not be given back");
    }
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(crate) fn give_back() -> std::future::Ready<()> {
    std::future::ready(())
}

#[cfg(all(test, target_os = "linux", target_env = "gnu"))]
mod tests {
    use super::*;

    const PIECE: usize = 1_024;
    const PIECES: usize = 200_000;
    const PAGE: usize = 4_096;

    /// Resident pages of this process.
    fn resident() -> usize {
        let told = std::fs::read_to_string("/proc/self/statm").unwrap();
        told.split_ascii_whitespace().nth(1).unwrap().parse().unwrap()
    }

    #[tokio::test]
    async fn what_is_free_below_what_is_held_goes_back() {
        let mut pieces: Vec<Vec<u8>> = (0..PIECES).map(|n| vec![n.to_le_bytes()[0]; PIECE]).collect();
        let held = pieces.split_off(PIECES - 1);
        drop(pieces);
        let kept = resident();
        give_back().await;
        let left = resident();
        // Other tests take memory at the same time: a third of it is proof enough.
        assert!(left + PIECES * PIECE / PAGE / 3 < kept, "{kept} pages before, {left} after");
        assert_eq!(held[0].len(), PIECE);
    }
}
