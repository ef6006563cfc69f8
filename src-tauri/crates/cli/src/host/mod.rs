//! The HTTP host: the core's commands as POST requests, its events on a WebSocket, the screens as files.
//!
//! It listens on this computer only and asks every request for the token that it printed at the start.
//! A web page of another origin can reach a loopback port too, so the host's name and the page's origin
//! are checked as well ([`guard`]).
//!
//! Architecture invariant: nothing here decides about the business; a request goes to
//! `App::perform_by_name` and what that says goes back.

mod api;
mod demo;
mod events;
mod files;
mod guard;
mod language;
mod status;
#[cfg(test)]
mod tests;
mod token;

pub(crate) use demo::bindings as demo_bindings;
pub(crate) use files::Screens;
pub(crate) use token::Token;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::{any, get};
use fastops_app::App;
use fastops_printer_sim::DemoPrinters;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::time::{Duration, timeout};

/// Largest request, in bytes: a file of products of 5 MiB, in base64, and the marks of its rows.
const MAX_REQUEST: usize = 8 * 1024 * 1024;
/// How long answers under way may take once the host stops.
const FAREWELL: Duration = Duration::from_secs(5);

/// What every request needs.
#[derive(Clone, Debug)]
pub(crate) struct Host {
    inner: Arc<Inner>,
}

#[derive(Debug)]
pub(crate) struct Inner {
    app: App,
    token: Token,
    /// The simulated printers, in a demonstration that has them.
    printers: Option<Arc<DemoPrinters>>,
    screens: Option<Screens>,
    /// Turns true when the host stops: open WebSockets end.
    stopping: watch::Receiver<bool>,
}

impl std::ops::Deref for Host {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.inner
    }
}

impl Host {
    pub(crate) fn new(
        app: App,
        token: Token,
        printers: Option<Arc<DemoPrinters>>,
        screens: Option<Screens>,
        stopping: watch::Receiver<bool>,
    ) -> Self {
        Self { inner: Arc::new(Inner { app, token, printers, screens, stopping }) }
    }

    /// Every route, with what guards them.
    pub(crate) fn router(self) -> Router {
        let api = Router::new()
            .route("/health", get(api::health))
            .route("/openapi.json", get(api::openapi))
            .route("/events", get(events::events))
            .route("/{command}", axum::routing::post(api::perform))
            .fallback(api::no_such_path)
            .method_not_allowed_fallback(api::no_such_path)
            .layer(middleware::from_fn(guard::never_stored));
        Router::new()
            .nest("/api/v1", api)
            .fallback(any(files::screen))
            .layer(DefaultBodyLimit::max(MAX_REQUEST))
            .layer(middleware::from_fn(guard::this_computer_only))
            .layer(middleware::from_fn(guard::security_headers))
            .with_state(self)
    }

    /// Answers requests until `stopping` turns true, and a little longer for those under way.
    pub(crate) async fn serve(self, listener: TcpListener) -> std::io::Result<()> {
        let mut stopping = self.stopping.clone();
        let mut farewell = self.stopping.clone();
        let stopped = async move {
            let _ = stopping.wait_for(|stop| *stop).await;
        };
        let serving = axum::serve(listener, self.router()).with_graceful_shutdown(stopped);
        let late = async move {
            let _ = farewell.wait_for(|stop| *stop).await;
            let _ = timeout(FAREWELL, std::future::pending::<()>()).await;
        };
        tokio::select! {
            result = serving.into_future() => result,
            () = late => Ok(()),
        }
    }
}
