//! The witness of lines: what papers asked for, and what was taken back.

use super::device::Sheet;
use super::oracle::{Oracle, is_of};
use super::words::numbers;
use fastops_domain::ids::{CoreId, JobId, TicketId};
use fastops_domain::job::JobState;
use fastops_store::job::JobRow;

impl Oracle {
    /// A paper came out, whole or torn: a cook may make what it asks for.
    pub(super) fn said(&mut self, sheet: Sheet) {
        for n in numbers(sheet.words.cook) {
            let line = self.lines.get_mut(&n).unwrap();
            line.asked = true;
            let (voided_at, taken_off) = (line.voided_at, line.is_taken_off());
            if taken_off {
                self.blame(|| format!("line {n} was taken off before it was printed, and is on paper"));
            } else if voided_at.is_some_and(|at| at < sheet.read_at) {
                self.blame(|| format!("line {n} is void, and a paper asks for it"));
            }
        }
        for n in numbers(sheet.words.void).filter(|_| sheet.whole) {
            self.lines.get_mut(&n).unwrap().unsaid = true;
        }
    }

    /// A line was taken off a ticket of which no byte was sent.
    pub(super) fn taken_off(&mut self, n: u32, at: u64) {
        let line = self.lines.get_mut(&n).unwrap();
        line.voided_at = Some(at);
        if line.asked {
            self.blame(|| format!("line {n} was taken off without a word, and is on paper"));
        }
    }

    /// Of an order's papers for a station one is with a printer at a time.
    pub(super) fn begins_alone(&mut self, job: JobId) {
        let row = &self.jobs[&job].row;
        let before = self.jobs.values().find(|earlier| {
            let of = is_of(&earlier.row, row) && earlier.row.revision < row.revision;
            of && earlier.is_in_flight() && !earlier.revived
        });
        if let Some(revision) = before.map(|earlier| earlier.row.revision) {
            self.blame(|| {
                format!("job {job} begins while revision {revision}, which it changes, is on its way")
            });
        }
    }

    /// Whether a core has a job with a printer, as it should stand in the database.
    pub(super) fn is_held(&self, job: JobId, core: CoreId) -> bool {
        let known = &self.jobs[&job];
        known.is_in_flight() && known.holder == Some(core)
    }

    /// Whether another printing of a ticket may be on paper.
    pub(super) fn is_printed_otherwise(&self, row: &JobRow) -> bool {
        self.jobs.values().any(|other| {
            let progress = other.row.progress;
            let out = matches!(
                progress.state,
                JobState::Sending | JobState::Sent | JobState::Printed | JobState::Unconfirmed
            );
            other.row.work == row.work && other.row.id != row.id && (progress.possible_duplicate || out)
        })
    }

    /// Every line of a ticket that came out was asked for, and what a paper asked for and is void was taken back on
    /// paper, unless that paper was given up.
    pub(super) fn end_of_lines(&mut self) {
        let lines: Vec<_> = self.lines.iter().map(|(n, line)| (*n, *line)).collect();
        for (n, line) in lines {
            match (line.voided_at, line.void_ticket) {
                (None, _) => {
                    let of = self.first_printing(line.ticket);
                    let missing =
                        of.is_some_and(|(state, cooked)| state == JobState::Printed && cooked >> n & 1 == 0);
                    if missing {
                        self.blame(|| format!("line {n} is on no paper of its ticket, which is printed"));
                    }
                }
                (Some(_), Some(void)) if line.asked && !line.unsaid => {
                    if self.first_printing(void).is_some_and(|(state, _)| state == JobState::Printed) {
                        self.blame(|| format!("line {n} is void, and no paper says so"));
                    }
                }
                (Some(_), _) => {}
            }
        }
    }

    /// How a ticket's first printing stands, and what its whole papers asked for.
    fn first_printing(&self, ticket: TicketId) -> Option<(JobState, u128)> {
        let of =
            |known: &&super::oracle::Known| known.row.copy == 0 && known.row.work.ticket() == Some(ticket);
        let known = self.jobs.values().find(of)?;
        Some((known.row.progress.state, known.cooked))
    }
}
