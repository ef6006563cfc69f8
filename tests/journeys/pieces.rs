//! Some units of a line: they are taken back or go elsewhere, and the others stay as they are. Nothing is added, nothing
//! lost (P11), nothing made twice (P3), and stock and money come out the same (P10, P12).

use super::combos::{Bar, EXECUTIVE};
use super::courses::{Room, held};
use super::moves::{Floor, merge};
use crate::house::{Engine, PATIENCE, new_id};
use fastops_app::wire::{
    FailureCode, GetMenu, LinePiece, LineView, ListKitchenTickets, MoveLines, NewLine, OrderStatus,
    OrderView, ReprintTicket, VoidLine,
};
use fastops_app::{Caller, Language};
use fastops_printer_sim::Condition;
use uuid::Uuid;

super::on_both_engines!(
    some_units_are_taken_back_on_paper,
    what_is_not_printed_says_what_is_left,
    as_many_as_there_are_is_all_of_it,
    some_units_go_to_another_table,
    one_of_three_is_a_bill_of_its_own,
    stock_comes_back_for_what_was_taken_back,
    some_combos_are_taken_back_whole,
    a_piece_of_what_was_fired_elsewhere_is_fired,
);

/// Three of them, where twelve are counted.
const DESSERT: &str = "805";

fn void(order: &OrderView, line: &LineView, quantity: i64) -> VoidLine {
    VoidLine {
        command_id: new_id(),
        order_id: order.id,
        line_id: line.id,
        quantity: Some(quantity),
        reason: "se pidieron de más".into(),
    }
}

fn go(from: &OrderView, to: Uuid, line: &LineView, quantity: i64) -> MoveLines {
    MoveLines {
        command_id: new_id(),
        from_order_id: from.id,
        to_order_id: to,
        new_order: false,
        line_ids: vec![line.id],
        pieces: vec![LinePiece { line_id: line.id, quantity }],
    }
}

/// How many there are of each line of a product, voided ones as fewer than none.
fn units(order: &OrderView, name: &str) -> Vec<i64> {
    let lines = order.lines.iter().filter(|line| line.name.contains(name));
    lines.map(|line| if line.voided { -line.quantity } else { line.quantity }).collect()
}

async fn left(floor: &Floor) -> Option<i64> {
    let menu = floor.does(GetMenu {}).await;
    menu.products.into_iter().find(|product| product.short_code == DESSERT).unwrap().remaining
}

async fn some_units_are_taken_back_on_paper(engine: Engine) {
    let floor = Floor::open(engine).await;
    let house = &floor.house;
    let luisa = house.sign_in("Luisa").await;
    let order = floor.printed(&floor.order(0, &[("307", 3), ("202", 1)]).await).await;
    let request = void(&order, &order.lines[0], 2);
    let after = house.app.perform(&luisa, request.clone()).await.unwrap();
    assert_eq!(house.app.perform(&luisa, request).await.unwrap().lines, after.lines, "P13");
    assert_eq!((units(&after, "Arroz"), units(&after, "Sancocho")), (vec![1, -2], vec![1]));
    let price = order.lines[0].total_minor / 3;
    assert_eq!(after.total_minor, order.total_minor - 2 * price);
    assert_eq!(after.net_minor + after.tax_minor, after.total_minor, "P10");
    let struck = after.lines.iter().find(|line| line.voided).unwrap();
    assert_eq!(struck.void.as_ref().unwrap().reason, "se pidieron de más");
    assert_eq!(after.lines[0].id, order.lines[0].id, "what stays is the line that it was");

    let kitchen = house.printer("cocina");
    let slips = kitchen.wait_for_slips(2, PATIENCE).await.unwrap();
    let told = slips[1].text();
    assert!(told.contains("ANULACIÓN") && told.contains("2 × Arroz con pollo"), "{told}");
    assert!(!told.contains("Sancocho"), "{told}");
    let station_id = house.station("cocina");
    let board = floor.does(ListKitchenTickets { station_id }).await;
    let lines = &board.tickets[0].lines;
    let lines: Vec<_> = lines.iter().map(|line| (line.quantity, line.voided)).collect();
    assert_eq!(lines, [(1, false), (2, true), (1, false)]);
    assert_eq!(board.tickets[0].item_count, 2);

    let again = ReprintTicket { command_id: new_id(), ticket_id: order.tickets[0].id };
    floor.does(again).await;
    let text = kitchen.wait_for_slips(3, PATIENCE).await.unwrap()[2].text();
    let row = |words: &str| text.lines().find(|row| row.contains(words)).unwrap_or_default().to_owned();
    assert!(!row("1 × Arroz con pollo").contains("ANULADO"), "{text}");
    assert!(text.contains("2 × Arroz con pollo"), "{text}");
    floor.house.close().await;
}

