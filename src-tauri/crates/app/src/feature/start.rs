//! What the start of the program found, for whoever asks.

use crate::refusal::Refusal;
use crate::wire::{GetStartReport, StartReportView};
use crate::{App, Who};

pub(crate) async fn get_start_report(
    app: &App,
    _: &Who,
    _: GetStartReport,
) -> Result<StartReportView, Refusal> {
    let report = app.report;
    let whole = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    Ok(StartReportView {
        boot_id: app.events.boot_id(),
        at: report.at.0,
        ready_ms: i64::try_from(report.ready_ms).unwrap_or(i64::MAX),
        recovered: whole(report.recovered),
        reprinted: whole(report.in_doubt),
    })
}
