//! The windows: how they open, where they may go, and when the program ends with them.

use crate::start::Start;
use crate::words::Phrase;
use fastops_app::wire::{Failure, FailureCode};
use fastops_app::{App, Language};
use std::path::PathBuf;
use tauri::utils::config::WindowConfig;
use tauri::{AppHandle, Manager as _, Monitor, Url, WebviewWindow, WebviewWindowBuilder, WindowEvent, Wry};

/// The point of sale. The program ends with it.
const MAIN: &str = "main";
/// The kitchen display.
const KITCHEN: &str = "kitchen";
/// What guests see of the point of sale, which alone feeds it.
const GUESTS: &str = "guests";
/// Says why the program does not serve yet.
const START: &str = "start";

/// Opens windows as `tauri.conf.json` describes them.
#[derive(Clone, Debug)]
pub(crate) struct Windows {
    /// Where the screens keep what they remember (a cart not sent yet): beside the data it belongs to.
    memory: PathBuf,
}

impl Windows {
    pub(crate) fn new(memory: PathBuf) -> Self {
        Self { memory }
    }

    /// Opens the window that says why the program does not serve yet.
    pub(crate) fn open_start(&self, handle: &AppHandle) -> tauri::Result<()> {
        self.open(handle, START).map(drop)
    }

    /// Opens the point of sale and, if wanted, the kitchen display; they take the place of the start's window.
    pub(crate) fn open_till(&self, handle: &AppHandle, with_kitchen: bool) -> tauri::Result<()> {
        self.open(handle, MAIN)?;
        if with_kitchen {
            self.open_kitchen(handle)?;
        }
        handle.get_webview_window(START).map_or(Ok(()), |start| start.destroy())
    }

    /// Opens the kitchen display, or brings it to the front.
    fn open_kitchen(&self, handle: &AppHandle) -> tauri::Result<()> {
        self.open_beside(handle, KITCHEN)
    }

    /// Opens another window, on a screen of its own where there is one, or brings it to the front.
    fn open_beside(&self, handle: &AppHandle, label: &str) -> tauri::Result<()> {
        if let Some(open) = handle.get_webview_window(label) {
            open.unminimize()?;
            return open.set_focus();
        }
        match self.open(handle, label) {
            Ok(window) => fill_free_screen(handle, &window),
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

    fn open(&self, handle: &AppHandle, label: &str) -> tauri::Result<WebviewWindow> {
        let config = described(&handle.config().app.windows, label).ok_or(tauri::Error::WindowNotFound)?;
        WebviewWindowBuilder::from_config(handle, config)?
            .data_directory(self.memory.clone())
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

fn fill_free_screen(handle: &AppHandle, window: &WebviewWindow) -> tauri::Result<()> {
    if let Some(screen) = free_screen(handle, window)? {
        window.set_position(*screen.position())?;
        window.set_fullscreen(true)?;
    }
    Ok(())
}

/// A screen on which no other window is.
fn free_screen(handle: &AppHandle, window: &WebviewWindow) -> tauri::Result<Option<Monitor>> {
    let mut taken = Vec::new();
    for other in handle.webview_windows().into_values().filter(|other| other.label() != window.label()) {
        taken.extend(other.current_monitor()?.map(|screen| *screen.position()));
    }
    let screens = if taken.is_empty() { Vec::new() } else { handle.available_monitors()? };
    Ok(screens.into_iter().find(|screen| !taken.contains(screen.position())))
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
