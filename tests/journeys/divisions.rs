//! A bill in parts: the parts are the bill to the last peso (P10), no line is lost by it (P11), and each guest gets a
//! paper that says what they share.

use super::combos::{Bar, EXECUTIVE};
use super::papers::{printer, until};
use crate::house::{Engine, House, PATIENCE, new_id};
use fastops_app::wire::{
    AddLines, CreateOrder, DivideBill, DivisionView, Event, FailureCode, GetUncertainPapers, JobState,
    LineShares, ListStuckJobs, MoveLines, OrderView, PaperPart, PrintBill, PrintParts, QuoteDivision,
    VoidLine,
};
use fastops_app::{Caller, Language};
use fastops_domain::ids::OrderId;
use fastops_domain::order::OrderEventKind;
use fastops_printer_sim::Condition;
use fastops_store::StoreError;
use fastops_store::order::event;
use std::collections::BTreeSet;
use uuid::Uuid;

super::on_both_engines!(
    a_bill_is_divided_in_equal_parts_and_joined_again,
    a_line_is_shared_by_some_and_what_comes_later_by_all,
    a_seat_pays_what_it_ordered,
    each_part_comes_out_with_its_shares,
    the_part_of_a_combo_says_what_was_chosen_for_it,
    a_part_that_needs_a_person_says_which_it_is,
    a_bill_that_cannot_be_divided_so_is_refused,
    two_terminals_divide_add_void_and_move_at_once,
);

struct Table {
    house: House,
    ana: Caller,
    order: OrderView,
}

impl Table {
    async fn laid(engine: Engine) -> Self {
        let house = House::open(engine).await;
        let ana = house.sign_in("Ana").await;
        let request = house.take_away(&[("307", 1), ("202", 2), ("602", 3)]);
        let order = house.app.perform(&ana, request).await.unwrap();
        Self { house, ana, order }
    }

    async fn does<C: fastops_app::Command>(&self, request: C) -> C::Answer {
        self.house.app.perform(&self.ana, request).await.unwrap()
    }

    fn divide(&self, parts: u8, shares: Vec<LineShares>) -> DivideBill {
        DivideBill { command_id: new_id(), order_id: self.order.id, parts, seats: Vec::new(), shares }
    }

    fn share(&self, line: usize, weights: &[u32]) -> LineShares {
        LineShares { line_id: self.order.lines[line].id, weights: weights.to_vec() }
    }

    async fn now(&self) -> OrderView {
        self.house.order(&self.ana, self.order.id).await
    }

    async fn happened(&self) -> Vec<(OrderEventKind, serde_json::Value)> {
        let (store, id) = (self.house.app.store_for_faults(), OrderId(self.order.id));
        let read = store.read::<_, StoreError, _>(move |tx| Box::pin(event::events(tx, id)));
        read.await.unwrap().into_iter().map(|event| (event.kind, event.detail)).collect()
    }
}

/// P10: the parts are the bill, and the shares of each line are the line.
fn is_the_bill(order: &OrderView) -> &DivisionView {
    let division = order.division.as_ref().expect("it is divided");
    let sum = |of: fn(&fastops_app::wire::BillPartView) -> i64| division.parts.iter().map(of).sum::<i64>();
    assert_eq!(sum(|part| part.total_minor), order.total_minor);
    assert_eq!(sum(|part| part.net_minor), order.net_minor);
    assert_eq!(sum(|part| part.tax_minor), order.tax_minor);
    let live: Vec<_> = order.lines.iter().filter(|line| !line.voided).collect();
    assert_eq!(division.lines.len(), live.len());
    for (line, shared) in live.iter().zip(&division.lines) {
        assert_eq!((shared.line_id, shared.amounts_minor.iter().sum::<i64>()), (line.id, line.total_minor));
        assert!(shared.weights.iter().any(|weight| *weight > 0), "somebody pays for it");
    }
    division
}

