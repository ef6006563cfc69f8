//! From the command line to open windows, and back down in order.
//!
//! The core starts before the till opens: its screens never meet a core that is not there. Where the core cannot
//! start, another window says so ([`crate::start`]), and where no window can help, a dialog.

use crate::commands;
use crate::demo::Demo;
use crate::failing;
use crate::options::Options;
use crate::start::Start;
use crate::windows::{self, Windows};
use crate::words::Phrase;
use fastops_app::wire::{EventEnvelope, Failure, FailureCode};
use fastops_app::{App, AppConfig, Language, follow_turbo};
use std::io::IsTerminal as _;
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};
use tauri::async_runtime::{block_on, spawn};
use tauri::{AppHandle, Emitter as _, Manager as _, RunEvent};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tracing_subscriber::EnvFilter;

/// The name under which screens hear the core's events.
const EVENT: &str = "fastops-event";
/// The folder, within the data, where the screens keep what they remember.
const SCREENS_FOLDER: &str = "screens";

/// Has the log say only what is wrong, or all that was asked for again.
static STILL: OnceLock<Box<dyn Fn(bool) + Send + Sync>> = OnceLock::new();

/// Runs the program until its windows are closed.
pub(crate) fn run(options: &Options, language: Language) -> Result<ExitCode, Failure> {
    start_log();
    let folder = options
        .data_folder()
        .ok_or_else(|| Phrase::NoHomeFolder.into_failure(FailureCode::FolderUnwritable, language))?;
    let windows = Windows::new(folder.join(SCREENS_FOLDER));
    let config = AppConfig {
        database: options.database(),
        language,
        postgres_tools: options.postgres_bin.clone(),
        ..AppConfig::new(folder)
    };
    let start = Start::new(config, options.demo, options.opens_kitchen());
    let core = match block_on(start.core()) {
        Ok(core) => Some(core),
        Err(failure) if !has_remedy(failure.code) || !failing::has_screen() => return Err(failure),
        Err(failure) => {
            block_on(start.note(failure));
            None
        }
    };
    let trouble = Arc::new(OnceLock::new());
    let shell = build(start, core, windows, Arc::clone(&trouble))
        .map_err(|error| windows::not_opened(&error, language))?;
    let ended = shell.run_return(stop_at_exit);
    match trouble.get() {
        Some(failure) => Err(Failure::clone(failure)),
        None => Ok(u8::try_from(ended).map_or(ExitCode::FAILURE, ExitCode::from)),
    }
}

/// Whether a person can do something about it in a window. Another FastOps that has the folder, or a folder that
/// must not be written, would have to share what the window itself keeps there.
fn has_remedy(code: FailureCode) -> bool {
    !matches!(code, FailureCode::AlreadyRunning | FailureCode::FolderUnwritable)
}

/// Puts the program together. Why no window could be opened is left in `trouble`.
fn build(
    start: Start,
    core: Option<(App, Demo)>,
    windows: Windows,
    trouble: Arc<OnceLock<Failure>>,
) -> tauri::Result<tauri::App> {
    let language = start.language();
    tauri::Builder::default()
        .manage(start)
        .manage(windows.clone())
        .invoke_handler(commands::handler())
        .on_window_event(windows::on_event)
        .setup(move |shell| {
            let handle = shell.handle();
            spawn(end_on_signal(handle.clone()));
            let opened = match core {
                Some((core, demo)) => enter(handle, core, demo),
                None => windows.open_start(handle).map_err(|error| windows::not_opened(&error, language)),
            };
            if let Err(failure) = opened {
                let _ = trouble.set(failure);
                handle.exit(1);
            }
            Ok(())
        })
        .build(context())
}

/// Opens the till on a core that serves.
pub(crate) fn enter(handle: &AppHandle, core: App, demo: Demo) -> Result<(), Failure> {
    let start = handle.state::<Start>();
    spawn(forward(core.subscribe(), handle.clone()));
    spawn(follow_turbo(core.subscribe(), |quiet| {
        if let Some(still) = STILL.get() {
            still(quiet);
        }
    }));
    handle.manage(core);
    handle.manage(demo);
    let opened = handle.state::<Windows>().open_till(handle, start.opens_kitchen());
    opened.map_err(|error| windows::not_opened(&error, start.language()))
}

/// The configuration, the capabilities and the screens, as they were when this was built.
#[expect(clippy::disallowed_methods, reason = "the macro's own code; nothing is open yet when it runs")]
fn context() -> tauri::Context {
    tauri::generate_context!()
}

/// Lets the tickets in hand end on paper and closes the store, before the process ends.
fn stop_at_exit(handle: &AppHandle, event: RunEvent) {
    if let (RunEvent::Exit, Some(core)) = (event, handle.try_state::<App>()) {
        block_on(core.stop());
    }
}

/// Hands every event of the core to every window. A window that lost some sees it by their numbers
/// and asks for everything again.
async fn forward(mut events: Receiver<EventEnvelope>, windows: AppHandle) {
    loop {
        match events.recv().await {
            Ok(event) => {
                if let Err(error) = windows.emit(EVENT, &event) {
                    tracing::error!(%error, seq = event.seq, "an event did not reach the windows");
                }
            }
            Err(RecvError::Lagged(missed)) => tracing::warn!(missed, "the windows fell behind the events"),
            Err(RecvError::Closed) => return,
        }
    }
}

/// Closes as if the window had been closed when the system or a terminal asks the program to end.
async fn end_on_signal(windows: AppHandle) {
    if let Err(error) = asked_to_end().await {
        return tracing::warn!(%error, "signals to end are not heard");
    }
    windows.exit(0);
}

#[cfg(unix)]
async fn asked_to_end() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        pressed = tokio::signal::ctrl_c() => pressed,
        _ = terminate.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn asked_to_end() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}

/// The program's own log goes to standard error, warnings and worse unless `RUST_LOG` says otherwise.
fn start_log() {
    let wanted = || EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    let log = tracing_subscriber::fmt().with_env_filter(wanted()).with_ansi(std::io::stderr().is_terminal());
    let log = log.with_writer(std::io::stderr).with_filter_reloading();
    let filter = log.reload_handle();
    log.init();
    let still = move |quiet| {
        let to = if quiet { EnvFilter::new("warn") } else { wanted() };
        // It fails only when the log is gone, and then there is nothing to still.
        let _ = filter.reload(to);
    };
    let _ = STILL.set(Box::new(still));
}
