//! Law: of a kind and a subject one alert is open at most, whoever raises it, and what is over stays to be read.

use super::on_both_engines;
use super::world::{NOW, World, id};
use fastops_domain::alert::AlertKind;
use fastops_domain::ids::{AlertId, BranchId};
use fastops_domain::time::Time;
use fastops_store::alert::{self, Alert};
use fastops_store::{Store, StoreError};
use serde_json::json;
use tokio::task::JoinSet;

on_both_engines!(
    a_trouble_is_raised_once_however_many_see_it,
    what_people_are_told_follows_the_trouble,
    a_trouble_that_comes_back_is_a_new_alert,
    subjects_and_kinds_do_not_touch_each_other,
    an_alert_is_never_over_before_it_began,
);

fn printer(n: u64, subject: &str, at: Time) -> Alert {
    Alert {
        id: AlertId(id(60, n)),
        kind: AlertKind::PrinterTrouble,
        subject: subject.into(),
        severity: AlertKind::PrinterTrouble.severity(),
        raised_at: at,
        resolved_at: None,
        detail: json!({ "es": "sin papel", "en": "no paper" }),
    }
}

async fn raise(store: &Store, branch: BranchId, alert: Alert) -> bool {
    let unit = store.write::<_, StoreError, _>(move |tx| {
        let alert = alert.clone();
        Box::pin(async move { alert::raise(tx, branch, &alert).await })
    });
    unit.await.unwrap()
}

async fn resolve(store: &Store, branch: BranchId, kind: AlertKind, subject: &'static str, at: Time) -> bool {
    let unit =
        store.write::<_, StoreError, _>(move |tx| Box::pin(alert::resolve(tx, branch, kind, subject, at)));
    unit.await.unwrap()
}

async fn open(store: &Store, branch: BranchId) -> Vec<Alert> {
    store.read::<_, StoreError, _>(move |tx| Box::pin(alert::open(tx, branch))).await.unwrap()
}

async fn past(store: &Store, branch: BranchId, since: Time, limit: i64) -> Vec<Alert> {
    store.read::<_, StoreError, _>(move |tx| Box::pin(alert::past(tx, branch, since, limit))).await.unwrap()
}

async fn a_trouble_is_raised_once_however_many_see_it(store: Store) {
    let branch = World::open(&store).await.branch.id;
    let mut seen = JoinSet::new();
    for n in 0..20 {
        let store = store.clone();
        seen.spawn(async move { raise(&store, branch, printer(n, "cocina", NOW)).await });
    }
    let raised = seen.join_all().await.into_iter().filter(|raised| *raised).count();
    assert_eq!((raised, open(&store, branch).await.len()), (1, 1));
}

async fn what_people_are_told_follows_the_trouble(store: Store) {
    let branch = World::open(&store).await.branch.id;
    assert!(raise(&store, branch, printer(1, "cocina", NOW)).await);
    let told = json!({ "es": "tapa abierta", "en": "cover open" });
    let changed = Alert { detail: told.clone(), ..printer(2, "cocina", NOW.plus_ms(5)) };
    assert!(raise(&store, branch, changed.clone()).await);
    assert!(!raise(&store, branch, changed).await, "the same again is no news");
    let expected = Alert { detail: told, ..printer(1, "cocina", NOW) };
    assert_eq!(open(&store, branch).await, [expected], "it is still the first one, since then");
}

async fn a_trouble_that_comes_back_is_a_new_alert(store: Store) {
    let branch = World::open(&store).await.branch.id;
    let kind = AlertKind::PrinterTrouble;
    assert!(!resolve(&store, branch, kind, "cocina", NOW).await, "nothing to resolve");
    for n in 1..=3 {
        let at = NOW.plus_ms(i64::try_from(n).unwrap() * 100);
        assert!(raise(&store, branch, printer(n, "cocina", at)).await);
        assert!(resolve(&store, branch, kind, "cocina", at.plus_ms(50)).await);
        assert!(!resolve(&store, branch, kind, "cocina", at.plus_ms(60)).await, "it is over already");
    }
    assert_eq!(open(&store, branch).await, []);
    let ids = |alerts: Vec<Alert>| alerts.into_iter().map(|alert| alert.id).collect::<Vec<_>>();
    let expected = [3, 2, 1].map(|n| AlertId(id(60, n)));
    let all = past(&store, branch, NOW, 9).await;
    assert_eq!(all[0].resolved_at, Some(NOW.plus_ms(350)));
    assert_eq!(ids(all), expected);
    assert_eq!(ids(past(&store, branch, NOW.plus_ms(200), 9).await), expected[..2]);
    assert_eq!(ids(past(&store, branch, NOW, 1).await), expected[..1]);
}

async fn subjects_and_kinds_do_not_touch_each_other(store: Store) {
    let branch = World::open(&store).await.branch.id;
    let late = Alert { kind: AlertKind::TicketLate, ..printer(3, "cocina", NOW) };
    for alert in [printer(1, "cocina", NOW), printer(2, "bar", NOW), late] {
        assert!(raise(&store, branch, alert).await);
    }
    assert!(resolve(&store, branch, AlertKind::PrinterTrouble, "cocina", NOW).await);
    let left: Vec<_> =
        open(&store, branch).await.into_iter().map(|alert| (alert.kind, alert.subject)).collect();
    assert_eq!(
        left,
        [(AlertKind::TicketLate, "cocina".to_owned()), (AlertKind::PrinterTrouble, "bar".to_owned())]
    );
}

/// A clock that is set back between the two leaves no alert that cannot be resolved.
async fn an_alert_is_never_over_before_it_began(store: Store) {
    let branch = World::open(&store).await.branch.id;
    raise(&store, branch, printer(1, "cocina", NOW)).await;
    assert!(resolve(&store, branch, AlertKind::PrinterTrouble, "cocina", NOW.plus_ms(-5)).await);
    assert_eq!(past(&store, branch, NOW, 9).await[0].resolved_at, Some(NOW));
}
