//! Rooms and tables are the house's to change: at once at every till, once for each command, written down; where an
//! order is open its table stays, whoever is faster.

use crate::house::{self, Engine, House, PATIENCE, new_id};
use crate::laws::questions::{self, count};
use fastops_app::wire::{
    CreateOrder, Event, FailureCode, FloorSetup, GetFloor, GetFloorSetup, MoveOrder, OrderRooms, OrderType,
    OrderView, PlaceTables, RoomSetup, SaveRoom, SaveTable, SaveTables, TablePlace, TableSetup, TableShape,
    TableWish,
};
use fastops_app::{App, Caller, Language};
use uuid::Uuid;

super::on_both_engines!(
    a_new_table_is_sold_at_and_printed,
    tables_stand_where_they_were_put,
    a_table_with_an_order_stays,
    what_is_off_the_floor_is_neither_sold_at_nor_forgotten,
    rooms_come_go_and_stand_in_their_order,
    a_floor_that_cannot_be_is_refused_with_a_sentence,
    of_two_admins_at_once_one_gets_the_place,
    an_order_and_the_end_of_its_table_never_both_happen,
);

/// A house with somebody who arranges it, and somebody who sells there.
struct Place {
    house: House,
    jorge: Caller,
    ana: Caller,
}

impl Place {
    async fn open(engine: Engine) -> Self {
        let house = House::open(engine).await;
        let (jorge, ana) = (house.sign_in("Jorge").await, house.sign_in("Ana").await);
        Self { house, jorge, ana }
    }

    async fn setup(&self) -> FloorSetup {
        self.house.app.perform(&self.jorge, GetFloorSetup {}).await.unwrap()
    }

    async fn says<C: fastops_app::Command>(&self, request: C) -> C::Answer {
        self.house.app.perform(&self.jorge, request).await.unwrap()
    }

    fn order(&self, table: Uuid) -> CreateOrder {
        let like = self.house.take_away(&[("307", 1)]);
        CreateOrder { order_type: OrderType::DineIn, table_id: Some(table), customer: None, ..like }
    }

    async fn sells(&self, table: Uuid) -> OrderView {
        self.house.app.perform(&self.ana, self.order(table)).await.unwrap()
    }

    /// The names of the rooms that waiters see, each with those of its tables.
    async fn seen(&self) -> Vec<(String, Vec<String>)> {
        let floor = self.house.app.perform(&self.ana, GetFloor {}).await.unwrap();
        let tables = |room: &fastops_app::wire::RoomView| {
            let mut names: Vec<String> = room.tables.iter().map(|table| table.name.clone()).collect();
            names.sort_by_key(|name| (name.len(), name.clone()));
            names
        };
        floor.rooms.iter().map(|room| (room.name.clone(), tables(room))).collect()
    }
}

fn found<'a>(setup: &'a FloorSetup, name: &str) -> (&'a RoomSetup, &'a TableSetup) {
    let of = |room: &'a RoomSetup| room.tables.iter().find(|table| table.name == name).map(|one| (room, one));
    setup.rooms.iter().find_map(of).unwrap()
}

/// A table as it stands, to be changed.
fn wish(setup: &FloorSetup, name: &str) -> TableWish {
    let (room, table) = found(setup, name);
    let TableSetup { id, ref name, seats, shape, x, y, width, height, active, .. } = *table;
    TableWish {
        table_id: id,
        room_id: room.id,
        name: name.clone(),
        seats,
        shape,
        x,
        y,
        width,
        height,
        active,
    }
}

/// A new table in the first room, where there is none.
fn new_table(setup: &FloorSetup, name: &str) -> TableWish {
    TableWish {
        table_id: new_id(),
        room_id: setup.rooms[0].id,
        name: name.into(),
        seats: 6,
        shape: TableShape::Round,
        x: 20,
        y: 13,
        width: 4,
        height: 3,
        active: true,
    }
}

fn save(table: TableWish) -> SaveTable {
    SaveTable { command_id: new_id(), table }
}

