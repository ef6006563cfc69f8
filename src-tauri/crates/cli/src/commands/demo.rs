//! `demo`: makes the demonstration company, or gives its stations other printers.

use crate::args::Demo;
use crate::exit::{Exit, Stop};
use crate::output::Output;
use crate::places::{self, OwnPrinters};
use crate::words::Phrase;
use fastops_app::{DemoReport, DemoSetup, create_demo};
use serde_json::{Value, json};

pub(crate) async fn run(arguments: Demo, output: Output) -> Result<Exit, Stop> {
    let chosen = !arguments.printers.is_empty();
    let mut config = places::config(arguments.data, true, output)?;
    config.demo = Some(DemoSetup { printers: arguments.printers });
    let report = create_demo(&config).await?;
    if chosen {
        OwnPrinters::of(&config.folder).choose().map_err(|error| {
            let folder = config.folder.display();
            Stop::data(output.words(&Phrase::MarkUnwritable { folder, error: &error }))
        })?;
    }
    output.say(if report.created { &Phrase::DemoMade } else { &Phrase::PrintersMoved });
    output.text(&table(&report, output));
    output.record(&record(&report));
    Ok(Exit::Done)
}

fn table(report: &DemoReport, output: Output) -> String {
    let mut lines = Vec::new();
    if report.created {
        lines.push(output.words(&Phrase::Users));
        let users = &report.users;
        lines.extend(
            users.iter().map(|user| format!("  {:<8} {:<8} {}", user.name, user.role.code(), user.pin)),
        );
    }
    lines.push(output.words(&Phrase::Printers));
    let printers = report.printers.iter();
    lines.extend(printers.map(|(code, name, address)| format!("  {code:<8} {name:<8} {address}")));
    lines.join("\n")
}

fn record(report: &DemoReport) -> Value {
    let users = report.users.iter();
    let printers = report.printers.iter();
    json!({
        "created": report.created,
        "users": users
            .map(|user| json!({ "name": user.name, "role": user.role.code(), "pin": user.pin }))
            .collect::<Vec<_>>(),
        "printers": printers
            .map(|(code, name, address)| json!({ "station": code, "name": name, "address": address }))
            .collect::<Vec<_>>(),
    })
}
