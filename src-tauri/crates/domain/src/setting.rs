//! Settings: what a house may decide for itself, each with its bounds and what holds when nobody says.
//!
//! A setting is said for the company, a branch or a terminal, and the nearest word counts. What is kept and
//! cannot be understood counts as not said, so that a hand in the database can switch nothing off.

use crate::code::codes;
use serde_json::Value as Json;
use std::sync::Arc;
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
    /// Words of the house: at most so many rows, each of at most so many letters. `blanks` are what may stand in
    /// braces, to be filled in where the words are used.
    Text { rows: usize, letters: usize, blanks: &'static [&'static str] },
}

/// Words of the house, rows apart by line feeds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(Arc<str>);

impl Text {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The rows, without what is empty above and below.
    pub fn rows(&self) -> impl Iterator<Item = &str> {
        self.0.trim_matches('\n').split('\n').filter(|_| !self.0.trim().is_empty())
    }
}

impl From<&str> for Text {
    /// Line ends are of one kind, and nobody sees the spaces before them.
    fn from(text: &str) -> Self {
        let rows: Vec<&str> = text.lines().map(str::trim_end).collect();
        Self(rows.join("\n").trim_end().into())
    }
}

/// What a setting is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Whole(i64),
    Switch(bool),
    Text(Text),
}

/// Everything that is known of a setting before anybody says it.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// A number where a switch is, or words, or the other way round.
    #[error("the value is of another kind")]
    WrongKind,
    #[error("more than {rows} rows of {letters} letters")]
    TooLong { rows: usize, letters: usize },
    /// A control character, which no paper has.
    #[error("not only words")]
    NotWords,
    /// Braces around something that nobody fills in.
    #[error("only {0:?} may stand in braces")]
    UnknownBlank(&'static [&'static str]),
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

impl From<Text> for Value {
    fn from(value: Text) -> Self {
        Self::Text(value)
    }
}

impl Value {
    /// As it is kept.
    pub fn to_json(&self) -> Json {
        match self {
            Self::Whole(value) => (*value).into(),
            Self::Switch(value) => (*value).into(),
            Self::Text(value) => value.as_str().into(),
        }
    }

