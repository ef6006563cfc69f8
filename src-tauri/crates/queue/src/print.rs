//! One attempt at one job, from the open door to the proof.
//!
//! ```text
//! open ─> ask status ─> sending on disk ─> bytes ─> sent on disk ─> proof ─> printed on disk
//!    └ trouble: nothing sent   └ taken back meanwhile: nothing sent   └ paper out: wait for the late proof
//! ```

use crate::idle::Voice;
use crate::lane::Lane;
use crate::late::Late;
use crate::permits::Permit;
use crate::settle::{Begun, Settled, Words};
use crate::still::Teller;
use fastops_domain::breaker::{BreakerEvent, OPEN_MS};
use fastops_domain::job::{Cause, JobEvent, JobProgress};
use fastops_domain::time::LocalTime;
use fastops_printing::encode::{self, Encoded, Stamp};
use fastops_printing::link::{Deadlines, Link, PrinterStatus, Proof, Trouble};
use fastops_store::job::{JobRow, MovedJob};
use std::time::Duration;

/// Pause between two questions to a printer that holds a ticket until someone acts.
const ASK_AGAIN: Duration = Duration::from_millis(50);

/// Pause before a busy printer is tried once more: it may still be hearing this program's own goodbye.
const BUSY_AGAIN: Duration = Duration::from_millis(200);

/// In turbo a printer that proved a ticket this lately is not asked how it is before the next.
const SURELY_WELL: Duration = Duration::from_secs(1);

pub(crate) struct Attempt<'l> {
    pub(crate) lane: &'l mut Lane,
    pub(crate) job: JobRow,
    pub(crate) progress: JobProgress,
    /// Number of the attempt, once its first byte is about to go.
    pub(crate) number: Option<u32>,
    /// Bytes that the device took.
    pub(crate) accepted: Option<u64>,
    /// The tickets that went on with the job, which is their slip.
    pub(crate) on_it: Vec<MovedJob>,
    /// The printer said something when it was asked how it is.
    answers: bool,
    /// A whole ticket went out before, and the printer never said that it printed.
    unproved_before: bool,
    began: tokio::time::Instant,
    pub(crate) permit: &'l Permit,
}

impl<'l> Attempt<'l> {
    pub(crate) fn new(lane: &'l mut Lane, job: JobRow, permit: &'l Permit) -> Self {
        let progress = job.progress;
        let unproved_before = progress.cause == Some(Cause::NoProof);
        let began = tokio::time::Instant::now();
        Self {
            lane,
            job,
            progress,
            number: None,
            accepted: None,
            on_it: Vec::new(),
            answers: false,
            unproved_before,
            began,
            permit,
        }
    }

    /// Prints, and leaves the job settled whatever happens. Holds the permit only while the printer works.
    pub(crate) async fn run(mut self) {
        if self.is_too_late() {
            self.settle(JobEvent::Hopeless(Cause::TooLate)).await;
            return;
        }
        if let Some(outlet) = self.lane.printer.address.outlet().cloned() {
            // Boxed: what mails is large, and nearly every attempt is at a printer.
            return Box::pin(self.deliver(outlet)).await;
        }
        let Some(mut link) = self.ready_link().await else { return };
        if self.catch_up().await {
            self.lane.link = Some(link);
            return;
        }
        let begun = match self.begin().await {
            Settled::Done(begun) => begun,
            // Taken back or printed elsewhere since it was read; the link stays for the next job.
            Settled::TakenBack | Settled::Stopping => {
                self.lane.link = Some(link);
                return;
            }
        };
        let Some(paper) = self.encode(&begun).await else {
            self.lane.link = Some(link);
            return;
        };
        self.lane.shared.note(self.lane.printer.id, |facts| facts.printing = true);
        let (sent, _) =
            Teller::of(self.lane).during(link.stands_still(), Box::pin(link.send(&paper.bytes))).await;
        if let Err(broke) = sent {
            self.accepted = broke.bytes_accepted;
            self.broke(broke.cause, broke.bytes_accepted).await;
            return;
        }
        self.accepted = u64::try_from(paper.bytes.len()).ok();
        match self.settle(JobEvent::Accepted).await {
            Settled::Done(()) => self.prove(link, &paper).await,
            Settled::TakenBack => self.prove_for_another(link, &paper).await,
            Settled::Stopping => {}
        }
        self.lane.shared.note(self.lane.printer.id, |facts| facts.printing = false);
    }

    /// A link to a printer that says it can print. Otherwise the job is settled and waits.
    pub(crate) async fn ready_link(&mut self) -> Option<Link> {
        Teller::of(self.lane).making_ready(Box::pin(self.find_link())).await
    }

