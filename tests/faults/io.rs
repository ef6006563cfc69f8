//! One call to the disk fails, every one in its turn, while the core starts and takes three orders.
//!
//! An order is acknowledged or refused with a sentence; there is no hang, no panic and no half of a sale.
//! One failure costs at most one answer. Where nobody knows whether a commit happened the refusal says so, and
//! the same command is sent again. Then the power goes, or the process ends, and a core on a sound disk finds
//! what was acknowledged, nothing of what was refused as not saved, and its file whole: what a failed sync left
//! unwritten was never built upon.
//!
//! Proves P1, P6 and P13 for a disk that fails.

use super::all_cases;
use super::child::{Child, Parent, Waiter, block_on};
use super::disk::{Disk, Fault, POWER_CUT, cut_power};
use crate::house::STATIONS;
use fastops_app::wire::{Failure, FailureCode, GetOrder};
use fastops_app::{App, AppConfig, DemoSetup};
use fastops_store::probe;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use uuid::Uuid;

const FOLDER: &str = "FASTOPS_BAD_DISK_FOLDER";
/// Set when the child ends without losing its power: what it wrote and never synced stays.
const CRASHES: &str = "FASTOPS_BAD_DISK_CRASHES";
const ORDERS: usize = 3;
/// The exit code of a child that crashed as it was to, and no other of the disk beneath it.
const CRASH: i32 = 88;

/// What the child tells of one request: the order that it would have made, and why it was refused.
pub(super) type Told = (Option<Uuid>, Option<Failure>);

/// Which calls fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lasts {
    OneCall,
    FromThenOn,
}

