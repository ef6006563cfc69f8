//! One order from the first line to the bill.

use super::setting::MINUTE_MS;
use super::shift::{Deed, Shift};
use super::stock::Use;
use crate::refusal::Refusal;
use fastops_domain::ids::{LineId, OrderId, StationId, TerminalId, UserId};
use fastops_domain::order::{OrderLine, OrderType, Posting, posting};
use fastops_domain::ticket::TicketKind;
use fastops_domain::time::Time;
use fastops_store::history::{EventFact, LineFact, OrderFact, TaxFact, VoidFact};
use serde_json::json;
use std::sync::Arc;

/// Of a thousand orders.
const URGENT: u32 = 22;
const WITH_NOTE: u32 = 45;
const SECOND_ROUND: u32 = 310;
const VOIDED_LINE: u32 = 48;
const OTHER_TABLE: u32 = 18;

const REASONS: [&str; 6] = [
    "El cliente cambió de opinión",
    "Se pidió dos veces",
    "Se agotó en cocina",
    "Demora en la entrega",
    "Error al digitar",
    "No era lo que esperaba",
];
const ORDER_NOTES: [&str; 4] = ["cumpleaños en la mesa", "todo junto", "cuentas separadas", "tienen afán"];
const CUSTOMERS: [&str; 12] = [
    "Andrés Peña",
    "Beatriz Rojas",
    "Carlos Muñoz",
    "Diana Castaño",
    "Élmer Ruiz",
    "Fabiola Gómez",
    "Germán Ortiz",
    "Inés Cárdenas",
    "Julián Niño",
    "Lucía Bermúdez",
    "Óscar Peñaloza",
    "Yolanda Acuña",
];

/// An order while it is served.
#[derive(Debug)]
pub(super) struct Serving {
    pub(super) id: OrderId,
    pub(super) order_type: OrderType,
    pub(super) number: i64,
    /// Place of its table in the house.
    pub(super) table: Option<usize>,
    pub(super) customer: Option<Arc<str>>,
    pub(super) covers: Option<u32>,
    pub(super) waiter: (UserId, String),
    pub(super) terminal: (TerminalId, String),
    pub(super) note: Option<&'static str>,
    pub(super) urgent: bool,
    pub(super) revision: u32,
    pub(super) lines: Vec<OrderLine>,
    /// Stations that have heard of it.
    pub(super) known: Vec<StationId>,
    opened_at: Time,
}

