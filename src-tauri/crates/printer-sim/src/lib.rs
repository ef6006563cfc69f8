//! A thermal printer in software.
//!
//! It knows ESC/POS from the printer's side and shares no code with the encoder, so that what it prints is an
//! independent witness: tests hold its paper against the database, the demonstration prints on it, and drills
//! break it on purpose.
//!
//! - [`parser`]: bytes to commands, streaming, no state but framing.
//! - [`machine`]: buffer, paper, cutter, sensors and answers, in virtual time.
//! - [`paper`]: slips of true text, as text or as a picture.
//! - [`server`]: the machine on a TCP port or a serial line, in real time.
//! - [`demo`]: a few of them in one process, for a screen.

#![cfg_attr(test, expect(clippy::unwrap_used, reason = "a test that cannot go on has failed"))]

pub mod codepage;
pub mod demo;
pub mod machine;
pub mod paper;
pub mod parser;
mod render;
pub mod server;
mod symbols;
mod text;

pub use codepage::{CodePage, CodeTables};
pub use demo::{DemoCondition, DemoPrinter, DemoPrinters, DemoSetup, DemoSlip, NoSuchPrinter};
pub use machine::{
    Answers, Condition, Conditions, Machine, MachineEvent, Model, ProcessIdSupport, Speed, print_at_once,
};
pub use paper::Slip;
#[cfg(unix)]
pub use server::SerialFlow;
pub use server::{
    Clock, ConnectionPolicy, JobTrace, Manners, Simulator, SimulatorConfig, SimulatorEvent, SlipsMissing,
};
