//! Whether a person could see a window beside the till: what stands on it counts as seen only then.

use serde::Serialize;

/// How a window beside the till stands, as the pages are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Standing {
    pub(super) window: &'static str,
    /// It fills its screen.
    pub(super) fills: bool,
    /// The screen that it had is gone.
    pub(super) stranded: bool,
    pub(super) in_sight: bool,
}

/// A part of the desk, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) width: i32,
    pub(super) height: i32,
}

impl Area {
    fn covers(self, other: Self) -> bool {
        self.x <= other.x
            && self.y <= other.y
            && self.x + self.width >= other.x + other.width
            && self.y + self.height >= other.y + other.height
    }
}

/// A window beside the till as it can be seen.
#[derive(Clone, Copy, Debug)]
pub(super) struct View {
    /// It is minimised, or its screen is gone and nobody came to it since.
    pub(super) hidden: bool,
    /// The till is on the same screen, and not minimised.
    pub(super) beside_till: bool,
    /// A person was at it later than at the till.
    pub(super) in_front: bool,
    /// Where it is and where the till is, unless that is not known.
    pub(super) areas: Option<(Area, Area)>,
}

impl View {
    /// Whether a person could see any of it.
    pub(super) fn in_sight(self) -> bool {
        let Self { hidden, beside_till, in_front, areas } = self;
        let is_uncovered = || areas.is_some_and(|(own, till)| !till.covers(own));
        !hidden && (!beside_till || in_front || is_uncovered())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TILL: Area = Area { x: 0, y: 0, width: 1_920, height: 1_080 };
    const SMALL: Area = Area { x: 100, y: 100, width: 1_280, height: 720 };
    const ASIDE: Area = Area { x: 1_000, ..SMALL };
    const OWN_SCREEN: View = View { hidden: false, beside_till: false, in_front: false, areas: None };

    #[test]
    fn it_is_in_sight_on_a_screen_of_its_own() {
        assert!(OWN_SCREEN.in_sight());
        assert!(!View { hidden: true, ..OWN_SCREEN }.in_sight());
    }

    #[test]
    fn behind_the_till_it_is_not() {
        let beside = View { beside_till: true, areas: Some((SMALL, TILL)), ..OWN_SCREEN };
        assert!(!beside.in_sight());
        assert!(View { in_front: true, ..beside }.in_sight());
        assert!(View { areas: Some((ASIDE, TILL)), ..beside }.in_sight(), "it looks out");
        assert!(!View { areas: None, ..beside }.in_sight(), "nobody knows");
    }

    #[test]
    fn where_its_screen_is_gone_it_is_not_however_it_stands() {
        let areas = Some((ASIDE, TILL));
        assert!(!View { hidden: true, beside_till: true, in_front: true, areas }.in_sight());
    }
}
