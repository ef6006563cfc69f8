//! The windows: how they open, where they may go, and when the program ends with them.

mod memory;
mod places;

use crate::start::Start;
use crate::words::Phrase;
use fastops_app::wire::{Failure, FailureCode};
use fastops_app::{App, Language};
use memory::Memory;
use places::{Beside, Corner, Place, place};
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tauri::utils::config::WindowConfig;
use tauri::{AppHandle, Manager as _, Url, WebviewWindow, WebviewWindowBuilder, WindowEvent, Wry};

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
/// Time between two looks at which screens there are.
const LOOK: Duration = Duration::from_secs(1);

/// Opens windows as `tauri.conf.json` describes them.
#[derive(Clone, Debug)]
pub(crate) struct Windows {
    /// Where the screens keep what they remember (a cart not sent yet): beside the data it belongs to.
    folder: PathBuf,
    memory: Memory,
    /// Windows that have no screen of their own yet, or not any more.
    waiting: Arc<Mutex<HashSet<&'static str>>>,
    /// With which screens each window was put in its place last.
    settled: Arc<Mutex<HashMap<&'static str, Vec<Corner>>>>,
}

impl Windows {
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self { memory: Memory::new(&folder), folder, waiting: Arc::default(), settled: Arc::default() }
    }

    /// Opens the window that says why the program does not serve yet.
    pub(crate) fn open_start(&self, handle: &AppHandle) -> tauri::Result<()> {
        self.open(handle, START).map(drop)
    }

    /// Opens the point of sale and, if wanted, the kitchen display; they take the place of the start's window. What else was open when the
    /// program ended is open again.
    pub(crate) fn open_till(&self, handle: &AppHandle, with_kitchen: bool) -> tauri::Result<()> {
        self.open(handle, MAIN)?;
        let kept = self.memory.open(&BESIDE);
        for label in BESIDE {
            if kept.contains(&label) || with_kitchen && label == KITCHEN {
                self.open_beside(handle, label)?;
            }
        }
        tauri::async_runtime::spawn(self.clone().look_after(handle.clone()));
        handle.get_webview_window(START).map_or(Ok(()), |start| start.destroy())
    }

    /// Opens the kitchen display, or brings it to the front.
    fn open_kitchen(&self, handle: &AppHandle) -> tauri::Result<()> {
        self.open_beside(handle, KITCHEN)
    }

    /// Opens another window, on a screen of its own where there is one, or brings it to the front.
    fn open_beside(&self, handle: &AppHandle, label: &'static str) -> tauri::Result<()> {
        if let Some(open) = handle.get_webview_window(label) {
            open.unminimize()?;
            return open.set_focus();
        }
        match self.open(handle, label) {
            Ok(window) => {
                self.memory.note(label, true);
                self.waiting().insert(label);
                self.settle(handle, &window, label)
            }
            // Two taps at once: the other one opens it.
            Err(tauri::Error::WindowLabelAlreadyExists(_) | tauri::Error::WebviewLabelAlreadyExists(_)) => {
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    /// The same for a screen that asks for it.
    pub(crate) fn show_kitchen(&self, handle: &AppHandle, language: Language) -> Result<(), Failure> {
        self.open_kitchen(handle).map_err(|error| not_opened(&error, language))
    }

    /// Opens the guests' window for a screen that asks for it.
    pub(crate) fn show_guests(&self, handle: &AppHandle, language: Language) -> Result<(), Failure> {
        self.open_beside(handle, GUESTS).map_err(|error| not_opened(&error, language))
    }

    /// Keeps the windows beside the till on screens of their own while the program runs.
    async fn look_after(self, handle: AppHandle) {
        while handle.get_webview_window(MAIN).is_some() {
            for label in BESIDE {
                let Some(window) = handle.get_webview_window(label) else { continue };
                if let Err(error) = self.settle(&handle, &window, label) {
                    tracing::warn!(%error, label, "a window cannot be put on its screen");
                }
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Puts a window beside the till where it belongs.
    fn settle(&self, handle: &AppHandle, window: &WebviewWindow, label: &'static str) -> tauri::Result<()> {
        let screens: Vec<Corner> =
            handle.available_monitors()?.iter().map(|screen| *screen.position()).collect();
        let mut taken = Vec::new();
        for other in handle.webview_windows().into_values().filter(|other| other.label() != label) {
            taken.extend(other.current_monitor()?.map(|screen| *screen.position()));
        }
        let beside = Beside {
            on: window.current_monitor()?.map(|screen| *screen.position()),
            fills: window.is_fullscreen()?,
            waits: self.waiting().contains(label),
            settled: self.settled().get(label) == Some(&screens),
        };
        let place = place(&screens, &taken, beside);
        if place != Place::Stay {
            self.settled().insert(label, screens.clone());
        }
        match place {
            Place::Stay => {}
            Place::Fill(screen) => {
                self.waiting().remove(label);
                window.set_fullscreen(false)?;
                window.set_position(screen)?;
                window.set_fullscreen(true)?;
            }
            Place::Shrink => {
                self.waiting().insert(label);
                window.set_fullscreen(false)?;
                // What is on no screen cannot be reached by anybody.
                if let Some(screen) = screens.first() {
                    window.set_position(*screen)?;
                }
                if let Some(till) = handle.get_webview_window(MAIN) {
                    till.set_focus()?;
                }
            }
        }
        Ok(())
    }

    fn waiting(&self) -> MutexGuard<'_, HashSet<&'static str>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn settled(&self) -> MutexGuard<'_, HashMap<&'static str, Vec<Corner>>> {
        self.settled.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A person closed a window beside the till: it is not opened again by itself.
    fn closed(&self, label: &str) {
        self.memory.note(label, false);
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

/// Ends the program when the point of sale is closed: no other window alone could bring it back. While a
/// backup is being restored, the window that says so stays.
pub(crate) fn on_event(window: &tauri::Window<Wry>, event: &WindowEvent) {
    let handle = window.app_handle();
    match (window.label(), event) {
        (MAIN, WindowEvent::Destroyed) => handle.exit(0),
        (label, WindowEvent::CloseRequested { .. }) if BESIDE.contains(&label) => {
            handle.state::<Windows>().closed(label);
        }
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
