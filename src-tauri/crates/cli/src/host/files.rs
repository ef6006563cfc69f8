//! The screens: static files with the right types, and `index.html` for every address inside the app.

use super::{Host, language};
use crate::words::Phrase;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use std::path::{Path, PathBuf};
use tower::ServiceExt;
use tower_http::services::{ServeDir, ServeFile};

/// Files under this path carry a hash of their content in their names and never change.
const IMMUTABLE: &str = "/_app/immutable/";

/// A folder of built screens.
#[derive(Clone, Debug)]
pub(crate) struct Screens {
    folder: PathBuf,
}

impl Screens {
    /// The screens in `folder`; `None` when there are none.
    pub(crate) fn find(folder: &Path) -> Option<Self> {
        folder.join("index.html").is_file().then(|| Self { folder: folder.to_owned() })
    }

    async fn answer(&self, request: Request) -> Response {
        let (parts, _) = request.into_parts();
        let ask = || {
            let mut request = Request::new(Body::empty());
            request.method_mut().clone_from(&parts.method);
            request.uri_mut().clone_from(&parts.uri);
            request.headers_mut().clone_from(&parts.headers);
            request
        };
        let found = match ServeDir::new(&self.folder).oneshot(ask()).await {
            Ok(found) => found.map(Body::new),
            Err(never) => match never {},
        };
        let response = if found.status() == StatusCode::NOT_FOUND && is_page(&parts.method, &parts.uri) {
            match ServeFile::new(self.folder.join("index.html")).oneshot(ask()).await {
                Ok(page) => page.map(Body::new),
                Err(never) => match never {},
            }
        } else {
            found
        };
        kept(response, parts.uri.path())
    }
}

/// A file, or the page of the app.
pub(super) async fn screen(State(host): State<Host>, request: Request) -> Response {
    if let Some(screens) = &host.screens {
        return screens.answer(request).await;
    }
    let message = Phrase::NoScreensHere.say(language::wanted(request.headers()));
    (StatusCode::NOT_FOUND, message).into_response()
}

/// Whether an address without a file is a place inside the app. A missing script is not: a browser that
/// is handed a page for it reports nonsense.
fn is_page(method: &Method, uri: &Uri) -> bool {
    let last = uri.path().rsplit('/').next().unwrap_or_default();
    matches!(*method, Method::GET | Method::HEAD) && !last.contains('.') && !uri.path().starts_with("/api/")
}

/// Says how long a browser may keep the file.
fn kept(mut response: Response, path: &str) -> Response {
    let rule = if path.starts_with(IMMUTABLE) && response.status().is_success() {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(rule));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_the_app_are_pages_and_missing_files_are_not() {
        let page = |path: &str| is_page(&Method::GET, &path.parse().unwrap());
        assert!(page("/"));
        assert!(page("/kitchen"));
        assert!(page("/orders/019a-b"));
        assert!(!page("/_app/immutable/chunks/x.js"));
        assert!(!page("/favicon.ico"));
        assert!(!page("/api/v2/health"));
        assert!(!is_page(&Method::POST, &"/kitchen".parse().unwrap()));
    }
}
