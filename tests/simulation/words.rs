//! What tickets ask for, line by line: written, added to, taken back and read with the store's own statements, as
//! `feature::merge`, `feature::void` and `queue::settle` do it.

use super::bug::Bug;
use super::desk::RETRY;
use super::plan::REVISIONS;
use super::run::{Seat, Sim};
use fastops_domain::ids::{LineId, TicketId};
use fastops_domain::job::{JobEvent, JobKind, JobState, Priority, Work, next};
use fastops_domain::ticket::{TicketContent, TicketKind, TicketLine, TicketState, takes_lines};
use fastops_store::job::{self, JobChange, JobRow, Rank};
use fastops_store::{StoreError, Tx, ticket};
use uuid::Uuid;

/// A run has at most so many lines: one for each ticket that can be, and those that are added.
const LINES: u32 = u128::BITS;
/// Marks the ids of lines.
const LINE: u128 = 7 << 100;

/// What a paper says, each line one bit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    /// Lines that are to be made.
    pub(super) cook: u128,
    /// Lines that are to be made no longer.
    pub(super) void: u128,
}

impl Words {
    pub(super) fn of(content: &TicketContent) -> Self {
        content.lines.iter().fold(Self::default(), |words, line| {
            let bit = 1 << (line.line.0.as_u128() & 127);
            if line.voided {
                Self { void: words.void | bit, ..words }
            } else {
                Self { cook: words.cook | bit, ..words }
            }
        })
    }

    pub(super) const fn and(self, other: Self) -> Self {
        Self { cook: self.cook | other.cook, void: self.void | other.void }
    }
}

/// The numbers of the lines in a set of them.
pub(super) fn numbers(set: u128) -> impl Iterator<Item = u32> {
    (0..LINES).filter(move |n| set >> n & 1 == 1)
}

pub(super) const fn line_id(n: u32) -> LineId {
    LineId(Uuid::from_u128(LINE | n as u128))
}

/// A ticket that was written, as the house knows it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told {
    pub(super) order: usize,
    pub(super) station: usize,
    pub(super) revision: u32,
    pub(super) kind: TicketKind,
    /// Every line of it was taken back before it was printed.
    pub(super) cancelled: bool,
}

/// A line that was ordered.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// The ticket that tells of it.
    pub(super) ticket: TicketId,
    /// When it was taken back.
    pub(super) voided_at: Option<u64>,
    /// The ticket that says so; none of a line that was taken off before a byte of it went out.
    pub(super) void_ticket: Option<TicketId>,
    /// A paper may have asked for it.
    pub(super) asked: bool,
    /// A paper said that it is void.
    pub(super) unsaid: bool,
}

impl Line {
    /// Whether it was taken back before a byte of it went out.
    pub(super) const fn is_taken_off(&self) -> bool {
        self.voided_at.is_some() && self.void_ticket.is_none()
    }
}

impl Sim {
    /// Puts a line on a ticket of its own, whose words stand in the database before the run.
    pub(super) fn told(&mut self, ticket: TicketId, told: Told) {
        self.told.insert(ticket, told);
        if told.kind != TicketKind::Void {
            let n = self.base.number(ticket);
            self.ordered(n, ticket);
        }
    }

    fn ordered(&mut self, n: u32, ticket: TicketId) {
        let line = Line { ticket, voided_at: None, void_ticket: None, asked: false, unsaid: false };
        self.oracle.lines.insert(n, line);
    }

    /// Adds a line to the latest ticket of a station, where that still waits untouched; false where it needs a paper
    /// of its own.
    pub(super) async fn merge(
        &mut self,
        tx: &mut Tx,
        core: usize,
        order: usize,
        station: usize,
    ) -> Result<bool, StoreError> {
        let n = self.next_line;
        let of_station = self.told.iter().filter(|(_, told)| (told.order, told.station) == (order, station));
        let Some((id, told)) = of_station.max_by_key(|(_, told)| told.revision) else { return Ok(false) };
        let (id, told) = (*id, *told);
        let jobs = job::jobs_of_order(tx, self.base.orders[order]).await?;
        let Some(job) = jobs.iter().find(|job| job.work.ticket() == Some(id) && job.copy == 0) else {
            return Ok(false);
        };
        let state = if told.cancelled { TicketState::Cancelled } else { TicketState::New };
        let takes = takes_lines(told.kind, state, &job.progress);
        let blind = self.bug == Bug::MergedBlind && told.kind != TicketKind::Void && !told.cancelled;
        if n >= LINES || !(takes || blind) {
            return Ok(false);
        }
        if takes {
            let ranks = self.ranks_of_merge(job, &jobs);
            self.rank(tx, &ranks).await?;
        }
        let mut content = ticket::ticket(tx, id).await?.unwrap().content;
        content.lines.push(TicketLine { line: line_id(n), voided: false, ..self.base.line() });
        self.rewrite(tx, id, content).await?;
        self.next_line += 1;
        self.ordered(n, id);
        self.version += 1;
        self.counts.merged += 1;
        self.say(|| format!("line {n} goes onto the ticket of job {}", job.id));
        self.wake_all(core, job.printer);
        Ok(true)
    }

    /// A ticket that takes more goes where the change would have gone, and what it changes itself before it.
    fn ranks_of_merge(&self, target: &JobRow, jobs: &[JobRow]) -> Vec<Rank> {
        let hurried = Priority::Urgent.rank(self.now).min(target.rank);
        let earlier = jobs.iter().filter(|job| {
            job.work.station() == target.work.station()
                && job.revision < target.revision
                && job.progress.state.is_waiting()
        });
        let behind =
            |job: &JobRow| Rank { job: job.id, priority: job.priority, rank: job.rank.min(hurried - 1) };
        let own = Rank { job: target.id, priority: Priority::Urgent, rank: hurried };
        std::iter::once(own).chain(earlier.map(behind)).collect()
    }

