//! Alerts: what a person should know about, raised once and resolved by themselves.

use crate::code::codes;
use crate::setting::Settings;
use crate::time::Time;

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

codes! {
    /// What is wrong.
    AlertKind {
        /// The last backup failed.
        BackupFailed = "backup_failed",
        /// A printer has been in trouble for some time, and its cause is known.
        PrinterTrouble = "printer_trouble",
        /// A ticket has waited for paper for some time, and no cause is known.
        TicketLate = "ticket_late",
        /// The database server did not answer for a time.
        DatabaseAway = "database_away",
        /// The disk of the data is nearly full.
        DiskLow = "disk_low",
        /// Nobody knows whether a paper about money came out, and somebody has to say.
        PaperUncertain = "paper_uncertain",
        /// A station's tickets come out at a target that only stands in for its own.
        TicketsElsewhere = "tickets_elsewhere",
    }
}

impl AlertKind {
    pub const fn severity(self) -> Severity {
        match self {
            Self::TicketLate
            | Self::BackupFailed
            | Self::DiskLow
            | Self::PaperUncertain
            | Self::TicketsElsewhere => Severity::Warning,
            Self::PrinterTrouble => Severity::Critical,
            // By the time that it can be written down it is over.
            Self::DatabaseAway => Severity::Info,
        }
    }
}

const SECOND_MS: i64 = 1_000;
const MEBIBYTE: u64 = 1 << 20;

/// A printer's lane at a moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LaneNow {
    /// Since when it has a trouble whose cause is known.
    pub trouble_since: Option<Time>,
    /// When the oldest ticket that waits for paper was written.
    pub oldest_at: Option<Time>,
}

/// What people should know about a lane. A trouble whose cause is known is told as itself, and never as a
/// ticket that is late.
pub fn lane_alert(lane: LaneNow, now: Time, settings: &Settings) -> Option<AlertKind> {
    let longer = |since: Time, seconds: i64| now.since_ms(since) >= seconds * SECOND_MS;
    match (lane.trouble_since, lane.oldest_at) {
        (Some(since), _) => {
            longer(since, settings.printer_trouble_seconds).then_some(AlertKind::PrinterTrouble)
        }
        (None, Some(oldest)) => longer(oldest, settings.late_ticket_seconds).then_some(AlertKind::TicketLate),
        (None, None) => None,
    }
}

/// Whether people should know that the disk of the data has only `free` bytes left.
pub fn disk_is_low(free: u64, settings: &Settings) -> bool {
    let least = u64::try_from(settings.free_disk_mib).unwrap_or(0);
    free < least.saturating_mul(MEBIBYTE)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Time = Time(1_000_000);

    fn at(trouble_ms: Option<i64>, oldest_ms: Option<i64>) -> Option<AlertKind> {
        let ago = |ms: i64| NOW.plus_ms(-ms);
        let lane = LaneNow { trouble_since: trouble_ms.map(ago), oldest_at: oldest_ms.map(ago) };
        lane_alert(lane, NOW, &Settings::default())
    }

    #[test]
    fn a_lane_is_told_of_after_its_time_and_by_its_cause_when_there_is_one() {
        for (trouble_ms, oldest_ms, expected) in [
            (None, None, None),
            (None, Some(29_999), None),
            (None, Some(30_000), Some(AlertKind::TicketLate)),
            (Some(59_999), Some(59_999), None),
            (Some(60_000), Some(60_000), Some(AlertKind::PrinterTrouble)),
            (Some(60_000), None, Some(AlertKind::PrinterTrouble)),
            (Some(1), Some(600_000), None),
            // A clock that was set back.
            (None, Some(-60_000), None),
        ] {
            assert_eq!(at(trouble_ms, oldest_ms), expected, "{trouble_ms:?} {oldest_ms:?}");
        }
    }

    #[test]
    fn a_house_may_want_to_know_at_once() {
        let settings = Settings { printer_trouble_seconds: 0, ..Settings::default() };
        let lane = LaneNow { trouble_since: Some(NOW), oldest_at: None };
        assert_eq!(lane_alert(lane, NOW, &settings), Some(AlertKind::PrinterTrouble));
    }

    #[test]
    fn a_disk_is_low_below_the_limit_and_never_without_one() {
        let settings = |free_disk_mib| Settings { free_disk_mib, ..Settings::default() };
        assert!(disk_is_low(1_024 * MEBIBYTE - 1, &settings(1_024)));
        assert!(!disk_is_low(1_024 * MEBIBYTE, &settings(1_024)));
        assert!(!disk_is_low(0, &settings(0)));
    }
}
