//! Where a window beside the till belongs: on a screen of its own, filling it, wherever screens come and go.

use tauri::PhysicalPosition;

/// A screen by its corner, which no two share.
pub(super) type Corner = PhysicalPosition<i32>;

/// What is to become of a window beside the till.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// It is where it belongs.
    Stay,
    /// It fills this screen, which nobody else has.
    Fill(Corner),
    /// Its screen is gone: it is a window among others again, and the till is not covered.
    Shrink,
}

/// A window beside the till as it is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Beside {
    /// The screen that it is on, where that is known.
    pub(super) on: Option<Corner>,
    pub(super) fills: bool,
    /// Whether it waits for a screen of its own, since there was none or its own is gone. One that a person made smaller
    /// stays as they want it.
    pub(super) waits: bool,
    /// Whether it was put in its place with these very screens. Where the system did not let it, asking again each
    /// second would only make it flicker.
    pub(super) settled: bool,
}

/// Where it belongs, with the screens that there are and those on which other windows are.
pub(super) fn place(screens: &[Corner], taken: &[Corner], window: Beside) -> Place {
    let free = screens.iter().copied().find(|screen| !taken.contains(screen));
    let is_free = |on: Corner| screens.contains(&on) && !taken.contains(&on);
    match (window.fills, window.waits, free) {
        (true, _, _) if window.on.is_some_and(is_free) => Place::Stay,
        (_, true, Some(screen)) => Place::Fill(screen),
        (true, ..) if window.settled => Place::Stay,
        (true, _, Some(screen)) => Place::Fill(screen),
        (true, _, None) => Place::Shrink,
        (false, ..) => Place::Stay,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEFT: Corner = Corner::new(0, 0);
    const RIGHT: Corner = Corner::new(1_920, 0);
    const FILLS: Beside = Beside { on: Some(RIGHT), fills: true, waits: false, settled: false };
    const SMALL: Beside = Beside { on: Some(LEFT), fills: false, waits: false, settled: false };
    const WAITS: Beside = Beside { waits: true, ..SMALL };

    #[test]
    fn it_fills_a_screen_of_its_own_as_long_as_there_is_one() {
        assert_eq!(place(&[LEFT, RIGHT], &[LEFT], FILLS), Place::Stay);
        assert_eq!(place(&[LEFT, RIGHT], &[LEFT], WAITS), Place::Fill(RIGHT));
        assert_eq!(place(&[LEFT], &[LEFT], WAITS), Place::Stay, "it waits beside the till");
    }

    #[test]
    fn it_never_covers_the_till_when_its_screen_is_gone() {
        for on in [None, Some(LEFT), Some(RIGHT)] {
            let stranded = Beside { on, ..FILLS };
            assert_eq!(place(&[LEFT], &[LEFT], stranded), Place::Shrink, "{on:?}");
        }
        let third = Corner::new(3_840, 0);
        let moved = Beside { on: Some(LEFT), ..FILLS };
        assert_eq!(place(&[LEFT, third], &[LEFT], moved), Place::Fill(third), "another screen will do");
    }

    #[test]
    fn what_the_system_does_not_let_be_moved_is_not_tried_again_and_again() {
        let stuck = Beside { on: Some(LEFT), settled: true, ..FILLS };
        assert_eq!(place(&[LEFT, RIGHT], &[LEFT], stuck), Place::Stay);
        assert_eq!(place(&[LEFT], &[LEFT], stuck), Place::Stay);
        let other_screens = Beside { settled: false, ..stuck };
        assert_eq!(place(&[LEFT, RIGHT], &[LEFT], other_screens), Place::Fill(RIGHT));
        let waits = Beside { waits: true, settled: true, ..SMALL };
        assert_eq!(
            place(&[LEFT, RIGHT], &[LEFT], waits),
            Place::Fill(RIGHT),
            "one that waits has its screen"
        );
    }

    #[test]
    fn a_window_that_a_person_made_smaller_stays_so() {
        assert_eq!(place(&[LEFT, RIGHT], &[LEFT], SMALL), Place::Stay);
    }

    #[test]
    fn two_windows_beside_the_till_do_not_share_a_screen() {
        assert_eq!(place(&[LEFT, RIGHT], &[LEFT, RIGHT], WAITS), Place::Stay);
        assert_eq!(place(&[LEFT, RIGHT], &[LEFT, RIGHT], FILLS), Place::Shrink);
    }
}
