//! The house that a history is made for: everything that a believable day of service needs to know,
//! read in a fixed number of statements.

use super::facts::Counters;
use crate::columns::{Row, number};
use crate::sql::{fetch_all, fetch_optional, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::{
    BranchId, CompanyId, ModifierId, PrinterId, ProductId, StationId, TableId, TerminalId, UserId,
};
use fastops_domain::menu::{Modifier, ModifierGroup};
use fastops_domain::money::Money;
use fastops_domain::order::OrderType;
use fastops_domain::station::ProofLevel;
use fastops_domain::tax::Tax;
use fastops_domain::time::Time;
use fastops_domain::user::Role;
use std::collections::HashMap;
use uuid::Uuid;

statements! {
    BRANCH: both
        "SELECT branch.id, company_id, utc_offset_minutes, day_starts_minute, default_location_id,
                minor_digits, shown_digits
         FROM branch JOIN company ON company.id = company_id ORDER BY branch.id LIMIT 1";
    TILLS: both
        "SELECT id, name, EXISTS (SELECT 1 FROM cash_session WHERE terminal_id = terminal.id AND closed_at IS NULL)
                AS drawer_open
         FROM terminal WHERE branch_id = $1 AND active ORDER BY name, id";
    PEOPLE: both "SELECT id, name, role FROM app_user WHERE company_id = $1 AND active ORDER BY name, id";
    TABLES: both
        "SELECT dining_table.id, dining_table.name, seats, room.name AS room
         FROM dining_table JOIN room ON room.id = room_id
         WHERE branch_id = $1 AND room.active AND dining_table.active
         ORDER BY room.position, dining_table.name, dining_table.id";
    PRODUCTS: both
        "SELECT product.id, product.name, price_minor, tracks_stock, preparation_minutes,
                COALESCE(product_station.station_id, category_station.station_id) AS station_id
         FROM product
         JOIN category ON category.id = product.category_id
         LEFT JOIN product_station ON product_station.product_id = product.id AND product_station.branch_id = $1
         LEFT JOIN category_station
                ON category_station.category_id = category.id AND category_station.branch_id = $1
         WHERE category.company_id = $2 AND product.active AND category.active AND product.kind = 'product'
         ORDER BY category.position, category.name, product.position, product.name, product.id";
    PRODUCT_TAXES: both
        "SELECT product_id, name, rate_bp, mode FROM product_tax JOIN tax ON tax.id = tax_id
         WHERE company_id = $1 ORDER BY product_id, product_tax.position";
    QUESTIONS: both
        "SELECT product_id, modifier_group.id AS group_id, modifier_group.name AS group_name, min_choices,
                max_choices, portioning, modifier.id AS modifier_id, modifier.name AS modifier_name, modifier.price_minor
         FROM product_modifier_group
         JOIN modifier_group ON modifier_group.id = product_modifier_group.group_id
         JOIN modifier ON modifier.group_id = modifier_group.id
         WHERE company_id = $1
         ORDER BY product_id, product_modifier_group.position, modifier_group.id, modifier.position, modifier.id";
    STATIONS: both
        "SELECT station.id, station.name, printer.id AS printer_id, proof
         FROM station
         JOIN station_target ON station_target.station_id = station.id AND kind = 'printer'
         JOIN printer ON printer.id = station_target.printer_id
         WHERE station.branch_id = $1
         ORDER BY station.position, station.id, station_target.position";
    METHODS: both
        "SELECT code, kind FROM payment_method WHERE company_id = $1 AND active ORDER BY position, code";
    ORDER_TYPES: both "SELECT code FROM order_type WHERE company_id = $1 AND active ORDER BY position, code";
    RECIPES: both
        "SELECT recipe.product_id, ingredient_id, quantity_milli
         FROM recipe
         JOIN product ON product.id = ingredient_id
         JOIN category ON category.id = product.category_id
         WHERE company_id = $1 AND variant_id IS NULL AND product.tracks_stock
         ORDER BY recipe.product_id, ingredient_id";
    LEVELS: both
        "SELECT product_id, on_hand_milli, least_milli
         FROM stock_level WHERE location_id = $1 AND variant_id IS NULL ORDER BY product_id";
    RANGE: both
        "SELECT id, next_number, last_number FROM numbering_range
         WHERE branch_id = $1 AND kind = 'receipt' AND active";
    ORDER_NUMBERS: both "SELECT order_type, last FROM order_number WHERE branch_id = $1 ORDER BY order_type";
    TICKET_NUMBERS: both
        "SELECT station_id, last FROM ticket_number JOIN station ON station.id = station_id
         WHERE branch_id = $1 ORDER BY station_id";
    AUDIT_HEAD: both "SELECT seq, hash FROM audit_head WHERE branch_id = $1";
    LAST_DRAWER: both "SELECT COALESCE(MAX(number), 0) AS n FROM cash_session WHERE branch_id = $1";
    LAST_ORDER: both "SELECT MAX(opened_at) AS n FROM customer_order WHERE branch_id = $1";
}

/// One branch with its people, its floor, its menu and how far its numbers have come.
#[derive(Clone, Debug)]
pub struct House {
    pub branch: BranchId,
    pub company: CompanyId,
    pub utc_offset_minutes: i32,
    pub day_starts_minute: i32,
    /// Where what is sold comes from.
    pub location: Uuid,
    /// Minor units in the smallest amount that people write (100 for centavos of a peso).
    pub shown_unit: i64,
    pub terminals: Vec<HouseTerminal>,
    pub people: Vec<Person>,
    pub tables: Vec<HouseTable>,
    pub products: Vec<HouseProduct>,
    pub stations: Vec<HouseStation>,
    /// Code and kind of every way to pay.
    pub methods: Vec<(String, String)>,
    pub order_types: Vec<OrderType>,
    pub levels: Vec<Level>,
    /// The range that receipts are drawn from, and its last number.
    pub receipts: Option<(Uuid, i64)>,
    pub counters: Counters,
    pub last_order_at: Option<Time>,
}

#[derive(Clone, Debug)]
pub struct HouseTerminal {
    pub id: TerminalId,
    pub name: String,
    pub drawer_open: bool,
}

#[derive(Clone, Debug)]
pub struct Person {
    pub id: UserId,
    pub name: String,
    pub role: Role,
}

#[derive(Clone, Debug)]
pub struct HouseTable {
    pub id: TableId,
    pub name: String,
    pub room: String,
    pub seats: u32,
}

#[derive(Clone, Debug)]
pub struct HouseProduct {
    pub id: ProductId,
    pub name: String,
    pub price: Money,
    pub preparation_minutes: u32,
    pub station: Option<StationId>,
    pub taxes: Vec<Tax>,
    pub groups: Vec<ModifierGroup>,
    /// What selling one takes out of stock, in thousandths; itself when it is counted itself.
    pub uses: Vec<(ProductId, i64)>,
}

#[derive(Clone, Debug)]
pub struct HouseStation {
    pub id: StationId,
    pub name: String,
    pub printer: PrinterId,
    pub proves: bool,
}

/// What lies at the location, in thousandths.
#[derive(Clone, Copy, Debug)]
pub struct Level {
    pub product: ProductId,
    pub on_hand: i64,
    /// What must stay; without it the count may fall below nothing.
    pub least: Option<i64>,
}

/// The first branch of the store; none before a company was made.
pub async fn house(tx: &mut Tx) -> Result<Option<House>, StoreError> {
    let Some(mut house) = fetch_optional!(tx, BRANCH, read_branch)? else { return Ok(None) };
    let (branch, company) = (house.branch, house.company);
    house.terminals = fetch_all!(tx, TILLS, read_terminal, branch)?;
    house.people = fetch_all!(tx, PEOPLE, read_person, company)?;
    house.tables = fetch_all!(tx, TABLES, read_table, branch)?;
    house.products = products(tx, branch, company).await?;
    house.stations = fetch_all!(tx, STATIONS, read_station, branch)?;
    // The first printer of each station: those behind it serve only when it cannot.
    house.stations.dedup_by_key(|station| station.id);
    house.methods =
        fetch_all!(tx, METHODS, |row: &Row<'_>| Ok((row.get("code")?, row.get("kind")?)), company)?;
    house.order_types = fetch_all!(tx, ORDER_TYPES, |row: &Row<'_>| row.get("code"), company)?;
    house.levels = fetch_all!(tx, LEVELS, read_level, house.location)?;
    let range: Option<(Uuid, i64, i64)> = fetch_optional!(
        tx,
        RANGE,
        |row: &Row<'_>| Ok::<_, StoreError>((
            row.get("id")?,
            row.get("next_number")?,
            row.get("last_number")?
        )),
        branch
    )?;
    house.receipts = range.map(|(id, _, last)| (id, last));
    house.counters = counters(tx, branch, range.map_or(0, |(_, next, _)| next)).await?;
    let last: Option<Option<Time>> = fetch_optional!(tx, LAST_ORDER, number, branch)?;
    house.last_order_at = last.flatten();
    Ok(Some(house))
}

async fn counters(tx: &mut Tx, branch: BranchId, next_receipt: i64) -> Result<Counters, StoreError> {
    let orders = fetch_all!(
        tx,
        ORDER_NUMBERS,
        |row: &Row<'_>| Ok((row.get("order_type")?, row.get("last")?)),
        branch
    )?;
    let tickets = fetch_all!(
        tx,
        TICKET_NUMBERS,
        |row: &Row<'_>| Ok((row.get("station_id")?, row.get("last")?)),
        branch
    )?;
    let audit = fetch_optional!(
        tx,
        AUDIT_HEAD,
        |row: &Row<'_>| {
            let hash: Vec<u8> = row.get("hash")?;
            let reason = || StoreError::Decode { column: "hash", reason: "it is not of 32 bytes".into() };
            Ok::<_, StoreError>((row.get("seq")?, hash.try_into().map_err(|_| reason())?))
        },
        branch
    )?;
    let drawers = fetch_optional!(tx, LAST_DRAWER, number, branch)?.unwrap_or(0);
    Ok(Counters { orders, tickets, next_receipt, drawers, audit })
}

