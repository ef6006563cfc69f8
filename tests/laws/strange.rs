//! Law: the engine takes tickets from a device that is gone, and leaves those of one that it has not heard of yet to
//! whoever added it. What another computer put into a station's chain keeps its tickets before the news of it comes.

use super::on_both_engines;
use super::world::{World, id};
use crate::house::{PATIENCE, instant_printer, new_id};
use fastops_app::AppConfig;
use fastops_domain::catch_up::Policy;
use fastops_domain::ids::{ComputerId, CoreId, PrinterId};
use fastops_domain::job::Priority;
use fastops_domain::station::{ChainTarget, Printer, Target};
use fastops_domain::workers::Profile;
use fastops_queue::{Engine, EngineConfig, Equipment, QueueChange};
use fastops_store::job::{self, JobRow};
use fastops_store::station::{self, PrinterRow};
use fastops_store::steering::Steering;
use fastops_store::{Store, StoreError, device, ticket};
use std::sync::Arc;
use tokio::sync::mpsc;

on_both_engines!(
    what_waits_for_a_device_that_is_not_known_yet_stays_there,
    what_was_sent_by_a_chain_not_heard_of_yet_comes_out_there,
);

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
    let equipment = equipment(vec![known.clone()], &world, known.id);
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

/// By the database the first station writes to the first printer and the second one to the second; the engine still
/// believes that both write to the second. Two tickets wait at the first printer, one of each station.
async fn what_was_sent_by_a_chain_not_heard_of_yet_comes_out_there(store: Store) {
    let world = World::open(&store).await;
    let devices = [instant_printer("Cocina").await, instant_printer("Bar").await];
    let mut printers = Vec::new();
    for (row, device) in world.printers.iter().zip(&devices) {
        let address = format!("tcp://{}", device.addr()).parse().unwrap();
        let mut printer = Printer { address, ..row.printer.clone() };
        // What is not cut off is no paper yet.
        printer.profile.abilities.cutter = true;
        printers.push(printer);
    }
    let (new, known) = (printers[0].id, printers[1].id);
    let laid = store.write::<_, StoreError, _>({
        let world = world.clone();
        move |tx| {
            let world = world.clone();
            Box::pin(async move {
                for (n, station) in [(1, 0), (2, 1)] {
                    let order = world.add_order(tx, n).await?;
                    let mut ticket = world.ticket(n, order, station, 1);
                    ticket.content.station.clone_from(&world.stations[station].name);
                    ticket::insert_tickets(tx, std::slice::from_ref(&ticket)).await?;
                    let job = JobRow { printer: new, ..world.job(n, &ticket, Priority::Normal) };
                    job::insert_jobs(tx, &[job]).await?;
                }
                Ok(())
            })
        }
    });
    laid.await.unwrap();
    let (changes, _heard) = mpsc::unbounded_channel();
    let told = equipment(printers, &world, known);
    let (engine, _) = Engine::start(config(&store, &world, changes), told).await.unwrap();
    for (device, station) in devices.iter().zip(["COCINA", "BAR"]) {
        let papers = device.wait_for_slips(1, PATIENCE).await.unwrap();
        assert!(papers.len() == 1 && papers[0].text().to_uppercase().contains(station), "{papers:?}");
    }
    engine.stop().await;
}

/// Devices as an engine is told of them, with every station's tickets going to one of them.
fn equipment(printers: Vec<Printer>, world: &World, target: PrinterId) -> Equipment {
    let chain = vec![ChainTarget { target: Target::Device(target), tier: 0 }];
    Equipment {
        printers,
        chains: Arc::new(world.stations.iter().map(|station| (station.id, chain.clone())).collect()),
        catch_up: Policy { least: 0, after_ms: 0 },
        post: None,
        relief_ms: 5_000,
        steering: Steering::default(),
    }
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