    /// Gives waiting jobs other places.
    pub(super) async fn rank(&mut self, tx: &mut Tx, ranks: &[Rank]) -> Result<(), StoreError> {
        job::set_ranks(tx, ranks).await?;
        self.version += 1;
        for rank in ranks {
            let row = &mut self.oracle.known(rank.job).row;
            (row.priority, row.rank) = (rank.priority, rank.rank);
        }
        Ok(())
    }

    async fn rewrite(&mut self, tx: &mut Tx, id: TicketId, content: TicketContent) -> Result<(), StoreError> {
        self.rewritten.insert(id);
        ticket::rewrite_contents(tx, &[(id, content)]).await
    }

    /// A person takes a line of an order back.
    pub(super) async fn void(&mut self, tx: &mut Tx, core: usize, order: usize) -> Result<(), StoreError> {
        let mut open = Vec::new();
        for (n, line) in &self.oracle.lines {
            if line.voided_at.is_none() && self.told[&line.ticket].order == order {
                open.push((*n, line.ticket));
            }
        }
        if open.is_empty() {
            return Ok(());
        }
        let (n, id) = open[self.dice.usize(..open.len())];
        let jobs = job::jobs_of_ticket(tx, id).await?;
        if self.is_untouched(&jobs) {
            return self.take_off(tx, n, id, &jobs[0]).await;
        }
        let (told, revision) = (self.told[&id], self.revisions[order] + 1);
        if revision > REVISIONS {
            return Ok(());
        }
        self.revisions[order] = revision;
        let mut content = ticket::ticket(tx, id).await?.unwrap().content;
        for line in content.lines.iter_mut().filter(|line| line.line == line_id(n)) {
            line.voided = true;
        }
        if self.bug != Bug::NotStruck {
            self.rewrite(tx, id, content).await?;
        }
        let void = self.base.ticket(order, told.station, revision);
        let mut content = ticket::ticket(tx, void).await?.unwrap().content;
        content.lines = vec![TicketLine { line: line_id(n), voided: true, ..self.base.line() }];
        self.rewrite(tx, void, content).await?;
        let told = Told { kind: TicketKind::Void, revision, cancelled: false, ..told };
        let ticket = self.base.ticket(order, told.station, revision);
        self.told(ticket, told);
        let job = self.job(core, order, told.station, ticket, (revision, 0), Priority::Urgent);
        self.counts.voids += 1;
        self.say(|| format!("line {n} is void: job {} says so", job.id));
        self.keep_revision(tx, core, order, revision, &[job]).await?;
        let at = self.next_serial();
        let line = self.oracle.lines.get_mut(&n).unwrap();
        (line.voided_at, line.void_ticket) = (Some(at), Some(ticket));
        Ok(())
    }

    /// Whether neither a paper nor a screen can have told the cook yet.
    fn is_untouched(&self, jobs: &[JobRow]) -> bool {
        let [job] = jobs else { return false };
        let state = job.progress.state;
        let doubted = job.progress.possible_duplicate && self.bug != Bug::VoidOfMarked;
        (state.is_waiting() || matches!(state, JobState::Failed | JobState::Cancelled)) && !doubted
    }

    /// Takes a line off a ticket of which no byte was sent; an empty ticket is cancelled.
    async fn take_off(&mut self, tx: &mut Tx, n: u32, id: TicketId, job: &JobRow) -> Result<(), StoreError> {
        let mut content = ticket::ticket(tx, id).await?.unwrap().content;
        content.lines.retain(|line| line.line != line_id(n));
        if content.lines.is_empty() {
            self.told.get_mut(&id).unwrap().cancelled = true;
            let event = match job.progress.state {
                JobState::Failed => Some(JobEvent::Clear),
                JobState::Cancelled => None,
                _ => Some(JobEvent::Cancel),
            };
            if let Some(event) = event {
                let to = next(JobKind::Kitchen, job.progress, event, self.now, &RETRY).unwrap();
                job::advance(tx, job.id, job.progress.state, &to, &JobChange::default()).await?;
                self.oracle.known(job.id).row.progress = to;
            }
        } else {
            self.rewrite(tx, id, content).await?;
        }
        self.version += 1;
        self.counts.taken_off += 1;
        self.say(|| format!("line {n} is taken off the ticket of job {}", job.id));
        let at = self.next_serial();
        self.oracle.taken_off(n, at);
        Ok(())
    }

    /// What the job in a lane's hands is to say, read where the job is held.
    pub(super) async fn read_words(&mut self, tx: &mut Tx, seat: Seat) -> Result<(), StoreError> {
        let (id, work) = (self.lane(seat).row().id, self.lane(seat).row().work);
        let words = match work {
            Work::Ticket { ticket, .. } => {
                // What nobody rewrote says what it said before the run.
                let content = if self.rewritten.contains(&ticket) {
                    ticket::ticket(tx, ticket).await?.unwrap().content
                } else {
                    self.base.content(ticket)
                };
                (Words::of(&content), self.next_serial())
            }
            Work::Paper { .. } => self.slip_words.get(&id).copied().unwrap_or_default(),
        };
        self.lane_mut(seat).words = words;
        Ok(())
    }

    /// Puts the words of tickets back as they stood before the run.
    pub(super) async fn restore_words(&mut self, tx: &mut Tx) -> Result<(), StoreError> {
        let old: Vec<_> = self.rewritten.iter().map(|id| (*id, self.base.content(*id))).collect();
        ticket::rewrite_contents(tx, &old).await
    }
}
