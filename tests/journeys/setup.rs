//! A printer found, asked and set up; a setup looked at before anybody waits for a ticket.

use super::targets::Setup;
use crate::house::{Engine, new_id, printer_at};
use fastops_app::wire::{
    ChainPlace, CheckSetup, FailureCode, FindPrinters, FoundAt, GetPrinterModels, JobState, PrintTestPage,
    ProbePrinter, ProductTrace, SetBreaker, SetStationChain, SetTerminalPrinter, SetupFault, Severity,
    TraceProduct,
};
use fastops_domain::station::PrinterAddress;
use fastops_printer_sim::paper::Block;
use std::net::{Ipv4Addr, SocketAddr};
use uuid::Uuid;

super::on_both_engines!(
    a_dry_run_says_where_a_ticket_comes_out,
    a_dry_run_knows_who_sends,
    a_setup_is_looked_at_before_anybody_waits,
    one_printer_by_two_names_is_seen_to_be_one,
    a_house_keeps_models_of_its_own,
    a_printer_is_found_and_asked_and_nothing_comes_out,
);

fn chain(station_id: Uuid, tiers: &[ChainPlace]) -> SetStationChain {
    let tiers = tiers.iter().map(|place| vec![*place]).collect();
    SetStationChain { command_id: new_id(), station_id, tiers }
}

async fn trace(setup: &Setup, terminal_id: Option<Uuid>) -> ProductTrace {
    let product_id = setup.house.product("307").id;
    let request = TraceProduct { product_id, variant_id: None, terminal_id };
    setup.house.app.perform(&setup.ana, request).await.unwrap()
}

/// What it says is what happens.
async fn a_dry_run_says_where_a_ticket_comes_out(engine: Engine) {
    let setup = Setup::open(engine).await;
    let app = &setup.house.app;
    let (kitchen, bar) = (setup.device("Cocina").await, setup.device("Bar").await);
    let station = setup.house.station("cocina");
    let said = trace(&setup, None).await;
    assert_eq!((said.station_id, said.goes_to), (Some(station), Some(kitchen)));
    assert!(said.reason.es.starts_with("Cocina prepara"), "{:?}", said.reason);
    assert!(said.answer.es.contains("saldría ahora en Cocina"), "{:?}", said.answer);
    assert_ne!(said.answer.es, said.answer.en);

    app.perform(&setup.admin, chain(station, &[ChainPlace::Device(kitchen), ChainPlace::Device(bar)]))
        .await
        .unwrap();
    let out = SetBreaker { command_id: new_id(), printer_id: kitchen, open: true };
    app.perform(&setup.admin, out).await.unwrap();
    let said = trace(&setup, None).await;
    let steps: Vec<_> = said.steps.iter().map(|step| (step.device_id, step.tier, step.goes_here)).collect();
    assert_eq!(steps, [(Some(kitchen), 0, false), (Some(bar), 1, true)]);
    assert!(said.steps[0].reason.es.contains("fuera de uso"), "{:?}", said.steps[0].reason);
    assert_eq!(said.goes_to, Some(bar));
    assert!(setup.house.printers.iter().all(|printer| printer.slips().is_empty()), "nothing is printed");
    let order = app.perform(&setup.ana, setup.house.take_away(&[("307", 1)])).await.unwrap();
    setup.house.until(&setup.ana, order.id, |order| order.tickets[0].job == JobState::Printed).await;
    assert_eq!(setup.house.printer("bar").slips().len(), 1);

    let unknown = TraceProduct { product_id: new_id(), variant_id: None, terminal_id: None };
    setup.house.refused(&setup.ana, unknown, FailureCode::UnknownProduct).await;
    let product_id = setup.house.product("307").id;
    let unknown = TraceProduct { product_id, variant_id: None, terminal_id: Some(new_id()) };
    setup.house.refused(&setup.ana, unknown, FailureCode::UnknownTerminal).await;
    setup.house.close().await;
}

