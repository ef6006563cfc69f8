//! The pulse: what waits for paper, and how long that takes.

use super::{Cause, Text, WorkerProfile, WorkerReason, wire};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// How a station's paper is, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum PulseState {
    /// Nothing waits.
    Calm,
    /// Tickets are on their way.
    Busy,
    /// Tickets go out, but something wants attention: paper is low, a printer is slow.
    Warn,
    /// Nothing goes out until someone acts.
    Alarm,
}

/// Whether tickets are sent a printer's way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum BreakerState {
    /// They are.
    Closed,
    /// They go elsewhere, if they can.
    Open,
    /// It works again, and is watched for a moment before they are.
    HalfOpen,
}

wire! {
    /// Asks for the state of the print queue.
    pub struct GetQueueStatus {}

    pub struct QueueStatus {
        pub stations: Vec<StationPulse>,
        pub lanes: Vec<LaneView>,
        /// Workers that print at this moment, and how many may.
        pub workers_busy: u32,
        pub workers: u32,
        /// Between which numbers the load moves them.
        pub profile: WorkerProfile,
        /// Whether a person chose the number.
        pub workers_fixed: bool,
        /// Why there are as many as there are.
        pub workers_reason: WorkerReason,
        pub turbo: bool,
        /// Average milliseconds from creation to paper of the last tickets; 0 when there were none lately.
        pub average_ms: i64,
        pub now: i64,
    }

    /// Chooses how many printers may be busy at once.
    pub struct SetWorkers {
        pub command_id: Uuid,
        /// Two to ten; without it the load decides.
        #[serde(default)]
        pub count: Option<u32>,
        /// Between which numbers the load moves them; without it as before.
        #[serde(default)]
        pub profile: Option<WorkerProfile>,
    }

    /// Turns turbo on or off.
    pub struct SetTurbo {
        pub command_id: Uuid,
        pub on: bool,
    }

    /// Takes a printer out of use, or back into it.
    pub struct SetBreaker {
        pub command_id: Uuid,
        pub printer_id: Uuid,
        /// Whether its tickets go elsewhere.
        pub open: bool,
    }

    /// One station's pulse, on every screen.
    pub struct StationPulse {
        pub station_id: Uuid,
        pub station: String,
        pub state: PulseState,
        /// Whether it has anything that its tickets come out of.
        pub has_printer: bool,
        /// The printer that stands in for the station's own, while one does.
        pub stand_in: Option<String>,
        /// Tickets not on paper yet.
        pub waiting: i64,
        /// Tickets that failed: they come to paper only when a person says so.
        pub failed: i64,
        /// Age of the oldest of them, in milliseconds.
        pub oldest_ms: Option<i64>,
        /// Estimated milliseconds to paper of a ticket sent now.
        pub to_paper_ms: i64,
        /// Minutes until what is ordered now is made, by the pace that the station keeps up; none while it has not made
        /// enough to know.
        pub ready_in_minutes: Option<u32>,
        pub cause: Option<Cause>,
        /// What is wrong and what to do.
        pub problem: Option<Text>,
    }

    /// One printer's lane.
    pub struct LaneView {
        pub printer_id: Uuid,
        pub printer: String,
        pub address: String,
        pub urgent: i64,
        pub normal: i64,
        pub low: i64,
        /// A ticket is with the printer now.
        pub printing: bool,
        /// Measured milliseconds a ticket.
        pub ms_per_ticket: i64,
        pub cause: Option<Cause>,
        pub problem: Option<Text>,
        pub paper_near_end: bool,
        pub breaker: BreakerState,
        /// Since when the breaker is as it is; none while it never changed since the program started.
        pub breaker_since: Option<i64>,
        /// When an open breaker counts successes again; none while it waits for a person.
        pub breaker_until: Option<i64>,
    }
}
