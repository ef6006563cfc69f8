//! Alerts: what a person should know about, raised once and resolved by themselves.

use crate::code::codes;

codes! {
    /// How much an alert matters.
    Severity {
        /// Good to know.
        Info = "info",
        /// Will become a trouble.
        Warning = "warning",
        /// Is a trouble now.
        Critical = "critical",
    }
}
