//! What goes wrong is on every screen with what to do about it, once, and goes away by itself.

use crate::house::{Engine, House, PATIENCE, new_id};
use fastops_app::wire::{
    AlertKind, AlertView, AlertsView, Event, EventEnvelope, GetAlerts, SetSetting, SettingLevel, SettingValue,
};
use fastops_app::{BackupReason, Caller};
use fastops_printer_sim::Condition;

super::on_both_engines!(
    a_printer_in_trouble_is_told_of_until_it_prints_again,
    what_was_wrong_before_a_restart_is_looked_at_again,
    a_disk_that_fills_up_is_told_of,
);

async fn decide(house: &House, key: &str, level: SettingLevel, value: SettingValue) {
    let admin = house.sign_in("Camila").await;
    let word =
        SetSetting { command_id: new_id(), key: key.into(), level, terminal_id: None, value: Some(value) };
    house.app.perform(&admin, word).await.unwrap();
}

/// Waits, woken by events, until the alerts are as wanted.
async fn until(house: &House, caller: &Caller, wanted: impl Fn(&AlertsView) -> bool) -> AlertsView {
    let mut events = house.app.subscribe();
    let found = tokio::time::timeout(PATIENCE, async {
        loop {
            let view = house.app.perform(caller, GetAlerts {}).await.unwrap();
            if wanted(&view) {
                return view;
            }
            let _ = events.recv().await;
        }
    });
    found.await.expect("the alerts never became as wanted")
}

fn of(alerts: &[AlertView], kind: AlertKind) -> Vec<&AlertView> {
    alerts.iter().filter(|alert| alert.kind == kind).collect()
}

/// Waits until the screens were told of some alerts and then of fewer.
async fn fewer(events: &mut tokio::sync::broadcast::Receiver<EventEnvelope>) {
    let mut most = 0;
    loop {
        if let Ok(EventEnvelope { event: Event::AlertsChanged { open }, .. }) = events.recv().await {
            if open < most {
                return;
            }
            most = open;
        }
    }
}

async fn a_printer_in_trouble_is_told_of_until_it_prints_again(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    let kind = AlertKind::PrinterTrouble;
    decide(&house, "alerts.printer_trouble_seconds", SettingLevel::Branch, SettingValue::Whole(0)).await;
    let mut events = house.app.subscribe();
    house.printer("cocina").set(Condition::PaperOut);
    house.app.perform(&ana, house.take_away(&[("307", 1)])).await.unwrap();
    let view = until(&house, &ana, |view| !of(&view.open, kind).is_empty()).await;
    let text = &of(&view.open, kind)[0].text;
    assert!(text.es.contains("Cocina") && text.es.contains("papel"), "{text:?}");
    assert!(text.en.contains("paper") && text.en != text.es, "{text:?}");
    house.printer("cocina").set(Condition::Ready);
    let view = until(&house, &ana, |view| of(&view.open, kind).is_empty()).await;
    assert_eq!(of(&view.past, kind).len(), 1, "it was raised once: {view:#?}");
    let told = tokio::time::timeout(PATIENCE, fewer(&mut events));
    assert!(told.await.is_ok(), "the screens never heard that it is over");
    house.close().await;
}

async fn what_was_wrong_before_a_restart_is_looked_at_again(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    let kind = AlertKind::PrinterTrouble;
    decide(&house, "alerts.printer_trouble_seconds", SettingLevel::Company, SettingValue::Whole(0)).await;
    house.printer("bar").set(Condition::CoverOpen);
    house.app.perform(&ana, house.take_away(&[("602", 1)])).await.unwrap();
    until(&house, &ana, |view| !of(&view.open, kind).is_empty()).await;
    house.printer("bar").set(Condition::Ready);
    let house = house.restart().await;
    let ana = house.sign_in("Ana").await;
    let view = until(&house, &ana, |view| of(&view.open, kind).is_empty()).await;
    assert_eq!(of(&view.past, kind).len(), 1);
    house.close().await;
}

async fn a_disk_that_fills_up_is_told_of(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    let (key, level) = ("alerts.free_disk_mib", SettingLevel::Branch);
    // More than any disk has.
    decide(&house, key, level, SettingValue::Whole(1 << 30)).await;
    let view = until(&house, &ana, |view| !of(&view.open, AlertKind::DiskLow).is_empty()).await;
    assert!(view.shown);
    decide(&house, key, level, SettingValue::Whole(0)).await;
    until(&house, &ana, |view| of(&view.open, AlertKind::DiskLow).is_empty()).await;
    // A terminal that guests see keeps quiet.
    decide(&house, "alerts.shown", SettingLevel::Terminal, SettingValue::Switch(false)).await;
    assert!(!house.app.perform(&ana, GetAlerts {}).await.unwrap().shown);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_that_fails_is_told_of_until_one_is_good() {
    let house = House::open(Engine::Sqlite).await;
    let ana = house.sign_in("Ana").await;
    let kind = AlertKind::BackupFailed;
    let folder = house.folder.path().join("backups");
    if folder.exists() {
        std::fs::remove_dir_all(&folder).unwrap();
    }
    std::fs::write(&folder, "a file where the folder should be").unwrap();
    for _ in 0..2 {
        house.app.backup_now(BackupReason::Manual).await.unwrap_err();
    }
    let view = until(&house, &ana, |view| !of(&view.open, kind).is_empty()).await;
    assert_eq!(of(&view.open, kind).len(), 1, "twice in a row is one alert");
    std::fs::remove_file(&folder).unwrap();
    house.app.backup_now(BackupReason::Manual).await.unwrap();
    let view = until(&house, &ana, |view| of(&view.open, kind).is_empty()).await;
    assert_eq!(of(&view.past, kind).len(), 1);
    house.close().await;
}
