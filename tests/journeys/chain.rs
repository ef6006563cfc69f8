//! A station with more than one printer: backups when the first cannot, and two that share the load.

use crate::house::{Engine, House, PATIENCE, instant_printer, instant_printers, new_id, ticket_number};
use fastops_app::wire::{
    AddLines, BreakerState, Cause, Event, GetQueueStatus, JobState, OrderView, PulseState, QueueStatus,
    SeeTickets, SetBreaker, SetSetting, SettingLevel, SettingValue, StationPulse,
};
use fastops_app::{Caller, SystemClock};
use fastops_domain::ids::{PrinterId, StationId, TargetId};
use fastops_domain::station::{Printer, PrinterAddress};
use fastops_domain::time::{Clock, Time};
use fastops_printer_sim::Condition;
use fastops_store::station::{self, PrinterRow, PrinterTarget};
use fastops_store::{StoreError, company};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

super::on_both_engines!(
    a_dead_printer_s_tickets_come_out_of_the_backup_and_say_so,
    no_paper_for_long_sends_tickets_to_the_backup_and_back,
    a_hung_printer_s_tickets_come_out_of_the_backup_unmarked,
    a_ticket_stuck_halfway_comes_out_of_the_backup_marked,
    a_change_never_overtakes_its_ticket_across_printers,
    a_printer_taken_out_of_use_gets_nothing,
    without_another_printer_a_ticket_waits_for_its_own,
    an_idle_printer_that_fails_is_on_every_screen,
    two_printers_share_a_station,
    an_old_backlog_goes_to_the_idle_printer_beside,
    another_address_of_a_printer_counts_at_once,
    a_new_printer_in_a_chain_counts_at_once,
);

/// A clock that a hand sets forward: the computer's, or one that stands still between.
#[derive(Debug, Default)]
struct Ahead {
    by_ms: AtomicI64,
    still_at: Option<Time>,
}

impl Clock for Ahead {
    fn now(&self) -> Time {
        let from = self.still_at.unwrap_or_else(|| SystemClock.now());
        from.plus_ms(self.by_ms.load(Ordering::Relaxed))
    }
}

impl Ahead {
    fn move_ms(&self, ms: i64) {
        self.by_ms.fetch_add(ms, Ordering::Relaxed);
    }
}

/// A house where the bar's printer also serves the kitchen: as its backup, or beside its own.
pub(super) struct Chained {
    pub(super) house: House,
    pub(super) ana: Caller,
    clock: Arc<Ahead>,
}

impl Chained {
    pub(super) async fn open(engine: Engine, shares: bool) -> Self {
        Self::open_at(engine, shares, Ahead::default()).await
    }

    async fn open_at(engine: Engine, shares: bool, clock: Ahead) -> Self {
        let house = House::open_with(engine, instant_printers().await).await;
        let kitchen = StationId(house.station("cocina"));
        let bar = PrinterId(printer_of(&house, "Bar").await);
        house
            .app
            .store_for_faults()
            .write::<_, StoreError, _>(move |tx| {
                let target = PrinterTarget {
                    id: TargetId(new_id()),
                    station: kitchen,
                    position: 1,
                    printer: bar,
                    shares,
                };
                Box::pin(async move { station::link_printer(tx, &target).await })
            })
            .await
            .unwrap();
        let clock = Arc::new(clock);
        let hands: Arc<dyn Clock> = Arc::clone(&clock) as _;
        let house = house.restart_with(|config| config.clock = hands).await;
        let ana = house.sign_in("Ana").await;
        Self { house, ana, clock }
    }

    async fn send(&self, lines: &[(&str, i64)]) -> OrderView {
        self.house.app.perform(&self.ana, self.house.take_away(lines)).await.unwrap()
    }

    async fn printed(&self, order: &OrderView) -> OrderView {
        let done = |order: &OrderView| order.tickets.iter().all(|ticket| ticket.job == JobState::Printed);
        self.house.until(&self.ana, order.id, done).await
    }

