//! Settings: what a house may decide for itself, each with its bounds and what holds when nobody says.
//!
//! A setting is said for the company, a branch or a terminal, and the nearest word counts. What is kept and
//! cannot be understood counts as not said, so that a hand in the database can switch nothing off.

use crate::code::codes;
use serde_json::Value as Json;
use thiserror::Error;

codes! {
    /// For whom a setting is said, the widest first.
    Level {
        Company = "company",
        Branch = "branch",
        Terminal = "terminal",
    }
}

codes! {
    /// What a number of a setting counts.
    Unit {
        Days = "days",
        Minutes = "minutes",
        Seconds = "seconds",
        Mebibytes = "mebibytes",
        Tickets = "tickets",
    }
}

/// What a setting can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A whole number of `unit`, from `least` to `most`, both included.
    Whole { least: i64, most: i64, unit: Unit },
    /// On or off.
    Switch,
}

/// What a setting is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    Whole(i64),
    Switch(bool),
}

/// Everything that is known of a setting before anybody says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Definition {
    pub kind: Kind,
    /// What holds when nobody says otherwise.
    pub default: Value,
    /// The nearest level at which it may be said; every wider one may say it too.
    pub nearest: Level,
}

/// Why a value cannot be a setting's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum BadSetting {
    /// A number where a switch is, or the other way round.
    #[error("the value is of another kind")]
    WrongKind,
    #[error("not between {least} and {most}")]
    OutOfBounds { least: i64, most: i64 },
    #[error("not said for a {0:?}")]
    TooNear(Level),
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Whole(value)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Switch(value)
    }
}

impl Value {
    /// As it is kept.
    pub fn to_json(self) -> Json {
        match self {
            Self::Whole(value) => value.into(),
            Self::Switch(value) => value.into(),
        }
    }

    /// The way back; none for what no setting can be.
    pub fn from_json(json: &Json) -> Option<Self> {
        json.as_i64().map(Self::Whole).or_else(|| json.as_bool().map(Self::Switch))
    }
}

/// A type that a setting's value is read as.
trait Read: Sized {
    fn read(value: Value) -> Option<Self>;
}

impl Read for i64 {
    fn read(value: Value) -> Option<Self> {
        if let Value::Whole(value) = value { Some(value) } else { None }
    }
}

impl Read for bool {
    fn read(value: Value) -> Option<Self> {
        if let Value::Switch(value) = value { Some(value) } else { None }
    }
}

const fn whole(least: i64, most: i64, unit: Unit) -> Kind {
    Kind::Whole { least, most, unit }
}

