//! The windows: how they open, where they may go, and when the program ends with them.

mod look;
mod memory;
mod places;
mod screens;
mod sight;

use crate::start::Start;
use crate::words::Phrase;
use fastops_app::wire::{Failure, FailureCode};
use fastops_app::{App, Language};
use memory::Memory;
use places::Beside;
pub(crate) use sight::Standing;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tauri::utils::config::WindowConfig;
use tauri::{AppHandle, Manager as _, Url, WebviewWindow, WebviewWindowBuilder, WindowEvent, Wry};
use tokio::sync::Notify;

/// The point of sale. The program ends with it.
const MAIN: &str = "main";
/// The kitchen display.
const KITCHEN: &str = "kitchen";
/// What guests see of the point of sale, which alone feeds it.
const GUESTS: &str = "guests";
/// Says why the program does not serve yet.
const START: &str = "start";

/// Windows beside the till, each on a screen of its own where there is one.
const BESIDE: [&str; 2] = [KITCHEN, GUESTS];

/// Opens windows as `tauri.conf.json` describes them.
#[derive(Clone, Debug)]
pub(crate) struct Windows {
    /// Where the screens keep what they remember (a cart not sent yet): beside the data it belongs to.
    folder: PathBuf,
    memory: Memory,
    now: Arc<Mutex<Now>>,
    /// Something is to be looked at before the next second.
    wake: Arc<Notify>,
}

/// How the windows stand.
#[derive(Debug, Default)]
struct Now {
    beside: HashMap<&'static str, Beside>,
    /// The window that a person came to last.
    front: Option<&'static str>,
    /// Whether the kitchen display is to open by itself where it has a screen.
    offers_kitchen: bool,
    /// What the pages were told last.
    told: Vec<Standing>,
}

