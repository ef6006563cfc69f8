//! What the house decides for itself: asked for and changed.

use super::{SettingLevel, SettingUnit, wire};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// What a setting is: a switch, a whole number, or words with line feeds between their rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(untagged)]
pub enum SettingValue {
    Switch(bool),
    Whole(i64),
    Text(String),
}

wire! {
    /// Asks for every setting as it holds at the caller's terminal.
    pub struct GetSettings {}

    pub struct SettingsView {
        pub settings: Vec<SettingView>,
    }

    pub struct SettingView {
        /// The stable name.
        pub key: String,
        /// What people call it, in the caller's language.
        pub name: String,
        /// What a number counts; none for anything else.
        pub unit: Option<SettingUnit>,
        /// The bounds of a number, both included.
        pub least: Option<i64>,
        pub most: Option<i64>,
        /// Most rows of words, and most letters of one; none for anything else.
        pub rows: Option<u32>,
        pub letters: Option<u32>,
        /// What may stand in braces in the words, to be filled in where they are used.
        pub blanks: Vec<String>,
        /// What holds when nobody says otherwise.
        pub default: SettingValue,
        /// What holds here.
        pub value: SettingValue,
        /// The nearest level at which it may be said.
        pub nearest: SettingLevel,
        /// Who has said it, the widest first; the last one counts.
        pub said: Vec<SaidView>,
    }

    pub struct SaidView {
        pub level: SettingLevel,
        pub value: SettingValue,
    }

    /// Says a setting for the company, the branch or a terminal.
    pub struct SetSetting {
        pub command_id: Uuid,
        pub key: String,
        pub level: SettingLevel,
        /// Which terminal, when it is said for one; the caller's own when none is named.
        pub terminal_id: Option<Uuid>,
        /// None leaves it to the next wider level.
        pub value: Option<SettingValue>,
    }
}
