//! Law: the engine takes tickets from a device that is gone, and leaves those of one that it has not heard of yet to
//! whoever added it.

use super::on_both_engines;
use super::world::{World, id};
use crate::house::{PATIENCE, new_id};
use fastops_app::AppConfig;
use fastops_domain::catch_up::Policy;
use fastops_domain::ids::{ComputerId, CoreId, PrinterId};
use fastops_domain::job::Priority;
use fastops_domain::station::{ChainTarget, Target};
use fastops_domain::workers::Profile;
use fastops_queue::{Engine, EngineConfig, Equipment, QueueChange};
use fastops_store::job::{self, JobRow};
use fastops_store::station::{self, PrinterRow};
use fastops_store::steering::Steering;
use fastops_store::{Store, StoreError, device, ticket};
use std::collections::HashMap;
use std::sync::Arc;
use tokio::sync::mpsc;

on_both_engines!(what_waits_for_a_device_that_is_not_known_yet_stays_there);

/// A device of which the engine is not told, and one that was thrown away; it looks at the first of them first.
async fn what_waits_for_a_device_that_is_not_known_yet_stays_there(store: Store) {
    let world = World::open(&store).await;
    let (new, known) = (world.printers[0].printer.id, world.printers[1].printer.clone());
    let gone = PrinterId(id(13, 9));
    let laid = store.write::<_, StoreError, _>({
        let world = world.clone();
        move |tx| {
            let world = world.clone();
            Box::pin(async move {
                let mut row: PrinterRow = world.printers[0].clone();
                (row.printer.id, row.printer.name) = (gone, "Vieja".into());
                station::insert_printer(tx, &row).await?;
                for (n, printer) in [(1, new), (2, gone)] {
                    let order = world.add_order(tx, n).await?;
                    let ticket = world.ticket(n, order, 0, 1);
                    ticket::insert_tickets(tx, std::slice::from_ref(&ticket)).await?;
                    let job = JobRow { printer, ..world.job(n, &ticket, Priority::Normal) };
                    job::insert_jobs(tx, &[job]).await?;
                }
                device::retire(tx, world.branch.id, gone, " (vieja)").await
            })
        }
    });
    laid.await.unwrap();
    let (changes, mut heard) = mpsc::unbounded_channel();
    let chain = vec![ChainTarget { target: Target::Device(known.id), tier: 0 }];
    let equipment = Equipment {
        printers: vec![known.clone()],
        chains: Arc::new(HashMap::from([(world.stations[0].id, chain)])),
        catch_up: Policy { least: 0, after_ms: 0 },
        post: None,
        relief_ms: 5_000,
        steering: Steering::default(),
    };
    let (engine, _) = Engine::start(config(&store, &world, changes), equipment).await.unwrap();
    let moved = tokio::time::timeout(PATIENCE, async {
        loop {
            if let Some(QueueChange::Moved { from, to, .. }) = heard.recv().await {
                return (from, to);
            }
        }
    });
    assert_eq!(moved.await.unwrap(), (gone, known.id), "nobody serves what is gone");
    let left = store
        .read::<_, StoreError, _>(move |tx| Box::pin(async move { Ok(job::lane(tx, new).await?.len()) }));
    assert_eq!(left.await.unwrap(), 1, "another core serves it");
    engine.stop().await;
}

/// An engine beside no core.
pub(super) fn config(
    store: &Store,
    world: &World,
    changes: mpsc::UnboundedSender<QueueChange>,
) -> EngineConfig {
    let app = AppConfig::new("");
    EngineConfig {
        store: store.clone(),
        clock: app.clock,
        new_id,
        branch: world.branch.id,
        core: CoreId(new_id()),
        before: None,
        computer: ComputerId(new_id()),
        computer_name: "Caja".into(),
        lease: app.lease,
        screens: app.screens,
        language: world.branch.language,
        utc_offset_minutes: 0,
        profile: Profile::Automatic,
        deadlines: app.deadlines,
        models: Vec::new(),
        retry: app.retry,
        changes,
    }
}