    /// Waits until the pulse of a station is as wanted.
    async fn pulse(&self, station: &str, wanted: impl Fn(&StationPulse) -> bool) -> StationPulse {
        let mut events = self.house.app.subscribe();
        let mut last = None;
        let found = tokio::time::timeout(PATIENCE, async {
            loop {
                let status = self.house.app.perform(&self.ana, GetQueueStatus {}).await.unwrap();
                let pulse = status.stations.into_iter().find(|pulse| pulse.station == station).unwrap();
                if wanted(&pulse) {
                    return pulse;
                }
                last = Some(pulse);
                let _ = events.recv().await;
            }
        });
        found.await.unwrap_or_else(|_| panic!("the pulse never became as wanted: {last:#?}"))
    }

    /// Takes a printer out of use or back into it; its breaker then, and since when it is so.
    async fn steer(&self, station: &str, open: bool) -> (BreakerState, Option<i64>) {
        let camila = self.house.sign_in("Camila").await;
        let printer_id = printer_of(&self.house, station).await;
        let request = SetBreaker { command_id: new_id(), printer_id, open };
        breaker(&self.house.app.perform(&camila, request).await.unwrap(), station)
    }

    /// How long a backlog waits before the printer beside it helps.
    async fn help_after(&self, seconds: i64) {
        let camila = self.house.sign_in("Camila").await;
        let setting = SetSetting {
            command_id: new_id(),
            key: "printing.relief_seconds".into(),
            level: SettingLevel::Branch,
            terminal_id: None,
            value: Some(SettingValue::Whole(seconds)),
        };
        self.house.app.perform(&camila, setting).await.unwrap();
    }

    /// Waits for some heartbeats, between which the load is looked at.
    async fn beats(&self, count: usize) {
        let mut events = self.house.app.subscribe();
        let mut seen = 0;
        while seen < count {
            let heard = tokio::time::timeout(PATIENCE, events.recv()).await.unwrap();
            seen += usize::from(heard.is_ok_and(|heard| matches!(heard.event, Event::Heartbeat { .. })));
        }
    }

    async fn breaker(&self, station: &str) -> (BreakerState, Option<i64>) {
        breaker(&self.house.app.perform(&self.ana, GetQueueStatus {}).await.unwrap(), station)
    }

    fn papers(&self, printer: &str, number: i64, words: &str) -> usize {
        self.house.papers_of(printer, number).iter().filter(|slip| slip.contains(words)).count()
    }

    fn kitchen_numbers(&self, printer: &str) -> Vec<i64> {
        let slips = self.house.printer(printer).slips();
        slips.iter().filter(|slip| slip.contains("Cocina")).filter_map(|slip| ticket_number(slip)).collect()
    }
}

fn breaker(status: &QueueStatus, printer: &str) -> (BreakerState, Option<i64>) {
    let lane = status.lanes.iter().find(|lane| lane.printer == printer).unwrap();
    (lane.breaker, lane.breaker_since)
}

async fn printer_of(house: &House, name: &str) -> uuid::Uuid {
    let camila = house.sign_in("Camila").await;
    let status = house.app.perform(&camila, GetQueueStatus {}).await.unwrap();
    status.lanes.iter().find(|lane| lane.printer == name).unwrap().printer_id
}

