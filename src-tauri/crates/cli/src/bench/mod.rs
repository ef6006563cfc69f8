//! Measuring the core on the computer at hand, with real commits and simulated printers.
//!
//! Speed is never asserted in a test: a machine that is busy would fail it. Here it is measured and
//! written down, beside what the same disk does in the same run.

mod alone;
mod burst;
mod durable;
mod event_to_screen;
mod figures;
mod first_byte;
mod latency;
mod memory;
mod printing;
mod queue;
mod search;
mod site;
mod sustained;
mod years;

pub(crate) use alone::{alone, memory_of_the_core};
pub(crate) use burst::burst;
pub(crate) use durable::{durable_on_postgres, durable_on_sqlite};
pub(crate) use event_to_screen::event_to_screen;
pub(crate) use figures::{Figure, Figures};
pub(crate) use first_byte::first_byte;
pub(crate) use memory::{peak_mib, resident_mib};
pub(crate) use printing::{Printing, printing};
pub(crate) use queue::{Queue, queue, waiting};
pub(crate) use search::search;
pub(crate) use site::Site;
pub(crate) use sustained::sustained;
pub(crate) use years::{backup_in_service, years};