async fn a_bill_is_divided_in_equal_parts_and_joined_again(engine: Engine) {
    let table = Table::laid(engine).await;
    assert_eq!(table.order.division, None);
    let (order_id, parts) = (table.order.id, 7);
    let quote = QuoteDivision { order_id, parts, seats: Vec::new(), shares: Vec::new() };
    let quoted = table.does(quote).await;
    let asked = table.now().await;
    assert_eq!((asked.division, asked.revision), (None, table.order.revision), "a question changes nothing");
    let mut events = table.house.app.subscribe();
    let request = table.divide(parts, Vec::new());
    let divided = table.does(request.clone()).await;
    assert_eq!(is_the_bill(&divided), &quoted);
    let totals: Vec<i64> = quoted.parts.iter().map(|part| part.total_minor).collect();
    let (least, most) = (totals.iter().min().unwrap(), totals.iter().max().unwrap());
    assert!(most - least <= 100 && totals.iter().all(|total| total % 100 == 0), "whole pesos: {totals:?}");
    let told = tokio::time::timeout(PATIENCE, async {
        loop {
            let event = events.recv().await.unwrap();
            if matches!(event.event, Event::OrderChanged { order_id: of, .. } if of == order_id) {
                break;
            }
        }
    });
    told.await.expect("every screen that shows the order hears of it");
    let again = table.does(request).await;
    assert_eq!((&again.division, again.revision), (&divided.division, divided.revision), "P13");
    table.does(table.divide(parts, Vec::new())).await;
    let joined = table.does(table.divide(1, Vec::new())).await;
    assert_eq!((joined.division, joined.lines.len()), (None, 3));
    let happened = table.happened().await;
    let kinds: Vec<_> = happened.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(kinds, [OrderEventKind::BillDivided, OrderEventKind::BillJoined], "said twice is a fact once");
    assert_eq!(happened[0].1["parts"], 7);
    table.house.close().await;
}

async fn a_line_is_shared_by_some_and_what_comes_later_by_all(engine: Engine) {
    let table = Table::laid(engine).await;
    let admin = table.house.sign_in("Camila").await;
    let shares = vec![table.share(0, &[1, 2, 0]), table.share(1, &[0, 0, 5])];
    let divided = table.does(table.divide(3, shares)).await;
    let division = is_the_bill(&divided);
    let weights: Vec<_> = division.lines.iter().map(|line| (&line.weights[..], line.said)).collect();
    assert_eq!(weights, [(&[1, 2, 0][..], true), (&[0, 0, 5], true), (&[1, 1, 1], false)]);
    let lines = vec![table.house.line("603", 1)];
    let more = AddLines { command_id: new_id(), order_id: table.order.id, lines };
    let more = table.does(more).await;
    assert_eq!(is_the_bill(&more).lines[3].weights, [1, 1, 1], "what is ordered later is everybody's");
    let (order_id, line_id) = (table.order.id, table.order.lines[0].id);
    let void = VoidLine { quantity: None, command_id: new_id(), order_id, line_id, reason: "error".into() };
    let voided = table.house.app.perform(&admin, void).await.unwrap();
    assert!(is_the_bill(&voided).lines.iter().all(|line| line.line_id != line_id));
    let away = MoveLines {
        pieces: Vec::new(),
        command_id: new_id(),
        from_order_id: order_id,
        to_order_id: new_id(),
        new_order: true,
        line_ids: vec![table.order.lines[1].id],
    };
    let moved = table.does(away).await;
    assert_eq!(is_the_bill(&moved.from).lines.len(), 2);
    assert_eq!(moved.to.division, None, "it comes without its shares");
    table.house.close().await;
}

async fn a_seat_pays_what_it_ordered(engine: Engine) {
    let table = Table::laid(engine).await;
    let at = |seat, code| {
        let line = table.house.line(code, 1);
        fastops_app::wire::NewLine { seat, ..line }
    };
    let lines = vec![at(Some(4), "307"), at(Some(2), "602"), at(None, "202")];
    let order = table.does(CreateOrder { lines, ..table.house.take_away(&[]) }).await;
    let seats = vec![2, 4];
    let request = DivideBill { order_id: order.id, seats, ..table.divide(2, Vec::new()) };
    let divided = table.does(request).await;
    let division = is_the_bill(&divided);
    assert_eq!(division.parts.iter().map(|part| part.seat).collect::<Vec<_>>(), [Some(2), Some(4)]);
    assert_eq!(
        division.lines.iter().map(|line| &line.weights[..]).collect::<Vec<_>>(),
        [[0, 1], [1, 0], [1, 1]]
    );
    let lines = vec![at(Some(4), "603")];
    let more = table.does(AddLines { command_id: new_id(), order_id: order.id, lines }).await;
    assert_eq!(is_the_bill(&more).lines[3].weights, [0, 1], "also what the seat orders later");
    table.house.close().await;
}

