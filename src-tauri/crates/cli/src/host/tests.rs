//! The host as a browser and a program meet it, over a real core on a store of its own.

use super::{Host, Screens, Token};
use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use axum::response::Response;
use fastops_app::{App, AppConfig, DemoSetup};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use std::fs;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::{Duration, timeout};
use tower::ServiceExt;

const PATIENCE: Duration = Duration::from_mins(1);

/// A host on the demonstration company, and the strings to pull.
struct Bench {
    folder: TempDir,
    app: App,
    token: Token,
    stop: watch::Sender<bool>,
    host: Host,
}

impl Bench {
    async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let ui = folder.path().join("ui");
        fs::create_dir_all(ui.join("_app/immutable")).unwrap();
        fs::write(ui.join("index.html"), "<!doctype html><title>FastOps</title>").unwrap();
        fs::write(ui.join("_app/immutable/start.js"), "export {};").unwrap();
        fs::write(folder.path().join("secret.txt"), "secret").unwrap();
        let mut config = AppConfig::new(folder.path());
        config.demo = Some(DemoSetup::default());
        let app = App::start(config).await.unwrap();
        let token = Token::of(folder.path()).unwrap();
        let (stop, stopping) = watch::channel(false);
        let host = Host::new(app.clone(), token.clone(), None, Screens::find(&ui), stopping);
        Self { folder, app, token, stop, host }
    }

    fn router(&self) -> Router {
        self.host.clone().router()
    }

    async fn send(&self, request: Request<Body>) -> Response {
        self.router().oneshot(request).await.unwrap()
    }

    async fn get(&self, path: &str) -> Response {
        self.send(from_here(Method::GET, path).body(Body::empty()).unwrap()).await
    }

    /// Posts a command with the token and gives the status and the answer.
    async fn post(&self, command: &str, session: Option<&str>, body: impl Into<Body>) -> (StatusCode, Value) {
        let mut request = from_here(Method::POST, &format!("/api/v1/{command}"))
            .header(header::AUTHORIZATION, format!("Bearer {}", self.token.as_str()))
            .header(header::ACCEPT_LANGUAGE, "en");
        if let Some(session) = session {
            request = request.header("FastOps-Session", session);
        }
        json_of(self.send(request.body(body.into()).unwrap()).await).await
    }

    /// Signs someone of the demonstration in and gives the session.
    async fn sign_in(&self, name: &str, pin: &str) -> String {
        let (_, terminal) = self.post("get_terminal", None, "{}").await;
        let users = terminal["users"].as_array().unwrap();
        let user = users.iter().find(|user| user["name"] == name).unwrap();
        let request = json!({
            "user_id": user["id"], "pin": pin, "terminal_id": terminal["terminals"][0]["id"],
        });
        let (status, answer) = self.post("log_in", None, request.to_string()).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
        answer["session"].as_str().unwrap().to_owned()
    }
}

fn from_here(method: Method, path: &str) -> axum::http::request::Builder {
    Request::builder().method(method).uri(path).header(header::HOST, "127.0.0.1:7788")
}

async fn bytes_of(response: Response) -> Vec<u8> {
    response.into_body().collect().await.unwrap().to_bytes().to_vec()
}

async fn json_of(response: Response) -> (StatusCode, Value) {
    let status = response.status();
    let bytes = bytes_of(response).await;
    (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
}

fn header_of<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

/// The way of a screen: who works here, sign in, the menu; and each refusal with its status.
#[tokio::test]
async fn a_screen_signs_in_and_reads_the_menu() {
    let bench = Bench::start().await;
    let ana = bench.sign_in("Ana", "4444").await;
    let (status, menu) = bench.post("get_menu", Some(&ana), "{}").await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(menu["categories"].as_array().unwrap().len(), 8);

    let (status, failure) = bench.post("get_menu", None, "{}").await;
    assert_eq!((status, &failure["code"]), (StatusCode::UNAUTHORIZED, &json!("not_signed_in")));
    let cook = bench.sign_in("Cocina", "6666").await;
    let (status, failure) = bench.post("get_menu", Some(&cook), "{}").await;
    assert_eq!((status, &failure["code"]), (StatusCode::FORBIDDEN, &json!("not_allowed")));
    bench.app.stop().await;
}

#[tokio::test]
async fn without_the_token_nothing_is_done_and_nothing_is_told() {
    let bench = Bench::start().await;
    let ask = |authorization: Option<String>| {
        let mut request = from_here(Method::POST, "/api/v1/get_terminal");
        if let Some(authorization) = authorization {
            request = request.header(header::AUTHORIZATION, authorization);
        }
        bench.send(request.body(Body::from("{}")).unwrap())
    };
    for authorization in [
        None,
        Some("Bearer ".to_owned()),
        Some(format!("Bearer {}", "0".repeat(32))),
        Some(bench.token.as_str().to_owned()),
    ] {
        let (status, failure) = json_of(ask(authorization).await).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED);
        assert!(failure["message"].as_str().unwrap().contains("clave de acceso"), "{failure}");
    }
    let (status, _) = json_of(ask(Some(format!("Bearer {}", bench.token.as_str()))).await).await;
    assert_eq!(status, StatusCode::OK);
    let (status, _) = json_of(bench.get("/api/v1/events?token=guess").await).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    assert_eq!(bench.get("/api/v1/events").await.status(), StatusCode::UNAUTHORIZED);
    bench.app.stop().await;
}