async fn a_dry_run_knows_who_sends(engine: Engine) {
    let setup = Setup::open(engine).await;
    let app = &setup.house.app;
    let (kitchen, sweets) = (setup.device("Cocina").await, setup.device("Postres").await);
    let station = setup.house.station("cocina");
    app.perform(&setup.admin, chain(station, &[ChainPlace::Sender, ChainPlace::Device(kitchen)]))
        .await
        .unwrap();
    let terminals: Vec<Uuid> = setup.house.terminal.terminals.iter().map(|terminal| terminal.id).collect();
    let beside =
        SetTerminalPrinter { command_id: new_id(), terminal_id: terminals[0], printer_id: Some(sweets) };
    app.perform(&setup.admin, beside).await.unwrap();
    assert_eq!(trace(&setup, None).await.goes_to, Some(sweets), "the caller's own terminal");
    assert_eq!(trace(&setup, Some(terminals[0])).await.goes_to, Some(sweets));
    let other = trace(&setup, Some(terminals[1])).await;
    assert_eq!((other.goes_to, other.steps[0].device_id), (Some(kitchen), None));
    assert!(other.steps[0].reason.es.contains("no tiene ninguna"), "{:?}", other.steps[0].reason);
    setup.house.close().await;
}

async fn a_setup_is_looked_at_before_anybody_waits(engine: Engine) {
    let setup = Setup::open(engine).await;
    let app = &setup.house.app;
    let look = || async { app.perform(&setup.admin, CheckSetup {}).await.unwrap().findings };
    let of = |fault, found: &[fastops_app::wire::SetupFinding]| {
        found.iter().filter(|finding| finding.fault == fault).cloned().collect::<Vec<_>>()
    };
    let found = look().await;
    assert_eq!(of(SetupFault::NoBackup, &found).len(), 3, "each station has one printer: {found:?}");
    assert!(found.iter().all(|finding| finding.message.es != finding.message.en));
    assert!(of(SetupFault::Unused, &found).is_empty());

    let old = setup.add("Vieja", "tcp://127.0.0.1:9".into()).await;
    let unused = of(SetupFault::Unused, &look().await);
    assert_eq!(unused.iter().map(|finding| finding.device_id).collect::<Vec<_>>(), [Some(old)]);
    assert!(unused[0].message.es.starts_with("Vieja no recibe nada"), "{:?}", unused[0].message);

    let station = setup.house.station("bar");
    app.perform(&setup.admin, chain(station, &[ChainPlace::Sender])).await.unwrap();
    let found = look().await;
    let terminals = setup.house.terminal.terminals.len();
    assert_eq!(of(SetupFault::NoPrinterBeside, &found).len(), terminals);
    assert_eq!(found[0].severity, Severity::Critical, "the worst comes first");
    let bar = setup.device("Bar").await;
    app.perform(&setup.admin, chain(station, &[ChainPlace::Device(bar), ChainPlace::Device(old)]))
        .await
        .unwrap();
    let found = look().await;
    assert_eq!(of(SetupFault::NoBackup, &found).len(), 2);
    assert!(of(SetupFault::Unused, &found).is_empty());
    setup.house.close().await;
}

async fn a_house_keeps_models_of_its_own(engine: Engine) {
    let setup = Setup::open(engine).await;
    let app = &setup.house.app;
    let file = setup.house.folder.path().join("models.toml");
    let own = app.perform(&setup.admin, GetPrinterModels {}).await.unwrap();
    assert!(own.problem.is_none() && own.models.len() >= 42);
    assert_eq!(own.file, file.display().to_string());
    tokio::fs::write(&file, "model = 3").await.unwrap();
    let broken = app.perform(&setup.admin, GetPrinterModels {}).await.unwrap();
    let problem = broken.problem.unwrap();
    assert!(problem.es.contains("models.toml") && problem.es != problem.en, "{problem:?}");
    assert_eq!(broken.models, own.models, "the program's own list is kept");
    let entry = "[[model]]\nkey = \"casa-barra\"\nvendor = \"Casa\"\nname = \"Barra\"\nreports = []\n\
                 columns = 33\npages = { cp850 = 7 }\npictures = false\nqr = false\ncutter = false\n\
                 buzzer = \"clone\"\nsource = \"ours\"\n";
    tokio::fs::write(&file, entry).await.unwrap();
    let with = app.perform(&setup.admin, GetPrinterModels {}).await.unwrap();
    assert!(with.problem.is_none() && with.models.len() == own.models.len() + 1);
    let ours = with.models.iter().find(|model| model.key == "casa-barra").unwrap();
    let abilities = ours.profile.abilities.as_ref().unwrap();
    assert_eq!((ours.profile.columns, ours.profile.code_table), (33, 7));
    assert!(!abilities.cutter && !abilities.pictures && abilities.buzzer == "clone");
    let printer_id = setup.device("Bar").await;
    let model = Some("casa-barra".to_owned());
    let page = PrintTestPage { command_id: new_id(), printer_id, candidates: true, model };
    let page = app.perform(&setup.admin, page).await.unwrap();
    assert_eq!(page.rows.iter().map(|row| row.code_table).collect::<Vec<u8>>(), [7]);
    setup.house.close().await;
}

