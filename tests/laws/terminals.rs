//! Law: what another terminal changes is seen here, once it is committed and without asking for it in vain.

use super::questions;
use crate::house::{Engine, House, PATIENCE, new_id};
use fastops_app::wire::{
    CreateOrder, FailureCode, GetFloor, GetMenu, GetQueueStatus, GetSession, LogOut, OrderType, QuoteLines,
    SearchProducts,
};
use fastops_app::{Caller, Database, Language};
use fastops_domain::ids::{PrinterId, ProductId};
use fastops_store::{Store, StoreConfig, StoreError, company, menu, probe, station};
use std::time::Duration;

crate::journeys::on_both_engines!(
    what_is_changed_here_is_true_for_the_next_command,
    nothing_is_kept_beyond_its_life,
    a_session_that_ended_is_refused_at_once,
);

/// The other terminal: a store of its own on the same database.
async fn other_terminal(house: &House) -> Store {
    let (folder, database) = house.data();
    let config = match database {
        Database::Url(url) => StoreConfig::Postgres { url, max_connections: 2 },
        Database::Folder => StoreConfig::Sqlite { path: folder.join("fastops.db") },
    };
    Store::open(&config).await.unwrap()
}

async fn run(store: &Store, statement: &'static str) {
    let unit = store.write::<_, StoreError, _>(move |tx| Box::pin(probe::execute(tx, statement)));
    unit.await.unwrap();
}

fn loads(house: &House, topic: &str) -> u64 {
    house.app.cache_stats().into_iter().find(|stats| stats.topic == topic).unwrap().loads
}

