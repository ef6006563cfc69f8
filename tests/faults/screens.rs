//! What people do at one computer is on the screens of all: two cores on one PostgreSQL, each with its own screens.

use super::child::Waiter;
use crate::house::{self, House, PATIENCE, instant_printers, new_id};
use crate::laws::questions;
use crate::postgres::PrivateCluster;
use fastops_app::wire::{
    AddLines, BumpTicket, ChangeRole, Event, EventEnvelope, OrderView, Permission, Role, SeeTickets,
    SetSetting, SettingLevel, SettingValue,
};
use fastops_app::{App, Caller, Command, Language};
use fastops_store::probe;
use std::collections::HashSet;
use tokio::sync::broadcast;
use uuid::Uuid;

/// A core at which nothing is done, and another on the same database at which everything is.
struct Beside {
    house: House,
    other: App,
    url: String,
    /// What the screens of the first one hear.
    heard: broadcast::Receiver<EventEnvelope>,
    _folder: tempfile::TempDir,
}

impl Beside {
    async fn open() -> Self {
        let database = house::fresh_on(PrivateCluster::shared()).await;
        let house = House::open_on(database, instant_printers().await).await;
        let folder = tempfile::tempdir().unwrap();
        let database = house.data().1;
        let fastops_app::Database::Url(url) = database.clone() else {
            unreachable!("the cluster is PostgreSQL")
        };
        let config = house::config(folder.path(), database, &house.printers);
        let other = App::start(config).await.unwrap();
        let heard = house.app.subscribe();
        Self { house, other, url, heard, _folder: folder }
    }

    async fn at_the_other(&self, name: &str, pin: &str) -> Caller {
        let request = self.house.log_in_request(name, pin);
        let session = self.other.perform(&Caller::default(), request).await.unwrap().session;
        Caller { session: Some(session), language: Language::Es, ..Caller::default() }
    }

    async fn does<C: Command>(&self, caller: &Caller, request: C) -> C::Answer {
        self.other.perform(caller, request).await.unwrap()
    }

    /// Waits until the screens of the first core have heard all of `wanted`, in any order among others.
    async fn hears(&mut self, what: &str, mut wanted: Vec<Event>) {
        let all = tokio::time::timeout(PATIENCE, async {
            while !wanted.is_empty() {
                let heard = self.heard.recv().await.unwrap().event;
                wanted.retain(|wanted| !is_like(wanted, &heard));
            }
        });
        assert!(all.await.is_ok(), "nobody at the first core heard of it: {what}");
    }
}

/// Whether an event is the wanted one, wherever the paper of its ticket is by now.
fn is_like(wanted: &Event, heard: &Event) -> bool {
    match (wanted, heard) {
        (Event::TicketArrived { ticket_id: wanted, .. }, Event::TicketArrived { ticket_id, .. }) => {
            wanted == ticket_id
        }
        (wanted, heard) => wanted == heard,
    }
}

/// What screens are told of a ticket that was touched by a person: news of its way to paper say where that is.
fn touched(order: &OrderView, at: usize) -> Event {
    let ticket = &order.tickets[at];
    Event::TicketChanged {
        station_id: ticket.station_id,
        ticket_id: ticket.id,
        order_id: order.id,
        paper: None,
    }
}

fn arrived(order: &OrderView, known: &HashSet<Uuid>) -> Vec<Event> {
    let new = order.tickets.iter().filter(|ticket| !known.contains(&ticket.id));
    new.map(|ticket| Event::TicketArrived {
        station_id: ticket.station_id,
        ticket_id: ticket.id,
        order_id: order.id,
        ticket_kind: ticket.kind,
        urgent: false,
        paper: fastops_app::wire::PaperNow { job: ticket.job, place: None, wait_ms: None },
    })
    .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_done_at_one_computer_is_heard_at_the_screens_of_another() {
    let mut beside = Beside::open().await;
    let waiter = Waiter::sign_in(&beside.other).await.unwrap();
    let order = beside.does(&waiter.caller, waiter.order()).await;
    assert!(order.tickets.len() > 1, "the order is for several stations");
    beside.hears("an order", arrived(&order, &HashSet::new())).await;

    let cook = beside.at_the_other("Cocina", "6666").await;
    let ticket_id = order.tickets[0].id;
    beside.does(&cook, SeeTickets { command_id: new_id(), ticket_ids: vec![ticket_id] }).await;
    beside.hears("a ticket seen", vec![touched(&order, 0)]).await;
    beside.does(&cook, BumpTicket { command_id: new_id(), ticket_id }).await;
    beside.hears("a ticket done", vec![touched(&order, 0)]).await;

    let known = order.tickets.iter().map(|ticket| ticket.id).collect();
    let lines = waiter.lines();
    let more =
        beside.does(&waiter.caller, AddLines { command_id: new_id(), order_id: order.id, lines }).await;
    beside.hears("lines added", arrived(&more, &known)).await;

    let admin = beside.at_the_other("Camila", "1111").await;
    let setting = SetSetting {
        command_id: new_id(),
        key: "printing.catch_up_tickets".into(),
        level: SettingLevel::Branch,
        terminal_id: None,
        value: Some(SettingValue::Whole(7)),
    };
    beside.does(&admin, setting).await;
    beside.hears("a setting", vec![Event::SettingsChanged]).await;
    let (role, permission) = (Role::Waiter, Permission::MarkUrgent);
    beside.does(&admin, ChangeRole { command_id: new_id(), role, permission, allowed: false }).await;
    beside.hears("what a role may do", vec![Event::PermissionsChanged]).await;
    beside.other.stop().await;
    beside.house.close().await;
}

/// Nothing tells a core what it did not hear while its connection was away: its screens ask for everything again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_time_in_which_news_may_be_lost_the_screens_ask_again() {
    let mut beside = Beside::open().await;
    let first = beside.heard.recv().await.unwrap().seq;
    probe::run_on_server(&beside.url, questions::DEAFEN).await.unwrap();
    let gap = tokio::time::timeout(PATIENCE, async {
        let mut last = first;
        loop {
            let next = beside.heard.recv().await.unwrap().seq;
            if next != last + 1 {
                return;
            }
            last = next;
        }
    });
    gap.await.expect("the screens were never told to ask again");
    beside.other.stop().await;
    beside.house.close().await;
}
