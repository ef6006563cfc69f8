//! A drawer from its float to its count: what the screen says is what the X and the Z say, the Z says it for ever,
//! and every act is on record.

use crate::house::{Engine, House, PATIENCE, new_id};
use crate::laws::questions;
use fastops_app::wire::{
    AnswerPaper, CashDirection, CashSessionView, CloseCashSession, CreateOrder, FailureCode, GetCashSession,
    GetPaper, GetQueueStatus, GetSession, JobKind, JobState, MoveCash, OpenCashSession, OrderView,
    PaperAnswer, PaperView, PrintCashReport, SetTerminalPrinter,
};
use fastops_app::{Caller, Command, Language};
use fastops_domain::business_day::BusinessDay;
use fastops_domain::ids::{CashSessionId, CommandId, OrderId, PaymentId, TerminalId, UserId};
use fastops_domain::money::Money;
use fastops_domain::order::posting;
use fastops_domain::time::Time;
use fastops_printer_sim::Condition;
use fastops_store::order::close::{Closing, close_order};
use fastops_store::payment::{self, Payment};
use fastops_store::{StoreError, company, order, probe};
use uuid::Uuid;

super::on_both_engines!(
    screen_x_and_z_say_the_same,
    a_till_refuses_what_makes_no_sense,
    a_report_comes_out_beside_the_terminal,
    a_report_in_doubt_is_a_person_s_to_answer,
);

const FLOAT: i64 = 20_000_000;
const TIP: i64 = 150_000;

/// "1.234.567", or "1.234.567,89": pesos as a paper in Spanish writes them.
fn pesos(minor: i64) -> String {
    let digits = (minor.abs() / 100).to_string();
    let groups = digits.as_bytes().rchunks(3).rev().map(|group| std::str::from_utf8(group).unwrap());
    let whole = groups.collect::<Vec<_>>().join(".");
    let sign = if minor < 0 { "-" } else { "" };
    if minor % 100 == 0 {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole},{:02}", minor.abs() % 100)
    }
}

async fn printer(house: &House, who: &Caller, name: &str) -> Uuid {
    let lanes = house.app.perform(who, GetQueueStatus {}).await.unwrap().lanes;
    lanes.into_iter().find(|lane| lane.printer == name).unwrap().printer_id
}

async fn until(house: &House, who: &Caller, job_id: Uuid, state: JobState) -> PaperView {
    let mut events = house.app.subscribe();
    let found = tokio::time::timeout(PATIENCE, async {
        loop {
            let paper = house.app.perform(who, GetPaper { job_id }).await.unwrap();
            if paper.state == state {
                return paper;
            }
            let _ = events.recv().await;
        }
    });
    found.await.expect("the paper never became as wanted")
}

async fn open(house: &House, who: &Caller) -> CashSessionView {
    let request = OpenCashSession { command_id: new_id(), session_id: new_id(), float_minor: FLOAT };
    house.app.perform(who, request).await.unwrap()
}

async fn till(house: &House, who: &Caller) -> Option<CashSessionView> {
    house.app.perform(who, GetCashSession { session_id: None }).await.unwrap().session
}

fn moving(session_id: Uuid, direction: CashDirection, amount_minor: i64) -> MoveCash {
    MoveCash { command_id: new_id(), session_id, direction, amount_minor, reason: "A la caja fuerte".into() }
}

fn closing(session_id: Uuid, counted_minor: i64) -> CloseCashSession {
    CloseCashSession {
        command_id: new_id(), session_id, counted_minor, note: Some("Faltó un vuelto".into())
    }
}

fn printing(session_id: Uuid, printer_id: Option<Uuid>) -> PrintCashReport {
    PrintCashReport { command_id: new_id(), session_id, printer_id }
}

/// An order that is paid in cash, with a tip, and closed.
async fn sold(house: &House, who: &Caller, session: Uuid, codes: &[(&str, i64)]) -> OrderView {
    let request: CreateOrder = house.take_away(codes);
    let made = house.app.perform(who, request).await.unwrap();
    let at_work = house.app.perform(who, GetSession {}).await.unwrap();
    let (user, terminal) = (UserId(at_work.user.id), TerminalId(at_work.terminal.id));
    let (total, id, row_id) = (made.total_minor, made.id, new_id());
    let store = house.app.store_for_faults();
    let paid = store.write::<_, StoreError, _>(move |tx| {
        Box::pin(async move {
            let (_, branch) = company::first_branch(tx).await?.unwrap();
            let order = order::order(tx, OrderId(id)).await?.unwrap();
            let payment = Payment {
                id: PaymentId(row_id),
                order: order.id,
                session: Some(CashSessionId(session)),
                method: "cash".into(),
                amount: Money(total),
                tip: Money(TIP),
                tendered: None,
                change: None,
                reference: None,
                at: Time(order.opened_at.0 + 1),
                user,
                terminal,
                command: CommandId(row_id),
            };
            payment::insert_payments(tx, branch.id, &[payment]).await?;
            let posting = posting(&order::lines(tx, order.id).await?).unwrap();
            let (at, day) = (Time(order.opened_at.0 + 2), BusinessDay(20_454));
            let closing =
                Closing { order: order.id, revision: order.revision, at, by: user, day, posting: &posting };
            close_order(tx, &closing).await
        })
    });
    paid.await.unwrap();
    made
}

