//! The one place that writes to the terminal: sentences for people, JSON for programs.

use crate::exit::Stop;
use crate::words::Phrase;
use fastops_app::Language;
use serde_json::{Value, json};
use std::io::{self, Write};
use std::process::ExitCode;

/// Standard output and standard error, in one language and one form.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Output {
    pub(crate) language: Language,
    json: bool,
}

impl Output {
    pub(crate) const fn new(language: Language, json: bool) -> Self {
        Self { language, json }
    }

    /// A phrase in the reader's language.
    pub(crate) fn words(self, phrase: &Phrase<'_>) -> String {
        phrase.say(self.language)
    }

    /// One line for a person; nothing when a program reads.
    pub(crate) fn say(self, phrase: &Phrase<'_>) {
        if !self.json {
            line(&mut io::stdout().lock(), &self.words(phrase));
        }
    }

    /// Text for a person, as it is.
    pub(crate) fn text(self, text: &str) {
        if !self.json {
            line(&mut io::stdout().lock(), text);
        }
    }

    /// One line for a program; nothing when a person reads.
    pub(crate) fn record(self, value: &Value) {
        if self.json {
            line(&mut io::stdout().lock(), &value.to_string());
        }
    }

    /// A sentence that does not end the program.
    pub(crate) fn warn(self, phrase: &Phrase<'_>) {
        line(&mut io::stderr().lock(), &self.words(phrase));
    }

    /// Says why the program ends.
    pub(crate) fn stop(self, stop: &Stop) -> ExitCode {
        let text = if self.json {
            json!({ "failure": { "code": stop.code, "message": stop.message } }).to_string()
        } else {
            stop.message.clone()
        };
        line(&mut io::stderr().lock(), &text);
        stop.exit.into()
    }
}

/// Writes a line at once. A reader that went away (a closed pipe) is no reason to stop serving.
fn line(to: &mut impl Write, text: &str) {
    let _ = writeln!(to, "{text}").and_then(|()| to.flush());
}
