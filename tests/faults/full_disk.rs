//! A disk without room: a sentence, nothing half-done, and on it goes when there is room again.
//!
//! The database itself is told that it may not grow, which meets the same code as a full disk does.

use crate::house::{Engine, House};
use fastops_app::wire::{FailureCode, GetFloor, OrderStatus};
use fastops_store::{StoreError, Work, probe};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_refuses_the_order_and_keeps_the_rest() {
    let house = House::open(Engine::Sqlite).await;
    let ana = house.sign_in("Ana").await;
    let kept = house.app.perform(&ana, house.take_away(&[("307", 1)])).await.unwrap();
    house.until(&ana, kept.id, |order| order.status == OrderStatus::Printed).await;

    let store = house.app.store_for_faults();
    store.write(|tx| Box::pin(probe::limit_growth(tx, true)) as Work<'_, (), StoreError>).await.unwrap();
    let refused = loop {
        let mut request = house.take_away(&[("307", 1)]);
        request.lines[0].note = Some("x".repeat(200));
        match house.app.perform(&ana, request).await {
            Ok(_) => {}
            Err(failure) => break failure,
        }
    };
    assert_eq!(refused.code, FailureCode::DiskFull, "{}", refused.message);
    assert!(refused.message.contains("disco"), "{}", refused.message);
    let before = house.app.perform(&ana, GetFloor {}).await.unwrap().others.len();

    store.write(|tx| Box::pin(probe::limit_growth(tx, false)) as Work<'_, (), StoreError>).await.unwrap();
    let after = house.app.perform(&ana, house.take_away(&[("307", 1)])).await.unwrap();
    house.until(&ana, after.id, |order| order.status == OrderStatus::Printed).await;
    let floor = house.app.perform(&ana, GetFloor {}).await.unwrap();
    assert_eq!(floor.others.len(), before + 1, "the refused one left nothing");
    house.close().await;
}
