//! The life of one print job, as a total function.
//!
//! ```text
//!            Begin                Accepted           Proved
//!  queued ─────────────> sending ──────────> sent ──────────────> printed
//!    ^  ^ \                 │                 │ └─ NoProof ──────> unconfirmed
//!    │  │  \ Obstructed     │ Broke, 0 bytes  │ Broke
//!    │  │   v               │ (safe)          │ (fate unknown: POSIBLE DUPLICADO)
//!    │  └ blocked <─────────┴─ attempts spent ┤
//!    └────────── attempts left ───────────────┘
//!  queued, blocked ── Cancel ──> cancelled        any unfinished ── Hopeless ──> failed
//!  queued, blocked ── Reroute ─> queued, in the lane of another target, with all its attempts before it
//! ```
//!
//! `sending` is on disk before the first byte; a job found in `sending` or `sent` after a crash has
//! an unknown fate and is printed again under its own number with the duplicate's banner.

pub use crate::retry::RetryPolicy;
use crate::time::Time;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// Waits for its printer.
    Queued,
    /// Bytes may be on their way; on disk before the first of them.
    Sending,
    /// The device has accepted every byte; paper is not proved yet.
    Sent,
    /// The printer itself said that it printed.
    Printed,
    /// Sent to a device that cannot say whether it printed.
    Unconfirmed,
    /// Cannot go on until someone acts (paper, cover, cable); tried again by itself.
    Blocked,
    /// Can never print as it is (a text that cannot be encoded, a printer that does not exist).
    Failed,
    /// Taken back before it was printed.
    Cancelled,
}

impl JobState {
    pub const ALL: [Self; 8] = [
        Self::Queued,
        Self::Sending,
        Self::Sent,
        Self::Printed,
        Self::Unconfirmed,
        Self::Blocked,
        Self::Failed,
        Self::Cancelled,
    ];

    /// The stable name that databases and programs use.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Printed => "printed",
            Self::Unconfirmed => "unconfirmed",
            Self::Blocked => "blocked",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether nothing more will happen to the job by itself.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Printed | Self::Unconfirmed | Self::Failed | Self::Cancelled)
    }

    /// Whether no byte of it can be on paper from the present attempt: it may be changed or cancelled.
    pub const fn is_waiting(self) -> bool {
        matches!(self, Self::Queued | Self::Blocked)
    }
}

/// Why a printer did not print, in the words of the trade.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// No answer at its address: off, unplugged, or the network is down.
    Unreachable,
    /// The printer's name or address means nothing to the network.
    UnknownHost,
    /// Another computer holds the printer's only connection.
    Busy,
    /// The printer says that it is off line.
    Offline,
    CoverOpen,
    PaperOut,
    CutterJam,
    Overheated,
    /// The printer accepts the connection and takes no bytes.
    NoProgress,
    /// The connection broke after some bytes were taken.
    PartialWrite,
    /// Every byte was taken, and the printer never said that it printed.
    NoProof,
    /// The connection was lost while waiting for the proof.
    LinkLost,
    /// The program stopped while the job was on its way.
    Interrupted,
    /// The ticket cannot be put into the printer's language.
    CannotEncode,
    /// The station has no printer, or the printer's settings make no sense.
    Misconfigured,
}

impl Cause {
    pub const ALL: [Self; 15] = [
        Self::Unreachable,
        Self::UnknownHost,
        Self::Busy,
        Self::Offline,
        Self::CoverOpen,
        Self::PaperOut,
        Self::CutterJam,
        Self::Overheated,
        Self::NoProgress,
        Self::PartialWrite,
        Self::NoProof,
        Self::LinkLost,
        Self::Interrupted,
        Self::CannotEncode,
        Self::Misconfigured,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::UnknownHost => "unknown_host",
            Self::Busy => "busy",
            Self::Offline => "offline",
            Self::CoverOpen => "cover_open",
            Self::PaperOut => "paper_out",
            Self::CutterJam => "cutter_jam",
            Self::Overheated => "overheated",
            Self::NoProgress => "no_progress",
            Self::PartialWrite => "partial_write",
            Self::NoProof => "no_proof",
            Self::LinkLost => "link_lost",
            Self::Interrupted => "interrupted",
            Self::CannotEncode => "cannot_encode",
            Self::Misconfigured => "misconfigured",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.code() == code)
    }
}