fn room(setup: &FloorSetup, at: usize) -> SaveRoom {
    let RoomSetup { id, name, active, .. } = setup.rooms[at].clone();
    SaveRoom { command_id: new_id(), room_id: id, name, active }
}

async fn a_new_table_is_sold_at_and_printed(engine: Engine) {
    let place = Place::open(engine).await;
    let mut events = place.house.app.subscribe();
    let setup = place.setup().await;
    let request = save(new_table(&setup, "  M\t21 "));
    for _ in 0..2 {
        let now = place.says(request.clone()).await;
        let (room, table) = found(&now, "M 21");
        assert_eq!((room.id, table.seats, table.open_orders), (setup.rooms[0].id, 6, 0));
    }
    let heard = std::iter::from_fn(|| events.try_recv().ok());
    assert_eq!(heard.filter(|heard| heard.event == Event::FloorChanged).count(), 1, "told once");
    assert_eq!(count(&place.house.app.store_for_faults(), questions::FLOOR_CHANGES).await, 1);
    assert!(place.seen().await[0].1.contains(&"M 21".to_owned()));

    let sent = place.sells(request.table.table_id).await;
    assert_eq!(sent.table.unwrap().name, "M 21");
    place.house.printer("cocina").wait_for_slips(1, PATIENCE).await.unwrap();
    assert!(place.house.printer("cocina").slips()[0].text().contains("M 21"));
    assert_eq!(found(&place.setup().await, "M 21").1.open_orders, 1);

    let several: Vec<TableWish> = (0..3)
        .map(|n| TableWish { x: n * 4, y: 13, width: 3, ..new_table(&setup, &(n + 31).to_string()) })
        .collect();
    let several = SaveTables { command_id: new_id(), tables: several };
    let now = place.says(several.clone()).await;
    assert_eq!(place.says(several).await, now);
    assert!(["31", "32", "33"].into_iter().all(|name| found(&now, name).1.active));
    assert_eq!(count(&place.house.app.store_for_faults(), questions::FLOOR_CHANGES).await, 2);
    place.house.close().await;
}

async fn tables_stand_where_they_were_put(engine: Engine) {
    let place = Place::open(engine).await;
    let setup = place.setup().await;
    place.sells(found(&setup, "1").1.id).await;
    let put = |name: &str, x, y, width| {
        let table = found(&setup, name).1;
        TablePlace { table_id: table.id, x, y, width, height: table.height }
    };
    // Two exchange their places, one with an order on it; a third grows.
    let request = PlaceTables {
        command_id: new_id(),
        room_id: setup.rooms[0].id,
        places: vec![put("1", 6, 1, 3), put("2", 1, 1, 3), put("10", 12, 10, 7)],
    };
    let now = place.says(request.clone()).await;
    let at = |name: &str| {
        let table = found(&now, name).1;
        (table.x, table.y, table.width)
    };
    assert_eq!((at("1"), at("2"), at("10")), ((6, 1, 3), (1, 1, 3), (12, 10, 7)));
    assert_eq!(place.says(request.clone()).await, now, "the same again changes nothing");
    let floor = place.house.app.perform(&place.ana, GetFloor {}).await.unwrap();
    let shown = floor.rooms[0].tables.iter().find(|table| table.name == "1").unwrap();
    assert_eq!((shown.x, shown.y, shown.orders.len()), (6, 1, 1), "with what is open on it");

    let over = PlaceTables { command_id: new_id(), places: vec![put("3", 6, 3, 3)], ..request.clone() };
    let said = place.house.refused(&place.jorge, over, FailureCode::OutOfBounds).await;
    assert!(said.message.contains("mesa 3") && said.message.contains("la 1"), "{}", said.message);
    let elsewhere = PlaceTables { command_id: new_id(), room_id: setup.rooms[1].id, ..request };
    place.house.refused(&place.jorge, elsewhere, FailureCode::UnknownTable).await;
    assert_eq!(place.setup().await, now, "nothing of it happened");
    place.house.close().await;
}

