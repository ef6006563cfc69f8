//! A request on its way from a screen to the core.
//!
//! A screen sends `{ request, session, language }`, and `approval: { user_id, pin }` when somebody else lets the call through. What cannot be read is refused as the core
//! refuses everything else, with a code and a sentence, so that a screen knows one kind of failure.

use fastops_app::wire::{Approval, Failure};
use fastops_app::{App, Caller, Command, Language, Refusal};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tauri::ipc::{CommandArg, CommandItem, InvokeBody, InvokeError};
use tauri::{Manager as _, Runtime};

/// One request, who makes it, and the core that carries it out.
pub(super) struct Call<C> {
    app: App,
    caller: Caller,
    request: C,
}

impl<C: Command> Call<C> {
    pub(super) async fn perform(self) -> Result<C::Answer, Failure> {
        self.app.perform(&self.caller, self.request).await
    }

    /// The language of whoever asks.
    pub(super) fn language(&self) -> Language {
        self.caller.language
    }
}

impl<'de, C: Command, R: Runtime> CommandArg<'de, R> for Call<C> {
    fn from_command(item: CommandItem<'de, R>) -> Result<Self, InvokeError> {
        let (caller, request) = read(item.name, item.message.payload())?;
        let app = App::clone(&item.message.webview_ref().state::<App>());
        Ok(Self { app, caller, request })
    }
}

#[derive(Deserialize)]
struct Envelope<C> {
    request: C,
    session: Option<String>,
    language: Language,
    approval: Option<Approval>,
}

fn read<C: DeserializeOwned>(command: &'static str, body: &InvokeBody) -> Result<(Caller, C), Failure> {
    let InvokeBody::Json(json) = body else {
        return Err(refuse(command, Language::default(), "bytes instead of JSON".into()));
    };
    let Envelope { request, session, language, approval } = Envelope::<C>::deserialize(json)
        .map_err(|error| refuse(command, language_of(json), error.to_string()))?;
    Ok((Caller { session, language, approval }, request))
}

fn refuse(command: &'static str, language: Language, detail: String) -> Failure {
    Refusal::BadRequest { detail }.into_failure(language, command)
}

/// The language of a request that could not be read as a whole.
fn language_of(json: &Value) -> Language {
    json["language"].as_str().and_then(Language::from_code).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use fastops_app::wire::{FailureCode, GetMenu};
    use serde_json::json;

    fn read_menu(body: Value) -> Result<(Caller, GetMenu), Failure> {
        read("get_menu", &InvokeBody::Json(body))
    }

    #[test]
    fn a_request_carries_its_session_and_language() {
        let body = json!({ "request": {}, "session": "secret", "language": "en" });
        let (caller, GetMenu {}) = read_menu(body).unwrap();
        assert_eq!(caller.session.as_deref(), Some("secret"));
        assert_eq!(caller.language, Language::En);
    }

    #[test]
    fn nobody_signed_in_is_a_request_without_a_session() {
        let (caller, _) = read_menu(json!({ "request": {}, "session": null, "language": "es" })).unwrap();
        assert_eq!((caller.session, caller.approval), (None, None));
    }

    #[test]
    fn a_request_carries_who_approves_it_and_no_log_shows_the_pin() {
        let approval = json!({ "user_id": "0198f3a1-0000-7000-8000-000000000001", "pin": "2222" });
        let body = json!({ "request": {}, "session": "secret", "language": "en", "approval": approval });
        let (caller, _) = read_menu(body).unwrap();
        assert!(!format!("{caller:?}").contains("2222"));
        assert_eq!(caller.approval.unwrap().pin.0, "2222");
    }

    #[test]
    fn what_cannot_be_read_is_refused_with_a_code_and_a_sentence_in_the_language_of_the_screen() {
        let spanish =
            read_menu(json!({ "request": { "page": 2 }, "session": null, "language": "es" })).unwrap_err();
        let english =
            read_menu(json!({ "request": { "page": 2 }, "session": null, "language": "en" })).unwrap_err();
        for failure in [&spanish, &english] {
            assert_eq!(failure.code, FailureCode::BadRequest);
            assert!(failure.message.contains("page"), "{failure}");
        }
        assert_ne!(spanish.message, english.message);
        assert_eq!(read_menu(json!([])).unwrap_err().code, FailureCode::BadRequest);
        let bytes = read::<GetMenu>("get_menu", &InvokeBody::Raw(vec![1])).unwrap_err();
        assert_eq!(bytes.code, FailureCode::BadRequest);
    }
}