/// How much a job may push forward. Urgent: changes, voids, or a waiter's wish. Low: reprints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    Urgent,
    Normal,
    Low,
}

impl Priority {
    pub const ALL: [Self; 3] = [Self::Urgent, Self::Normal, Self::Low];

    /// Where a job made at `created_at` stands in its lane: the smaller, the sooner.
    ///
    /// One number gives both priority and ageing: an urgent job goes before every normal one of
    /// the last hour, a low one lets pass only the normal ones of the next two minutes, and no
    /// job waits for ever.
    pub const fn rank(self, created_at: Time) -> i64 {
        match self {
            Self::Urgent => created_at.plus_ms(-60 * 60_000).0,
            Self::Normal => created_at.0,
            Self::Low => created_at.plus_ms(2 * 60_000).0,
        }
    }

    pub const fn code(self) -> &'static str {
        match self {
            Self::Urgent => "urgent",
            Self::Normal => "normal",
            Self::Low => "low",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|priority| priority.code() == code)
    }
}

/// What happened to a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobEvent {
    /// Its printer is ready and the first byte is about to go.
    Begin,
    /// The device accepted every byte.
    Accepted,
    /// The printer said that it printed.
    Proved,
    /// The device cannot say whether it printed.
    NoProof,
    /// The printer cannot take it now; no byte was sent.
    Obstructed(Cause),
    /// An attempt broke. `bytes_accepted` is what the device took, `None` when that is unknown.
    Broke { cause: Cause, bytes_accepted: Option<u64> },
    /// It can never print as it is.
    Hopeless(Cause),
    /// It was taken back.
    Cancel,
    /// It goes to another target of its station, where it starts anew.
    Reroute,
}

/// What is remembered of a job between its events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JobProgress {
    pub state: JobState,
    /// Attempts that began or were refused since the last success of any kind.
    pub attempts: u32,
    /// Part of it may be on paper already: print under the duplicate's banner.
    pub possible_duplicate: bool,
    /// Not to be tried before this instant.
    pub not_before: Time,
    /// Why it is not on paper yet, when something is wrong.
    pub cause: Option<Cause>,
}

impl JobProgress {
    /// A job just made.
    pub const fn new(now: Time) -> Self {
        Self { state: JobState::Queued, attempts: 0, possible_duplicate: false, not_before: now, cause: None }
    }
}

/// The event cannot happen in that state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a job that is {from:?} cannot meet {event:?}")]
pub struct IllegalTransition {
    pub from: JobState,
    pub event: JobEvent,
}

