//! Papers that are no tickets: exact bills, of which a person is asked when nobody knows whether they came out,
//! and drawers, which never open by themselves.

use crate::house::{Engine, House, PATIENCE, new_id};
use crate::laws::questions;
use fastops_app::Caller;
use fastops_app::wire::{
    AlertKind, AnswerPaper, Cause, CreateOrder, DeviceProfile, DrawerSocket, FailureCode, GetAlerts,
    GetPaper, GetPaperPreview, GetPrintSetup, GetQueueStatus, GetSession, GetTillPrinters,
    GetUncertainPapers, JobKind, JobState, KickDrawer, OrderView, PaperAnswer, PaperView, PrintBill,
    SaveDevice, SetSetting, SetTerminalPrinter, SettingLevel, SettingValue, TillPrinters,
};
use fastops_domain::business_day::BusinessDay;
use fastops_domain::ids::{OrderId, ReceiptId};
use fastops_domain::order::posting;
use fastops_domain::time::Time;
use fastops_printer_sim::Condition;
use fastops_store::numbering::{self, Receipt};
use fastops_store::order::close::{Closing, close_order};
use fastops_store::{StoreError, order, probe};
use uuid::Uuid;

super::on_both_engines!(
    a_bill_says_the_exact_total_of_the_screen,
    a_paper_for_a_guest_says_what_the_house_wrote,
    a_till_knows_its_printers,
    a_bill_in_doubt_waits_for_a_person_and_holds_up_nobody,
    a_bill_that_came_out_or_is_not_wanted_is_done_with,
    a_bill_that_waits_is_nobody_s_to_answer,
    a_drawer_opens_once_and_never_by_itself,
    a_drawer_is_opened_by_the_pulse_that_its_printer_was_given,
    a_drawer_that_had_to_wait_stays_shut,
    what_was_with_a_printer_when_its_core_ended_goes_by_its_kind,
);

pub(super) async fn printer(house: &House, who: &Caller, name: &str) -> Uuid {
    let lanes = house.app.perform(who, GetQueueStatus {}).await.unwrap().lanes;
    lanes.into_iter().find(|lane| lane.printer == name).unwrap().printer_id
}

pub(super) async fn until(house: &House, who: &Caller, job_id: Uuid, states: &[JobState]) -> PaperView {
    let mut events = house.app.subscribe();
    let found = tokio::time::timeout(PATIENCE, async {
        loop {
            let paper = house.app.perform(who, GetPaper { job_id }).await.unwrap();
            if states.contains(&paper.state) {
                return paper;
            }
            let _ = events.recv().await;
        }
    });
    found.await.expect("the paper never became as wanted")
}

/// An order that is on paper at its stations.
pub(super) async fn served(house: &House, who: &Caller) -> OrderView {
    let request: CreateOrder = house.take_away(&[("307", 2), ("602", 3)]);
    let order = house.app.perform(who, request).await.unwrap();
    let printed = |order: &OrderView| order.tickets.iter().all(|ticket| ticket.job == JobState::Printed);
    house.until(who, order.id, printed).await
}

pub(super) async fn bill(house: &House, who: &Caller, order_id: Uuid, printer_id: Uuid) -> PaperView {
    let request = PrintBill { command_id: new_id(), order_id, printer_id };
    house.app.perform(who, request).await.unwrap()
}

/// "1.234.567", or "1.234.567,89": pesos as a paper in Spanish writes them.
fn pesos(minor: i64) -> String {
    let digits = (minor / 100).to_string();
    let groups = digits.as_bytes().rchunks(3).rev().map(|group| std::str::from_utf8(group).unwrap());
    let whole = groups.collect::<Vec<_>>().join(".");
    if minor % 100 == 0 { whole } else { format!("{whole},{:02}", minor % 100) }
}

