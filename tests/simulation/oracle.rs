//! The witness: what is on paper, and what the database should say, kept apart from both.

use super::desk::RETRY;
use super::device::Sheet;
use fastops_domain::ids::{CoreId, JobId, PrinterId, StationId};
use fastops_domain::job::{JobEvent, JobProgress, JobState, next};
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
}

#[derive(Debug, Default)]
pub(super) struct Oracle {
    pub(super) jobs: BTreeMap<JobId, Known>,
    /// What must not be, and was.
    pub(super) wrong: Option<String>,
}

impl Oracle {
    pub(super) fn blame(&mut self, what: impl FnOnce() -> String) {
        self.wrong.get_or_insert_with(what);
    }

    pub(super) fn made(&mut self, row: JobRow) {
        let known = Known { row, holder: None, lease_until: Time(0), whole: 0, papers: 0, unmarked: 0 };
        self.jobs.insert(known.row.id, known);
    }

    pub(super) fn known(&mut self, job: JobId) -> &mut Known {
        self.jobs.get_mut(&job).unwrap()
    }

    pub(super) fn in_flight(&self) -> bool {
        self.jobs.values().any(Known::is_in_flight)
    }

    /// A paper came out.
    pub(super) fn paper(&mut self, sheet: Sheet) {
        let known = self.known(sheet.job);
        known.papers += 1;
        known.whole += usize::from(sheet.whole);
        known.unmarked += usize::from(!sheet.marked);
        let (row, unmarked, first) = (known.row.clone(), known.unmarked, known.whole == 1);
        if unmarked > 1 {
            self.blame(|| format!("job {} is on paper twice without the mark", row.id));
        }
        if sheet.whole && first && row.copy == 0 {
            self.in_order(&row);
        }
    }

    /// Whatever changes a ticket comes to paper after it (P6).
    fn in_order(&mut self, row: &JobRow) {
        let overtaken = self.jobs.values().find(|earlier| {
            let given_up = matches!(
                earlier.row.progress.state,
                JobState::Cancelled | JobState::Failed | JobState::Unconfirmed
            );
            is_of(&earlier.row, row) && earlier.row.revision < row.revision && earlier.whole == 0 && !given_up
        });
        if let Some(revision) = overtaken.map(|earlier| earlier.row.revision) {
            self.blame(|| format!("revision {} came to paper before revision {revision}", row.revision));
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
        if to.state == JobState::Printed && whole == 0 {
            self.blame(|| format!("job {job} is `printed` and on no paper"));
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

    /// Papers that repeat another.
    pub(super) fn repeats(&self) -> usize {
        self.jobs.values().map(|known| known.papers.saturating_sub(1)).sum()
    }

    /// What must be true when nothing happens any more.
    pub(super) fn end(&mut self) {
        let ends: Vec<_> =
            self.jobs.values().map(|known| (known.row.id, known.row.progress.state, known.whole)).collect();
        for (job, state, whole) in ends {
            match state {
                JobState::Printed if whole == 0 => {
                    self.blame(|| format!("job {job} is `printed` and on no paper"));
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
fn is_of(row: &JobRow, other: &JobRow) -> bool {
    (row.work.order(), row.work.station()) == (other.work.order(), other.work.station()) && row.copy == 0
}

/// The station of a ticket's job; the simulation prints nothing else.
pub(super) fn station_of(row: &JobRow) -> StationId {
    row.work.station().unwrap()
}
