//! One printer's lane: takes the head of its queue, prints it, settles it, and again.

use crate::batch::Batch;
use crate::catch_up::Returned;
use crate::engine::{QueueChange, Shared};
use crate::idle::Voice;
use crate::late::Late;
use crate::owners::Seat;
use crate::print::Attempt;
use crate::routing::Which;
use fastops_domain::breaker::BreakerEvent;
use fastops_domain::ids::{PrinterId, StationId};
use fastops_domain::job::{Cause, JobState};
use fastops_domain::signs::LOOK_MS;
use fastops_domain::station::{Printer, ProofLevel, Target};
use fastops_domain::time::Time;
use fastops_printing::link::Link;
use fastops_store::job::{self, JobRow};
use fastops_store::{StoreError, station};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, watch};
use tokio::time::Instant;

/// The longest a lane sleeps before it looks again by itself: a wake-up that got lost costs no more.
pub(crate) const LOOK_AGAIN: Duration = Duration::from_millis(LOOK_MS);

/// An open connection older than this is not trusted: printers close idle ones from 60 s on.
pub(crate) const REUSE: Duration = Duration::from_secs(20);

/// The longest one attempt keeps a worker. Past it the lane goes on alone.
const WORKER: Duration = Duration::from_secs(10);

pub(crate) struct Lane {
    pub(crate) shared: Arc<Shared>,
    pub(crate) printer: Printer,
    /// The printer as it is told to be now; nobody tells when it is no longer there.
    own: watch::Receiver<Printer>,
    pub(crate) link: Option<Link>,
    /// A job given up whose proof is still owed on the link.
    pub(crate) late: Option<Late>,
    /// The printer beside the terminal that sent the next job, where its way depends on that.
    pub(crate) sender: Option<PrinterId>,
    /// How the printer proves; less than its profile says once it was seen not to.
    pub(crate) proof: ProofLevel,
    pub(crate) voice: Voice,
    /// It was silent while it printed, and the ticket came out: its silence at work says nothing.
    pub(crate) quiet_at_work: bool,
    /// When it was last known how the printer is.
    pub(crate) heard_at: Instant,
    /// When the link last carried a ticket.
    pub(crate) used_at: Instant,
    /// When what is no printer last failed to take a ticket.
    pub(crate) failed_at: Option<Time>,
    /// When a ticket was last proved on the link that is kept.
    pub(crate) proved_at: Option<Instant>,
    /// It takes tickets again, and some still wait from before.
    pub(crate) returned: Option<Returned>,
    pub(crate) wake: Arc<Notify>,
    stopped: watch::Receiver<bool>,
}

impl Lane {
    pub(crate) fn new(
        shared: Arc<Shared>,
        mut own: watch::Receiver<Printer>,
        wake: Arc<Notify>,
        stopped: watch::Receiver<bool>,
    ) -> Self {
        let printer = own.borrow_and_update().clone();
        let proof = printer.profile.proof;
        let now = Instant::now();
        Self {
            shared,
            printer,
            own,
            link: None,
            late: None,
            sender: None,
            proof,
            voice: Voice::default(),
            quiet_at_work: false,
            heard_at: now,
            used_at: now,
            failed_at: None,
            proved_at: None,
            returned: None,
            wake,
            stopped,
        }
    }

    /// Works until the engine stops or the printer is no longer there.
    pub(crate) async fn run(mut self) {
        while !*self.stopped.borrow() {
            match self.own.has_changed() {
                Ok(true) => self.refit().await,
                Ok(false) => {}
                Err(_) => break,
            }
            if !self.drives().await {
                continue;
            }
            self.hear_late().await;
            let heads = self.heads().await;
            if self.is_changed() {
                continue;
            }
            if let Some(head) = heads.first() {
                match self.elsewhere(head).await {
                    Some(to) => self.pass_on(head, to).await,
                    None if self.wait_ms(head) == 0 => self.print(heads).await,
                    None => {
                        let due = Duration::from_millis(self.wait_ms(head).unsigned_abs());
                        self.rest(due.min(LOOK_AGAIN)).await;
                    }
                }
            } else {
                self.returned = None;
                self.idle().await;
            }
            self.drop_old_link().await;
        }
        if let Some(link) = self.link.take() {
            self.part_with(link).await;
        }
    }

