//! Holds the store's writer, so that a test decides which units wait for it together.

use fastops_store::{Store, StoreError};
use std::sync::Arc;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

/// A unit of work that has begun and waits.
pub(super) struct Gate {
    go_on: Arc<Notify>,
    unit: JoinHandle<Result<(), StoreError>>,
}

/// Gives the writer a unit that lasts until the gate is opened.
pub(super) async fn hold(store: &Store) -> Gate {
    let (begun, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let unit = {
        let (store, begun, go_on) = (store.clone(), Arc::clone(&begun), Arc::clone(&go_on));
        tokio::spawn(async move {
            store
                .write(move |_| {
                    let (begun, go_on) = (Arc::clone(&begun), Arc::clone(&go_on));
                    Box::pin(async move {
                        begun.notify_one();
                        go_on.notified().await;
                        Ok(())
                    })
                })
                .await
        })
    };
    begun.notified().await;
    Gate { go_on, unit }
}

impl Gate {
    /// Lets the writer go on; what waited by then follows.
    pub(super) async fn open(self) {
        self.go_on.notify_one();
        self.unit.await.unwrap().unwrap();
    }
}