async fn each_part_comes_out_with_its_shares(engine: Engine) {
    let table = Table::laid(engine).await;
    let (house, order_id) = (&table.house, table.order.id);
    let printer_id = printer(house, &table.ana, "Bar").await;
    house
        .until(&table.ana, order_id, |order| order.tickets.iter().all(|ticket| ticket.settled_at.is_some()))
        .await;
    let before = house.printer("bar").slips().len();
    let shares = vec![table.share(0, &[1, 1, 0]), table.share(1, &[0, 1, 0]), table.share(2, &[1, 0, 0])];
    table.does(table.divide(3, shares)).await;
    let print = |part| PrintParts { command_id: new_id(), order_id, printer_id, part };
    let request = print(None);
    let printed = table.does(request.clone()).await;
    assert_eq!(
        printed.papers.iter().map(|one| (one.part, one.paper.copy)).collect::<Vec<_>>(),
        [(1, 0), (2, 0)]
    );
    let slips = house.printer("bar").wait_for_slips(before + 2, PATIENCE).await.unwrap();
    let (one, two) = (slips[before].text(), slips[before + 1].text());
    let (rice, soup, drink) =
        (&table.order.lines[0].name, &table.order.lines[1].name, &table.order.lines[2].name);
    for words in ["Parte 1 de 3", "1/2 de 34.000", "SU PARTE", "Toda la cuenta", rice, drink] {
        assert!(one.contains(words), "{words}: {one}");
    }
    assert!(!one.contains(soup.as_str()) && two.contains(soup.as_str()), "{one} {two}");
    assert!(two.contains("Parte 2 de 3") && two.contains("1/2 de 34.000"), "{two}");
    let again = table.does(request).await;
    let jobs = |papers: &[fastops_app::wire::PartPaper]| {
        papers.iter().map(|one| one.paper.job_id).collect::<Vec<_>>()
    };
    assert_eq!(jobs(&again.papers), jobs(&printed.papers), "P13: the same command prints nothing more");
    let second = table.does(print(Some(2))).await;
    assert_eq!((second.papers.len(), second.papers[0].part, second.papers[0].paper.copy), (1, 2, 1));
    let whole = table.does(PrintBill { command_id: new_id(), order_id, printer_id }).await;
    assert_eq!(whole.copy, 0, "the whole bill is another paper than its parts");
    let empty = house.refused(&table.ana, print(Some(3)), FailureCode::EmptyOrder).await;
    assert!(empty.message.starts_with("La parte 3"), "{}", empty.message);
    house.refused(&table.ana, print(Some(4)), FailureCode::UnknownLine).await;
    table.does(table.divide(1, Vec::new())).await;
    house.refused(&table.ana, print(None), FailureCode::UnknownLine).await;
    house
        .refused(&table.ana, PrintParts { order_id: new_id(), ..print(None) }, FailureCode::UnknownOrder)
        .await;
    table.house.close().await;
}

