//! What stations hear when things that they were told of go to another table, or are served otherwise. A ticket of which
//! no byte went out is rewritten; of any other the kitchen screen says where it goes now, and one slip for each station
//! says it on paper. The slip names tickets and things, but nothing to make (P3), and never comes before the tickets that
//! it is about (P6).

use crate::catalogue::Facts;
use crate::feature::contact;
use crate::feature::merge::{self, Merged};
use crate::feature::order::{self, Taken};
use crate::feature::station_work::{self, Part};
use crate::refusal::Refusal;
use crate::{Actor, App};
use fastops_domain::ids::{LineId, StationId, TicketId};
use fastops_domain::job::Priority;
use fastops_domain::ticket::{Moved, TicketContent, TicketKind, TicketState, takes_lines};
use fastops_store::job::{JobRow, Rank};
use fastops_store::order::OrderRow;
use fastops_store::ticket::TicketRow;
use fastops_store::{Tx, job, ticket};
use std::collections::HashSet;

/// Lines on their way from one order, as it was, to another, or to where the same one is served now.
pub(crate) struct Going {
    pub(crate) gone: HashSet<LineId>,
    /// Lines of `from` that were taken back: wherever they are, nobody makes anything of them.
    pub(crate) voided: HashSet<LineId>,
    /// Whether something of what goes waits for its course.
    pub(crate) held: bool,
    pub(crate) from: OrderRow,
    pub(crate) to: OrderRow,
    /// The revision of `from` that the move is.
    pub(crate) revision: u32,
}

/// A ticket about what goes, and the job of its first printing.
struct About<'t> {
    ticket: &'t TicketRow,
    job: Option<&'t JobRow>,
    /// All of it goes.
    whole: bool,
}

impl About<'_> {
    /// Whether neither a byte nor a screen can have told anybody, so that other words do.
    fn can_be_rewritten(&self) -> bool {
        let Self { ticket, job, whole } = self;
        *whole && job.is_some_and(|job| takes_lines(ticket.kind, ticket.state, &job.progress))
    }
}

impl Going {
    /// Tells the stations, in the unit of work of the move, when the lines stand where they go.
    pub(crate) async fn tell(
        &self,
        tx: &mut Tx,
        app: &App,
        facts: &Facts,
        actor: &Actor,
    ) -> Result<Taken, Refusal> {
        let nothing = Taken { held: self.held, ..Taken::nothing(self.from.id) };
        if (self.from.table, self.from.order_type) == (self.to.table, self.to.order_type) {
            return Ok(nothing);
        }
        let tickets = ticket::tickets_about_order(tx, self.to.id).await?;
        let concerned: Vec<&TicketRow> = tickets.iter().filter(|ticket| self.concerns(ticket)).collect();
        if concerned.is_empty() {
            return Ok(nothing);
        }
        let jobs = job::jobs_about_order(tx, self.to.id).await?;
        let about: Vec<About<'_>> = concerned.into_iter().map(|ticket| self.about(ticket, &jobs)).collect();
        self.hold(tx, &about, &tickets, app).await?;
        let contents: Vec<_> = about.iter().filter_map(|about| self.rewritten(about, facts)).collect();
        if !contents.is_empty() {
            ticket::rewrite_contents(tx, &contents).await?;
        }
        let merged = about.iter().filter(|about| contents.iter().any(|(id, _)| *id == about.ticket.id));
        let merged = merged.filter_map(|about| {
            let (ticket, printer) = (about.ticket, about.job?.printer);
            Some(Merged { ticket: ticket.id, station: ticket.station, printer })
        });
        let parts = self.slips(&about, app, facts, actor)?;
        let (table, order_type) = (self.to.table, self.to.order_type);
        let contact = self.to.contact.clone();
        let there = OrderRow { table, order_type, contact, ..self.from.clone() };
        let heading = order::heading(facts, &there, actor, self.revision);
        let told = station_work::write(tx, &app.env, &heading, &parts).await?;
        Ok(Taken { written: told.written, merged: merged.collect(), ..nothing })
    }

    /// Whether a station still makes something of what goes by this ticket.
    fn concerns(&self, ticket: &TicketRow) -> bool {
        matches!(ticket.state, TicketState::New | TicketState::Seen)
            && ticket.kind != TicketKind::Void
            && ticket.content.lines.iter().any(|line| self.gone.contains(&line.line))
    }

