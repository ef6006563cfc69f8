//! The power goes in the middle of a rush: what was not synced is gone, and some of it is not.
//!
//! The same rush as for the kills, on a disk that loses, at a call that differs each time, what it was
//! not told to sync: all of it, or single pieces, in no order. A core on what is left has to know every
//! acknowledged order, bring every ticket to paper, and find its file whole.
//!
//! Proves P1 and P9 for a power cut. The control is the same rush on a disk whose syncs of the log are
//! lies, which is what `synchronous=NORMAL` asks for, and a plain database with just that setting: both
//! lose what they had confirmed.

use super::child::{Child, Parent, Waiter, block_on};
use super::disk::{Disk, POWER_CUT, cut_power};
use super::kill::{self, ORDERS, moving_printer, rush};
use super::{all_cases, chance};
use crate::house::{self, Engine, House};
use fastops_app::wire::{FailureCode, GetOrder};
use fastops_app::{App, Database};
use fastops_store::{StoreError, Work, probe};
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// Asks the child to have its power cut at the end, if it lived that long.
const CUT_AT_LAST: &str = "FASTOPS_CUT_AT_LAST";
/// … after a clean stop of the core, which folds the log into the file.
const STOPPED: &str = "stopped";
/// … with the core at work, and all of the rush in the log.
const AT_WORK: &str = "at work";
const PLAIN: &str = "FASTOPS_PLAIN_FILE";
const SYNCHRONOUS: &str = "FASTOPS_PLAIN_SYNCHRONOUS";
/// Power cuts that one restaurant lives through before the next is opened.
const CUTS: usize = 4;
/// Pages of SQLite's log after which a child folds it into the file: several times in each rush.
const LOG_PAGES: u32 = 60;

/// Rows that the plain database confirms before its power goes.
const CONFIRMED: usize = 50;

/// What stays of what was not synced, in per cent, and in pieces of how many bytes.
const KEEPS: [(usize, usize); 4] = [(0, 512), (50, 512), (50, 4_096), (90, 4_096)];

