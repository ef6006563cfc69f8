//! What changes by the clock alone: when a happy hour begins or ends every screen reads the menu again, and when a
//! business day is over so is what was said for it to be left.

use crate::wire::Event;
use crate::{App, Inner};
use fastops_domain::ids::PriceListId;
use std::sync::Weak;
use std::time::Duration;
use tokio::sync::watch;

/// How often it is looked whether other prices hold.
const LOOK: Duration = Duration::from_secs(2);

/// Looks at the clock until the core stops.
pub(crate) async fn keep_clock(inner: Weak<Inner>, mut stopped: watch::Receiver<bool>) {
    let mut told: Option<Vec<PriceListId>> = None;
    loop {
        let Some(inner) = inner.upgrade() else { return };
        let app = App { inner };
        let now = app.env.now();
        // What cannot be read now is looked at again soon.
        if let Ok(facts) = app.catalogue.facts().await {
            let lists = facts.prices(now).lists();
            if told.as_ref().is_some_and(|told| *told != lists) {
                app.events.emit(now, Event::MenuChanged);
            }
            told = Some(lists);
            let _ = app.end_said(&facts, now).await;
        }
        drop(app);
        tokio::select! {
            () = tokio::time::sleep(LOOK) => {}
            _ = stopped.changed() => return,
        }
    }
}
