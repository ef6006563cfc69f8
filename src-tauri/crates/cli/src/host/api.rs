//! Commands over HTTP: `POST /api/v1/<command>` with the request as JSON.

use super::{Host, demo, guard, language, status};
use crate::words::Phrase;
use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{OriginalUri, Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use fastops_app::wire::{Approval, Failure, FailureCode, Secret};
use fastops_app::{Caller, Language};
use serde_json::{Value, json};

/// The header that says who is signed in.
const SESSION: &str = "fastops-session";
/// The headers that say who approves this one call, and prove it.
const APPROVER: &str = "fastops-approver";
const APPROVER_PIN: &str = "fastops-approver-pin";

/// Whether the host is up; asks for nothing and tells nothing else.
pub(super) async fn health() -> Json<Value> {
    Json(json!({ "status": "ok", "version": env!("CARGO_PKG_VERSION") }))
}

/// The description of every command. It is public: it stands in the project's documentation.
pub(super) async fn openapi() -> Json<Value> {
    Json(fastops_app::bindings::openapi(env!("CARGO_PKG_VERSION")))
}

/// Carries out one command.
pub(super) async fn perform(
    State(host): State<Host>,
    Path(command): Path<String>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let language = language::wanted(&headers);
    if !guard::bears_token(&host, &headers) {
        return no_token(language);
    }
    let body = match body {
        Ok(body) => body,
        Err(rejection) => {
            let detail = rejection.body_text();
            let message = Phrase::BodyUnreadable { detail: &detail }.say(language);
            return refuse(rejection.status(), FailureCode::BadRequest, message);
        }
    };
    let request: Value = match serde_json::from_slice(&body) {
        Ok(request) => request,
        Err(error) => {
            let message = Phrase::NotJson { detail: &error.to_string() }.say(language);
            return refuse(StatusCode::BAD_REQUEST, FailureCode::BadRequest, message);
        }
    };
    if let Some(printers) = &host.printers
        && let Some(answer) = demo::perform(printers, &command, &request, language).await
    {
        return answered(answer);
    }
    let session = headers.get(SESSION).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let Ok(approval) = approval(&headers) else {
        let message = Phrase::BadApproval.say(language);
        return refuse(StatusCode::BAD_REQUEST, FailureCode::BadRequest, message);
    };
    let caller = Caller { session, language, approval };
    match host.app.perform_by_name(&caller, &command, request).await {
        Some(answer) => answered(answer),
        None => no_such_command(&command, language),
    }
}

/// Headers that say half of who approves, or what cannot be read.
#[derive(Debug)]
struct BadApproval;

/// Who approves the call; none when its headers say nothing of it.
fn approval(headers: &HeaderMap) -> Result<Option<Approval>, BadApproval> {
    let (user_id, pin) = match (headers.get(APPROVER), headers.get(APPROVER_PIN)) {
        (None, None) => return Ok(None),
        (Some(user_id), Some(pin)) => (user_id, pin),
        _ => return Err(BadApproval),
    };
    let user_id = user_id.to_str().ok().and_then(|value| value.parse().ok()).ok_or(BadApproval)?;
    let pin = Secret(pin.to_str().map_err(|_| BadApproval)?.to_owned());
    Ok(Some(Approval { user_id, pin }))
}

/// A path of the API that is none, or a command that was asked for in another way than POST.
pub(super) async fn no_such_path(OriginalUri(uri): OriginalUri, headers: HeaderMap) -> Response {
    no_such_command(uri.path(), language::wanted(&headers))
}

fn no_such_command(name: &str, language: Language) -> Response {
    let message = Phrase::NoSuchCommand { name }.say(language);
    refuse(StatusCode::NOT_FOUND, FailureCode::BadRequest, message)
}

/// The answer to whoever does not know the token.
pub(super) fn no_token(language: Language) -> Response {
    refuse(StatusCode::UNAUTHORIZED, FailureCode::NotAllowed, Phrase::NoToken.say(language))
}

/// An answer that is in JSON already, or why there is none.
fn answered(answer: Result<Vec<u8>, Failure>) -> Response {
    match answer {
        Ok(json) => ([(CONTENT_TYPE, "application/json")], json).into_response(),
        Err(failure) => (status::of(failure.code), Json(failure)).into_response(),
    }
}

/// A failure that the host itself found.
pub(super) fn refuse(status: StatusCode, code: FailureCode, message: String) -> Response {
    (status, Json(Failure { code, message })).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_approval_is_whole_or_refused() {
        let id = "0198f3a1-0000-7000-8000-000000000001";
        let read = |of: &[(&'static str, &str)]| {
            let headers = of.iter().map(|(name, value)| {
                (axum::http::HeaderName::from_static(name), axum::http::HeaderValue::from_str(value).unwrap())
            });
            approval(&headers.collect())
        };
        assert_eq!(read(&[]).unwrap(), None);
        let whole = read(&[(APPROVER, id), (APPROVER_PIN, "2222")]).unwrap().unwrap();
        assert_eq!((whole.user_id.to_string().as_str(), whole.pin.0.as_str()), (id, "2222"));
        assert!(!format!("{whole:?}").contains("2222"), "no log shows a PIN");
        for half in
            [&[(APPROVER, id)][..], &[(APPROVER_PIN, "2222")], &[(APPROVER, "Luisa"), (APPROVER_PIN, "2222")]]
        {
            assert!(read(half).is_err(), "{half:?}");
        }
    }
}