async fn what_is_not_printed_says_what_is_left(engine: Engine) {
    let floor = Floor::open(engine).await;
    let house = &floor.house;
    let luisa = house.sign_in("Luisa").await;
    house.printer("cocina").set(Condition::PaperOut);
    let order = floor.order(0, &[("307", 3), ("202", 1)]).await;
    let after = house.app.perform(&luisa, void(&order, &order.lines[0], 1)).await.unwrap();
    assert_eq!((units(&after, "Arroz"), after.tickets.len()), (vec![2, -1], 1));
    house.printer("cocina").set(Condition::Ready);
    floor.printed(&order).await;
    let slips = house.printer("cocina").slips();
    assert_eq!(slips.len(), 1, "one paper that is right, not two");
    let text = slips[0].text();
    assert!(text.contains("2 × Arroz con pollo") && !text.contains("1 × Arroz"), "{text}");
    floor.house.close().await;
}

async fn as_many_as_there_are_is_all_of_it(engine: Engine) {
    let floor = Floor::open(engine).await;
    let house = &floor.house;
    let luisa = house.sign_in("Luisa").await;
    let order = floor.order(0, &[("307", 3), ("602", 1)]).await;
    for (language, words) in [(Language::Es, "entre 1 y 3"), (Language::En, "from 1 to 3")] {
        let luisa = Caller { language, ..luisa.clone() };
        for quantity in [0, 4, -1, i64::MAX, i64::MIN] {
            let request = void(&order, &order.lines[0], quantity);
            let failure = house.refused(&luisa, request, FailureCode::BadQuantity).await;
            assert!(failure.message.contains(words), "{}", failure.message);
        }
    }
    let other = floor.order(1, &[("602", 1)]).await;
    let strange = MoveLines {
        pieces: vec![LinePiece { line_id: order.lines[1].id, quantity: 1 }],
        ..go(&order, other.id, &order.lines[0], 3)
    };
    house.refused(&floor.ana, strange, FailureCode::UnknownLine).await;
    let twice = LinePiece { line_id: order.lines[0].id, quantity: 1 };
    let twice = MoveLines { pieces: vec![twice.clone(), twice], ..go(&order, other.id, &order.lines[0], 3) };
    house.refused(&floor.ana, twice, FailureCode::OutOfBounds).await;
    let after = house.app.perform(&luisa, void(&order, &order.lines[0], 3)).await.unwrap();
    assert_eq!(units(&after, "Arroz"), [-3], "no piece is made");
    let again = void(&order, &order.lines[0], 1);
    house.refused(&luisa, again, FailureCode::LineAlreadyVoided).await;
    assert_eq!(house.order(&floor.ana, order.id).await.lines.len(), 2, "what was refused changed nothing");
    floor.house.close().await;
}

async fn some_units_go_to_another_table(engine: Engine) {
    let floor = Floor::open(engine).await;
    let house = &floor.house;
    let luisa = house.sign_in("Luisa").await;
    let from = floor.printed(&floor.order(0, &[("307", 3)]).await).await;
    let to = floor.order(1, &[("602", 1)]).await;
    let sum = from.total_minor + to.total_minor;
    let request = go(&from, to.id, &from.lines[0], 1);
    let after = floor.does(request.clone()).await;
    assert_eq!(floor.does(request).await.to.lines, after.to.lines, "P13");
    assert_eq!((units(&after.from, "Arroz"), units(&after.to, "Arroz")), (vec![2], vec![1]));
    assert_eq!(after.from.total_minor + after.to.total_minor, sum, "P11");
    let kitchen = house.printer("cocina");
    let slip = &kitchen.wait_for_slips(2, PATIENCE).await.unwrap()[1];
    assert!(slip.contains("CAMBIO DE MESA") && slip.contains("1 Arroz con pollo"), "{}", slip.text());
    let moved = after.to.lines.iter().find(|line| line.name.contains("Arroz")).unwrap().clone();
    assert_eq!(moved.ticket_id, after.from.lines[0].ticket_id, "one paper told of both");

    // It goes on to a third, in pieces, and is taken back there by the number that its cook knows.
    let third = floor.order(2, &[("307", 2)]).await;
    let two = &floor.printed(&third).await.lines[0].clone();
    let after = floor.does(go(&third, to.id, two, 1)).await;
    assert_eq!(units(&after.to, "Arroz"), [1, 1]);
    let after = house.app.perform(&luisa, void(&after.to, &moved, 1)).await.unwrap();
    assert_eq!(units(&after, "Arroz").iter().sum::<i64>(), 0, "one stays, one is struck");
    let slip = house.papers_of("cocina", from.tickets[0].number);
    assert_eq!(slip.len(), 1, "the first paper is not printed again");
    let joined = floor.does(merge(&house.order(&floor.ana, from.id).await, &after)).await;
    assert_eq!((joined.from.status, units(&joined.to, "Arroz").len()), (OrderStatus::Merged, 3));
    floor.house.close().await;
}

