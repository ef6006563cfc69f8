//! The print queue, as anyone may see it.

use crate::refusal::Refusal;
use crate::wire::{GetQueueStatus, QueueStatus};
use crate::{App, Who};

pub(crate) async fn get_queue_status(app: &App, _: &Who, _: GetQueueStatus) -> Result<QueueStatus, Refusal> {
    let facts = app.catalogue.facts().await?;
    let counts = app.lane_counts(&facts).await?;
    let lanes =
        facts.printers.iter().filter_map(|printer| app.lane_view(&facts, &counts, printer.id)).collect();
    // After the lanes: one that is seen at rest has given its worker back by then.
    let (busy, workers) = app.engine.workers();
    Ok(QueueStatus {
        stations: facts.stations.iter().map(|station| app.pulse(&facts, &counts, station.id)).collect(),
        lanes,
        workers_busy: u32::try_from(busy).unwrap_or(u32::MAX),
        workers: u32::try_from(workers).unwrap_or(u32::MAX),
        now: app.env.now().0,
    })
}