/// The reports that a printer put on paper.
fn reports(house: &House, code: &str, title: &str) -> Vec<String> {
    let slips = house.printer(code).slips();
    slips.iter().map(|slip| slip.text()).filter(|text| text.contains(title)).collect()
}

async fn screen_x_and_z_say_the_same(engine: Engine) {
    let house = House::open(engine).await;
    let admin = house.sign_in("Camila").await;
    assert_eq!(till(&house, &admin).await, None);
    let opened = open(&house, &admin).await;
    assert_eq!((opened.number, opened.float_minor, &opened.closed), (1, FLOAT, &None));
    let first = sold(&house, &admin, opened.id, &[("307", 2), ("602", 3)]).await;
    let second = sold(&house, &admin, opened.id, &[("602", 1)]).await;
    for (direction, amount) in [(CashDirection::In, 500_000), (CashDirection::Out, 1_200_000)] {
        house.app.perform(&admin, moving(opened.id, direction, amount)).await.unwrap();
    }
    let total = first.total_minor + second.total_minor;
    let shown = till(&house, &admin).await.unwrap();
    assert_eq!((shown.orders, shown.total_minor), (2, total));
    assert_eq!(shown.net_minor, first.net_minor + second.net_minor);
    assert_eq!(shown.taxes.iter().map(|tax| tax.amount_minor).sum::<i64>(), total - shown.net_minor);
    let cash = &shown.methods[0];
    assert_eq!(
        (shown.methods.len(), cash.payments, cash.amount_minor, cash.tip_minor),
        (1, 2, total, 2 * TIP)
    );
    assert_eq!((shown.moved_in_minor, shown.moved_out_minor), (500_000, 1_200_000));
    let moves: Vec<_> = shown.moves.iter().map(|moved| (moved.direction, moved.amount_minor)).collect();
    assert_eq!(moves, [(CashDirection::In, 500_000), (CashDirection::Out, 1_200_000)]);
    assert!(shown.moves.iter().all(|moved| moved.by == "Camila" && !moved.reason.is_empty()));

    let bar = printer(&house, &admin, "Bar").await;
    let x = printing(opened.id, Some(bar));
    let made = house.app.perform(&admin, x.clone()).await.unwrap();
    assert_eq!((made.kind, made.order_id, made.copy), (JobKind::Report, None, 0));
    until(&house, &admin, made.job_id, JobState::Printed).await;
    assert_eq!(house.app.perform(&admin, x).await.unwrap().job_id, made.job_id, "P13");
    let expected = FLOAT + total + 2 * TIP + 500_000 - 1_200_000;
    let papers = reports(&house, "bar", "INFORME X");
    assert_eq!(papers.len(), 1);
    for words in [pesos(total), pesos(shown.net_minor), pesos(2 * TIP), pesos(-1_200_000)] {
        assert!(papers[0].contains(&words), "{words}: {}", papers[0]);
    }
    assert!(!papers[0].contains(&pesos(expected)), "it is counted blind: {}", papers[0]);

    let close = closing(opened.id, expected - 70_000);
    let closed = house.app.perform(&admin, close.clone()).await.unwrap();
    let count = closed.closed.clone().unwrap();
    assert_eq!((count.expected_minor, count.difference_minor), (expected, -70_000));
    assert_eq!(CashSessionView { closed: None, ..closed.clone() }, shown, "else as it was");
    assert_eq!(house.app.perform(&admin, close).await.unwrap(), closed, "P13");
    assert_eq!(till(&house, &admin).await, None);

    for copy in [0, 1] {
        let made = house.app.perform(&admin, printing(opened.id, Some(bar))).await.unwrap();
        assert_eq!(made.copy, copy);
        until(&house, &admin, made.job_id, JobState::Printed).await;
    }
    let papers = reports(&house, "bar", "INFORME Z");
    let words = [pesos(total), pesos(expected), pesos(count.counted_minor), pesos(-70_000)];
    assert_eq!(papers.len(), 2);
    for (paper, again) in papers.iter().zip([false, true]) {
        assert_eq!(paper.contains("REIMPRESIÓN 1"), again, "{paper}");
        assert!(
            words.iter().all(|words| paper.contains(words)) && paper.contains("Faltó un vuelto"),
            "{paper}"
        );
    }
    let again = house.app.perform(&admin, GetCashSession { session_id: Some(opened.id) }).await.unwrap();
    assert_eq!(again.session, Some(closed));
    assert_eq!(open(&house, &admin).await.number, 2);
    let store = house.app.store_for_faults();
    let acts = probe::count(&store, questions::TILL_ACTS).await.unwrap();
    assert_eq!(acts, 8, "two openings, two moves, a count, three reports");
    house.close().await;
}

