//! Holding and firing: lines that are sent, priced and kept, and that nobody makes until their course is fired.
//!
//! ```text
//!  held ──Fire──> fired ──Void──> voided      told ──Void──> voided
//!   └─────Void──────────────────> voided
//! ```
//!
//! A course is what its lines are: nothing of it is stored.

use crate::order::OrderLine;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What a line is to the station that makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LineState {
    /// Its station was told when it was sent.
    Told,
    /// Sent, and told to nobody yet.
    Held,
    /// Held once, and told when its course was fired.
    Fired,
    Voided,
}

/// What happens to a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineEvent {
    Fire,
    Void,
}

/// The event cannot happen to such a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a line that is {from:?} cannot meet {event:?}")]
pub struct IllegalLineEvent {
    pub from: LineState,
    pub event: LineEvent,
}

impl LineState {
    pub const ALL: [Self; 4] = [Self::Told, Self::Held, Self::Fired, Self::Voided];

    /// From the facts about a line.
    pub const fn of(line: &OrderLine) -> Self {
        match (line.voided, line.held, line.fired_at.is_some()) {
            (true, _, _) => Self::Voided,
            (false, true, false) => Self::Held,
            (false, true, true) => Self::Fired,
            (false, false, _) => Self::Told,
        }
    }

    /// Whether its station may have heard of it.
    pub const fn may_be_known(self) -> bool {
        matches!(self, Self::Told | Self::Fired)
    }
}

/// What a line becomes. Each happens once: a second time is refused.
pub const fn next(from: LineState, event: LineEvent) -> Result<LineState, IllegalLineEvent> {
    use LineState::{Fired, Held, Told, Voided};
    match (from, event) {
        (Held, LineEvent::Fire) => Ok(Fired),
        (Told | Held | Fired, LineEvent::Void) => Ok(Voided),
        (Told | Fired | Voided, LineEvent::Fire) | (Voided, LineEvent::Void) => {
            Err(IllegalLineEvent { from, event })
        }
    }
}

/// What a line adds to the state of its course; a voided one adds nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Held,
    /// Its station was told and is not done.
    Making,
    /// Its station says that it is done.
    Ready,
    /// Sent, and nobody has to make it.
    NotMade,
}

/// How far a course is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CourseState {
    /// All of it waits to be fired.
    Held,
    /// Some of it waits to be fired.
    Partly,
    /// Its stations were told of all of it.
    Fired,
    /// Its stations are done with all of it.
    Ready,
}

/// How far a course is by its lines; none when nothing is left in it.
pub fn course_state(parts: impl IntoIterator<Item = Part>) -> Option<CourseState> {
    let (mut held, mut sent, mut making, mut ready) = (false, false, false, false);
    for part in parts {
        match part {
            Part::Held => held = true,
            Part::Making => (sent, making) = (true, true),
            Part::Ready => (sent, ready) = (true, true),
            Part::NotMade => sent = true,
        }
    }
    match (held, sent) {
        (false, false) => None,
        (true, false) => Some(CourseState::Held),
        (true, true) => Some(CourseState::Partly),
        (false, true) if ready && !making => Some(CourseState::Ready),
        (false, true) => Some(CourseState::Fired),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_pairs() {
        let table = [
            (LineState::Told, [None, Some(LineState::Voided)]),
            (LineState::Held, [Some(LineState::Fired), Some(LineState::Voided)]),
            (LineState::Fired, [None, Some(LineState::Voided)]),
            (LineState::Voided, [None, None]),
        ];
        assert_eq!(table.map(|(from, _)| from), LineState::ALL);
        for (from, row) in table {
            for (event, expected) in [LineEvent::Fire, LineEvent::Void].into_iter().zip(row) {
                assert_eq!(next(from, event).ok(), expected, "{from:?} {event:?}");
            }
        }
        let known = LineState::ALL.map(LineState::may_be_known);
        assert_eq!(known, [true, false, true, false], "nobody is told that what nobody knows is voided");
    }

    /// Every set of parts of a course.
    #[test]
    fn a_course_is_what_its_lines_are() {
        use CourseState::{Fired, Held, Partly, Ready};
        let all = [Part::Held, Part::Making, Part::Ready, Part::NotMade];
        let expected = [
            None,
            Some(Held),
            Some(Fired),
            Some(Partly),
            Some(Ready),
            Some(Partly),
            Some(Fired),
            Some(Partly),
            Some(Fired),
            Some(Partly),
            Some(Fired),
            Some(Partly),
            Some(Ready),
            Some(Partly),
            Some(Fired),
            Some(Partly),
        ];
        for (set, expected) in expected.into_iter().enumerate() {
            let parts =
                || all.into_iter().enumerate().filter(|(n, _)| set >> n & 1 == 1).map(|(_, part)| part);
            let backwards: Vec<Part> = parts().collect();
            assert_eq!(course_state(parts()), expected, "{:?}", parts().collect::<Vec<_>>());
            assert_eq!(course_state(backwards.into_iter().rev()), expected, "whatever their order");
        }
    }
}
