//! Events on a WebSocket: one JSON text for each, as they happen.
//!
//! A client that cannot keep up is told so and let go: it connects again and asks for everything anew,
//! which is cheaper than a core that waits. The token travels in the address, because a browser gives
//! no way to set a header here.

use super::{Host, api, language};
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, WebSocketUpgrade, close_code};
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use fastops_app::wire::EventEnvelope;
use serde::Deserialize;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;
use tokio::time::{Duration, Instant, interval_at, timeout};

/// How often a silent client is asked whether it is there.
const PING_EVERY: Duration = Duration::from_secs(15);
/// Pings without any answer before the client is given up.
const PINGS_UNANSWERED: u32 = 2;
/// How long one message may take to leave.
const SEND_WITHIN: Duration = Duration::from_secs(5);
/// Clients send nothing but pongs.
const MAX_FROM_CLIENT: usize = 4 * 1024;

#[derive(Debug, Deserialize)]
pub(super) struct Credentials {
    #[serde(default)]
    token: String,
}

/// Opens the stream for a client that knows the token.
pub(super) async fn events(
    State(host): State<Host>,
    Query(given): Query<Credentials>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    if !host.token.is(&given.token) {
        return api::no_token(language::wanted(&headers));
    }
    let upgrade = match upgrade {
        Ok(upgrade) => upgrade,
        Err(rejection) => return rejection.into_response(),
    };
    // Subscribed before the client hears that it is connected: what it then asks for is not older.
    let events = host.app.subscribe();
    let stopping = host.stopping.clone();
    upgrade.max_message_size(MAX_FROM_CLIENT).on_upgrade(move |socket| forward(socket, events, stopping))
}

/// Why a stream ends.
#[derive(Debug, PartialEq, Eq)]
enum End {
    /// The client left, or its connection is dead: there is no one to tell.
    Gone,
    /// The client missed events.
    Lagging,
    /// The host stops.
    Stopping,
}

async fn forward(mut socket: WebSocket, events: Receiver<EventEnvelope>, stopping: watch::Receiver<bool>) {
    let (code, reason) = match pump(&mut socket, events, stopping).await {
        End::Gone => return,
        End::Lagging => (close_code::AGAIN, "too slow: connect again and ask for everything"),
        End::Stopping => (close_code::AWAY, "the host stops"),
    };
    let frame = CloseFrame { code, reason: Utf8Bytes::from_static(reason) };
    let _ = timeout(SEND_WITHIN, socket.send(Message::Close(Some(frame)))).await;
}

async fn pump(
    socket: &mut WebSocket,
    mut events: Receiver<EventEnvelope>,
    mut stopping: watch::Receiver<bool>,
) -> End {
    let mut pings = interval_at(Instant::now() + PING_EVERY, PING_EVERY);
    let mut unanswered = 0;
    loop {
        let message = tokio::select! {
            _ = stopping.wait_for(|stop| *stop) => return End::Stopping,
            event = events.recv() => match event {
                Ok(event) => match serde_json::to_string(&event) {
                    Ok(text) => Message::Text(text.into()),
                    Err(error) => {
                        tracing::error!(%error, "an event could not be written");
                        return End::Lagging;
                    }
                },
                Err(RecvError::Lagged(_)) => return End::Lagging,
                Err(RecvError::Closed) => return End::Stopping,
            },
            heard = socket.recv() => match heard {
                Some(Ok(Message::Close(_)) | Err(_)) | None => return End::Gone,
                Some(Ok(_)) => {
                    unanswered = 0;
                    continue;
                }
            },
            _ = pings.tick() => {
                if unanswered == PINGS_UNANSWERED {
                    return End::Gone;
                }
                unanswered += 1;
                Message::Ping(axum::body::Bytes::new())
            }
        };
        match timeout(SEND_WITHIN, socket.send(message)).await {
            Ok(Ok(())) => {}
            Ok(Err(_)) | Err(_) => return End::Gone,
        }
    }
}
