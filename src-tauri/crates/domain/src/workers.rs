//! How many printers may be busy at once: a number that follows the load, or a person's hand.

use crate::code::codes;

/// Fewest and most workers that there ever are.
pub const FEWEST: u32 = 2;
pub const MOST: u32 = 10;
/// More tickets than this waiting ask for more workers.
pub const BUSY_ABOVE: i64 = 15;
/// Fewer than this waiting ask for fewer.
pub const CALM_BELOW: i64 = 5;
/// Workers added and taken away at a time.
const STEP_UP: u32 = 2;
const STEP_DOWN: u32 = 1;

codes! {
    /// Between which numbers the load moves the workers.
    Profile {
        /// From the fewest to the most.
        Automatic = "automatic",
        /// Two, for a computer that has other things to do.
        Development = "development",
        /// Three to five.
        Normal = "normal",
        /// Eight to ten.
        Peak = "peak",
    }
}

impl Profile {
    /// Fewest and most workers of this profile.
    pub const fn range(self) -> (u32, u32) {
        match self {
            Self::Automatic => (FEWEST, MOST),
            Self::Development => (2, 2),
            Self::Normal => (3, 5),
            Self::Peak => (8, 10),
        }
    }
}

codes! {
    /// Why there are as many workers as there are.
    Reason {
        /// The program has just started.
        Started = "started",
        /// More than fifteen tickets wait.
        Busy = "busy",
        /// A printer had a ticket, and no worker was free for it.
        Starved = "starved",
        /// Fewer than five tickets wait.
        Calm = "calm",
        /// A person chose the number, or the profile.
        Hand = "hand",
        /// Turbo has all of them work.
        Turbo = "turbo",
    }
}

/// What the number of workers is decided from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Load {
    /// Tickets that wait in all lanes.
    pub waiting: i64,
    /// A printer had a ticket since the last look, and no worker was free for it.
    pub starved: bool,
    pub turbo: bool,
}

/// What a person chose: between which numbers the load decides, or a number that it does not move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    pub profile: Profile,
    pub workers: Option<u32>,
}

/// How many workers there are, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Workers {
    pub count: u32,
    pub profile: Profile,
    /// A person's number, which the load does not move.
    pub fixed: Option<u32>,
    /// Why the number last changed.
    pub reason: Reason,
}

impl Workers {
    /// What the program starts with.
    pub const fn new(profile: Profile) -> Self {
        let (least, most) = profile.range();
        let count = if most > least { least + 1 } else { least };
        Self { count, profile, fixed: None, reason: Reason::Started }
    }

    /// The workers after one look at the load.
    #[must_use]
    pub const fn after(self, load: Load) -> Self {
        let (least, most) = self.profile.range();
        let (wanted, reason) = if load.turbo {
            (MOST, Reason::Turbo)
        } else if let Some(count) = self.fixed {
            (count, Reason::Hand)
        } else if load.waiting > BUSY_ABOVE {
            (self.count + STEP_UP, Reason::Busy)
        } else if load.starved {
            (self.count + STEP_UP, Reason::Starved)
        } else if load.waiting < CALM_BELOW {
            (self.count.saturating_sub(STEP_DOWN), Reason::Calm)
        } else {
            (self.count, self.reason)
        };
        let count = if load.turbo { wanted } else { within(wanted, least, most, self.fixed.is_some()) };
        if count == self.count { self } else { Self { count, reason, ..self } }
    }

    /// What a person chose from now on.
    #[must_use]
    pub const fn chosen(self, choice: Choice) -> Self {
        let with_profile = self.with_profile(choice.profile);
        if choice.workers.is_some() { with_profile.by_hand(choice.workers) } else { with_profile }
    }

    /// A number of workers that there may be.
    pub const fn bounded(count: u32) -> u32 {
        within(count, FEWEST, MOST, false)
    }

    /// A person's number from now on, two to ten; `None` lets the load decide again.
    #[must_use]
    pub const fn by_hand(self, count: Option<u32>) -> Self {
        match count {
            Some(count) => {
                let count = within(count, FEWEST, MOST, false);
                Self { count, fixed: Some(count), reason: Reason::Hand, ..self }
            }
            None => self.with_profile(self.profile),
        }
    }

    /// Another profile; the load decides within it.
    #[must_use]
    pub const fn with_profile(self, profile: Profile) -> Self {
        let (least, most) = profile.range();
        Self { count: within(self.count, least, most, false), profile, fixed: None, reason: Reason::Hand }
    }
}