async fn a_table_with_an_order_stays(engine: Engine) {
    let place = Place::open(engine).await;
    let setup = place.setup().await;
    let sent = place.sells(found(&setup, "5").1.id).await;
    let off = TableWish { active: false, ..wish(&setup, "5") };
    let away = TableWish { room_id: setup.rooms[1].id, x: 20, y: 13, ..wish(&setup, "5") };
    for wanted in [off.clone(), away] {
        let said = place.house.refused(&place.jorge, save(wanted), FailureCode::MustKeep).await;
        let order = format!("pedido {}", sent.number);
        assert!(said.message.contains("La mesa 5") && said.message.contains(&order), "{}", said.message);
    }
    let closed = SaveRoom { active: false, ..room(&setup, 0) };
    let said = place.house.refused(&place.jorge, closed, FailureCode::MustKeep).await;
    assert!(said.message.contains("Salón") && said.message.contains("la mesa 5"), "{}", said.message);
    let renamed = TableWish { name: "5 A".into(), seats: 2, ..wish(&setup, "5") };
    place.says(save(renamed)).await;
    let order = place.house.order(&place.ana, sent.id).await;
    assert_eq!(order.table.unwrap().name, "5 A", "it may have another name");

    let to = found(&setup, "13").1.id;
    let moved = MoveOrder { command_id: new_id(), order_id: sent.id, table_id: to };
    place.house.app.perform(&place.ana, moved).await.unwrap();
    let now = place.says(save(TableWish { name: "5 A".into(), ..off })).await;
    assert!(!found(&now, "5 A").1.active, "its order has gone elsewhere");
    place.house.close().await;
}

async fn what_is_off_the_floor_is_neither_sold_at_nor_forgotten(engine: Engine) {
    let place = Place::open(engine).await;
    let setup = place.setup().await;
    let table = found(&setup, "8").1.id;
    let sent = place.sells(found(&setup, "9").1.id).await;
    let off = TableWish { active: false, ..wish(&setup, "8") };
    place.says(save(off.clone())).await;
    assert!(!place.seen().await[0].1.contains(&"8".to_owned()));
    place.house.refused(&place.ana, place.order(table), FailureCode::UnknownTable).await;
    let onto = MoveOrder { command_id: new_id(), order_id: sent.id, table_id: table };
    place.house.refused(&place.ana, onto, FailureCode::UnknownTable).await;

    // Another table may stand there now, but not with its name.
    let same = TableWish { table_id: new_id(), active: true, ..off.clone() };
    let said = place.house.refused(&place.jorge, save(same.clone()), FailureCode::NameTaken).await;
    assert!(said.message.contains("fuera del plano"), "{}", said.message);
    place.says(save(TableWish { name: "8 B".into(), ..same })).await;
    let back = TableWish { active: true, ..off };
    place.house.refused(&place.jorge, save(back.clone()), FailureCode::OutOfBounds).await;
    place.says(save(TableWish { x: 20, y: 13, ..back })).await;
    place.sells(table).await;
    place.house.close().await;
}