#[tokio::test]
async fn a_rebound_name_and_a_foreign_page_are_turned_away_even_with_the_token() {
    let bench = Bench::start().await;
    let ask = |host: &str, origin: Option<&str>| {
        let mut request = Request::post("/api/v1/get_terminal")
            .header(header::HOST, host)
            .header(header::AUTHORIZATION, format!("Bearer {}", bench.token.as_str()));
        if let Some(origin) = origin {
            request = request.header(header::ORIGIN, origin);
        }
        bench.send(request.body(Body::from("{}")).unwrap())
    };
    assert_eq!(ask("evil.example:7788", None).await.status(), StatusCode::MISDIRECTED_REQUEST);
    let foreign = ask("127.0.0.1:7788", Some("http://evil.example")).await;
    assert_eq!(foreign.status(), StatusCode::FORBIDDEN);
    assert_eq!(ask("127.0.0.1:7788", Some("http://127.0.0.1:7788")).await.status(), StatusCode::OK);
    let nameless = Request::get("/api/v1/health").body(Body::empty()).unwrap();
    assert_eq!(bench.send(nameless).await.status(), StatusCode::MISDIRECTED_REQUEST);
    bench.app.stop().await;
}

#[tokio::test]
async fn what_is_not_understood_is_answered_with_a_sentence() {
    let bench = Bench::start().await;
    let (status, failure) = bench.post("get_terminal", None, "{not json").await;
    assert_eq!((status, &failure["code"]), (StatusCode::BAD_REQUEST, &json!("bad_request")));
    assert!(failure["message"].as_str().unwrap().contains("not valid JSON"), "{failure}");

    let (status, failure) = bench.post("get_terminal", None, r#"{"colour":"blue"}"#).await;
    assert_eq!((status, &failure["code"]), (StatusCode::BAD_REQUEST, &json!("bad_request")));

    let (status, failure) = bench.post("drop_tables", None, "{}").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(failure["message"].as_str().unwrap().contains("drop_tables"), "{failure}");

    // The demonstration's commands exist only where printers are simulated.
    assert_eq!(bench.post("list_demo_printers", None, "{}").await.0, StatusCode::NOT_FOUND);

    let (status, failure) = bench.post("get_terminal", None, vec![b' '; super::MAX_REQUEST + 1]).await;
    assert_eq!((status, &failure["code"]), (StatusCode::PAYLOAD_TOO_LARGE, &json!("bad_request")));

    for path in ["/api/v1/get_terminal", "/api/v1/a/b"] {
        let (status, failure) = json_of(bench.get(path).await).await;
        assert_eq!((status, &failure["code"]), (StatusCode::NOT_FOUND, &json!("bad_request")), "{path}");
    }
    bench.app.stop().await;
}

#[tokio::test]
async fn health_and_the_description_need_no_token_and_are_never_kept() {
    let bench = Bench::start().await;
    let health = bench.get("/api/v1/health").await;
    assert_eq!(header_of(&health, "cache-control"), "no-store");
    assert_eq!(json_of(health).await.1["status"], "ok");
    let (status, document) = json_of(bench.get("/api/v1/openapi.json").await).await;
    assert_eq!(status, StatusCode::OK);
    assert!(document["paths"]["/api/v1/create_order"]["post"].is_object());
    bench.app.stop().await;
}

#[tokio::test]
async fn the_screens_come_with_their_types_their_keeping_and_the_guards() {
    let bench = Bench::start().await;
    for path in ["/", "/kitchen", "/orders/7?token=x"] {
        let page = bench.get(path).await;
        assert_eq!(page.status(), StatusCode::OK, "{path}");
        assert_eq!(header_of(&page, "content-type"), "text/html", "{path}");
        assert_eq!(header_of(&page, "cache-control"), "no-cache", "{path}");
        assert!(header_of(&page, "content-security-policy").contains("frame-ancestors 'none'"));
        assert_eq!(header_of(&page, "x-content-type-options"), "nosniff");
        assert_eq!(header_of(&page, "referrer-policy"), "no-referrer");
        assert!(bytes_of(page).await.starts_with(b"<!doctype html>"));
    }
    let script = bench.get("/_app/immutable/start.js").await;
    assert_eq!(header_of(&script, "content-type"), "text/javascript");
    assert!(header_of(&script, "cache-control").contains("immutable"));
    for path in ["/_app/immutable/gone.js", "/../secret.txt", "/..%2fsecret.txt", "/%2e%2e/secret.txt"] {
        let missing = bench.get(path).await;
        assert_ne!(bytes_of(missing).await, b"secret", "{path}");
    }
    assert_eq!(bench.get("/_app/immutable/gone.js").await.status(), StatusCode::NOT_FOUND);
    assert!(bench.folder.path().join("secret.txt").exists());
    bench.app.stop().await;
}

/// On a real port: the stream opens for who knows the token, and the host ends although it is open.
#[tokio::test]
async fn the_host_stops_with_streams_open() {
    let bench = Bench::start().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let serving = tokio::spawn(bench.host.clone().serve(listener));
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!(
        "GET /api/v1/events?token={} HTTP/1.1\r\nHost: {address}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        bench.token.as_str()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = vec![0; 12];
    timeout(PATIENCE, stream.read_exact(&mut answer)).await.unwrap().unwrap();
    assert_eq!(answer, b"HTTP/1.1 101");
    bench.stop.send(true).unwrap();
    timeout(PATIENCE, serving).await.unwrap().unwrap().unwrap();
    bench.app.stop().await;
}
