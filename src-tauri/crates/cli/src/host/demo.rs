//! The demonstration's own commands: its simulated printers, their paper and their troubles.

use crate::words::Phrase;
use fastops_app::Language;
use fastops_app::wire::{Failure, FailureCode};
use fastops_printer_sim::{DemoCondition, DemoPrinter, DemoPrinters, DemoSlip};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::Arc;
use ts_rs::{Config, TS};

/// Asks for the simulated printers with their last slips.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
struct ListDemoPrinters {}

/// Asks for the picture of one slip.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
struct GetDemoSlip {
    printer: String,
    #[ts(type = "number")]
    number: u64,
}

/// A slip as a PNG picture in a `data:` address.
#[derive(Debug, Serialize, TS)]
struct DemoSlipPicture {
    png_data_url: String,
}

/// Puts a simulated printer in a condition.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
struct SetDemoCondition {
    printer: String,
    condition: DemoCondition,
    /// Whether it comes to what is wrong already, or ends and leaves the rest; without it, it is all that is wrong.
    #[serde(default)]
    #[ts(optional)]
    on: Option<bool>,
}

/// The condition is set.
#[derive(Debug, Serialize, TS)]
struct DemoConditionSet {}

/// Carries out a command of the demonstration; `None` when `name` is not one.
pub(super) async fn perform(
    printers: &Arc<DemoPrinters>,
    name: &str,
    request: &Value,
    language: Language,
) -> Option<Result<Vec<u8>, Failure>> {
    Some(match name {
        "list_demo_printers" => {
            read(request, language).and_then(|ListDemoPrinters {}| written(&printers.list()))
        }
        "get_demo_slip" => match read(request, language) {
            Ok(asked) => picture(Arc::clone(printers), asked, language).await,
            Err(failure) => Err(failure),
        },
        "set_demo_condition" => {
            read(request, language).and_then(|asked| set_condition(printers, &asked, language))
        }
        _ => return None,
    })
}

async fn picture(
    printers: Arc<DemoPrinters>,
    asked: GetDemoSlip,
    language: Language,
) -> Result<Vec<u8>, Failure> {
    let GetDemoSlip { printer, number } = asked;
    known(&printers, &printer, language)?;
    // Drawing takes some milliseconds of the processor: not on a thread that serves requests.
    let drawn = tokio::task::spawn_blocking(move || printers.slip_png_data_url(&printer, number)).await;
    match drawn {
        Ok(Some(png_data_url)) => written(&DemoSlipPicture { png_data_url }),
        Ok(None) => Err(refusal(FailureCode::UnknownTicket, &Phrase::NoSuchSlip { number }, language)),
        Err(error) => {
            tracing::error!(%error, "a slip could not be drawn");
            Err(refusal(FailureCode::Internal, &Phrase::NotDrawn, language))
        }
    }
}

fn set_condition(
    printers: &DemoPrinters,
    asked: &SetDemoCondition,
    language: Language,
) -> Result<Vec<u8>, Failure> {
    known(printers, &asked.printer, language)?;
    let done = match asked.on {
        None => printers.set(&asked.printer, asked.condition),
        Some(on) => printers.switch(&asked.printer, asked.condition, on),
    };
    match done {
        Ok(()) => written(&DemoConditionSet {}),
        Err(missing) => Err(no_such_printer(&missing.name, language)),
    }
}

fn known(printers: &DemoPrinters, name: &str, language: Language) -> Result<(), Failure> {
    printers.printer(name).map(drop).map_err(|missing| no_such_printer(&missing.name, language))
}

fn no_such_printer(name: &str, language: Language) -> Failure {
    refusal(FailureCode::BadPrinter, &Phrase::NoSuchPrinter { name }, language)
}

fn read<T: DeserializeOwned>(request: &Value, language: Language) -> Result<T, Failure> {
    T::deserialize(request).map_err(|error| {
        refusal(FailureCode::BadRequest, &Phrase::NotJson { detail: &error.to_string() }, language)
    })
}

fn written(answer: &impl Serialize) -> Result<Vec<u8>, Failure> {
    serde_json::to_vec(answer)
        .map_err(|error| Failure { code: FailureCode::Internal, message: error.to_string() })
}

fn refusal(code: FailureCode, phrase: &Phrase<'_>, language: Language) -> Failure {
    Failure { code, message: phrase.say(language) }
}

