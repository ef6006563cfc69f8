//! One binary for every test that crosses a crate's border.
#![cfg_attr(test, expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking"))]

mod faults;
mod golden;
mod house;
mod journeys;
mod laws;
mod log;
mod mail_server;
mod postgres;
mod simulation;
mod tidy;