async fn products(
    tx: &mut Tx,
    branch: BranchId,
    company: CompanyId,
) -> Result<Vec<HouseProduct>, StoreError> {
    let taxes: Vec<(ProductId, Tax)> = fetch_all!(tx, PRODUCT_TAXES, read_tax, company)?;
    let answers: Vec<(ProductId, ModifierGroup)> = fetch_all!(tx, QUESTIONS, read_answer, company)?;
    let recipes: Vec<(ProductId, ProductId, i64)> = fetch_all!(
        tx,
        RECIPES,
        |row: &Row<'_>| Ok((row.get("product_id")?, row.get("ingredient_id")?, row.get("quantity_milli")?)),
        company
    )?;
    let (mut taxes, mut groups) = (grouped(taxes), groups(answers));
    let mut uses = grouped(recipes.into_iter().map(|(product, used, milli)| (product, (used, milli))));
    fetch_all!(
        tx,
        PRODUCTS,
        |row: &Row<'_>| {
            let id: ProductId = row.get("id")?;
            let tracked: bool = row.get("tracks_stock")?;
            let itself = tracked.then_some((id, 1_000));
            Ok(HouseProduct {
                id,
                name: row.get("name")?,
                price: row.get("price_minor")?,
                preparation_minutes: row.get("preparation_minutes")?,
                station: row.get("station_id")?,
                taxes: taxes.remove(&id).unwrap_or_default(),
                groups: groups.remove(&id).unwrap_or_default(),
                uses: itself.into_iter().chain(uses.remove(&id).unwrap_or_default()).collect(),
            })
        },
        branch,
        company
    )
}

