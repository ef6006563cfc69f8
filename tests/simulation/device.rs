//! A printer of the simulation: takes papers, moves them out one after another, and says so, or does not.

use super::plan::Condition;
use super::words::Words;
use fastops_domain::ids::JobId;
use fastops_domain::job::Cause;
use fastrand::Rng;
use std::collections::VecDeque;

/// One connection to a printer, never the same twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) core: usize,
    pub(super) serial: u64,
}

/// A ticket in a printer's memory, or on its paper.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sheet {
    pub(super) job: JobId,
    pub(super) marked: bool,
    /// Every byte of it came.
    pub(super) whole: bool,
    /// What it says of lines, and when that was read.
    pub(super) words: Words,
    pub(super) read_at: u64,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Item {
    Sheet(Sheet),
    Fence(Link),
}

/// What became of bytes that were handed over, as the sender learns it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Handed {
    Whole,
    Broke { cause: Cause, accepted: u64 },
}

/// What takes tickets and is no printer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outlet {
    /// Paints what it has while it is on.
    Screen,
    /// Has a page as soon as it is written.
    Folder,
}

/// What a printer says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    Silent,
    Well,
    Wants(Cause),
}

impl Word {
    pub(super) const fn obstruction(self) -> Option<Cause> {
        match self {
            Self::Wants(cause) => Some(cause),
            Self::Silent | Self::Well => None,
        }
    }
}

#[derive(Debug)]
pub(super) struct Device {
    /// None of a printer.
    pub(super) outlet: Option<Outlet>,
    pub(super) condition: Condition,
    /// The one connection that it serves.
    pub(super) link: Option<Link>,
    pub(super) items: VecDeque<Item>,
    /// What came over this connection was swallowed: it proves nothing more.
    swallowed: Option<Link>,
    /// Counts what made the paper stop or go on: an older plan for the paper is void.
    pub(super) turn: u32,
    pub(super) moving: bool,
}

impl Device {
    pub(super) const fn new(outlet: Option<Outlet>) -> Self {
        Self {
            outlet,
            condition: Condition::Ready,
            link: None,
            items: VecDeque::new(),
            swallowed: None,
            turn: 0,
            moving: false,
        }
    }

    /// How it answers a question about its state.
    pub(super) const fn status(&self) -> Word {
        match self.condition {
            Condition::Ready | Condition::Lie | Condition::Late | Condition::Cut => Word::Well,
            Condition::PaperOut => Word::Wants(Cause::PaperOut),
            Condition::Jam => Word::Wants(Cause::CutterJam),
            Condition::Hang | Condition::Mute | Condition::Off => Word::Silent,
        }
    }

    /// Takes a ticket from the connection that it serves.
    pub(super) fn take(&mut self, sheet: Sheet, rng: &mut Rng) -> Handed {
        match self.condition {
            Condition::Off => {
                // What the system took before it noticed is nowhere.
                let accepted = rng.u64(..2) * 400;
                let cause = if accepted == 0 { Cause::LinkLost } else { Cause::PartialWrite };
                Handed::Broke { cause, accepted }
            }
            Condition::Cut => {
                self.condition = Condition::Ready;
                self.link = None;
                let accepted = [0, 1, 300, 600][rng.usize(..4)];
                if accepted > 0 {
                    let whole = accepted == 600 && rng.bool();
                    self.items.push_back(Item::Sheet(Sheet { whole, ..sheet }));
                    return Handed::Broke { cause: Cause::PartialWrite, accepted };
                }
                Handed::Broke { cause: Cause::LinkLost, accepted }
            }
            Condition::Hang if rng.bool() => Handed::Broke { cause: Cause::NoProgress, accepted: 0 },
            Condition::Lie => {
                self.swallowed = self.link;
                Handed::Whole
            }
            Condition::Ready
            | Condition::PaperOut
            | Condition::Jam
            | Condition::Hang
            | Condition::Mute
            | Condition::Late => {
                self.items.push_back(Item::Sheet(sheet));
                Handed::Whole
            }
        }
    }

    /// Whether it answers a fence that its paper has come to.
    pub(super) fn answers(&self, fence: Link) -> bool {
        let silent = matches!(self.condition, Condition::Mute | Condition::Lie);
        !silent && self.link == Some(fence) && self.swallowed != Some(fence)
    }

    /// What it does next with its paper, and how long that takes.
    pub(super) fn next_move(&mut self, rng: &mut Rng) -> Option<i64> {
        let stands =
            matches!(self.condition, Condition::PaperOut | Condition::Jam | Condition::Hang | Condition::Off);
        if stands || self.moving {
            return None;
        }
        let item = self.items.front()?;
        self.moving = true;
        Some(match item {
            Item::Sheet(_) => rng.i64(150..900),
            Item::Fence(_) if self.condition == Condition::Late => 30_000,
            Item::Fence(_) => rng.i64(1..20),
        })
    }

    /// Another condition from now on. What comes out of a printer that loses its power in the middle of a
    /// ticket is given.
    pub(super) fn turn_to(&mut self, to: Condition) -> Option<Sheet> {
        let torn = match (to, self.items.front()) {
            (Condition::Off, Some(Item::Sheet(sheet))) if self.moving => {
                Some(Sheet { whole: false, ..*sheet })
            }
            _ => None,
        };
        self.condition = to;
        self.turn += 1;
        self.moving = false;
        // A screen that comes on again paints what it is to show; a printer has forgotten.
        if to == Condition::Off && self.outlet.is_none() {
            self.items.clear();
            self.link = None;
        }
        torn
    }

    /// A core that died in the middle of handing over: of its last ticket only the beginning came.
    pub(super) fn tear_last(&mut self, job: JobId) {
        if let Some(Item::Sheet(sheet)) = self.items.back_mut()
            && sheet.job == job
        {
            sheet.whole = false;
        }
    }
}
