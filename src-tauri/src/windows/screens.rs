//! Screens as they are told from each other, and which of them each window beside the till has for its own.

use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use tauri::{Monitor, PhysicalPosition};

/// A screen by what the system says of it. None of it is sure: a name may be missing or be another screen's too, and a
/// corner moves when another screen is pulled out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Screen {
    name: Option<String>,
    /// The left and the upper edge on the desk, in pixels.
    x: i32,
    y: i32,
    /// In pixels.
    width: u32,
    height: u32,
}

impl From<&Monitor> for Screen {
    fn from(monitor: &Monitor) -> Self {
        let (corner, size) = (monitor.position(), monitor.size());
        let name = monitor.name().cloned();
        Self { name, x: corner.x, y: corner.y, width: size.width, height: size.height }
    }
}

impl Screen {
    pub(super) fn corner(&self) -> PhysicalPosition<i32> {
        PhysicalPosition::new(self.x, self.y)
    }

    /// Whether this screen of before is `now`, which is one of `screens`: nothing of it is another, or no other has its name.
    pub(super) fn is(&self, now: &Self, screens: &[Self]) -> bool {
        let is_only = || screens.iter().filter(|other| self.has_name_of(other)).count() == 1;
        self == now || self.has_name_of(now) && is_only()
    }

    fn has_name_of(&self, other: &Self) -> bool {
        self.name.is_some() && self.name == other.name
    }

    fn has_size_of(&self, other: &Self) -> bool {
        (self.width, self.height) == (other.width, other.height)
    }
}

/// How surely a screen is one that a window had, the least sure first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Likeness {
    by_name: bool,
    /// How dear that one is to the window.
    place: Reverse<usize>,
    has_size: bool,
    has_corner: bool,
}

/// A window that wants a screen of its own.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wants<'a> {
    /// Screens that it had, the dearest first.
    pub(super) known: &'a [Screen],
    /// The one that it was given last.
    pub(super) home: Option<&'a Screen>,
}

impl Wants<'_> {
    /// How much it is the window's screen: whether it has it already, and how surely it had it before. One whose name is gone
    /// is known by its size.
    fn claim(&self, screen: &Screen, screens: &[Screen]) -> (bool, Option<Likeness>) {
        let known = self.known.iter().enumerate().filter_map(|(place, was)| {
            let by_name = was.has_name_of(screen);
            let is_nameless = !screens.iter().any(|other| was.has_name_of(other));
            let (has_size, has_corner) = (was.has_size_of(screen), was.corner() == screen.corner());
            (by_name || is_nameless && has_size).then_some(Likeness {
                by_name,
                place: Reverse(place),
                has_size,
                has_corner,
            })
        });
        (self.home.is_some_and(|home| home.is(screen, screens)), known.max())
    }
}

