//! Holds the windows to what they promise: no code but the program's own, no file system, no shell,
//! no page from elsewhere. Each is a line of configuration that is easily widened and hardly missed.

use serde_json::Value;
use std::collections::BTreeSet;

const CONFIG: &str = include_str!("../tauri.conf.json");
const CAPABILITIES: [&str; 4] = [
    include_str!("../capabilities/main.json"),
    include_str!("../capabilities/kitchen.json"),
    include_str!("../capabilities/guests.json"),
    include_str!("../capabilities/start.json"),
];

/// Everything that a window may ask of Tauri. A longer list is a decision, not an accident.
const PERMISSIONS: [&str; 2] = ["core:event:allow-listen", "core:event:allow-unlisten"];

fn parse(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn strings<'a>(list: &'a Value, key: &str) -> Vec<&'a str> {
    let items = list.as_array().unwrap().iter();
    items.map(|item| if key.is_empty() { item } else { &item[key] }.as_str().unwrap()).collect()
}

#[test]
fn each_window_has_one_capability_of_its_own() {
    let config = parse(CONFIG);
    let windows = strings(&config["app"]["windows"], "label");
    assert_eq!(windows, ["main", "kitchen", "guests", "start"]);
    assert_eq!(strings(&config["app"]["security"]["capabilities"], ""), windows);
    for (text, window) in CAPABILITIES.into_iter().zip(windows) {
        let capability = parse(text);
        assert_eq!(capability["identifier"], window);
        assert_eq!(strings(&capability["windows"], ""), [window]);
    }
    let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/capabilities")).unwrap();
    assert_eq!(files.count(), CAPABILITIES.len(), "a capability file that no test reads");
}

#[test]
fn a_window_asks_tauri_for_events_only() {
    let granted: BTreeSet<String> = CAPABILITIES
        .into_iter()
        .map(parse)
        .flat_map(|capability| {
            strings(&capability["permissions"], "").into_iter().map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(granted, PERMISSIONS.map(str::to_owned).into());
    for capability in CAPABILITIES.map(parse) {
        assert!(capability.get("remote").is_none(), "a page from elsewhere may call commands");
    }
}

#[test]
fn the_pages_run_no_code_but_the_programs_own() {
    let config = parse(CONFIG);
    let security = &config["app"]["security"];
    let policy = security["csp"].as_object().unwrap();
    assert_eq!(policy["default-src"], "'none'");
    assert_eq!(policy["script-src"], "'self'");
    // The framework's announcer for screen readers carries one inline style, named by its hash.
    let (announcer, others): (Vec<_>, Vec<_>) =
        policy.iter().partition(|(directive, _)| *directive == "style-src-attr");
    assert!(announcer.iter().all(|(_, sources)| is_one_hash(sources.as_str().unwrap())), "{announcer:?}");
    for (directive, sources) in others {
        for source in sources.as_str().unwrap().split(' ') {
            let known = matches!(source, "'none'" | "'self'" | "data:" | "ipc:" | "http://ipc.localhost");
            assert!(known, "{directive} allows {source}");
        }
    }
    assert!(security.get("dangerousDisableAssetCspModification").is_none());
    assert_eq!(config["app"]["withGlobalTauri"], false);
    assert!(config.get("plugins").is_none());
}

fn is_one_hash(sources: &str) -> bool {
    let sources: Vec<&str> = sources.split(' ').collect();
    matches!(sources[..], ["'unsafe-hashes'", hash] if hash.starts_with("'sha256-"))
}

#[test]
fn the_windows_show_the_programs_own_pages() {
    let config = parse(CONFIG);
    for url in strings(&config["app"]["windows"], "url") {
        assert!(url.starts_with('/'), "{url}");
    }
    assert!(config["build"].get("devUrl").is_none());
}
