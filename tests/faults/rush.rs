//! Waiters who send orders without a break while the ground moves: what their screens do.
//!
//! A command without a yes is sent again, the same command with the same id, as the screens do, until
//! the core has said yes. Any no that is not the database's is a failed test.

use crate::house::{House, PATIENCE};
use fastops_app::wire::{CreateOrder, FailureCode, GetMenu, OrderType};
use fastops_app::{App, Caller};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::watch;
use tokio::task::JoinSet;
use uuid::Uuid;

/// Pause before a command without a yes is sent again; no wait for anything.
const AGAIN: std::time::Duration = std::time::Duration::from_millis(20);

/// Orders under way.
pub(super) struct Rush {
    waiters: JoinSet<Vec<Uuid>>,
    over: Arc<AtomicBool>,
    accepted: watch::Receiver<usize>,
    refused: watch::Receiver<usize>,
}

impl Rush {
    /// Starts `waiters` waiters at a house.
    pub(super) async fn start(house: &House, waiters: usize) -> Self {
        let over = Arc::new(AtomicBool::new(false));
        let (no, refused) = watch::channel(0);
        let (count, accepted) = watch::channel(0);
        let ana = house.sign_in("Ana").await;
        let menu = Arc::new(house.app.perform(&ana, GetMenu {}).await.unwrap());
        let mut set = JoinSet::new();
        for _ in 0..waiters {
            let (app, ana, menu) = (house.app.clone(), ana.clone(), Arc::clone(&menu));
            let (over, no, count) = (Arc::clone(&over), no.clone(), count.clone());
            set.spawn(async move {
                let mut mine = Vec::new();
                while !over.load(Ordering::Relaxed) {
                    let request = CreateOrder {
                        command_id: crate::house::new_id(),
                        order_id: crate::house::new_id(),
                        order_type: OrderType::Counter,
                        table_id: None,
                        customer: None,
                        covers: None,
                        note: None,
                        urgent: false,
                        contact: None,
                        lines: super::child::one_for_each_station(&menu),
                    };
                    mine.push(until_accepted(&app, &ana, request, &no).await);
                    count.send_modify(|count| *count += 1);
                }
                mine
            });
        }
        Self { waiters: set, over, accepted, refused }
    }

    /// Waits until `more` orders were accepted from now on.
    pub(super) async fn accepts(&mut self, more: usize) {
        let goal = *self.accepted.borrow() + more;
        let waited = tokio::time::timeout(PATIENCE, self.accepted.wait_for(|count| *count >= goal)).await;
        let _count = waited.unwrap_or_else(|_| panic!("orders are not accepted any more")).unwrap();
    }

    /// Waits until a waiter was told that an order could not be taken because of the database.
    pub(super) async fn is_refused(&mut self) {
        let before = *self.refused.borrow_and_update();
        let waited = tokio::time::timeout(PATIENCE, self.refused.wait_for(|count| *count > before)).await;
        let _count = waited.unwrap_or_else(|_| panic!("no waiter was told")).unwrap();
    }

    /// Lets every waiter finish the order in hand; gives every order that was accepted.
    pub(super) async fn end(self) -> Vec<Uuid> {
        self.over.store(true, Ordering::Relaxed);
        let all = tokio::time::timeout(PATIENCE, self.waiters.join_all()).await;
        all.unwrap_or_else(|_| panic!("a command was never answered")).into_iter().flatten().collect()
    }
}

async fn until_accepted(
    app: &App,
    ana: &Caller,
    request: CreateOrder,
    refused: &watch::Sender<usize>,
) -> Uuid {
    loop {
        match app.perform(ana, request.clone()).await {
            Ok(order) => {
                assert_eq!((order.id, order.lines.len(), order.tickets.len()), (request.order_id, 3, 3));
                return order.id;
            }
            Err(failure) => {
                let named = [FailureCode::DatabaseAway, FailureCode::Unsure].contains(&failure.code);
                assert!(named, "{:?}: {failure}", failure.code);
                refused.send_modify(|count| *count += 1);
                tokio::time::sleep(AGAIN).await;
            }
        }
    }
}
