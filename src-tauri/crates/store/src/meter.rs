//! How much a command asks of the database: the statements of all its units, counted where they run
//! and added up where the command waits.

use std::cell::Cell;
use std::future::Future;

tokio::task_local! {
    static METER: Cell<u32>;
}

/// Runs `work` and gives, with what it gave, the number of statements that its units ran. What it
/// spawns onto other tasks is not counted.
pub async fn metered<F: Future>(work: F) -> (F::Output, u32) {
    METER
        .scope(Cell::new(0), async {
            let output = work.await;
            (output, METER.with(Cell::get))
        })
        .await
}

/// Adds the statements of a unit to whoever measures, if anyone does.
pub(crate) fn add(statements: u32) {
    let _nobody_measures = METER.try_with(|meter| meter.set(meter.get().saturating_add(statements)));
}
