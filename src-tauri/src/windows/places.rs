//! Where a window beside the till belongs: on a screen of its own, filling it, wherever screens come and go.

use super::screens::Screen;

/// What is to become of a window beside the till.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// It is where it belongs, or where a person or the system wants it.
    Stay,
    /// It fills the screen that is its own.
    Fill,
    /// There is none: it is a window among others, and the till is not covered.
    Shrink,
}

/// How often a window is put in its place. Where the system does not let it, asking on and on would only make it flicker: it
/// covers nobody, and that is it.
const MOST_TRIES: u8 = 3;
/// Seconds after which a window that comes to the front was brought there by a person, and not by the system that makes room
/// on fewer screens.
const RESTLESS_S: u8 = 2;

/// What is known of an open window beside the till from one look at the screens to the next.
#[derive(Debug, Default)]
pub(super) struct Beside {
    /// It waits for a screen of its own. One that a person made smaller stays as they want it.
    waits: bool,
    /// It opened by itself, and the screen that it had may not be there.
    returns: bool,
    /// Its screen is gone, until it has one again.
    stranded: Option<Stranded>,
    desk: Option<Desk>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Stranded {
    seconds: u8,
    /// Somebody came to it since.
    attended: bool,
}

/// The screens that there were at the last look, and what was done about them.
#[derive(Debug)]
struct Desk {
    screens: Vec<Screen>,
    home: Option<Screen>,
    tries: u8,
    /// Something was done within this second: what came of it is not to be seen yet.
    acted: bool,
    /// The window was seen in its place: wherever it is from then on, a person put it.
    was_there: bool,
}

impl Beside {
    /// A window that a person opened, or one that `returns` after a restart to a screen that it had.
    pub(super) fn new(returns: bool) -> Self {
        Self { waits: true, returns, ..Self::default() }
    }

    /// Whether it is to have a screen of its own.
    pub(super) fn wants_screen(&self, fills: bool) -> bool {
        self.waits || fills
    }

    /// The screen that it was given last.
    pub(super) fn home(&self) -> Option<&Screen> {
        self.desk.as_ref()?.home.as_ref()
    }

    /// What to do about it, with the screens that there are, the one that is its own and the one that it is on.
    pub(super) fn place(
        &mut self,
        screens: &[Screen],
        home: Option<&Screen>,
        on: Option<&Screen>,
        fills: bool,
    ) -> Place {
        let known = self.desk.take().filter(|desk| desk.screens == screens && desk.home.as_ref() == home);
        let fresh = || Desk {
            screens: screens.to_vec(),
            home: home.cloned(),
            tries: 0,
            acted: false,
            was_there: false,
        };
        let desk = self.desk.insert(known.unwrap_or_else(fresh));
        let is_there = match home {
            Some(_) => fills && on == home,
            None => !fills && !self.returns,
        };
        if is_there && home.is_some() {
            (self.waits, self.returns, self.stranded) = (false, false, None);
        }
        desk.was_there |= is_there;
        if desk.was_there || desk.acted || desk.tries > MOST_TRIES {
            return Place::Stay;
        }
        desk.tries += 1;
        desk.acted = true;
        if home.is_some() && desk.tries <= MOST_TRIES {
            return Place::Fill;
        }
        (self.waits, self.returns) = (true, false);
        if home.is_none() {
            self.stranded.get_or_insert_default();
        }
        Place::Shrink
    }

    /// Whether it is where a person or the program wanted it on this screen, so that it is to be remembered; and whether a
    /// person moved it there.
    pub(super) fn keeps(&self, on: &Screen, fills: bool) -> Option<bool> {
        let desk = self.desk.as_ref()?;
        let home = desk.home.as_ref()?;
        (fills && desk.was_there).then_some(home != on)
    }

    /// A second has passed.
    pub(super) fn grow_older(&mut self) {
        if let Some(desk) = &mut self.desk {
            desk.acted = false;
        }
        if let Some(stranded) = &mut self.stranded {
            stranded.seconds = stranded.seconds.saturating_add(1);
        }
    }

    /// It came to the front.
    pub(super) fn come_to_front(&mut self) {
        if self.stranded.is_some_and(|stranded| stranded.seconds >= RESTLESS_S) {
            self.attend();
        }
    }

    /// A person came to it.
    pub(super) fn attend(&mut self) {
        if let Some(stranded) = &mut self.stranded {
            stranded.attended = true;
        }
    }

    /// Its screen is gone.
    pub(super) fn is_stranded(&self) -> bool {
        self.stranded.is_some()
    }

    /// Its screen is gone, and nobody came to it since.
    pub(super) fn is_unattended(&self) -> bool {
        self.stranded.is_some_and(|stranded| !stranded.attended)
    }
}

#[cfg(test)]
mod tests {
    use super::super::screens::screen;
    use super::*;

    /// A desk with the till's screen and another one, and a window on it.
    struct Scene {
        screens: Vec<Screen>,
        home: Option<Screen>,
        on: Screen,
        fills: bool,
        window: Beside,
    }