const fn within(count: u32, least: u32, most: u32, by_hand: bool) -> u32 {
    let (least, most) = if by_hand { (FEWEST, MOST) } else { (least, most) };
    if count < least {
        least
    } else if count > most {
        most
    } else {
        count
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const QUIET: Load = Load { waiting: 0, starved: false, turbo: false };

    fn with(count: u32, profile: Profile) -> Workers {
        Workers { count, ..Workers::new(profile) }
    }

    /// Every profile meets every kind of load, from its fewest and its most workers.
    #[test]
    fn all_pairs() {
        let loads = [
            Load { waiting: 16, ..QUIET },
            Load { waiting: 15, ..QUIET },
            Load { waiting: 5, ..QUIET },
            Load { waiting: 4, ..QUIET },
            Load { waiting: 4, starved: true, ..QUIET },
            Load { turbo: true, ..QUIET },
        ];
        #[rustfmt::skip]
        let table = [
            //                               16  15   5   4  4, starved  turbo
            (with(2, Profile::Automatic),   [4,  2,   2,  2,  4,         10]),
            (with(5, Profile::Automatic),   [7,  5,   5,  4,  7,         10]),
            (with(10, Profile::Automatic),  [10, 10, 10,  9, 10,         10]),
            (with(2, Profile::Development), [2,  2,   2,  2,  2,         10]),
            (with(3, Profile::Normal),      [5,  3,   3,  3,  5,         10]),
            (with(5, Profile::Normal),      [5,  5,   5,  4,  5,         10]),
            (with(8, Profile::Peak),        [10, 8,   8,  8, 10,         10]),
            (with(10, Profile::Peak),       [10, 10, 10,  9, 10,         10]),
            (with(2, Profile::Peak).by_hand(Some(6)), [6, 6, 6, 6, 6,    10]),
        ];
        for (workers, row) in table {
            for (load, expected) in loads.into_iter().zip(row) {
                assert_eq!(workers.after(load).count, expected, "{workers:?} under {load:?}");
            }
        }
    }

    #[test]
    fn the_reason_is_that_of_the_last_change() {
        let start = Workers::new(Profile::Automatic);
        assert_eq!((start.count, start.reason), (3, Reason::Started));
        let busy = start.after(Load { waiting: 16, ..QUIET });
        assert_eq!((busy.count, busy.reason), (5, Reason::Busy));
        assert_eq!(busy.after(Load { waiting: 10, ..QUIET }).reason, Reason::Busy, "nothing changed");
        assert_eq!(busy.after(QUIET).reason, Reason::Calm);
        assert_eq!(busy.after(Load { turbo: true, ..QUIET }).reason, Reason::Turbo);
    }

    #[test]
    fn a_hand_holds_until_it_lets_go() {
        let held = Workers::new(Profile::Normal).by_hand(Some(9));
        assert_eq!((held.count, held.reason), (9, Reason::Hand));
        let turbo = held.after(Load { turbo: true, ..QUIET });
        assert_eq!(turbo.after(QUIET).count, 9, "after turbo it is the hand's number again");
        assert_eq!(held.by_hand(None).count, 5, "back within the profile");
        assert_eq!(held.by_hand(Some(0)).count, FEWEST);
        assert_eq!(held.by_hand(Some(99)).count, MOST);
        assert_eq!(held.with_profile(Profile::Peak).after(QUIET).count, 8);
    }

    proptest! {
        #[test]
        fn never_outside_two_and_ten(
            steps in proptest::collection::vec((0_i64..40, any::<bool>(), any::<bool>(), 0_u32..30, 0_usize..8), 0..60)
        ) {
            let mut workers = Workers::new(Profile::Automatic);
            for (waiting, starved, turbo, hand, what) in steps {
                let before = workers.count;
                workers = match what {
                    0 => workers.by_hand(Some(hand)),
                    1 => workers.by_hand(None),
                    2 => workers.with_profile(Profile::ALL[hand as usize % Profile::ALL.len()]),
                    _ => workers.after(Load { waiting, starved, turbo }),
                };
                prop_assert!((FEWEST..=MOST).contains(&workers.count));
                if what > 2 && !turbo && workers.fixed.is_none() && (5..=15).contains(&waiting) && !starved {
                    let (least, most) = workers.profile.range();
                    prop_assert_eq!(workers.count, before.clamp(least, most), "between the marks nothing moves");
                }
            }
        }
    }
}
