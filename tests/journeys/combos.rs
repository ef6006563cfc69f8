//! Combos: one price, as many lines as there are things in it, each made and taken out of stock for itself (P1, P12);
//! and what belongs together is voided, moved and fired together (P11).

use crate::house::{Engine, House, PATIENCE, new_id};
use crate::laws::questions::{VOIDS, count};
use fastops_app::wire::{
    AddLines, ComboChoiceView, ComboPart, ComboSlotView, CourseState, CreateOrder, Failure, FailureCode,
    FireCourse, GetMenu, GetMenuSetup, GetTillPrinters, JobState, LineView, ListKitchenTickets, MergeOrders,
    MoveLines, NewLine, OrderView, PrintBill, ProductView, QuoteLines, RemovePriceList, SetAvailability,
    TicketKind, VoidLine,
};
use fastops_app::{COMMANDS, Caller, Language};
use fastops_domain::ids::ProductId;
use fastops_domain::stock::Item;
use fastops_printer_sim::Condition;
use fastops_store::{StoreError, company, stock};
use uuid::Uuid;

super::on_both_engines!(
    a_combo_is_one_price_and_a_ticket_for_each_station,
    a_combo_is_voided_whole,
    a_combo_that_waits_leaves_no_paper,
    each_part_takes_its_own_stock_once,
    what_is_chosen_twice_is_made_paid_and_counted_twice,
    a_combo_costs_what_its_price_list_says_and_its_surcharges_stay,
    one_variant_of_a_product_is_a_choice_of_its_own,
    what_ran_out_cannot_be_chosen,
    a_combo_goes_whole_to_another_order,
    a_held_combo_is_fired_whole,
    what_makes_no_combo_is_refused_by_name,
);

pub(super) const EXECUTIVE: &str = "310";
const GRILLED: &str = "311";

pub(super) struct Bar {
    pub(super) house: House,
    pub(super) ana: Caller,
    luisa: Caller,
}

impl Bar {
    pub(super) async fn open(engine: Engine) -> Self {
        let house = House::open(engine).await;
        let (ana, luisa) = (house.sign_in("Ana").await, house.sign_in("Luisa").await);
        Self { house, ana, luisa }
    }

    /// A combo with these products in its slots, in order.
    pub(super) fn combo(&self, code: &str, quantity: i64, chosen: &[&str]) -> NewLine {
        let line = self.house.line(code, quantity);
        let slots = &self.house.product(code).slots;
        let part =
            |(slot, code): (&ComboSlotView, &&str)| self.house.part(slot.id, self.house.product(code).id);
        NewLine { parts: slots.iter().zip(chosen).map(part).collect(), ..line }
    }

    pub(super) fn order(&self, lines: Vec<NewLine>) -> CreateOrder {
        CreateOrder { lines, ..self.house.take_away(&[]) }
    }

    pub(super) async fn does<C: fastops_app::Command>(&self, request: C) -> C::Answer {
        self.house.app.perform(&self.ana, request).await.unwrap()
    }

    async fn voids(&self, order: &OrderView, line: Uuid) -> OrderView {
        self.house.app.perform(&self.luisa, void(order, line)).await.unwrap()
    }

    async fn printed(&self, order: &OrderView) -> OrderView {
        let settled = |job| matches!(job, JobState::Printed | JobState::Cancelled);
        let all = |order: &OrderView| order.tickets.iter().all(|ticket| settled(ticket.job));
        self.house.until(&self.ana, order.id, all).await
    }

    pub(super) async fn product(&self, code: &str) -> ProductView {
        let menu = self.does(GetMenu {}).await;
        menu.products.into_iter().find(|product| product.short_code == code).unwrap()
    }

    /// Refused in both languages, and each sentence has these words.
    pub(super) async fn refused<C>(&self, caller: &Caller, request: C, code: FailureCode, words: &[&str])
    where
        C: fastops_app::Command + Clone,
        C::Answer: std::fmt::Debug,
    {
        for language in [Language::Es, Language::En] {
            let caller = Caller { language, ..caller.clone() };
            let Failure { message, .. } = self.house.refused(&caller, request.clone(), code).await;
            assert!(words.iter().all(|word| message.contains(word)), "{message}");
        }
    }

