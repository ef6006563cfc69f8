//! Stations are the house's to make, name, order and close: at once at every terminal, once for each command, written
//! down. What was told stays as it was told, and nothing that is ordered or taken back ends without a paper.

use super::targets::Setup;
use crate::house::{Engine, hear, new_id};
use crate::laws::questions::{self, count};
use fastops_app::wire::{
    BumpTicket, ChainPlace, CheckSetup, CloseStation, CreateOrder, Event, FailureCode, FireCourse, GetFloor,
    GetMenuSetup, GetTerminal, JobState, ListKitchenTickets, MoveOrder, NewLine, OrderStations, OrderType,
    OrderView, PrintSetup, ReprintTicket, SaveCategory, SaveStation, SeeTickets, SetStationChain, SetupFault,
    TicketKind, TraceProduct, VoidLine,
};
use fastops_app::{Caller, Language};
use fastops_printer_sim::Condition;
use uuid::Uuid;

super::on_both_engines!(
    a_new_station_makes_what_it_is_given,
    a_new_station_without_a_printer_is_found_before_anybody_waits,
    another_name_is_on_the_next_ticket_and_no_earlier_one,
    stations_stand_in_the_order_that_was_said,
    a_station_is_not_closed_over_what_waits_there,
    what_a_closed_station_made_is_its_successors,
    what_a_closed_station_was_told_is_taken_back_at_its_successor,
    a_station_that_makes_nothing_is_closed_without_a_successor,
    stations_that_cannot_be_are_refused_with_a_sentence,
);

fn save(name: &str, targets_of: Option<Uuid>) -> SaveStation {
    SaveStation { command_id: new_id(), station_id: new_id(), name: name.into(), targets_of }
}

fn close(station_id: Uuid, successor_id: Option<Uuid>) -> CloseStation {
    CloseStation { command_id: new_id(), station_id, successor_id }
}

fn named(setup: &PrintSetup) -> Vec<&str> {
    setup.chains.iter().map(|chain| chain.station.as_str()).collect()
}

impl Setup {
    /// The stations by the names that every terminal knows.
    async fn stations(&self) -> Vec<String> {
        let terminal = self.house.app.perform(&self.ana, GetTerminal {}).await.unwrap();
        terminal.stations.into_iter().map(|station| station.name).collect()
    }

    /// Has a station make what the category of a product sells.
    async fn route(&self, code: &str, station_id: Uuid) {
        let menu = self.house.app.perform(&self.admin, GetMenuSetup {}).await.unwrap();
        let product = menu.products.iter().find(|product| product.short_code == code).unwrap();
        let category = menu.categories.into_iter().find(|one| one.id == product.category_id).unwrap();
        let said = SaveCategory {
            command_id: new_id(),
            category_id: category.id,
            name: category.name,
            color: category.color,
            station_id: Some(station_id),
            active: category.active,
        };
        self.house.app.perform(&self.admin, said).await.unwrap();
    }

    /// Sends one of a product, and waits for its paper.
    async fn order(&self, code: &str) -> OrderView {
        let sent = self.house.app.perform(&self.ana, self.house.take_away(&[(code, 1)])).await.unwrap();
        self.until(&sent, JobState::Printed).await
    }

    async fn closed(&self, station: Uuid, successor: Option<Uuid>) -> PrintSetup {
        self.house.app.perform(&self.admin, close(station, successor)).await.unwrap()
    }

    async fn said(&self) -> i64 {
        count(&self.house.app.store_for_faults(), questions::STATIONS_SAID).await
    }

    async fn faults(&self, fault: SetupFault) -> Vec<Option<Uuid>> {
        let found = self.house.app.perform(&self.admin, CheckSetup {}).await.unwrap().findings;
        found.iter().filter(|finding| finding.fault == fault).map(|finding| finding.station_id).collect()
    }