/// P2: all quick attempts fail, and the paper comes out elsewhere, unmarked, since no byte was sent.
async fn a_dead_printer_s_tickets_come_out_of_the_backup_and_say_so(engine: Engine) {
    let chained = Chained::open(engine, false).await;
    let house = &chained.house;
    house.printer("cocina").set(Condition::PoweredOff);
    chained.pulse("Cocina", |pulse| pulse.cause == Some(Cause::Unreachable)).await;
    let mut events = house.app.subscribe();
    let order = chained.send(&[("307", 1)]).await;
    let done = chained.printed(&order).await;
    assert!(!done.tickets[0].possible_duplicate);
    let number = done.tickets[0].number;
    assert_eq!(chained.papers("bar", number, "RESPALDO DE COCINA"), 1);
    let told = tokio::time::timeout(PATIENCE, async {
        loop {
            if let Event::TicketsMoved { order_ids, stand_in, text, .. } = events.recv().await.unwrap().event
            {
                return (order_ids, stand_in, text);
            }
        }
    });
    let (order_ids, stand_in, text) = told.await.unwrap();
    assert_eq!((order_ids, stand_in), (vec![order.id], true));
    assert!(
        text.es.contains("Cocina imprime en Bar") && text.en.contains("Cocina prints at Bar"),
        "{text:?}"
    );

    chained.clock.move_ms(10_000);
    let pulse = chained.pulse("Cocina", |pulse| pulse.stand_in.is_some()).await;
    assert_eq!((pulse.state, pulse.stand_in.as_deref()), (PulseState::Warn, Some("Bar")), "{pulse:?}");
    assert!(pulse.problem.unwrap().es.contains("Bar imprime en su lugar"));
    let next = chained.send(&[("202", 1)]).await;
    let next = chained.printed(&next).await;
    assert_eq!(chained.papers("bar", next.tickets[0].number, "RESPALDO DE COCINA"), 1, "at once, by now");
    let drink = chained.send(&[("602", 1)]).await;
    chained.printed(&drink).await;
    let drinks = house.printer("bar").slips().pop().unwrap();
    assert!(!drinks.contains("RESPALDO"), "the bar's own are its own: {}", drinks.text());

    // Its breaker is open by now, or will be: a minute later three answers close it, and it is the first again.
    house.printer("cocina").set(Condition::Ready);
    chained.clock.move_ms(61_000);
    chained.pulse("Cocina", |pulse| pulse.stand_in.is_none() && pulse.cause.is_none()).await;
    let last = chained.send(&[("301", 1)]).await;
    let last = chained.printed(&last).await;
    assert_eq!(house.papers_of("cocina", last.tickets[0].number).len(), 1);
    assert_eq!(chained.papers("cocina", last.tickets[0].number, "RESPALDO"), 0);
    chained.house.close().await;
}

async fn no_paper_for_long_sends_tickets_to_the_backup_and_back(engine: Engine) {
    let chained = Chained::open(engine, false).await;
    let house = &chained.house;
    house.printer("cocina").set(Condition::PaperOut);
    let order = chained.send(&[("307", 1)]).await;
    let held = house.until(&chained.ana, order.id, |order| order.tickets[0].job == JobState::Blocked).await;
    assert_eq!(held.tickets[0].cause, Some(Cause::PaperOut), "a moment to put in a roll");
    assert!(chained.kitchen_numbers("bar").is_empty());
    chained.clock.move_ms(10_000);
    let done = chained.printed(&order).await;
    assert_eq!(chained.papers("bar", done.tickets[0].number, "RESPALDO DE COCINA"), 1);
    house.printer("cocina").set(Condition::Ready);
    chained.pulse("Cocina", |pulse| pulse.stand_in.is_none() && pulse.cause.is_none()).await;
    let next = chained.send(&[("202", 1)]).await;
    let next = chained.printed(&next).await;
    assert_eq!(house.papers_of("cocina", next.tickets[0].number).len(), 1, "back by itself");
    chained.house.close().await;
}

/// A printer that used to answer and says nothing gets no byte, so its tickets need no mark elsewhere.
async fn a_hung_printer_s_tickets_come_out_of_the_backup_unmarked(engine: Engine) {
    let chained = Chained::open(engine, false).await;
    let house = &chained.house;
    let first = chained.send(&[("307", 1)]).await;
    chained.printed(&first).await;
    house.printer("cocina").set(Condition::Hung);
    let order = chained.send(&[("307", 1)]).await;
    let held = house.until(&chained.ana, order.id, |order| order.tickets[0].job == JobState::Blocked).await;
    assert_eq!(held.tickets[0].cause, Some(Cause::NoProgress));
    chained.clock.move_ms(10_000);
    let done = chained.printed(&order).await;
    assert!(!done.tickets[0].possible_duplicate);
    assert_eq!(done.tickets[0].stand_in.as_deref(), Some("Bar"), "its sender is told where it is");
    assert_eq!(chained.papers("bar", done.tickets[0].number, "RESPALDO DE COCINA"), 1);
    house.printer("cocina").set(Condition::Ready);
    chained.clock.move_ms(61_000);
    chained.pulse("Cocina", |pulse| pulse.stand_in.is_none() && pulse.cause.is_none()).await;
    assert_eq!(house.printer("cocina").slips().len(), 1, "nothing was in its buffer");
    chained.house.close().await;
}

