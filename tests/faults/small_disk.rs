//! The disk fills up beneath a core at work, and is emptied again.
//!
//! What the database's own limit of growth shows in `full_disk` is shown here with the calls that a full
//! disk really refuses: a sentence, nothing by halves, reading goes on, and so does selling as soon as
//! there is room, without a restart. With `FASTOPS_SMALL_DISK` the same happens on a real file system:
//! the folder of a small one, which the test fills to the last byte.

use super::child::{Child, Parent, Waiter, block_on};
use super::disk::{Disk, POWER_CUT, cut_power};
use super::io::{Told, check, config, tell};
use fastops_app::App;
use fastops_app::wire::{FailureCode, GetOrder};
use std::io::Write as _;
use std::path::{Path, PathBuf};

const FOLDER: &str = "FASTOPS_FULL_DISK_FOLDER";
/// While this file is there the disk that is played is full.
const MARKER: &str = "FASTOPS_FULL_DISK_MARKER";
/// A file of the child's that takes all the room of a real one.
const BALLAST: &str = "ballast";
/// More than fit into what the log has room for.
const ENOUGH: usize = 5_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_refuses_and_goes_on_when_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let aside = tempfile::tempdir().unwrap();
    let marker = aside.path().join("full");
    let disk = Disk::of(folder.path()).full_while(&marker);
    let told = filled_and_emptied(folder.path(), |command| {
        disk.beneath(command);
        command.env(MARKER, &marker);
    });
    let told = told.await;
    assert!(disk.report().iter().any(|line| line.starts_with("full")), "{:?}", disk.report());
    check(folder.path(), &told, "a full disk").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_file_system_refuses_and_goes_on_when_there_is_room() {
    let Ok(small) = std::env::var("FASTOPS_SMALL_DISK") else { return };
    let folder = tempfile::tempdir_in(small).unwrap();
    let told = filled_and_emptied(folder.path(), |_| {}).await;
    check(folder.path(), &told, "a full file system").await;
}

/// What a child tells whose disk fills up and is emptied: an order, refusals, an order.
async fn filled_and_emptied(folder: &Path, set_up: impl FnOnce(&mut std::process::Command)) -> Vec<Told> {
    let child = Child::run("faults::small_disk::the_core_on_a_full_disk", |command| {
        command.env(FOLDER, folder);
        set_up(command);
    });
    let (told, status) = child.await.rest().await;
    assert!(status.success() || status.code() == Some(POWER_CUT), "{status}: {told:#?}");
    let told: Vec<Told> = told.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    let refusals: Vec<_> = told.iter().filter_map(|(_, refused)| refused.as_ref()).collect();
    assert!(!refusals.is_empty());
    for failure in refusals {
        assert_eq!(failure.code, FailureCode::DiskFull, "{}", failure.message);
        assert!(failure.message.contains("disco"), "{}", failure.message);
    }
    let refused = |at: Option<&Told>| at.map(|(_, refused)| refused.is_some());
    assert_eq!((refused(told.first()), refused(told.last())), (Some(false), Some(false)), "{told:#?}");
    told
}

/// Not a test of its own: the core whose disk fills up.
#[test]
fn the_core_on_a_full_disk() {
    block_on(async {
        let Some(mut parent) = Parent::call().await else { return };
        let folder = PathBuf::from(std::env::var(FOLDER).unwrap());
        let marker = std::env::var(MARKER).map(PathBuf::from);
        let app = App::start(config(&folder)).await.unwrap();
        let waiter = Waiter::sign_in(&app).await.unwrap();
        let kept = order(&app, &waiter, &mut parent).await.unwrap();

        let taken = marker.clone().unwrap_or_else(|_| folder.join(BALLAST));
        take_all_room(&taken, marker.is_err());
        let mut taken_in_vain = 0;
        while order(&app, &waiter, &mut parent).await.is_some() {
            taken_in_vain += 1;
            assert!(taken_in_vain < ENOUGH, "the disk never was full");
        }
        let read = app.perform(&waiter.caller, GetOrder { order_id: kept }).await.unwrap();
        assert_eq!(read.lines.len(), 3, "what was sold can be read");
        order(&app, &waiter, &mut parent).await;

        std::fs::remove_file(taken).unwrap();
        order(&app, &waiter, &mut parent).await.unwrap();
        if marker.is_ok() {
            cut_power(&folder);
        }
    });
}

/// Takes an order and tells what became of it; gives its id if it was taken.
async fn order(app: &App, waiter: &Waiter, parent: &mut Parent) -> Option<uuid::Uuid> {
    let request = waiter.order();
    let id = request.order_id;
    let refused = app.perform(&waiter.caller, request).await.err();
    let taken = refused.is_none().then_some(id);
    tell(parent, (Some(id), refused)).await;
    taken
}

/// Makes the file; on a real file system it grows until nothing more goes in.
fn take_all_room(file: &Path, really: bool) {
    let mut file = std::fs::File::create(file).unwrap();
    for piece in if really { &[65_536, 1][..] } else { &[] } {
        while file.write_all(&vec![0; *piece]).is_ok() {}
    }
}
