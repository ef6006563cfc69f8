//! The cost of a command is the same in a small house and in a big one, and a rush finds what it needs in
//! memory.

mod big_house;
mod catalogue;
mod division;
mod moves;
mod till;

use crate::house::{Engine, House, PATIENCE, instant_printer, new_id};
use crate::laws::questions;
use big_house::{STATIONS, enlarge};
use fastops_app::wire::{
    AddLines, AnswerPaper, BumpTicket, ChainPlace, ChangeCustomer, ChangeRole, CheckPrinters, CheckSetup,
    ChoosePageRow, ClearJobs, CreateCustomer, CreateOrder, CustomerDetails, DescribeOrder, FindCustomers,
    FindPrinters, FireCourse, FoundBy, GetAlerts, GetApprovers, GetAvailability, GetCarts, GetFloor,
    GetKitchenTickets, GetMenu, GetOrder, GetPaper, GetPaperPreview, GetPrintSetup, GetPrinterCheck,
    GetPrinterModels, GetPrinterOwners, GetQueueStatus, GetSession, GetSettings, GetStartReport, GetTerminal,
    GetTillPrinters, GetUncertainPapers, HandOverOrder, JobState, KeepCart, KickDrawer, LaneView,
    ListKitchenTickets, ListRoles, ListStationProducts, ListStuckJobs, LogOut, MarkUrgent, NewLine,
    OrderContact, OrderStatus, OrderView, PaperAnswer, Permission, PrintBill, PrintTestPage,
    PrioritiseTicket, ProbePrinter, QuoteLines, RecallTicket, RemoveDevice, ReprintTicket, RetryJobs, Role,
    SaveDevice, SearchProducts, SeeTickets, SetAvailability, SetBreaker, SetCustomerActive, SetMailServer,
    SetPrinterOwners, SetSetting, SetStationChain, SetTerminalPrinter, SetTurbo, SetWorkers, SettingLevel,
    SettingValue, ShowStation, StationChain, TraceProduct, VoidLine,
};
use fastops_app::{COMMANDS, Caller, Command, Language};
use fastops_domain::ids::ProductId;
use fastops_domain::job::RetryPolicy;
use fastops_domain::stock::{Item, Quantity};
use fastops_printer_sim::Condition;
use fastops_store::recipe::Ingredient;
use fastops_store::{StoreError, company, metered, order, probe, recipe};
use std::collections::HashSet;
use uuid::Uuid;

super::on_both_engines!(
    a_command_costs_the_same_in_a_big_house,
    a_question_for_each_order_is_seen_to_grow,
    a_rush_is_answered_from_memory,
);

/// Open orders of the big house, and the lines of each.
const ORDERS: usize = 60;
const LINES: usize = 40;

/// Once a lane has given up its quick attempts it does nothing for as long as a test may take, so that no
/// attempt comes between a command and what it changes.
const PATIENT: RetryPolicy = RetryPolicy { quick_attempts: 1, pause_ms: 50, blocked_pause_ms: 600_000 };

async fn open(engine: Engine) -> House {
    let mut printers = Vec::new();
    for name in ["Cocina", "Bar", "Postres"] {
        printers.push(instant_printer(name).await);
    }
    let house = House::open_tuned(engine, printers, PATIENT).await;
    count_the_first(&house).await;
    house
}

/// Has the first product of every order take something out of stock.
async fn count_the_first(house: &House) {
    let first = Item::product(ProductId(house.product("307").id));
    let store = house.app.store_for_faults();
    let counted = store.write::<_, StoreError, _>(move |tx| {
        Box::pin(async move {
            let (_, branch) = company::first_branch(tx).await?.unwrap();
            let bought = recipe::recipes(tx, branch.id).await?[0].ingredient.product;
            recipe::set_recipe(tx, first, &[Ingredient { product: bought, quantity: Quantity(1) }]).await
        })
    });
    counted.await.unwrap();
}