/// P3: the printer holds half a ticket, and may print the rest later; so the whole one says that it may
/// be the second.
async fn a_ticket_stuck_halfway_comes_out_of_the_backup_marked(engine: Engine) {
    let chained = Chained::open(engine, false).await;
    let house = &chained.house;
    house.printer("cocina").set(Condition::PaperRunsOut { after_mm: 30 });
    let order = chained.send(&[("307", 1), ("202", 2)]).await;
    house.until(&chained.ana, order.id, |order| order.tickets[0].cause == Some(Cause::PaperOut)).await;
    chained.clock.move_ms(10_000);
    let done = chained.printed(&order).await;
    let number = done.tickets[0].number;
    assert!(done.tickets[0].possible_duplicate);
    let papers = house.papers_of("bar", number);
    assert_eq!(papers.len(), 1);
    assert!(papers[0].contains("RESPALDO DE COCINA") && papers[0].contains("POSIBLE DUPLICADO"));
    chained.house.close().await;
}

/// P6: the ticket waits in one printer, its change is made for the other, and still comes second.
async fn a_change_never_overtakes_its_ticket_across_printers(engine: Engine) {
    let chained = Chained::open(engine, false).await;
    let house = &chained.house;
    for printer in ["cocina", "bar"] {
        house.printer(printer).set(Condition::PaperOut);
    }
    let order = chained.send(&[("307", 1)]).await;
    house.until(&chained.ana, order.id, |order| order.tickets[0].job == JobState::Blocked).await;
    chained.steer("Cocina", true).await;
    // What a screen has shown takes no more lines: the change is a paper of its own.
    let cook = house.sign_in("Cocina").await;
    let ticket_ids = vec![order.tickets[0].id];
    house.app.perform(&cook, SeeTickets { command_id: new_id(), ticket_ids }).await.unwrap();
    let add = AddLines { command_id: new_id(), order_id: order.id, lines: vec![house.line("202", 1)] };
    house.app.perform(&chained.ana, add).await.unwrap();
    let other = chained.send(&[("301", 1)]).await;
    house.printer("bar").set(Condition::Ready);
    chained.printed(&order).await;
    chained.printed(&other).await;
    let numbers = chained.kitchen_numbers("bar");
    let place = |number| numbers.iter().position(|found| *found == number).unwrap();
    assert!(place(1) < place(2), "the ticket before its change: {numbers:?}");
    chained.house.close().await;
}

async fn a_printer_taken_out_of_use_gets_nothing(engine: Engine) {
    let chained = Chained::open(engine, false).await;
    assert_eq!(chained.breaker("Cocina").await, (BreakerState::Closed, None), "never another");
    let before = chained.clock.now().0;
    let (state, since) = chained.steer("Cocina", true).await;
    assert_eq!(state, BreakerState::Open);
    assert!(since.is_some_and(|since| since >= before && since <= chained.clock.now().0), "{since:?}");
    let order = chained.send(&[("307", 1)]).await;
    let order = chained.printed(&order).await;
    assert_eq!(chained.papers("bar", order.tickets[0].number, "RESPALDO DE COCINA"), 1);
    chained.clock.move_ms(3_600_000);
    let later = chained.send(&[("307", 1)]).await;
    chained.printed(&later).await;
    assert!(chained.kitchen_numbers("cocina").is_empty(), "only a hand puts it back");
    assert_eq!(chained.steer("Cocina", true).await, (BreakerState::Open, since), "it was open already");
    let (state, closed_since) = chained.steer("Cocina", false).await;
    assert!(state == BreakerState::Closed && closed_since > since, "{closed_since:?}");
    let back = chained.send(&[("307", 1)]).await;
    let back = chained.printed(&back).await;
    assert_eq!(chained.kitchen_numbers("cocina"), [back.tickets[0].number]);
    chained.house.close().await;
}