    async fn find_link(&mut self) -> Option<Link> {
        let deadlines = self.lane.shared.deadlines(&self.lane.printer);
        if let Some(mut kept) = self.lane.link.take() {
            kept.pace(deadlines);
            let surely_well = self.lane.proved_at.take().is_some_and(|at| at.elapsed() < SURELY_WELL);
            if surely_well && self.lane.shared.is_turbo() {
                self.answers = true;
                return Some(kept);
            }
            // A kept connection may have died unseen: a fresh one is tried before anything counts as trouble.
            if let Ok(status) = kept.status().await
                && !self.is_hushed(&kept, status)
            {
                let kept = self.unobstructed(kept, status).await?;
                if self.lane.late.is_none() {
                    return Some(kept);
                }
                if self.lane.part_with(kept).await {
                    return None;
                }
            }
        }
        self.lane.late = None;
        let mut opened = self.open(&deadlines).await;
        if opened.as_ref().is_err_and(|trouble| trouble.cause == Cause::Busy) {
            tokio::time::sleep(BUSY_AGAIN).await;
            opened = self.open(&deadlines).await;
        }
        match opened {
            Ok((link, status)) => self.unobstructed(link, status).await,
            Err(trouble) => {
                tracing::warn!(printer = %self.lane.printer.name, cause = trouble.cause.code(), "the printer cannot be reached");
                self.broke(trouble.cause, Some(0)).await;
                None
            }
        }
    }

    async fn open(&self, deadlines: &Deadlines) -> Result<(Link, PrinterStatus), Trouble> {
        let mut link = Link::open(&self.lane.printer.address, deadlines).await?;
        let mut status = link.status().await?;
        if self.is_hushed(&link, status) {
            status = link.status().await?;
        }
        if status.obstruction().is_none() {
            link.hear_out(self.lane.proof).await?;
        }
        Ok((link, status))
    }

    /// Whether a printer that used to answer says nothing.
    fn is_hushed(&self, link: &Link, status: PrinterStatus) -> bool {
        matches!(self.lane.voice, Voice::Speaks { .. }) && !status.answered && !link.garbles()
    }

    /// Whether its silence is reason enough to send nothing: a ticket would go to a printer that hangs. After
    /// a minute it is tried all the same, since it may be another one that never speaks.
    fn is_silence_new(&self) -> bool {
        let facts = self.lane.shared.facts(self.lane.printer.id);
        let now = self.lane.shared.config.clock.now();
        facts.trouble_since.is_none_or(|since| now.since_ms(since) < OPEN_MS)
    }

    async fn unobstructed(&mut self, link: Link, status: PrinterStatus) -> Option<Link> {
        if status.answered {
            let near_end = status.paper_near_end;
            self.lane.shared.note(self.lane.printer.id, |facts| facts.paper_near_end = near_end);
        }
        if self.is_hushed(&link, status) && self.is_silence_new() {
            self.lane.breaker(BreakerEvent::Failure);
            self.obstructed(Cause::NoProgress).await;
            return None;
        }
        self.answers = status.answered;
        self.lane.voice = self.lane.voice.after(status.answered || link.garbles());
        // A printer that proved nothing and is mute gets no second ticket until it says a word:
        // paper would come out again and again, or never.
        let mute = (self.unproved_before && !status.answered).then_some(Cause::NoProof);
        let Some(cause) = status.obstruction().or(mute) else { return Some(link) };
        self.obstructed(cause).await;
        self.lane.link = Some(link);
        None
    }

    /// Nothing was sent; the job waits until someone has acted.
    pub(crate) async fn obstructed(&mut self, cause: Cause) {
        tracing::warn!(printer = %self.lane.printer.name, cause = cause.code(), "the printer cannot print now");
        self.lane.trouble(Some(cause));
        self.settle(JobEvent::Obstructed(cause)).await;
    }

    /// What this paper says beyond the ticket.
    pub(crate) fn stamp(&self) -> Stamp {
        let config = &self.lane.shared.config;
        Stamp {
            printed_at: LocalTime::at(config.clock.now(), config.utc_offset_minutes),
            language: config.language,
            copy: self.job.copy,
            possible_duplicate: self.progress.possible_duplicate,
            backup: self.is_backup(),
        }
    }

    pub(crate) async fn encode(&mut self, begun: &Begun) -> Option<Encoded> {
        let (stamp, profile) = (self.stamp(), &self.lane.printer.profile);
        let encoded = match &begun.words {
            Words::Ticket(content) => encode::kitchen_ticket(content, &stamp, profile),
            Words::Paper(document, logo) => {
                encode::document_with_logo(document, logo.as_ref(), &stamp, profile)
            }
        };
        match encoded {
            Ok(paper) => Some(paper),
            Err(error) => {
                tracing::error!(%error, job = %self.job.id, "the paper cannot be encoded");
                self.settle(JobEvent::Hopeless(Cause::CannotEncode)).await;
                // A slip that cannot be written is not made again: its tickets go one by one.
                self.lane.trouble(None);
                None
            }
        }
    }

