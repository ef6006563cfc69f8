//! `restore`: puts a verified backup in the place of the data, and sets aside what was there.

use super::backup::{last_order, say_last_order};
use crate::args::Restore;
use crate::exit::{Exit, Stop};
use crate::output::Output;
use crate::places;
use crate::words::Phrase;
use fastops_app::RestoreFrom;
use serde_json::json;

pub(crate) async fn run(arguments: Restore, output: Output) -> Result<Exit, Stop> {
    let config = places::config(arguments.data, false, output)?;
    let from = arguments.from.file.map_or(RestoreFrom::Newest, RestoreFrom::File);
    output.say(&Phrase::Restoring);
    let report = fastops_app::restore(&config, from).await?;
    output.say(&Phrase::RestoreDone { path: report.backup.display(), epoch: report.epoch });
    say_last_order(report.last_order.as_ref(), output);
    if let Some(place) = &report.set_aside {
        output.say(&Phrase::SetAside { place });
    }
    output.record(&json!({
        "file": report.backup.display().to_string(),
        "epoch": report.epoch,
        "last_order": last_order(report.last_order.as_ref()),
        "set_aside": report.set_aside,
    }));
    Ok(Exit::Done)
}