/// What a job becomes when `event` happens to it at `now`.
pub fn next(
    job: JobProgress,
    event: JobEvent,
    now: Time,
    policy: &RetryPolicy,
) -> Result<JobProgress, IllegalTransition> {
    use JobState::{Blocked, Cancelled, Failed, Printed, Queued, Sending, Sent, Unconfirmed};
    let settled = |state| JobProgress { state, cause: None, ..job };
    match (job.state, event) {
        (Queued | Blocked, JobEvent::Begin) => Ok(JobProgress { state: Sending, cause: None, ..job }),
        (Queued | Blocked, JobEvent::Obstructed(cause)) => Ok(JobProgress {
            state: Blocked,
            cause: Some(cause),
            not_before: now.plus_ms(policy.blocked_pause_ms),
            ..job
        }),
        (Queued | Blocked, JobEvent::Cancel) => Ok(settled(Cancelled)),
        (Queued | Blocked, JobEvent::Reroute) => {
            Ok(JobProgress { attempts: 0, not_before: now, ..settled(Queued) })
        }
        (Sending, JobEvent::Accepted) => Ok(settled(Sent)),
        (Sent, JobEvent::Proved) => Ok(settled(Printed)),
        (Sent, JobEvent::NoProof) => Ok(settled(Unconfirmed)),
        (Queued | Blocked, JobEvent::Broke { cause, .. }) => Ok(again(job, cause, false, now, policy)),
        (Sending, JobEvent::Broke { cause, bytes_accepted }) => {
            Ok(again(job, cause, bytes_accepted != Some(0), now, policy))
        }
        (Sent, JobEvent::Broke { cause, .. }) => Ok(again(job, cause, true, now, policy)),
        (Queued | Blocked | Sending, JobEvent::Hopeless(cause)) => {
            Ok(JobProgress { state: Failed, cause: Some(cause), ..job })
        }
        (
            Queued | Blocked | Sending | Sent | Printed | Unconfirmed | Failed | Cancelled,
            JobEvent::Begin
            | JobEvent::Accepted
            | JobEvent::Proved
            | JobEvent::NoProof
            | JobEvent::Obstructed(_)
            | JobEvent::Broke { .. }
            | JobEvent::Hopeless(_)
            | JobEvent::Cancel
            | JobEvent::Reroute,
        ) => Err(IllegalTransition { from: job.state, event }),
    }
}