async fn a_bill_says_the_exact_total_of_the_screen(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    let order = served(&house, &ana).await;
    let bar = printer(&house, &ana, "Bar").await;
    house.printer("bar").reset_log();
    let request = PrintBill { command_id: new_id(), order_id: order.id, printer_id: bar };
    let made = house.app.perform(&ana, request.clone()).await.unwrap();
    assert_eq!((made.kind, made.order_id, made.copy), (JobKind::PreBill, Some(order.id), 0));
    until(&house, &ana, made.job_id, &[JobState::Printed]).await;
    let again = house.app.perform(&ana, request).await.unwrap();
    assert_eq!(again.job_id, made.job_id, "P13: the same command prints nothing more");
    let slips = house.printer("bar").slips();
    assert_eq!(slips.len(), 1);
    let text = slips[0].text();
    let preview = house
        .app
        .perform(&ana, GetPaperPreview { job_id: Some(made.job_id), ticket_id: None })
        .await
        .unwrap();
    let rows: Vec<&str> =
        preview.rows.iter().map(|row| row.text.trim_end()).filter(|row| !row.is_empty()).collect();
    let paper: Vec<&str> = text.lines().map(str::trim_end).filter(|row| !row.is_empty()).collect();
    assert_eq!(rows.len(), paper.len(), "row by row what came out");
    assert!(
        rows.iter().zip(&paper).filter(|(row, line)| row != line).count() <= 1,
        "but for the minute: {rows:?}"
    );
    let ticket = GetPaperPreview { job_id: None, ticket_id: Some(order.tickets[0].id) };
    let ticket = house.app.perform(&ana, ticket).await.unwrap();
    assert!(ticket.rows.iter().any(|row| row.text.contains("Cocina")), "{ticket:?}");
    house
        .refused(
            &ana,
            GetPaperPreview { job_id: Some(new_id()), ticket_id: None },
            FailureCode::UnknownTicket,
        )
        .await;
    for words in ["CUENTA", "TOTAL", &pesos(order.total_minor), &pesos(order.net_minor), "no es un recibo"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    for line in &order.lines {
        assert!(text.contains(&line.name) && text.contains(&pesos(line.total_minor)), "{text}");
    }
    assert_eq!(house.order(&ana, order.id).await.tickets.len(), order.tickets.len(), "it is no ticket");
    assert_eq!(bill(&house, &ana, order.id, bar).await.copy, 1, "the second of its kind");
    let nobody = PrintBill { command_id: new_id(), order_id: new_id(), printer_id: bar };
    house.refused(&ana, nobody, FailureCode::UnknownOrder).await;
    house.close().await;
}

async fn say(house: &House, who: &Caller, key: &str, text: &str) {
    let value = Some(SettingValue::Text(text.to_owned()));
    let (key, level) = (key.to_owned(), SettingLevel::Branch);
    let word = SetSetting { command_id: new_id(), key, level, terminal_id: None, value };
    house.app.perform(who, word).await.unwrap();
}

/// Closes an order with its figures and draws the number of its receipt, as a till does.
pub(super) async fn close_with_receipt(house: &House, id: Uuid) {
    const NOON: Time = Time(1_774_976_400_000); // 2026-03-31T17:00:00Z, noon in Bogotá
    let store = house.app.store_for_faults();
    let write = store.write::<_, StoreError, _>(move |tx| {
        Box::pin(async move {
            let order_id = OrderId(id);
            let row = order::order(tx, order_id).await?.unwrap();
            let figures = posting(&order::lines(tx, order_id).await?).unwrap();
            let (revision, by, day) = (row.revision, row.waiter, BusinessDay(20_543));
            let closing = Closing { order: order_id, revision, at: NOON, by, day, posting: &figures };
            close_order(tx, &closing).await?;
            let drawn = numbering::next_number(tx, row.branch, "receipt", NOON).await?.unwrap();
            let receipt = Receipt {
                id: ReceiptId(new_id()),
                order: order_id,
                range: drawn.range,
                number: drawn.number,
                at: NOON,
                user: by,
            };
            numbering::insert_receipt(tx, &receipt).await
        })
    });
    write.await.unwrap();
}

/// Address and thanks stand on the bill and on the receipt; the number and the QR code on the receipt alone.
async fn a_paper_for_a_guest_says_what_the_house_wrote(engine: Engine) {
    let house = House::open(engine).await;
    let (admin, ana) = (house.sign_in("Camila").await, house.sign_in("Ana").await);
    say(&house, &admin, "receipt.head", "Calle 12 #3-45\nNIT 900.123.456-7").await;
    say(&house, &admin, "receipt.foot", "¡Vuelva pronto, señora Ñáñez!").await;
    say(&house, &admin, "receipt.qr", "https://fonda.example/{receipt}?n={order}&t={total}&d={date}").await;
    let order = served(&house, &ana).await;
    let bar = printer(&house, &ana, "Bar").await;
    house.printer("bar").reset_log();
    let before = bill(&house, &ana, order.id, bar).await;
    until(&house, &ana, before.job_id, &[JobState::Printed]).await;
    close_with_receipt(&house, order.id).await;
    let after = bill(&house, &ana, order.id, bar).await;
    assert_eq!(after.kind, JobKind::Receipt);
    until(&house, &ana, after.job_id, &[JobState::Printed]).await;
    let slips = house.printer("bar").slips();
    let [bill, receipt] = [slips[0].text(), slips[1].text()];
    for text in [&bill, &receipt] {
        let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words}: {text}"));
        assert!(at("Calle 12 #3-45") < at("NIT 900.123.456-7") && at("NIT") < at("TOTAL"), "{text}");
        assert!(at("TOTAL") < at("¡Vuelva pronto, señora Ñáñez!"), "{text}");
    }
    assert!(receipt.contains("Recibo n.º 000000001") && !bill.contains("Recibo n.º"), "{receipt}");
    let total = format!("{}.{:02}", order.total_minor / 100, order.total_minor % 100);
    let link = format!("https://fonda.example/000000001?n={}&t={total}&d=2026-03-31", order.number);
    let sent = house.printer("bar").received_bytes();
    let holds = |bytes: &[u8]| bytes.windows(link.len()).filter(|part| *part == link.as_bytes()).count();
    assert_eq!(holds(&sent), 1, "{link}");
    house.close().await;
}