    /// How much of a product lies on the shelf.
    async fn on_hand(&self, code: &str) -> i64 {
        let item = Item::product(ProductId(self.house.product(code).id));
        let store = self.house.app.store_for_faults();
        let read = store.read::<_, StoreError, _>(move |tx| {
            Box::pin(async move {
                let location = company::first_branch(tx).await?.unwrap().1.default_location;
                let level = stock::level(tx, location, item).await?.unwrap();
                assert_eq!(level.on_hand, stock::sum_of_moves(tx, location, item).await?);
                Ok(level.on_hand.0)
            })
        });
        read.await.unwrap()
    }
}

fn void(order: &OrderView, line_id: Uuid) -> VoidLine {
    VoidLine {
        quantity: None,
        command_id: new_id(),
        order_id: order.id,
        line_id,
        reason: "se devolvió".into(),
    }
}

fn line<'o>(order: &'o OrderView, name: &str) -> &'o LineView {
    order.lines.iter().find(|line| line.name.starts_with(name)).unwrap()
}

fn total(order: &OrderView) -> i64 {
    order.lines.iter().map(|line| line.total_minor).sum()
}

async fn a_combo_is_one_price_and_a_ticket_for_each_station(engine: Engine) {
    let bar = Bar::open(engine).await;
    let house = &bar.house;
    let combo = NewLine {
        note: Some("para compartir".into()),
        allergy: Some("maní".into()),
        ..bar.combo(EXECUTIVE, 2, &["201", "602"])
    };
    let quote = bar.does(QuoteLines { order_id: None, lines: vec![combo.clone()] }).await;
    let request = bar.order(vec![combo, house.line("801", 1)]);
    let order = bar.does(request.clone()).await;
    assert_eq!(bar.does(request).await.lines, order.lines, "sent again, it is the same (P13)");
    let (whole, soup, drink) =
        (line(&order, "Combo ejecutivo"), line(&order, "Ajiaco"), line(&order, "Limonada de coco"));
    assert_eq!(whole.total_minor, 2 * 4_200_000);
    assert_eq!((soup.total_minor, drink.total_minor), (0, 2 * 450_000), "what it adds to the price");
    assert_eq!(quote.total_minor, whole.total_minor + drink.total_minor);
    assert_eq!(order.total_minor, total(&order), "P10");
    assert_eq!(order.net_minor + order.tax_minor, order.total_minor);
    for part in [soup, drink] {
        assert_eq!((part.combo_line_id, part.quantity), (Some(whole.id), 2));
        assert_eq!((part.note.as_deref(), part.allergy.as_deref()), (Some("para compartir"), Some("maní")));
    }
    assert_eq!((whole.combo_line_id, whole.ticket_id), (None, None), "nobody makes the combo itself");
    assert_eq!(order.tickets.len(), 3);

    bar.printed(&order).await;
    let kitchen = &house.printer("cocina").slips()[0];
    let text = kitchen.text();
    assert!(text.contains("2 × Ajiaco") && text.contains("(Combo ejecutivo)"), "{text}");
    assert!(text.contains("maní") && !text.contains("Limonada"), "{text}");
    let counter = house.printer("bar").slips()[0].text();
    assert!(counter.contains("2 × Limonada de coco") && counter.contains("(Combo ejecutivo)"), "{counter}");
    let cook = house.sign_in("Cocina").await;
    let station_id = house.station("cocina");
    let board = house.app.perform(&cook, ListKitchenTickets { station_id }).await.unwrap();
    assert_eq!(board.tickets[0].lines[0].combo.as_deref(), Some("Combo ejecutivo"));

    let printer_id = kitchen_printer(&bar).await;
    let bill = PrintBill { command_id: new_id(), order_id: order.id, printer_id };
    house.app.perform(&bar.luisa, bill).await.unwrap();
    let slips = house.printer("cocina").wait_for_slips(2, PATIENCE).await.unwrap();
    let text = slips[1].text();
    let after =
        |what: &str| text.lines().find(|row| row.contains(what)).map(str::trim_end).unwrap().to_owned();
    assert!(after("2 × Combo ejecutivo").ends_with("84.000"), "{text}");
    assert!(after("- Ajiaco").ends_with("Ajiaco santafereño"), "what is in the price costs nothing: {text}");
    assert!(after("- Limonada de coco").ends_with("9.000"), "{text}");
    bar.house.close().await;
}

