//! `cargo xtask`: everything a developer does with the product, in one command each.
//!
//! It uses the standard library only, so that the first command on a fresh machine compiles it in a
//! second or two. It holds no business rule and ships with nothing.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the terminal is the whole interface of this program"
)]

mod args;
mod disk;
mod paths;
mod process;
mod product;
mod setup;
mod steps;
mod stop;
mod suite;
mod ui;

use std::process::ExitCode;

use args::Request;
use stop::Stop;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match args::parse(&words).and_then(obey) {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => {
            eprintln!("\nerror: {stop}");
            stop.exit_code()
        }
    }
}

fn obey(request: Request) -> Result<(), Stop> {
    match request {
        Request::Help => {
            print!("{}", args::HELP);
            Ok(())
        }
        Request::Setup(scope) => setup::prepare(scope),
        Request::Run { browser: false, pass } => product::open_window(&pass),
        Request::Run { browser: true, pass } => product::open_browser(&pass),
        Request::Test { only, timings } => steps::test(&only, timings),
        Request::ListSteps => {
            steps::list();
            Ok(())
        }
        Request::Lint => steps::lint(),
        Request::Bench { pass } => product::bench(&pass),
        Request::BenchUi { pass } => product::bench_ui(&pass),
        Request::Bindings => product::bindings(),
    }
}
