//! Says why the program ends, where the person can see it.
//!
//! No window of ours is open and perhaps none can be, so the operating system's own dialog says it, and
//! standard error says the same.

use crate::words::Phrase;
use fastops_app::Language;
use fastops_app::wire::Failure;
use rfd::{MessageButtons, MessageDialog, MessageLevel};
use std::io::Write as _;
use std::process::ExitCode;

/// Says it, waits until the person has read it, and gives the program's exit code.
pub(crate) fn show(failure: &Failure, language: Language) -> ExitCode {
    tracing::debug!(code = ?failure.code, "the program does not start");
    // Where standard error is closed there is still the dialog.
    let _ = writeln!(std::io::stderr(), "{}", failure.message);
    if has_screen() {
        MessageDialog::new()
            .set_level(MessageLevel::Error)
            .set_title("FastOps")
            .set_description(&failure.message)
            .set_buttons(MessageButtons::OkCustom(Phrase::Close.in_language(language)))
            .show();
    }
    ExitCode::FAILURE
}

/// Whether a window can appear: without a display server the toolkit would wait for one for ever.
pub(crate) fn has_screen() -> bool {
    is_screen(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

fn is_screen(is_set: impl Fn(&str) -> bool) -> bool {
    !cfg!(target_os = "linux") || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::is_screen;

    #[test]
    fn a_window_needs_a_display_server() {
        assert!(is_screen(|name| name == "DISPLAY"));
        assert!(is_screen(|name| name == "WAYLAND_DISPLAY"));
        assert!(!is_screen(|_| false));
    }
}
