//! Which core drives a printer: at most one at any time.
//!
//! ```text
//!              the lease is free, and nobody better lives: Take
//!   elsewhere ─────────────────────────────────────────────────> mine ─┐
//!       ^                                                         ^    │ Hold: nobody better lives
//!       │   HandOver: someone better lives, or it may not be mine └────┘
//!       └──────────────── once no ticket is in its hands ────────── mine
//! ```
//!
//! The owner of a printer comes before its heirs, these in their order, and they before every other computer.
//! A printer that hangs on a computer can be driven there alone: by its owner, once it has one.

/// What is known of one printer's lease.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lease {
    /// Nobody has it, or who had it gives no sign of life.
    Free,
    Mine,
    /// Another core has it, and lives.
    Others,
}

/// How a core and a printer stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The printer hangs on one computer, and nobody else reaches it.
    pub local: bool,
    /// It belongs to somebody.
    pub owned: bool,
    /// This computer's place among those that the printer belongs to, the owner's is 0.
    pub place: Option<u32>,
    /// The best place of another computer that lives.
    pub best_other: Option<u32>,
    pub lease: Lease,
}

/// What a core does about a printer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Goes on driving it.
    Hold,
    /// Takes the lease.
    Take,
    /// Ends the ticket in its hands, then frees the lease.
    HandOver,
    /// Leaves it alone.
    Leave,
}

impl Claim {
    /// What this core does.
    pub const fn verdict(self) -> Verdict {
        let first = self.may_drive() && !self.someone_better_lives();
        match (self.lease, first) {
            (Lease::Mine, true) => Verdict::Hold,
            (Lease::Mine, false) => Verdict::HandOver,
            (Lease::Free, true) => Verdict::Take,
            (Lease::Free, false) | (Lease::Others, _) => Verdict::Leave,
        }
    }

    /// Whether tickets wait for a computer that is not there: nobody has the printer, and nobody who lives may.
    pub const fn is_orphaned(self) -> bool {
        matches!(self.lease, Lease::Free) && !self.may_drive() && !matches!(self.best_other, Some(0))
    }

    const fn may_drive(self) -> bool {
        !self.local || !self.owned || matches!(self.place, Some(0))
    }

    const fn someone_better_lives(self) -> bool {
        match (self.best_other, self.place) {
            (None, _) => false,
            (Some(_), None) => true,
            (Some(other), Some(mine)) => other < mine,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Verdict::{HandOver, Hold, Leave, Take};

    const PLACES: [Option<u32>; 3] = [None, Some(0), Some(1)];
    /// Whether it is local, and whether it is owned.
    const KINDS: [(bool, bool); 4] = [(false, false), (false, true), (true, false), (true, true)];
    const OTHERS: [Option<u32>; 4] = [None, Some(0), Some(1), Some(2)];

    /// Every pair of places, for a free lease and for one's own; nothing is ever done about another's.
    #[test]
    fn all_pairs() {
        #[rustfmt::skip]
        let network = [
            //           nobody          owner             1st heir          2nd heir
            (None,    [(Take, Hold), (Leave, HandOver), (Leave, HandOver), (Leave, HandOver)]),
            // The owner is one computer: another with its place does not exist, and would not be better.
            (Some(0), [(Take, Hold), (Take, Hold),      (Take, Hold),      (Take, Hold)]),
            (Some(1), [(Take, Hold), (Leave, HandOver), (Take, Hold),      (Take, Hold)]),
        ];
        for (place, row) in network {
            for (best_other, (free, mine)) in OTHERS.into_iter().zip(row) {
                for (local, owned) in KINDS {
                    let claim = |lease| Claim { local, owned, place, best_other, lease };
                    let barred = local && owned && place != Some(0);
                    let expected = if barred { (Leave, HandOver) } else { (free, mine) };
                    let found = (claim(Lease::Free).verdict(), claim(Lease::Mine).verdict());
                    assert_eq!(found, expected, "{:?}", claim(Lease::Free));
                    assert_eq!(claim(Lease::Others).verdict(), Leave);
                }
            }
        }
    }

    /// Of cores that live and see the same, at most one takes a free lease when all have places.
    #[test]
    fn two_named_computers_never_both_take() {
        for (one, two) in [(0, 1), (1, 2), (0, 2)] {
            let take = |place, other| {
                let claim = Claim {
                    local: false,
                    owned: true,
                    place: Some(place),
                    best_other: Some(other),
                    lease: Lease::Free,
                };
                claim.verdict() == Take
            };
            assert!(take(one, two) && !take(two, one));
        }
    }

    #[test]
    fn only_a_printer_that_nobody_may_drive_is_orphaned() {
        for place in PLACES {
            for best_other in OTHERS {
                for (local, owned) in KINDS {
                    for lease in [Lease::Free, Lease::Mine, Lease::Others] {
                        let claim = Claim { local, owned, place, best_other, lease };
                        let barred = local && owned && place != Some(0);
                        let expected = lease == Lease::Free && barred && best_other != Some(0);
                        assert_eq!(claim.is_orphaned(), expected, "{claim:?}");
                    }
                }
            }
        }
    }
}