impl Windows {
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self { memory: Memory::new(&folder), folder, now: Arc::default(), wake: Arc::default() }
    }

    /// Opens the window that says why the program does not serve yet.
    pub(crate) fn open_start(&self, handle: &AppHandle) -> tauri::Result<()> {
        self.open(handle, START).map(drop)
    }

    /// Opens the point of sale and, if wanted, the kitchen display; they take the place of the start's window. What else was open when the
    /// program ended is open again.
    pub(crate) fn open_till(&self, handle: &AppHandle, with_kitchen: bool) -> tauri::Result<()> {
        self.open(handle, MAIN)?;
        for label in BESIDE {
            if self.memory.was_open(label) == Some(true) || with_kitchen && label == KITCHEN {
                let returns = !self.memory.screens(label).is_empty();
                self.open_beside(handle, label, returns)?;
            }
        }
        tauri::async_runtime::spawn(self.clone().look_after(handle.clone()));
        handle.get_webview_window(START).map_or(Ok(()), |start| start.destroy())
    }

    /// Opens another window, on a screen of its own where there is one, or brings it to the front. One that `returns` looks
    /// for the screen that it had.
    fn open_beside(&self, handle: &AppHandle, label: &'static str, returns: bool) -> tauri::Result<()> {
        if let Some(open) = handle.get_webview_window(label) {
            self.attend(label);
            open.unminimize()?;
            return open.set_focus();
        }
        match self.open(handle, label) {
            Ok(_) => {
                self.memory.note_open(label, true);
                let mut now = self.now();
                now.beside.insert(label, Beside::new(returns));
                now.front = Some(label);
                self.wake.notify_one();
                Ok(())
            }
            // Two taps at once: the other one opens it.
            Err(tauri::Error::WindowLabelAlreadyExists(_) | tauri::Error::WebviewLabelAlreadyExists(_)) => {
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    /// Opens the kitchen display for a screen that asks for it, or brings it to the front.
    pub(crate) fn show_kitchen(&self, handle: &AppHandle, language: Language) -> Result<(), Failure> {
        self.open_beside(handle, KITCHEN, false).map_err(|error| not_opened(&error, language))
    }

    /// The same of the guests' window.
    pub(crate) fn show_guests(&self, handle: &AppHandle, language: Language) -> Result<(), Failure> {
        self.open_beside(handle, GUESTS, false).map_err(|error| not_opened(&error, language))
    }

    /// There is something for a kitchen display to show: it opens by itself as soon as it has a screen, unless it was opened here
    /// before and a person closed it.
    pub(crate) fn offer_kitchen(&self) {
        self.now().offers_kitchen = true;
        self.wake.notify_one();
    }

    /// How each window beside the till stands.
    pub(crate) fn standings(&self) -> Vec<Standing> {
        self.now().told.clone()
    }

    /// A person is at the window, wherever it is.
    pub(crate) fn attend(&self, label: &str) {
        let mut now = self.now();
        let Some(label) = BESIDE.into_iter().find(|beside| *beside == label) else { return };
        now.front = Some(label);
        if let Some(beside) = now.beside.get_mut(label) {
            beside.attend();
        }
        self.wake.notify_one();
    }

    /// Has the window fill its screen, or no longer.
    pub(crate) fn turn_full_screen(&self, window: &WebviewWindow, language: Language) -> Result<(), Failure> {
        let turned = window.is_fullscreen().and_then(|fills| window.set_fullscreen(!fills));
        self.wake.notify_one();
        turned.map_err(|error| not_turned(&error, language))
    }

    /// A window came to the front, whoever brought it there.
    fn came_to_front(&self, label: &str) {
        let Some(label) = [MAIN, KITCHEN, GUESTS].into_iter().find(|known| *known == label) else { return };
        let mut now = self.now();
        now.front = Some(label);
        if let Some(beside) = now.beside.get_mut(label) {
            beside.come_to_front();
        }
        self.wake.notify_one();
    }

    /// A person closed a window beside the till: it is not opened again by itself.
    fn closed(&self, label: &str) {
        self.memory.note_open(label, false);
        self.now().beside.remove(label);
        self.wake.notify_one();
    }

    fn now(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn open(&self, handle: &AppHandle, label: &str) -> tauri::Result<WebviewWindow> {
        let config = described(&handle.config().app.windows, label).ok_or(tauri::Error::WindowNotFound)?;
        WebviewWindowBuilder::from_config(handle, config)?
            .data_directory(self.folder.clone())
            .on_navigation(is_ours)
            .build()
    }
}

/// Why a window is not there.
pub(crate) fn not_opened(error: &tauri::Error, language: Language) -> Failure {
    tracing::error!(%error, "a window could not be opened");
    Phrase::NoWindow { cause: error.to_string() }.into_failure(FailureCode::Internal, language)
}

/// Why a window is as large as before.
fn not_turned(error: &tauri::Error, language: Language) -> Failure {
    tracing::error!(%error, "a window could not be made to fill its screen, or no longer");
    Phrase::NotTurned { cause: error.to_string() }.into_failure(FailureCode::Internal, language)
}

/// Ends the program when the point of sale is closed: no other window alone could bring it back. While a
/// backup is being restored, the window that says so stays.
pub(crate) fn on_event(window: &tauri::Window<Wry>, event: &WindowEvent) {
    let handle = window.app_handle();
    match (window.label(), event) {
        (MAIN, WindowEvent::Destroyed) => handle.exit(0),
        (label, WindowEvent::CloseRequested { .. }) if BESIDE.contains(&label) => {
            handle.state::<Windows>().closed(label);
        }
        (label, WindowEvent::Focused(true)) => handle.state::<Windows>().came_to_front(label),
        (START, WindowEvent::CloseRequested { api, .. }) if handle.state::<Start>().is_busy() => {
            api.prevent_close();
        }
        (START, WindowEvent::Destroyed) if handle.try_state::<App>().is_none() => handle.exit(1),
        _ => {}
    }
}

fn described<'a>(windows: &'a [WindowConfig], label: &str) -> Option<&'a WindowConfig> {
    windows.iter().find(|window| window.label == label)
}

/// A window shows the program's own pages and nothing else.
fn is_ours(url: &Url) -> bool {
    url.scheme() == "tauri" || matches!(url.host_str(), Some("tauri.localhost"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_stays_with_the_programs_own_pages() {
        for ours in
            ["tauri://localhost/kitchen", "http://tauri.localhost/", "https://tauri.localhost/kitchen"]
        {
            assert!(is_ours(&ours.parse().unwrap()), "{ours}");
        }
        for other in [
            "https://example.com/",
            "http://localhost:5173/",
            "http://tauri.localhost.example.com/",
            "file:///etc/hostname",
            "data:text/html,x",
            "javascript:alert(1)",
        ] {
            assert!(!is_ours(&other.parse().unwrap()), "{other}");
        }
    }
}
