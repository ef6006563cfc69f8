//! The look at which screens there are: it puts the windows beside the till in their places, remembers where they are, and tells
//! the pages which of them a person could see.

use super::places::{Beside, Place};
use super::screens::{Screen, Wants, homes};
use super::sight::{Area, Standing, View};
use super::{BESIDE, KITCHEN, MAIN, Windows};
use std::time::Duration;
use tauri::{AppHandle, Emitter as _, Manager as _, WebviewWindow};
use tokio::time::timeout;

/// The name under which pages hear how the windows beside the till stand.
const EVENT: &str = "fastops-windows";
/// Time between two looks.
const LOOK: Duration = Duration::from_secs(1);

/// A window as it is found.
struct Seen {
    window: WebviewWindow,
    /// The screen that it is on, where that is known.
    on: Option<Screen>,
    fills: bool,
    is_minimised: bool,
    area: Option<Area>,
}

impl Seen {
    fn of(window: WebviewWindow) -> tauri::Result<Self> {
        let area = window.outer_position().ok().zip(window.outer_size().ok()).and_then(|(corner, size)| {
            let (width, height) = (size.width.try_into().ok()?, size.height.try_into().ok()?);
            Some(Area { x: corner.x, y: corner.y, width, height })
        });
        Ok(Self {
            on: window.current_monitor()?.as_ref().map(Screen::from),
            fills: window.is_fullscreen()?,
            is_minimised: window.is_minimized()?,
            area,
            window,
        })
    }
}

/// All windows but the start's, and the screens that there are.
struct Desk {
    screens: Vec<Screen>,
    till: Seen,
    beside: Vec<(&'static str, Seen)>,
}

impl Desk {
    /// Nothing once the till is gone.
    fn of(handle: &AppHandle) -> tauri::Result<Option<Self>> {
        let Some(till) = handle.get_webview_window(MAIN) else { return Ok(None) };
        let screens: Vec<Screen> = handle.available_monitors()?.iter().map(Screen::from).collect();
        let mut till = Seen::of(till)?;
        till.on = till.on.or_else(|| screens.first().cloned());
        let mut beside = Vec::new();
        for label in BESIDE {
            if let Some(window) = handle.get_webview_window(label) {
                beside.push((label, Seen::of(window)?));
            }
        }
        Ok(Some(Self { screens, till, beside }))
    }
}

impl Windows {
    /// Keeps the windows beside the till on screens of their own while the program runs.
    pub(super) async fn look_after(self, handle: AppHandle) {
        loop {
            match self.look(&handle) {
                Ok(true) => {}
                Ok(false) => return,
                Err(error) => tracing::warn!(%error, "the windows cannot be put on their screens"),
            }
            if timeout(LOOK, self.wake.notified()).await.is_err() {
                self.now().beside.values_mut().for_each(Beside::grow_older);
            }
        }
    }

    /// Looks once. Gives whether there still is a till.
    fn look(&self, handle: &AppHandle) -> tauri::Result<bool> {
        let Some(desk) = Desk::of(handle)? else { return Ok(false) };
        let homes = self.homes(&desk);
        for ((label, seen), home) in desk.beside.iter().zip(&homes) {
            self.settle(&desk, label, seen, home.as_ref())?;
        }
        self.tell(handle, &desk)?;
        if self.opens_kitchen(&desk) {
            self.open_beside(handle, KITCHEN, false)?;
            // Whoever is at the till goes on.
            desk.till.window.set_focus()?;
        }
        Ok(true)
    }

    /// The screen of each window beside the till.
    fn homes(&self, desk: &Desk) -> Vec<Option<Screen>> {
        let known: Vec<_> = desk.beside.iter().map(|(label, _)| self.memory.screens(label)).collect();
        let mut taken: Vec<Screen> = desk.till.on.iter().cloned().collect();
        let mut now = self.now();
        let mut wants = Vec::new();
        let mut wanting = Vec::new();
        for (at, (label, seen)) in desk.beside.iter().enumerate() {
            let beside = now.beside.entry(*label).or_default();
            if beside.wants_screen(seen.fills) {
                wanting.push(at);
            } else {
                taken.extend(seen.on.clone());
            }
        }
        for at in &wanting {
            let home = now.beside.get(desk.beside[*at].0).and_then(Beside::home);
            wants.push(Wants { known: &known[*at], home });
        }
        let mut given = homes(&desk.screens, &taken, &wants).into_iter();
        let mut all = vec![None; desk.beside.len()];
        for at in wanting {
            all[at] = given.next().flatten();
        }
        all
    }

    /// Puts a window where it belongs, and remembers the screen on which it is.
    fn settle(
        &self,
        desk: &Desk,
        label: &'static str,
        seen: &Seen,
        home: Option<&Screen>,
    ) -> tauri::Result<()> {
        let on = seen.on.as_ref();
        let (place, kept) = {
            let mut now = self.now();
            let beside = now.beside.entry(label).or_default();
            let place = beside.place(&desk.screens, home, on, seen.fills);
            (place, on.and_then(|on| Some((on, beside.keeps(on, seen.fills)?))))
        };
        let window = &seen.window;
        match place {
            Place::Stay => {
                if let Some((on, is_moved)) = kept.filter(|(on, _)| desk.till.on.as_ref() != Some(on)) {
                    self.memory.note_screen(label, on, &desk.screens, is_moved);
                }
            }
            Place::Fill => {
                window.set_fullscreen(false)?;
                if let Some(home) = home {
                    window.set_position(home.corner())?;
                }
                window.set_fullscreen(true)?;
            }
            Place::Shrink => {
                window.set_fullscreen(false)?;
                // What is on no screen cannot be reached by anybody.
                if let Some(screen) = &desk.till.on {
                    window.set_position(screen.corner())?;
                }
                desk.till.window.set_focus()?;
            }
        }
        Ok(())
    }

    /// Tells the pages how the windows stand, when that is not as they were told last.
    fn tell(&self, handle: &AppHandle, desk: &Desk) -> tauri::Result<()> {
        let standings: Vec<_> =
            desk.beside.iter().map(|(label, seen)| self.standing(desk, label, seen)).collect();
        let is_new = std::mem::replace(&mut self.now().told, standings.clone()) != standings;
        if is_new { handle.emit(EVENT, &standings) } else { Ok(()) }
    }

    fn standing(&self, desk: &Desk, label: &'static str, seen: &Seen) -> Standing {
        let now = self.now();
        let beside = now.beside.get(label);
        let view = View {
            hidden: seen.is_minimised || beside.is_some_and(Beside::is_unattended),
            beside_till: !desk.till.is_minimised && (seen.on.is_none() || seen.on == desk.till.on),
            in_front: now.front == Some(label),
            areas: seen.area.zip(desk.till.area),
        };
        Standing {
            window: label,
            fills: seen.fills,
            stranded: beside.is_some_and(Beside::is_stranded),
            in_sight: view.in_sight(),
        }
    }

    /// Whether the kitchen display is to open by itself now: nobody ever opened or closed it here, and there is a screen for it.
    fn opens_kitchen(&self, desk: &Desk) -> bool {
        let is_free = |screen: &&Screen| {
            let is_on = |seen: &Seen| seen.on.as_ref() == Some(*screen);
            !is_on(&desk.till) && !desk.beside.iter().any(|(_, seen)| is_on(seen))
        };
        self.now().offers_kitchen
            && self.memory.was_open(KITCHEN).is_none()
            && desk.screens.iter().any(|screen| is_free(&screen))
    }
}