fn grouped<T>(pairs: impl IntoIterator<Item = (ProductId, T)>) -> HashMap<ProductId, Vec<T>> {
    let mut grouped: HashMap<_, Vec<_>> = HashMap::new();
    for (product, value) in pairs {
        grouped.entry(product).or_default().push(value);
    }
    grouped
}

/// Answers of one question come one after the other.
fn groups(answers: Vec<(ProductId, ModifierGroup)>) -> HashMap<ProductId, Vec<ModifierGroup>> {
    let mut of_product: HashMap<ProductId, Vec<ModifierGroup>> = HashMap::new();
    for (product, answer) in answers {
        let groups = of_product.entry(product).or_default();
        match groups.last_mut().filter(|last| last.id == answer.id) {
            Some(last) => last.modifiers.extend(answer.modifiers),
            None => groups.push(answer),
        }
    }
    of_product
}

fn read_branch(row: &Row<'_>) -> Result<House, StoreError> {
    let (minor, shown): (u32, u32) = (row.get("minor_digits")?, row.get("shown_digits")?);
    Ok(House {
        branch: row.get("id")?,
        company: row.get("company_id")?,
        utc_offset_minutes: row.get("utc_offset_minutes")?,
        day_starts_minute: row.get("day_starts_minute")?,
        location: row.get("default_location_id")?,
        shown_unit: 10_i64.pow(minor.saturating_sub(shown)),
        terminals: Vec::new(),
        people: Vec::new(),
        tables: Vec::new(),
        products: Vec::new(),
        stations: Vec::new(),
        methods: Vec::new(),
        order_types: Vec::new(),
        levels: Vec::new(),
        receipts: None,
        counters: Counters::default(),
        last_order_at: None,
    })
}