/// The kitchen's printer, which can print anything.
async fn kitchen_printer(bar: &Bar) -> Uuid {
    let till = bar.does(GetTillPrinters {}).await;
    till.printers.iter().find(|printer| printer.name == "Cocina").unwrap().id
}

/// P11: one act, one reason, and a part alone stays where it is.
async fn a_combo_is_voided_whole(engine: Engine) {
    let bar = Bar::open(engine).await;
    let house = &bar.house;
    let lines = vec![bar.combo(GRILLED, 1, &["404", "602", "806"]), house.line("307", 1)];
    let order = bar.printed(&bar.does(bar.order(lines)).await).await;
    let (whole, meat) = (line(&order, "Combo parrilla").id, line(&order, "Lomo").id);
    let words = ["Lomo de cerdo", "Combo parrilla"];
    bar.refused(&bar.luisa, void(&order, meat), FailureCode::MustKeep, &words).await;
    let request = void(&order, whole);
    let asked = || {
        let stats = house.app.command_stats();
        stats.iter().find(|stats| stats.name == "void_line").unwrap().statements
    };
    let before = asked();
    let mut after = house.app.perform(&bar.luisa, request.clone()).await.unwrap();
    let limit = COMMANDS.iter().find(|command| command.name == "void_line").unwrap().statements;
    assert!(asked() - before <= u64::from(limit), "{} statements for three stations", asked() - before);
    for _ in 0..2 {
        let gone: Vec<bool> = after.lines.iter().map(|line| line.voided).collect();
        assert_eq!(gone, [true, true, true, true, false]);
        assert_eq!(after.total_minor, line(&order, "Arroz con pollo").total_minor);
        let voids = after.tickets.iter().filter(|ticket| ticket.kind == TicketKind::Void).count();
        assert_eq!(voids, 3, "one for each station");
        after = house.app.perform(&bar.luisa, request.clone()).await.unwrap();
    }
    assert_eq!(count(&house.app.store_for_faults(), VOIDS).await, 1, "one act in the audit");
    let again = void(&order, whole);
    house.refused(&bar.luisa, again, FailureCode::LineAlreadyVoided).await;
    let slips = house.printer("bar").wait_for_slips(2, PATIENCE).await.unwrap();
    assert!(slips[1].contains("ANULACIÓN") && slips[1].contains("Limonada de coco"), "{}", slips[1].text());
    let slips = house.printer("cocina").wait_for_slips(2, PATIENCE).await.unwrap();
    assert!(
        slips[1].contains("Lomo de cerdo") && !slips[1].contains("Arroz con pollo"),
        "{}",
        slips[1].text()
    );
    bar.house.close().await;
}

/// P6: what is not on paper leaves its ticket; a ticket with nothing left never prints.
async fn a_combo_that_waits_leaves_no_paper(engine: Engine) {
    let bar = Bar::open(engine).await;
    let house = &bar.house;
    for station in ["cocina", "bar"] {
        house.printer(station).set(Condition::PaperOut);
    }
    let lines = vec![bar.combo(EXECUTIVE, 1, &["307", "606"]), house.line("202", 1)];
    let order = bar.does(bar.order(lines)).await;
    let after = bar.voids(&order, order.lines[0].id).await;
    assert_eq!(after.tickets.len(), 2, "{:#?}", after.tickets);
    for station in ["cocina", "bar"] {
        house.printer(station).set(Condition::Ready);
    }
    bar.printed(&order).await;
    let slips = house.printer("cocina").slips();
    assert!(slips.len() == 1 && slips[0].contains("Sancocho") && !slips[0].contains("Arroz con pollo"));
    assert!(house.printer("bar").slips().is_empty());
    bar.house.close().await;
}