/// Asks again until it is as wanted; a change of another terminal is a message that has to arrive.
async fn until(what: &str, mut wanted: impl AsyncFnMut() -> bool) {
    let asking = async {
        while !wanted().await {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(PATIENCE, asking).await.unwrap_or_else(|_| panic!("never seen: {what}"));
}

async fn what_is_changed_here_is_true_for_the_next_command(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    let store = house.app.store_for_faults();
    let product = ProductId(house.product("307").id);
    for round in 0..20 {
        let sold_out = round % 2 == 0;
        let before = loads(&house, "menu");
        store
            .write::<_, StoreError, _>(move |tx| Box::pin(menu::set_sold_out(tx, product, sold_out)))
            .await
            .unwrap();
        let quote = QuoteLines { order_id: None, lines: vec![house.line("307", 1)] };
        assert_eq!(house.app.perform(&ana, quote).await.is_err(), sold_out, "round {round}");
        assert_eq!(loads(&house, "menu"), before + 1, "read once for each change");
    }
    assert_eq!((loads(&house, "floor"), loads(&house, "stations")), (1, 1), "what did not change is kept");
    house.close().await;
}

async fn nothing_is_kept_beyond_its_life(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    let before = loads(&house, "menu");
    house.app.perform(&ana, GetMenu {}).await.unwrap();
    assert_eq!(loads(&house, "menu"), before);
    house.app.set_cache_life(Duration::ZERO);
    for _ in 0..2 {
        house.app.perform(&ana, GetMenu {}).await.unwrap();
    }
    // The core's own watches read the menu too, as often as they look.
    assert!(loads(&house, "menu") >= before + 2, "each question read it anew");
    house.app.set_cache_life(Duration::from_mins(10));
    // One of those readings may still be under way: it is the last.
    let kept = tokio::time::timeout(PATIENCE, async {
        loop {
            let before = loads(&house, "menu");
            house.app.perform(&ana, GetMenu {}).await.unwrap();
            if loads(&house, "menu") == before {
                return;
            }
        }
    });
    assert!(kept.await.is_ok(), "what is kept gets the new life too");
    house.close().await;
}

async fn a_session_that_ended_is_refused_at_once(engine: Engine) {
    let house = House::open(engine).await;
    let (ana, luis) = (house.sign_in("Ana").await, house.sign_in("Luis").await);
    for caller in [&ana, &luis, &ana] {
        house.app.perform(caller, GetSession {}).await.unwrap();
    }
    house.app.perform(&ana, LogOut {}).await.unwrap();
    house.refused(&ana, GetSession {}, FailureCode::NotSignedIn).await;
    house.app.perform(&luis, GetSession {}).await.unwrap();
    let unknown = Caller { session: Some("nobody's".into()), language: Language::Es, ..Caller::default() };
    house.refused(&unknown, GetSession {}, FailureCode::NotSignedIn).await;
    house.close().await;
}

mod two_terminals {
    use super::*;

    async fn open() -> (House, Store) {
        let house = House::open(Engine::Postgres).await;
        let other = other_terminal(&house).await;
        (house, other)
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_change_of_each_topic_is_seen_and_read_once() {
        let (house, other) = open().await;
        let (ana, camila) = (house.sign_in("Ana").await, house.sign_in("Camila").await);
        let before: Vec<_> = house.app.cache_stats();
        let line = house.line("307", 1);
        let quote = || QuoteLines { order_id: None, lines: vec![line.clone()] };
        let price = house.app.perform(&ana, quote()).await.unwrap().total_minor;

        run(&other, "UPDATE product SET price_minor = price_minor + 100000 WHERE short_code = '307'").await;
        until("the price", async || {
            house.app.perform(&ana, quote()).await.unwrap().total_minor == price + 100_000
        })
        .await;
        run(
            &other,
            "INSERT INTO barcode (company_id, code, product_id)
             SELECT company.id, '7702004003508', product.id FROM product CROSS JOIN company
             WHERE short_code = '307'",
        )
        .await;
        until("the barcode", async || {
            let scan = SearchProducts { text: "7702004003508".into(), limit: 5 };
            let hits = house.app.perform(&ana, scan).await.unwrap().hits;
            hits.len() == 1 && hits[0].product_id == line.product_id
        })
        .await;
        run(&other, "UPDATE dining_table SET name = 'Mesa del rincón' WHERE name = '1'").await;
        until("the table's name", async || {
            let floor = house.app.perform(&ana, GetFloor {}).await.unwrap();
            floor.rooms.iter().flat_map(|room| &room.tables).any(|table| table.name == "Mesa del rincón")
        })
        .await;
        let printer = first_printer(&other).await;
        let address = "tcp://10.1.2.3:9100".parse().unwrap();
        let address: &'static _ = Box::leak(Box::new(address));
        other
            .write::<_, StoreError, _>(move |tx| Box::pin(station::set_printer_address(tx, printer, address)))
            .await
            .unwrap();
        until("the printer's address", async || {
            let status = house.app.perform(&camila, GetQueueStatus {}).await.unwrap();
            status.lanes.iter().any(|lane| lane.address == "tcp://10.1.2.3:9100")
        })
        .await;
        run(&other, "UPDATE branch SET name = 'Bogotá Norte'").await;
        until("the branch's name", async || {
            let terminal = house.app.perform(&ana, fastops_app::wire::GetTerminal {}).await.unwrap();
            terminal.branch == "Bogotá Norte"
        })
        .await;
        run(&other, "UPDATE app_user SET active = FALSE WHERE name = 'Ana'").await;
        until("that Ana works here no longer", async || {
            house.app.perform(&ana, GetSession {}).await.is_err()
        })
        .await;
        house.refused(&ana, GetMenu {}, FailureCode::NotSignedIn).await;
        until("that Ana is on no list", async || {
            let terminal = house.app.perform(&camila, fastops_app::wire::GetTerminal {}).await.unwrap();
            terminal.users.iter().all(|user| user.name != "Ana")
        })
        .await;

        let after = house.app.cache_stats();
        for (before, after) in before.iter().zip(&after).filter(|(before, _)| before.topic != "sessions") {
            let changes = if after.topic == "menu" { 2 } else { 1 };
            assert_eq!(after.loads, before.loads + changes, "{} was read once for each change", after.topic);
        }
        other.close().await;
        house.close().await;
    }

    async fn first_printer(store: &Store) -> PrinterId {
        store
            .read::<_, StoreError, _>(|tx| {
                Box::pin(async move {
                    let (_, branch) = company::first_branch(tx).await?.unwrap();
                    Ok(station::printers(tx, branch.id).await?[0].id)
                })
            })
            .await
            .unwrap()
    }

    async fn refuses_307(house: &House, ana: &Caller) -> bool {
        let order = CreateOrder { order_type: OrderType::Counter, ..house.take_away(&[("307", 1)]) };
        match house.app.perform(ana, CreateOrder { command_id: new_id(), ..order }).await {
            Ok(_) => false,
            Err(failure) => {
                assert_eq!(failure.code, FailureCode::SoldOut);
                true
            }
        }
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn what_is_sold_out_there_is_refused_here_though_the_line_was_cut() {
        let (house, other) = open().await;
        let ana = house.sign_in("Ana").await;
        assert!(!refuses_307(&house, &ana).await);
        // The connection on which this terminal would hear of it is gone when the change is made.
        run(&other, questions::DEAFEN).await;
        run(&other, "UPDATE product SET sold_out = TRUE WHERE short_code = '307'").await;
        until("that it is sold out", async || refuses_307(&house, &ana).await).await;
        other.close().await;
        house.close().await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_change_that_nobody_announced_is_found_all_the_same() {
        let (house, other) = open().await;
        let ana = house.sign_in("Ana").await;
        assert!(!refuses_307(&house, &ana).await);
        for statement in [
            "ALTER TABLE product DISABLE TRIGGER product_stamp",
            "UPDATE product SET sold_out = TRUE WHERE short_code = '307'",
            "UPDATE change_stamp SET version = version + 1 WHERE topic = 'menu'",
        ] {
            run(&other, statement).await;
        }
        until("that it is sold out", async || refuses_307(&house, &ana).await).await;
        other.close().await;
        house.close().await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_session_that_ends_there_ends_here() {
        let (house, other) = open().await;
        let ana = house.sign_in("Ana").await;
        house.app.perform(&ana, GetSession {}).await.unwrap();
        run(&other, "UPDATE session SET closed_at = 1").await;
        until("that the session ended", async || house.app.perform(&ana, GetSession {}).await.is_err()).await;
        other.close().await;
        house.close().await;
    }
}
