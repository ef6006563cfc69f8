//! The witness: what is on paper, and what the database should say, kept apart from both.

use super::desk::RETRY;
use super::device::Sheet;
use super::words::Line;
use fastops_domain::ids::{CoreId, JobId, PrinterId};
use fastops_domain::job::{Cause, Doubt, JobEvent, JobKind, JobProgress, JobState, next};
use fastops_domain::time::Time;
use fastops_store::job::JobRow;
use std::collections::BTreeMap;

/// A job as it should stand in the database.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) row: JobRow,
    pub(super) holder: Option<CoreId>,
    /// When its holder's lease ends without a sign of life.
    pub(super) lease_until: Time,
    /// Papers with every line on them.
    whole: usize,
    /// Papers, torn ones included, and those of them without the mark.
    papers: usize,
    unmarked: usize,
    /// Lines that its whole papers asked for.
    pub(super) cooked: u128,
    /// It had failed, and a person has it tried anew: what comes after it may be out already.
    pub(super) revived: bool,
    /// How often a person wanted it again.
    wanted_again: usize,
}

/// A core that drives a printer, until when without a sign of life.
#[derive(Clone, Copy, Debug)]
pub(super) struct Driver {
    pub(super) core: CoreId,
    pub(super) until: Time,
}

#[derive(Debug, Default)]
pub(super) struct Oracle {
    pub(super) jobs: BTreeMap<JobId, Known>,
    /// The tickets of each slip, and whether it says of them that they may be on paper already.
    pub(super) slips: BTreeMap<JobId, Vec<(JobId, bool)>>,
    pub(super) drivers: BTreeMap<PrinterId, Driver>,
    /// Every line that was ordered.
    pub(super) lines: BTreeMap<u32, Line>,
    /// The device that is no printer.
    pub(super) outlet: Option<PrinterId>,
    /// What must not be, and was.
    pub(super) wrong: Option<String>,
}

impl Oracle {
    pub(super) fn blame(&mut self, what: impl FnOnce() -> String) {
        self.wrong.get_or_insert_with(what);
    }

    pub(super) fn made(&mut self, row: JobRow) {
        let known = Known {
            row,
            holder: None,
            lease_until: Time(0),
            whole: 0,
            papers: 0,
            unmarked: 0,
            cooked: 0,
            revived: false,
            wanted_again: 0,
        };
        self.jobs.insert(known.row.id, known);
    }

    pub(super) fn known(&mut self, job: JobId) -> &mut Known {
        self.jobs.get_mut(&job).unwrap()
    }

    pub(super) fn in_flight(&self) -> bool {
        self.jobs.values().any(Known::is_in_flight)
    }

    /// A paper came out: a job's own, and that of all that is on it.
    pub(super) fn paper(&mut self, sheet: Sheet) {
        self.said(sheet);
        let mut on_it = vec![(sheet.job, sheet.marked)];
        let slip = self.slips.get(&sheet.job).into_iter().flatten();
        on_it.extend(slip.map(|(ticket, marked)| (*ticket, sheet.marked || *marked)));
        let first: Vec<JobId> = on_it
            .iter()
            .filter(|(job, marked)| self.noted(*job, *marked, sheet))
            .map(|(job, _)| *job)
            .collect();
        for job in first {
            self.in_order(job);
        }
    }

    /// Notes one more paper of a job; says whether it is the first whole one.
    fn noted(&mut self, job: JobId, marked: bool, sheet: Sheet) -> bool {
        let whole = sheet.whole;
        let known = self.known(job);
        known.papers += 1;
        known.cooked |= if whole { sheet.words.cook } else { 0 };
        known.whole += usize::from(whole);
        known.unmarked += usize::from(!marked);
        let (kind, papers, unmarked, again) =
            (known.row.work.kind(), known.papers, known.unmarked, known.wanted_again);
        let first = whole && known.whole == 1;
        match kind.on_doubt() {
            Doubt::Never if papers > 1 => self.blame(|| format!("drawer {job} opened twice")),
            Doubt::Ask if papers > 1 + again => {
                self.blame(|| format!("bill {job} came out again, and nobody wanted it"));
            }
            Doubt::Never => {}
            Doubt::Again | Doubt::Ask => {
                if unmarked > 1 {
                    self.blame(|| format!("job {job} is on paper twice without the mark"));
                }
            }
        }
        first
    }

