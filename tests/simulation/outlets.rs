//! What takes a ticket and is no printer, as `queue::deliver` goes: a screen, and a folder.

use super::bug::Bug;
use super::device::{Item, Outlet, Sheet};
use super::lane::{Heard, Step};
use super::plan::Condition;
use super::run::{Seat, Sim};
use fastops_domain::job::{Cause, JobEvent, JobState};

/// Pause between two looks at a screen that has a ticket.
const LOOK_AT_SCREEN: i64 = 250;

impl Sim {
    /// Why an outlet takes nothing now.
    pub(super) fn absence(&self, seat: Seat, outlet: Outlet) -> Option<Cause> {
        let there = self.devices[seat.printer].condition == Condition::Ready;
        let cause = match outlet {
            Outlet::Screen => Cause::NoScreen,
            Outlet::Folder => Cause::FolderMissing,
        };
        (!there).then_some(cause)
    }

    pub(super) fn open_outlet(&mut self, seat: Seat, outlet: Outlet) {
        match self.absence(seat, outlet) {
            Some(cause) => self.obstructed(seat, cause),
            None => self.ready(seat),
        }
    }

    /// A page is there whole or not at all; a screen hears of its ticket when that is on disk as sent.
    pub(super) fn hand_over(&mut self, seat: Seat, outlet: Outlet, sheet: Sheet) {
        let absence = self.absence(seat, outlet).filter(|_| outlet == Outlet::Folder);
        let heard = match absence {
            Some(cause) => Heard::Broke { cause, accepted: 0 },
            None => Heard::Whole,
        };
        if outlet == Outlet::Folder && heard == Heard::Whole {
            self.paper(seat.printer, sheet);
        }
        self.facts_mut(seat).printing = true;
        let ms = self.dice.i64(1..100);
        self.go(seat, Step::Heard(heard), ms);
    }

    /// The ticket is on disk as sent.
    pub(super) fn taken_by(&mut self, seat: Seat, outlet: Outlet) {
        self.counts.outlet += 1;
        if outlet == Outlet::Screen {
            let sheet = self.sheet(seat);
            let items = &mut self.devices[seat.printer].items;
            // It has each ticket once, as it was last given.
            items.retain(|item| !matches!(item, Item::Sheet(old) if old.job == sheet.job));
            items.push_back(Item::Sheet(sheet));
            self.move_paper(seat.printer);
            self.give_worker_back(seat);
        }
        if outlet == Outlet::Folder || self.bug == Bug::ScreenBelieved {
            self.go(seat, Step::Settle(JobEvent::NoProof), 0);
        } else {
            self.go(seat, Step::Show, LOOK_AT_SCREEN);
        }
    }

    /// Whether a screen has painted what it was given; one that is gone may have shown it for a moment.
    pub(super) fn show(&mut self, seat: Seat) {
        let job = self.lane(seat).row().id;
        let device = &self.devices[seat.printer];
        let owed = device.items.iter().any(|item| matches!(item, Item::Sheet(sheet) if sheet.job == job));
        if !owed {
            self.go(seat, Step::Settle(JobEvent::NoProof), 0);
        } else if device.condition == Condition::Ready {
            self.later(seat, LOOK_AT_SCREEN);
        } else {
            self.broke(seat, Cause::NoScreen, None);
        }
    }

    /// A screen paints what it was given, if that still goes to it.
    pub(super) fn painted(&mut self, screen: usize, sheet: Sheet) {
        let row = &self.oracle.jobs[&sheet.job].row;
        let still = matches!(row.progress.state, JobState::Sent | JobState::Unconfirmed);
        if still && row.printer == self.printer_id(screen) {
            self.paper(screen, sheet);
        }
    }
}