async fn each_part_takes_its_own_stock_once(engine: Engine) {
    let bar = Bar::open(engine).await;
    let before = bar.on_hand("605").await;
    let request = bar.order(vec![bar.combo(EXECUTIVE, 3, &["307", "605"])]);
    for _ in 0..2 {
        bar.does(request.clone()).await;
        assert_eq!(bar.on_hand("605").await, before - 3_000, "a command sent twice moves once (P12)");
    }
    let order = bar.printed(&bar.house.order(&bar.ana, request.order_id).await).await;
    bar.voids(&order, order.lines[0].id).await;
    assert_eq!(bar.on_hand("605").await, before - 3_000, "what may be made is thrown away, not put back");

    bar.house.printer("bar").set(Condition::PaperOut);
    let order = bar.does(bar.order(vec![bar.combo(EXECUTIVE, 2, &["307", "605"])])).await;
    assert_eq!(bar.on_hand("605").await, before - 5_000);
    bar.voids(&order, order.lines[0].id).await;
    assert_eq!(bar.on_hand("605").await, before - 3_000, "what nobody was told of is sold again");

    let all = bar.on_hand("605").await / 1_000;
    let too_many = bar.order(vec![bar.combo(EXECUTIVE, all + 1, &["307", "605"])]);
    bar.refused(&bar.ana, too_many, FailureCode::SoldOut, &["Gaseosa"]).await;
    assert_eq!(bar.on_hand("605").await, before - 3_000);
    bar.house.close().await;
}

/// The executive combo with another way to choose the drink.
async fn with_drink(bar: &Bar, change: impl FnOnce(&mut ComboSlotView)) -> Uuid {
    let jorge = bar.house.sign_in("Jorge").await;
    let setup = bar.house.app.perform(&jorge, GetMenuSetup {}).await.unwrap();
    let mut combo = setup.products.into_iter().find(|product| product.short_code == EXECUTIVE).unwrap();
    let drink = &mut combo.slots.as_mut().unwrap()[1];
    change(drink);
    let slot = drink.id;
    let saved = bar.house.app.perform(&jorge, super::menu_setup::save(combo.clone())).await.unwrap();
    assert_eq!(saved.slots, combo.slots);
    slot
}

/// P10, P11, P12: each choice is a line of its own, with its surcharge and its own move of stock.
async fn what_is_chosen_twice_is_made_paid_and_counted_twice(engine: Engine) {
    let bar = Bar::open(engine).await;
    let (house, soda) = (&bar.house, bar.house.product("605").id);
    let combo = |slot: Uuid, drinks: usize| {
        let mut line = bar.combo(EXECUTIVE, 3, &["307"]);
        line.parts.extend((0..drinks).map(|_| house.part(slot, soda)));
        bar.order(vec![line])
    };
    let once = with_drink(&bar, |slot| (slot.min, slot.max) = (1, 2)).await;
    bar.refused(&bar.ana, combo(once, 2), FailureCode::BadModifier, &["Combo ejecutivo"]).await;
    let slot = with_drink(&bar, |slot| {
        (slot.min, slot.max, slot.repeats) = (2, 2, true);
        slot.choices.retain(|choice| choice.product_id == soda);
        slot.choices[0].price_minor = 50_000;
    })
    .await;
    assert!(!bar.product(EXECUTIVE).await.sold_out, "one thing is enough where it may be chosen again");
    for (drinks, code) in [(1, FailureCode::ModifierMissing), (3, FailureCode::BadModifier)] {
        bar.refused(&bar.ana, combo(slot, drinks), code, &["Bebida"]).await;
    }
    let before = bar.on_hand("605").await;
    let request = combo(slot, 2);
    let quote = bar.does(QuoteLines { order_id: None, lines: request.lines.clone() }).await;
    for _ in 0..2 {
        let order = bar.does(request.clone()).await;
        assert_eq!(order.lines.len(), 4, "the combo, a plate and two drinks (P11)");
        assert_eq!(order.total_minor, 3 * (4_200_000 + 2 * 50_000));
        assert_eq!((order.total_minor, total(&order)), (quote.total_minor, order.total_minor), "P10");
        assert_eq!(bar.on_hand("605").await, before - 6_000, "three combos with two each, once (P12)");
    }
    let order = bar.printed(&house.order(&bar.ana, request.order_id).await).await;
    let slip = house.printer("bar").slips()[0].text();
    assert_eq!(slip.matches("3 × Gaseosa").count(), 2, "{slip}");
    let after = bar.voids(&order, order.lines[0].id).await;
    assert!(after.lines.iter().all(|line| line.voided), "and both are taken back with it");

    let all = before / 1_000;
    let mut most = combo(slot, 2);
    most.lines[0].quantity = all / 2 + 1;
    bar.refused(&bar.ana, most, FailureCode::SoldOut, &["Gaseosa"]).await;
    bar.house.close().await;
}

