//! From the command line to open windows, and back down in order.
//!
//! The core starts before any window opens: a screen never meets a core that is not there, and a
//! start that fails is said in a dialog instead of an empty window.

use crate::commands;
use crate::demo::Demo;
use crate::failing;
use crate::options::Options;
use crate::windows::{self, Windows};
use crate::words::Phrase;
use fastops_app::wire::{EventEnvelope, Failure, FailureCode};
use fastops_app::{App, AppConfig, Language, RestoreFrom, recovery_offer, restore};
use std::io::IsTerminal as _;
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};
use tauri::async_runtime::{block_on, spawn};
use tauri::{AppHandle, Emitter as _, RunEvent};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tracing_subscriber::EnvFilter;

/// The name under which screens hear the core's events.
const EVENT: &str = "fastops-event";
/// The folder, within the data, where the screens keep what they remember.
const SCREENS_FOLDER: &str = "screens";

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
    let Some((core, demo)) = start_or_recover(&config, options.demo)? else { return Ok(ExitCode::FAILURE) };
    let trouble = Arc::new(OnceLock::new());
    let ended = match build(&core, demo, windows, options.opens_kitchen(), Arc::clone(&trouble)) {
        Ok(shell) => shell.run_return(stop_at_exit(core)),
        Err(error) => {
            block_on(core.stop());
            return Err(windows::not_opened(&error, language));
        }
    };
    match trouble.get() {
        Some(error) => Err(windows::not_opened(error, language)),
        None => Ok(u8::try_from(ended).map_or(ExitCode::FAILURE, ExitCode::from)),
    }
}

/// Starts the core. Where its data cannot be used and there is a good backup, asks whether to restore that;
/// `None` when the person would rather quit.
fn start_or_recover(config: &AppConfig, is_demo: bool) -> Result<Option<(App, Demo)>, Failure> {
    let failure = match block_on(start_core(config.clone(), is_demo)) {
        Ok(started) => return Ok(Some(started)),
        Err(failure) => failure,
    };
    if !matches!(failure.code, FailureCode::DataDamaged | FailureCode::DataMissing) {
        return Err(failure);
    }
    let Some(offer) = block_on(recovery_offer(config)) else { return Err(failure) };
    if !failing::is_accepted(&failure, &offer, config.language) {
        return Ok(None);
    }
    block_on(restore(config, RestoreFrom::File(offer.backup)))?;
    block_on(start_core(config.clone(), is_demo)).map(Some)
}

async fn start_core(mut config: AppConfig, is_demo: bool) -> Result<(App, Demo), Failure> {
    let mut demo = Demo::default();
    if is_demo {
        let (started, setup) = Demo::start(&config).await?;
        (demo, config.demo) = (started, Some(setup));
    }
    Ok((App::start(config).await?, demo))
}

/// Puts the program together. A window that cannot be opened later on is left in `trouble`.
fn build(
    core: &App,
    demo: Demo,
    windows: Windows,
    with_kitchen: bool,
    trouble: Arc<OnceLock<tauri::Error>>,
) -> tauri::Result<tauri::App> {
    let events = core.subscribe();
    tauri::Builder::default()
        .manage(core.clone())
        .manage(demo)
        .manage(windows.clone())
        .invoke_handler(commands::handler())
        .on_window_event(windows::on_event)
        .setup(move |shell| {
            let handle = shell.handle();
            spawn(forward(events, handle.clone()));
            spawn(end_on_signal(handle.clone()));
            if let Err(error) = windows.open_all(handle, with_kitchen) {
                let _ = trouble.set(error);
                handle.exit(1);
            }
            Ok(())
        })
        .build(context())
}

/// The configuration, the capabilities and the screens, as they were when this was built.
#[expect(clippy::disallowed_methods, reason = "the macro's own code; nothing is open yet when it runs")]
fn context() -> tauri::Context {
    tauri::generate_context!()
}

/// Lets the tickets in hand end on paper and closes the store, before the process ends.
fn stop_at_exit(core: App) -> impl FnMut(&AppHandle, RunEvent) {
    move |_, event| {
        if let RunEvent::Exit = event {
            block_on(core.stop());
        }
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
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(std::io::stderr().is_terminal());
    log.with_writer(std::io::stderr).init();
}
