//! Says why the program did not start, where the person can see it.
//!
//! No window of ours is open yet and perhaps none can be, so the operating system's own dialog says
//! it, and standard error says the same.

use crate::words::Phrase;
use fastops_app::wire::Failure;
use fastops_app::{Language, RecoveryOffer};
use rfd::{MessageButtons, MessageDialog, MessageDialogResult, MessageLevel};
use std::io::Write as _;
use std::process::ExitCode;

/// Says it, waits until the person has read it, and gives the program's exit code.
pub(crate) fn show(failure: &Failure, language: Language) -> ExitCode {
    tracing::debug!(code = ?failure.code, "the program does not start");
    // Where standard error is closed there is still the dialog.
    let _ = writeln!(std::io::stderr(), "{}", failure.message);
    if has_screen(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty())) {
        MessageDialog::new()
            .set_level(MessageLevel::Error)
            .set_title("FastOps")
            .set_description(&failure.message)
            .set_buttons(MessageButtons::OkCustom(Phrase::Close.in_language(language)))
            .show();
    }
    ExitCode::FAILURE
}

/// Says it, and asks whether the offered backup shall take the place of what cannot be used. Without a screen
/// nobody can answer, and nothing is restored.
pub(crate) fn is_accepted(failure: &Failure, offer: &RecoveryOffer, language: Language) -> bool {
    let _ = writeln!(std::io::stderr(), "{}", failure.message);
    if !has_screen(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty())) {
        return false;
    }
    let (restore, quit) = (offer.button(language), Phrase::Quit.in_language(language));
    let answer = MessageDialog::new()
        .set_level(MessageLevel::Error)
        .set_title("FastOps")
        .set_description(&failure.message)
        .set_buttons(MessageButtons::OkCancelCustom(restore.clone(), quit))
        .show();
    match answer {
        MessageDialogResult::Ok | MessageDialogResult::Yes => true,
        MessageDialogResult::Custom(pressed) => pressed == restore,
        MessageDialogResult::Cancel | MessageDialogResult::No => false,
    }
}

/// Whether a dialog can appear: without a display server the toolkit would wait for one for ever.
fn has_screen(is_set: impl Fn(&str) -> bool) -> bool {
    !cfg!(target_os = "linux") || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::has_screen;

    #[test]
    fn a_dialog_needs_a_display_server() {
        assert!(has_screen(|name| name == "DISPLAY"));
        assert!(has_screen(|name| name == "WAYLAND_DISPLAY"));
        assert!(!has_screen(|_| false));
    }
}
