//! Law: each branch says for itself who makes a category, and who makes one product of it.

use super::on_both_engines;
use super::world::{World, id};
use fastops_domain::ids::{BranchId, LocationId, NumberingRangeId, StationId};
use fastops_store::station::{self, Station, edit};
use fastops_store::{Store, StoreError, Tx, Work, company};
use std::collections::HashMap;

on_both_engines!(a_product_has_its_own_maker_in_each_branch, what_a_closed_station_made_is_its_successors,);

async fn unit<T: Send + 'static>(
    store: &Store,
    world: &World,
    work: for<'t> fn(&'t mut Tx, World) -> Work<'t, T, StoreError>,
) -> T {
    let world = world.clone();
    store.write(move |tx| work(tx, world.clone())).await.unwrap()
}

async fn a_product_has_its_own_maker_in_each_branch(store: Store) {
    let world = World::open(&store).await;
    unit(&store, &world, |tx, world| {
        Box::pin(async move {
            let mut twin = world.new_branch();
            twin.branch.id = BranchId(id(2, 2));
            twin.branch.name = "Usaquén".into();
            twin.branch.default_location = LocationId(id(15, 2));
            twin.ranges[0].1.id = NumberingRangeId(id(18, 2));
            for (n, station) in (20..).zip(&mut twin.stations) {
                *station = Station { id: StationId(id(12, n)), branch: twin.branch.id, ..station.clone() };
            }
            let there = twin.stations[0].id;
            company::create_branch(tx, &twin).await?;
            let (here, bar) = (world.branch.id, world.stations[1].id);
            station::route_product(tx, here, world.product.id, Some(bar)).await?;
            assert_eq!(station::product_routes(tx, twin.branch.id).await?, HashMap::new());
            station::route_product(tx, twin.branch.id, world.product.id, Some(there)).await?;
            let routes = |station| HashMap::from([(world.product.id, station)]);
            assert_eq!(station::product_routes(tx, here).await?, routes(bar));
            assert_eq!(station::product_routes(tx, twin.branch.id).await?, routes(there));
            station::route_product(tx, here, world.product.id, None).await?;
            assert_eq!(station::product_routes(tx, here).await?, HashMap::new());
            assert_eq!(station::product_routes(tx, twin.branch.id).await?, routes(there));
            let kitchen = world.stations[0].id;
            assert_eq!(
                station::routes(tx, here).await?,
                HashMap::from([(world.category.id, kitchen)]),
                "the rest of the category is made where it was"
            );
            Ok(())
        })
    })
    .await;
}

/// Whatever still names a closed station, also what was written at the moment of its end, leads to its successor.
async fn what_a_closed_station_made_is_its_successors(store: Store) {
    let world = World::open(&store).await;
    unit(&store, &world, |tx, world| {
        Box::pin(async move {
            let (branch, product, category) = (world.branch.id, world.product.id, world.category.id);
            let [kitchen, bar] = world.stations.clone();
            let third = Station {
                id: StationId(id(12, 3)),
                code: "postres".into(),
                name: "Postres".into(),
                ..bar.clone()
            };
            station::insert_stations(tx, std::slice::from_ref(&third)).await?;
            station::route_product(tx, branch, product, Some(kitchen.id)).await?;
            let before = edit::work(tx, branch, kitchen.id).await?;
            assert_eq!((before.waiting, before.shown, before.made), (0, 0, 2));
            let bars = station::chains(tx, branch).await?[&bar.id].clone();
            edit::close(tx, &kitchen, Some(bar.id), " · 1").await?;
            assert_eq!(station::successors(tx, branch).await?, HashMap::from([(kitchen.id, bar.id)]));
            assert_eq!(station::chains(tx, branch).await?[&kitchen.id], bars, "what waits comes out there");
            station::route(tx, branch, category, kitchen.id).await?;
            station::route_product(tx, branch, product, Some(kitchen.id)).await?;
            assert_eq!(station::routes(tx, branch).await?, HashMap::from([(category, bar.id)]));
            assert_eq!(station::product_routes(tx, branch).await?, HashMap::from([(product, bar.id)]));
            edit::close(tx, &bar, Some(third.id), " · 2").await?;
            let all = [(kitchen.id, third.id), (bar.id, third.id)];
            assert_eq!(station::successors(tx, branch).await?, HashMap::from(all));
            assert_eq!(station::routes(tx, branch).await?, HashMap::from([(category, third.id)]));
            assert_eq!(station::stations(tx, branch).await?, std::slice::from_ref(&third));
            let kept = edit::kept_to_change(tx, branch).await?;
            assert_eq!(kept.iter().filter(|kept| kept.active).count(), 1);
            assert_eq!(kept.len(), 3, "tickets name the others for ever");
            let again = edit::close(tx, &bar, Some(third.id), " · 3").await;
            assert!(matches!(again, Err(StoreError::Stale { .. })), "{again:?}");
            Ok(())
        })
    })
    .await;
}
