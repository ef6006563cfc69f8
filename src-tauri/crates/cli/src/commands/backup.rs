//! `backup`: makes a verified backup of the data, whether a core serves it or not.

use crate::args::{Backup, Reason};
use crate::exit::{Exit, Stop};
use crate::output::Output;
use crate::places;
use crate::words::Phrase;
use fastops_app::{BackupReason, LastOrder};
use serde_json::{Value, json};

pub(crate) async fn run(arguments: Backup, output: Output) -> Result<Exit, Stop> {
    let config = places::config(arguments.data, false, output)?;
    output.say(&Phrase::BackingUp);
    let report = fastops_app::back_up(&config, reason(arguments.reason)).await?;
    output.say(&Phrase::BackupMade { path: report.path.display(), rows: report.rows });
    say_last_order(report.last_order.as_ref(), output);
    output.record(&json!({
        "file": report.path.display().to_string(),
        "at": report.at.0,
        "bytes": report.bytes,
        "reason": report.reason.code(),
        "rows": report.rows,
        "last_order": last_order(report.last_order.as_ref()),
    }));
    Ok(Exit::Done)
}

const fn reason(reason: Reason) -> BackupReason {
    match reason {
        Reason::Manual => BackupReason::Manual,
        Reason::Hourly => BackupReason::Hourly,
        Reason::DayClose => BackupReason::DayClose,
    }
}

/// Says how far the data reaches.
pub(super) fn say_last_order(order: Option<&LastOrder>, output: Output) {
    output.say(&match order {
        Some(order) => Phrase::LastOrder { number: order.number, order_type: &order.order_type },
        None => Phrase::NoOrders,
    });
}

/// The same for a program.
pub(super) fn last_order(order: Option<&LastOrder>) -> Value {
    order.map_or(
        Value::Null,
        |order| json!({ "number": order.number, "order_type": order.order_type, "at": order.at.0 }),
    )
}