/// Whoever prints a bill need not be one who sets printers up.
async fn a_till_knows_its_printers(engine: Engine) {
    let house = House::open(engine).await;
    let (admin, ana) = (house.sign_in("Camila").await, house.sign_in("Ana").await);
    let asked = house.app.perform(&ana, GetTillPrinters {}).await.unwrap();
    let names = |till: &TillPrinters| till.printers.iter().map(|one| one.name.clone()).collect::<Vec<_>>();
    assert_eq!((names(&asked).len(), asked.beside), (3, None));
    let bar = printer(&house, &ana, "Bar").await;
    let terminal_id = house.app.perform(&ana, GetSession {}).await.unwrap().terminal.id;
    let beside = SetTerminalPrinter { command_id: new_id(), terminal_id, printer_id: Some(bar) };
    house.app.perform(&admin, beside).await.unwrap();
    let (name, address) = ("Pantalla".to_owned(), "screen:bar".to_owned());
    let screen =
        SaveDevice { command_id: new_id(), device_id: new_id(), name: name.clone(), address, profile: None };
    house.app.perform(&admin, screen).await.unwrap();
    let asked = house.app.perform(&ana, GetTillPrinters {}).await.unwrap();
    assert_eq!(asked.beside, Some(bar));
    assert!(!names(&asked).contains(&name), "no bill comes out of a screen");
    house.close().await;
}

/// A bill of which some bytes were taken before the line broke.
async fn doubted(house: &House, ana: &Caller) -> (OrderView, PaperView) {
    let order = served(house, ana).await;
    let kitchen = printer(house, ana, "Cocina").await;
    house.printer("cocina").reset_log();
    house.printer("cocina").set(Condition::ResetsLink { after_bytes: 200 });
    let made = bill(house, ana, order.id, kitchen).await;
    let paper = until(house, ana, made.job_id, &[JobState::Uncertain, JobState::Printed]).await;
    assert_eq!((paper.state, paper.possible_duplicate), (JobState::Uncertain, true), "{paper:?}");
    (order, paper)
}

