//! Hints from core to core on a shared database: what another may want to look at now instead of at its next
//! look. They are no promise: one that is lost costs the time until that look.

use crate::StoreError;
use crate::job::MovedJob;
use fastops_domain::ids::{CoreId, JobId, OrderId, PrinterId, StationId, TicketId};
use fastops_domain::job::{Cause, JobState, Work};
use fastops_domain::ticket::TicketKind;
use serde::{Deserialize, Serialize};

/// The channel of the hints.
pub(crate) const CHANNEL: &str = "fastops_hints";
/// The server refuses a notification of 8,000 bytes or more.
const LONGEST: usize = 7_900;

/// The statement that says a hint. It changes nothing that has to be on disk, so it waits for no disk.
pub(crate) const SAY: &str =
    "SELECT set_config('synchronous_commit', 'off', TRUE), pg_notify('fastops_hints', $1)";

/// What a core lets the others know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hint {
    /// Whose word it is.
    pub core: CoreId,
    /// Lanes that there is something new for.
    #[serde(default)]
    pub wake: Vec<PrinterId>,
    /// Tickets that are in another state.
    #[serde(default)]
    pub jobs: Vec<JobNews>,
    /// Tickets that went to another printer.
    #[serde(default)]
    pub moved: Vec<MoveNews>,
    /// What people did.
    #[serde(default)]
    pub house: Vec<HouseNews>,
    /// What is told of a lane is new, or whose a printer is.
    #[serde(default)]
    pub lanes: bool,
}

/// A print job that is in another state, or has another cause of trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobNews {
    pub job: JobId,
    pub work: Work,
    pub state: JobState,
}

/// Tickets of a station that went to another printer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoveNews {
    pub station: StationId,
    pub from: PrinterId,
    pub to: PrinterId,
    pub cause: Option<Cause>,
    pub backup: bool,
    pub jobs: Vec<MovedJob>,
}

/// Something that people did at one core, and that the screens of all are to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HouseNews {
    /// An order is not what it was.
    Order(OrderId),
    /// A station has a new ticket, which waits for `printer`.
    Arrived {
        ticket: TicketId,
        station: StationId,
        order: OrderId,
        kind: TicketKind,
        printer: PrinterId,
        urgent: bool,
    },
    /// A ticket was seen, done, brought back, rewritten or voided.
    Ticket { ticket: TicketId, station: StationId, order: OrderId },
    /// What waits for its course is not what it was.
    Held,
    /// A paper that is no ticket was decided about.
    Paper(JobId),
    /// A setting, a device or a chain is another.
    Settings,
    /// A station is new, closed, called otherwise, or at another place.
    Stations,
    /// What a role may do is another.
    Permissions,
    /// Rooms or tables are other, or stand elsewhere.
    Floor,
    /// Somebody works here who did not, or no more.
    People,
}

/// What is heard from other cores.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    Hint(Hint),
    /// Hints may have been lost: the connection was.
    Gap,
}

impl Hint {
    /// A hint that says nothing yet.
    pub const fn of(core: CoreId) -> Self {
        Self { core, wake: Vec::new(), jobs: Vec::new(), moved: Vec::new(), house: Vec::new(), lanes: false }
    }

    /// Its text; none when it is too long to be said at once.
    pub(crate) fn text(&self) -> Result<Option<String>, StoreError> {
        let text = serde_json::to_string(self)
            .map_err(|error| crate::EngineError::Encode(std::sync::Arc::new(error)))?;
        Ok((text.len() < LONGEST).then_some(text))
    }

    /// The hint in a text; none when a program of another version said it.
    pub(crate) fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// The same news in two hints of half the length.
    pub(crate) fn halves(mut self) -> [Self; 2] {
        let mut second = Self::of(self.core);
        second.jobs = self.jobs.split_off(self.jobs.len() / 2);
        second.wake = self.wake.split_off(self.wake.len() / 2);
        second.house = self.house.split_off(self.house.len() / 2);
        let moved = std::mem::take(&mut self.moved);
        for mut news in moved {
            let rest = news.jobs.split_off(news.jobs.len() / 2);
            if !rest.is_empty() {
                second.moved.push(MoveNews { jobs: rest, ..news.clone() });
            }
            if !news.jobs.is_empty() {
                self.moved.push(news);
            }
        }
        [self, second]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fastops_domain::ids::{OrderId, TicketId};
    use uuid::Uuid;

    fn moved(count: u128) -> Hint {
        let id = Uuid::from_u128;
        let jobs = (0..count).map(|n| MovedJob {
            job: JobId(id(n)),
            work: Work::Ticket { ticket: TicketId(id(n)), order: OrderId(id(n)), station: StationId(id(n)) },
        });
        let news = MoveNews {
            station: StationId(id(1)),
            from: PrinterId(id(2)),
            to: PrinterId(id(3)),
            cause: Some(Cause::PaperOut),
            backup: true,
            jobs: jobs.collect(),
        };
        Hint { moved: vec![news], ..Hint::of(CoreId(id(9))) }
    }

    #[test]
    fn a_hint_that_is_too_long_is_said_in_parts() {
        let hint = moved(60);
        assert_eq!(hint.text().unwrap(), None);
        let halves = hint.clone().halves();
        let heard = halves.clone().map(|half| Hint::read(&half.text().unwrap().unwrap()).unwrap());
        assert_eq!(heard, halves);
        let jobs: Vec<_> = heard.into_iter().flat_map(|half| half.moved).flat_map(|news| news.jobs).collect();
        assert_eq!(jobs, hint.moved[0].jobs);
    }

    #[test]
    fn what_people_did_in_a_rush_is_said_in_parts_and_in_its_order() {
        let all: Vec<_> = (0..300).map(|n| HouseNews::Order(OrderId(Uuid::from_u128(n)))).collect();
        let mut left = vec![Hint { house: all.clone(), ..Hint::of(CoreId(Uuid::from_u128(9))) }];
        let mut heard = Vec::new();
        while let Some(hint) = left.pop() {
            match hint.text().unwrap() {
                Some(text) => heard.extend(Hint::read(&text).unwrap().house),
                None => left.extend(hint.halves().into_iter().rev()),
            }
        }
        assert_eq!(heard, all);
    }

    #[test]
    fn a_hint_of_another_version_is_nothing() {
        assert_eq!(Hint::read("menu"), None);
        assert_eq!(Hint::read("{}"), None);
    }
}
