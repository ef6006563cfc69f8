//! The floor, as whoever arranges it changes it. What is said counts at once at every till, and is written down; where
//! an order is open, its table stays.

use crate::once::{self, once};
use crate::refusal::{Field, Refusal};
use crate::wire::{
    FloorSetup, GetFloorSetup, OrderRooms, PlaceTables, RoomSetup, SaveRoom, SaveTable, SaveTables,
    TableSetup, TableWish,
};
use crate::{App, Command as _, Who};
use fastops_domain::floor::{
    COLUMNS, FloorPlan, FloorProblem, LEAST_SIDE, MAX_ROOM_NAME, MAX_SEATS, MAX_TABLE_NAME, MAX_TABLES,
    PlannedRoom, PlannedTable, ROWS, Spot, TableShape, place_name,
};
use fastops_domain::ids::{BranchId, CommandId, RoomId, TableId};
use fastops_store::audit::{self, AuditRow};
use fastops_store::floor::Table;
use fastops_store::floor::edit::{self, KeptFloor};
use fastops_store::hint::HouseNews;
use fastops_store::{StoreError, Tx, Work};
use serde_json::{Value as Json, json};
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

pub(crate) async fn get_floor_setup(app: &App, _: &Who, _: GetFloorSetup) -> Result<FloorSetup, Refusal> {
    let branch = app.catalogue.facts().await?.branch.id;
    let read = app.store.read::<_, StoreError, _>(move |tx| Box::pin(edit::kept(tx, branch)));
    Ok(view(read.await?))
}

fn view(floor: KeptFloor) -> FloorSetup {
    let KeptFloor { rooms, tables, open } = floor;
    let mut in_room: HashMap<RoomId, Vec<TableSetup>> = HashMap::new();
    for table in tables {
        let orders = open.iter().filter(|order| order.table == table.id).count();
        in_room.entry(table.room).or_default().push(TableSetup {
            id: table.id.0,
            seats: table.seats,
            shape: table.shape.into(),
            x: table.x,
            y: table.y,
            width: table.width,
            height: table.height,
            active: table.active,
            open_orders: u32::try_from(orders).unwrap_or(u32::MAX),
            name: table.name,
        });
    }
    let rooms = rooms.into_iter().map(|room| RoomSetup {
        tables: in_room.remove(&room.id).unwrap_or_default(),
        id: room.id.0,
        name: room.name,
        active: room.active,
    });
    FloorSetup { rooms: rooms.collect(), columns: COLUMNS, rows: ROWS, least_side: LEAST_SIDE }
}

pub(crate) async fn save_room(app: &App, who: &Who, request: SaveRoom) -> Result<FloorSetup, Refusal> {
    let wish = PlannedRoom {
        id: RoomId(request.room_id),
        name: named(&request.name, MAX_ROOM_NAME)?,
        active: request.active,
    };
    let act = Act {
        command: CommandId(request.command_id),
        name: SaveRoom::NAME,
        subject: Some(("room", request.room_id)),
    };
    act.keep(app, who, move |tx, branch, floor| {
        let wish = wish.clone();
        Box::pin(async move {
            let plan = plan(&floor);
            let before = plan.room(wish.id).map(|room| json!({ "name": room.name, "active": room.active }));
            plan.with_room(wish.clone())?;
            let saved = edit::save_room(tx, branch, wish.id, &wish.name, wish.active).await?;
            all_of(u64::from(saved), 1, FloorProblem::UnknownRoom)?;
            Ok(json!({ "before": before, "after": { "name": wish.name, "active": wish.active } }))
        })
    })
    .await
}

pub(crate) async fn order_rooms(app: &App, who: &Who, request: OrderRooms) -> Result<FloorSetup, Refusal> {
    let rooms: Vec<RoomId> = request.room_ids.iter().copied().map(RoomId).collect();
    let act = Act { command: CommandId(request.command_id), name: OrderRooms::NAME, subject: None };
    act.keep(app, who, move |tx, branch, _| {
        let rooms = rooms.clone();
        Box::pin(async move {
            let put = edit::order_rooms(tx, branch, &rooms).await?;
            all_of(put, rooms.len(), FloorProblem::UnknownRoom)?;
            Ok(json!(rooms))
        })
    })
    .await
}

pub(crate) async fn save_table(app: &App, who: &Who, request: SaveTable) -> Result<FloorSetup, Refusal> {
    let act = Act {
        command: CommandId(request.command_id),
        name: SaveTable::NAME,
        subject: Some(("table", request.table.table_id)),
    };
    act.save(app, who, vec![request.table]).await
}

pub(crate) async fn save_tables(app: &App, who: &Who, request: SaveTables) -> Result<FloorSetup, Refusal> {
    let act = Act { command: CommandId(request.command_id), name: SaveTables::NAME, subject: None };
    act.save(app, who, request.tables).await
}

pub(crate) async fn place_tables(app: &App, who: &Who, request: PlaceTables) -> Result<FloorSetup, Refusal> {
    so_many(request.places.len())?;
    let room = RoomId(request.room_id);
    let place = |one: &crate::wire::TablePlace| {
        (TableId(one.table_id), Spot { x: one.x, y: one.y, width: one.width, height: one.height })
    };
    let places: Arc<[(TableId, Spot)]> = request.places.iter().map(place).collect();
    let act = Act {
        command: CommandId(request.command_id),
        name: PlaceTables::NAME,
        subject: Some(("room", request.room_id)),
    };
    act.keep(app, who, move |tx, branch, floor| {
        let places = Arc::clone(&places);
        Box::pin(async move {
            plan(&floor).with_places(room, &places)?;
            let spot_of = |id: TableId| places.iter().find(|(table, _)| *table == id).map(|(_, spot)| *spot);
            let moved = floor.tables.iter().filter_map(|table| Some((table, spot_of(table.id)?)));
            let moved: Vec<(Spot, Table)> =
                moved.map(|(table, spot)| (table.spot(), put(table, spot))).collect();
            let said = moved.iter().map(|(from, table)| {
                json!({ "id": table.id, "name": table.name, "before": from, "after": table.spot() })
            });
            let said = said.collect();
            let tables: Vec<Table> = moved.into_iter().map(|(_, table)| table).collect();
            let saved = edit::save_tables(tx, branch, &tables).await?;
            all_of(saved, places.len(), FloorProblem::UnknownTable)?;
            Ok(said)
        })
    })
    .await
}