async fn rooms_come_go_and_stand_in_their_order(engine: Engine) {
    let place = Place::open(engine).await;
    let setup = place.setup().await;
    let patio =
        SaveRoom { command_id: new_id(), room_id: new_id(), name: " Patio  azul ".into(), active: true };
    let now = place.says(patio.clone()).await;
    assert_eq!(place.says(patio.clone()).await, now);
    assert_eq!(now.rooms.last().unwrap().name, "Patio azul", "a new one stands last");
    let table = TableWish { room_id: patio.room_id, x: 0, y: 0, ..new_table(&setup, "1") };
    place.says(save(table.clone())).await;
    let order = vec![patio.room_id, now.rooms[1].id, now.rooms[0].id];
    place.says(OrderRooms { command_id: new_id(), room_ids: order }).await;
    let names = |seen: Vec<(String, Vec<String>)>| seen.into_iter().map(|room| room.0).collect::<Vec<_>>();
    assert_eq!(names(place.seen().await), ["Patio azul", "Terraza", "Salón"]);
    let unknown = OrderRooms { command_id: new_id(), room_ids: vec![new_id()] };
    place.house.refused(&place.jorge, unknown, FailureCode::UnknownTable).await;

    let off = SaveRoom { command_id: new_id(), active: false, ..patio.clone() };
    place.says(off).await;
    assert_eq!(names(place.seen().await), ["Terraza", "Salón"]);
    place.house.refused(&place.ana, place.order(table.table_id), FailureCode::UnknownTable).await;
    let taken = SaveRoom { command_id: new_id(), room_id: new_id(), name: "PATIO AZUL".into(), active: true };
    place.house.refused(&place.jorge, taken, FailureCode::NameTaken).await;
    place.says(SaveRoom { active: false, ..room(&setup, 1) }).await;
    let last = SaveRoom { active: false, ..room(&setup, 0) };
    let said = place.house.refused(&place.jorge, last, FailureCode::MustKeep).await;
    assert!(said.message.contains("único salón"), "{}", said.message);
    place.says(SaveRoom { command_id: new_id(), ..patio }).await;
    place.sells(table.table_id).await;
    assert_eq!(names(place.seen().await), ["Patio azul", "Salón"]);
    place.house.close().await;
}

async fn a_floor_that_cannot_be_is_refused_with_a_sentence(engine: Engine) {
    let place = Place::open(engine).await;
    let setup = place.setup().await;
    let with = |change: fn(&mut TableWish)| {
        let mut table = new_table(&setup, "21");
        change(&mut table);
        save(table)
    };
    let cases = [
        (with(|table| table.name = " ".into()), FailureCode::OutOfBounds),
        (with(|table| table.name = "x".repeat(13)), FailureCode::OutOfBounds),
        (with(|table| table.name = "12".into()), FailureCode::NameTaken),
        (with(|table| table.seats = 0), FailureCode::OutOfBounds),
        (with(|table| table.seats = 100), FailureCode::OutOfBounds),
        (with(|table| table.x = -1), FailureCode::OutOfBounds),
        (with(|table| table.width = 1), FailureCode::OutOfBounds),
        (with(|table| table.height = 6), FailureCode::OutOfBounds),
        (with(|table| (table.x, table.y) = (1, 1)), FailureCode::OutOfBounds),
        (with(|table| table.room_id = new_id()), FailureCode::UnknownTable),
    ];
    let english = Caller { language: Language::En, ..place.jorge.clone() };
    for (request, code) in cases {
        let spanish = place.house.refused(&place.jorge, request.clone(), code).await;
        let said = place.house.refused(&english, request, code).await;
        assert_ne!(spanish.message, said.message, "{code:?}");
    }
    for (name, code) in [(" ", FailureCode::OutOfBounds), ("terraza", FailureCode::NameTaken)] {
        let wanted = SaveRoom { command_id: new_id(), room_id: new_id(), name: name.into(), active: true };
        let spanish = place.house.refused(&place.jorge, wanted.clone(), code).await;
        assert_ne!(spanish.message, place.house.refused(&english, wanted, code).await.message);
    }
    let none = SaveTables { command_id: new_id(), tables: Vec::new() };
    place.house.refused(&place.jorge, none, FailureCode::OutOfBounds).await;
    // One of several that cannot be: none of them is.
    let good = new_table(&setup, "21");
    let bad = TableWish { table_id: new_id(), name: "22".into(), ..good.clone() };
    let several = SaveTables { command_id: new_id(), tables: vec![good.clone(), bad] };
    place.house.refused(&place.jorge, several, FailureCode::OutOfBounds).await;
    let twice = SaveTables { command_id: new_id(), tables: vec![good.clone(), good] };
    place.house.refused(&place.jorge, twice, FailureCode::OutOfBounds).await;
    assert_eq!(place.setup().await, setup, "nothing of it happened");
    assert_eq!(count(&place.house.app.store_for_faults(), questions::FLOOR_CHANGES).await, 0);
    place.house.close().await;
}

