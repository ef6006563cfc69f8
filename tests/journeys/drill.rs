//! The drill: a backup is made in the middle of service, the data is lost, and the restaurant is back.
//!
//! Proves R14 at a small size on both engines: totals equal, audit chain whole, epoch raised; and that orders
//! go on while a backup is made.

use super::on_both_engines;
use crate::house::{self, Engine, House, new_id};
use fastops_app::wire::{FailureCode, VoidLine};
use fastops_app::{App, BackupReason, RestoreFrom};
use fastops_domain::ids::BranchId;
use fastops_store::{StoreError, audit, company, identity};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

on_both_engines!(a_lost_restaurant_is_back, orders_go_on_while_a_backup_is_made);

async fn epoch(app: &App) -> i64 {
    let store = app.store_for_faults();
    let known = store.read::<_, StoreError, _>(|tx| Box::pin(identity::identity(tx)));
    known.await.unwrap().unwrap().epoch
}

/// The audit log's last place, after walking all of it.
async fn audit_reaches(app: &App) -> i64 {
    let store = app.store_for_faults();
    let walked = store.read::<_, StoreError, _>(|tx| {
        Box::pin(async move {
            let (_, branch) = company::first_branch(tx).await?.unwrap();
            let branch: BranchId = branch.id;
            audit::verify_chain(tx, branch).await
        })
    });
    walked.await.unwrap().unwrap().seq
}

async fn a_lost_restaurant_is_back(engine: Engine) {
    let house = House::open(engine).await;
    let boss = house.sign_in("Jorge").await;
    let kept = house.app.perform(&boss, house.take_away(&[("307", 2), ("602", 1)])).await.unwrap();
    let void = VoidLine {
        quantity: None,
        command_id: new_id(),
        order_id: kept.id,
        line_id: kept.lines[1].id,
        reason: "se equivocó".into(),
    };
    house.app.perform(&boss, void).await.unwrap();
    let (first_epoch, audited) = (epoch(&house.app).await, audit_reaches(&house.app).await);
    assert!(audited > 0);
    let made = house.app.backup_now(BackupReason::Manual).await.unwrap();
    assert_eq!(made.last_order.as_ref().map(|order| order.number), Some(kept.number));
    let late = house.app.perform(&boss, house.take_away(&[("307", 1)])).await.unwrap();

    let (folder, database) = house.data();
    let config = house::config(&folder, database, &house.printers);
    let running = fastops_app::restore(&config, RestoreFrom::Newest).await.unwrap_err();
    assert_eq!(running.code, FailureCode::AlreadyRunning, "not while it is in use");
    house.app.stop().await;

    let offer = fastops_app::recovery_offer(&config).await.unwrap();
    assert_eq!((&offer.backup, &offer.last_order), (&made.path, &made.last_order));
    let report = fastops_app::restore(&config, RestoreFrom::Newest).await.unwrap();
    assert_eq!(report.epoch, first_epoch + 1);
    assert!(report.set_aside.is_some(), "what was there is kept");

    let house = house.restart().await;
    assert_eq!(epoch(&house.app).await, first_epoch + 1);
    assert_eq!(
        audit_reaches(&house.app).await,
        audited + 1,
        "the restore is in the log, and the log is whole"
    );
    let boss = house.sign_in("Jorge").await;
    let again = house.order(&boss, kept.id).await;
    assert_eq!((again.number, again.lines.len()), (kept.number, 2));
    let gone = fastops_app::wire::GetOrder { order_id: late.id };
    house.refused(&boss, gone, FailureCode::UnknownOrder).await;
    house.close().await;
}

async fn orders_go_on_while_a_backup_is_made(engine: Engine) {
    let house = Arc::new(House::open(engine).await);
    let ana = house.sign_in("Ana").await;
    let done = Arc::new(AtomicBool::new(false));
    let ordering = tokio::spawn({
        let (house, ana, done) = (Arc::clone(&house), ana.clone(), Arc::clone(&done));
        async move {
            let mut taken = Vec::new();
            while !done.load(Ordering::Relaxed) || taken.len() < 20 {
                let order =
                    house.app.perform(&ana, house.take_away(&[("307", 1), ("602", 1)])).await.unwrap();
                taken.push(order.id);
            }
            taken
        }
    });
    for _ in 0..2 {
        house.app.backup_now(BackupReason::Hourly).await.unwrap();
    }
    done.store(true, Ordering::Relaxed);
    for id in ordering.await.unwrap() {
        assert_eq!(house.order(&ana, id).await.lines.len(), 2, "whatever was confirmed is there");
    }
    Arc::into_inner(house).unwrap().close().await;
}
