//! The restaurant's people: what stands in the database before a run, and what they order.

use super::desk::RETRY;
use super::plan::{DEVICES, Happening, ORDERS, REVISIONS, STATIONS};
use super::run::{Event, Sim};
use super::words::{Told, line_id};
use crate::laws::world::{World, id};
use fastops_domain::ids::{BranchId, OrderId, PrinterId, StationId, TicketId};
use fastops_domain::job::{JobEvent, JobKind, Priority, Work, next};
use fastops_domain::ticket::{TicketContent, TicketKind, TicketLine};
use fastops_store::job::{self, JobChange, JobRow};
use fastops_store::station::{self, PrinterRow};
use fastops_store::{Store, StoreError, Tx, probe, ticket};

/// Orders and tickets that no run has to make; a run makes the print jobs.
#[derive(Clone, Debug)]
pub(super) struct Base {
    pub(super) branch: BranchId,
    pub(super) printers: Vec<PrinterId>,
    pub(super) stations: Vec<StationId>,
    pub(super) orders: Vec<OrderId>,
    /// By order, station and revision.
    tickets: Vec<TicketId>,
    /// The words of each of them, with one line of its own.
    contents: Vec<TicketContent>,
}

impl Base {
    pub(super) async fn lay(store: &Store) -> Self {
        let world = World::open(store).await;
        let laid = store.write::<_, StoreError, _>(move |tx| {
            let world = world.clone();
            Box::pin(async move { Self::insert(tx, &world).await })
        });
        laid.await.unwrap()
    }

    async fn insert(tx: &mut Tx, world: &World) -> Result<Self, StoreError> {
        let mut printers: Vec<PrinterId> = world.printers.iter().map(|row| row.printer.id).collect();
        for n in printers.len()..DEVICES {
            let mut row: PrinterRow = world.printers[0].clone();
            row.printer.id = PrinterId(id(13, n as u64 + 1));
            row.printer.name = format!("Impresora {}", n + 1);
            station::insert_printer(tx, &row).await?;
            printers.push(row.printer.id);
        }
        let (mut orders, mut tickets, mut contents) = (Vec::new(), Vec::new(), Vec::new());
        for order in 1..=ORDERS as u64 {
            let order = world.add_order(tx, order).await?;
            orders.push(order);
            for station in 0..STATIONS {
                for revision in 1..=REVISIONS {
                    let mut row = world.ticket(tickets.len() as u64 + 1, order, station, revision);
                    row.content.lines[0].line = line_id(u32::try_from(tickets.len()).unwrap());
                    row.content.lines[0].voided = false;
                    row.content.lines.truncate(1);
                    tickets.push(row.id);
                    contents.push(row.content.clone());
                    ticket::insert_tickets(tx, &[row]).await?;
                }
            }
        }
        let stations = world.stations.iter().map(|station| station.id).collect();
        Ok(Self { branch: world.branch.id, printers, stations, orders, tickets, contents })
    }

    /// Takes the jobs of a run away.
    pub(super) async fn clear(tx: &mut Tx) -> Result<(), StoreError> {
        for table in ["print_attempt", "print_job", "printer_lease", "printer_owner", "computer"] {
            probe::execute(tx, &format!("DELETE FROM {table}")).await?;
        }
        Ok(())
    }

    /// How many lines the tickets have before any is added.
    pub(super) fn lines(&self) -> u32 {
        u32::try_from(self.tickets.len()).unwrap()
    }

    /// The number of a ticket's own line.
    pub(super) fn number(&self, ticket: TicketId) -> u32 {
        u32::try_from(self.tickets.iter().position(|known| *known == ticket).unwrap()).unwrap()
    }

    /// What a ticket says before a run.
    pub(super) fn content(&self, ticket: TicketId) -> TicketContent {
        self.contents[self.number(ticket) as usize].clone()
    }

    /// Any line.
    pub(super) fn line(&self) -> TicketLine {
        self.contents[0].lines[0].clone()
    }

    pub(super) fn ticket(&self, order: usize, station: usize, revision: u32) -> TicketId {
        let of_order = (order * STATIONS + station) * REVISIONS as usize;
        self.tickets[of_order + revision as usize - 1]
    }
}