/// A station with one printer is not mute because its breaker is open: the ticket waits, and comes out
/// the moment that the printer works.
async fn without_another_printer_a_ticket_waits_for_its_own(engine: Engine) {
    let chained = Chained::open(engine, false).await;
    chained.steer("Postres", true).await;
    let order = chained.send(&[("801", 1)]).await;
    let order = chained.printed(&order).await;
    assert_eq!(chained.papers("postres", order.tickets[0].number, "RESPALDO"), 0);
    chained.house.close().await;
}

/// P8: nobody prints anything, and it is seen all the same.
async fn an_idle_printer_that_fails_is_on_every_screen(engine: Engine) {
    let chained = Chained::open(engine, false).await;
    let house = &chained.house;
    let calm = |pulse: &StationPulse| pulse.state == PulseState::Calm;
    for (condition, cause) in [
        (Condition::PaperOut, Cause::PaperOut),
        (Condition::CoverOpen, Cause::CoverOpen),
        (Condition::PoweredOff, Cause::Unreachable),
        (Condition::Hung, Cause::NoProgress),
    ] {
        house.printer("postres").set(condition);
        let pulse = chained.pulse("Postres", |pulse| pulse.cause == Some(cause)).await;
        assert_eq!((pulse.state, pulse.waiting), (PulseState::Alarm, 0), "{pulse:?}");
        assert!(pulse.problem.is_some());
        house.printer("postres").set(Condition::Ready);
        chained.pulse("Postres", calm).await;
    }
    // Nonsense is a word too: two rounds of questions to the bar's printer later, nobody has been alarmed.
    house.printer("postres").set(Condition::GarbledStatus);
    for cause in [Cause::PaperOut, Cause::CoverOpen] {
        let condition = if cause == Cause::PaperOut { Condition::PaperOut } else { Condition::CoverOpen };
        house.printer("bar").set(condition);
        chained.pulse("Bar", |pulse| pulse.cause == Some(cause)).await;
    }
    chained.pulse("Postres", calm).await;
    chained.pulse("Cocina", calm).await;
    assert!(house.printer("postres").slips().is_empty(), "asking costs no paper");
    chained.house.close().await;
}

async fn two_printers_share_a_station(engine: Engine) {
    let chained = Chained::open(engine, true).await;
    let house = &chained.house;
    for printer in ["cocina", "bar"] {
        house.printer(printer).set(Condition::CoverOpen);
    }
    let mut orders = Vec::new();
    for _ in 0..8 {
        orders.push(chained.send(&[("307", 1)]).await);
    }
    for printer in ["cocina", "bar"] {
        house.printer(printer).set(Condition::Ready);
    }
    for order in &orders {
        chained.printed(order).await;
    }
    let (own, beside) = (chained.kitchen_numbers("cocina"), chained.kitchen_numbers("bar"));
    assert!(own.len() >= 2 && beside.len() >= 2, "{own:?} {beside:?}");
    assert_eq!(own.len() + beside.len(), 8, "each once: {own:?} {beside:?}");
    assert_eq!(chained.papers("bar", beside[0], "RESPALDO"), 0, "it is one of the station's own");
    chained.house.close().await;
}