/// A combo is shared as one line, and each of its papers says what was chosen for it.
async fn the_part_of_a_combo_says_what_was_chosen_for_it(engine: Engine) {
    let bar = Bar::open(engine).await;
    let house = &bar.house;
    let lines = vec![bar.combo(EXECUTIVE, 2, &["201", "602"]), house.line("603", 1)];
    let order = bar.does(bar.order(lines)).await;
    let [combo, soup, .., dish] = &order.lines[..] else { panic!("{:?}", order.lines) };
    assert_eq!(soup.combo_line_id, Some(combo.id));
    let (order_id, line) =
        (order.id, |line_id, weights: &[u32]| LineShares { line_id, weights: weights.to_vec() });
    let shares = vec![line(combo.id, &[2, 1]), line(dish.id, &[0, 1])];
    let seats = Vec::new();
    let divided = bar.does(DivideBill { command_id: new_id(), order_id, parts: 2, seats, shares }).await;
    let division = is_the_bill(&divided);
    let of_combo = division.lines.iter().filter(|one| one.line_id != dish.id);
    assert!(
        of_combo.clone().count() > 1 && of_combo.clone().all(|one| one.weights == [2, 1]),
        "{division:?}"
    );
    let all_on_paper = |order: &OrderView| order.tickets.iter().all(|ticket| ticket.settled_at.is_some());
    house.until(&bar.ana, order_id, all_on_paper).await;
    let printer_id = printer(house, &bar.ana, "Bar").await;
    let before = house.printer("bar").slips().len();
    let printed = bar.does(PrintParts { command_id: new_id(), order_id, printer_id, part: None }).await;
    let told: Vec<_> = printed.papers.iter().map(|one| one.paper.part.clone().unwrap()).collect();
    assert_eq!(told.iter().map(|part| (part.number, part.of)).collect::<Vec<_>>(), [(1, 2), (2, 2)]);
    let slips = house.printer("bar").wait_for_slips(before + 2, PATIENCE).await.unwrap();
    let (one, two) = (slips[before].text(), slips[before + 1].text());
    for (paper, part, share) in [(&one, "Parte 1 de 2", "2/3 de"), (&two, "Parte 2 de 2", "1/3 de")] {
        for words in [part, share, &combo.name, &soup.name] {
            assert!(paper.contains(words), "{words}: {paper}");
        }
    }
    assert!(!one.contains(&dish.name) && two.contains(&dish.name), "{one} {two}");
    let whole = bar.does(PrintBill { command_id: new_id(), order_id, printer_id }).await;
    assert_eq!(whole.part, None);
    bar.house.close().await;
}

/// Among the papers in doubt, and among those that wait for somebody to act.
async fn a_part_that_needs_a_person_says_which_it_is(engine: Engine) {
    let table = Table::laid(engine).await;
    let (house, order_id) = (&table.house, table.order.id);
    let admin = house.sign_in("Camila").await;
    let all_on_paper = |order: &OrderView| order.tickets.iter().all(|ticket| ticket.settled_at.is_some());
    house.until(&table.ana, order_id, all_on_paper).await;
    table.does(table.divide(3, Vec::new())).await;
    let (kitchen, bar) =
        (printer(house, &table.ana, "Cocina").await, printer(house, &table.ana, "Bar").await);
    house.printer("cocina").reset_log();
    house.printer("cocina").set(Condition::ResetsLink { after_bytes: 200 });
    let print =
        |printer_id, part| PrintParts { command_id: new_id(), order_id, printer_id, part: Some(part) };
    let paper = table.does(print(kitchen, 2)).await.papers.remove(0).paper;
    let part = |number| Some(PaperPart { number, of: 3, seat: None });
    assert_eq!(paper.part, part(2));
    until(house, &table.ana, paper.job_id, &[JobState::Uncertain]).await;
    let doubts = table.does(GetUncertainPapers {}).await.papers;
    assert_eq!(
        doubts.iter().map(|one| (one.job_id, one.part.clone())).collect::<Vec<_>>(),
        [(paper.job_id, part(2))]
    );
    house.printer("bar").set(Condition::PaperOut);
    let paper = table.does(print(bar, 3)).await.papers.remove(0).paper;
    until(house, &table.ana, paper.job_id, &[JobState::Blocked]).await;
    let stuck = house.app.perform(&admin, ListStuckJobs {}).await.unwrap().jobs;
    let found = stuck.iter().find(|one| one.job_id == paper.job_id).unwrap();
    assert_eq!(found.part, part(3));
    table.house.close().await;
}