    async fn refused_both<C: fastops_app::Command + Clone>(&self, request: C, code: FailureCode) -> String
    where
        C::Answer: std::fmt::Debug,
    {
        let spanish = self.house.refused(&self.admin, request.clone(), code).await.message;
        let english = Caller { language: Language::En, ..self.admin.clone() };
        assert_ne!(spanish, self.house.refused(&english, request, code).await.message);
        spanish
    }
}

async fn a_new_station_makes_what_it_is_given(engine: Engine) {
    let setup = Setup::open(engine).await;
    let mut events = setup.house.app.subscribe();
    let bar = setup.house.station("bar");
    let grill = save("  La   Parrilla ", Some(bar));
    for _ in 0..2 {
        let view = setup.house.app.perform(&setup.admin, grill.clone()).await.unwrap();
        assert_eq!(named(&view), ["Cocina", "Bar", "Postres", "La Parrilla"], "a new one stands last");
        let [of_bar, new] = [&view.chains[1], &view.chains[3]];
        assert_eq!((&new.tiers, new.makes), (&of_bar.tiers, 0), "it begins with the printers of the bar");
    }
    hear(&mut events, |event| *event == Event::StationsChanged).await;
    assert_eq!(setup.said().await, 1, "once, however often it is sent");
    assert_eq!(setup.stations().await, ["Cocina", "Bar", "Postres", "La Parrilla"]);
    let menu = setup.house.app.perform(&setup.admin, GetMenuSetup {}).await.unwrap();
    assert_eq!(menu.stations.last().unwrap().id, grill.station_id, "the menu's editor offers it");

    setup.route("307", grill.station_id).await;
    let order = setup.order("307").await;
    let ticket = &order.tickets[0];
    assert_eq!((ticket.station_id, ticket.number), (grill.station_id, 1), "its numbers begin at one");
    let papers = setup.house.papers_of("bar", 1);
    assert!(papers.iter().any(|paper| paper.contains("La Parrilla")), "{papers:?}");
    let board = ListKitchenTickets { station_id: grill.station_id };
    let board = setup.house.app.perform(&setup.admin, board).await.unwrap();
    assert_eq!((board.station.as_str(), board.tickets.len()), ("La Parrilla", 1));
    setup.house.close().await;
}

async fn a_new_station_without_a_printer_is_found_before_anybody_waits(engine: Engine) {
    let setup = Setup::open(engine).await;
    let screen = setup.add("Pantalla", "screen:cocina".into()).await;
    let (kitchen, own) = (setup.house.station("cocina"), setup.device("Cocina").await);
    let tiers = vec![vec![ChainPlace::Device(screen)], vec![ChainPlace::Device(own)]];
    let chain = SetStationChain { command_id: new_id(), station_id: kitchen, tiers };
    setup.house.app.perform(&setup.admin, chain).await.unwrap();
    let copy = save("Freidora", Some(kitchen));
    let view = setup.house.app.perform(&setup.admin, copy).await.unwrap();
    let tiers = &view.chains.last().unwrap().tiers;
    assert_eq!(*tiers, [[ChainPlace::Device(own)]], "the screen shows the kitchen alone");

    let bare = save("Parrilla", None);
    setup.house.app.perform(&setup.admin, bare.clone()).await.unwrap();
    assert_eq!(setup.faults(SetupFault::NoTarget).await, [Some(bare.station_id)]);
    setup.route("307", bare.station_id).await;
    let order = setup.house.take_away(&[("307", 1)]);
    let refused = setup.house.refused(&setup.ana, order.clone(), FailureCode::NoRoute).await;
    assert!(refused.message.starts_with("Parrilla no tiene impresora"), "{}", refused.message);
    let tiers = vec![vec![ChainPlace::Device(own)]];
    let chain = SetStationChain { command_id: new_id(), station_id: bare.station_id, tiers };
    setup.house.app.perform(&setup.admin, chain).await.unwrap();
    let sent = setup.house.app.perform(&setup.ana, order).await.unwrap();
    setup.until(&sent, JobState::Printed).await;
    assert!(setup.faults(SetupFault::NoTarget).await.is_empty());
    setup.house.close().await;
}