/// Which of `screens` each window has for its own; the `taken` ones are nobody's here.
///
/// Each window asks for the screens in the order in which they are likely its own, and then for strange ones. A screen stays
/// with the window that has it, or else with the one whose it surely was; the other one asks for its next (the stable
/// matching of Gale and Shapley). So no window takes another's screen while its own is pulled out.
pub(super) fn homes(screens: &[Screen], taken: &[Screen], windows: &[Wants<'_>]) -> Vec<Option<Screen>> {
    let free: Vec<&Screen> = screens.iter().filter(|screen| !taken.contains(screen)).collect();
    let claim = |window: usize, at: usize| windows[window].claim(free[at], screens);
    let mut wishes: Vec<_> = (0..windows.len())
        .map(|window| {
            let mut order: Vec<usize> = (0..free.len()).collect();
            order.sort_by_key(|at| {
                let (is_home, likeness) = claim(window, *at);
                Reverse((likeness, is_home))
            });
            order.into_iter()
        })
        .collect();
    let mut holders: Vec<Option<usize>> = vec![None; free.len()];
    let mut asking: Vec<usize> = (0..windows.len()).rev().collect();
    while let Some(window) = asking.pop() {
        let Some(at) = wishes[window].next() else { continue };
        match holders[at] {
            Some(holder) if claim(holder, at) >= claim(window, at) => asking.push(window),
            holder => {
                asking.extend(holder);
                holders[at] = Some(window);
            }
        }
    }
    let home = |window| holders.iter().position(|holder| *holder == Some(window)).map(|at| free[at].clone());
    (0..windows.len()).map(home).collect()
}

#[cfg(test)]
pub(super) fn screen(name: &str, x: i32) -> Screen {
    let name = (!name.is_empty()).then(|| name.to_owned());
    Screen { name, x, y: 0, width: 1_280, height: 800 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::slice::from_ref;

    /// Where the kitchen and the guests belong, who had the screens `known` before, with these screens beside the till's.
    fn places(screens: &[Screen], known: [&[Screen]; 2]) -> [Option<Screen>; 2] {
        let wants = known.map(|known| Wants { known, home: known.first() });
        homes(screens, &screens[..1], &wants).try_into().unwrap()
    }

    #[test]
    fn each_window_has_its_own_of_three_screens_in_whatever_order_they_come() {
        let [till, one, two] = [screen("A", 0), screen("B", 1_920), screen("C", 3_200)];
        let known: [&[Screen]; 2] = [from_ref(&two), from_ref(&one)];
        let (kitchen, guests) = (Some(two.clone()), Some(one.clone()));
        for order in [[&till, &one, &two], [&till, &two, &one]] {
            let screens = order.map(Clone::clone);
            assert_eq!(places(&screens, known), [kitchen.clone(), guests.clone()]);
        }
        let moved = [till, screen("C", 1_920), screen("B", 3_200)];
        assert_eq!(
            places(&moved, known),
            [Some(moved[1].clone()), Some(moved[2].clone())],
            "the name counts"
        );
    }

    #[test]
    fn no_window_takes_the_screen_of_another_while_its_own_is_pulled_out() {
        let [till, one, two] = [screen("A", 0), screen("B", 1_920), screen("C", 3_200)];
        let known: [&[Screen]; 2] = [from_ref(&one), from_ref(&two)];
        assert_eq!(places(&[till.clone(), two.clone()], known), [None, Some(two.clone())]);
        let shifted = [till.clone(), screen("C", 1_920)];
        assert_eq!(places(&shifted, known), [None, Some(shifted[1].clone())], "also where its own stood");
        assert_eq!(places(&[till.clone(), one.clone()], known), [Some(one.clone()), None]);
        assert_eq!(places(&[till], known), [None, None]);
    }

    #[test]
    fn two_screens_of_one_name_are_told_by_where_they_stand() {
        let [till, one, two] = [screen("Dell", 0), screen("Dell", 1_920), screen("Dell", 3_200)];
        let known: [&[Screen]; 2] = [from_ref(&two), from_ref(&one)];
        let all = [till.clone(), one.clone(), two.clone()];
        assert_eq!(places(&all, known), [Some(two.clone()), Some(one.clone())]);
        assert_eq!(places(&[till.clone(), one.clone()], known), [None, Some(one.clone())]);
        assert_eq!(places(&[till, two.clone()], known), [Some(two.clone()), None]);
    }

    #[test]
    fn screens_without_a_name_are_told_by_their_size_and_where_they_stand() {
        let upright = |x| Screen { height: 1_920, width: 1_080, ..screen("", x) };
        let till = screen("", 0);
        let known: [&[Screen]; 2] = [&[upright(1_920)], &[screen("", 3_000)]];
        let all = [till.clone(), screen("", 1_920), upright(3_200)];
        assert_eq!(places(&all, known), [Some(upright(3_200)), Some(screen("", 1_920))], "the size counts");
        let same: [&[Screen]; 2] = [&[screen("", 3_200)], &[screen("", 1_920)]];
        let all = [till, screen("", 1_920), screen("", 3_200)];
        assert_eq!(places(&all, same), [Some(screen("", 3_200)), Some(screen("", 1_920))]);
    }

    #[test]
    fn a_screen_that_is_called_otherwise_now_is_known_again() {
        let known: [&[Screen]; 2] = [&[screen("3", 3_200)], &[screen("2", 1_920)]];
        let all = [screen("4", 0), screen("5", 1_920), screen("6", 3_200)];
        assert_eq!(places(&all, known), [Some(all[2].clone()), Some(all[1].clone())]);
    }

    #[test]
    fn a_strange_screen_will_do_and_its_own_is_better() {
        let [till, own, strange] = [screen("A", 0), screen("B", 1_920), screen("C", 3_200)];
        let known = [own.clone(), strange.clone()];
        let stands_in = Wants { known: &known, home: Some(&strange) };
        let all = [till.clone(), strange.clone(), own.clone()];
        let taken = [till.clone()];
        assert_eq!(homes(&all, &taken, &[stands_in]), [Some(own.clone())], "it goes back");
        let new = Wants { known: from_ref(&own), home: None };
        assert_eq!(homes(&[till, strange.clone()], &taken, &[new]), [Some(strange)]);
    }

    #[test]
    fn a_window_is_not_driven_from_the_screen_that_it_has() {
        let [till, own, other] = [screen("A", 0), screen("B", 1_920), screen("C", 3_200)];
        let kitchen = Wants { known: &[own, other.clone()], home: Some(&other) };
        let guests = Wants { known: from_ref(&other), home: None };
        let screens = [till.clone(), other.clone()];
        assert_eq!(homes(&screens, &[till], &[kitchen, guests]), [Some(other), None]);
    }
}