impl Sim {
    /// A person's wish, through a core that runs and is awake; it waits for one.
    pub(super) async fn serve(&mut self, tx: &mut Tx, wish: Happening) -> Result<(), StoreError> {
        let awake =
            |core: &usize| self.cores[*core].life.is_some() && self.cores[*core].asleep_until.0 <= self.now.0;
        let cores: Vec<usize> = (0..self.cores.len()).filter(awake).collect();
        if cores.is_empty() {
            self.at(500, Event::Happening(wish));
            return Ok(());
        }
        let core = cores[self.dice.usize(..cores.len())];
        match wish {
            Happening::Order { order, both, priority } => self.order(tx, core, order, both, priority).await,
            Happening::Change { order, both } if self.revisions[order] > 0 => {
                self.order(tx, core, order, both, Priority::Urgent).await
            }
            Happening::Cancel { order } => self.cancel(tx, order).await,
            Happening::Reprint { order } => self.reprint(tx, core, order).await,
            Happening::Paper { printer, kind, order } => {
                self.paper_wanted(tx, core, printer, kind, order).await
            }
            Happening::Answer { job } => self.answer(tx, core, job).await,
            Happening::Void { order } => self.void(tx, core, order).await,
            Happening::Hurry { order } => self.hurry(tx, core, order).await,
            Happening::Decide { job } => self.decide(tx, core, job).await,
            _ => Ok(()),
        }
    }

    /// The next revision of an order, for one station or both.
    async fn order(
        &mut self,
        tx: &mut Tx,
        core: usize,
        order: usize,
        both: bool,
        priority: Priority,
    ) -> Result<(), StoreError> {
        let revision = self.revisions[order] + 1;
        let first = self.dice.usize(..STATIONS);
        let mut alone = Vec::new();
        for station in if both { vec![0, 1] } else { vec![first] } {
            if !self.merge(tx, core, order, station).await? {
                alone.push(station);
            }
        }
        if revision > REVISIONS || alone.is_empty() {
            return Ok(());
        }
        self.revisions[order] = revision;
        let mut jobs = Vec::new();
        for station in alone {
            let ticket = self.base.ticket(order, station, revision);
            let kind = if revision > 1 { TicketKind::Change } else { TicketKind::New };
            self.told(ticket, Told { order, station, revision, kind, cancelled: false });
            jobs.push(self.job(core, order, station, ticket, (revision, 0), priority));
        }
        self.keep_revision(tx, core, order, revision, &jobs).await
    }

    pub(super) async fn keep_revision(
        &mut self,
        tx: &mut Tx,
        core: usize,
        order: usize,
        revision: u32,
        jobs: &[JobRow],
    ) -> Result<(), StoreError> {
        self.keep(tx, core, jobs).await?;
        if revision > 1 {
            let order = self.base.orders[order];
            job::promote_earlier(tx, order, revision).await?;
            for row in job::jobs_of_order(tx, order).await? {
                self.oracle.known(row.id).row.rank = row.rank;
            }
        }
        Ok(())
    }

    async fn keep(&mut self, tx: &mut Tx, core: usize, jobs: &[JobRow]) -> Result<(), StoreError> {
        job::insert_jobs(tx, jobs).await?;
        self.version += 1;
        for row in jobs {
            self.say(|| format!("job {}: {:?}, revision {}", row.id, row.work, row.revision));
            self.oracle.made(row.clone());
            self.wake_all(core, row.printer);
        }
        Ok(())
    }

    pub(super) fn job(
        &mut self,
        core: usize,
        order: usize,
        station: usize,
        ticket: TicketId,
        (revision, copy): (u32, u32),
        priority: Priority,
    ) -> JobRow {
        let station = self.base.stations[station];
        let work = Work::Ticket { ticket, order: self.base.orders[order], station };
        let target = self.target(core, station);
        let job = JobRow::new(self.new_job(), work, self.printer_id(target), priority, self.now);
        JobRow { revision, copy, ..job }
    }

    async fn cancel(&mut self, tx: &mut Tx, order: usize) -> Result<(), StoreError> {
        for row in job::jobs_of_order(tx, self.base.orders[order]).await? {
            if !row.progress.state.is_waiting() {
                continue;
            }
            let to = next(JobKind::Kitchen, row.progress, JobEvent::Cancel, self.now, &RETRY).unwrap();
            job::advance(tx, row.id, row.progress.state, &to, &JobChange::default()).await?;
            self.version += 1;
            self.oracle.known(row.id).row.progress = to;
        }
        Ok(())
    }

    async fn reprint(&mut self, tx: &mut Tx, core: usize, order: usize) -> Result<(), StoreError> {
        let rows = job::jobs_of_order(tx, self.base.orders[order]).await?;
        let ended = |row: &&JobRow| {
            let of = |other: &&JobRow| other.work == row.work;
            row.copy == 0
                && !row.work.ticket().is_some_and(|ticket| self.told[&ticket].cancelled)
                && rows.iter().filter(of).all(|other| other.progress.state.is_final())
        };
        let Some(first) = rows.iter().find(ended) else { return Ok(()) };
        let copies = rows.iter().filter(|row| row.work == first.work).map(|row| row.copy).max();
        let (station, copy) = (self.station_at(first.work.station().unwrap()), copies.unwrap_or(0) + 1);
        let ticket = first.work.ticket().unwrap();
        let job = self.job(core, order, station, ticket, (first.revision, copy), Priority::Low);
        self.keep(tx, core, &[job]).await
    }
}