impl Shift<'_> {
    /// Serves one party: they order, perhaps once more, change their mind, eat, and pay.
    pub(super) fn serve(&mut self, opened_at: Time, stays_open: bool) -> Result<(), Refusal> {
        let mut serving = self.seat(opened_at);
        let seated = serving.order_type == OrderType::DineIn;
        let first = self.first_round(&serving);
        self.round(&mut serving, opened_at, first)?;
        let mut at = opened_at;
        if !stays_open {
            if seated && self.dice.chance(SECOND_ROUND) {
                at = at.plus_ms(self.dice.between(14, 38) * MINUTE_MS);
                let more = self.dice.between(1, 2);
                self.round(&mut serving, at, more)?;
            }
            if self.dice.chance(VOIDED_LINE) {
                at = at.plus_ms(self.dice.between(3, 9) * MINUTE_MS);
                self.void(&mut serving, at)?;
            }
            let table = serving.table;
            if seated && self.dice.chance(OTHER_TABLE) {
                at = at.plus_ms(self.dice.between(1, 5) * MINUTE_MS);
                self.change_table(&mut serving, at);
            }
            at = at.plus_ms(
                if seated { self.dice.between(22, 64) } else { self.dice.between(6, 28) } * MINUTE_MS,
            );
            at = at.plus_ms(self.dice.between(0, MINUTE_MS - 1));
            for place in table.into_iter().chain(serving.table) {
                self.tables[place] = at;
            }
        }
        let posted = if stays_open { None } else { Some(self.close(&mut serving, at)?) };
        self.keep(serving, at, posted);
        Ok(())
    }

    fn seat(&mut self, opened_at: Time) -> Serving {
        let setting = self.setting;
        let order_type = setting.house.order_types[setting.type_use.draw(self.dice)];
        let seated = order_type == OrderType::DineIn;
        let people = if seated { &setting.waiters } else { &setting.cashiers };
        let person = &people[self.dice.place(people.len())];
        let terminals = &setting.house.terminals;
        let terminal = if seated { self.dice.place(terminals.len()) } else { 0 };
        let table = seated.then(|| self.free_table(opened_at));
        let seats = table.map(|place| i64::from(setting.house.tables[place].seats));
        let named = matches!(order_type, OrderType::Delivery | OrderType::TakeAway);
        let customer = if named { self.dice.one(&CUSTOMERS).map(|name| Arc::from(*name)) } else { None };
        let covers = seats.and_then(|seats| u32::try_from(self.dice.between(1, seats)).ok());
        let note = if self.dice.chance(WITH_NOTE) { self.dice.one(&ORDER_NOTES).copied() } else { None };
        Serving {
            id: OrderId(self.dice.id(opened_at)),
            number: self.next_order_number(order_type),
            urgent: self.dice.chance(URGENT),
            waiter: (person.id, person.name.clone()),
            terminal: (terminals[terminal].id, terminals[terminal].name.clone()),
            order_type,
            table,
            customer,
            covers,
            note,
            revision: 0,
            lines: Vec::with_capacity(4),
            known: Vec::with_capacity(3),
            opened_at,
        }
    }

    /// A table that nobody sits at; on a crowded evening, the one that is free next.
    fn free_table(&mut self, at: Time) -> usize {
        let count = self.tables.len();
        let first = self.dice.place(count);
        let from_first = || (0..count).map(|step| (first + step) % count);
        let free = from_first().find(|place| self.tables[*place] <= at);
        free.or_else(|| from_first().min_by_key(|place| self.tables[*place])).unwrap_or(first)
    }

    /// How many lines the first round has.
    fn first_round(&mut self, serving: &Serving) -> i64 {
        let most = serving.covers.map_or(4, |covers| i64::from(covers).clamp(2, 5));
        self.dice.between(1, most).max(self.dice.between(1, most))
    }

    /// Orders `count` things and tells the stations.
    fn round(&mut self, serving: &mut Serving, at: Time, count: i64) -> Result<(), Refusal> {
        self.happened(at);
        serving.revision += 1;
        let (before, command) = (serving.lines.len(), self.dice.id(at));
        for position in 0..count {
            let choice = self.setting.menu.choose(self.dice)?;
            let dish = &self.setting.menu.dishes[choice.dish];
            let id = LineId(self.dice.id(at));
            let station = dish.product.station.filter(|station| self.setting.station(*station).is_some());
            self.day.lines.push(LineFact {
                id,
                order_id: serving.id,
                product_id: dish.product.id,
                name: Arc::clone(&dish.name),
                quantity: choice.quantity,
                price_minor: dish.product.price,
                modifiers: choice.modifiers_json,
                taxes: Arc::clone(&dish.taxes),
                note: choice.note,
                allergy: choice.allergy,
                course: 1,
                station_id: station,
                revision: serving.revision,
                position,
                created_at: at,
                user_id: serving.waiter.0,
                current_order_id: serving.id,
            });
            let using = dish.product.uses.iter();
            self.uses.extend(using.map(|(product, milli)| Use {
                at,
                product: *product,
                milli: -milli * choice.quantity,
                kind: if *product == dish.product.id { "sale" } else { "recipe" },
                line: id,
                command,
                user: serving.waiter.0,
            }));
            serving.lines.push(OrderLine {
                id,
                product: dish.product.id,
                variant: None,
                name: dish.product.name.clone(),
                quantity: choice.quantity,
                price: dish.product.price,
                modifiers: choice.modifiers,
                taxes: dish.product.taxes.clone(),
                note: choice.note.map(Into::into),
                allergy: choice.allergy.map(Into::into),
                course: 1,
                seat: None,
                held: false,
                fired_at: None,
                station,
                revision: serving.revision,
                combo: None,
                listed: None,
                voided: false,
            });
        }
        self.tell_stations(serving, before, at);
        Ok(())
    }

    /// Takes one line back, with a reason, by someone who may; something is always left to pay for.
    fn void(&mut self, serving: &mut Serving, at: Time) -> Result<(), Refusal> {
        if serving.lines.len() < 2 {
            return Ok(());
        }
        self.happened(at);
        serving.revision += 1;
        let place = self.dice.place(serving.lines.len());
        let manager = self.setting.managers[self.dice.place(self.setting.managers.len())].clone();
        let reason = self.dice.one(&REASONS).copied().unwrap_or_default();
        let command = self.dice.id(at);
        let line = &mut serving.lines[place];
        line.voided = true;
        let (id, amount) = (line.id, line.amount()?.total.0);
        let (line_id, order_id) = (id, serving.id);
        self.day.voids.push(VoidFact {
            line_id,
            order_id,
            reason,
            user_id: manager.id,
            at,
            command_id: command,
        });
        self.deeds.push(Deed {
            at,
            user: manager.id,
            terminal: serving.terminal.0,
            action: "void_line",
            subject: ("order_line", id.0),
            detail: json!({
                "order": serving.id.0, "product": line.name, "quantity": line.quantity,
                "amount_minor": amount, "reason": reason,
            }),
            ticket: None,
        });
        let returned: Vec<Use> =
            self.uses.iter().rev().take(64).filter(|used| used.line == id).cloned().collect();
        // Whoever makes it has done so by now: what comes back is thrown away.
        let made = serving.lines[place].station.is_some();
        let moves = |kind: &'static str, sign: i64| {
            returned.iter().map(move |used| Use {
                at,
                milli: sign * used.milli,
                kind,
                command,
                user: manager.id,
                ..used.clone()
            })
        };
        self.uses.extend(moves("void", -1));
        if made {
            self.uses.extend(moves("waste", 1));
        }
        if let Some(station) = serving.lines[place].station {
            let lines = [&serving.lines[place]];
            self.write_ticket(serving, station, &lines, TicketKind::Void, at);
        }
        Ok(())
    }

    fn change_table(&mut self, serving: &mut Serving, at: Time) {
        let Some(from) = serving.table else { return };
        let to = self.free_table(at);
        if from == to {
            return;
        }
        self.happened(at);
        serving.revision += 1;
        serving.table = Some(to);
        let tables = &self.setting.house.tables;
        let event = EventFact {
            id: self.dice.id(at),
            order_id: serving.id,
            at,
            user_id: serving.waiter.0,
            terminal_id: serving.terminal.0,
            kind: "table_changed",
            detail: json!({ "from": tables[from].id, "to": tables[to].id }).to_string(),
        };
        self.day.events.push(event);
    }

    /// Posts the order's figures and takes the money.
    fn close(&mut self, serving: &mut Serving, at: Time) -> Result<(Posting, UserId), Refusal> {
        self.happened(at);
        let posted = posting(&serving.lines)?;
        let cashier = self.setting.cashiers[self.dice.place(self.setting.cashiers.len())].id;
        for (position, total) in (0..).zip(&posted.taxes) {
            self.day.taxes.push(TaxFact {
                order_id: serving.id,
                position,
                name: total.tax.name.as_str().into(),
                rate_bp: total.tax.rate_bp,
                mode: total.tax.mode,
                base_minor: total.base,
                amount_minor: total.amount,
            });
        }
        self.pay(serving, posted.sum.total, cashier, at);
        Ok((posted, cashier))
    }

    fn keep(&mut self, serving: Serving, at: Time, posted: Option<(Posting, UserId)>) {
        let sum = posted.as_ref().map(|(posting, _)| posting.sum);
        let table = serving.table.map(|place| self.setting.house.tables[place].id);
        self.day.orders.push(OrderFact {
            id: serving.id,
            branch_id: self.setting.house.branch,
            order_type: serving.order_type,
            number: serving.number,
            table_id: table,
            customer: serving.customer,
            covers: serving.covers,
            waiter_id: serving.waiter.0,
            terminal_id: serving.terminal.0,
            note: serving.note,
            urgent: serving.urgent,
            revision: serving.revision,
            opened_at: serving.opened_at,
            closed_at: posted.is_some().then_some(at),
            net_minor: sum.map(|sum| sum.net),
            tax_minor: sum.map(|sum| sum.tax),
            total_minor: sum.map(|sum| sum.total),
            business_day: posted.is_some().then(|| self.setting.rule.day_of(at).ymd()),
            closed_by: posted.map(|(_, cashier)| cashier),
        });
    }
}
