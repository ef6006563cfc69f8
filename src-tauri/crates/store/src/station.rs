//! Stations, their printers, and which station makes what. What a closed station made is its successor's.

pub mod edit;

use crate::columns::{AsJson, Row};
use crate::sql::{execute, fetch_all, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::{BranchId, CategoryId, PrinterId, ProductId, StationId, TargetId};
use fastops_domain::station::{Abilities, DrawerPulse, ChainTarget, Printer, PrinterAddress, PrinterProfile, Target};
use serde::Serialize;
use std::collections::HashMap;

statements! {
    INSERT_STATIONS: each {
        sqlite:
            "INSERT INTO station (id, branch_id, code, name, position)
             SELECT unhex(row.value ->> 'id', '-'), unhex(row.value ->> 'branch', '-'), row.value ->> 'code',
                    row.value ->> 'name', row.value ->> 'position'
             FROM json_each($1) AS row",
        postgres:
            "INSERT INTO station (id, branch_id, code, name, position)
             SELECT id, branch, code, name, position
             FROM jsonb_to_recordset($1) AS line (id UUID, branch UUID, code TEXT, name TEXT, position BIGINT)",
    };
    INSERT_PRINTER: both
        "INSERT INTO printer (id, branch_id, name, address, columns, code_page, code_table, proof,
                              cutter, pictures, qr, buzzer, red, drawer_pin, drawer_ms)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
    INSERT_TARGET: both
        "INSERT INTO station_target (id, station_id, position, kind, printer_id, shares)
         VALUES ($1, $2, $3, 'printer', $4, $5)";
    ROUTE: both
        "INSERT INTO category_station (branch_id, category_id, station_id) VALUES ($1, $2, $3)
         ON CONFLICT (branch_id, category_id) DO UPDATE SET station_id = excluded.station_id";
    ROUTE_PRODUCT: both
        "INSERT INTO product_station (branch_id, product_id, station_id) VALUES ($1, $2, $3)
         ON CONFLICT (branch_id, product_id) DO UPDATE SET station_id = excluded.station_id";
    UNROUTE_PRODUCT: both "DELETE FROM product_station WHERE branch_id = $1 AND product_id = $2";
    STATIONS: both
        "SELECT id, branch_id, code, name, position FROM station
         WHERE branch_id = $1 AND active ORDER BY position, name";
    PRINTERS: both
        "SELECT id, name, address, columns, code_page, code_table, proof, cutter, pictures, qr, buzzer, red,
                drawer_pin, drawer_ms FROM printer
         WHERE branch_id = $1 AND active ORDER BY name";
    SUCCESSORS: both
        "SELECT id, successor_id FROM station WHERE branch_id = $1 AND successor_id IS NOT NULL";
    CHAINS: both
        "SELECT station.id AS station_id, printer_id, shares
         FROM station JOIN station_target ON station_id = COALESCE(successor_id, station.id)
         WHERE branch_id = $1 ORDER BY station_target.position";
    ROUTES: both
        "SELECT category_id, COALESCE(successor_id, station_id) AS station_id
         FROM category_station JOIN station ON station.id = station_id
         WHERE category_station.branch_id = $1";
    PRODUCT_ROUTES: both
        "SELECT product_id, COALESCE(successor_id, station_id) AS station_id
         FROM product_station JOIN station ON station.id = station_id
         WHERE product_station.branch_id = $1";
    SET_ADDRESS: both "UPDATE printer SET address = $2 WHERE id = $1";
}

/// A place where food or drink is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Station {
    pub id: StationId,
    pub branch: BranchId,
    /// Short stable name for settings, such as `cocina`.
    pub code: String,
    pub name: String,
    pub position: i32,
}

/// A printer and the branch that it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrinterRow {
    pub branch: BranchId,
    pub printer: Printer,
}

pub async fn insert_stations(tx: &mut Tx, stations: &[Station]) -> Result<(), StoreError> {
    execute!(tx, INSERT_STATIONS, AsJson(&stations)).map(drop)
}

pub async fn insert_printer(tx: &mut Tx, row: &PrinterRow) -> Result<(), StoreError> {
    let printer = &row.printer;
    execute!(
        tx,
        INSERT_PRINTER,
        printer.id,
        row.branch,
        &printer.name,
        printer.address.to_string(),
        printer.profile.columns,
        printer.profile.code_page,
        printer.profile.code_table,
        printer.profile.proof,
        printer.profile.abilities.cutter,
        printer.profile.abilities.pictures,
        printer.profile.abilities.qr,
        printer.profile.abilities.buzzer,
        printer.profile.abilities.red,
        printer.profile.drawer.pin,
        printer.profile.drawer.on_ms
    )
    .map(drop)
}

/// A printer in the chain of a station's targets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PrinterTarget {
    pub id: TargetId,
    pub station: StationId,
    /// Place in the chain, from 0; a later one serves when those before it cannot.
    pub position: u32,
    pub printer: PrinterId,
    /// Stands beside the target before it and shares its load, instead of serving when it cannot.
    pub shares: bool,
}

