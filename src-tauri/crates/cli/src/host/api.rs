//! Commands over HTTP: `POST /api/v1/<command>` with the request as JSON.

use super::{Host, demo, guard, language, status};
use crate::words::Phrase;
use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{OriginalUri, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use fastops_app::wire::{Failure, FailureCode};
use fastops_app::{Caller, Language};
use serde_json::{Value, json};

/// The header that says who is signed in.
const SESSION: &str = "fastops-session";

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
    let caller = Caller { session, language };
    match host.app.perform_by_name(&caller, &command, request).await {
        Some(answer) => answered(answer),
        None => no_such_command(&command, language),
    }
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

fn answered(answer: Result<Value, Failure>) -> Response {
    match answer {
        Ok(value) => Json(value).into_response(),
        Err(failure) => (status::of(failure.code), Json(failure)).into_response(),
    }
}

/// A failure that the host itself found.
pub(super) fn refuse(status: StatusCode, code: FailureCode, message: String) -> Response {
    (status, Json(Failure { code, message })).into_response()
}
