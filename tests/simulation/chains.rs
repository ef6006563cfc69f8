//! Where tickets go, and how a printer with nothing to print is looked at: `queue::routing` and `queue::idle`.

use super::device::Word;
use super::lane::Voice;
use super::run::{Seat, Sim};
use fastops_domain::breaker::{BreakerEvent, OPEN_MS};
use fastops_domain::chain::{self, Place};
use fastops_domain::ids::StationId;
use fastops_domain::job::Cause;
use fastops_domain::setting::Settings;

const ASK_EVERY: i64 = 1_500;
const SILENCE: u32 = 2;

/// What an idle printer was found to be.
enum Found {
    Well,
    Wants(Cause),
    Lost(Cause),
    Unclear,
}

impl Sim {
    /// Where a station's next ticket goes, counted as one that waits there.
    pub(super) fn target(&mut self, core: usize, station: StationId) -> usize {
        let (printers, places) = self.places(core, station);
        let target = printers[chain::choose(&places).unwrap()];
        self.cores[core].waiting[target] += 1;
        target
    }

    pub(super) fn elsewhere(&self, seat: Seat, station: StationId, spent: bool) -> Option<usize> {
        let (printers, places) = self.places(seat.core, station);
        let current = printers.iter().position(|printer| *printer == seat.printer);
        Some(printers[chain::elsewhere(&places, current, spent)?])
    }

    pub(super) fn relief(
        &self,
        core: usize,
        station: StationId,
        printer: usize,
        oldest_ms: i64,
    ) -> Option<usize> {
        let (printers, places) = self.places(core, station);
        let current = printers.iter().position(|known| *known == printer)?;
        Some(
            printers[chain::relief(&places, current, oldest_ms, Settings::default().relief_seconds * 1_000)?],
        )
    }

    fn places(&self, core: usize, station: StationId) -> (Vec<usize>, Vec<Place>) {
        let chain = &self.plan.chains[self.station_at(station)];
        let place = |(printer, tier): &(usize, u32)| {
            let facts = self.told_facts(core, *printer);
            Place {
                tier: *tier,
                health: chain::health(self.heeded(facts.breaker), facts.trouble.zip(facts.since), self.now),
                waiting: self.cores[core].waiting[*printer] + i64::from(facts.printing),
            }
        };
        (chain.iter().map(|(printer, _)| *printer).collect(), chain.iter().map(place).collect())
    }

    /// Asks a printer how it is when the time for that has come, and gives the time to the next question.
    pub(super) fn idle(&mut self, seat: Seat) -> i64 {
        let now = self.now;
        if now.since_ms(self.lane(seat).heard_at) >= ASK_EVERY {
            self.lane_mut(seat).heard_at = now;
            match self.ask(seat) {
                Found::Well => {
                    self.trouble(seat, None);
                    self.breaker(seat, BreakerEvent::Success);
                }
                Found::Wants(cause) => self.trouble(seat, Some(cause)),
                Found::Lost(cause) => {
                    self.trouble(seat, Some(cause));
                    self.breaker(seat, BreakerEvent::Failure);
                }
                Found::Unclear => {}
            }
        }
        (ASK_EVERY - now.since_ms(self.lane(seat).heard_at)).max(1)
    }

    fn ask(&mut self, seat: Seat) -> Found {
        if let Some(outlet) = self.devices[seat.printer].outlet {
            return self.absence(seat, outlet).map_or(Found::Well, Found::Wants);
        }
        let kept = self.lane(seat).link.is_some() && self.devices[seat.printer].link == self.lane(seat).link;
        match self.connect(seat) {
            Ok(()) => {}
            Err(Cause::Busy) => return Found::Unclear,
            Err(cause) => return Found::Lost(cause),
        }
        let found = if self.lane(seat).voice == Voice::Mute && !kept {
            self.found_there(seat)
        } else {
            self.found(seat)
        };
        if !kept {
            self.close(seat);
        }
        found
    }

    fn found_there(&self, seat: Seat) -> Found {
        let facts = self.facts(seat);
        let since = facts.since.map(|since| self.now.since_ms(since));
        match facts.trouble {
            Some(Cause::NoProgress | Cause::NoProof | Cause::PartialWrite) if since < Some(OPEN_MS) => {
                Found::Unclear
            }
            _ => Found::Well,
        }
    }

    fn found(&mut self, seat: Seat) -> Found {
        let status = self.devices[seat.printer].status();
        let lane = self.lane_mut(seat);
        lane.voice = lane.voice.after(status != Word::Silent);
        match (status.obstruction(), lane.voice) {
            (Some(cause), _) => Found::Wants(cause),
            (None, Voice::Speaks { unanswered }) if unanswered >= SILENCE => Found::Lost(Cause::NoProgress),
            (None, Voice::Speaks { unanswered }) if unanswered > 0 => Found::Unclear,
            (None, Voice::Speaks { .. } | Voice::Mute | Voice::Unknown) => Found::Well,
        }
    }
}