async fn another_name_is_on_the_next_ticket_and_no_earlier_one(engine: Engine) {
    let setup = Setup::open(engine).await;
    let station_id = setup.house.station("cocina");
    let before = setup.order("307").await;
    let rename = SaveStation { station_id, ..save("Fogón", Some(setup.house.station("bar"))) };
    for _ in 0..2 {
        let view = setup.house.app.perform(&setup.admin, rename.clone()).await.unwrap();
        assert_eq!(named(&view), ["Fogón", "Bar", "Postres"], "it stays where it stands");
    }
    assert_eq!(setup.said().await, 1);
    let after = setup.order("307").await;
    let paper = |number| setup.house.papers_of("cocina", number)[0].text();
    assert_eq!((before.tickets[0].number, after.tickets[0].number), (1, 2));
    assert!(paper(1).contains("Cocina") && !paper(1).contains("Fogón"), "{}", paper(1));
    assert!(paper(2).contains("Fogón"), "the printers stay, and the number goes on: {}", paper(2));
    let again = ReprintTicket { command_id: new_id(), ticket_id: before.tickets[0].id };
    setup.house.app.perform(&setup.ana, again).await.unwrap();
    let papers = setup.house.printer("cocina").wait_for_slips(3, crate::house::PATIENCE).await.unwrap();
    assert!(papers[2].contains("Cocina") && !papers[2].contains("Fogón"), "{}", papers[2].text());
    setup.house.close().await;
}

async fn stations_stand_in_the_order_that_was_said(engine: Engine) {
    let setup = Setup::open(engine).await;
    let ids = ["postres", "cocina", "bar"].map(|code| setup.house.station(code));
    let order = OrderStations { command_id: new_id(), station_ids: ids.to_vec() };
    for _ in 0..2 {
        let view = setup.house.app.perform(&setup.admin, order.clone()).await.unwrap();
        assert_eq!(named(&view), ["Postres", "Cocina", "Bar"]);
    }
    assert_eq!(setup.stations().await, ["Postres", "Cocina", "Bar"]);
    setup.house.app.perform(&setup.admin, save("Parrilla", None)).await.unwrap();
    assert_eq!(setup.stations().await, ["Postres", "Cocina", "Bar", "Parrilla"]);
    for station_ids in [ids.to_vec(), vec![ids[0]; 4], Vec::new()] {
        let partial = OrderStations { command_id: new_id(), station_ids };
        setup.refused_both(partial, FailureCode::UnknownStation).await;
    }
    assert_eq!(setup.said().await, 2, "what is refused is no act");
    setup.house.close().await;
}

async fn a_station_is_not_closed_over_what_waits_there(engine: Engine) {
    let setup = Setup::open(engine).await;
    let (kitchen, bar) = (setup.house.station("cocina"), Some(setup.house.station("bar")));
    setup.house.printer("cocina").set(Condition::PaperOut);
    let order = setup.send().await;
    let told = setup.refused_both(close(kitchen, bar), FailureCode::MustKeep).await;
    assert!(told.contains("queda 1 comanda por imprimir"), "{told}");
    setup.house.printer("cocina").set(Condition::Ready);
    let done = setup.until(&order, JobState::Printed).await;

    let ticket_ids = vec![done.tickets[0].id];
    let cook = setup.house.sign_in("Cocina").await;
    setup.house.app.perform(&cook, SeeTickets { command_id: new_id(), ticket_ids }).await.unwrap();
    let told = setup.refused_both(close(kitchen, bar), FailureCode::MustKeep).await;
    assert!(told.contains("queda 1 comanda en su pantalla de cocina"), "{told}");
    let bump = BumpTicket { command_id: new_id(), ticket_id: done.tickets[0].id };
    setup.house.app.perform(&cook, bump).await.unwrap();
    let told = setup.refused_both(close(kitchen, None), FailureCode::MustKeep).await;
    assert!(told.contains("Elija la estación que los recibe"), "{told}");
    assert_eq!((setup.said().await, setup.stations().await.len()), (0, 3), "nothing changed");
    setup.closed(kitchen, bar).await;
    assert_eq!(setup.stations().await, ["Bar", "Postres"]);
    setup.house.close().await;
}