    /// Whether the printer was changed, or is gone, since the lane last looked: what was written after that is not
    /// printed as before.
    fn is_changed(&self) -> bool {
        !matches!(self.own.has_changed(), Ok(false))
    }

    /// Goes on with the printer as it is told to be now, of which nothing is known yet.
    async fn refit(&mut self) {
        self.printer = self.own.borrow_and_update().clone();
        tracing::info!(printer = %self.printer.name, "a printer was changed");
        self.trouble(None);
        self.forget().await;
    }

    /// Lets go of the printer and of what was found out about it.
    async fn forget(&mut self) {
        self.proof = self.printer.profile.proof;
        self.shared.note(self.printer.id, |facts| facts.unproved = false);
        self.voice = Voice::default();
        self.quiet_at_work = false;
        self.proved_at = None;
        self.failed_at = None;
        if let Some(link) = self.link.take() {
            self.part_with(link).await;
        }
    }

    /// Whether this core drives the printer now. When it does not, the printer is left alone for a while.
    async fn drives(&mut self) -> bool {
        let seat = self.shared.seat(self.printer.id);
        if seat == Seat::Mine {
            return true;
        }
        self.forget().await;
        match seat {
            Seat::HandingOver => {
                if let Err(error) = self.shared.let_go(self.printer.id).await {
                    self.complain(&error, "a printer cannot be left to another computer");
                }
            }
            Seat::Orphaned => self.pass_on_orphan().await,
            Seat::Mine | Seat::Elsewhere => {}
        }
        self.rest(LOOK_AGAIN).await;
        false
    }

    /// The next ticket of a printer that nobody can drive goes where it is better off, if anywhere.
    async fn pass_on_orphan(&mut self) {
        let heads = self.heads().await;
        let Some(head) = heads.first() else { return };
        if let Some(to) = self.elsewhere(head).await {
            self.pass_on(head, to).await;
        }
    }

    pub(crate) fn complain(&self, error: &StoreError, what: &'static str) {
        // A server that is away is said once by the store, not each second by each lane.
        if !matches!(error, StoreError::Away(_)) {
            tracing::error!(%error, printer = %self.printer.name, "{what}");
        }
    }

    fn wait_ms(&self, head: &JobRow) -> i64 {
        head.progress.not_before.since_ms(self.shared.config.clock.now()).max(0)
    }

    /// Prints the first of the queue, and with it what may go with the same write.
    async fn print(&mut self, mut heads: Vec<JobRow>) {
        let Some(head) = heads.first().cloned() else { return };
        let free = self.shared.permits.try_take();
        let has_waited = free.is_none();
        let permit = match free {
            Some(permit) => permit,
            None => self.shared.permits.take().await,
        };
        // Much may have come meanwhile, and turbo may have ended.
        if has_waited && heads.len() != self.batch_most() {
            heads = self.heads().await;
        }
        if self.shared.seat(self.printer.id) != Seat::Mine || self.is_changed() {
            return;
        }
        let batch = self.batch(&head, heads);
        if batch.len() > 1 {
            permit.keep(WORKER, Batch::new(self, &permit).run(batch)).await;
        } else {
            permit.keep(WORKER, Attempt::new(self, head, &permit).run()).await;
        }
        self.heard_at = Instant::now();
        self.used_at = self.heard_at;
    }

    /// Where the next job is better off, if anywhere.
    async fn elsewhere(&mut self, head: &JobRow) -> Option<PrinterId> {
        self.sender = None;
        let station = head.work.station()?;
        if self.shared.asks_for_sender(station) {
            let id = head.id;
            let read = self.shared.config.store.read(move |tx| Box::pin(job::sender_printer(tx, id))).await;
            // A store that cannot be read moves nothing either.
            self.sender = read.ok()?;
        }
        let spent = head.progress.attempts >= self.shared.config.retry.quick_attempts;
        let to = self.shared.elsewhere(station, self.sender, self.printer.id, spent)?;
        let is_ours = self.shared.serves(station, self.sender, self.printer.id);
        if is_ours || !self.is_named_by_now(station).await {
            return Some(to);
        }
        None
    }

