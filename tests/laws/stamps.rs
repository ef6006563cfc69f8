//! Law: no change of what caches hold goes by without its stamp, and no other change moves one.

use super::on_both_engines;
use super::world::World;
use fastops_store::stamp::{self, Topic};
use fastops_store::{Store, StoreError, probe};
use std::collections::{BTreeMap, BTreeSet, HashMap};

on_both_engines!(every_table_of_a_topic_has_its_triggers, a_change_moves_the_stamp_of_its_topic_alone);

const MENU: &str = "availability barcode category color combo_choice combo_slot favourite modifier modifier_group price_list \
                    price_list_hours price_list_item product product_modifier_group product_photo product_tax recipe size tax variant";
const FLOOR: &str = "dining_table room";
const PEOPLE: &str = "app_user role role_permission";
const STATIONS: &str = "category_station mail_server printer product_station station station_target";
const SETTINGS: &str = "branch company location order_type payment_method setting terminal";
const SESSIONS: &str = "session";
const STOCK: &str = "countdown stock_level stock_move";
const ENGINE: &str = "engine_choice printer_out turbo_word";
/// What no cache holds: facts, counters, work under way.
const UNCACHED: &str = "alert answered_command archived_year audit_head audit_log audit_log_unchained cart cash_move \
    cash_session change_stamp computer customer customer_order inbox kitchen_screen numbering_range order_event order_line \
    order_line_fire order_line_move order_line_void order_number order_tax outbox outbox_head payment pin_failure print_attempt \
    print_attempt_past print_job print_job_past printer_lease printer_owner receipt receipt_logo refund stock_count \
    stock_count_line store_identity ticket ticket_number transfer transfer_line";

fn topic_of_each_table() -> BTreeMap<String, Topic> {
    let topics = [
        (Topic::Menu, MENU),
        (Topic::Floor, FLOOR),
        (Topic::People, PEOPLE),
        (Topic::Stations, STATIONS),
        (Topic::Settings, SETTINGS),
        (Topic::Sessions, SESSIONS),
        (Topic::Stock, STOCK),
        (Topic::Engine, ENGINE),
    ];
    let tables = |(topic, names): (Topic, &'static str)| {
        names.split_whitespace().map(move |name| (name.to_owned(), topic))
    };
    topics.into_iter().flat_map(tables).collect()
}

/// Each table of the database is in one topic or said to be in none, and a topic's tables have a trigger for
/// every kind of change that names the topic.
async fn every_table_of_a_topic_has_its_triggers(store: Store) {
    let topics = topic_of_each_table();
    let known: BTreeSet<String> =
        topics.keys().cloned().chain(UNCACHED.split_whitespace().map(str::to_owned)).collect();
    let tables: BTreeSet<String> =
        probe::columns(&store).await.unwrap().into_iter().map(|(table, ..)| table).collect();
    let unknown: Vec<_> = tables.difference(&known).collect();
    assert!(unknown.is_empty(), "say of {unknown:?} whether a cache holds them");
    let found = probe::texts(
        &store,
        "SELECT tbl_name, lower(substr(name, length(tbl_name) + 8)), sql FROM sqlite_schema
         WHERE type = 'trigger' AND name LIKE '%\\_stamp\\_%' ESCAPE '\\'",
        "SELECT event_object_table::TEXT, lower(event_manipulation::TEXT), action_statement::TEXT
         FROM information_schema.triggers WHERE trigger_name LIKE '%\\_stamp'",
    )
    .await
    .unwrap();
    let found: BTreeSet<(String, String, Option<Topic>)> = found
        .into_iter()
        .map(|row| {
            let topic = Topic::ALL.into_iter().find(|topic| row[2].contains(&format!("'{}'", topic.code())));
            (row[0].clone(), row[1].clone(), topic)
        })
        .collect();
    let wanted = topics.into_iter().flat_map(|(table, topic)| {
        let changes = match topic {
            // Of a session that begins nothing is kept yet.
            Topic::Sessions => &["update", "delete"][..],
            // A move is a fact, and a level is never taken away.
            Topic::Stock if table == "stock_move" => &["insert"],
            Topic::Stock => &["insert", "update"],
            _ => &["insert", "update", "delete"],
        };
        changes.iter().map(move |change| (table.clone(), (*change).to_owned(), Some(topic)))
    });
    assert_eq!(found, wanted.collect());
}

async fn stamps(store: &Store) -> HashMap<Topic, i64> {
    store.read::<_, StoreError, _>(|tx| Box::pin(stamp::stamps(tx))).await.unwrap()
}

async fn a_change_moves_the_stamp_of_its_topic_alone(store: Store) {
    World::open(&store).await;
    for (statement, topic) in [
        ("UPDATE product SET sold_out = TRUE", Some(Topic::Menu)),
        ("UPDATE tax SET rate_bp = 1900", Some(Topic::Menu)),
        ("DELETE FROM product_modifier_group", Some(Topic::Menu)),
        ("UPDATE dining_table SET x = 7", Some(Topic::Floor)),
        ("DELETE FROM role_permission WHERE permission = 'see_queue'", Some(Topic::People)),
        ("UPDATE station_target SET position = position + 1", Some(Topic::Stations)),
        ("UPDATE terminal SET name = 'Barra'", Some(Topic::Settings)),
        (
            "INSERT INTO stock_level (location_id, item_id, product_id, on_hand_milli, least_milli)
             SELECT default_location_id, product.id, product.id, 0, 0 FROM branch CROSS JOIN product",
            Some(Topic::Stock),
        ),
        (
            "INSERT INTO stock_move (id, location_id, item_id, product_id, quantity_milli, kind, command_id,
                                     position, at, user_id)
             SELECT product.id, default_location_id, product.id, product.id, 5000, 'receive', product.id, 0, 5,
                    app_user.id
             FROM branch CROSS JOIN product CROSS JOIN app_user",
            Some(Topic::Stock),
        ),
        ("UPDATE stock_level SET least_milli = NULL", Some(Topic::Stock)),
        (
            "INSERT INTO availability (branch_id, product_id, units, said_by, said_at)
             SELECT branch.id, product.id, 8, app_user.id, 5
             FROM branch CROSS JOIN product CROSS JOIN app_user",
            Some(Topic::Menu),
        ),
        (
            "INSERT INTO countdown (branch_id, product_id, left_units)
             SELECT branch.id, product.id, 8 FROM branch CROSS JOIN product",
            Some(Topic::Stock),
        ),
        ("UPDATE countdown SET left_units = left_units - 1", Some(Topic::Stock)),
        ("UPDATE numbering_range SET next_number = 2", None),
    ] {
        let before = stamps(&store).await;
        let changed =
            store.write::<_, StoreError, _>(move |tx| Box::pin(probe::execute(tx, statement))).await;
        assert!(changed.unwrap() > 0, "{statement}");
        let after = stamps(&store).await;
        let moved: Vec<Topic> =
            Topic::ALL.into_iter().filter(|topic| before[topic] != after[topic]).collect();
        assert_eq!(moved, topic.into_iter().collect::<Vec<_>>(), "{statement}");
        assert!(moved.iter().all(|topic| after[topic] > before[topic]), "{statement}");
    }
}
