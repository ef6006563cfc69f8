//! The floor plan's few words.

use serde::{Deserialize, Serialize};

/// How a table looks on the floor plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TableShape {
    Round,
    Square,
    Bar,
}

impl TableShape {
    pub const ALL: [Self; 3] = [Self::Round, Self::Square, Self::Bar];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Round => "round",
            Self::Square => "square",
            Self::Bar => "bar",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shape| shape.code() == code)
    }
}
