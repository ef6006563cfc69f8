//! Tickets and other papers that need a person: what is wrong with each, and what a person decides.

use super::{Cause, JobKind, JobState, PaperPart, Text, wire};
use uuid::Uuid;

wire! {
    /// Asks for the tickets that failed or cannot go on until someone acts.
    pub struct ListStuckJobs {}

    /// The failed ones first, the oldest of each first.
    pub struct StuckJobs {
        pub jobs: Vec<StuckJob>,
        /// Whether there are more than are listed.
        pub more: bool,
        pub now: i64,
    }

    /// Has tickets tried anew: these, or every one that failed.
    pub struct RetryJobs {
        pub command_id: Uuid,
        #[serde(default)]
        pub job_ids: Option<Vec<Uuid>>,
    }

    /// Gives tickets up, so that they do not come to paper: these, or every one that failed.
    pub struct ClearJobs {
        pub command_id: Uuid,
        #[serde(default)]
        pub job_ids: Option<Vec<Uuid>>,
        /// Why, in a person's words.
        pub reason: String,
    }

    /// One of them.
    pub struct StuckJob {
        pub job_id: Uuid,
        pub kind: JobKind,
        /// None of a paper that is no ticket.
        pub ticket_id: Option<Uuid>,
        pub order_id: Option<Uuid>,
        /// None of a paper for one printer alone.
        pub station: Option<String>,
        pub printer: String,
        pub ticket_number: Option<i64>,
        pub order_number: Option<i64>,
        pub table: Option<String>,
        pub customer: Option<String>,
        /// Which part of a divided bill it is.
        pub part: Option<PaperPart>,
        /// Failed or blocked.
        pub state: JobState,
        pub cause: Option<Cause>,
        /// What is wrong and what to do.
        pub problem: Text,
        pub attempts: u32,
        /// 0 for the first printing, n for the n-th reprint.
        pub copy: u32,
        /// Some of it may be on paper: the next paper says so.
        pub possible_duplicate: bool,
        pub created_at: i64,
        /// When it is tried again by itself; none for one that failed.
        pub next_try: Option<i64>,
        pub can_retry: bool,
        pub can_clear: bool,
    }
}
