//! When a unit that did not happen is run again, and after which pause.
//!
//! Two things make the server give a unit back untouched: another unit was in its way, or its
//! connection was lost before the commit was sent. Pauses grow and are drawn, so that units that
//! collided do not collide again.

use crate::StoreError;
use crate::error::EngineError;
use fastrand::Rng;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// How often a unit is run again after the server gave it up for another's sake.
const COLLISIONS: u32 = 8;
/// How long a unit is begun again after its connection was lost.
const LOST: Duration = Duration::from_secs(8);
/// The first pause; each further one is twice as long, up to the longest.
const PAUSE: Duration = Duration::from_millis(10);
const LONGEST_PAUSE: Duration = Duration::from_millis(400);

/// Where the pauses' chance comes from.
#[derive(Clone, Debug)]
pub(super) struct Chance(Arc<Mutex<Rng>>);

impl Chance {
    pub(super) fn new(rng: Rng) -> Self {
        Self(Arc::new(Mutex::new(rng)))
    }

    /// A number from 0 up to 1.
    pub(super) fn draw(&self) -> f64 {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).f64()
    }
}

/// Why a unit that did not happen may be run again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reason {
    Collision,
    ConnectionLost,
}

impl StoreError {
    fn reason_to_try_again(&self) -> Option<Reason> {
        match self {
            Self::Away(_) => Some(Reason::ConnectionLost),
            Self::Database(EngineError::Postgres(error)) => {
                let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
                matches!(code.as_deref(), Some("40001" | "40P01")).then_some(Reason::Collision)
            }
            _ => None,
        }
    }
}

/// The tries of one unit.
#[derive(Debug)]
pub(super) struct Tries {
    chance: Chance,
    began: Instant,
    collisions: u32,
    losses: u32,
}

impl Tries {
    pub(super) fn new(chance: &Chance) -> Self {
        Self { chance: chance.clone(), began: Instant::now(), collisions: 0, losses: 0 }
    }

    /// The pause before the next try; none when `error` is final or enough was tried.
    pub(super) fn pause_after(&mut self, error: &StoreError) -> Option<Duration> {
        let before = match error.reason_to_try_again()? {
            Reason::Collision if self.collisions < COLLISIONS => &mut self.collisions,
            Reason::ConnectionLost if self.began.elapsed() < LOST => &mut self.losses,
            Reason::Collision | Reason::ConnectionLost => return None,
        };
        *before += 1;
        Some(pause(*before, self.chance.draw()))
    }
}

/// The pause before the n-th further try: between a half and the whole of what doubling gives.
pub(super) fn pause(number: u32, draw: f64) -> Duration {
    let doubled = PAUSE.saturating_mul(2_u32.saturating_pow(number.saturating_sub(1)));
    doubled.min(LONGEST_PAUSE).mul_f64(0.5 + draw / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lost() -> StoreError {
        StoreError::from(sqlx::Error::Io(std::io::ErrorKind::ConnectionReset.into()))
    }

    #[test]
    fn pauses_grow_stay_bounded_and_differ_by_chance() {
        let ms = |number, draw| pause(number, draw).as_millis();
        assert_eq!((ms(1, 0.0), ms(2, 0.0), ms(3, 0.0)), (5, 10, 20));
        assert_eq!((ms(1, 1.0), ms(2, 1.0), ms(40, 1.0)), (10, 20, 400));
        assert!(pause(3, 0.2) < pause(3, 0.8));
    }

    #[test]
    fn the_same_seed_gives_the_same_pauses() {
        let pauses = |seed| {
            let mut tries = Tries::new(&Chance::new(Rng::with_seed(seed)));
            std::array::from_fn::<_, 5, _>(|_| tries.pause_after(&lost()))
        };
        assert_eq!(pauses(7), pauses(7));
        assert_ne!(pauses(7), pauses(8));
    }

    #[test]
    fn what_may_have_happened_or_cannot_succeed_is_not_tried_again() {
        let mut tries = Tries::new(&Chance::new(Rng::with_seed(1)));
        let source = EngineError::from(sqlx::Error::WorkerCrashed);
        for error in [
            StoreError::Unsure(source.clone()),
            StoreError::Busy,
            StoreError::TooSlow,
            StoreError::Closed,
            StoreError::Stale { what: "the test" },
            StoreError::Dangling(source),
        ] {
            assert_eq!(tries.pause_after(&error), None, "{error}");
        }
    }
}
