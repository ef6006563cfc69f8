//! The desktop program: the windows of FastOps around its core.
//!
//! Architecture invariant: nothing here knows what an order is. The core decides; this package opens
//! windows, carries requests in and events out, and says so when the core cannot start.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]
#![cfg_attr(test, expect(clippy::unwrap_used, reason = "a test that cannot go on should stop"))]

mod commands;
mod demo;
mod downloads;
mod failing;
#[cfg(test)]
mod lockdown;
mod options;
mod shell;
mod start;
mod windows;
mod words;

use clap::Parser as _;
use options::Options;
use std::process::ExitCode;

/// What a program that was asked for something it does not know answers.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    let options = match Options::try_parse() {
        Ok(options) => options,
        Err(answer) => {
            // Help and the version come here too. A closed output is no reason to fail twice.
            let _ = answer.print();
            return if answer.use_stderr() { USAGE.into() } else { ExitCode::SUCCESS };
        }
    };
    let language = options.language(|name| std::env::var(name).ok());
    match shell::run(&options, language) {
        Ok(code) => code,
        Err(failure) => failing::show(&failure, language),
    }
}