async fn one_of_three_is_a_bill_of_its_own(engine: Engine) {
    let floor = Floor::open(engine).await;
    let order = floor.order(0, &[("602", 3)]).await;
    let request = MoveLines { new_order: true, ..go(&order, new_id(), &order.lines[0], 1) };
    let after = floor.does(request).await;
    assert_eq!((units(&after.from, "Limonada"), units(&after.to, "Limonada")), (vec![2], vec![1]));
    assert_eq!(after.from.total_minor + after.to.total_minor, order.total_minor);
    let all = MoveLines { new_order: true, ..go(&after.from, new_id(), &after.from.lines[0], 2) };
    floor.house.refused(&floor.ana, all, FailureCode::OutOfBounds).await;
    floor.house.close().await;
}

/// P12: what is taken back and was not made can be sold again, unit by unit, wherever it stands.
async fn stock_comes_back_for_what_was_taken_back(engine: Engine) {
    let floor = Floor::open(engine).await;
    let house = &floor.house;
    let luisa = house.sign_in("Luisa").await;
    house.printer("postres").set(Condition::PaperOut);
    let order = floor.order(0, &[(DESSERT, 5)]).await;
    assert_eq!(left(&floor).await, Some(7));
    let after = house.app.perform(&luisa, void(&order, &order.lines[0], 2)).await.unwrap();
    assert_eq!(left(&floor).await, Some(9));
    let other = floor.order(1, &[("602", 1)]).await;
    let after = floor.does(go(&after, other.id, &after.lines[0], 1)).await;
    assert_eq!(left(&floor).await, Some(9), "what goes to another table is sold as before");
    let moved = after.to.lines.iter().find(|line| line.name.contains("Cuajada")).unwrap();
    house.app.perform(&luisa, void(&after.to, moved, 1)).await.unwrap();
    assert_eq!(left(&floor).await, Some(10));
    house.app.perform(&luisa, void(&after.from, &after.from.lines[0], 2)).await.unwrap();
    assert_eq!(left(&floor).await, Some(12), "nothing is lost on the way");
    floor.house.close().await;
}

async fn some_combos_are_taken_back_whole(engine: Engine) {
    let bar = Bar::open(engine).await;
    let house = &bar.house;
    let luisa = house.sign_in("Luisa").await;
    let order = bar.does(bar.order(vec![bar.combo(EXECUTIVE, 3, &["201", "602"])])).await;
    let after = house.app.perform(&luisa, void(&order, &order.lines[0], 1)).await.unwrap();
    for name in ["Combo ejecutivo", "Ajiaco", "Limonada"] {
        assert_eq!(units(&after, name), [2, -1], "{name}");
    }
    assert_eq!(after.total_minor * 3, order.total_minor * 2, "P10");
    let pieces: Vec<_> = after.lines.iter().filter(|line| line.voided).collect();
    let combo = pieces.iter().find(|line| line.combo_line_id.is_none()).unwrap();
    assert!(pieces.iter().all(|line| line.id == combo.id || line.combo_line_id == Some(combo.id)));
    let part = after.lines.iter().find(|line| line.combo_line_id.is_some() && !line.voided).unwrap();
    house.refused(&luisa, void(&after, part, 1), FailureCode::MustKeep).await;
    bar.house.close().await;
}

/// A line that was held, and fired at another table than where it is taken apart.
async fn a_piece_of_what_was_fired_elsewhere_is_fired(engine: Engine) {
    let room = Room::open(engine).await;
    let three = NewLine { quantity: 3, ..held(&room.house, "307", 2) };
    let first = room.does(room.at(0, vec![room.house.line("602", 1), three])).await;
    let other = room.does(room.at(1, vec![room.house.line("602", 1)])).await;
    let line = first.lines.iter().find(|line| line.name.contains("Arroz")).unwrap().clone();
    // One that still waits goes, and waits there.
    let after = room.does(go(&first, other.id, &line, 1)).await;
    let waits = |order: &OrderView| {
        let lines = order.lines.iter().filter(|line| line.name.contains("Arroz"));
        let mut found: Vec<_> = lines.map(|line| (line.quantity, line.ticket_id.is_none())).collect();
        found.sort_unstable();
        found
    };
    assert_eq!((waits(&after.from), waits(&after.to)), (vec![(2, true)], vec![(1, true)]));
    room.fire(first.id, 2).await;
    let fired = room.house.order(&room.ana, first.id).await;
    let line = fired.lines.iter().find(|line| line.name.contains("Arroz")).unwrap().clone();
    let whole = MoveLines { pieces: Vec::new(), ..go(&fired, other.id, &line, 2) };
    let there = room.does(whole).await.to;
    let line = there.lines.iter().find(|line| line.quantity == 2).unwrap().clone();
    let third = room.does(room.at(2, vec![room.house.line("602", 1)])).await;
    let after = room.does(go(&there, third.id, &line, 1)).await;
    assert_eq!(waits(&after.to), [(1, false)], "it is made already");
    assert_eq!(waits(&after.from), [(1, false), (1, true)]);
    room.house.close().await;
}
