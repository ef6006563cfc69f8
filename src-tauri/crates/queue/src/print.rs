//! One attempt at one job, from the open door to the proof.
//!
//! ```text
//! open ─> ask status ─> sending on disk ─> bytes ─> sent on disk ─> proof ─> printed on disk
//!    └ trouble: nothing sent   └ taken back meanwhile: nothing sent   └ paper out: wait for the late proof
//! ```

use crate::lane::Lane;
use crate::settle::{Begun, Settled};
use fastops_domain::job::{Cause, JobEvent, JobProgress};
use fastops_domain::time::LocalTime;
use fastops_printing::encode::{self, Encoded, Stamp};
use fastops_printing::link::{Link, Proof};
use fastops_store::job::JobRow;
use std::time::Duration;
use tokio::sync::SemaphorePermit;

/// Pause between two questions to a printer that holds a ticket until someone acts.
const ASK_AGAIN: Duration = Duration::from_millis(50);

pub(crate) struct Attempt<'l> {
    pub(crate) lane: &'l mut Lane,
    pub(crate) job: JobRow,
    pub(crate) progress: JobProgress,
    /// Number of the attempt, once its first byte is about to go.
    pub(crate) number: Option<u32>,
    /// Bytes that the device took.
    pub(crate) accepted: Option<u64>,
    /// The printer said something when it was asked how it is.
    answers: bool,
    /// A whole ticket went out before, and the printer never said that it printed.
    unproved_before: bool,
    began: tokio::time::Instant,
}

impl<'l> Attempt<'l> {
    pub(crate) fn new(lane: &'l mut Lane, job: JobRow) -> Self {
        let progress = job.progress;
        let unproved_before = progress.cause == Some(Cause::NoProof);
        let began = tokio::time::Instant::now();
        Self { lane, job, progress, number: None, accepted: None, answers: false, unproved_before, began }
    }

    /// Prints, and leaves the job settled whatever happens. Holds `permit` only while the printer works.
    pub(crate) async fn run(mut self, permit: Option<SemaphorePermit<'_>>) {
        let Some(mut link) = self.ready_link().await else { return };
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
        let sent = link.send(&paper.bytes).await;
        if let Err(broke) = sent {
            self.accepted = broke.bytes_accepted;
            self.broke(broke.cause, broke.bytes_accepted).await;
            return;
        }
        self.accepted = u64::try_from(paper.bytes.len()).ok();
        if !matches!(self.settle(JobEvent::Accepted).await, Settled::Done(())) {
            return;
        }
        self.prove(link, &paper, permit).await;
        self.lane.shared.note(self.lane.printer.id, |facts| facts.printing = false);
    }

    /// A link to a printer that says it can print. Otherwise the job is settled and waits.
    async fn ready_link(&mut self) -> Option<Link> {
        if let Some(mut kept) = self.lane.link.take() {
            // A kept connection may have died unseen: a fresh one is tried before anything counts as trouble.
            if let Ok(status) = kept.status().await {
                return self.unobstructed(kept, &status).await;
            }
        }
        let config = &self.lane.shared.config;
        let opened = match Link::open(&self.lane.printer.address, &config.deadlines).await {
            Ok(mut link) => link.status().await.map(|status| (link, status)),
            Err(trouble) => Err(trouble),
        };
        match opened {
            Ok((link, status)) => self.unobstructed(link, &status).await,
            Err(trouble) => {
                tracing::warn!(printer = %self.lane.printer.name, cause = trouble.cause.code(), "the printer cannot be reached");
                self.broke(trouble.cause, Some(0)).await;
                None
            }
        }
    }

    async fn unobstructed(
        &mut self,
        link: Link,
        status: &fastops_printing::link::PrinterStatus,
    ) -> Option<Link> {
        let near_end = status.paper_near_end;
        self.lane.shared.note(self.lane.printer.id, |facts| facts.paper_near_end = near_end);
        self.answers = status.answered;
        // A printer that proved nothing and is mute gets no second ticket until it says a word:
        // paper would come out again and again, or never.
        let mute = (self.unproved_before && !status.answered).then_some(Cause::NoProof);
        let Some(cause) = status.obstruction().or(mute) else { return Some(link) };
        tracing::warn!(printer = %self.lane.printer.name, cause = cause.code(), "the printer cannot print now");
        self.lane.trouble(Some(cause));
        self.settle(JobEvent::Obstructed(cause)).await;
        self.lane.link = Some(link);
        None
    }

    async fn encode(&mut self, begun: &Begun) -> Option<Encoded> {
        let config = &self.lane.shared.config;
        let stamp = Stamp {
            printed_at: LocalTime::at(config.clock.now(), config.utc_offset_minutes),
            language: config.language,
            copy: self.job.copy,
            possible_duplicate: self.progress.possible_duplicate,
        };
        match encode::kitchen_ticket(&begun.content, &stamp, &self.lane.printer.profile) {
            Ok(paper) => Some(paper),
            Err(error) => {
                tracing::error!(%error, job = %self.job.id, "the ticket cannot be encoded");
                self.settle(JobEvent::Hopeless(Cause::CannotEncode)).await;
                None
            }
        }
    }

    /// Waits for the printer's word, also a late one after someone has put in paper.
    async fn prove(&mut self, mut link: Link, paper: &Encoded, permit: Option<SemaphorePermit<'_>>) {
        let level = self.lane.proof;
        let mut proof = link.prove(paper.paper_mm, level).await;
        // Whoever holds the paper is a person now: no worker waits for them.
        let mut permit = permit;
        loop {
            match proof {
                Proof::Printed => {
                    if matches!(self.settle(JobEvent::Proved).await, Settled::Done(())) {
                        self.measured();
                    }
                    self.lane.trouble(None);
                    self.lane.link = Some(link);
                    return;
                }
                Proof::Unconfirmed => {
                    self.settle(JobEvent::NoProof).await;
                    self.measured();
                    self.lane.trouble(None);
                    self.lane.link = Some(link);
                    return;
                }
                Proof::Waiting(cause) => {
                    drop(permit.take());
                    self.lane.trouble(Some(cause));
                    self.tell();
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
                    return;
                }
            }
        }
    }

    /// Settles a broken attempt; the link is not trusted again.
    async fn broke(&mut self, cause: Cause, bytes_accepted: Option<u64>) {
        self.lane.trouble(Some(cause));
        self.settle(JobEvent::Broke { cause, bytes_accepted }).await;
        self.lane.shared.note(self.lane.printer.id, |facts| facts.printing = false);
    }

    fn measured(&self) {
        let ms = i64::try_from(self.began.elapsed().as_millis()).unwrap_or(i64::MAX);
        self.lane.shared.note(self.lane.printer.id, |facts| facts.speed = facts.speed.after(ms));
    }
}