async fn what_a_closed_station_made_is_its_successors(engine: Engine) {
    let setup = Setup::open(engine).await;
    let (kitchen, bar) = (setup.house.station("cocina"), setup.house.station("bar"));
    let sweets = setup.house.station("postres");
    setup.add("Pantalla", "screen:cocina".into()).await;
    let makes = setup.setup().await.chains[0].makes;
    assert!(makes > 1);
    let order = close(kitchen, Some(bar));
    let mut events = setup.house.app.subscribe();
    for _ in 0..2 {
        let view = setup.house.app.perform(&setup.admin, order.clone()).await.unwrap();
        assert_eq!(named(&view), ["Bar", "Postres"]);
        assert!(view.chains[0].makes > makes, "with what it made before");
        assert!(view.devices.iter().all(|device| device.name != "Pantalla"), "nobody can show it any more");
    }
    hear(&mut events, |event| *event == Event::StationsChanged).await;
    assert_eq!(setup.said().await, 1);

    let product_id = setup.house.product("307").id;
    let trace = TraceProduct { product_id, variant_id: None, terminal_id: None };
    let trace = setup.house.app.perform(&setup.ana, trace).await.unwrap();
    assert_eq!((trace.station_id, trace.goes_to), (Some(bar), Some(setup.device("Bar").await)));
    assert!(setup.faults(SetupFault::Nowhere).await.is_empty(), "everything is made somewhere");
    let sent = setup.order("307").await;
    assert_eq!(sent.tickets[0].station_id, bar);
    assert_eq!(setup.house.papers_of("bar", 1).len(), 1);
    let board = ListKitchenTickets { station_id: kitchen };
    setup.house.refused(&setup.admin, board, FailureCode::UnknownStation).await;

    // Whoever succeeds the successor has all of it.
    setup.closed(bar, Some(sweets)).await;
    assert_eq!(setup.order("307").await.tickets[0].station_id, sweets);
    // The name is free again, and its kitchen screens are found by another code.
    let again = setup.house.app.perform(&setup.admin, save("Cocina", Some(sweets))).await.unwrap();
    assert_eq!(named(&again), ["Postres", "Cocina"]);
    let terminal = setup.house.app.perform(&setup.ana, GetTerminal {}).await.unwrap();
    assert_eq!(terminal.stations[1].code, "cocina-2");
    setup.house.close().await;
}