async fn is_alerted(house: &House, who: &Caller, wanted: bool) {
    let mut events = house.app.subscribe();
    let found = tokio::time::timeout(PATIENCE, async {
        loop {
            let alerts = house.app.perform(who, GetAlerts {}).await.unwrap().open;
            if alerts.iter().any(|alert| alert.kind == AlertKind::PaperUncertain) == wanted {
                return;
            }
            let _ = events.recv().await;
        }
    });
    found.await.expect("the alert never became as wanted");
}

async fn uncertain(house: &House, who: &Caller) -> Vec<Uuid> {
    let papers = house.app.perform(who, GetUncertainPapers {}).await.unwrap().papers;
    papers.into_iter().map(|paper| paper.job_id).collect()
}

async fn a_bill_in_doubt_waits_for_a_person_and_holds_up_nobody(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    let (order, paper) = doubted(&house, &ana).await;
    is_alerted(&house, &ana, true).await;
    served(&house, &ana).await;
    let bills = || house.printer("cocina").slips().iter().filter(|slip| slip.contains("CUENTA")).count();
    let before = bills();
    assert!(before <= 1);
    assert_eq!(uncertain(&house, &ana).await, [paper.job_id]);
    let answer = AnswerPaper { command_id: new_id(), job_id: paper.job_id, answer: PaperAnswer::PrintAgain };
    house.app.perform(&ana, answer.clone()).await.unwrap();
    until(&house, &ana, paper.job_id, &[JobState::Printed]).await;
    is_alerted(&house, &ana, false).await;
    house.app.perform(&ana, answer).await.unwrap();
    let late = AnswerPaper { command_id: new_id(), job_id: paper.job_id, answer: PaperAnswer::Discard };
    house.refused(&ana, late, FailureCode::TicketMoved).await;
    assert_eq!(bills(), before + 1, "once more, and not twice");
    let slips = house.printer("cocina").slips();
    let last = slips.iter().rfind(|slip| slip.contains("CUENTA")).unwrap();
    assert!(
        last.contains("POSIBLE DUPLICADO") && last.contains(&pesos(order.total_minor)),
        "{}",
        last.text()
    );
    let store = house.app.store_for_faults();
    assert_eq!(probe::count(&store, questions::PAPERS_ANSWERED).await.unwrap(), 1);
    house.close().await;
}

async fn a_bill_that_came_out_or_is_not_wanted_is_done_with(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    for (answer, state) in
        [(PaperAnswer::CameOut, JobState::Printed), (PaperAnswer::Discard, JobState::Cancelled)]
    {
        let (_, paper) = doubted(&house, &ana).await;
        let slips = house.printer("cocina").slips().len();
        let request = AnswerPaper { command_id: new_id(), job_id: paper.job_id, answer };
        let done = house.app.perform(&ana, request).await.unwrap();
        assert_eq!(done.state, state);
        assert_eq!(
            done.settled_at.is_some(),
            state == JobState::Printed,
            "when it came out, as of any paper"
        );
        assert_eq!(uncertain(&house, &ana).await, [] as [Uuid; 0]);
        assert_eq!(house.printer("cocina").slips().len(), slips, "nothing more comes out");
    }
    house.close().await;
}

async fn a_bill_that_waits_is_nobody_s_to_answer(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    let order = served(&house, &ana).await;
    let bar = printer(&house, &ana, "Bar").await;
    house.printer("bar").set(Condition::PaperOut);
    let made = bill(&house, &ana, order.id, bar).await;
    until(&house, &ana, made.job_id, &[JobState::Blocked]).await;
    for answer in [PaperAnswer::Discard, PaperAnswer::CameOut, PaperAnswer::PrintAgain] {
        let request = AnswerPaper { command_id: new_id(), job_id: made.job_id, answer };
        house.refused(&ana, request, FailureCode::TicketMoved).await;
    }
    house.printer("bar").set(Condition::Ready);
    until(&house, &ana, made.job_id, &[JobState::Printed]).await;
    house.close().await;
}