    /// Whatever changes a ticket comes to paper after it (P6).
    fn in_order(&mut self, job: JobId) {
        let row = &self.jobs[&job].row;
        if row.copy > 0 || row.work.kind() != JobKind::Kitchen {
            return;
        }
        let overtaken = self.jobs.values().find(|earlier| {
            let given_up = matches!(
                earlier.row.progress.state,
                JobState::Cancelled | JobState::Failed | JobState::Unconfirmed
            ) || earlier.revived;
            is_of(&earlier.row, row) && earlier.row.revision < row.revision && earlier.whole == 0 && !given_up
        });
        if let Some(revision) = overtaken.map(|earlier| earlier.row.revision) {
            self.blame(|| format!("job {job} came to paper before revision {revision}, which it changes"));
        }
    }

    /// The job that a lane has to begin with, by the words of the rule and not by those of the statement.
    pub(super) fn head(&self, printer: PrinterId) -> Option<JobId> {
        let waits = |known: &&Known| known.row.progress.state.is_waiting();
        let free = |known: &&Known| {
            !self.jobs.values().any(|earlier| {
                is_of(&earlier.row, &known.row)
                    && earlier.row.revision < known.row.revision
                    && !earlier.row.progress.state.is_final()
            })
        };
        let of_lane = self.jobs.values().filter(|known| known.row.printer == printer);
        let order = |known: &&Known| (known.row.rank, known.row.revision, known.row.copy, known.row.id);
        of_lane.filter(waits).filter(free).min_by_key(order).map(|known| known.row.id)
    }

    /// A core wrote a step of its lane.
    pub(super) fn stepped(&mut self, job: JobId, core: CoreId, to: &JobProgress, lease_until: Time) {
        let known = self.known(job);
        let (before, holder, whole) = (known.row.progress, known.holder, known.whole);
        known.row.progress = *to;
        let held = matches!(to.state, JobState::Sending | JobState::Sent);
        known.holder = held.then_some(core);
        known.lease_until = lease_until;
        if matches!(before.state, JobState::Sending | JobState::Sent) && holder != Some(core) {
            self.blame(|| format!("job {job} was another's and went to {:?} all the same", to.state));
        }
        if before.possible_duplicate && !to.possible_duplicate {
            self.blame(|| format!("the mark of job {job} was taken back"));
        }
        if to.state == JobState::Sending {
            self.begins_alone(job);
        }
        let at_outlet = self.outlet == Some(self.jobs[&job].row.printer);
        match to.state {
            JobState::Printed if at_outlet => {
                self.blame(|| format!("job {job} is `printed`, and no printer proved it"));
            }
            JobState::Printed if whole == 0 => {
                self.blame(|| format!("job {job} is `printed` and on no paper"));
            }
            JobState::Unconfirmed if at_outlet && whole == 0 => {
                self.blame(|| format!("job {job} counts as taken, and nobody has it"));
            }
            _ => {}
        }
    }

    /// Tickets were put on a slip.
    pub(super) fn put_on_slip(&mut self, slip: JobRow, tickets: Vec<(JobId, bool)>, now: Time) {
        for (ticket, _) in &tickets {
            self.follows(*ticket, JobEvent::PutOnSlip, now);
        }
        self.slips.insert(slip.id, tickets);
        self.made(slip);
    }

    /// The tickets of a slip went where it went at `printer`.
    pub(super) fn settled_with_slip(
        &mut self,
        slip: JobId,
        tickets: &[JobId],
        printer: PrinterId,
        now: Time,
    ) {
        let event = match self.jobs[&slip].row.progress.state {
            JobState::Printed => JobEvent::Proved,
            JobState::Unconfirmed => JobEvent::NoProof,
            _ => JobEvent::OffSlip,
        };
        for ticket in tickets {
            self.follows(*ticket, event, now);
            if event != JobEvent::OffSlip {
                self.known(*ticket).row.printer = printer;
            }
        }
    }