/// P11, P6: what is on paper is taken back, moved, fired and reprinted where somebody still makes it.
async fn what_a_closed_station_was_told_is_taken_back_at_its_successor(engine: Engine) {
    let setup = Setup::open(engine).await;
    let (app, luisa) = (&setup.house.app, setup.house.sign_in("Luisa").await);
    let (kitchen, bar) = (setup.house.station("cocina"), setup.house.station("bar"));
    let floor = app.perform(&setup.ana, GetFloor {}).await.unwrap();
    let tables: Vec<Uuid> = floor.rooms[0].tables.iter().map(|table| table.id).collect();
    let at = |table| CreateOrder {
        order_type: OrderType::DineIn,
        table_id: Some(table),
        customer: None,
        ..setup.house.take_away(&[("307", 1), ("202", 1)])
    };
    let mut request = at(tables[0]);
    request.lines.push(NewLine { course: 2, held: true, ..setup.house.line("301", 1) });
    let sent = app.perform(&setup.ana, request).await.unwrap();
    let sent = setup.until(&sent, JobState::Printed).await;
    setup.closed(kitchen, Some(bar)).await;

    let void = VoidLine {
        quantity: None,
        command_id: new_id(),
        order_id: sent.id,
        line_id: sent.lines[0].id,
        reason: "Cliente cambió de opinión".into(),
    };
    let voided = app.perform(&luisa, void).await.unwrap();
    let told = voided.tickets.last().unwrap();
    assert_eq!((told.kind, told.station_id), (TicketKind::Void, bar));
    let papers = setup.house.printer("bar").wait_for_slips(1, crate::house::PATIENCE).await.unwrap();
    assert!(papers[0].contains("ANULACIÓN") && papers[0].contains("Arroz con pollo"), "{}", papers[0].text());

    let fire = FireCourse { command_id: new_id(), order_id: sent.id, course: 2 };
    let fired = app.perform(&setup.ana, fire).await.unwrap();
    assert_eq!(fired.tickets.last().unwrap().station_id, bar, "what was held for it");
    let all = |order: &OrderView| order.tickets.iter().all(|ticket| ticket.job == JobState::Printed);
    setup.house.until(&setup.ana, sent.id, all).await;
    let moved = MoveOrder { command_id: new_id(), order_id: sent.id, table_id: tables[1] };
    app.perform(&setup.ana, moved).await.unwrap();
    let again = ReprintTicket { command_id: new_id(), ticket_id: sent.tickets[0].id };
    app.perform(&setup.ana, again).await.unwrap();
    let papers = setup.house.printer("bar").wait_for_slips(4, crate::house::PATIENCE).await.unwrap();
    let slip = papers.iter().find(|paper| paper.contains("CAMBIO DE MESA")).unwrap();
    assert!(slip.contains("#001"), "of what the closed station makes too: {}", slip.text());
    assert!(papers.iter().any(|paper| paper.contains("Cocina") && paper.contains("Sancocho")), "{papers:?}");
    assert_eq!(setup.house.printer("cocina").slips().len(), 1, "nothing more comes out there");
    setup.house.close().await;
}

async fn a_station_that_makes_nothing_is_closed_without_a_successor(engine: Engine) {
    let setup = Setup::open(engine).await;
    let idle = save("Parrilla", Some(setup.house.station("bar")));
    setup.house.app.perform(&setup.admin, idle.clone()).await.unwrap();
    let view = setup.closed(idle.station_id, None).await;
    assert_eq!(named(&view), ["Cocina", "Bar", "Postres"]);
    let back = SaveStation { command_id: new_id(), ..idle.clone() };
    setup.house.refused(&setup.admin, back, FailureCode::UnknownStation).await;
    setup.house.refused(&setup.admin, close(idle.station_id, None), FailureCode::UnknownStation).await;
    setup.house.close().await;
}

async fn stations_that_cannot_be_are_refused_with_a_sentence(engine: Engine) {
    let setup = Setup::open(engine).await;
    let (kitchen, bar) = (setup.house.station("cocina"), setup.house.station("bar"));
    for (request, code) in [
        (save("  ", None), FailureCode::OutOfBounds),
        (save(&"ñ".repeat(31), None), FailureCode::OutOfBounds),
        (save("BÁR", None), FailureCode::NameTaken),
        (SaveStation { station_id: kitchen, ..save("bar", None) }, FailureCode::NameTaken),
        (save("Parrilla", Some(new_id())), FailureCode::UnknownStation),
    ] {
        setup.refused_both(request, code).await;
    }
    for successor in [kitchen, new_id()] {
        setup.refused_both(close(kitchen, Some(successor)), FailureCode::UnknownStation).await;
    }
    setup.house.refused(&setup.admin, close(new_id(), Some(bar)), FailureCode::UnknownStation).await;
    // Its own name in other letters is no other's.
    let same = SaveStation { station_id: bar, ..save("BAR", None) };
    let view = setup.house.app.perform(&setup.admin, same).await.unwrap();
    assert_eq!(named(&view), ["Cocina", "BAR", "Postres"]);
    setup.house.refused(&setup.ana, save("Parrilla", None), FailureCode::NotAllowed).await;
    setup.house.refused(&setup.ana, close(kitchen, Some(bar)), FailureCode::NotAllowed).await;
    assert_eq!(setup.said().await, 1);
    setup.house.close().await;
}
