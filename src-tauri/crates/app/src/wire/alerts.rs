//! What people should know about.

use super::{AlertKind, Severity, Text, wire};
use uuid::Uuid;

wire! {
    /// Asks what is wrong now, and what was in the last day.
    pub struct GetAlerts {}

    pub struct AlertsView {
        /// Whether this terminal shows alerts.
        pub shown: bool,
        /// What is wrong now, the newest first.
        pub open: Vec<AlertView>,
        /// What is over, the newest first.
        pub past: Vec<AlertView>,
    }

    pub struct AlertView {
        pub id: Uuid,
        pub kind: AlertKind,
        pub severity: Severity,
        pub raised_at: i64,
        /// When it was over; none while it is not.
        pub resolved_at: Option<i64>,
        /// What is wrong and what to do.
        pub text: Text,
    }
}