    fn follows(&mut self, job: JobId, event: JobEvent, now: Time) {
        let row = &mut self.known(job).row;
        match next(row.work.kind(), row.progress, event, now, &RETRY) {
            Ok(to) => row.progress = to,
            Err(illegal) => self.blame(|| format!("job {job}: {illegal}")),
        }
    }

    /// A person said what became of a paper.
    pub(super) fn answered(&mut self, job: JobId, event: JobEvent, now: Time) {
        self.known(job).wanted_again += usize::from(event == JobEvent::PrintAgain);
        self.follows(job, event, now);
    }

    /// A core opens a connection to a printer.
    pub(super) fn asked_by(&mut self, printer: PrinterId, core: CoreId, now: Time) {
        let driver = self.drivers.get(&printer).copied();
        if let Some(driver) = driver.filter(|driver| driver.core != core && now.0 < driver.until.0) {
            self.blame(|| format!("printer {printer} of core {} was asked by core {core}", driver.core));
        }
    }

    /// A core took a job over from `holder`.
    pub(super) fn taken(
        &mut self,
        job: JobId,
        to: &JobProgress,
        now: Time,
        before: Option<CoreId>,
        lives: bool,
    ) {
        let known = self.known(job);
        let held_on = lives && known.holder != before && now.0 < known.lease_until.0;
        known.row.progress = *to;
        known.holder = None;
        if held_on {
            self.blame(|| format!("job {job} was taken from a core that lives"));
        }
    }

    /// The repeat of a job was taken back, since it is on paper.
    pub(super) fn proved_late(&mut self, job: JobId, now: Time) {
        let known = self.known(job);
        let (whole, before) = (known.whole, known.row.progress);
        let kind = known.row.work.kind();
        match next(kind, before, JobEvent::LateProof, now, &RETRY) {
            Ok(to) if whole > 0 => known.row.progress = to,
            _ => self.blame(|| format!("a late proof ended job {job}, which was {before:?}")),
        }
    }

    /// Whether all of a job lies somewhere.
    pub(super) fn is_on_paper(&self, job: JobId) -> bool {
        self.jobs[&job].whole > 0
    }

    /// Papers that repeat another.
    pub(super) fn repeats(&self) -> usize {
        self.jobs.values().map(|known| known.papers.saturating_sub(1)).sum()
    }

    /// What must be true when nothing happens any more.
    pub(super) fn end(&mut self) {
        self.end_of_lines();
        let ends: Vec<_> =
            self.jobs.values().map(|known| (known.row.id, known.row.progress.state, known.whole)).collect();
        for (job, state, whole) in ends {
            match state {
                JobState::Printed if whole == 0 => {
                    self.blame(|| format!("job {job} is `printed` and on no paper"));
                }
                JobState::Failed
                    if self.jobs[&job].row.work.kind().on_doubt() != Doubt::Never
                        && self.jobs[&job].row.progress.cause != Some(Cause::CannotEncode) =>
                {
                    self.blame(|| format!("job {job} failed"));
                }
                JobState::Cancelled if whole > 0 && !self.jobs[&job].row.progress.possible_duplicate => {
                    self.blame(|| format!("job {job} was taken back before it was printed, and is on paper"));
                }
                state if !state.is_final() => self.blame(|| format!("job {job} is stuck in {state:?}")),
                _ => {}
            }
        }
    }
}

impl Known {
    pub(super) fn is_in_flight(&self) -> bool {
        matches!(self.row.progress.state, JobState::Sending | JobState::Sent)
    }
}

/// Whether a job is the first printing of a ticket of the same order for the same station.
pub(super) fn is_of(row: &JobRow, other: &JobRow) -> bool {
    let of = |row: &JobRow| (row.work.order(), row.work.station());
    row.work.kind() == JobKind::Kitchen && row.copy == 0 && of(row) == of(other)
}