/// The clock stands still, so that nothing but the age of the backlog moves it.
async fn an_old_backlog_goes_to_the_idle_printer_beside(engine: Engine) {
    let still = Ahead { still_at: Some(SystemClock.now()), ..Ahead::default() };
    let chained = Chained::open_at(engine, true, still).await;
    let house = &chained.house;
    chained.steer("Bar", true).await;
    house.printer("cocina").set(Condition::CoverOpen);
    let mut orders = Vec::new();
    for _ in 0..7 {
        orders.push(chained.send(&[("307", 1)]).await);
    }
    let held = |order: &OrderView| order.tickets[0].job == JobState::Blocked;
    house.until(&chained.ana, orders[0].id, held).await;
    chained.help_after(8).await;
    chained.steer("Bar", false).await;
    chained.clock.move_ms(7_999);
    chained.beats(3).await;
    assert_eq!(chained.kitchen_numbers("bar"), [0_i64; 0], "not as old as somebody wants it");
    chained.clock.move_ms(1);
    for order in &orders[..4] {
        chained.printed(order).await;
    }
    let beside = chained.kitchen_numbers("bar");
    assert_eq!(beside[..4], [1, 2, 3, 4], "the older half and the odd one first, in order");
    house.printer("cocina").set(Condition::Ready);
    for order in &orders[4..] {
        chained.clock.move_ms(1_000);
        chained.printed(order).await;
    }
    assert_eq!(
        chained.kitchen_numbers("bar").len() + chained.kitchen_numbers("cocina").len(),
        7,
        "each once"
    );
    chained.house.close().await;
}

/// Whoever changes it: here the database says so, as when another terminal did.
async fn another_address_of_a_printer_counts_at_once(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    house.printer("cocina").set(Condition::PaperOut);
    let order = house.app.perform(&ana, house.take_away(&[("307", 1)])).await.unwrap();
    house.until(&ana, order.id, |order| order.tickets[0].cause == Some(Cause::PaperOut)).await;
    let (kitchen, new) = (PrinterId(printer_of(&house, "Cocina").await), instant_printer("Nueva").await);
    let address = PrinterAddress::Tcp { host: new.addr().ip().to_string(), port: new.addr().port() };
    let store = house.app.store_for_faults();
    let told = store.write::<_, StoreError, _>(move |tx| {
        let address = address.clone();
        Box::pin(async move { station::set_printer_address(tx, kitchen, &address).await })
    });
    told.await.unwrap();
    house.until(&ana, order.id, |order| order.tickets[0].job == JobState::Printed).await;
    assert_eq!((new.slips().len(), house.printer("cocina").slips().len()), (1, 0));
    house.close().await;
}

async fn a_new_printer_in_a_chain_counts_at_once(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    house.printer("cocina").set(Condition::PoweredOff);
    let order = house.app.perform(&ana, house.take_away(&[("307", 1)])).await.unwrap();
    house.until(&ana, order.id, |order| order.tickets[0].job == JobState::Blocked).await;
    let (kitchen, new) = (StationId(house.station("cocina")), instant_printer("Nueva").await);
    let address = PrinterAddress::Tcp { host: new.addr().ip().to_string(), port: new.addr().port() };
    let store = house.app.store_for_faults();
    let told = store.write::<_, StoreError, _>(move |tx| {
        let address = address.clone();
        Box::pin(async move {
            let (_, branch) = company::first_branch(tx).await?.unwrap();
            let known = station::printers(tx, branch.id).await?;
            let printer =
                Printer { id: PrinterId(new_id()), name: "Nueva".into(), address, profile: known[0].profile };
            let id = printer.id;
            station::insert_printer(tx, &PrinterRow { branch: branch.id, printer }).await?;
            let target = PrinterTarget {
                id: TargetId(new_id()),
                station: kitchen,
                position: 1,
                printer: id,
                shares: false,
            };
            station::link_printer(tx, &target).await
        })
    });
    told.await.unwrap();
    let done = house.until(&ana, order.id, |order| order.tickets[0].job == JobState::Printed).await;
    assert_eq!(done.tickets[0].stand_in.as_deref(), Some("Nueva"));
    assert!(new.slips()[0].contains("RESPALDO DE COCINA"));
    house.close().await;
}