    /// Whether the station's chain has this printer in the store: another computer may have put it there, and sent
    /// it a ticket, before this one hears of it.
    async fn is_named_by_now(&self, station: StationId) -> bool {
        let branch = self.shared.config.branch;
        let read = self.shared.config.store.read(move |tx| Box::pin(station::chains(tx, branch))).await;
        // A store that cannot be read moves nothing.
        let Ok(chains) = read else { return true };
        let target = Target::Device(self.printer.id);
        chains.get(&station).is_some_and(|chain| chain.iter().any(|place| place.target == target))
    }

    /// Gives everything that waits here for the next job's station to another device; where that depends on who
    /// sent it, everything that was sent from beside the same printer.
    async fn pass_on(&mut self, head: &JobRow, to: PrinterId) {
        let Some(station) = head.work.station() else { return };
        let which =
            if self.shared.asks_for_sender(station) { Which::SentFrom(self.sender) } else { Which::All };
        if let Err(error) = self.shared.move_jobs(station, self.printer.id, to, which).await {
            self.complain(&error, "tickets cannot be given to another printer");
            self.pause(LOOK_AGAIN).await;
        }
    }

    /// Sleeps until something is new, the time is up, or the engine stops.
    pub(crate) async fn rest(&mut self, at_most: Duration) {
        let owed = self.link.as_ref().filter(|_| self.late.is_some());
        tokio::select! {
            () = self.wake.notified() => {}
            () = tokio::time::sleep(at_most) => {}
            () = stirs(owed) => {}
            _ = self.stopped.changed() => {}
        }
    }

    /// Waits, and says whether something new has come, or the engine stops.
    pub(crate) async fn is_wanted_within(&mut self, time: Duration) -> bool {
        tokio::select! {
            () = tokio::time::sleep(time) => false,
            () = self.wake.notified() => true,
            _ = self.stopped.changed() => true,
        }
    }

    /// Whether the engine stops.
    pub(crate) fn is_stopping(&self) -> bool {
        *self.stopped.borrow()
    }

    /// Tells every listener where a job stands.
    pub(crate) fn tell_job(&self, row: &JobRow, state: JobState) {
        self.shared.tell(QueueChange::Job { job: row.id, work: row.work, state });
    }

    /// Sleeps a fixed time, or until the engine stops; says whether it should stop.
    pub(crate) async fn pause(&mut self, time: Duration) -> bool {
        tokio::select! {
            () = tokio::time::sleep(time) => {}
            _ = self.stopped.changed() => {}
        }
        *self.stopped.borrow()
    }

    /// The printer cannot prove what its profile promises: until the next start, or until it is set up anew, its
    /// tickets are `unconfirmed`, instead of each coming out twice. Every screen is told.
    pub(crate) fn give_up_proof(&mut self) {
        tracing::warn!(printer = %self.printer.name, "the printer ignores the proof; its tickets cannot be proved");
        self.proof = ProofLevel::State;
        self.shared.note(self.printer.id, |facts| facts.unproved = true);
    }

    /// Says on every screen that nothing comes out of this printer, or that it does again.
    pub(crate) fn trouble(&self, cause: Option<Cause>) {
        let now = self.shared.config.clock.now();
        self.shared.note(self.printer.id, |facts| *facts = facts.in_trouble(cause, now));
    }

    /// Tells the printer's breaker what happened.
    pub(crate) fn breaker(&self, event: BreakerEvent) {
        self.shared.breaker(self.printer.id, event);
    }

    async fn drop_old_link(&mut self) {
        if self.used_at.elapsed() > REUSE
            && self.late.is_none()
            && let Some(link) = self.link.take()
        {
            link.close().await;
        }
    }
}

/// Waits for a word on a link, for ever when there is none.
async fn stirs(link: Option<&Link>) {
    match link {
        Some(link) => link.stirs().await,
        None => std::future::pending().await,
    }
}
