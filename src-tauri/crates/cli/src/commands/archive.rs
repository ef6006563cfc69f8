//! `archive`: moves the details of orders of long ago to the file of their year.

use crate::args::ArchiveOld;
use crate::exit::{Exit, Stop};
use crate::output::Output;
use crate::places;
use crate::words::Phrase;
use fastops_app::retention::archive_old_orders;
use serde_json::json;

pub(crate) async fn run(arguments: ArchiveOld, output: Output) -> Result<Exit, Stop> {
    let config = places::config(arguments.data, false, output)?;
    let report = archive_old_orders(&config, arguments.older_than, arguments.dry_run).await?;
    if arguments.dry_run {
        output.say(&Phrase::WouldArchive { due: report.due });
    } else {
        output.say(&Phrase::Archived { moved: report.moved, left: report.due - report.moved });
    }
    output.record(&json!({ "due": report.due, "moved": report.moved, "dry_run": arguments.dry_run }));
    Ok(Exit::Done)
}
