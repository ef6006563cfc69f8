//! Law: of what was said for a company, its branches and their terminals the nearest counts, and what cannot be
//! understood counts as not said.

use super::on_both_engines;
use super::world::{World, id};
use fastops_domain::ids::{BranchId, LocationId, NumberingRangeId, StationId, TerminalId};
use fastops_domain::setting::{Key, Level, Said, Settings, Value};
use fastops_store::change::Topic;
use fastops_store::company::Terminal;
use fastops_store::setting::{self, BranchSettings, Owner};
use fastops_store::{Store, StoreError, company, metered, probe};

on_both_engines!(
    the_nearest_word_counts,
    a_word_that_was_taken_back_leaves_the_wider_one,
    another_branch_is_not_told,
    a_row_that_is_not_understood_is_not_said,
    a_change_is_a_change_of_settings,
    all_of_a_branch_is_one_question,
);

async fn say(store: &Store, owner: Owner, key: Key, value: Option<Value>) -> Result<(), StoreError> {
    let said = store.write::<_, StoreError, _>(move |tx| {
        let value = value.clone();
        Box::pin(async move { setting::say(tx, owner, key, value.as_ref()).await })
    });
    said.await
}

async fn settings(store: &Store, branch: BranchId) -> BranchSettings {
    store.read::<_, StoreError, _>(move |tx| Box::pin(setting::settings(tx, branch))).await.unwrap()
}

/// The company, its first branch, and the till there.
fn owners(world: &World) -> [Owner; 3] {
    let (company, branch) = (world.company.id, world.branch.id);
    [
        Owner::Company(company),
        Owner::Branch(company, branch),
        Owner::Terminal(company, branch, world.terminal.id),
    ]
}

async fn the_nearest_word_counts(store: Store) {
    let world = World::open(&store).await;
    let [company, branch, till] = owners(&world);
    let other = TerminalId(id(8, 2));
    let key = Key::AlertsShown;
    let shown = async |terminal| settings(&store, world.branch.id).await.of(terminal).alerts_shown;
    assert!(shown(Some(world.terminal.id)).await, "nobody said anything");
    for (owner, on, expected) in [
        (company, false, [false, false, false]),
        (branch, true, [true, true, true]),
        (till, false, [true, false, true]),
        (branch, false, [false, false, false]),
        (till, true, [false, true, false]),
    ] {
        say(&store, owner, key, Some(on.into())).await.unwrap();
        let found = [shown(None).await, shown(Some(world.terminal.id)).await, shown(Some(other)).await];
        assert_eq!(found, expected, "{owner:?} said {on}");
    }
    let said = settings(&store, world.branch.id).await.said(Some(world.terminal.id));
    let of = |level| said.iter().find(|said: &&Said| said.level == level).map(|said| said.value.clone());
    let values = [Level::Company, Level::Branch, Level::Terminal].map(of);
    assert_eq!(values, [false, false, true].map(|on| Some(Value::Switch(on))));
}

async fn a_word_that_was_taken_back_leaves_the_wider_one(store: Store) {
    let world = World::open(&store).await;
    let [company, branch, _] = owners(&world);
    let key = Key::ClosedOrdersDays;
    say(&store, company, key, Some(400.into())).await.unwrap();
    say(&store, branch, key, Some(90.into())).await.unwrap();
    assert_eq!(settings(&store, world.branch.id).await.of(None).closed_orders_days, 90);
    say(&store, branch, key, None).await.unwrap();
    say(&store, branch, key, None).await.unwrap();
    assert_eq!(settings(&store, world.branch.id).await.of(None).closed_orders_days, 400);
    say(&store, company, key, None).await.unwrap();
    assert_eq!(settings(&store, world.branch.id).await.of(None), Settings::default());
}

async fn another_branch_is_not_told(store: Store) {
    let world = World::open(&store).await;
    let [company, branch, till] = owners(&world);
    let mut new = world.new_branch();
    new.branch.id = BranchId(id(2, 2));
    new.branch.name = "Usaquén".into();
    new.branch.default_location = LocationId(id(15, 2));
    new.ranges[0].1.id = NumberingRangeId(id(18, 2));
    for (n, station) in (0..).zip(&mut new.stations) {
        (station.id, station.branch) = (StationId(id(12, 50 + n)), BranchId(id(2, 2)));
    }
    let second = new.branch.id;
    store
        .write::<_, StoreError, _>(move |tx| {
            let new = new.clone();
            Box::pin(async move {
                company::create_branch(tx, &new).await?;
                let terminal = Terminal { id: TerminalId(id(8, 2)), branch: second, name: "Caja 1".into() };
                company::insert_terminal(tx, &terminal).await
            })
        })
        .await
        .unwrap();
    say(&store, company, Key::BackupMinutes, Some(30.into())).await.unwrap();
    say(&store, branch, Key::BackupMinutes, Some(20.into())).await.unwrap();
    say(&store, till, Key::AlertsShown, Some(false.into())).await.unwrap();
    let there = settings(&store, second).await;
    assert_eq!(there.of(None).backup_minutes, 30, "the company speaks for both");
    assert!(there.of(Some(world.terminal.id)).alerts_shown, "a till of the other branch does not");
    // A terminal has settings in its own branch only.
    let stray = Owner::Terminal(world.company.id, world.branch.id, TerminalId(id(8, 2)));
    let refused = say(&store, stray, Key::AlertsShown, Some(false.into())).await;
    assert!(matches!(refused, Err(StoreError::Dangling(_))), "{refused:?}");
}

async fn a_row_that_is_not_understood_is_not_said(store: Store) {
    let world = World::open(&store).await;
    let [company, branch, _] = owners(&world);
    say(&store, company, Key::BackupMinutes, Some(30.into())).await.unwrap();
    say(&store, branch, Key::BackupMinutes, Some(20.into())).await.unwrap();
    for wrong in ["'\"often\"'", "'0'", "'null'", "'[20]'", "'true'"] {
        let statement = format!("UPDATE setting SET value = {wrong} WHERE branch_id IS NOT NULL");
        let changed = store
            .write::<_, StoreError, _>(move |tx| {
                let statement = statement.clone();
                Box::pin(async move { probe::execute(tx, &statement).await })
            })
            .await;
        assert_eq!(changed.unwrap(), 1);
        assert_eq!(settings(&store, world.branch.id).await.of(None).backup_minutes, 30, "{wrong}");
    }
}

async fn a_change_is_a_change_of_settings(store: Store) {
    let world = World::open(&store).await;
    let known = || store.changes().borrow().versions().of(Topic::Settings);
    for owner in owners(&world) {
        for value in [Some(false.into()), Some(true.into()), None] {
            let before = known();
            say(&store, owner, Key::AlertsShown, value.clone()).await.unwrap();
            assert!(known() > before, "{owner:?} {value:?}");
        }
    }
}

async fn all_of_a_branch_is_one_question(store: Store) {
    let world = World::open(&store).await;
    for owner in owners(&world) {
        say(&store, owner, Key::AlertsShown, Some(false.into())).await.unwrap();
    }
    assert_eq!(metered(settings(&store, world.branch.id)).await.1, 1);
}
