//! Workers as permits: how many printers may be busy at once, a number that changes while they are.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;

#[derive(Debug)]
pub(crate) struct Permits {
    counts: Mutex<Counts>,
    freed: Notify,
    /// Notified when a lane finds no worker free.
    starving: Notify,
}

#[derive(Debug)]
struct Counts {
    limit: usize,
    used: usize,
    /// The limit stays as it is.
    pinned: bool,
}

/// A worker's leave to keep one printer busy; given back when dropped, or sooner.
#[derive(Debug)]
pub(crate) struct Permit {
    permits: Arc<Permits>,
    held: AtomicBool,
}

impl Permits {
    pub(crate) fn new(limit: usize) -> Arc<Self> {
        let counts = Mutex::new(Counts { limit, used: 0, pinned: false });
        Arc::new(Self { counts, freed: Notify::new(), starving: Notify::new() })
    }

    /// Waits for a worker.
    pub(crate) async fn take(self: &Arc<Self>) -> Permit {
        loop {
            let freed = self.freed.notified();
            tokio::pin!(freed);
            // Listens before it looks, so that a worker freed in between is not missed.
            freed.as_mut().enable();
            if let Some(permit) = self.try_take() {
                return permit;
            }
            self.starving.notify_one();
            freed.await;
        }
    }

    /// A worker, if one is free.
    pub(crate) fn try_take(self: &Arc<Self>) -> Option<Permit> {
        self.try_use().then(|| Permit { permits: Arc::clone(self), held: AtomicBool::new(true) })
    }

    fn try_use(&self) -> bool {
        let mut counts = self.counts();
        let free = counts.used < counts.limit;
        if free {
            counts.used += 1;
        }
        free
    }

    /// From now on so many may work; who works already is not interrupted.
    pub(crate) fn set_limit(&self, limit: usize) {
        let mut counts = self.counts();
        if counts.pinned {
            return;
        }
        counts.limit = limit;
        drop(counts);
        self.freed.notify_waiters();
    }

    /// From now on so many may work, whatever is said later.
    pub(crate) fn pin(&self, limit: usize) {
        self.set_limit(limit);
        self.counts().pinned = true;
    }

    /// Workers in use, and workers in all.
    pub(crate) fn in_use(&self) -> (usize, usize) {
        let counts = self.counts();
        (counts.used, counts.limit)
    }

    /// Waits until a lane finds no worker free.
    pub(crate) async fn starving(&self) {
        self.starving.notified().await;
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Permit {
    /// Does `work`; when that takes longer than `at_most`, it goes on and the worker is given back.
    pub(crate) async fn keep(&self, at_most: Duration, work: impl Future<Output = ()>) {
        tokio::pin!(work);
        tokio::select! {
            () = &mut work => return,
            () = tokio::time::sleep(at_most) => self.release(),
        }
        work.await;
    }

    /// Gives the worker back; the second time nothing happens.
    pub(crate) fn release(&self) {
        if self.held.swap(false, Ordering::AcqRel) {
            self.permits.counts().used -= 1;
            self.permits.freed.notify_one();
        }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.release();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_worker_given_back_goes_to_whoever_waits() {
        let permits = Permits::new(1);
        let first = permits.take().await;
        let waiting = tokio::spawn({
            let permits = Arc::clone(&permits);
            async move { permits.take().await }
        });
        permits.starving().await;
        first.release();
        first.release();
        let second = waiting.await.unwrap();
        assert_eq!(permits.in_use(), (1, 1), "given back once, not twice");
        drop(first);
        assert_eq!(permits.in_use(), (1, 1));
        drop(second);
        assert_eq!(permits.in_use(), (0, 1));
    }

    /// A printer that takes for ever costs the others one worker, and not for long.
    #[tokio::test]
    async fn work_that_takes_too_long_goes_on_without_its_worker() {
        let permits = Permits::new(1);
        let permit = permits.take().await;
        let others = Arc::clone(&permits);
        let work = async move { drop(others.take().await) };
        let done = tokio::time::timeout(Duration::from_mins(1), permit.keep(Duration::ZERO, work)).await;
        assert!(done.is_ok(), "the worker was not given back");
    }

    #[tokio::test]
    async fn more_and_fewer_while_they_work() {
        let permits = Permits::new(1);
        let first = permits.take().await;
        let waiting = tokio::spawn({
            let permits = Arc::clone(&permits);
            async move { permits.take().await }
        });
        permits.starving().await;
        permits.set_limit(2);
        let second = waiting.await.unwrap();
        permits.set_limit(1);
        assert_eq!(permits.in_use(), (2, 1), "nobody is interrupted");
        drop(second);
        let taken = tokio::time::timeout(Duration::ZERO, permits.take()).await;
        assert!(taken.is_err(), "the one that is left is in use");
        drop(first);
        permits.take().await;
    }

    #[tokio::test]
    async fn a_pinned_number_stays() {
        let permits = Permits::new(1);
        permits.pin(3);
        permits.set_limit(1);
        assert_eq!(permits.in_use(), (0, 3));
    }
}
