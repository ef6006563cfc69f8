//! The chain of a station's targets: where a ticket goes, and where it goes next when that fails.
//!
//! Targets of one tier stand beside each other and share the station's load; a later tier is a backup,
//! used while no target before it is well. Nothing here knows what a target is: a printer, a screen, a folder
//! and a mailbox are all the same to it.

use crate::breaker::Breaker;
use crate::job::Cause;
use crate::time::Time;

/// How long a printer may want something of a person before its tickets go elsewhere, in milliseconds:
/// time to put in a roll.
pub const GRACE_MS: i64 = 10_000;

/// How a target is, as far as the way of tickets depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Health {
    /// Tickets come out.
    Well,
    /// Something is wrong with it, not for long yet; its own attempts may still succeed.
    Unsteady,
    /// Passed over while another target is well.
    Out,
}

/// How long something may be wrong at a target before its tickets go elsewhere, in milliseconds. A printer may get
/// a roll any moment; nobody stands by a folder or a mail server, and a screen's grace is in its sign of life.
const fn grace_ms(cause: Cause) -> i64 {
    match cause {
        Cause::NoScreen
        | Cause::FolderMissing
        | Cause::FolderFull
        | Cause::FolderUnwritable
        | Cause::MailUnset
        | Cause::MailUnreachable
        | Cause::MailLogin
        | Cause::MailRefused => 0,
        _ => GRACE_MS,
    }
}

/// How a target is at `now`, from its breaker, and what is wrong with it since when, if anything is.
pub const fn health(breaker: Breaker, trouble: Option<(Cause, Time)>, now: Time) -> Health {
    match (breaker, trouble) {
        (Breaker::Open { .. } | Breaker::HalfOpen { .. }, _) => Health::Out,
        (Breaker::Closed { .. }, None) => Health::Well,
        (Breaker::Closed { .. }, Some((cause, since))) if now.since_ms(since) >= grace_ms(cause) => {
            Health::Out
        }
        (Breaker::Closed { .. }, Some(_)) => Health::Unsteady,
    }
}

/// One target of a chain, as it is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// 0 for the first choices, then the backups; never less than that of the place before.
    pub tier: u32,
    pub health: Health,
    /// Tickets that wait there.
    pub waiting: i64,
}

/// Where a new ticket goes: the first tier with a target that is not out, there to one that is well, and
/// of those to the one with the fewest waiting. While all are out it waits in the first tier. `None` is a
/// station without targets.
pub fn choose(chain: &[Place]) -> Option<usize> {
    let first_tier = chain.first()?.tier;
    best(chain, |place| place.health != Health::Out).or_else(|| best(chain, |place| place.tier == first_tier))
}

/// Where tickets that wait at `current` go instead; `None` leaves them. `spent` says that the next of them
/// has had all its quick attempts there. A `current` that is not of the chain has lost its station. What waits
/// at a backup goes back as soon as a target before it is well.
pub fn elsewhere(chain: &[Place], current: Option<usize>, spent: bool) -> Option<usize> {
    let Some(place) = current.and_then(|at| chain.get(at)) else { return choose(chain) };
    match place.health {
        Health::Well => best(chain, |better| better.health == Health::Well && better.tier < place.tier),
        Health::Unsteady if !spent => None,
        Health::Unsteady | Health::Out => best(chain, |place| place.health == Health::Well),
    }
}

fn best(chain: &[Place], may: impl Fn(&Place) -> bool) -> Option<usize> {
    let found = chain.iter().enumerate().filter(|(_, place)| may(place));
    found
        .min_by_key(|(at, place)| (place.tier, place.health != Health::Well, place.waiting, *at))
        .map(|(at, _)| at)
}

