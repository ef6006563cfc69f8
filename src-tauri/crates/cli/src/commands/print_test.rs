//! `print-test`: asks a printer how it is, prints a page, and says whether the printer proved it.

use crate::args::PrintTest;
use crate::exit::{Exit, Stop};
use crate::output::Output;
use fastops_app::{Language, PrintTestReport, SystemClock};

pub(crate) async fn run(arguments: PrintTest, output: Output) -> Result<Exit, Stop> {
    let test = fastops_app::PrintTest {
        address: arguments.printer,
        columns: arguments.columns,
        code_page: arguments.code_page.code().to_owned(),
        code_table: arguments.code_table,
        language: output.language,
        utc_offset_minutes: arguments.utc_offset,
    };
    let report = fastops_app::print_test(&test, &SystemClock).await?;
    output.text(&sentences(&report, output.language));
    let record = serde_json::to_value(&report).map_err(|error| Stop::failure(error.to_string()))?;
    output.record(&record);
    Ok(exit(&report))
}

/// A page that came out without proof is no failure: some printers cannot say more.
fn exit(report: &PrintTestReport) -> Exit {
    if report.cause.is_none() { Exit::Done } else { Exit::PrinterFailed }
}

/// What was found, a line for each fact.
fn sentences(report: &PrintTestReport, language: Language) -> String {
    let pick = |es: &'static str, en: &'static str| match language {
        Language::Es => es,
        Language::En => en,
    };
    let yes_no = |yes: bool| if yes { pick("sí", "yes") } else { "no" };
    let model = report.model.as_deref().unwrap_or(pick("no lo dice", "does not say"));
    let proof = match report.proof {
        "fence" => pick("confirma cada papel", "confirms every paper"),
        _ => pick("no confirma", "does not confirm"),
    };
    let outcome = match report.outcome {
        "printed" => pick("impresa y confirmada", "printed and confirmed"),
        "unconfirmed" => pick(
            "enviada; la impresora no sabe confirmar: mire si salió el papel",
            "sent; the printer cannot confirm: look whether paper came out",
        ),
        _ => pick("no impresa", "not printed"),
    };
    let mut rows = vec![
        (pick("Impresora", "Printer"), report.address.as_str()),
        (pick("Responde", "Answers"), yes_no(report.answered)),
        (pick("Modelo", "Model"), model),
        (pick("Confirmación", "Proof"), proof),
        (pick("Página de prueba", "Test page"), outcome),
    ];
    if report.paper_near_end {
        rows.push((
            pick("Papel", "Paper"),
            pick("queda poco: tenga un rollo a mano", "low: keep a roll at hand"),
        ));
    }
    if let Some(problem) = &report.problem {
        rows.push((
            pick("Qué pasa", "What is wrong"),
            match language {
                Language::Es => &problem.es,
                Language::En => &problem.en,
            },
        ));
    }
    rows.iter().map(|(what, fact)| format!("{what:<18}{fact}")).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use fastops_app::wire::{Cause, Text};

    fn report() -> PrintTestReport {
        PrintTestReport {
            address: "tcp://127.0.0.1:9100".into(),
            answered: true,
            model: Some("TM-T20".into()),
            proof: "fence",
            outcome: "printed",
            bytes: 900,
            paper_near_end: false,
            cause: None,
            problem: None,
        }
    }

    #[test]
    fn a_proved_page_and_an_unconfirmed_one_are_no_failures() {
        assert_eq!(exit(&report()), Exit::Done);
        let unconfirmed = PrintTestReport { proof: "none", outcome: "unconfirmed", ..report() };
        assert_eq!(exit(&unconfirmed), Exit::Done);
        assert!(sentences(&unconfirmed, Language::En).contains("look whether paper came out"));
    }

    #[test]
    fn a_problem_is_said_with_what_to_do_and_is_a_failure() {
        let problem =
            Text { es: "Sin papel: cambie el rollo.".into(), en: "No paper: change the roll.".into() };
        let failed = PrintTestReport {
            outcome: "not_printed",
            cause: Some(Cause::PaperOut),
            problem: Some(problem),
            ..report()
        };
        assert_eq!(exit(&failed), Exit::PrinterFailed);
        assert!(sentences(&failed, Language::Es).contains("cambie el rollo"));
        assert!(sentences(&failed, Language::En).contains("change the roll"));
    }
}
