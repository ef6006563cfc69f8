//! Tickets and their way to paper: seconds as a rule, now and then a printer that had to be asked twice.

use super::order::Serving;
use super::setting::MINUTE_MS;
use super::shift::{Deed, Shift};
use crate::feature::station_work::ticket_line;
use fastops_domain::ids::{JobId, StationId, TicketId};
use fastops_domain::job::{Cause, JobState, Priority};
use fastops_domain::order::OrderLine;
use fastops_domain::ticket::{TicketContent, TicketKind, TicketState};
use fastops_domain::time::Time;
use fastops_store::history::{AttemptFact, HouseStation, JobFact, TicketFact};
use serde_json::json;

/// Of a thousand tickets.
const REPRINTED: u32 = 6;
const UNREACHABLE_FIRST: u32 = 4;
const FATE_UNKNOWN: u32 = 2;
/// What a ticket is on paper, in bytes: its head and foot, and each line.
const BYTES: i64 = 320;
const BYTES_PER_LINE: i64 = 74;

impl Shift<'_> {
    /// Writes a ticket for every station that has something to make of the lines from place `from` on.
    pub(super) fn tell_stations(&mut self, serving: &mut Serving, from: usize, at: Time) {
        for place in 0..self.setting.house.stations.len() {
            let station = self.setting.house.stations[place].id;
            let of_station = |line: &&OrderLine| line.station == Some(station);
            if !serving.lines[from..].iter().any(|line| of_station(&line)) {
                continue;
            }
            let known = serving.known.contains(&station);
            if !known {
                serving.known.push(station);
            }
            let kind = if known { TicketKind::Change } else { TicketKind::New };
            let lines: Vec<&OrderLine> = serving.lines[from..].iter().filter(of_station).collect();
            self.write_ticket(serving, station, &lines, kind, at);
        }
    }

    pub(super) fn write_ticket(
        &mut self,
        serving: &Serving,
        station: StationId,
        lines: &[&OrderLine],
        kind: TicketKind,
        at: Time,
    ) {
        let setting = self.setting;
        let Some(station) = setting.station(station) else { return };
        let minutes = |line: &&OrderLine| {
            let dish = setting.menu.dishes.iter().find(|dish| dish.product.id == line.product);
            dish.map_or(0, |dish| dish.product.preparation_minutes)
        };
        let slowest = lines.iter().map(minutes).max().unwrap_or(0);
        let seen = at.plus_ms(self.dice.between(4_000, 45_000));
        let made = seen.plus_ms(i64::from(slowest) * MINUTE_MS * self.dice.between(6, 13) / 10);
        let table = serving.table.map(|place| &setting.house.tables[place]);
        let ticket = TicketFact {
            id: TicketId(self.dice.id(at)),
            order_id: serving.id,
            station_id: station.id,
            number: 0,
            kind,
            revision: serving.revision,
            state: TicketState::Ready,
            content: String::new(),
            created_at: at,
            seen_at: Some(seen),
            ready_at: Some(self.happened(made)),
            ready_by: setting.cook.as_ref().map(|cook| cook.id),
        };
        self.papers.push(TicketContent {
            kind,
            station: station.name.clone(),
            number: 0,
            order_number: serving.number,
            order_type: serving.order_type,
            table: table.map(|table| table.name.clone()),
            room: table.map(|table| table.room.clone()),
            customer: serving.customer.as_deref().map(Into::into),
            covers: serving.covers,
            waiter: serving.waiter.1.clone(),
            terminal: serving.terminal.1.clone(),
            note: serving.note.map(Into::into),
            urgent: serving.urgent,
            preparation_minutes: slowest,
            lines: lines.iter().map(|line| ticket_line(line, None, line.voided)).collect(),
            moved: None,
            fired: None,
            promised: None,
        });
        let urgent = serving.urgent || kind != TicketKind::New;
        let priority = if urgent { Priority::Urgent } else { Priority::Normal };
        let size = BYTES + BYTES_PER_LINE * i64::try_from(lines.len()).unwrap_or_default();
        let printed = self.print(&ticket, station, priority, 0, at, size);
        self.day.tickets.push(ticket);
        if self.dice.chance(REPRINTED) {
            self.reprint(serving, station, printed, size);
        }
    }

    /// Prints the last ticket once more, at someone's wish.
    fn reprint(&mut self, serving: &Serving, station: &HouseStation, printed: Time, size: i64) {
        let at = printed.plus_ms(self.dice.between(MINUTE_MS, 6 * MINUTE_MS));
        let place = self.day.tickets.len() - 1;
        let ticket = self.day.tickets[place].clone();
        self.print(&ticket, station, Priority::Low, 1, at, size);
        self.deeds.push(Deed {
            at,
            user: serving.waiter.0,
            terminal: serving.terminal.0,
            action: "reprint_ticket",
            subject: ("ticket", ticket.id.0),
            detail: json!({ "number": 0, "copy": 1 }),
            ticket: Some(place),
        });
    }

    /// The job of printing a ticket once, and its attempts; gives the time at which it was done.
    fn print(
        &mut self,
        ticket: &TicketFact,
        station: &HouseStation,
        priority: Priority,
        copy: u32,
        created_at: Time,
        size: i64,
    ) -> Time {
        let id = JobId(self.dice.id(created_at));
        let state = if station.proves { JobState::Printed } else { JobState::Unconfirmed };
        let mut begins = created_at.plus_ms(self.dice.between(2, 900));
        let first_fails = if self.dice.chance(UNREACHABLE_FIRST) {
            Some((Cause::Unreachable, 0, 600))
        } else if self.dice.chance(FATE_UNKNOWN) {
            Some((Cause::LinkLost, size, 5_000))
        } else {
            None
        };
        if let Some((cause, taken, lasts_ms)) = first_fails {
            let ended = begins.plus_ms(lasts_ms);
            self.attempt(id, 1, station, (begins, ended), (JobState::Queued.code(), Some(cause), taken));
            begins = ended.plus_ms(self.dice.between(2_000, 2_600));
        }
        let number = if first_fails.is_some() { 2 } else { 1 };
        let first_byte = begins.plus_ms(self.dice.between(1, 4));
        let settled = first_byte.plus_ms(self.dice.between(350, 2_400));
        self.attempt(id, number, station, (begins, settled), (state.code(), None, size));
        self.day.jobs.push(JobFact {
            id,
            ticket_id: ticket.id,
            order_id: ticket.order_id,
            station_id: station.id,
            printer_id: station.printer,
            priority,
            rank: priority.rank(created_at),
            revision: ticket.revision,
            copy,
            state,
            attempts: number,
            possible_duplicate: first_fails.is_some_and(|(cause, ..)| cause == Cause::LinkLost),
            not_before: created_at,
            cause: None,
            created_at,
            first_byte_at: Some(first_byte),
            settled_at: Some(settled),
            bytes_accepted: Some(size),
        });
        self.happened(settled)
    }

    fn attempt(
        &mut self,
        job_id: JobId,
        number: u32,
        station: &HouseStation,
        (began_at, ended_at): (Time, Time),
        (outcome, cause, bytes): (&'static str, Option<Cause>, i64),
    ) {
        self.day.attempts.push(AttemptFact {
            job_id,
            number,
            printer_id: station.printer,
            began_at,
            ended_at: Some(ended_at),
            outcome: Some(outcome),
            cause,
            bytes_accepted: Some(bytes),
        });
    }
}