/// In the loopback range alone; every run and engine has a network of its own there.
async fn a_printer_is_found_and_asked_and_nothing_comes_out(engine: Engine) {
    let setup = Setup::open(engine).await;
    let app = &setup.house.app;
    let [.., high, low] = std::process::id().to_be_bytes();
    let second = 64 + high % 64 + if engine == Engine::Sqlite { 0 } else { 64 };
    let at = |last| SocketAddr::from((Ipv4Addr::new(127, second, low, last), 9100));
    let (stranger, known) = (printer_at("Nueva", at(5)).await, printer_at("Vieja", at(6)).await);
    let device = setup.add("Vieja", format!("tcp://{}", at(6))).await;
    let find = |range: String| FindPrinters { network: true, range: Some(range), cables: true };
    let found = app.perform(&setup.admin, find(format!("127.{second}.{low}.0/24"))).await.unwrap();
    assert!(found.complete);
    let network: Vec<_> = found
        .printers
        .iter()
        .filter(|printer| printer.at == FoundAt::Network)
        .map(|printer| (printer.address.as_str(), printer.model_id.as_deref(), printer.device_id))
        .collect();
    let address = |last| format!("tcp://{}", at(last));
    assert_eq!(
        network,
        [(address(5).as_str(), Some("TM-SIM80"), None), (address(6).as_str(), None, Some(device))]
    );
    for printer in &found.printers {
        assert!(printer.address.parse::<PrinterAddress>().is_ok(), "{}", printer.address);
    }
    let wide = setup.house.refused(&setup.admin, find("8.8.8.0/24".into()), FailureCode::BadPrinter).await;
    assert!(wide.message.contains("8.8.8.0/24"), "{}", wide.message);

    let asked = app.perform(&setup.admin, ProbePrinter { address: address(5) }).await.unwrap();
    assert_eq!((asked.answered, asked.model_id.as_deref()), (true, Some("TM-SIM80")));
    assert_eq!((asked.proof.as_deref(), asked.device_id), (Some("process_id"), None));
    assert_eq!(asked.profile.proof, "process_id");
    let nobody = app.perform(&setup.admin, ProbePrinter { address: address(9) }).await.unwrap();
    assert!(!nobody.answered && nobody.problem.is_some());
    for printer in [stranger, known] {
        let blank = printer.uncut().iter().all(|block| matches!(block, Block::Feed(_)));
        assert!(printer.slips().is_empty() && blank, "nothing comes out");
        printer.stop().await;
    }
    setup.house.close().await;
}

/// A name and its number: one printer with two lanes would be asked by two at once.
async fn one_printer_by_two_names_is_seen_to_be_one(engine: Engine) {
    let setup = Setup::open(engine).await;
    let kitchen = setup.house.printer("cocina").addr().port();
    let twin = setup.add("Gemela", format!("tcp://localhost:{kitchen}")).await;
    let other = setup.add("Otra", format!("tcp://no-such-host.invalid:{kitchen}")).await;
    let found = setup.house.app.perform(&setup.admin, CheckSetup {}).await.unwrap().findings;
    let twins: Vec<_> = found.iter().filter(|finding| finding.fault == SetupFault::SamePlace).collect();
    let [only] = &twins[..] else { panic!("{found:#?}") };
    // Whichever of the two comes later by its name says which other one it is.
    assert!(only.device_id == Some(twin) || only.message.es.contains("Gemela"), "{only:?}");
    assert!(only.message.es.contains("Cocina") && only.device_id != Some(other), "{only:?}");
    setup.house.close().await;
}
