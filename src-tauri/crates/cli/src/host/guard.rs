//! What every request passes before anything looks at it.
//!
//! A loopback port is open to every page that the browser shows. Three things keep strangers out: the
//! `Host` header must name this computer (a name that an attacker points at 127.0.0.1 does not), a page
//! that says where it comes from must come from here, and commands carry the token.

use super::api::refuse;
use super::{Host, language};
use crate::words::Phrase;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use fastops_app::wire::FailureCode;
use std::net::IpAddr;

/// Sent with every answer. Scripts and styles are kept by the policy that each page carries itself.
const SECURITY_HEADERS: [(HeaderName, &str); 5] = [
    (header::CONTENT_SECURITY_POLICY, "frame-ancestors 'none'; object-src 'none'; base-uri 'self'"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

pub(super) async fn security_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in SECURITY_HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Answers of the API are never kept by a browser or a proxy.
pub(super) async fn never_stored(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

pub(super) async fn this_computer_only(request: Request, next: Next) -> Response {
    let headers = request.headers();
    let language = language::wanted(headers);
    let host = host_of(&request);
    if !host.as_deref().is_some_and(names_this_computer) {
        return refuse(
            StatusCode::MISDIRECTED_REQUEST,
            FailureCode::NotAllowed,
            Phrase::WrongHost.say(language),
        );
    }
    if !comes_from(headers, host.as_deref().unwrap_or_default()) {
        return refuse(StatusCode::FORBIDDEN, FailureCode::NotAllowed, Phrase::WrongOrigin.say(language));
    }
    next.run(request).await
}

/// Whether the request carries the host's token as `Authorization: Bearer …`.
pub(super) fn bears_token(host: &Host, headers: &HeaderMap) -> bool {
    headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "))
        .is_some_and(|guess| host.token.is(guess.trim()))
}

/// Host and port that the request was sent to: the header, or the address of an absolute request.
fn host_of(request: &Request) -> Option<String> {
    let header = request.headers().get(header::HOST).and_then(|value| value.to_str().ok());
    header.or_else(|| request.uri().authority().map(axum::http::uri::Authority::as_str)).map(str::to_owned)
}

/// Whether `host` (with or without a port) is a name of this computer that no one else can give out.
fn names_this_computer(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(v6) => v6.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name.eq_ignore_ascii_case("localhost") || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// Whether a request that says which page it comes from comes from this host's own.
fn comes_from(headers: &HeaderMap, host: &str) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    origin.to_str().is_ok_and(|origin| {
        origin.strip_prefix("http://").is_some_and(|from| from.eq_ignore_ascii_case(host))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_no_one_can_point_here_are_this_computer() {
        for host in
            ["127.0.0.1", "127.0.0.1:7788", "localhost:7788", "LOCALHOST", "[::1]:7788", "127.9.9.9:1"]
        {
            assert!(names_this_computer(host), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "evil.example:7788",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "192.168.1.5:7788",
            "[::2]:7788",
            "0.0.0.0:7788",
            "[::1",
            "::1",
        ] {
            let expected = host == "[::1";
            assert_eq!(names_this_computer(host), expected, "{host}");
        }
    }

    #[test]
    fn a_page_of_another_origin_is_a_stranger_and_a_program_has_none() {
        let from = |origin: Option<&str>| {
            let mut headers = HeaderMap::new();
            if let Some(origin) = origin {
                headers.insert(header::ORIGIN, origin.parse().unwrap());
            }
            comes_from(&headers, "127.0.0.1:7788")
        };
        assert!(from(None));
        assert!(from(Some("http://127.0.0.1:7788")));
        for origin in [
            "http://evil.example",
            "http://127.0.0.1:7789",
            "http://localhost:7788",
            "https://127.0.0.1:7788",
            "null",
            "http://127.0.0.1:7788.evil.example",
        ] {
            assert!(!from(Some(origin)), "{origin}");
        }
    }
}