/// A list says what the combo costs; what a choice adds is the combo's own, whatever a list says of the choice.
async fn a_combo_costs_what_its_price_list_says_and_its_surcharges_stay(engine: Engine) {
    let bar = Bar::open(engine).await;
    let (house, jorge) = (&bar.house, bar.house.sign_in("Jorge").await);
    let ids = [EXECUTIVE, "602", "201"].map(|code| house.product(code).id);
    let list = super::price_lists::list("Semana", &[(ids[0], 3_000_000), (ids[1], 100), (ids[2], 9_900_000)]);
    house.app.perform(&jorge, list.clone()).await.unwrap();
    assert_eq!(bar.product(EXECUTIVE).await.price_minor, 3_000_000);
    let lines = vec![bar.combo(EXECUTIVE, 2, &["201", "602"]), house.line("602", 1)];
    let quote = bar.does(QuoteLines { order_id: None, lines: lines.clone() }).await;
    let order = bar.does(bar.order(lines)).await;
    let minor = |name| line(&order, name).total_minor;
    assert_eq!((minor("Combo"), minor("Ajiaco")), (2 * 3_000_000, 0));
    let drinks: Vec<i64> = order
        .lines
        .iter()
        .filter(|one| one.name.starts_with("Limonada"))
        .map(|one| one.total_minor)
        .collect();
    assert_eq!(drinks, [2 * 450_000, 100], "the surcharge, and by itself the list's price");
    assert_eq!((order.total_minor, quote.total_minor), (total(&order), order.total_minor), "P10");
    let reason = quote.lines[0].reason.as_ref().unwrap();
    assert_eq!((reason.list.as_str(), reason.ordinary_minor), ("Semana", 2 * 4_200_000));
    let told: Vec<bool> = quote.lines.iter().map(|one| one.reason.is_some()).collect();
    assert_eq!(told, [true, false, false, true], "no list says what a choice adds");

    let gone = RemovePriceList { command_id: new_id(), list_id: list.list_id };
    house.app.perform(&jorge, gone).await.unwrap();
    let after = bar.does(bar.order(vec![bar.combo(EXECUTIVE, 1, &["201", "602"])])).await;
    assert_eq!(
        (after.total_minor, house.order(&bar.ana, order.id).await.total_minor),
        (4_650_000, order.total_minor)
    );
    bar.house.close().await;
}

