//! Turbo: everything that can wait makes way for paper.
//!
//! ```text
//!         by hand, or the load is heavy
//!   off ────────────────────────────────> on
//!    ^                                     │
//!    └── by hand, or under 5 wait and the ─┘
//!        average is under 3 s
//! ```
//!
//! Turned on by hand before a rush, it waits for the rush: the calm that it starts in does not end it.

use crate::lane::LaneSpeed;

/// More tickets than this waiting turn it on.
pub const HEAVY_ABOVE: i64 = 30;
/// A longer average time to paper than this turns it on, in milliseconds.
pub const SLOW_ABOVE_MS: i64 = 10_000;
/// It ends by itself when fewer than this wait.
pub const CALM_BELOW: i64 = 5;
/// And when the average time to paper is under this, in milliseconds.
pub const QUICK_BELOW_MS: i64 = 3_000;

/// Most tickets that go with one write, since a crash in the middle marks all of them.
pub const BATCH_MOST: i64 = 8;
/// Longest that tickets may take which go with one write, in milliseconds.
pub const BATCH_MS: i64 = 3_000;

/// How many tickets of a lane go with one write: as many as it prints in [`BATCH_MS`], at most [`BATCH_MOST`].
pub fn batch(speed: LaneSpeed) -> u32 {
    let fit = BATCH_MS / speed.ms_per_ticket().max(1);
    u32::try_from(fit.min(BATCH_MOST)).unwrap_or(1)
}

/// Whether it is on, and who turned it on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Turbo {
    #[default]
    Off,
    /// The load turned it on.
    ByLoad,
    /// A person turned it on.
    ByHand {
        /// Whether there has been load since.
        met_load: bool,
    },
}

/// What turbo is decided from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TurboEvent {
    TurnOn,
    TurnOff,
    /// How many tickets wait, and how long the last ones took to paper on average, in milliseconds.
    Load {
        waiting: i64,
        average_ms: i64,
    },
}

impl Turbo {
    /// What it becomes.
    #[must_use]
    pub const fn next(self, event: TurboEvent) -> Self {
        match (self, event) {
            (Self::ByHand { .. }, TurboEvent::TurnOn) => self,
            (Self::Off | Self::ByLoad, TurboEvent::TurnOn) => Self::ByHand { met_load: false },
            (_, TurboEvent::TurnOff) => Self::Off,
            (Self::Off, TurboEvent::Load { waiting, average_ms }) => {
                if waiting > HEAVY_ABOVE || average_ms > SLOW_ABOVE_MS && waiting >= CALM_BELOW {
                    Self::ByLoad
                } else {
                    Self::Off
                }
            }
            (Self::ByLoad | Self::ByHand { met_load: true }, TurboEvent::Load { waiting, average_ms }) => {
                if is_calm(waiting, average_ms) {
                    Self::Off
                } else {
                    self
                }
            }
            (Self::ByHand { met_load: false }, TurboEvent::Load { waiting, average_ms }) => {
                Self::ByHand { met_load: !is_calm(waiting, average_ms) }
            }
        }
    }

    pub const fn is_on(self) -> bool {
        !matches!(self, Self::Off)
    }
}

const fn is_calm(waiting: i64, average_ms: i64) -> bool {
    waiting < CALM_BELOW && average_ms < QUICK_BELOW_MS
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const OFF: Turbo = Turbo::Off;
    const LOAD: Turbo = Turbo::ByLoad;
    const READY: Turbo = Turbo::ByHand { met_load: false };
    const HAND: Turbo = Turbo::ByHand { met_load: true };

    /// Every pair of state and event, with the loads on either side of each mark.
    #[test]
    fn all_pairs() {
        let load = |waiting, average_ms| TurboEvent::Load { waiting, average_ms };
        let events = [
            TurboEvent::TurnOn,
            TurboEvent::TurnOff,
            load(31, 0),
            load(30, 10_000),
            load(5, 10_001),
            load(4, 10_001),
            load(4, 3_000),
            load(5, 2_999),
            load(4, 2_999),
        ];
        #[rustfmt::skip]
        let table = [
            //       on     off  31    30,10s 5,>10s 4,>10s 4,3s  5,<3s 4,<3s
            (OFF,   [READY, OFF, LOAD, OFF,   LOAD,  OFF,   OFF,  OFF,  OFF]),
            (LOAD,  [READY, OFF, LOAD, LOAD,  LOAD,  LOAD,  LOAD, LOAD, OFF]),
            (READY, [READY, OFF, HAND, HAND,  HAND,  HAND,  HAND, HAND, READY]),
            (HAND,  [HAND,  OFF, HAND, HAND,  HAND,  HAND,  HAND, HAND, OFF]),
        ];
        for (state, row) in table {
            for (event, expected) in events.into_iter().zip(row) {
                assert_eq!(state.next(event), expected, "{state:?} meets {event:?}");
            }
        }
    }

    /// A quick printer gets eight at once, one of a second a ticket three, a crawling one goes on one by one.
    #[test]
    fn a_batch_is_what_fits_into_three_seconds() {
        let measured = |ms| (0..60).fold(LaneSpeed::default(), |speed, _| speed.after(ms));
        let sizes = [0, 20, 380, 1_000, 1_400, 2_900, 60_000].map(|ms| batch(measured(ms)));
        assert_eq!(sizes, [8, 8, 7, 3, 2, 1, 0]);
        assert_eq!(batch(LaneSpeed::default()), 2, "not measured yet");
    }

    proptest! {
        /// Whatever came before, calm after load ends it, and it does not flutter between the marks.
        #[test]
        fn it_ends_by_itself(loads in proptest::collection::vec((0_i64..60, 0_i64..20_000), 0..50)) {
            let mut turbo = OFF;
            for (waiting, average_ms) in loads {
                let before = turbo;
                turbo = turbo.next(TurboEvent::Load { waiting, average_ms });
                if before.is_on() && !turbo.is_on() {
                    prop_assert!(is_calm(waiting, average_ms));
                }
            }
            let calm = turbo.next(TurboEvent::Load { waiting: 0, average_ms: 0 });
            prop_assert_eq!(calm, OFF);
        }
    }
}
