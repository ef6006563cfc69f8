//! A house of many stations and a long menu.

use crate::house::{House, new_id};
use fastops_app::Caller;
use fastops_app::wire::{GetMenu, GetTerminal};
use fastops_domain::ids::{CategoryId, ProductId, StationId, TargetId};
use fastops_store::menu::{Category, Product};
use fastops_store::station::{PrinterTarget, Station};
use fastops_store::{StoreError, Tx, company, menu, station};

pub(super) const STATIONS: usize = 12;
const PRODUCTS: usize = 300;

/// Adds stations, each with a category of its own that it makes, and products to sell.
pub(super) async fn enlarge(house: &mut House) {
    let store = house.app.store_for_faults();
    store.write::<_, StoreError, _>(|tx| Box::pin(add_stations(tx))).await.unwrap();
    house.terminal = house.app.perform(&Caller::default(), GetTerminal {}).await.unwrap();
    let ana = house.sign_in("Ana").await;
    house.menu = house.app.perform(&ana, GetMenu {}).await.unwrap();
    assert_eq!((house.terminal.stations.len(), house.menu.products.len()), (STATIONS, PRODUCTS));
}

async fn add_stations(tx: &mut Tx) -> Result<(), StoreError> {
    let (company, branch) = company::first_branch(tx).await?.unwrap();
    let printers = station::printers(tx, branch.id).await?;
    let (known, sold) = (station::stations(tx, branch.id).await?, menu::menu(tx, branch.id).await?);
    let new: Vec<Station> = (known.len()..STATIONS)
        .map(|n| Station {
            id: StationId(new_id()),
            branch: branch.id,
            code: format!("estacion{n}"),
            name: format!("Estación {n}"),
            position: i32::try_from(n).unwrap(),
        })
        .collect();
    station::insert_stations(tx, &new).await?;
    let mut categories = Vec::new();
    for (n, row) in new.iter().enumerate() {
        let printer = printers[n % printers.len()].id;
        let target =
            PrinterTarget { id: TargetId(new_id()), station: row.id, position: 0, printer, shares: false };
        station::link_printer(tx, &target).await?;
        let category = Category {
            id: CategoryId(new_id()),
            company: company.id,
            name: format!("De la {}", row.name),
            color: "amber".into(),
            position: row.position,
        };
        menu::insert_category(tx, &category).await?;
        station::route(tx, branch.id, category.id, row.id).await?;
        categories.push(category.id);
    }
    let model = &sold.products[0];
    for n in sold.products.len()..PRODUCTS {
        let product = Product {
            id: ProductId(new_id()),
            category: categories[n % categories.len()],
            name: format!("Plato {n}"),
            short_code: format!("P{n}"),
            sold_out: false,
            ..Product::clone(model)
        };
        menu::insert_product(tx, &product).await?;
    }
    Ok(())
}
