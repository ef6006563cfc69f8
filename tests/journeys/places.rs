//! Starting where it cannot start: each time a sentence, and the data untouched.

use crate::house::{self, Engine, House};
use fastops_app::wire::FailureCode;
use fastops_app::{App, AppConfig, Database, DemoSetup, create_demo};

fn demo(folder: &std::path::Path, printer: &str) -> AppConfig {
    let mut config = AppConfig::new(folder);
    config.demo = Some(DemoSetup { printers: vec![("cocina".into(), printer.into())] });
    config
}

async fn code_of(config: AppConfig) -> FailureCode {
    let failure = App::start(config).await.map(|_| ()).unwrap_err();
    assert!(failure.message.len() > 20, "{}", failure.message);
    failure.code
}

#[tokio::test]
async fn a_second_start_on_the_same_data_is_refused() {
    let house = House::open(Engine::Sqlite).await;
    let second = house::config(house.folder.path(), Database::Folder, &house.printers);
    assert_eq!(code_of(second).await, FailureCode::AlreadyRunning);
    house.sign_in("Luis").await;
    house.close().await;
}

#[tokio::test]
async fn a_folder_without_a_company_says_how_to_get_one() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(code_of(AppConfig::new(folder.path())).await, FailureCode::NotSetUp);
}

#[tokio::test]
async fn a_folder_that_cannot_be_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a-file");
    std::fs::write(&file, "not a folder").unwrap();
    assert_eq!(code_of(AppConfig::new(file.join("data"))).await, FailureCode::FolderUnwritable);
}

#[tokio::test]
async fn a_file_that_is_no_database_is_kept_and_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("fastops.db");
    let words = "this is no database, and it is somebody's".repeat(100);
    std::fs::write(&file, &words).unwrap();
    assert_eq!(code_of(demo(folder.path(), "tcp://127.0.0.1:9100")).await, FailureCode::DataDamaged);
    let aside = std::fs::read_dir(folder.path().join("damaged")).unwrap().next().unwrap().unwrap().path();
    assert_eq!(std::fs::read_to_string(aside.join("fastops.db")).unwrap(), words, "set aside as it was");
}

#[tokio::test]
async fn a_server_that_is_away_is_said_to_be() {
    let folder = tempfile::tempdir().unwrap();
    let mut config = demo(folder.path(), "tcp://127.0.0.1:9100");
    config.database = Database::Url("postgres://nobody@127.0.0.1:1/nothing".into());
    assert_eq!(code_of(config).await, FailureCode::DatabaseAway);
}

#[tokio::test]
async fn printers_that_cannot_be_are_refused_before_anything_is_made() {
    let folder = tempfile::tempdir().unwrap();
    for bad in ["9100", "tcp://", "tcp://host:0", "usb://x", "tcp://no-such-host.invalid:9100"] {
        assert_eq!(code_of(demo(folder.path(), bad)).await, FailureCode::BadPrinter, "{bad}");
    }
    let mut config = demo(folder.path(), "tcp://127.0.0.1:9100");
    config.demo = Some(DemoSetup { printers: vec![("cosina".into(), "tcp://127.0.0.1:9100".into())] });
    let failure = create_demo(&config).await.unwrap_err();
    assert_eq!(failure.code, FailureCode::UnknownStation);
}

#[tokio::test]
async fn the_demo_is_made_once_and_its_printers_can_be_moved() {
    let folder = tempfile::tempdir().unwrap();
    let first = create_demo(&demo(folder.path(), "tcp://127.0.0.1:9101")).await.unwrap();
    assert!(first.created);
    assert_eq!(first.users.len(), 6);
    let again = create_demo(&demo(folder.path(), "tcp://127.0.0.1:9102")).await.unwrap();
    assert!(!again.created);
    let kitchen = again.printers.iter().find(|(code, ..)| code == "cocina").unwrap();
    assert_eq!(kitchen.2, "tcp://127.0.0.1:9102");
    let mut nothing = demo(folder.path(), "");
    nothing.demo = Some(DemoSetup::default());
    assert_eq!(create_demo(&nothing).await.unwrap_err().code, FailureCode::SetUpAlready);
}
