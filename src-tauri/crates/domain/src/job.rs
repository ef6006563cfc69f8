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
//!  queued, blocked ── PutOnSlip ─> on_slip ── as its slip ──> printed, unconfirmed     OffSlip: ──> queued
//!  queued, blocked in doubt, uncertain ── LateProof ──> printed
//!  uncertain ── CameOut ──> printed    ── PrintAgain ──> queued, marked    ── Cancel ──> cancelled
//!  blocked, failed ── Retry ──> queued, anew      blocked, failed ── Clear ──> cancelled, with its cause
//! ```
//!
//! `sending` is on disk before the first byte; a job found in `sending` or `sent` after a crash has
//! an unknown fate. What becomes of it then is the kind's to say ([`Doubt`]): a ticket is printed again under
//! its own number with the duplicate's banner, of a receipt a person is asked (`uncertain`), a drawer's pulse
//! is `failed`.

pub use crate::retry::RetryPolicy;
use crate::retry::jitter_ms;
use crate::time::Time;
pub use crate::work::{Doubt, JobKind, PaperKind, Work};
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
    /// The printer itself said that it printed, or a person who was asked did.
    Printed,
    /// Sent to a device that cannot say whether it printed.
    Unconfirmed,
    /// Cannot go on until someone acts (paper, cover, cable); tried again by itself.
    Blocked,
    /// Can never print as it is (a text that cannot be encoded, a printer that does not exist).
    Failed,
    /// Taken back before it was printed.
    Cancelled,
    /// It may be on paper, and a person has to say whether it is.
    Uncertain,
    /// It comes out on its station's catch-up slip, and not by itself.
    OnSlip,
}