async fn one_variant_of_a_product_is_a_choice_of_its_own(engine: Engine) {
    let bar = Bar::open(engine).await;
    let dressed = super::variants::dress(&bar.house, "602").await;
    let (lemonade, red) = (bar.house.product("602").id, dressed.red.0);
    let slot = with_drink(&bar, |slot| {
        let choice =
            |variant_id, price_minor| ComboChoiceView { product_id: lemonade, variant_id, price_minor };
        slot.choices = vec![choice(Some(red), 20_000)];
    })
    .await;
    let combo = |variant_id| {
        let mut line = bar.combo(EXECUTIVE, 1, &["307"]);
        line.parts.push(ComboPart { variant_id, ..bar.house.part(slot, lemonade) });
        bar.order(vec![line])
    };
    let other = bar.product("602").await.variants.iter().find(|one| one.id != red).unwrap().id;
    for wrong in [None, Some(other)] {
        bar.refused(&bar.ana, combo(wrong), FailureCode::BadModifier, &["Combo ejecutivo"]).await;
    }
    let order = bar.does(combo(Some(red))).await;
    let drink = line(&order, "Limonada de coco · Rojo Mediano");
    assert_eq!((drink.total_minor, order.total_minor), (20_000, 4_220_000), "not the variant's own price");
    bar.house.close().await;
}

/// A choice that ran out is refused by its name, and a combo of which too little is left cannot be pressed.
async fn what_ran_out_cannot_be_chosen(engine: Engine) {
    let bar = Bar::open(engine).await;
    let cook = bar.house.sign_in("Cocina").await;
    let sold_out = |code: &str| {
        let product_id = bar.house.product(code).id;
        SetAvailability { command_id: new_id(), product_id, units: Some(0), stays: false }
    };
    for code in ["606", "605", "601"] {
        bar.house.app.perform(&cook, sold_out(code)).await.unwrap();
        assert!(!bar.product(EXECUTIVE).await.sold_out, "{code}");
    }
    let order = bar.order(vec![bar.combo(EXECUTIVE, 1, &["307", "606"])]);
    bar.refused(&bar.ana, order, FailureCode::SoldOut, &["Agua sin gas"]).await;
    bar.does(bar.order(vec![bar.combo(EXECUTIVE, 1, &["307", "602"])])).await;
    bar.house.app.perform(&cook, sold_out("602")).await.unwrap();
    assert!(bar.product(EXECUTIVE).await.sold_out, "there is no drink left");
    assert!(!bar.product(GRILLED).await.sold_out);
    bar.house.close().await;
}

async fn a_combo_goes_whole_to_another_order(engine: Engine) {
    let bar = Bar::open(engine).await;
    let house = &bar.house;
    let lines = vec![bar.combo(EXECUTIVE, 1, &["201", "602"]), house.line("307", 1)];
    let order = bar.does(bar.order(lines)).await;
    let (whole, drink) = (line(&order, "Combo").id, line(&order, "Limonada").id);
    let apart = |line_ids| MoveLines {
        pieces: Vec::new(),
        command_id: new_id(),
        from_order_id: order.id,
        to_order_id: new_id(),
        new_order: true,
        line_ids,
    };
    let words = ["Limonada de coco", "Combo ejecutivo"];
    bar.refused(&bar.ana, apart(vec![drink]), FailureCode::MustKeep, &words).await;
    let all = order.lines.iter().filter(|line| line.combo_line_id.is_none()).map(|line| line.id).collect();
    house.refused(&bar.ana, apart(all), FailureCode::OutOfBounds).await;

    let moved = bar.does(apart(vec![whole])).await;
    assert_eq!((moved.from.lines.len(), moved.to.lines.len()), (1, 3));
    assert_eq!(moved.from.total_minor + moved.to.total_minor, order.total_minor, "P10");
    assert!(moved.to.lines.iter().all(|line| line.id == whole || line.combo_line_id == Some(whole)));
    let (from, to) = (moved.to.id, order.id);
    let back = bar.does(MergeOrders { command_id: new_id(), from_order_id: from, to_order_id: to }).await;
    assert_eq!((back.to.lines.len(), back.to.total_minor), (4, order.total_minor));
    let after = bar.voids(&back.to, whole).await;
    assert_eq!(after.lines.iter().filter(|line| line.voided).count(), 3);
    bar.house.close().await;
}

