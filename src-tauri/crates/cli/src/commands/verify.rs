//! `verify`: reads all of a backup or of the data, counts everything, and says whether it is whole.

use super::backup::{last_order, say_last_order};
use crate::args::Verify;
use crate::exit::{Exit, Stop};
use crate::output::Output;
use crate::places;
use crate::words::Phrase;
use serde_json::json;

pub(crate) async fn run(arguments: Verify, output: Output) -> Result<Exit, Stop> {
    let config = places::config(arguments.data, false, output)?;
    output.say(&Phrase::Verifying);
    let report = match &arguments.what.file {
        Some(file) => fastops_app::verify_backup(&config, file).await?,
        None => fastops_app::verify_live(&config).await?,
    };
    output.say(&Phrase::Whole { path: report.path.display(), rows: report.rows });
    say_last_order(report.last_order.as_ref(), output);
    output.record(&json!({
        "file": report.path.display().to_string(),
        "rows": report.rows,
        "last_order": last_order(report.last_order.as_ref()),
    }));
    Ok(Exit::Done)
}
