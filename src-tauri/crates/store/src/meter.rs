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

/// What was counted until now for whoever measures.
pub fn counted() -> u32 {
    METER.try_with(Cell::get).unwrap_or_default()
}

/// Counts on from what [`counted`] said: what came since then was a try that somebody faster made vain.
pub fn count_on_from(counted: u32) {
    let _nobody_measures = METER.try_with(|meter| meter.set(counted));
}

/// Adds the statements of a unit to whoever measures, if anyone does.
pub(crate) fn add(statements: u32) {
    let _nobody_measures = METER.try_with(|meter| meter.set(meter.get().saturating_add(statements)));
}

#[cfg(test)]
mod tests {
    use super::{add, count_on_from, counted, metered};

    #[tokio::test]
    async fn a_try_in_vain_is_not_counted() {
        let (seen, all) = metered(async {
            add(2);
            let before = counted();
            add(5);
            count_on_from(before);
            add(1);
            before
        })
        .await;
        assert_eq!((seen, all, counted()), (2, 3, 0));
    }
}
