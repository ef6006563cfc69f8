//! Claim, print, settle: one lane per printer, and workers as the permits that let lanes run.
//!
//! A printer is serial, so each has a lane that works on one job at a time, in the order that the
//! store gives. A lane needs a permit only while it talks to its printer; a printer that hangs holds
//! one permit for at most its time-outs and costs the other lanes nothing. Every step is on disk
//! before the next begins, so that a crash at any point is known for what it is.
//!
//! Architecture invariant: this is the only crate that spawns print workers, and no command of a
//! person ever waits for it.
#![cfg_attr(test, expect(clippy::unwrap_used, reason = "a test that cannot go on should stop"))]

mod batch;
mod care;
mod catch_up;
mod deliver;
mod engine;
mod hints;
mod idle;
mod lane;
mod late;
mod leases;
mod mood;
mod owners;
mod permits;
mod print;
mod routing;
pub mod service;
mod settle;
mod still;

pub use engine::{Engine, EngineConfig, Equipment, QueueChange, Recovery, StartError};
pub use fastops_domain::lane::LaneFacts;
pub use mood::EngineFacts;
pub use routing::Chains;
