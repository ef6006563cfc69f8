//! Rules of the UI that no linter knows: it reaches the core through one file per host, so that every screen runs on
//! both, and it gives no element a custom property of its own.

use super::expect_none;
use super::tree::{File, files};

const DESKTOP: &str = "ui/src/lib/ipc/tauri.ts";
const BROWSER: &str = "ui/src/lib/ipc/http.ts";

/// A call or an import, and the only file that may hold it.
const ONLY: [(&str, &str); 6] = [
    ("invoke(", DESKTOP),
    ("@tauri-apps/", DESKTOP),
    ("__TAURI_INTERNALS__.", DESKTOP),
    ("fetch(", BROWSER),
    ("new WebSocket", BROWSER),
    ("new EventSource", BROWSER),
];

fn findings(file: &File) -> Vec<String> {
    let mut findings = Vec::new();
    for (number, line) in (1..).zip(file.text.lines()).filter(|(_, line)| !is_comment(line)) {
        for (text, owner) in ONLY.iter().filter(|(text, owner)| file.path != *owner && stands_in(line, text))
        {
            findings.push(format!("{}:{number}: `{text}` stands only in {owner}", file.path));
        }
    }
    findings
}

/// Where an element is given a custom property of its own. The web view of Linux keeps some kilobytes for each such
/// element, and for each element in it, whenever its style is worked out, and never lets go of them: a till on which
/// categories were changed a thousand times had grown by 1.4 GiB (WebKitGTK 2.50). A rule of a style sheet that sets one
/// costs nothing, nor does an ordinary property.
fn own_properties(file: &File) -> Vec<String> {
    let lines = (1..).zip(file.text.lines()).filter(|(_, line)| !is_comment(line) && sets_own_property(line));
    lines
        .map(|(number, _)| format!("{}:{number}: a custom property of an element's own", file.path))
        .collect()
}

fn sets_own_property(line: &str) -> bool {
    let by_script = ["'", "\"", "`"].iter().any(|quote| line.contains(&format!("setProperty({quote}--")));
    let says = |way: &str| line.split_once(way).is_some_and(|(_, value)| value.contains("--"));
    let is_attribute = |word: &str| word.starts_with("--") && word.contains('=');
    by_script
        || line.contains("style:--")
        || ["style=", "cssText"].into_iter().any(says)
        || line.split_whitespace().any(is_attribute)
}

fn is_comment(line: &str) -> bool {
    ["//", "*", "/*", "<!--"].iter().any(|sign| line.trim_start().starts_with(sign))
}

/// Whether the text stands in the line as a word of its own: `prefetch(` does not count, nor does the
/// method of another object, but the browser's own global object does.
fn stands_in(line: &str, text: &str) -> bool {
    line.match_indices(text).any(|(start, _)| {
        let before = &line[..start];
        let global = ["window.", "globalThis.", "self."].iter().any(|object| before.ends_with(object));
        global || !before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '.'))
    })
}

fn ui() -> impl Iterator<Item = &'static File> {
    files().iter().filter(|file| file.path.starts_with("ui/src/") && file.is(&["js", "svelte", "ts"]))
}

#[test]
fn each_host_is_known_to_one_file() {
    let found: Vec<String> = ui().flat_map(findings).collect();
    expect_none("Screens talk to the core through ui/src/lib/ipc:", &found);
}

#[test]
fn no_element_has_a_custom_property_of_its_own() {
    let found: Vec<String> = ui().flat_map(own_properties).collect();
    expect_none("A rule of a style sheet sets it, or an ordinary property says it:", &found);
}

#[cfg(test)]
mod controls {
    use super::*;

    fn found(path: &str, text: &str) -> usize {
        findings(&File::new(path, text)).len()
    }

    #[test]
    fn a_host_outside_its_file_is_found() {
        let screen = "ui/src/lib/features/orders/orders.svelte.ts";
        for line in [
            "const order = await invoke('get_order');",
            "import { listen } from '@tauri-apps/api/event';",
            "const answer = await fetch('/api');",
            "const answer = await window.fetch('/api');",
            "socket = new WebSocket(address);",
            "await window.__TAURI_INTERNALS__.invoke('get_order');",
        ] {
            assert_eq!(found(screen, line), 1, "{line}");
        }
        assert_eq!(found(DESKTOP, "import { invoke } from '@tauri-apps/api/core';\ninvoke('a');"), 0);
        assert_eq!(found(DESKTOP, "await fetch('/api');"), 1, "the desktop's file is not the browser's");
        assert_eq!(found(BROWSER, "await fetch('/api'); new WebSocket(address);"), 0);
    }

    #[test]
    fn a_custom_property_of_an_elements_own_is_found() {
        let found = |line: &str| own_properties(&File::new("ui/src/lib/ui/Tile.svelte", line)).len();
        for line in [
            "style:--chip={color}",
            "<i style=\"--at: 1\">",
            "<i style={`color: red; --at: ${at}`}>",
            "<Card --at={at} />",
            "node.style.setProperty('--at', at);",
            "node.style.setProperty(\"--at\", at);",
            "node.style.cssText = '--at: 1';",
        ] {
            assert_eq!(found(line), 1, "{line}");
        }
        for line in ["style:color={color}", "  --chip: var(--edge);", "// style:--chip costs memory"] {
            assert_eq!(found(line), 0, "{line}");
        }
    }

    #[test]
    fn words_that_only_look_alike_are_not_found() {
        for line in
            ["prefetch(menu)", "backend.fetch(menu)", "// fetch(menu) is the browser's", "const fetched = 1"]
        {
            assert_eq!(found("ui/src/lib/a.ts", line), 0, "{line}");
        }
    }
}