    impl Scene {
        fn on_two_screens() -> Self {
            let [till, own] = [screen("A", 0), screen("B", 1_920)];
            let window = Beside::new(false);
            Self { on: till.clone(), home: Some(own.clone()), screens: vec![till, own], fills: false, window }
        }

        fn place(&mut self) -> Place {
            self.window.place(&self.screens, self.home.as_ref(), Some(&self.on), self.fills)
        }

        fn settled() -> Self {
            let mut scene = Self::on_two_screens();
            assert_eq!(scene.place(), Place::Fill);
            scene.fill();
            assert_eq!(scene.place(), Place::Stay);
            scene
        }

        fn fill(&mut self) {
            (self.on, self.fills) = (self.home.clone().unwrap(), true);
        }

        fn unplug(&mut self) {
            self.screens.pop();
            (self.home, self.on) = (None, self.screens[0].clone());
        }

        fn plug(&mut self) {
            self.screens.push(screen("B", 1_920));
            self.home = self.screens.last().cloned();
        }
    }

    #[test]
    fn it_fills_a_screen_of_its_own_and_waits_where_there_is_none() {
        let mut scene = Scene::on_two_screens();
        scene.unplug();
        assert_eq!(scene.place(), Place::Stay, "it waits beside the till");
        assert!(!scene.window.is_stranded(), "it never had a screen");
        scene.plug();
        assert_eq!(scene.place(), Place::Fill);
        scene.fill();
        assert_eq!(scene.place(), Place::Stay);
    }

    #[test]
    fn it_never_covers_the_till_when_its_screen_is_gone_and_goes_back_by_itself() {
        let mut scene = Scene::settled();
        scene.unplug();
        assert_eq!(scene.place(), Place::Shrink);
        assert!(scene.window.is_unattended());
        scene.fills = false;
        assert_eq!(scene.place(), Place::Stay);
        scene.plug();
        assert_eq!(scene.place(), Place::Fill);
        assert!(scene.window.is_unattended(), "it is not there yet");
        scene.fill();
        assert_eq!(scene.place(), Place::Stay);
        assert!(!scene.window.is_stranded());
    }

    #[test]
    fn it_goes_to_another_screen_when_that_is_its_own_now() {
        let mut scene = Scene::settled();
        scene.screens = vec![screen("A", 0), screen("C", 1_920)];
        scene.home = Some(screen("C", 1_920));
        scene.on = screen("A", 0);
        assert_eq!(scene.place(), Place::Fill);
    }

    #[test]
    fn what_the_system_does_not_let_be_moved_is_not_tried_again_and_again() {
        let mut scene = Scene::on_two_screens();
        for _ in 0..MOST_TRIES {
            assert_eq!(scene.place(), Place::Fill);
            scene.fills = true;
            assert_eq!(scene.place(), Place::Stay, "it has a second for it");
            scene.window.grow_older();
        }
        assert_eq!(scene.place(), Place::Shrink, "on the till's screen it fills nothing");
        scene.fills = false;
        scene.window.grow_older();
        assert_eq!(scene.place(), Place::Stay);
        assert!(!scene.window.is_stranded());
        scene.unplug();
        assert_eq!(scene.place(), Place::Stay);
        scene.plug();
        assert_eq!(scene.place(), Place::Fill, "other screens are another chance");
    }

    #[test]
    fn what_a_person_did_to_it_stays() {
        let mut scene = Scene::settled();
        scene.fills = false;
        assert_eq!(scene.place(), Place::Stay, "it is smaller");
        assert!(!scene.window.wants_screen(false));
        let mut alone = Scene::on_two_screens();
        alone.unplug();
        alone.place();
        alone.fills = true;
        assert_eq!(alone.place(), Place::Stay, "it fills the only screen");
    }

    #[test]
    fn a_screen_to_which_a_person_moved_it_is_remembered_as_dearer() {
        let mut scene = Scene::settled();
        assert_eq!(scene.window.keeps(&screen("B", 1_920), true), Some(false));
        assert_eq!(scene.window.keeps(&screen("C", 3_200), true), Some(true));
        assert_eq!(scene.window.keeps(&screen("B", 1_920), false), None, "it fills none");
        scene.unplug();
        scene.place();
        assert_eq!(scene.window.keeps(&screen("A", 0), true), None, "the system moved it");
    }

    #[test]
    fn one_that_returns_where_its_screen_is_missing_is_stranded() {
        let mut scene = Scene::on_two_screens();
        scene.unplug();
        scene.window = Beside::new(true);
        assert_eq!(scene.place(), Place::Shrink);
        assert!(scene.window.is_unattended());
        assert_eq!(scene.place(), Place::Stay);
    }

    #[test]
    fn only_a_person_attends_to_it() {
        let mut scene = Scene::settled();
        scene.unplug();
        scene.place();
        scene.window.come_to_front();
        assert!(scene.window.is_unattended(), "the system brought it to the front");
        for _ in 0..RESTLESS_S {
            scene.window.grow_older();
        }
        scene.window.come_to_front();
        assert!(!scene.window.is_unattended() && scene.window.is_stranded());
    }
}