fn read_terminal(row: &Row<'_>) -> Result<HouseTerminal, StoreError> {
    Ok(HouseTerminal { id: row.get("id")?, name: row.get("name")?, drawer_open: row.get("drawer_open")? })
}

fn read_person(row: &Row<'_>) -> Result<Person, StoreError> {
    Ok(Person { id: row.get("id")?, name: row.get("name")?, role: row.get("role")? })
}

fn read_table(row: &Row<'_>) -> Result<HouseTable, StoreError> {
    Ok(HouseTable {
        id: row.get("id")?,
        name: row.get("name")?,
        room: row.get("room")?,
        seats: row.get("seats")?,
    })
}

fn read_station(row: &Row<'_>) -> Result<HouseStation, StoreError> {
    let proof: ProofLevel = row.get("proof")?;
    Ok(HouseStation {
        id: row.get("id")?,
        name: row.get("name")?,
        printer: row.get("printer_id")?,
        proves: proof.proves(),
    })
}

fn read_level(row: &Row<'_>) -> Result<Level, StoreError> {
    Ok(Level {
        product: row.get("product_id")?,
        on_hand: row.get("on_hand_milli")?,
        least: row.get("least_milli")?,
    })
}

fn read_tax(row: &Row<'_>) -> Result<(ProductId, Tax), StoreError> {
    let tax = Tax { name: row.get("name")?, rate_bp: row.get("rate_bp")?, mode: row.get("mode")? };
    Ok((row.get("product_id")?, tax))
}

/// One answer as a question with that answer alone.
fn read_answer(row: &Row<'_>) -> Result<(ProductId, ModifierGroup), StoreError> {
    let id: ModifierId = row.get("modifier_id")?;
    let answer = Modifier { id, name: row.get("modifier_name")?, price: row.get("price_minor")? };
    let group = ModifierGroup {
        id: row.get("group_id")?,
        name: row.get("group_name")?,
        min: row.get("min_choices")?,
        max: row.get("max_choices")?,
        portioning: row.get("portioning")?,
        modifiers: vec![answer],
    };
    Ok((row.get("product_id")?, group))
}
