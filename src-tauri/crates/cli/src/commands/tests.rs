//! A backup's way through the command line: made, verified, damaged, restored.

use super::{backup, demo, restore, verify};
use crate::args::{Arguments, Command};
use crate::exit::{Exit, Stop};
use crate::output::Output;
use clap::Parser as _;
use fastops_app::Language;
use fastops_app::wire::FailureCode;
use std::path::Path;

async fn run(line: &str, folder: &Path) -> Result<Exit, Stop> {
    let output = Output::new(Language::En, true);
    let mut words: Vec<String> = line.split_whitespace().map(ToOwned::to_owned).collect();
    words.extend(["--data".into(), folder.display().to_string()]);
    let arguments = Arguments::try_parse_from([vec!["fastops-cli".into()], words].concat()).unwrap();
    match arguments.command {
        Command::Backup(arguments) => backup::run(arguments, output).await,
        Command::Restore(arguments) => restore::run(arguments, output).await,
        Command::Verify(arguments) => verify::run(arguments, output).await,
        Command::Demo(arguments) => demo::run(arguments, output).await,
        other => panic!("{other:?}"),
    }
}

async fn refused(line: &str, folder: &Path) -> Stop {
    run(line, folder).await.expect_err(line)
}

#[tokio::test]
async fn data_is_backed_up_verified_lost_and_restored() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    run("demo", folder).await.unwrap();
    run("backup", folder).await.unwrap();
    run("verify --live", folder).await.unwrap();
    let mut made: Vec<_> =
        std::fs::read_dir(folder.join("backups")).unwrap().map(|entry| entry.unwrap().path()).collect();
    made.sort();
    let names: Vec<_> = made.iter().map(|path| path.file_name().unwrap().to_str().unwrap()).collect();
    assert!(names[0].ends_with("-manual.db") && names[1].ends_with("-manual.db.json"), "{names:?}");
    run(&format!("verify {}", made[0].display()), folder).await.unwrap();

    // A changed byte: found, set aside, and the backup is named as the way out.
    let database = folder.join("fastops.db");
    let mut bytes = std::fs::read(&database).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&database, &bytes).unwrap();
    let stop = refused("demo", folder).await;
    assert_eq!((stop.exit, stop.code), (Exit::DataUnusable, Some(FailureCode::DataDamaged)));
    assert!(stop.message.contains("fastops-cli restore --newest"), "{}", stop.message);
    assert!(!database.exists(), "it was set aside");
    // Gone is gone: no new store is begun in its place.
    let stop = refused("demo", folder).await;
    assert_eq!((stop.exit, stop.code), (Exit::DataUnusable, Some(FailureCode::DataMissing)));
    assert_eq!(refused("verify --live", folder).await.code, Some(FailureCode::NotSetUp));

    run("restore --newest", folder).await.unwrap();
    run("verify --live", folder).await.unwrap();
    assert_eq!(refused("demo", folder).await.code, Some(FailureCode::SetUpAlready), "the company is back");
}

#[tokio::test]
async fn what_cannot_be_done_is_said_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    assert_eq!(refused("backup", folder).await.code, Some(FailureCode::NotSetUp), "nothing to back up");
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), 0, "looking leaves no trace");
    run("demo", folder).await.unwrap();
    let before = std::fs::read(folder.join("fastops.db")).unwrap();
    let stop = refused("restore --newest", folder).await;
    assert_eq!((stop.exit, stop.code), (Exit::Failed, Some(FailureCode::BackupFailed)));
    let stop = refused("restore nowhere.db", folder).await;
    assert_eq!(stop.code, Some(FailureCode::BackupFailed));
    std::fs::write(folder.join("not a backup.db"), "a letter").unwrap();
    let stop = refused("verify --live", &folder.join("elsewhere")).await;
    assert_eq!(stop.code, Some(FailureCode::NotSetUp));
    assert_eq!(std::fs::read(folder.join("fastops.db")).unwrap(), before);
}
