//! What a restaurant is, and the rules that hold in it, without a clock, a disk or a network.
//!
//! Everything here is a value or a total function: time, identifiers and randomness come in as
//! arguments, so that every rule can be tested as a table.
//!
//! Architecture invariant: this crate imports neither tokio nor sqlx, and nothing in it can block.
#![cfg_attr(test, expect(clippy::unwrap_used, reason = "a test that cannot go on should stop"))]

pub mod alert;
pub mod audit;
pub mod breaker;
pub mod business_day;
pub mod cash;
pub mod catch_up;
pub mod chain;
mod code;
pub mod combo;
pub mod contact;
pub mod customer;
pub mod division;
pub mod document;
pub mod floor;
pub mod handing;
pub mod hold;
pub mod ids;
pub mod job;
pub mod lane;
pub mod lease;
pub mod menu;
pub mod money;
pub mod numbering;
pub mod order;
pub mod outlet;
pub mod owner;
pub mod pace;
pub mod payment;
pub mod photo;
pub mod picture;
pub mod price_list;
pub mod retry;
pub mod search;
pub mod service;
pub mod setting;
pub mod signs;
pub mod station;
pub mod stock;
pub mod tax;
pub mod ticket;
pub mod time;
pub mod turbo;
pub mod user;
pub mod wiring;
pub mod work;
pub mod workers;
pub mod written;