    /// Whether what it was asked for no longer makes sense.
    fn is_too_late(&self) -> bool {
        let age_ms = self.lane.shared.config.clock.now().since_ms(self.job.created_at);
        self.job.work.kind().sense_ms().is_some_and(|sense_ms| age_ms > sense_ms)
    }

    pub(crate) fn is_backup(&self) -> bool {
        let station = self.job.work.station();
        station.is_some_and(|station| self.lane.shared.is_backup(station, self.lane.printer.id))
    }

    /// Whether another printer of its station would do better.
    fn is_better_elsewhere(&self) -> bool {
        let (shared, sender, printer) = (&self.lane.shared, self.lane.sender, self.lane.printer.id);
        let better = |station| shared.elsewhere(station, sender, printer, false).is_some();
        self.job.work.station().is_some_and(better)
    }

    /// Waits for the printer's word, also a late one after someone has put in paper.
    async fn prove(&mut self, mut link: Link, paper: &Encoded) {
        let proof = self.lane.proof_of(&mut link, paper.paper_mm).await;
        self.follow(link, proof).await;
    }

    /// Waits for the printer's word about a ticket that another core has taken over, which need not print it then.
    async fn prove_for_another(&mut self, mut link: Link, paper: &Encoded) {
        match link.prove(paper.paper_mm, self.lane.proof).await {
            Proof::Printed => {
                self.lane.shared.prove_late(Late::of(&self.job), self.lane.printer.id).await;
                self.well(link);
            }
            Proof::Lost(Cause::NoProof) | Proof::Waiting(_) => self.lane.await_late(link, &self.job),
            Proof::Unconfirmed => self.well(link),
            Proof::Lost(_) => {}
        }
    }

    /// Goes on with a ticket that was begun with others and that the printer holds until someone acts.
    pub(crate) async fn wait_on(mut self, link: Link, cause: Cause) {
        if matches!(self.settle(JobEvent::Accepted).await, Settled::Done(())) {
            self.follow(link, Proof::Waiting(cause)).await;
        }
    }

    async fn follow(&mut self, mut link: Link, mut proof: Proof) {
        loop {
            match proof {
                Proof::Printed => {
                    match self.settle(JobEvent::Proved).await {
                        Settled::Done(()) => self.measured(),
                        // Another core has taken it over; it need not print it.
                        Settled::TakenBack => {
                            let late = Late::of(&self.job);
                            self.lane.shared.prove_late(late, self.lane.printer.id).await;
                        }
                        Settled::Stopping => {}
                    }
                    self.lane.proved_at = Some(tokio::time::Instant::now());
                    self.well(link);
                    return;
                }
                Proof::Unconfirmed => {
                    self.settle(JobEvent::NoProof).await;
                    self.measured();
                    self.well(link);
                    return;
                }
                Proof::Waiting(cause) => {
                    // Whoever holds the paper is a person now: no worker waits for them.
                    self.permit.release();
                    self.lane.trouble(Some(cause));
                    self.tell();
                    if self.is_better_elsewhere() {
                        // It waits here no longer: what the printer holds may still come out, so it is marked.
                        self.broke(cause, None).await;
                        self.lane.await_late(link, &self.job);
                        return;
                    }
                    if self.lane.pause(ASK_AGAIN).await {
                        // The program stops with the ticket in the printer's buffer: its fate is unknown.
                        self.broke(Cause::Interrupted, None).await;
                        return;
                    }
                    proof = link.prove_again().await;
                }
                // Twice sent, twice whole, and it answers everything but the fence: it cannot prove.
                Proof::Lost(Cause::NoProof) if self.unproved_before && self.answers => {
                    self.lane.give_up_proof();
                    proof = Proof::Unconfirmed;
                }
                Proof::Lost(cause) => {
                    self.broke(cause, None).await;
                    if cause == Cause::NoProof {
                        self.lane.await_late(link, &self.job);
                    }
                    return;
                }
            }
        }
    }

    /// The printer works; the link stays for the next ticket.
    fn well(&mut self, link: Link) {
        self.lane.trouble(None);
        self.lane.breaker(BreakerEvent::Success);
        self.lane.link = Some(link);
    }

    /// Settles a broken attempt; the link is not trusted again.
    pub(crate) async fn broke(&mut self, cause: Cause, bytes_accepted: Option<u64>) {
        self.lane.trouble(Some(cause));
        if cause != Cause::Interrupted {
            self.lane.breaker(BreakerEvent::Failure);
        }
        self.settle(JobEvent::Broke { cause, bytes_accepted }).await;
        self.lane.shared.note(self.lane.printer.id, |facts| facts.printing = false);
    }

    pub(crate) fn measured(&self) {
        let ms = i64::try_from(self.began.elapsed().as_millis()).unwrap_or(i64::MAX);
        self.lane.shared.note(self.lane.printer.id, |facts| facts.speed = facts.speed.after(ms));
        self.lane.shared.note_paper(self.lane.shared.config.clock.now().since_ms(self.job.created_at));
    }
}