/// This many lines, for as many stations as there are.
fn lines(house: &House, count: usize) -> Vec<NewLine> {
    let for_sale = house.menu.products.iter().filter(|product| !product.sold_out && product.slots.is_empty());
    let mut codes: Vec<&str> = for_sale.map(|product| product.short_code.as_str()).collect();
    // One of each station's first: the demo's three, then the added categories, one after the other.
    let added = |code: &str| code.strip_prefix('P').and_then(|n| n.parse().ok()).unwrap_or(usize::MAX);
    codes.sort_by_key(|code| (!["307", "602", "801"].contains(code), added(code)));
    codes.iter().cycle().take(count).map(|code| house.line(code, 1)).collect()
}

fn an_order(house: &House, count: usize) -> CreateOrder {
    CreateOrder { lines: lines(house, count), ..house.take_away(&[]) }
}

async fn fill(house: &House, caller: &Caller) {
    for _ in 0..ORDERS {
        let order = house.app.perform(caller, an_order(house, LINES)).await.unwrap();
        assert_eq!((order.lines.len(), order.tickets.len()), (LINES, STATIONS));
    }
}

/// Waits until no lane has anything to do.
async fn until_printed(house: &House, caller: &Caller) {
    let mut events = house.app.subscribe();
    let done = async {
        loop {
            let status = house.app.perform(caller, GetQueueStatus {}).await.unwrap();
            let rests = |lane: &LaneView| !lane.printing && lane.urgent + lane.normal + lane.low == 0;
            if status.lanes.iter().all(rests) {
                return;
            }
            // Too slow for the events is no harm: the next look says it all.
            let _ = events.recv().await;
        }
    };
    tokio::time::timeout(PATIENCE * 3, done).await.expect("the lanes never come to rest");
}

/// Walks through a house and notes what each command asked of the database.
struct Walk<'h> {
    house: &'h House,
    /// Lines of an order.
    size: usize,
    asked: Vec<(&'static str, u64)>,
}

