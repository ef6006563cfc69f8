//! The core without a window: serves it over HTTP, makes the demonstration, backs data up and brings it
//! back, stands in for printers, tests one, writes the contract down, and measures.
//!
//! Every command is thin: it reads its arguments, asks `fastops_app`, and says what came of it.
#![cfg_attr(test, expect(clippy::unwrap_used, reason = "a test that cannot go on should stop"))]

mod args;
mod bench;
mod clock;
mod commands;
mod exit;
mod host;
mod output;
mod places;
mod words;

use args::{Arguments, Command};
use clap::Parser;
use exit::Stop;
use output::Output;
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let language = words::language(arguments.lang, |name| std::env::var(name).ok());
    let output = Output::new(language, arguments.json);
    let quiet = start_log();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return output.stop(&Stop::failure(error.to_string())),
    };
    match runtime.block_on(run(arguments.command, quiet, output)) {
        Ok(exit) => exit.into(),
        Err(stop) => output.stop(&stop),
    }
}

async fn run(command: Command, quiet: Quiet, output: Output) -> Result<exit::Exit, Stop> {
    match command {
        Command::Serve(arguments) => commands::serve::run(arguments, quiet, output).await,
        Command::Demo(arguments) => commands::demo::run(arguments, output).await,
        Command::Backup(arguments) => commands::backup::run(arguments, output).await,
        Command::Restore(arguments) => commands::restore::run(arguments, output).await,
        Command::Verify(arguments) => commands::verify::run(arguments, output).await,
        Command::PrinterSim(arguments) => commands::printer_sim::run(arguments, output).await,
        Command::PrintTest(arguments) => commands::print_test::run(arguments, output).await,
        Command::Bindings(arguments) => commands::bindings::run(&arguments, output),
        Command::Bench(arguments) => commands::bench::run(arguments, output).await,
        Command::Archive(arguments) => commands::archive::run(arguments, output).await,
        Command::SeedHistory(arguments) => commands::seed_history::run(arguments, output).await,
    }
}

/// Has the log say only what is wrong, or all that was asked for again.
type Quiet = Box<dyn Fn(bool) + Send + Sync>;

/// The program's own log goes to standard error, warnings and worse unless `RUST_LOG` says otherwise.
fn start_log() -> Quiet {
    let wanted = || EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    let log = tracing_subscriber::fmt().with_env_filter(wanted()).with_writer(std::io::stderr);
    let log = log.with_filter_reloading();
    let filter = log.reload_handle();
    log.init();
    Box::new(move |quiet| {
        let to = filter_in(quiet, wanted());
        // It fails only when the log is gone, and then there is nothing to still.
        let _ = filter.reload(to);
    })
}

/// What goes into the log: in turbo nothing that is not wrong, whatever was wanted.
fn filter_in(turbo: bool, wanted: EnvFilter) -> EnvFilter {
    if turbo { EnvFilter::new("warn") } else { wanted }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tracing_subscriber::filter::LevelFilter;

    #[test]
    fn turbo_writes_no_verbose_log_whatever_was_wanted() {
        let verbose = || EnvFilter::new("trace,fastops_queue=debug");
        assert_eq!(filter_in(true, verbose()).max_level_hint(), Some(LevelFilter::WARN));
        assert_eq!(filter_in(false, verbose()).max_level_hint(), Some(LevelFilter::TRACE));
    }
}
