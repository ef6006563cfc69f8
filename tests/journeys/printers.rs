//! Printers set up and tried out: the row that reads right, and the check before a branch opens.

use super::targets::Setup;
use crate::house::{Engine, House, PATIENCE, new_id, printer_like};
use crate::laws::questions::{self, count};
use fastops_app::Caller;
use fastops_app::wire::{
    Cause, CheckPrinters, ChoosePageRow, FailureCode, GetPaper, GetPrinterCheck, JobKind, JobState,
    PrintTestPage, PrinterCheck, TestPageView,
};
use fastops_printer_sim::{CodeTables, Condition, Simulator};
use uuid::Uuid;

super::on_both_engines!(
    a_person_chooses_the_row_that_reads_right,
    a_test_page_says_where_and_for_whom_it_prints,
    a_check_says_which_printers_print,
);

const LETTERS: &str = "ñ Ñ á é í ó ú ü ¿ ¡ € × º";

async fn printed(house: &House, who: &Caller, job_id: Uuid) {
    let mut events = house.app.subscribe();
    let found = tokio::time::timeout(PATIENCE, async {
        while house.app.perform(who, GetPaper { job_id }).await.unwrap().state != JobState::Printed {
            let _ = events.recv().await;
        }
    });
    found.await.expect("the page never came out");
}

async fn test_page(setup: &Setup, printer_id: Uuid, model: Option<&str>) -> TestPageView {
    let request =
        PrintTestPage { command_id: new_id(), printer_id, candidates: true, model: model.map(str::to_owned) };
    let page = setup.house.app.perform(&setup.admin, request).await.unwrap();
    printed(&setup.house, &setup.admin, page.paper.job_id).await;
    page
}

fn last_text(printer: &Simulator) -> String {
    printer.slips().last().unwrap().text()
}

/// A clone numbers its pages in its own way: what is set is wrong, one of the rows is right, and after it is chosen
/// every letter is.
async fn a_person_chooses_the_row_that_reads_right(engine: Engine) {
    let setup = Setup::open(engine).await;
    let clone = printer_like("Nueva", |model| model.code_tables = CodeTables::clone_numbering()).await;
    let device = setup.add("Nueva", format!("tcp://{}", clone.addr())).await;
    let page = test_page(&setup, device, None).await;
    let text = last_text(&clone);
    assert!(!text.contains(LETTERS), "the page that is set is another on this printer: {text}");
    let right = page.rows.iter().find(|row| text.contains(&format!("{}: ñ Ñ á € ¿ ¡", row.row)));
    let right = right.unwrap_or_else(|| panic!("no row reads right: {text}"));
    let choose = |row| ChoosePageRow { command_id: new_id(), job_id: page.paper.job_id, row };
    for row in [0, 200] {
        setup.house.refused(&setup.admin, choose(row), FailureCode::BadPrinter).await;
    }
    let chosen = choose(right.row);
    for _ in 0..2 {
        let view = setup.house.app.perform(&setup.admin, chosen.clone()).await.unwrap();
        let profile = &view.devices.iter().find(|known| known.id == device).unwrap().profile;
        assert_eq!((&profile.code_page, profile.code_table), (&right.code_page, right.code_table));
    }
    assert_eq!(count(&setup.house.app.store_for_faults(), questions::PAGES_CHOSEN).await, 1);
    test_page(&setup, device, None).await;
    assert!(last_text(&clone).contains(LETTERS), "{}", last_text(&clone));
    setup.house.close().await;
    clone.stop().await;
}

async fn a_test_page_says_where_and_for_whom_it_prints(engine: Engine) {
    let setup = Setup::open(engine).await;
    let bar = setup.device("Bar").await;
    let page = test_page(&setup, bar, Some("epson-tm-t88v")).await;
    assert_eq!(page.paper.kind, JobKind::Test);
    assert_eq!(page.rows.iter().map(|row| row.row).collect::<Vec<u8>>(), (1..=8).collect::<Vec<u8>>());
    let text = last_text(setup.house.printer("bar"));
    let address = format!("tcp://{}", setup.house.printer("bar").addr());
    for words in ["PRUEBA DE IMPRESIÓN", "- Bar", &address, LETTERS, "1: ñ Ñ á € ¿ ¡"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let page = |printer_id, model: &str| PrintTestPage {
        command_id: new_id(),
        printer_id,
        candidates: true,
        model: Some(model.into()),
    };
    setup.house.refused(&setup.admin, page(new_id(), "epson-tm-t88v"), FailureCode::BadPrinter).await;
    setup.house.refused(&setup.admin, page(bar, "typewriter"), FailureCode::BadRequest).await;
    setup.house.close().await;
}

async fn a_check_says_which_printers_print(engine: Engine) {
    let house = House::open(engine).await;
    let admin = house.sign_in("Camila").await;
    house.printer("bar").set(Condition::PaperOut);
    let request = CheckPrinters { command_id: new_id() };
    let begun = house.app.perform(&admin, request.clone()).await.unwrap();
    let again = house.app.perform(&admin, request).await.unwrap();
    let ids = |check: &PrinterCheck| check.papers.iter().map(|paper| paper.job_id).collect::<Vec<Uuid>>();
    assert_eq!(ids(&begun), ids(&again), "the same command prints nothing more");
    let until = |wanted: fn(&PrinterCheck) -> bool| {
        let (job_ids, house, admin) = (ids(&begun), &house, &admin);
        async move {
            let mut events = house.app.subscribe();
            let found = tokio::time::timeout(PATIENCE, async {
                loop {
                    let ask = GetPrinterCheck { job_ids: job_ids.clone() };
                    let check = house.app.perform(admin, ask).await.unwrap();
                    if wanted(&check) {
                        return check;
                    }
                    let _ = events.recv().await;
                }
            });
            found.await.expect("the check never became as wanted")
        }
    };
    let bar_waits = |check: &PrinterCheck| {
        check.printed == 2 && check.papers.iter().any(|paper| paper.cause == Some(Cause::PaperOut))
    };
    let check = until(bar_waits).await;
    assert_eq!((check.waiting, check.failed, check.unconfirmed), (1, 0, 0));
    assert!(check.summary.es.contains("2 de 3"), "{:?}", check.summary);
    let names: Vec<&str> = check.papers.iter().map(|paper| paper.printer.as_str()).collect();
    assert_eq!(names, ["Bar", "Cocina", "Postres"]);
    assert!(check.papers[0].problem.is_some());
    house.printer("bar").set(Condition::Ready);
    let check = until(|check| check.printed == 3).await;
    assert_eq!(check.summary.es, "Todas las impresoras imprimieron.");
    for printer in &house.printers {
        let slips = printer.slips();
        assert_eq!(slips.len(), 1);
        assert!(slips[0].contains("PRUEBA DE APERTURA") && slips[0].contains(printer.name()));
    }
    house.close().await;
}