async fn a_bill_that_cannot_be_divided_so_is_refused(engine: Engine) {
    let table = Table::laid(engine).await;
    let (house, english) = (&table.house, Caller { language: Language::En, ..table.ana.clone() });
    let of = |line_id, weights: &[u32]| vec![LineShares { line_id, weights: weights.to_vec() }];
    let line = table.order.lines[0].id;
    let bounds = FailureCode::OutOfBounds;
    let cases = [
        (table.divide(0, Vec::new()), bounds, "El número de partes", "The number of parts"),
        (table.divide(31, Vec::new()), bounds, "El número de partes", "The number of parts"),
        (table.divide(2, of(line, &[1])), bounds, "El peso", "The weight"),
        (table.divide(2, of(line, &[1, 100])), bounds, "El peso", "The weight"),
        (
            table.divide(2, of(line, &[0, 0])),
            FailureCode::BadQuantity,
            "Nadie pagaría Arroz con pollo",
            "Nobody would pay for Arroz",
        ),
        (
            table.divide(2, [of(line, &[1, 0]), of(line, &[0, 1])].concat()),
            bounds,
            "El número de líneas",
            "The number of lines",
        ),
        (table.divide(2, of(new_id(), &[1, 1])), FailureCode::UnknownLine, "Esa línea", "That line"),
        (
            DivideBill { seats: vec![1], ..table.divide(2, Vec::new()) },
            bounds,
            "El número de asiento",
            "The seat",
        ),
        (
            DivideBill { order_id: new_id(), ..table.divide(2, Vec::new()) },
            FailureCode::UnknownOrder,
            "Ese pedido",
            "",
        ),
    ];
    for (request, code, es, en) in cases {
        for (who, says) in [(&table.ana, es), (&english, en)] {
            let request = DivideBill { command_id: new_id(), ..request.clone() };
            let refused = house.refused(who, request, code).await;
            assert!(refused.message.contains(says), "{says}: {}", refused.message);
        }
    }
    assert_eq!(table.now().await.division, None);
    let into = table.does(house.take_away(&[("603", 1)])).await;
    let merge = fastops_app::wire::MergeOrders {
        command_id: new_id(),
        from_order_id: table.order.id,
        to_order_id: into.id,
    };
    table.does(merge).await;
    house.refused(&table.ana, table.divide(2, Vec::new()), FailureCode::OrderClosed).await;
    table.house.close().await;
}

async fn two_terminals_divide_add_void_and_move_at_once(engine: Engine) {
    let table = Table::laid(engine).await;
    let (house, order_id) = (&table.house, table.order.id);
    let admin = house.sign_in("Camila").await;
    let other = table.does(house.take_away(&[("603", 1)])).await;
    let mut typed: BTreeSet<Uuid> =
        table.order.lines.iter().chain(&other.lines).map(|line| line.id).collect();
    for round in 0..6_usize {
        let shown = table.now().await;
        let live: Vec<Uuid> = shown.lines.iter().filter(|line| !line.voided).map(|line| line.id).collect();
        let weights = vec![1, u32::try_from(round).unwrap(), 0];
        let shares = live.iter().take(2).map(|line| LineShares { line_id: *line, weights: weights.clone() });
        let shares: Vec<_> = shares.collect();
        let lines = vec![house.line("602", 1), house.line("307", 1)];
        let new: Vec<Uuid> = lines.iter().map(|line| line.id).collect();
        let add = AddLines { command_id: new_id(), order_id, lines };
        let line_id = live[round % live.len()];
        let void =
            VoidLine { quantity: None, command_id: new_id(), order_id, line_id, reason: "error".into() };
        let go = MoveLines {
            pieces: Vec::new(),
            command_id: new_id(),
            from_order_id: order_id,
            to_order_id: other.id,
            new_order: false,
            line_ids: vec![live[0]],
        };
        let (divided, added, equal, moved, voided) = tokio::join!(
            house.app.perform(&table.ana, table.divide(3, shares)),
            house.app.perform(&admin, add),
            house.app.perform(&admin, table.divide(4, Vec::new())),
            house.app.perform(&table.ana, go),
            house.app.perform(&admin, void),
        );
        equal.unwrap();
        added.unwrap();
        typed.extend(new);
        if let Err(refused) = divided {
            assert_eq!(
                refused.code,
                FailureCode::UnknownLine,
                "one of its lines had gone: {}",
                refused.message
            );
        }
        drop((moved, voided));
        is_the_bill(&table.now().await);
    }
    let (here, there) = (table.now().await, house.order(&table.ana, other.id).await);
    let stand: Vec<Uuid> = here.lines.iter().chain(&there.lines).map(|line| line.id).collect();
    assert_eq!(stand.iter().copied().collect::<BTreeSet<_>>(), typed, "P11");
    assert_eq!(stand.len(), typed.len(), "no line stands in two orders");
    table.house.close().await;
}