impl Walk<'_> {
    fn statements_of(&self, name: &str) -> u64 {
        let stats = self.house.app.command_stats();
        stats.iter().find(|stats| stats.name == name).unwrap().statements
    }

    async fn ask<C: Command>(&mut self, caller: &Caller, request: C) -> C::Answer {
        let before = self.statements_of(C::NAME);
        let answer = self.house.app.perform(caller, request).await.unwrap();
        self.asked.push((C::NAME, self.statements_of(C::NAME) - before));
        answer
    }

    async fn order(&mut self, caller: &Caller) -> OrderView {
        self.ask(caller, an_order(self.house, self.size)).await
    }

    /// Every command once, with as much in each as the house has.
    async fn everything(&mut self, admin: &Caller) {
        self.ask(&Caller::default(), GetTerminal {}).await;
        let request = self.house.log_in_request("Luis", "5555");
        let session = Some(self.ask(&Caller::default(), request).await.session);
        let luis = Caller { session, language: Language::Es, ..Caller::default() };
        self.ask(&luis, GetSession {}).await;
        self.ask(&luis, GetStartReport {}).await;
        self.ask(&luis, GetApprovers { permission: Permission::VoidLine }).await;
        self.ask(&luis, GetMenu {}).await;
        self.ask(&luis, SearchProducts { text: "arroz".into(), limit: 20 }).await;
        let order = self.order(&luis).await;
        until_printed(self.house, admin).await;
        self.courses(&luis, order.id).await;
        until_printed(self.house, admin).await;
        self.ask(&luis, GetFloor {}).await;
        self.ask(&luis, GetOrder { order_id: order.id }).await;
        let more = lines(self.house, self.size);
        let machine_id = new_id();
        self.ask(&luis, KeepCart { machine_id, order_id: order.id, version: 1, content: None }).await;
        self.ask(&luis, GetCarts { machine_id }).await;
        self.ask(&luis, QuoteLines { order_id: Some(order.id), lines: more.clone() }).await;
        self.ask(&luis, AddLines { command_id: new_id(), order_id: order.id, lines: more }).await;
        until_printed(self.house, admin).await;
        self.ask(admin, GetQueueStatus {}).await;
        self.steer(admin).await;
        self.devices(admin).await;
        self.kitchen(admin).await;
        let reprint = ReprintTicket { command_id: new_id(), ticket_id: order.tickets[0].id };
        self.ask(admin, reprint).await;
        until_printed(self.house, admin).await;
        self.void(admin, &order).await;
        until_printed(self.house, admin).await;
        self.papers(admin, &order).await;
        self.till(admin).await;
        self.waiting(admin).await;
        self.office(admin).await;
        self.ask(&luis, LogOut {}).await;
    }

    /// A course of everything, sent to be held and fired.
    async fn courses(&mut self, caller: &Caller, order_id: Uuid) {
        let held = |line| NewLine { course: 2, held: true, ..line };
        let lines = lines(self.house, self.size).into_iter().map(held).collect();
        let add = AddLines { command_id: new_id(), order_id, lines };
        self.house.app.perform(caller, add).await.unwrap();
        self.ask(caller, FireCourse { command_id: new_id(), order_id, course: 2 }).await;
    }

    async fn steer(&mut self, admin: &Caller) {
        self.ask(admin, SetWorkers { command_id: new_id(), count: Some(6), profile: None }).await;
        let status = self.ask(admin, SetTurbo { command_id: new_id(), on: false }).await;
        let printer_id = status.lanes[0].printer_id;
        self.ask(admin, SetBreaker { command_id: new_id(), printer_id, open: false }).await;
        let owners = self.ask(admin, GetPrinterOwners {}).await;
        let computer_ids = owners.computers.iter().map(|computer| computer.id).collect();
        self.ask(admin, SetPrinterOwners { command_id: new_id(), printer_id, computer_ids }).await;
    }

    async fn papers(&mut self, admin: &Caller, order: &OrderView) {
        let printer_id = self.house.app.perform(admin, GetQueueStatus {}).await.unwrap().lanes[0].printer_id;
        self.ask(admin, GetTillPrinters {}).await;
        let bill = PrintBill { command_id: new_id(), order_id: order.id, printer_id };
        let job_id = self.ask(admin, bill).await.job_id;
        let reason = "cambio".to_owned();
        self.ask(admin, KickDrawer { command_id: new_id(), printer_id, reason }).await;
        until_printed(self.house, admin).await;
        self.ask(admin, GetPaper { job_id }).await;
        self.ask(admin, GetPaperPreview { job_id: Some(job_id), ticket_id: None }).await;
        let store = self.house.app.store_for_faults();
        let doubted =
            store.write::<_, StoreError, _>(|tx| Box::pin(probe::execute(tx, questions::BILLS_ARE_DOUBTED)));
        assert_eq!(doubted.await.unwrap(), 1);
        self.ask(admin, GetUncertainPapers {}).await;
        let answer = PaperAnswer::Discard;
        self.ask(admin, AnswerPaper { command_id: new_id(), job_id, answer }).await;
    }

    /// What tickets come out of, as it was before at the end.
    async fn devices(&mut self, admin: &Caller) {
        let setup = self.ask(admin, GetPrintSetup {}).await;
        let (device_id, name, address) = (new_id(), "Correo".to_owned(), "mailto:cocina@fonda.co".to_owned());
        let save = SaveDevice { command_id: new_id(), device_id, name, address, profile: None };
        self.ask(admin, save).await;
        let StationChain { station_id, tiers: own, .. } = setup.chains.last().unwrap().clone();
        let mut tiers = own.clone();
        tiers.push(vec![ChainPlace::Device(device_id)]);
        self.ask(admin, SetStationChain { command_id: new_id(), station_id, tiers }).await;
        let back = SetStationChain { command_id: new_id(), station_id, tiers: own };
        self.house.app.perform(admin, back).await.unwrap();
        self.ask(admin, RemoveDevice { command_id: new_id(), device_id }).await;
        self.stations(admin, &setup).await;
        let (terminal_id, printer_id) = (setup.terminals[0].terminal_id, Some(setup.devices[0].id));
        let beside = |printer_id| SetTerminalPrinter { command_id: new_id(), terminal_id, printer_id };
        self.ask(admin, beside(printer_id)).await;
        self.house.app.perform(admin, beside(None)).await.unwrap();
        self.ask(admin, SetMailServer { command_id: new_id(), server: None, password: None }).await;
        let printer_id = setup.devices[0].id;
        let page = PrintTestPage { command_id: new_id(), printer_id, candidates: true, model: None };
        let job_id = self.ask(admin, page).await.paper.job_id;
        self.ask(admin, ChoosePageRow { command_id: new_id(), job_id, row: 1 }).await;
        let check = self.ask(admin, CheckPrinters { command_id: new_id() }).await;
        let job_ids = check.papers.iter().map(|paper| paper.job_id).collect();
        self.ask(admin, GetPrinterCheck { job_ids }).await;
        let product_id = self.house.menu.products[0].id;
        self.ask(admin, TraceProduct { product_id, variant_id: None, terminal_id: None }).await;
        self.ask(admin, CheckSetup {}).await;
        self.ask(admin, GetPrinterModels {}).await;
        self.ask(admin, ProbePrinter { address: "tcp://127.0.0.1:1".into() }).await;
        self.ask(admin, FindPrinters { network: false, range: None, cables: false }).await;
        let station_id = Some(station_id);
        self.ask(admin, ShowStation { screen_id: new_id(), station_id }).await;
    }

    async fn kitchen(&mut self, admin: &Caller) {
        let station_id = self.house.station("cocina");
        let board = self.ask(admin, ListKitchenTickets { station_id }).await;
        let ticket_ids: Vec<_> = board.tickets.iter().map(|ticket| ticket.id).collect();
        let ticket_id = ticket_ids[0];
        self.ask(admin, GetKitchenTickets { station_id, ticket_ids: ticket_ids.clone() }).await;
        self.ask(admin, SeeTickets { command_id: new_id(), ticket_ids }).await;
        self.ask(admin, BumpTicket { command_id: new_id(), ticket_id }).await;
        self.ask(admin, RecallTicket { command_id: new_id(), ticket_id }).await;
        self.ask(admin, PrioritiseTicket { command_id: new_id(), ticket_id, first: true }).await;
        self.availability(admin, station_id).await;
    }

    /// What is nearly gone, and gone.
    async fn availability(&mut self, admin: &Caller, station_id: Uuid) {
        let product_id = self.house.product("108").id;
        for units in [Some(8), Some(0)] {
            let command_id = new_id();
            self.ask(admin, SetAvailability { command_id, product_id, units, stays: false }).await;
            self.ask(admin, GetAvailability { product_id }).await;
            self.ask(admin, ListStationProducts { station_id: Some(station_id) }).await;
        }
    }

    async fn void(&mut self, admin: &Caller, order: &OrderView) {
        let (command_id, line_id) = (new_id(), order.lines[0].id);
        self.ask(
            admin,
            VoidLine { quantity: None, command_id, order_id: order.id, line_id, reason: "se cayó".into() },
        )
        .await;
    }

    /// Somebody whose name is kept.
    async fn guests(&mut self, admin: &Caller) {
        let customer_id = new_id();
        let details = || CustomerDetails {
            name: "Zoé".into(),
            phone: None,
            email: None,
            address: None,
            tax_number: None,
            note: None,
        };
        let create = CreateCustomer { command_id: new_id(), customer_id, details: details() };
        self.ask(admin, create).await;
        self.ask(admin, ChangeCustomer { command_id: new_id(), customer_id, details: details() }).await;
        let find = FindCustomers { by: FoundBy::Name, text: "zo".into(), after: None, limit: 20 };
        self.ask(admin, find).await;
        self.ask(admin, SetCustomerActive { command_id: new_id(), customer_id, active: false }).await;
    }

    /// What is decided in the office.
    async fn office(&mut self, admin: &Caller) {
        self.ask(admin, GetAlerts {}).await;
        self.guests(admin).await;
        self.ask(admin, ListRoles {}).await;
        let (role, permission) = (Role::Waiter, Permission::ReprintTicket);
        self.ask(admin, ChangeRole { command_id: new_id(), role, permission, allowed: true }).await;
        self.ask(admin, GetSettings {}).await;
        let value = Some(SettingValue::Whole(30));
        let key = "backup.every_minutes".into();
        let (command_id, level) = (new_id(), SettingLevel::Branch);
        self.ask(admin, SetSetting { command_id, key, level, terminal_id: None, value }).await;
        self.catalogue(admin).await;
        self.floor(admin).await;
    }

    /// What can be done about an order while its tickets wait for paper.
    async fn waiting(&mut self, admin: &Caller) {
        for printer in &self.house.printers {
            printer.set(Condition::PaperOut);
        }
        let order = self.order(admin).await;
        let stuck = |order: &OrderView| {
            let blocked: HashSet<_> = order
                .tickets
                .iter()
                .filter(|ticket| ticket.job == JobState::Blocked)
                .map(|ticket| ticket.position)
                .collect();
            let printers = order.tickets.len().min(self.house.printers.len());
            order.tickets.iter().filter(|ticket| ticket.job == JobState::Blocked).count() == printers
                && blocked == HashSet::from([Some(1)])
        };
        self.house.until(admin, order.id, stuck).await;
        let hurried = self.ask(admin, MarkUrgent { command_id: new_id(), order_id: order.id }).await;
        assert!(hurried.urgent && hurried.status != OrderStatus::Printed);
        self.void(admin, &order).await;
        self.counter(admin).await;
        self.moves(admin).await;
        self.stuck(admin).await;
    }

    /// Somebody who orders without a table, whom the house has not known yet, and who takes it with them; the tickets
    /// wait for paper.
    async fn counter(&mut self, admin: &Caller) {
        let reached = |phone: &str| OrderContact {
            customer_id: None,
            phone: Some(phone.to_owned()),
            address: Some("Calle 1".into()),
            courier_note: None,
            promised_at: Some(0),
        };
        let contact = Some(reached("3001"));
        let request = CreateOrder { contact, ..an_order(self.house, self.size) };
        let order_id = self.ask(admin, request).await.id;
        let describe = DescribeOrder {
            command_id: new_id(),
            order_id,
            customer: Some("Marta".into()),
            contact: reached("3002"),
            covers: None,
            remember_customer: true,
        };
        self.ask(admin, describe).await;
        for handed_over in [true, false] {
            self.ask(admin, HandOverOrder { command_id: new_id(), order_id, handed_over }).await;
        }
    }

    /// What can be done about tickets that need a person.
    async fn stuck(&mut self, admin: &Caller) {
        self.order(admin).await;
        let job_id = self.blocked(admin).await;
        self.ask(admin, RetryJobs { command_id: new_id(), job_ids: Some(vec![job_id]) }).await;
        let job_ids = Some(vec![self.blocked(admin).await]);
        self.ask(admin, ListStuckJobs {}).await;
        self.ask(admin, ClearJobs { command_id: new_id(), job_ids, reason: "no hace falta".into() }).await;
    }

    /// A ticket that is blocked, as soon as there is one.
    async fn blocked(&self, admin: &Caller) -> Uuid {
        let mut events = self.house.app.subscribe();
        let found = async {
            loop {
                let stuck = self.house.app.perform(admin, ListStuckJobs {}).await.unwrap();
                if let Some(job) = stuck.jobs.first() {
                    return job.job_id;
                }
                let _ = events.recv().await;
            }
        };
        tokio::time::timeout(PATIENCE, found).await.expect("no ticket is blocked")
    }
}