/// The job after a broken attempt: waiting again, marked when some of it may be on paper.
fn again(job: JobProgress, cause: Cause, in_doubt: bool, now: Time, policy: &RetryPolicy) -> JobProgress {
    let attempts = job.attempts.saturating_add(1);
    let spent = attempts >= policy.quick_attempts;
    JobProgress {
        state: if spent { JobState::Blocked } else { JobState::Queued },
        attempts,
        possible_duplicate: job.possible_duplicate || in_doubt,
        not_before: now.plus_ms(policy.pause_after(attempts)),
        cause: Some(cause),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const POLICY: RetryPolicy = RetryPolicy { quick_attempts: 3, pause_ms: 2_000, blocked_pause_ms: 3_000 };

    fn job(state: JobState) -> JobProgress {
        JobProgress { state, ..JobProgress::new(Time(0)) }
    }

    fn events() -> Vec<JobEvent> {
        let cause = Cause::LinkLost;
        vec![
            JobEvent::Begin,
            JobEvent::Accepted,
            JobEvent::Proved,
            JobEvent::NoProof,
            JobEvent::Obstructed(cause),
            JobEvent::Broke { cause, bytes_accepted: Some(0) },
            JobEvent::Broke { cause, bytes_accepted: Some(1) },
            JobEvent::Broke { cause, bytes_accepted: None },
            JobEvent::Hopeless(cause),
            JobEvent::Cancel,
            JobEvent::Reroute,
        ]
    }

    /// Every pair of state and event, as rows of what comes of it; `-` is refused.
    #[test]
    fn all_pairs() {
        #[rustfmt::skip]
        let table = [
            //                Begin      Accepted Proved     NoProof        Obstr.     Broke 0   Broke 1   Broke ?   Hopeless  Cancel   Reroute
            ("queued",      ["sending", "-",     "-",       "-",           "blocked", "queued", "queued", "queued", "failed", "cancelled", "queued"]),
            ("sending",     ["-",       "sent",  "-",       "-",           "-",       "queued", "queued", "queued", "failed", "-",         "-"]),
            ("sent",        ["-",       "-",     "printed", "unconfirmed", "-",       "queued", "queued", "queued", "-",      "-",         "-"]),
            ("printed",     ["-",       "-",     "-",       "-",           "-",       "-",      "-",      "-",      "-",      "-",         "-"]),
            ("unconfirmed", ["-",       "-",     "-",       "-",           "-",       "-",      "-",      "-",      "-",      "-",         "-"]),
            ("blocked",     ["sending", "-",     "-",       "-",           "blocked", "queued", "queued", "queued", "failed", "cancelled", "queued"]),
            ("failed",      ["-",       "-",     "-",       "-",           "-",       "-",      "-",      "-",      "-",      "-",         "-"]),
            ("cancelled",   ["-",       "-",     "-",       "-",           "-",       "-",      "-",      "-",      "-",      "-",         "-"]),
        ];
        assert_eq!(table.len(), JobState::ALL.len());
        for (state, row) in table {
            let state = JobState::from_code(state).unwrap();
            for (event, expected) in events().into_iter().zip(row) {
                let found = next(job(state), event, Time(0), &POLICY).map_or("-", |job| job.state.code());
                assert_eq!(found, expected, "{state:?} meets {event:?}");
            }
        }
    }

    #[test]
    fn only_an_attempt_that_may_have_reached_paper_is_marked() {
        let broke = |state, bytes_accepted| {
            next(job(state), JobEvent::Broke { cause: Cause::LinkLost, bytes_accepted }, Time(0), &POLICY)
                .unwrap()
                .possible_duplicate
        };
        assert!(!broke(JobState::Sending, Some(0)));
        assert!(broke(JobState::Sending, Some(1)));
        assert!(broke(JobState::Sending, None));
        assert!(broke(JobState::Sent, Some(0)), "every byte was accepted before");
        assert!(!broke(JobState::Queued, None), "nothing was sent before Begin");
    }

    #[test]
    fn after_three_quick_attempts_a_job_is_blocked_and_still_tried() {
        let mut progress = job(JobState::Queued);
        let broke = JobEvent::Broke { cause: Cause::Unreachable, bytes_accepted: Some(0) };
        for (expected, pause) in [
            (JobState::Queued, 2_000),
            (JobState::Queued, 2_000),
            (JobState::Blocked, 3_000),
            (JobState::Blocked, 6_000),
            (JobState::Blocked, 6_000),
        ] {
            progress = next(progress, broke, Time(0), &POLICY).unwrap();
            assert_eq!((progress.state, progress.not_before), (expected, Time(pause)));
        }
        assert_eq!(next(progress, JobEvent::Begin, Time(9), &POLICY).unwrap().state, JobState::Sending);
    }

    #[test]
    fn at_another_target_a_job_starts_anew_and_keeps_its_mark() {
        let tired = JobProgress {
            state: JobState::Blocked,
            attempts: 7,
            possible_duplicate: true,
            not_before: Time(9_000),
            cause: Some(Cause::Unreachable),
        };
        let moved = next(tired, JobEvent::Reroute, Time(5_000), &POLICY).unwrap();
        let fresh = JobProgress { possible_duplicate: true, ..JobProgress::new(Time(5_000)) };
        assert_eq!(moved, fresh);
    }

    #[test]
    fn rank_gives_priority_and_ageing() {
        let at = |seconds: i64| Time(seconds * 1000);
        assert!(Priority::Urgent.rank(at(600)) < Priority::Normal.rank(at(0)));
        assert!(Priority::Low.rank(at(0)) > Priority::Normal.rank(at(119)));
        assert!(Priority::Low.rank(at(0)) < Priority::Normal.rank(at(121)));
        assert!(Priority::Normal.rank(at(0)) < Priority::Urgent.rank(at(3_601)), "no starvation");
    }

    proptest! {
        /// P3: once in doubt, always marked, whatever happens next.
        #[test]
        fn doubt_is_never_forgotten(steps in proptest::collection::vec(0_usize..11, 0..40)) {
            let mut progress = job(JobState::Queued);
            let mut doubted = false;
            for step in steps {
                if let Ok(after) = next(progress, events()[step], Time(0), &POLICY) {
                    doubted |= after.possible_duplicate;
                    prop_assert_eq!(after.possible_duplicate, doubted);
                    progress = after;
                }
            }
        }
    }
}
