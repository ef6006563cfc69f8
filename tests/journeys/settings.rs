//! What the house decides for itself, through the core's own door: what is refused, what is written down.

use crate::house::{Engine, House, new_id};
use crate::laws::questions::{self, count};
use fastops_app::wire::{
    Event, FailureCode, GetSession, GetSettings, SetSetting, SettingLevel, SettingValue, SettingView,
};
use fastops_app::{Caller, Language};

super::on_both_engines!(
    a_setting_counts_at_once_and_is_written_down,
    a_terminal_locks_when_its_house_says,
    a_setting_that_cannot_be_is_refused_with_a_sentence,
);

fn word(key: &str, level: SettingLevel, value: Option<SettingValue>) -> SetSetting {
    SetSetting { command_id: new_id(), key: key.into(), level, terminal_id: None, value }
}

fn find(settings: Vec<SettingView>, key: &str) -> SettingView {
    settings.into_iter().find(|setting| setting.key == key).unwrap()
}

async fn a_setting_counts_at_once_and_is_written_down(engine: Engine) {
    let house = House::open(engine).await;
    let admin = house.sign_in("Camila").await;
    let store = house.app.store_for_faults();
    let key = "backup.every_minutes";
    let read = async || find(house.app.perform(&admin, GetSettings {}).await.unwrap().settings, key);
    let unsaid = read().await;
    assert_eq!((unsaid.value, unsaid.said.len()), (SettingValue::Whole(60), 0));
    let mut events = house.app.subscribe();
    let thirty = word(key, SettingLevel::Company, Some(SettingValue::Whole(30)));
    for _ in 0..2 {
        let answer = house.app.perform(&admin, thirty.clone()).await.unwrap();
        assert_eq!(find(answer.settings, key).value, SettingValue::Whole(30));
    }
    assert_eq!(count(&store, questions::SETTINGS_SAID).await, 1, "the same command again says nothing new");
    let heard: Vec<_> = std::iter::from_fn(|| events.try_recv().ok()).collect();
    let changes = heard.iter().filter(|heard| matches!(heard.event, Event::SettingsChanged)).count();
    assert_eq!(changes, 1, "every screen hears of it once");

    let branch = word(key, SettingLevel::Branch, Some(SettingValue::Whole(45)));
    house.app.perform(&admin, branch).await.unwrap();
    let nearer = read().await;
    assert_eq!((nearer.value, nearer.said.len()), (SettingValue::Whole(45), 2));
    house.app.perform(&admin, word(key, SettingLevel::Branch, None)).await.unwrap();
    assert_eq!(read().await.value, SettingValue::Whole(30), "the wider word counts again");
    assert_eq!(count(&store, questions::SETTINGS_SAID).await, 3, "each change is an act");
    house.close().await;
}

async fn a_terminal_locks_when_its_house_says(engine: Engine) {
    let house = House::open(engine).await;
    let (admin, ana) = (house.sign_in("Camila").await, house.sign_in("Ana").await);
    let minutes = async || house.app.perform(&ana, GetSession {}).await.unwrap().lock_minutes;
    assert_eq!(minutes().await, 10);
    let say = |level, minutes| word("session.lock_minutes", level, Some(SettingValue::Whole(minutes)));
    house.app.perform(&admin, say(SettingLevel::Branch, 30)).await.unwrap();
    assert_eq!(minutes().await, 30);
    house.app.perform(&admin, say(SettingLevel::Terminal, 2)).await.unwrap();
    assert_eq!(minutes().await, 2, "the till at the door locks sooner");
    house.refused(&admin, say(SettingLevel::Branch, 0), FailureCode::BadSetting).await;
    house.close().await;
}

async fn a_setting_that_cannot_be_is_refused_with_a_sentence(engine: Engine) {
    let house = House::open(engine).await;
    let admin = house.sign_in("Camila").await;
    let (whole, branch) = (|n| Some(SettingValue::Whole(n)), SettingLevel::Branch);
    let text = |words: &str| Some(SettingValue::Text(words.to_owned()));
    let elsewhere = SetSetting {
        terminal_id: Some(new_id()),
        ..word("alerts.shown", SettingLevel::Terminal, Some(SettingValue::Switch(false)))
    };
    for (request, code) in [
        (word("backup.every_hours", branch, whole(1)), FailureCode::BadSetting),
        (word("backup.every_minutes", branch, whole(14)), FailureCode::BadSetting),
        (word("backup.every_minutes", branch, whole(-60)), FailureCode::BadSetting),
        (word("backup.every_minutes", branch, Some(SettingValue::Switch(true))), FailureCode::BadSetting),
        (word("backup.every_minutes", SettingLevel::Terminal, whole(60)), FailureCode::BadSetting),
        (word("backup.every_minutes", SettingLevel::Terminal, None), FailureCode::BadSetting),
        (word("backup.every_minutes", branch, text("60")), FailureCode::BadSetting),
        (word("receipt.head", branch, whole(1)), FailureCode::BadSetting),
        (word("receipt.head", branch, text("1\n2\n3\n4\n5\n6\n7")), FailureCode::BadSetting),
        (word("receipt.head", branch, text("\u{1B}@")), FailureCode::BadSetting),
        (word("receipt.qr", branch, text("https://fonda.co/{factura}")), FailureCode::BadSetting),
        (elsewhere, FailureCode::UnknownTerminal),
    ] {
        let spanish = house.refused(&admin, request.clone(), code).await;
        let english = Caller { language: Language::En, ..admin.clone() };
        let english = house.refused(&english, request, code).await;
        assert_ne!(spanish.message, english.message);
    }
    let store = house.app.store_for_faults();
    assert_eq!(count(&store, questions::SETTINGS_SAID).await, 0, "what is refused is no act");
    house.close().await;
}