async fn walk(house: &House, size: usize) -> Vec<(&'static str, u64)> {
    let admin = house.sign_in("Camila").await;
    let mut walk = Walk { house, size, asked: Vec::new() };
    walk.everything(&admin).await;
    let stats = house.app.command_stats();
    let over: Vec<_> = stats.iter().filter(|stats| stats.over > 0).collect();
    assert!(over.is_empty(), "no command needs more than it declares: {over:#?}");
    walk.asked
}

/// Every command, in the demo with orders of one line, and in a house of twelve stations with sixty open
/// orders of forty lines.
async fn a_command_costs_the_same_in_a_big_house(engine: Engine) {
    let small = open(engine).await;
    let in_small = walk(&small, 1).await;
    small.close().await;
    let mut big = open(engine).await;
    enlarge(&mut big).await;
    let admin = big.sign_in("Camila").await;
    fill(&big, &admin).await;
    until_printed(&big, &admin).await;
    let in_big = walk(&big, LINES).await;
    big.close().await;
    assert_eq!(in_small, in_big);
    let asked: HashSet<&str> = in_big.iter().map(|(name, _)| *name).collect();
    let left_out: Vec<_> =
        COMMANDS.iter().map(|command| command.name).filter(|name| !asked.contains(name)).collect();
    assert!(left_out.is_empty(), "commands that nobody has counted: {left_out:?}");
    for (name, statements) in in_big {
        let declared = COMMANDS.iter().find(|command| command.name == name).unwrap().statements;
        assert!(statements <= u64::from(declared), "{name}: {statements} of {declared}");
    }
    let declared = |name| COMMANDS.iter().find(|command| command.name == name).unwrap().statements;
    assert!(declared("create_order") <= 11 && declared("get_floor") <= 6 && declared("get_order") <= 6);
}