/// A core of the demo company whose printers answer to nobody.
pub(super) fn config(folder: &Path) -> AppConfig {
    let mut config = AppConfig::new(folder);
    let nobody = |code: &&str| ((*code).to_owned(), "tcp://127.0.0.1:1".to_owned());
    config.demo = Some(DemoSetup { printers: STATIONS.iter().map(nobody).collect() });
    config
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_error_of_the_device_at_any_call() {
    every_call(Fault::Eio, Lasts::OneCall, 41).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_error_of_the_device_that_stays() {
    every_call(Fault::Eio, Lasts::FromThenOn, 67).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_room_at_any_call() {
    every_call(Fault::Enospc, Lasts::OneCall, 61).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn half_a_write_at_any_call() {
    every_call(Fault::Short, Lasts::OneCall, 59).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failed_sync_at_any_call() {
    every_call(Fault::Sync, Lasts::OneCall, 3).await;
}

/// A commit whose sync failed left its bytes in the log, and a start after a crash finds them: whoever was told
/// that nothing was saved was told a lie.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sync_that_fails_from_then_on_and_a_crash() {
    let in_a_hurry = left_in_a_hurry().await;
    let mut found = 0;
    for call in (1..).step_by(if all_cases() { 1 } else { 2 }) {
        let case = format!("syncs fail from {call} on, then a crash");
        let folder = tempfile::tempdir().unwrap();
        copy(in_a_hurry.path(), folder.path());
        let disk = Disk::of(folder.path()).fails(Fault::Sync, call).stays();
        let (told, failed) = three_orders(folder.path(), &disk, &case, Ends::Crash).await;
        found += check(folder.path(), &told, &case).await;
        if !failed {
            break;
        }
    }
    assert!(found > 0, "no order was found of which nobody knew: the case never came up");
}

/// How the child's life ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ends {
    /// What was not synced is gone.
    PowerCut,
    /// What was written stays.
    Crash,
}

/// Fails at the first call, and so on in steps of `step`, until a run ends before its call comes.
async fn every_call(fault: Fault, lasts: Lasts, step: usize) {
    let step = if all_cases() { 1 } else { step };
    let in_a_hurry = left_in_a_hurry().await;
    for before in [None, Some(in_a_hurry.path())] {
        let mut failed = 0;
        for call in (1..).step_by(step) {
            if !one_failure(fault, lasts, call, before).await {
                break;
            }
            failed += 1;
        }
        assert!(failed >= 2, "{fault:?}: only {failed} calls failed");
    }
}

/// A folder in which a core was at work when its process ended; its log is there.
pub(super) async fn left_in_a_hurry() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let sound = Disk::of(folder.path()).keeps(0, 100, 512);
    let (told, failed) = three_orders(folder.path(), &sound, "a sound disk", Ends::PowerCut).await;
    assert_eq!((told.len(), failed), (ORDERS, false));
    assert!(folder.path().join("fastops.db-wal").exists());
    folder
}

/// Copies the files of a folder without folders in it.
pub(super) fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

/// Whether the child, in an empty folder or in a copy of this one, came to the call that fails.
async fn one_failure(fault: Fault, lasts: Lasts, call: usize, before: Option<&Path>) -> bool {
    let case =
        format!("{fault:?} {lasts:?} at call {call}, {}", if before.is_some() { "used" } else { "new" });
    let folder = tempfile::tempdir().unwrap();
    if let Some(before) = before {
        copy(before, folder.path());
    }
    let mut disk = Disk::of(folder.path()).fails(fault, call);
    if lasts == Lasts::FromThenOn {
        disk = disk.stays();
    }
    let (told, failed) = three_orders(folder.path(), &disk, &case, Ends::PowerCut).await;

    let refused: Vec<_> = told.iter().filter_map(|(_, refused)| refused.as_ref()).collect();
    for failure in &refused {
        assert!(failed, "{case}: refused without a reason: {failure:?}");
        assert!(failure.message.len() > 20, "{case}: {failure:?}");
        assert_ne!(failure.code, FailureCode::DataDamaged, "{case}: {failure:?}");
    }
    if lasts == Lasts::OneCall {
        assert!(refused.len() <= 1, "{case}: one failure refused {refused:?}");
    }
    let report = disk.report();
    let built_upon = |line: &String| line.starts_with("retried") || line.starts_with("went on");
    assert!(!report.iter().any(built_upon), "{case}: a failed sync was built upon: {report:?}");
    check(folder.path(), &told, &case).await;
    failed
}

/// What a child on this disk tells, and whether the disk failed.
async fn three_orders(folder: &Path, disk: &Disk, case: &str, ends: Ends) -> (Vec<Told>, bool) {
    let child = Child::run("faults::io::the_core_on_a_bad_disk", |command| {
        disk.beneath(command);
        command.env(FOLDER, folder);
        if ends == Ends::Crash {
            command.env(CRASHES, "yes");
        }
    });
    let (told, status) = child.await.rest().await;
    let report = disk.report();
    let wanted = if ends == Ends::Crash { CRASH } else { POWER_CUT };
    assert_eq!(status.code(), Some(wanted), "{case}: {status}, told {told:#?}, {report:?}");
    let told = told.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    (told, report.iter().any(|line| !line.starts_with("calls")))
}

/// A core on a sound disk finds what was acknowledged, nothing of what was refused as not saved, nothing by
/// halves, and its file whole. Gives how many orders it found of which it was not known whether they are there.
pub(super) async fn check(folder: &Path, told: &[Told], case: &str) -> usize {
    let app = App::start(config(folder)).await.unwrap_or_else(|failure| panic!("{case}: {failure:?}"));
    let ana = Waiter::sign_in(&app).await.unwrap().caller;
    let mut answers: BTreeMap<Uuid, Vec<Option<FailureCode>>> = BTreeMap::new();
    for (order_id, refused) in told {
        let Some(order_id) = *order_id else { continue };
        answers.entry(order_id).or_default().push(refused.as_ref().map(|failure| failure.code));
    }
    let mut surprises = 0;
    for (order_id, answers) in answers {
        let acknowledged = answers.contains(&None);
        let unsure = answers.contains(&Some(FailureCode::Unsure));
        match app.perform(&ana, GetOrder { order_id }).await {
            Ok(order) => {
                assert_eq!((order.lines.len(), order.tickets.len()), (3, 3), "{case}: by halves");
                assert!(acknowledged || unsure, "{case}: {order_id} is there and was refused: {answers:?}");
                surprises += usize::from(!acknowledged);
            }
            Err(failure) => {
                assert_eq!(failure.code, FailureCode::UnknownOrder, "{case}");
                assert!(!acknowledged, "{case}: {order_id} was acknowledged and is lost");
            }
        }
    }
    app.stop().await;
    let findings = probe::file::integrity(&folder.join("fastops.db")).unwrap();
    assert_eq!(findings, [""; 0], "{case}");
    surprises
}

/// Not a test of its own: a core that tells what became of each request, and loses its power.
#[test]
fn the_core_on_a_bad_disk() {
    block_on(async {
        let Some(mut parent) = Parent::call().await else { return };
        let folder = PathBuf::from(std::env::var(FOLDER).unwrap());
        // Held to the end: a core that is let go closes its file, which a core whose power goes never does.
        let app = App::start(config(&folder)).await;
        match &app {
            Ok(app) => {
                take_orders(app, &mut parent).await;
                // At most two seconds late, a core does so by itself; on a bad disk it may be in vain.
                let _noted = app.store_for_faults().note_reached().await;
            }
            Err(failure) => tell(&mut parent, (None, Some(failure.clone()))).await,
        }
        if std::env::var(CRASHES).is_ok() {
            crash();
        }
        cut_power(&folder);
    });
}

#[expect(clippy::disallowed_methods, reason = "a crash closes nothing, and that is what it is for")]
fn crash() {
    std::process::exit(CRASH);
}

async fn take_orders(app: &App, parent: &mut Parent) {
    let waiter = match Waiter::sign_in(app).await {
        Ok(waiter) => waiter,
        Err(failure) => {
            tell(parent, (None, Some(failure))).await;
            let Ok(waiter) = Waiter::sign_in(app).await else { return };
            waiter
        }
    };
    for _ in 0..ORDERS {
        let request = waiter.order();
        let id = request.order_id;
        let refused = app.perform(&waiter.caller, request.clone()).await.err();
        let unsure = refused.as_ref().is_some_and(|failure| failure.code == FailureCode::Unsure);
        tell(parent, (Some(id), refused)).await;
        if unsure {
            let refused = app.perform(&waiter.caller, request).await.err();
            tell(parent, (Some(id), refused)).await;
        }
    }
}

pub(super) async fn tell(parent: &mut Parent, told: Told) {
    parent.tell(&serde_json::to_string(&told).unwrap()).await;
}