/// Has a printer write for a station; `Conflict` when the place in the chain is taken.
pub async fn link_printer(tx: &mut Tx, target: &PrinterTarget) -> Result<(), StoreError> {
    let PrinterTarget { id, station, position, printer, shares } = *target;
    execute!(tx, INSERT_TARGET, id, station, position, printer, shares).map(drop)
}

/// Has `station` make what `category` sells in `branch`, in place of whoever did.
pub async fn route(
    tx: &mut Tx,
    branch: BranchId,
    category: CategoryId,
    station: StationId,
) -> Result<(), StoreError> {
    execute!(tx, ROUTE, branch, category, station).map(drop)
}

/// Has `station` make one product, whoever makes the rest of its category; `None` leaves it to them again.
pub async fn route_product(
    tx: &mut Tx,
    branch: BranchId,
    product: ProductId,
    station: Option<StationId>,
) -> Result<(), StoreError> {
    if let Some(station) = station {
        execute!(tx, ROUTE_PRODUCT, branch, product, station).map(drop)
    } else {
        execute!(tx, UNROUTE_PRODUCT, branch, product).map(drop)
    }
}

/// The stations of a branch in their order.
pub async fn stations(tx: &mut Tx, branch: BranchId) -> Result<Vec<Station>, StoreError> {
    fetch_all!(tx, STATIONS, read_station, branch)
}

/// The closed stations of a branch of which another makes what they made, with that one.
pub async fn successors(tx: &mut Tx, branch: BranchId) -> Result<HashMap<StationId, StationId>, StoreError> {
    fetch_all!(tx, SUCCESSORS, |row: &Row<'_>| Ok((row.get("id")?, row.get("successor_id")?)), branch)
}

/// The devices of a branch by name.
pub async fn printers(tx: &mut Tx, branch: BranchId) -> Result<Vec<Printer>, StoreError> {
    fetch_all!(tx, PRINTERS, read_printer, branch)
}

/// The targets of each station of a branch in the order in which they are used, with the tier of each; those of a
/// closed one are its successor's.
pub async fn chains(
    tx: &mut Tx,
    branch: BranchId,
) -> Result<HashMap<StationId, Vec<ChainTarget>>, StoreError> {
    let targets: Vec<(StationId, Option<PrinterId>, bool)> = fetch_all!(
        tx,
        CHAINS,
        |row: &Row<'_>| Ok((row.get("station_id")?, row.get("printer_id")?, row.get("shares")?)),
        branch
    )?;
    let mut chains: HashMap<_, Vec<ChainTarget>> = HashMap::new();
    for (station, printer, shares) in targets {
        let chain = chains.entry(station).or_default();
        let tier = chain.last().map_or(0, |last| if shares { last.tier } else { last.tier + 1 });
        chain.push(ChainTarget { target: printer.map_or(Target::Sender, Target::Device), tier });
    }
    Ok(chains)
}

/// Who makes a category in a branch; one that is not here needs no making.
pub async fn routes(tx: &mut Tx, branch: BranchId) -> Result<HashMap<CategoryId, StationId>, StoreError> {
    fetch_all!(tx, ROUTES, |row: &Row<'_>| Ok((row.get("category_id")?, row.get("station_id")?)), branch)
}

/// Who makes single products in a branch, in place of whoever makes the rest of their category.
pub async fn product_routes(
    tx: &mut Tx,
    branch: BranchId,
) -> Result<HashMap<ProductId, StationId>, StoreError> {
    fetch_all!(tx, PRODUCT_ROUTES, |row: &Row<'_>| Ok((row.get("product_id")?, row.get("station_id")?)), branch)
}

/// Says where a printer is found from now on; false when there is no such printer.
pub async fn set_printer_address(
    tx: &mut Tx,
    printer: PrinterId,
    address: &PrinterAddress,
) -> Result<bool, StoreError> {
    Ok(execute!(tx, SET_ADDRESS, printer, address.to_string())? == 1)
}

fn read_station(row: &Row<'_>) -> Result<Station, StoreError> {
    Ok(Station {
        id: row.get("id")?,
        branch: row.get("branch_id")?,
        code: row.get("code")?,
        name: row.get("name")?,
        position: row.get("position")?,
    })
}

fn read_printer(row: &Row<'_>) -> Result<Printer, StoreError> {
    Ok(Printer {
        id: row.get("id")?,
        name: row.get("name")?,
        address: row.get("address")?,
        profile: PrinterProfile {
            columns: row.get("columns")?,
            code_page: row.get("code_page")?,
            code_table: row.get("code_table")?,
            proof: row.get("proof")?,
            abilities: Abilities {
                cutter: row.get("cutter")?,
                pictures: row.get("pictures")?,
                qr: row.get("qr")?,
                red: row.get("red")?,
                buzzer: row.get("buzzer")?,
            },
            drawer: DrawerPulse { pin: row.get("drawer_pin")?, on_ms: row.get("drawer_ms")? },
        },
    })
}