/// The TypeScript types of these commands: names and declarations.
pub(crate) fn bindings() -> Vec<(String, String)> {
    let config = Config::new().with_large_int("number");
    let mut found = vec![
        declared::<DemoPrinter>(&config),
        declared::<DemoSlip>(&config),
        declared::<DemoCondition>(&config),
        declared::<ListDemoPrinters>(&config),
        declared::<GetDemoSlip>(&config),
        declared::<DemoSlipPicture>(&config),
        declared::<SetDemoCondition>(&config),
        declared::<DemoConditionSet>(&config),
    ];
    found.push(("DemoCommands".to_owned(), DEMO_COMMANDS.to_owned()));
    found
}

const DEMO_COMMANDS: &str = "\
/** Commands of the demonstration, offered while its printers are simulated. */
export type DemoCommands = {
  list_demo_printers: { request: ListDemoPrinters; answer: Array<DemoPrinter> };
  get_demo_slip: { request: GetDemoSlip; answer: DemoSlipPicture };
  set_demo_condition: { request: SetDemoCondition; answer: DemoConditionSet };
};
";

fn declared<T: TS>(config: &Config) -> (String, String) {
    let docs = T::docs().unwrap_or_default();
    (T::ident(config), format!("{docs}export {}\n", T::decl(config)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use fastops_printer_sim::DemoSetup;
    use serde_json::json;

    async fn one_printer() -> Arc<DemoPrinters> {
        let setups = vec![DemoSetup::new("Cocina")];
        Arc::new(DemoPrinters::start_with(setups, Arc::new(|| 0)).await.unwrap())
    }

    async fn ask(printers: &Arc<DemoPrinters>, name: &str, request: Value) -> Option<Result<Value, Failure>> {
        let answer = perform(printers, name, &request, Language::En).await?;
        Some(answer.map(|json| serde_json::from_slice(&json).unwrap()))
    }

    #[tokio::test]
    async fn a_condition_that_is_set_shows_in_the_list() {
        let printers = one_printer().await;
        let set = json!({ "printer": "Cocina", "condition": "paper_out" });
        ask(&printers, "set_demo_condition", set).await.unwrap().unwrap();
        let list = ask(&printers, "list_demo_printers", json!({})).await.unwrap().unwrap();
        assert_eq!(list[0]["name"], "Cocina");
        assert_eq!(list[0]["condition"], "paper_out");
        for (condition, on) in [("garbled_status", true), ("cover_open", true), ("paper_out", false)] {
            let set = json!({ "printer": "Cocina", "condition": condition, "on": on });
            ask(&printers, "set_demo_condition", set).await.unwrap().unwrap();
        }
        let list = ask(&printers, "list_demo_printers", json!({})).await.unwrap().unwrap();
        assert_eq!(list[0]["conditions"], json!(["garbled_status", "cover_open"]));
    }

    #[tokio::test]
    async fn what_is_not_there_is_said_in_a_sentence() {
        let printers = one_printer().await;
        let condition = json!({ "printer": "Barra", "condition": "ready" });
        let failure = ask(&printers, "set_demo_condition", condition).await.unwrap().unwrap_err();
        assert!(failure.message.contains("Barra"), "{failure}");
        let slip = json!({ "printer": "Cocina", "number": 7 });
        let failure = ask(&printers, "get_demo_slip", slip).await.unwrap().unwrap_err();
        assert_eq!(failure.code, FailureCode::UnknownTicket);
        let unclear = json!({ "printer": "Cocina", "condition": "on_fire" });
        let failure = ask(&printers, "set_demo_condition", unclear).await.unwrap().unwrap_err();
        assert_eq!(failure.code, FailureCode::BadRequest);
        assert!(ask(&printers, "create_order", json!({})).await.is_none());
    }

    #[test]
    fn the_commands_name_only_types_that_are_declared() {
        let bindings = bindings();
        let declared: Vec<&str> = bindings.iter().map(|(name, _)| name.as_str()).collect();
        for word in DEMO_COMMANDS.split(|c: char| !c.is_alphanumeric()) {
            if word.contains("Demo") && word != "DemoCommands" {
                assert!(declared.contains(&word), "{word}");
            }
        }
        assert!(bindings.iter().all(|(_, text)| text.contains("export type")));
    }
}
