//! Law: each branch says for itself who makes a category, and who makes one product of it.

use super::on_both_engines;
use super::world::{World, id};
use fastops_domain::ids::{BranchId, LocationId, NumberingRangeId, StationId};
use fastops_store::station::{self, Station};
use fastops_store::{Store, StoreError, Tx, Work, company};
use std::collections::HashMap;

on_both_engines!(a_product_has_its_own_maker_in_each_branch);

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