/// Has the log folded often, in a core that is to lose its power at any time.
pub(super) async fn fold_log_often(app: &App) {
    if std::env::var(CUT_AT_LAST).is_ok_and(|when| when == STOPPED) {
        let store = app.store_for_faults();
        let set =
            store.write(|tx| Box::pin(probe::fold_log_every(tx, LOG_PAGES)) as Work<'_, (), StoreError>);
        set.await.unwrap();
    }
}

/// Cuts the power of a core that still has it.
pub(super) async fn cut_at_last(app: &App, folder: &Path) {
    let Ok(when) = std::env::var(CUT_AT_LAST) else { return };
    if when == STOPPED {
        app.stop().await;
    }
    cut_power(folder);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_with_the_power() {
    let cycles = if all_cases() { 200 } else { 12 };
    let (mut taken, mut early, mut calls) = (0, 0, None);
    for first in (0..cycles).step_by(CUTS) {
        let (house, printers) = closed_house().await;
        let folder = house.path();
        let mut acknowledged = Vec::new();
        for cycle in first..first + CUTS {
            let (percent, piece) = KEEPS[cycle % 4];
            let mut disk = Disk::of(folder).keeps(cycle, percent, piece);
            // The first rush gets to its end and says how many calls there are to cut at.
            if let Some(calls) = calls {
                disk = disk.cut_at(1 + chance(cycle, calls));
            }
            let told = power_cut(folder, &disk, STOPPED).await;
            calls = calls.or_else(|| disk.calls());
            early += usize::from(told.len() < ORDERS);
            acknowledged.extend(told);

            let findings = probe::file::integrity(&folder.join("fastops.db")).unwrap();
            assert_eq!(findings, [""; 0], "cycle {cycle}");
            let app = App::start(house::config(folder, Database::Folder, &printers)).await.unwrap();
            kill::check(&app, &printers, &acknowledged).await;
            app.stop().await;
        }
        taken += acknowledged.len();
        for printer in printers {
            printer.stop().await;
        }
    }
    assert!(taken > 0 && early > cycles / 4, "{taken} acknowledged; {early} of {cycles} cut in the middle");
}

/// A restaurant that was opened once, and closed.
async fn closed_house() -> (tempfile::TempDir, Vec<fastops_printer_sim::Simulator>) {
    let mut printers = Vec::new();
    for name in ["Cocina", "Bar", "Postres"] {
        printers.push(moving_printer(name).await);
    }
    let house = House::open_with(Engine::Sqlite, printers).await;
    house.app.stop().await;
    (house.folder, house.printers)
}

/// A rush that ends with a power cut; gives the orders that were acknowledged.
async fn power_cut(folder: &Path, disk: &Disk, at_last: &str) -> Vec<Uuid> {
    let child = rush(folder, &Database::Folder, |command| {
        disk.beneath(command);
        command.env(CUT_AT_LAST, at_last);
    });
    let (told, status) = child.await.rest().await;
    assert_eq!(status.code(), Some(POWER_CUT), "{status} after {} orders: {:?}", told.len(), disk.report());
    told.iter().map(|id| id.parse().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_disk_that_lies_about_its_syncs_is_found_out() {
    let (house, printers) = closed_house().await;
    let folder = house.path();
    let acknowledged = power_cut(folder, &Disk::of(folder).lies_about("-wal"), AT_WORK).await;
    assert_eq!(acknowledged.len(), ORDERS);
    let app = App::start(house::config(folder, Database::Folder, &printers)).await.unwrap();
    let ana = Waiter::sign_in(&app).await.unwrap().caller;
    let mut lost = 0;
    for order_id in acknowledged {
        match app.perform(&ana, GetOrder { order_id }).await {
            Ok(_) => {}
            Err(failure) => {
                assert_eq!(failure.code, FailureCode::UnknownOrder, "{}", failure.message);
                lost += 1;
            }
        }
    }
    app.stop().await;
    assert!(lost > 0, "the power cut took nothing back: it proves nothing about a disk that does not lie");
}

#[tokio::test]
async fn a_plain_database_loses_what_it_confirmed_unless_it_syncs_each_commit() {
    for (synchronous, loses) in [("FULL", false), ("NORMAL", true)] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plain.db");
        let disk = Disk::of(folder.path());
        let child = Child::run("faults::power::the_plain_database_whose_power_goes", |command| {
            disk.beneath(command);
            command.env(PLAIN, &path).env(SYNCHRONOUS, synchronous);
        });
        let (confirmed, status) = child.await.rest().await;
        assert_eq!((confirmed.len(), status.code()), (CONFIRMED, Some(POWER_CUT)), "{status}");
        let contents = probe::file::contents(&path).unwrap();
        let kept = contents.get("confirmed").map_or(0, Vec::len);
        assert_eq!(kept < CONFIRMED, loses, "synchronous={synchronous} kept {kept} of {CONFIRMED}");
    }
}

/// Not a test of its own: a database without a store, which confirms rows and loses its power.
#[test]
fn the_plain_database_whose_power_goes() {
    block_on(async {
        let Some(mut parent) = Parent::call().await else { return };
        let path = PathBuf::from(std::env::var(PLAIN).unwrap());
        let (confirmed, mut rows) = tokio::sync::mpsc::unbounded_channel();
        let file = path.clone();
        tokio::task::spawn_blocking(move || {
            let synchronous = std::env::var(SYNCHRONOUS).unwrap();
            probe::file::confirm_rows(&file, &synchronous, |row| confirmed.send(row).is_ok()).unwrap();
        });
        for _ in 0..CONFIRMED {
            let row = rows.recv().await.unwrap();
            parent.tell(&row.to_string()).await;
        }
        cut_power(path.parent().unwrap());
    });
}