    /// The way back; none for what no setting can be.
    pub fn from_json(json: &Json) -> Option<Self> {
        let text = || json.as_str().map(|text| Self::Text(text.into()));
        json.as_i64().map(Self::Whole).or_else(|| json.as_bool().map(Self::Switch)).or_else(text)
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

impl Read for Text {
    fn read(value: Value) -> Option<Self> {
        if let Value::Text(value) = value { Some(value) } else { None }
    }
}

const fn whole(least: i64, most: i64, unit: Unit) -> Kind {
    Kind::Whole { least, most, unit }
}

/// What is filled in where a receipt's QR code is drawn.
pub const QR_BLANKS: [&str; 4] = ["receipt", "order", "total", "date"];

/// Rows that a paper of 80 mm has room for.
const fn rows_of_words(rows: usize) -> Kind {
    Kind::Text { rows, letters: 48, blanks: &[] }
}

/// States each setting once: its field, key, type, stable name, nearest level, kind and default.
macro_rules! settings {
    ($($(#[$doc:meta])* $field:ident: $key:ident, $type:ty = $code:literal, $nearest:ident, $kind:expr, $default:literal;)+) => {
        codes! {
            /// Which setting.
            Key { $($(#[$doc])* $key = $code),+ }
        }

        /// Every setting as it holds at one place.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Settings { $($(#[$doc])* pub $field: $type),+ }

        impl Default for Settings {
            fn default() -> Self {
                Self { $($field: <$type>::from($default)),+ }
            }
        }

        impl Settings {
            pub fn value(&self, key: Key) -> Value {
                match key { $(Key::$key => self.$field.clone().into()),+ }
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
                        default: <$type>::from($default).into(),
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
    /// What stands under the name of the house on what a guest gets: address, tax number, telephone.
    receipt_head: ReceiptHead, Text = "receipt.head", Branch, rows_of_words(6), "";
    /// What a guest reads last.
    receipt_foot: ReceiptFoot, Text = "receipt.foot", Branch, rows_of_words(6), "";
    /// What the QR code of a receipt says, such as the address of a page; nothing prints none.
    receipt_qr: ReceiptQr, Text = "receipt.qr", Branch, Kind::Text { rows: 1, letters: 300, blanks: &QR_BLANKS }, "";
    /// How long a backlog waits beside a printer of the same station that has nothing to do, before a part moves there.
    relief_seconds: ReliefSeconds, i64 = "printing.relief_seconds", Branch, whole(1, 600, Unit::Seconds), 5;
    /// After how long without a touch a terminal asks for the PIN again.
    lock_minutes: LockMinutes, i64 = "session.lock_minutes", Terminal, whole(1, 240, Unit::Minutes), 10;
    /// Whether a terminal shows alerts: one that guests see does not.
    alerts_shown: AlertsShown, bool = "alerts.shown", Terminal, Kind::Switch, true;
    /// Whether whoever manages the house is told, where they work, that first steps are still open.
    first_steps_told: FirstStepsTold, bool = "alerts.first_steps", Branch, Kind::Switch, true;
}

impl Key {
    /// Whether `value` may be said at `level`.
    pub fn check(self, value: &Value, level: Level) -> Result<(), BadSetting> {
        let definition = self.definition();
        if level as u8 > definition.nearest as u8 {
            return Err(BadSetting::TooNear(level));
        }
        match (definition.kind, value) {
            (Kind::Switch, Value::Switch(_)) => Ok(()),
            (Kind::Whole { least, most, .. }, Value::Whole(value)) if (least..=most).contains(value) => {
                Ok(())
            }
            (Kind::Whole { least, most, .. }, Value::Whole(_)) => {
                Err(BadSetting::OutOfBounds { least, most })
            }
            (Kind::Text { rows, letters, blanks }, Value::Text(text)) => check(text, rows, letters, blanks),
            (Kind::Switch, Value::Whole(_) | Value::Text(_))
            | (Kind::Whole { .. }, Value::Switch(_) | Value::Text(_))
            | (Kind::Text { .. }, Value::Whole(_) | Value::Switch(_)) => Err(BadSetting::WrongKind),
        }
    }
}

/// Whether words are short enough, and nothing but words.
fn check(
    text: &Text,
    rows: usize,
    letters: usize,
    blanks: &'static [&'static str],
) -> Result<(), BadSetting> {
    let text = text.as_str();
    if text.split('\n').count() > rows || text.split('\n').any(|row| row.chars().count() > letters) {
        return Err(BadSetting::TooLong { rows, letters });
    }
    if text.chars().any(|letter| letter.is_control() && letter != '\n') {
        return Err(BadSetting::NotWords);
    }
    let known = |part: &str| part.split_once('}').is_some_and(|(blank, _)| blanks.contains(&blank));
    if !blanks.is_empty() && !text.split('{').skip(1).all(known) {
        return Err(BadSetting::UnknownBlank(blanks));
    }
    Ok(())
}

/// Words with their blanks filled in; what has no value stays empty.
pub fn filled(text: &str, blanks: &[(&str, &str)]) -> String {
    blanks.iter().fold(text.to_owned(), |text, (blank, value)| text.replace(&format!("{{{blank}}}"), value))
}

/// A setting as someone has said it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub level: Level,
    pub key: Key,
    pub value: Value,
}

impl Said {
    /// What a kept row says; none when its key, its value or its place cannot be understood.
    pub fn read(level: Level, key: &str, value: &Json) -> Option<Self> {
        let (key, value) = (Key::from_code(key)?, Value::from_json(value)?);
        key.check(&value, level).ok()?;
        Some(Self { level, key, value })
    }
}

impl Settings {
    /// What holds where all of `said` was said, in whatever order: the nearest word, else the default.
    pub fn of(said: &[Said]) -> Self {
        let mut settings = Self::default();
        for level in Level::ALL {
            for word in said.iter().filter(|word| word.level == *level) {
                settings.put(word.key, word.value.clone());
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
                assert_eq!(key.check(&default, *level), Ok(()), "{key:?} at {level:?}");
            }
            assert_eq!(Settings::default().value(*key), default);
            assert_eq!(Value::from_json(&default.to_json()), Some(default));
        }
    }

    #[test]
    fn the_nearest_word_counts_in_whatever_order_it_comes() {
        let (company, branch) = (said(Level::Company, 20), said(Level::Branch, 30));
        assert_eq!(Settings::of(&[]).backup_minutes, 60);
        assert_eq!(Settings::of(std::slice::from_ref(&company)).backup_minutes, 20);
        assert_eq!(Settings::of(&[company.clone(), branch.clone()]).backup_minutes, 30);
        assert_eq!(Settings::of(&[branch.clone(), company]).backup_minutes, 30);
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
            assert_eq!(key.check(&value, level), Err(why), "{value:?} at {level:?}");
        }
        let bounds = Err(BadSetting::OutOfBounds { least: 1, most: 600 });
        for (seconds, why) in [(0, bounds), (1, Ok(())), (600, Ok(())), (601, bounds)] {
            assert_eq!(Key::ReliefSeconds.check(&Value::Whole(seconds), Level::Branch), why, "{seconds}");
        }
        assert_eq!(Key::AlertsShown.check(&Value::Whole(1), Level::Terminal), Err(BadSetting::WrongKind));
        assert_eq!(key.check(&Value::Whole(15), Level::Branch), Ok(()));
        assert_eq!(key.check(&Value::Whole(1_440), Level::Company), Ok(()));
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
    #[test]
    fn words_of_the_house_have_their_bounds() {
        let (head, qr) = (Key::ReceiptHead, Key::ReceiptQr);
        let long = "ñ".repeat(49);
        let unknown = BadSetting::UnknownBlank(&QR_BLANKS);
        for (key, text, expected) in [
            (head, "Calle 45 #13-20\nNIT 900.123.456-7", Ok(())),
            (head, "{llaves} se imprimen como son", Ok(())),
            (head, "1\n2\n3\n4\n5\n6", Ok(())),
            (head, "1\n2\n3\n4\n5\n6\n7", Err(BadSetting::TooLong { rows: 6, letters: 48 })),
            (head, &long, Err(BadSetting::TooLong { rows: 6, letters: 48 })),
            (head, "Calle\u{1B}@", Err(BadSetting::NotWords)),
            (qr, "https://fonda.co/r/{receipt}?t={total}", Ok(())),
            (qr, "https://fonda.co/{factura}", Err(unknown)),
            (qr, "https://fonda.co/{receipt", Err(unknown)),
            (qr, "dos\nfilas", Err(BadSetting::TooLong { rows: 1, letters: 300 })),
        ] {
            assert_eq!(key.check(&Value::Text(text.into()), Level::Branch), expected, "{text}");
        }
        assert_eq!(head.check(&Value::Whole(1), Level::Branch), Err(BadSetting::WrongKind));
        assert_eq!(
            Key::BackupMinutes.check(&Value::Text("60".into()), Level::Branch),
            Err(BadSetting::WrongKind)
        );
    }

    #[test]
    fn words_are_kept_as_a_person_sees_them() {
        let text = Text::from("Calle 45  \r\nBogotá\n\n");
        assert_eq!(text.as_str(), "Calle 45\nBogotá");
        assert_eq!(text.rows().collect::<Vec<_>>(), ["Calle 45", "Bogotá"]);
        assert_eq!(Text::from(" \n ").rows().count(), 0);
        assert_eq!(filled("r/{receipt}/{order}", &[("receipt", "A-7"), ("order", "12")]), "r/A-7/12");
    }
}