async fn of_two_admins_at_once_one_gets_the_place(engine: Engine) {
    let place = Place::open(engine).await;
    let camila = place.house.sign_in("Camila").await;
    let setup = place.setup().await;
    for round in 0..5 {
        let at = |name: String, x| TableWish { x, y: 13, width: 2, height: 2, ..new_table(&setup, &name) };
        let x = round * 4;
        let (one, other) = (save(at(format!("A{round}"), x)), save(at(format!("B{round}"), x + 1)));
        let (one, other) =
            tokio::join!(place.house.app.perform(&place.jorge, one), place.house.app.perform(&camila, other));
        let refused: Vec<_> = [one, other].into_iter().filter_map(Result::err).collect();
        assert_eq!(refused.len(), 1, "{refused:?}");
        assert_eq!(refused[0].code, FailureCode::OutOfBounds, "{}", refused[0].message);
    }
    let now = place.setup().await;
    assert_eq!(now.rooms[0].tables.len(), setup.rooms[0].tables.len() + 5);
    place.house.close().await;
}

/// An order is opened while its table is taken off, again and again, on the server from another computer: one of both
/// is refused, and no order stands where nobody sees it.
async fn an_order_and_the_end_of_its_table_never_both_happen(engine: Engine) {
    let place = Place::open(engine).await;
    let folder = tempfile::tempdir().unwrap();
    let other = match engine {
        Engine::Sqlite => place.house.app.clone(),
        Engine::Postgres => {
            let config = house::config(folder.path(), place.house.data().1, &place.house.printers);
            App::start(config).await.unwrap()
        }
    };
    let setup = place.setup().await;
    let tables = setup.rooms.iter().flat_map(|room| &room.tables);
    let names: Vec<String> = tables.map(|table| table.name.clone()).collect();
    let (mut sold, mut off) = (0, 0);
    for name in &names {
        let wanted = TableWish { active: false, ..wish(&setup, name) };
        let order = place.order(wanted.table_id);
        let taken_off = save(wanted);
        let (opened, ended) =
            tokio::join!(other.perform(&place.ana, order), place.house.app.perform(&place.jorge, taken_off));
        match (opened, ended) {
            (Ok(_), Err(why)) => {
                assert_eq!(why.code, FailureCode::MustKeep, "{}", why.message);
                sold += 1;
            }
            (Err(why), Ok(_)) => {
                assert_eq!(why.code, FailureCode::UnknownTable, "{}", why.message);
                off += 1;
            }
            both => panic!("table {name}: {both:?}"),
        }
    }
    assert_eq!(sold + off, names.len());
    let floor = place.house.app.perform(&place.ana, GetFloor {}).await.unwrap();
    let shown = floor.rooms.iter().flat_map(|room| &room.tables).flat_map(|table| &table.orders).count();
    assert_eq!(shown, sold, "every order is where somebody sees it");
    if engine == Engine::Postgres {
        other.stop().await;
    }
    place.house.close().await;
}

/// Two computers on one server: a table that one puts on the floor is sold at from the other.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_one_computer_arranges_another_sells_at() {
    let place = Place::open(Engine::Postgres).await;
    let folder = tempfile::tempdir().unwrap();
    let there =
        App::start(house::config(folder.path(), place.house.data().1, &place.house.printers)).await.unwrap();
    there.perform(&place.ana, GetFloor {}).await.unwrap();
    let mut events = there.subscribe();
    let table = new_table(&place.setup().await, "21");
    let id = table.table_id;
    place.says(save(table)).await;
    let heard = async { while events.recv().await.unwrap().event != Event::FloorChanged {} };
    tokio::time::timeout(PATIENCE, heard).await.expect("the other computer's tills hear of it");
    there.perform(&place.ana, place.order(id)).await.unwrap();
    there.stop().await;
    place.house.close().await;
}