impl JobState {
    pub const ALL: [Self; 10] = [
        Self::Queued,
        Self::Sending,
        Self::Sent,
        Self::Printed,
        Self::Unconfirmed,
        Self::Blocked,
        Self::Failed,
        Self::Cancelled,
        Self::Uncertain,
        Self::OnSlip,
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
            Self::Uncertain => "uncertain",
            Self::OnSlip => "on_slip",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether nothing more will happen to the job, unless someone begins it anew.
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
    /// The system does not let this program have the printer's device.
    NoPermission,
    /// The device is there, and the system has nothing that speaks to it.
    NoDriver,
    /// Its printer was not ready while it still made sense.
    TooLate,
    /// No kitchen screen shows the station.
    NoScreen,
    /// The folder is not there.
    FolderMissing,
    /// The folder's disk is full.
    FolderFull,
    /// The folder cannot be written.
    FolderUnwritable,
    /// Nobody has said which server mails the house's tickets, or its password.
    MailUnset,
    /// The mail server does not answer, or stops in the middle.
    MailUnreachable,
    /// The mail server refuses the user or the password.
    MailLogin,
    /// The mail server refuses the mail or one of its addresses.
    MailRefused,
    /// The computer that drives the printer gives no sign of life.
    CoreSilent,
}

impl Cause {
    pub const ALL: [Self; 27] = [
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
        Self::NoPermission,
        Self::NoDriver,
        Self::TooLate,
        Self::NoScreen,
        Self::FolderMissing,
        Self::FolderFull,
        Self::FolderUnwritable,
        Self::MailUnset,
        Self::MailUnreachable,
        Self::MailLogin,
        Self::MailRefused,
        Self::CoreSilent,
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
            Self::NoPermission => "no_permission",
            Self::NoDriver => "no_driver",
            Self::TooLate => "too_late",
            Self::NoScreen => "no_screen",
            Self::FolderMissing => "folder_missing",
            Self::FolderFull => "folder_full",
            Self::FolderUnwritable => "folder_unwritable",
            Self::MailUnset => "mail_unset",
            Self::MailUnreachable => "mail_unreachable",
            Self::MailLogin => "mail_login",
            Self::MailRefused => "mail_refused",
            Self::CoreSilent => "core_silent",
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
    /// An earlier attempt has come to paper after all, by the printer's own word.
    LateProof,
    /// A person says that it came out.
    CameOut,
    /// A person wants it once more.
    PrintAgain,
    /// It is listed on a catch-up slip, and goes as that goes: `Proved` and `NoProof` are the slip's then.
    PutOnSlip,
    /// Its slip never came out.
    OffSlip,
    /// It was begun together with others, and no byte of it went out.
    PutBack,
    /// A person has it tried anew. `on_paper` says that another printing of the same words may be on paper.
    Retry { on_paper: bool },
    /// A person gives it up: it will not come to paper.
    Clear,
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

/// What a job of `kind` becomes when `event` happens to it at `now`.
pub fn next(
    kind: JobKind,
    job: JobProgress,
    event: JobEvent,
    now: Time,
    policy: &RetryPolicy,
) -> Result<JobProgress, IllegalTransition> {
    use JobState::{
        Blocked, Cancelled, Failed, OnSlip, Printed, Queued, Sending, Sent, Uncertain, Unconfirmed,
    };
    let settled = |state| JobProgress { state, cause: None, ..job };
    let anew = || JobProgress { attempts: 0, not_before: now, ..settled(Queued) };
    match (job.state, event) {
        (Queued | Blocked, JobEvent::Begin) => Ok(settled(Sending)),
        (Queued | Blocked, JobEvent::Obstructed(cause)) => Ok(obstructed(kind, job, cause, now, policy)),
        (Queued | Blocked | Uncertain, JobEvent::Cancel) => Ok(settled(Cancelled)),
        (Queued | Blocked, JobEvent::Reroute) | (OnSlip, JobEvent::OffSlip) => Ok(anew()),
        (Queued | Blocked, JobEvent::PutOnSlip) => Ok(settled(OnSlip)),
        (Queued | Blocked | Uncertain, JobEvent::LateProof) if job.possible_duplicate => Ok(settled(Printed)),
        (Uncertain, JobEvent::CameOut) | (Sent | OnSlip, JobEvent::Proved) => Ok(settled(Printed)),
        (Uncertain, JobEvent::PrintAgain) => Ok(JobProgress { possible_duplicate: true, ..anew() }),
        (Sending, JobEvent::PutBack) => Ok(JobProgress { not_before: now, ..settled(Queued) }),
        (Blocked | Failed, JobEvent::Retry { on_paper }) if kind.may_retry(job.state) => {
            Ok(JobProgress { possible_duplicate: job.possible_duplicate || on_paper, ..anew() })
        }
        (Blocked | Failed, JobEvent::Clear) if kind.may_clear(job.state) => {
            Ok(JobProgress { state: Cancelled, ..job })
        }
        (Sending, JobEvent::Accepted) => Ok(settled(Sent)),
        (Sent | OnSlip, JobEvent::NoProof) => Ok(settled(Unconfirmed)),
        (Queued | Blocked, JobEvent::Broke { cause, .. }) => Ok(again(kind, job, cause, now, policy)),
        (Sending, JobEvent::Broke { cause, bytes_accepted: Some(0) }) => {
            Ok(again(kind, job, cause, now, policy))
        }
        (Sending | Sent, JobEvent::Broke { cause, .. }) => Ok(in_doubt(kind, job, cause, now, policy)),
        (Queued | Blocked | Sending, JobEvent::Hopeless(cause)) => {
            Ok(JobProgress { state: Failed, cause: Some(cause), ..job })
        }
        (
            Queued | Blocked | Sending | Sent | Printed | Unconfirmed | Failed | Cancelled | Uncertain
            | OnSlip,
            JobEvent::Begin
            | JobEvent::Accepted
            | JobEvent::Proved
            | JobEvent::NoProof
            | JobEvent::Obstructed(_)
            | JobEvent::Broke { .. }
            | JobEvent::Hopeless(_)
            | JobEvent::Cancel
            | JobEvent::Reroute
            | JobEvent::LateProof
            | JobEvent::CameOut
            | JobEvent::PrintAgain
            | JobEvent::PutOnSlip
            | JobEvent::OffSlip
            | JobEvent::PutBack
            | JobEvent::Retry { .. }
            | JobEvent::Clear,
        ) => Err(IllegalTransition { from: job.state, event }),
    }
}

/// The job that its printer cannot take now: it waits for a person, if it may wait.
const fn obstructed(
    kind: JobKind,
    job: JobProgress,
    cause: Cause,
    now: Time,
    policy: &RetryPolicy,
) -> JobProgress {
    JobProgress {
        state: kind.patient(),
        cause: Some(cause),
        not_before: now.plus_ms(policy.blocked_pause_ms),
        ..job
    }
}

/// The job after an attempt of which nothing can be on paper: waiting again.
fn again(kind: JobKind, job: JobProgress, cause: Cause, now: Time, policy: &RetryPolicy) -> JobProgress {
    let attempts = job.attempts.saturating_add(1);
    let spent = attempts >= policy.quick_attempts;
    JobProgress {
        state: if spent { kind.patient() } else { JobState::Queued },
        attempts,
        not_before: now.plus_ms(policy.pause_after(attempts)),
        cause: Some(cause),
        ..job
    }
}

/// The job after an attempt whose fate is unknown: as its kind says, and marked.
fn in_doubt(kind: JobKind, job: JobProgress, cause: Cause, now: Time, policy: &RetryPolicy) -> JobProgress {
    let waiting = JobProgress { possible_duplicate: true, ..again(kind, job, cause, now, policy) };
    match kind.on_doubt() {
        Doubt::Again => waiting,
        Doubt::Ask => JobProgress { state: JobState::Uncertain, ..waiting },
        Doubt::Never => JobProgress { state: JobState::Failed, ..waiting },
    }
}

impl JobKind {
    /// Whether a person may have it tried anew from `state`. Whoever wants a drawer asks for it again, and what was on a
    /// slip that failed has gone its own way since.
    pub const fn may_retry(self, state: JobState) -> bool {
        match self {
            Self::Paper(PaperKind::Drawer) => false,
            Self::Paper(PaperKind::CatchUp) => matches!(state, JobState::Blocked),
            Self::Kitchen | Self::Paper(_) => matches!(state, JobState::Blocked | JobState::Failed),
        }
    }

    /// Whether a person may give it up in `state`. A slip that still waits holds tickets that nobody gave up.
    pub const fn may_clear(self, state: JobState) -> bool {
        match self {
            Self::Paper(PaperKind::CatchUp) => matches!(state, JobState::Failed),
            Self::Kitchen | Self::Paper(_) => matches!(state, JobState::Blocked | JobState::Failed),
        }
    }

    /// Where it stands while its printer cannot take it: what makes sense only now does not wait.
    const fn patient(self) -> JobState {
        match self.on_doubt() {
            Doubt::Again | Doubt::Ask => JobState::Blocked,
            Doubt::Never => JobState::Failed,
        }
    }
}

/// The job of a core that is gone while its printer had it: its fate is unknown, and it waits for nothing.
pub fn taken_over(
    kind: JobKind,
    job: JobProgress,
    now: Time,
    policy: &RetryPolicy,
) -> Result<JobProgress, IllegalTransition> {
    let broke = JobEvent::Broke { cause: Cause::Interrupted, bytes_accepted: None };
    Ok(JobProgress { not_before: now, ..next(kind, job, broke, now, policy)? })
}

/// The job with its pause made a little longer, by `dice`, so that many do not come back at once.
#[must_use]
pub const fn spread(job: JobProgress, now: Time, dice: u16) -> JobProgress {
    if !job.state.is_waiting() {
        return job;
    }
    let pause_ms = job.not_before.since_ms(now);
    JobProgress { not_before: job.not_before.plus_ms(jitter_ms(pause_ms, dice)), ..job }
}

#[cfg(test)]
mod tests;
