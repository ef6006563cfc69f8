//! `bindings`: the contract of the core written down for the screens and for programs.

use crate::args::Bindings;
use crate::exit::{Exit, Stop};
use crate::host;
use crate::output::Output;
use crate::words::Phrase;
use serde_json::json;
use std::fs;
use std::io;
use std::path::Path;

pub(crate) fn run(arguments: &Bindings, output: Output) -> Result<Exit, Stop> {
    let files = [(arguments.types.as_path(), typescript()), (arguments.openapi.as_path(), openapi()?)];
    let mut stale = Vec::new();
    for (path, text) in &files {
        let shown = || path.display();
        if !is_stale(path, text) {
            output.say(&Phrase::Fresh { path: shown() });
        } else if arguments.check {
            output.warn(&Phrase::Stale { path: shown() });
            stale.push(shown().to_string());
        } else {
            write(path, text).map_err(|error| {
                Stop::failure(output.words(&Phrase::CannotWrite { path: shown(), error: &error }))
            })?;
            output.say(&Phrase::Written { path: shown() });
        }
    }
    output.record(&json!({ "stale": stale }));
    Ok(if stale.is_empty() { Exit::Done } else { Exit::Failed })
}

fn typescript() -> String {
    fastops_app::bindings::typescript(|declare| {
        for (name, declaration) in host::demo_bindings() {
            declare(name, declaration);
        }
    })
}

fn openapi() -> Result<String, Stop> {
    let document = fastops_app::bindings::openapi(env!("CARGO_PKG_VERSION"));
    let text = serde_json::to_string_pretty(&document).map_err(|error| Stop::failure(error.to_string()))?;
    Ok(text + "\n")
}

fn is_stale(path: &Path, text: &str) -> bool {
    // A checkout on Windows may have turned the line ends.
    fs::read_to_string(path).map_or(true, |found| found.replace("\r\n", "\n") != text)
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use fastops_app::Language;

    #[test]
    fn a_check_finds_what_is_missing_or_old_and_writes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let output = Output::new(Language::En, true);
        let mut arguments = Bindings {
            types: folder.path().join("ipc/types.ts"),
            openapi: folder.path().join("openapi.json"),
            check: true,
        };
        assert_eq!(run(&arguments, output).unwrap(), Exit::Failed);
        assert!(!arguments.types.exists());
        arguments.check = false;
        assert_eq!(run(&arguments, output).unwrap(), Exit::Done);
        arguments.check = true;
        assert_eq!(run(&arguments, output).unwrap(), Exit::Done);
        fs::write(&arguments.openapi, "{}").unwrap();
        assert_eq!(run(&arguments, output).unwrap(), Exit::Failed);
        assert_eq!(fs::read_to_string(&arguments.openapi).unwrap(), "{}");
    }

    /// Whoever changes a command and forgets `cargo xtask bindings` meets this.
    #[test]
    fn the_committed_files_are_fresh() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
        let files =
            [("ui/src/lib/ipc/bindings.gen.ts", typescript()), ("docs/openapi.json", openapi().unwrap())];
        for (path, text) in files {
            assert!(!is_stale(&root.join(path), &text), "{path} is stale: run `cargo xtask bindings`");
        }
    }

    #[test]
    fn the_types_hold_the_cores_commands_and_the_demonstrations() {
        let text = typescript();
        for name in
            ["create_order", "export type Commands", "export type DemoCommands", "export type DemoPrinter "]
        {
            assert!(text.contains(name), "{name}");
        }
    }
}