/// States each setting once: its field, key, type, stable name, nearest level, kind and default.
macro_rules! settings {
    ($($(#[$doc:meta])* $field:ident: $key:ident, $type:ty = $code:literal, $nearest:ident, $kind:expr, $default:literal;)+) => {
        codes! {
            /// Which setting.
            Key { $($(#[$doc])* $key = $code),+ }
        }

        /// Every setting as it holds at one place.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct Settings { $($(#[$doc])* pub $field: $type),+ }

        impl Default for Settings {
            fn default() -> Self {
                Self { $($field: $default),+ }
            }
        }

        impl Settings {
            pub fn value(&self, key: Key) -> Value {
                match key { $(Key::$key => self.$field.into()),+ }
            }

            fn put(&mut self, key: Key, value: Value) {
                match key { $(Key::$key => if let Some(value) = Read::read(value) { self.$field = value }),+ }
            }
        }

        impl Key {
            pub fn definition(self) -> Definition {
                match self {
                    $(Self::$key => Definition {
                        kind: $kind,
                        default: <$type>::into($default),
                        nearest: Level::$nearest,
                    }),+
                }
            }
        }
    };
}

settings! {
    /// After how many days the details of a closed order move to the file of their year; 0 keeps them.
    closed_orders_days: ClosedOrdersDays, i64 = "retention.closed_orders_days", Branch, whole(0, 36_500, Unit::Days), 0;
    /// After how many days a finished print job leaves the lanes' table.
    finished_jobs_days: FinishedJobsDays, i64 = "retention.finished_jobs_days", Branch, whole(1, 365, Unit::Days), 1;
    /// The age at which the last backup is followed by another.
    backup_minutes: BackupMinutes, i64 = "backup.every_minutes", Branch, whole(15, 1_440, Unit::Minutes), 60;
    /// How long a printer may be in trouble before people are alerted.
    printer_trouble_seconds: PrinterTroubleSeconds, i64 = "alerts.printer_trouble_seconds", Branch, whole(0, 3_600, Unit::Seconds), 60;
    /// How long a ticket may wait for paper, without a known trouble, before people are alerted.
    late_ticket_seconds: LateTicketSeconds, i64 = "alerts.late_ticket_seconds", Branch, whole(5, 3_600, Unit::Seconds), 30;
    /// The free space of the data's disk below which people are alerted; 0 never alerts.
    free_disk_mib: FreeDiskMib, i64 = "alerts.free_disk_mib", Branch, whole(0, 1 << 30, Unit::Mebibytes), 1_024;
    /// How many tickets have to wait after an outage for one slip in place of their papers; 0 never makes one.
    /// Fewer than ten are handier one by one, each on its own place of the rail.
    catch_up_tickets: CatchUpTickets, i64 = "printing.catch_up_tickets", Branch, whole(0, 1_000, Unit::Tickets), 10;
    /// How long nothing must have come out of a printer for what waits to go on one slip.
    catch_up_seconds: CatchUpSeconds, i64 = "printing.catch_up_seconds", Branch, whole(0, 3_600, Unit::Seconds), 60;
    /// How long a backlog waits beside a printer of the same station that has nothing to do, before a part moves there.
    relief_seconds: ReliefSeconds, i64 = "printing.relief_seconds", Branch, whole(1, 600, Unit::Seconds), 5;
    /// Whether a terminal shows alerts: one that guests see does not.
    alerts_shown: AlertsShown, bool = "alerts.shown", Terminal, Kind::Switch, true;
}

impl Key {
    /// Whether `value` may be said at `level`.
    pub fn check(self, value: Value, level: Level) -> Result<(), BadSetting> {
        let definition = self.definition();
        if level as u8 > definition.nearest as u8 {
            return Err(BadSetting::TooNear(level));
        }
        match (definition.kind, value) {
            (Kind::Switch, Value::Switch(_)) => Ok(()),
            (Kind::Whole { least, most, .. }, Value::Whole(value)) if (least..=most).contains(&value) => {
                Ok(())
            }
            (Kind::Whole { least, most, .. }, Value::Whole(_)) => {
                Err(BadSetting::OutOfBounds { least, most })
            }
            (Kind::Switch, Value::Whole(_)) | (Kind::Whole { .. }, Value::Switch(_)) => {
                Err(BadSetting::WrongKind)
            }
        }
    }
}

/// A setting as someone has said it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said {
    pub level: Level,
    pub key: Key,
    pub value: Value,
}

impl Said {
    /// What a kept row says; none when its key, its value or its place cannot be understood.
    pub fn read(level: Level, key: &str, value: &Json) -> Option<Self> {
        let (key, value) = (Key::from_code(key)?, Value::from_json(value)?);
        key.check(value, level).ok()?;
        Some(Self { level, key, value })
    }
}

impl Settings {
    /// What holds where all of `said` was said, in whatever order: the nearest word, else the default.
    pub fn of(said: &[Said]) -> Self {
        let mut settings = Self::default();
        for level in Level::ALL {
            for word in said.iter().filter(|word| word.level == *level) {
                settings.put(word.key, word.value);
            }
        }
        settings
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn said(level: Level, minutes: i64) -> Said {
        Said { level, key: Key::BackupMinutes, value: Value::Whole(minutes) }
    }

    #[test]
    fn every_default_is_a_value_that_may_be_said() {
        for key in Key::ALL {
            let Definition { default, nearest, .. } = key.definition();
            for level in Level::ALL.iter().take_while(|level| **level as u8 <= nearest as u8) {
                assert_eq!(key.check(default, *level), Ok(()), "{key:?} at {level:?}");
            }
            assert_eq!(Settings::default().value(*key), default);
            assert_eq!(Value::from_json(&default.to_json()), Some(default));
        }
    }

    #[test]
    fn the_nearest_word_counts_in_whatever_order_it_comes() {
        let (company, branch) = (said(Level::Company, 20), said(Level::Branch, 30));
        assert_eq!(Settings::of(&[]).backup_minutes, 60);
        assert_eq!(Settings::of(&[company]).backup_minutes, 20);
        assert_eq!(Settings::of(&[company, branch]).backup_minutes, 30);
        assert_eq!(Settings::of(&[branch, company]).backup_minutes, 30);
        let shown = |level, on| Said { level, key: Key::AlertsShown, value: Value::Switch(on) };
        let mixed = [shown(Level::Terminal, false), shown(Level::Branch, true), branch];
        assert!(!Settings::of(&mixed).alerts_shown);
        assert_eq!(Settings::of(&mixed).backup_minutes, 30, "another key is not touched");
    }

    #[test]
    fn what_may_not_be_said_says_why() {
        let key = Key::BackupMinutes;
        for (value, level, why) in [
            (Value::Whole(14), Level::Branch, BadSetting::OutOfBounds { least: 15, most: 1_440 }),
            (Value::Whole(1_441), Level::Company, BadSetting::OutOfBounds { least: 15, most: 1_440 }),
            (Value::Switch(true), Level::Branch, BadSetting::WrongKind),
            (Value::Whole(60), Level::Terminal, BadSetting::TooNear(Level::Terminal)),
        ] {
            assert_eq!(key.check(value, level), Err(why), "{value:?} at {level:?}");
        }
        let bounds = Err(BadSetting::OutOfBounds { least: 1, most: 600 });
        for (seconds, why) in [(0, bounds), (1, Ok(())), (600, Ok(())), (601, bounds)] {
            assert_eq!(Key::ReliefSeconds.check(Value::Whole(seconds), Level::Branch), why, "{seconds}");
        }
        assert_eq!(Key::AlertsShown.check(Value::Whole(1), Level::Terminal), Err(BadSetting::WrongKind));
        assert_eq!(key.check(Value::Whole(15), Level::Branch), Ok(()));
        assert_eq!(key.check(Value::Whole(1_440), Level::Company), Ok(()));
    }

    #[test]
    fn what_cannot_be_understood_counts_as_not_said() {
        for (level, key, value) in [
            (Level::Branch, "backup.every_hours", json!(60)),
            (Level::Branch, "backup.every_minutes", json!("60")),
            (Level::Branch, "backup.every_minutes", json!(60.5)),
            (Level::Branch, "backup.every_minutes", json!(null)),
            (Level::Branch, "backup.every_minutes", json!(0)),
            (Level::Terminal, "backup.every_minutes", json!(60)),
        ] {
            assert_eq!(Said::read(level, key, &value), None, "{key} {value}");
        }
        assert_eq!(
            Said::read(Level::Branch, "backup.every_minutes", &json!(30)),
            Some(said(Level::Branch, 30))
        );
    }
}