    fn about<'t>(&self, ticket: &'t TicketRow, jobs: &'t [JobRow]) -> About<'t> {
        // What stands in a third order stays where that is.
        let goes = |line| self.gone.contains(&line) || self.voided.contains(&line);
        About {
            ticket,
            job: jobs.iter().find(|job| job.work.ticket() == Some(ticket.id) && job.copy == 0),
            whole: ticket.content.lines.iter().all(|line| goes(line.line)),
        }
    }

    /// Holds off the printing of what waits until the commit, and pulls what a slip is about before the slip.
    async fn hold(
        &self,
        tx: &mut Tx,
        about: &[About<'_>],
        known: &[TicketRow],
        app: &App,
    ) -> Result<(), Refusal> {
        let before_slip = Priority::Urgent.rank(app.env.now()) - 1;
        let waits = |about: &&About<'_>| about.job.is_some_and(|job| job.progress.state.is_waiting());
        let mut targets = Vec::new();
        let mut ranks = Vec::new();
        for about in about.iter().filter(waits) {
            let Some(job) = about.job else { continue };
            let rank = if about.can_be_rewritten() { job.rank } else { job.rank.min(before_slip) };
            ranks.push(Rank { job: job.id, priority: job.priority, rank });
            targets.push(job.clone());
        }
        let look = async |tx: &mut Tx| Ok(job::jobs_about_order(tx, self.to.id).await?);
        merge::hold(tx, &targets, known, &ranks, look).await
    }

    /// A ticket's words where it goes now, when all of it goes there.
    fn rewritten(&self, about: &About<'_>, facts: &Facts) -> Option<(TicketId, TicketContent)> {
        let old = &about.ticket.content;
        let place = self.to.table.and_then(|id| facts.table(id));
        let table = place.map(|(table, _)| table.name.clone());
        let order_type = self.to.order_type;
        let moved = if about.can_be_rewritten() {
            old.moved.clone()
        } else {
            // What its paper says is what it was for, however often it has moved since.
            let from = old.moved.as_ref().map_or_else(|| old.table.clone(), |moved| moved.from.clone());
            let was = old.moved.as_ref().and_then(|moved| moved.was).unwrap_or(old.order_type);
            let was = (was != order_type).then_some(was);
            (from != table || was.is_some()).then(|| Moved { from, was, ..Moved::default() })
        };
        let room = place.map(|(_, room)| room.name.clone());
        let promised = contact::promise(facts, order_type, &self.to.contact);
        let content = TicketContent { table, room, order_type, moved, promised, ..old.clone() };
        about.whole.then_some((about.ticket.id, content))
    }

    /// One slip for each station that may have been told already.
    fn slips(
        &self,
        about: &[About<'_>],
        app: &App,
        facts: &Facts,
        actor: &Actor,
    ) -> Result<Vec<(Part, TicketKind)>, Refusal> {
        let makes = |about: &About<'_>| facts.maker(about.ticket.station).map(|maker| maker.id);
        let told = |station: StationId| {
            about.iter().filter(move |about| makes(about) == Some(station) && !about.can_be_rewritten())
        };
        let terminal = Some(actor.live.terminal.id);
        let mut slips = Vec::new();
        for station in facts.stations.iter().filter(|station| told(station.id).next().is_some()) {
            let printer = app.target(facts, station.id, terminal);
            let printer = printer.ok_or_else(|| Refusal::NoRoute { station: station.name.clone() })?;
            let all = told(station.id).all(|about| about.whole);
            let things = told(station.id).flat_map(|about| &about.ticket.content.lines);
            let things = things.filter(|line| !all && self.gone.contains(&line.line));
            let from = self.from.table.and_then(|id| facts.table(id));
            let was = self.from.order_type;
            let moved = Moved {
                was: (was != self.to.order_type).then_some(was),
                from: from.map(|(table, _)| table.name.clone()),
                numbers: told(station.id).map(|about| about.ticket.number).collect(),
                things: things.map(|line| format!("{} {}", line.quantity, line.name)).collect(),
            };
            let part = Part {
                station: station.id,
                station_name: station.name.clone(),
                printer,
                lines: Vec::new(),
                preparation_minutes: 0,
                moved: Some(moved),
                fired: None,
            };
            slips.push((part, TicketKind::Change));
        }
        Ok(slips)
    }
}
