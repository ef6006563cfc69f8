//! What people should know about: what is wrong now, and what was in the last day.

use crate::refusal::Refusal;
use crate::wire::{AlertView, AlertsView, GetAlerts};
use crate::{App, Who};
use fastops_store::alert::{self, Alert};
use fastops_store::{StoreError, Tx};

/// How far back alerts that are over are shown.
const PAST_MS: i64 = 24 * 3_600_000;
/// Most of them that are shown.
const PAST_MOST: i64 = 50;

pub(crate) async fn get_alerts(app: &App, who: &Who, _: GetAlerts) -> Result<AlertsView, Refusal> {
    let facts = app.catalogue.facts().await?;
    let (branch, terminal) = (facts.branch.id, who.actor()?.live.terminal.id);
    let since = app.env.now().plus_ms(-PAST_MS);
    let read = app.store.read::<_, StoreError, _>(move |tx: &mut Tx| {
        Box::pin(async move {
            Ok((alert::open(tx, branch).await?, alert::past(tx, branch, since, PAST_MOST).await?))
        })
    });
    let (open, past) = read.await?;
    Ok(AlertsView {
        shown: facts.settings(Some(terminal)).alerts_shown,
        open: open.into_iter().map(view).collect::<Result<_, _>>()?,
        past: past.into_iter().map(view).collect::<Result<_, _>>()?,
    })
}

fn view(alert: Alert) -> Result<AlertView, Refusal> {
    Ok(AlertView {
        id: alert.id.0,
        kind: alert.kind.into(),
        severity: alert.severity.into(),
        raised_at: alert.raised_at.0,
        resolved_at: alert.resolved_at.map(|at| at.0),
        text: serde_json::from_value(alert.detail).map_err(Refusal::Unreadable)?,
    })
}