async fn a_held_combo_is_fired_whole(engine: Engine) {
    let bar = Bar::open(engine).await;
    let house = &bar.house;
    let held = NewLine { course: 2, held: true, ..bar.combo(EXECUTIVE, 1, &["307", "606"]) };
    let order = bar.does(bar.order(vec![held, house.line("202", 1)])).await;
    assert_eq!(order.tickets.len(), 1);
    assert!(order.lines.iter().filter(|line| line.course == 2).all(|line| line.held), "{:#?}", order.lines);
    let cook = house.sign_in("Cocina").await;
    let station_id = house.station("cocina");
    let board = house.app.perform(&cook, ListKitchenTickets { station_id }).await.unwrap();
    assert_eq!(board.held[0].lines[0].combo.as_deref(), Some("Combo ejecutivo"));
    let fired = bar.does(FireCourse { command_id: new_id(), order_id: order.id, course: 2 }).await;
    assert!(fired.lines.iter().all(|line| !line.held) && fired.tickets.len() == 3);
    assert_eq!(fired.courses[1].state, CourseState::Fired);
    bar.printed(&fired).await;
    let slips = house.printer("cocina").wait_for_slips(2, PATIENCE).await.unwrap();
    assert!(slips.iter().any(|slip| slip.contains("(Combo ejecutivo)")));
    bar.house.close().await;
}

async fn what_makes_no_combo_is_refused_by_name(engine: Engine) {
    let bar = Bar::open(engine).await;
    let house = &bar.house;
    let whole = bar.combo(EXECUTIVE, 1, &["201", "602"]);
    let [soup, drink] = &whole.parts[..] else { panic!("{:?}", whole.parts) };
    let other = ComboPart { id: new_id(), ..bar.combo(EXECUTIVE, 1, &["307"]).parts[0].clone() };
    let stranger = house.part(drink.slot_id, house.product("801").id);
    let unasked = ComboPart { modifier_ids: Vec::new(), ..soup.clone() };
    let nowhere = ComboPart { id: new_id(), slot_id: new_id(), ..drink.clone() };
    let twice = ComboPart { id: soup.id, ..drink.clone() };
    let cases: [(Vec<ComboPart>, FailureCode, &[&str]); 8] = [
        (vec![], FailureCode::ModifierMissing, &["Combo ejecutivo", "Plato"]),
        (vec![soup.clone()], FailureCode::ModifierMissing, &["Combo ejecutivo", "Bebida"]),
        (vec![soup.clone(), other, drink.clone()], FailureCode::BadModifier, &["Combo ejecutivo", "Plato"]),
        (vec![soup.clone(), stranger], FailureCode::BadModifier, &["Combo ejecutivo"]),
        (vec![soup.clone(), drink.clone(), nowhere], FailureCode::BadModifier, &["Combo ejecutivo"]),
        (vec![soup.clone(), drink.clone(), drink.clone()], FailureCode::BadModifier, &["Combo ejecutivo"]),
        (vec![unasked, drink.clone()], FailureCode::ModifierMissing, &["Ajiaco", "Porción"]),
        (vec![soup.clone(), twice], FailureCode::IdTaken, &[]),
    ];
    for (parts, code, words) in cases {
        let order = bar.order(vec![NewLine { parts, ..whole.clone() }]);
        bar.refused(&bar.ana, order, code, words).await;
    }
    let plain = NewLine { parts: whole.parts.clone(), ..house.line("307", 1) };
    bar.refused(&bar.ana, bar.order(vec![plain]), FailureCode::BadModifier, &["Arroz con pollo"]).await;
    let order = bar.does(bar.order(vec![house.line("307", 1)])).await;
    let lines = vec![NewLine { parts: Vec::new(), ..whole }];
    let add = AddLines { command_id: new_id(), order_id: order.id, lines };
    bar.refused(&bar.ana, add, FailureCode::ModifierMissing, &["Combo ejecutivo"]).await;
    assert_eq!(house.order(&bar.ana, order.id).await.lines.len(), 1, "nothing was added");
    bar.house.close().await;
}