async fn kick(house: &House, who: &Caller, printer_id: Uuid) -> PaperView {
    let request = KickDrawer { command_id: new_id(), printer_id, reason: "Cambio para la mesa 4".into() };
    house.app.perform(who, request).await.unwrap()
}

async fn a_drawer_opens_once_and_never_by_itself(engine: Engine) {
    let house = House::open(engine).await;
    let marta = house.sign_in("Camila").await;
    let bar = printer(&house, &marta, "Bar").await;
    let simulated = house.printer("bar");
    let ended = [JobState::Printed, JobState::Failed];
    let opened = kick(&house, &marta, bar).await;
    assert_eq!(until(&house, &marta, opened.job_id, &ended).await.state, JobState::Printed);
    assert_eq!(simulated.drawer_kicks(), 1);

    simulated.set(Condition::PaperOut);
    let blocked = kick(&house, &marta, bar).await;
    let blocked = until(&house, &marta, blocked.job_id, &ended).await;
    assert_eq!((blocked.state, blocked.cause), (JobState::Failed, Some(Cause::PaperOut)));
    assert!(blocked.problem.is_some(), "it is told honestly");

    // It opens, and never says so.
    simulated.set(Condition::HoldsProof);
    let doubted = kick(&house, &marta, bar).await;
    let doubted = until(&house, &marta, doubted.job_id, &ended).await;
    assert_eq!((doubted.state, doubted.cause), (JobState::Failed, Some(Cause::NoProof)));
    simulated.set(Condition::Ready);
    served(&house, &marta).await;
    assert_eq!(simulated.drawer_kicks(), 2, "neither comes later");
    let store = house.app.store_for_faults();
    assert_eq!(probe::count(&store, questions::DRAWERS_KICKED).await.unwrap(), 3);
    let ana = house.sign_in("Ana").await;
    let request = KickDrawer { command_id: new_id(), printer_id: bar, reason: "x".into() };
    house.refused(&ana, request, FailureCode::NotAllowed).await;
    house.close().await;
}

/// Whoever asked for it has gone by the time that the printer is free.
/// The pin and the length are the printer's, kept when nothing is said of them and refused when they cannot be.
async fn a_drawer_is_opened_by_the_pulse_that_its_printer_was_given(engine: Engine) {
    let house = House::open(engine).await;
    let admin = house.sign_in("Camila").await;
    let bar = printer(&house, &admin, "Bar").await;
    let setup = house.app.perform(&admin, GetPrintSetup {}).await.unwrap();
    let known = setup.devices.into_iter().find(|device| device.id == bar).unwrap();
    let usual = DrawerSocket { pin: "pin2".into(), pulse_ms: 50 };
    assert_eq!(known.profile.drawer.as_ref(), Some(&usual));
    let save = |drawer: Option<DrawerSocket>| SaveDevice {
        command_id: new_id(),
        device_id: bar,
        name: known.name.clone(),
        address: known.address.clone(),
        profile: Some(DeviceProfile { drawer, ..known.profile.clone() }),
    };
    let socket = |pin: &str, pulse_ms| Some(DrawerSocket { pin: pin.into(), pulse_ms });
    let simulated = house.printer("bar");
    for (said, kick) in [
        (None, [0x1B, b'p', 0, 25, 250]),
        (socket("pin5", 120), [0x1B, b'p', 1, 60, 250]),
        (None, [0x1B, b'p', 1, 60, 250]),
        (socket("pin2", 500), [0x1B, b'p', 0, 250, 250]),
    ] {
        house.app.perform(&admin, save(said)).await.unwrap();
        simulated.reset_log();
        let opened = self::kick(&house, &admin, bar).await;
        until(&house, &admin, opened.job_id, &[JobState::Printed]).await;
        let sent = simulated.received_bytes();
        let at = sent.windows(2).position(|pair| pair == [0x1B, b'p']).unwrap();
        assert_eq!((simulated.drawer_kicks(), &sent[at..at + 5]), (1, &kick[..]));
    }
    for (wrong, code) in [
        (socket("pin2", 19), FailureCode::OutOfBounds),
        (socket("pin5", 501), FailureCode::OutOfBounds),
        (socket("pin3", 50), FailureCode::BadRequest),
    ] {
        house.refused(&admin, save(wrong), code).await;
    }
    house.close().await;
}