/// The control: a question for each order is what the count is there to find.
async fn a_question_for_each_order_is_seen_to_grow(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    let store = house.app.store_for_faults();
    let one_by_one = async || {
        let read = store.read::<_, StoreError, _>(|tx| {
            Box::pin(async move {
                let (_, branch) = company::first_branch(tx).await?.unwrap();
                for row in order::open_orders(tx, branch.id).await? {
                    order::lines(tx, row.id).await?;
                }
                Ok(())
            })
        });
        metered(read).await.1
    };
    let before = one_by_one().await;
    for _ in 0..3 {
        house.app.perform(&ana, house.take_away(&[("307", 1)])).await.unwrap();
    }
    assert_eq!(one_by_one().await, before + 3);
    house.close().await;
}

/// Six people at work: over 95 of 100 questions to every topic are answered from memory, and each topic was
/// read once.
async fn a_rush_is_answered_from_memory(engine: Engine) {
    let house = House::open(engine).await;
    let loads = || -> Vec<u64> { house.app.cache_stats().iter().map(|stats| stats.loads).collect() };
    let (ana, cook) = (house.sign_in("Ana").await, house.sign_in("Cocina").await);
    let before = loads();
    assert_eq!(before[..5], [1; 5], "warmed up at the start: {:?}", house.app.cache_stats());
    for round in 0..30 {
        let order = house.app.perform(&ana, house.take_away(&[("307", 2), ("607", 1)])).await.unwrap();
        house.app.perform(&ana, GetFloor {}).await.unwrap();
        house.app.perform(&ana, GetMenu {}).await.unwrap();
        house.app.perform(&ana, GetOrder { order_id: order.id }).await.unwrap();
        if round % 3 == 0 {
            let add = AddLines { command_id: new_id(), order_id: order.id, lines: lines(&house, 2) };
            house.app.perform(&ana, add).await.unwrap();
        }
        house.app.perform(&cook, ListKitchenTickets { station_id: house.station("cocina") }).await.unwrap();
    }
    for stats in house.app.cache_stats() {
        assert!(stats.hit_rate() > 0.95, "{stats:?}: {}", stats.hit_rate());
        let at_most = if stats.topic == "sessions" { 3 } else { 1 };
        assert!(stats.loads <= at_most, "{stats:?}");
    }
    house.close().await;
}