/// Refused with this code, by a sentence of each language.
async fn both<C: Command + Clone>(house: &House, who: &Caller, request: C, code: FailureCode)
where
    C::Answer: std::fmt::Debug,
{
    let spanish = house.refused(who, request.clone(), code).await;
    let english = Caller { language: Language::En, ..who.clone() };
    let english = house.refused(&english, request, code).await;
    assert_ne!(spanish.message, english.message, "{code:?} is said in both languages");
}

async fn a_till_refuses_what_makes_no_sense(engine: Engine) {
    let house = House::open(engine).await;
    let admin = house.sign_in("Camila").await;
    let opened = open(&house, &admin).await;
    let bar = Some(printer(&house, &admin, "Bar").await);
    let twin = OpenCashSession { command_id: new_id(), session_id: new_id(), float_minor: FLOAT };
    both(&house, &admin, twin.clone(), FailureCode::TillMoved).await;
    let negative = OpenCashSession { float_minor: -1, ..twin };
    both(&house, &admin, negative, FailureCode::OutOfBounds).await;
    for amount in [0, -5, i64::MAX] {
        let moved = moving(opened.id, CashDirection::Out, amount);
        both(&house, &admin, moved, FailureCode::OutOfBounds).await;
    }
    both(&house, &admin, closing(opened.id, -1), FailureCode::OutOfBounds).await;
    let mute = MoveCash { reason: " ".into(), ..moving(opened.id, CashDirection::In, 5) };
    both(&house, &admin, mute, FailureCode::OutOfBounds).await;
    both(&house, &admin, closing(new_id(), 1), FailureCode::TillMoved).await;
    both(&house, &admin, printing(new_id(), bar), FailureCode::TillMoved).await;
    both(&house, &admin, printing(opened.id, Some(new_id())), FailureCode::BadPrinter).await;
    both(&house, &admin, printing(opened.id, None), FailureCode::BadPrinter).await;
    both(&house, &admin, GetCashSession { session_id: Some(new_id()) }, FailureCode::TillMoved).await;
    assert_eq!(till(&house, &admin).await.unwrap(), opened, "nothing changed");
    house.app.perform(&admin, closing(opened.id, FLOAT)).await.unwrap();
    both(&house, &admin, closing(opened.id, 1), FailureCode::TillMoved).await;
    both(&house, &admin, moving(opened.id, CashDirection::In, 5), FailureCode::TillMoved).await;
    house.close().await;
}

async fn a_report_comes_out_beside_the_terminal(engine: Engine) {
    let house = House::open(engine).await;
    let (admin, ana) = (house.sign_in("Camila").await, house.sign_in("Ana").await);
    let opened = open(&house, &admin).await;
    house.refused(&admin, printing(opened.id, None), FailureCode::BadPrinter).await;
    let bar = printer(&house, &admin, "Bar").await;
    let terminal_id = house.app.perform(&admin, GetSession {}).await.unwrap().terminal.id;
    let beside = SetTerminalPrinter { command_id: new_id(), terminal_id, printer_id: Some(bar) };
    house.app.perform(&admin, beside).await.unwrap();
    let made = house.app.perform(&admin, printing(opened.id, None)).await.unwrap();
    assert_eq!(made.printer_id, bar);
    until(&house, &admin, made.job_id, JobState::Printed).await;
    assert_eq!(reports(&house, "bar", "INFORME X").len(), 1);
    house.refused(&ana, printing(opened.id, None), FailureCode::NotAllowed).await;
    house.close().await;
}

async fn a_report_in_doubt_is_a_person_s_to_answer(engine: Engine) {
    let house = House::open(engine).await;
    let admin = house.sign_in("Camila").await;
    let opened = open(&house, &admin).await;
    house.app.perform(&admin, closing(opened.id, FLOAT)).await.unwrap();
    let bar = printer(&house, &admin, "Bar").await;
    house.printer("bar").set(Condition::ResetsLink { after_bytes: 200 });
    let made = house.app.perform(&admin, printing(opened.id, Some(bar))).await.unwrap();
    until(&house, &admin, made.job_id, JobState::Uncertain).await;
    let before = reports(&house, "bar", "INFORME Z").len();
    assert!(before <= 1, "it does not come again by itself");
    let answer = AnswerPaper { command_id: new_id(), job_id: made.job_id, answer: PaperAnswer::PrintAgain };
    house.app.perform(&admin, answer).await.unwrap();
    until(&house, &admin, made.job_id, JobState::Printed).await;
    let papers = reports(&house, "bar", "INFORME Z");
    assert_eq!(papers.len(), before + 1);
    assert!(papers.last().unwrap().contains("POSIBLE DUPLICADO"), "{papers:?}");
    house.close().await;
}