async fn a_drawer_that_had_to_wait_stays_shut(engine: Engine) {
    let house = House::open(engine).await;
    let admin = house.sign_in("Camila").await;
    let late = a_drawer_that_came_too_late(&house, &admin).await;
    assert_eq!((late.state, late.cause), (JobState::Failed, Some(Cause::TooLate)));
    assert_eq!(house.printer("bar").drawer_kicks(), 0);
    house.close().await;
}

/// The bar's drawer, asked for behind a bill for longer than anybody would want it.
pub(super) async fn a_drawer_that_came_too_late(house: &House, admin: &Caller) -> PaperView {
    let order = served(house, admin).await;
    let bar = printer(house, admin, "Bar").await;
    house.printer("bar").set(Condition::PaperRunsOut { after_mm: 10 });
    let held = bill(house, admin, order.id, bar).await;
    until(house, admin, held.job_id, &[JobState::Sent]).await;
    let late = kick(house, admin, bar).await;
    let store = house.app.store_for_faults();
    let aged = store.write::<_, StoreError, _>(|tx| Box::pin(probe::execute(tx, questions::DRAWERS_ARE_OLD)));
    assert_eq!(aged.await.unwrap(), 1);
    house.printer("bar").set(Condition::Ready);
    until(house, admin, held.job_id, &[JobState::Printed]).await;
    until(house, admin, late.job_id, &[JobState::Printed, JobState::Failed]).await
}

/// As after a crash: of what was with a printer, the ticket comes again, of the bill a person is asked, and the
/// drawer stays shut.
async fn what_was_with_a_printer_when_its_core_ended_goes_by_its_kind(engine: Engine) {
    let house = House::open(engine).await;
    let admin = house.sign_in("Camila").await;
    let order = served(&house, &admin).await;
    let (bar, sweets) = (printer(&house, &admin, "Bar").await, printer(&house, &admin, "Postres").await);
    for name in ["cocina", "bar"] {
        house.printer(name).set(Condition::PaperRunsOut { after_mm: 10 });
    }
    house.printer("postres").set(Condition::HoldsProof);
    let ticket = house.app.perform(&admin, house.take_away(&[("307", 1)])).await.unwrap();
    let bill = bill(&house, &admin, order.id, bar).await;
    house.until(&admin, ticket.id, |order| order.tickets[0].job == JobState::Sent).await;
    until(&house, &admin, bill.job_id, &[JobState::Sent]).await;
    let kick = kick(&house, &admin, sweets).await;
    until(&house, &admin, kick.job_id, &[JobState::Sent, JobState::Failed]).await;
    let store = house.app.store_for_faults();
    let freed =
        store.write::<_, StoreError, _>(|tx| Box::pin(probe::execute(tx, questions::LEASES_ARE_LOST)));
    assert!(freed.await.unwrap() >= 2, "their core is gone");
    let bill = until(&house, &admin, bill.job_id, &[JobState::Uncertain]).await;
    assert_eq!(bill.cause, Some(Cause::Interrupted));
    until(&house, &admin, kick.job_id, &[JobState::Failed]).await;
    for name in ["cocina", "bar", "postres"] {
        house.printer(name).set(Condition::Ready);
    }
    let done = house.until(&admin, ticket.id, |order| order.tickets[0].job == JobState::Printed).await;
    assert!(done.tickets[0].possible_duplicate);
    assert_eq!(house.printer("postres").drawer_kicks(), 1);
    house.close().await;
}