fn put(table: &Table, spot: Spot) -> Table {
    let Spot { x, y, width, height } = spot;
    Table { x, y, width, height, ..table.clone() }
}

/// The floor as the rules look at it.
fn plan(floor: &KeptFloor) -> FloorPlan {
    let room = |room: &fastops_store::floor::Room| PlannedRoom {
        id: room.id,
        name: room.name.clone(),
        active: room.active,
    };
    FloorPlan {
        rooms: floor.rooms.iter().map(room).collect(),
        tables: floor.tables.iter().map(planned).collect(),
        open: floor.open.clone(),
    }
}

fn planned(table: &Table) -> PlannedTable {
    let Table { id, room, ref name, active, .. } = *table;
    PlannedTable { id, room, name: name.clone(), spot: table.spot(), active }
}

fn row(wish: &TableWish) -> Result<Table, Refusal> {
    if !(1..=MAX_SEATS).contains(&wish.seats) {
        return Err(Refusal::OutOfBounds { field: Field::TableSeats, least: 1, most: MAX_SEATS as usize });
    }
    Ok(Table {
        id: TableId(wish.table_id),
        room: RoomId(wish.room_id),
        name: named(&wish.name, MAX_TABLE_NAME)?,
        seats: wish.seats,
        x: wish.x,
        y: wish.y,
        width: wish.width,
        height: wish.height,
        shape: wish.shape.into(),
        active: wish.active,
    })
}

/// A table as it is written down who made it so.
fn told(table: &Table) -> Json {
    let shape: TableShape = table.shape;
    json!({
        "id": table.id, "room": table.room, "name": table.name, "seats": table.seats, "shape": shape,
        "place": table.spot(), "active": table.active,
    })
}

fn named(typed: &str, most: usize) -> Result<String, Refusal> {
    place_name(typed, most).ok_or(Refusal::OutOfBounds { field: Field::PlaceName, least: 1, most })
}

fn so_many(tables: usize) -> Result<(), Refusal> {
    if (1..=MAX_TABLES).contains(&tables) {
        Ok(())
    } else {
        Err(Refusal::OutOfBounds { field: Field::Tables, least: 1, most: MAX_TABLES })
    }
}

fn all_of(written: u64, asked: usize, otherwise: FloorProblem) -> Result<(), Refusal> {
    if written == asked as u64 { Ok(()) } else { Err(Refusal::Floor(otherwise)) }
}

/// A change of the floor that is done once, written down and told.
struct Act {
    command: CommandId,
    name: &'static str,
    /// What it is about; the branch when it is about the whole floor.
    subject: Option<(&'static str, Uuid)>,
}

impl Act {
    async fn save(self, app: &App, who: &Who, wishes: Vec<TableWish>) -> Result<FloorSetup, Refusal> {
        so_many(wishes.len())?;
        let tables: Arc<[Table]> = wishes.iter().map(row).collect::<Result<_, _>>()?;
        self.keep(app, who, move |tx, branch, floor| {
            let tables = Arc::clone(&tables);
            Box::pin(async move {
                plan(&floor).with_tables(tables.iter().map(planned).collect())?;
                let saved = edit::save_tables(tx, branch, &tables).await?;
                all_of(saved, tables.len(), FloorProblem::UnknownTable)?;
                let before = |id: TableId| floor.tables.iter().find(|table| table.id == id).map(told);
                let said =
                    tables.iter().map(|table| json!({ "before": before(table.id), "after": told(table) }));
                Ok(said.collect())
            })
        })
        .await
    }

    /// `work` gets the floor as nobody else can change it meanwhile, and gives what is written down of the change.
    async fn keep<F>(self, app: &App, who: &Who, work: F) -> Result<FloorSetup, Refusal>
    where
        F: for<'t> Fn(&'t mut Tx, BranchId, KeptFloor) -> Work<'t, Json, Refusal>
            + Clone
            + Send
            + Sync
            + 'static,
    {
        let (actor, now) = (who.actor()?, app.env.now());
        let branch = app.catalogue.facts().await?.branch.id;
        let (subject_kind, subject) = self.subject.unwrap_or(("branch", branch.0));
        let row = AuditRow {
            id: app.env.new_id(),
            branch,
            at: now,
            user: Some(actor.user()),
            terminal: Some(actor.live.terminal.id),
            action: self.name.into(),
            subject_kind: subject_kind.into(),
            subject,
            detail: Json::Null,
        };
        let kept = once(app, actor, self.command, self.name, now, move |tx| {
            let (row, work) = (row.clone(), work.clone());
            Box::pin(async move {
                let floor = edit::kept_to_change(tx, branch).await?;
                let detail = work(tx, branch, floor).await?;
                Ok(audit::insert_audit(tx, &AuditRow { detail, ..row }).await?)
            })
        })
        .await?;
        if kept.fresh {
            app.tell_house(&[HouseNews::Floor]);
        }
        once::done(get_floor_setup(app, who, GetFloorSetup {}).await)
    }
}