/// Which of the targets beside `current` takes over a part of its backlog: one of the same tier that is
/// well and has nothing to do, when the oldest ticket at `current` has waited `patience_ms` or longer.
pub fn relief(chain: &[Place], current: usize, oldest_ms: i64, patience_ms: i64) -> Option<usize> {
    let overloaded = chain.get(current).filter(|_| oldest_ms >= patience_ms)?;
    let idle =
        |place: &Place| place.tier == overloaded.tier && place.health == Health::Well && place.waiting == 0;
    chain.iter().enumerate().find(|(at, place)| *at != current && idle(place)).map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Health::{Out, Unsteady, Well};
    use proptest::prelude::*;

    const NOW: Time = Time(1_000_000);
    const ALL: [Health; 3] = [Well, Unsteady, Out];

    fn place(tier: u32, health: Health, waiting: i64) -> Place {
        Place { tier, health, waiting }
    }

    #[test]
    fn health_of_every_breaker() {
        let closed = Breaker::Closed { failures: 4 };
        let since = |ms: i64| Some(NOW.plus_ms(-ms));
        #[rustfmt::skip]
        let table = [
            //                                     no trouble  9.999 s   10 s
            (closed,                              [Well,       Unsteady, Out]),
            (Breaker::Open { until: None },       [Out,        Out,      Out]),
            (Breaker::Open { until: Some(NOW) },  [Out,        Out,      Out]),
            (Breaker::HalfOpen { successes: 2 },  [Out,        Out,      Out]),
        ];
        for (breaker, row) in table {
            for (trouble, expected) in [None, since(9_999), since(GRACE_MS)].into_iter().zip(row) {
                let trouble = trouble.map(|since| (Cause::PaperOut, since));
                assert_eq!(health(breaker, trouble, NOW), expected, "{breaker:?} {trouble:?}");
            }
        }
    }

    /// Whoever can set it right stands beside it, or nobody does.
    #[test]
    fn only_what_a_hand_can_mend_is_waited_for() {
        use Cause::{
            FolderFull, FolderMissing, FolderUnwritable, MailLogin, MailRefused, MailUnreachable, MailUnset,
            NoScreen,
        };
        let at_once: Vec<Cause> = Cause::ALL
            .into_iter()
            .filter(|cause| health(Breaker::default(), Some((*cause, NOW)), NOW) == Out)
            .collect();
        let outlets = [
            NoScreen,
            FolderMissing,
            FolderFull,
            FolderUnwritable,
            MailUnset,
            MailUnreachable,
            MailLogin,
            MailRefused,
        ];
        assert_eq!(at_once, outlets);
    }

    /// A printer and its backup: all pairs of their states.
    #[test]
    fn all_pairs() {
        #[rustfmt::skip]
        let table = [
            // first     backup     new goes to  waits at first: fresh, spent   waits at backup: spent
            (Well,      Well,      0,           None,    None,                  Some(0)),
            (Well,      Unsteady,  0,           None,    None,                  Some(0)),
            (Well,      Out,       0,           None,    None,                  Some(0)),
            (Unsteady,  Well,      0,           None,    Some(1),               None),
            (Unsteady,  Unsteady,  0,           None,    None,                  None),
            (Unsteady,  Out,       0,           None,    None,                  None),
            (Out,       Well,      1,           Some(1), Some(1),               None),
            (Out,       Unsteady,  1,           None,    None,                  None),
            (Out,       Out,       0,           None,    None,                  None),
        ];
        assert_eq!(table.len(), ALL.len() * ALL.len());
        for (first, backup, new, fresh, spent, at_backup) in table {
            let chain = [place(0, first, 3), place(1, backup, 0)];
            assert_eq!(choose(&chain), Some(new), "{chain:?}");
            assert_eq!(elsewhere(&chain, Some(0), false), fresh, "{chain:?}");
            assert_eq!(elsewhere(&chain, Some(0), true), spent, "{chain:?}");
            assert_eq!(elsewhere(&chain, Some(1), true), at_backup, "{chain:?}");
        }
    }

    #[test]
    fn beside_each_other_the_shorter_lane_gets_the_next() {
        let chain = [place(0, Well, 4), place(0, Well, 2), place(1, Well, 0)];
        assert_eq!(choose(&chain), Some(1));
        let chain = [place(0, Well, 4), place(0, Out, 2), place(1, Well, 0)];
        assert_eq!(choose(&chain), Some(0), "a full lane before a backup");
        let chain = [place(0, Out, 0), place(0, Unsteady, 9), place(1, Out, 0)];
        assert_eq!(choose(&chain), Some(1), "the one that may soon be well");
        let chain = [place(0, Unsteady, 0), place(0, Well, 9), place(1, Well, 0)];
        assert_eq!(choose(&chain), Some(1), "a full lane before one that may not move");
        assert_eq!(choose(&[]), None);
    }

    #[test]
    fn a_ticket_of_a_printer_that_left_the_station_moves() {
        assert_eq!(elsewhere(&[place(0, Out, 0)], None, false), Some(0));
        assert_eq!(elsewhere(&[], None, true), None);
    }

    #[test]
    fn an_old_backlog_goes_to_the_idle_one_beside() {
        let chain = [place(0, Well, 6), place(0, Well, 0), place(1, Well, 0)];
        assert_eq!(relief(&chain, 0, 5_000, 5_000), Some(1));
        assert_eq!(relief(&chain, 0, 4_999, 5_000), None);
        for other in [place(0, Well, 1), place(0, Unsteady, 0), place(0, Out, 0)] {
            assert_eq!(relief(&[chain[0], other, chain[2]], 0, 9_000, 5_000), None, "{other:?}");
        }
        assert_eq!(relief(&chain[..1], 0, 9_000, 5_000), None);
    }

    fn chains() -> impl Strategy<Value = Vec<Place>> {
        let one = (0_u32..3, 0_usize..3, 0_i64..5);
        proptest::collection::vec(one, 1..6).prop_map(|mut places| {
            places.sort_by_key(|(tier, ..)| *tier);
            places.into_iter().map(|(tier, health, waiting)| place(tier, ALL[health], waiting)).collect()
        })
    }

    proptest! {
        /// A ticket always has a place, none of an earlier tier would do, and it never moves in a circle.
        #[test]
        fn tickets_settle(chain in chains(), start in 0_usize..6, spent in any::<bool>()) {
            let new = choose(&chain).unwrap();
            if chain.iter().any(|place| place.health != Out) {
                let earlier = chain.iter().any(|place| place.tier < chain[new].tier && place.health != Out);
                prop_assert!(!earlier && chain[new].health != Out);
            }
            let start = start % chain.len();
            match elsewhere(&chain, Some(start), spent) {
                Some(next) => {
                    prop_assert_ne!(next, start);
                    prop_assert_eq!(elsewhere(&chain, Some(next), true), None, "it stays where it came to");
                }
                None if chain[start].health == Out => {
                    prop_assert!(chain.iter().all(|place| place.health != Well), "none would do");
                }
                None => {}
            }
        }
    }
}
