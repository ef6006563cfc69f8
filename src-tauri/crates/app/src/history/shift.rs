//! One day of service while it is made: what has happened so far, and what is numbered at its end.
//!
//! Numbers are given in the order in which things happened, as the real commands give them; so whatever
//! bears one is kept until the day is over, put in order, and numbered then.

use super::NoHistory;
use super::dice::Dice;
use super::setting::Setting;
use super::stock::{Stock, Use};
use super::till::Till;
use crate::refusal::Refusal;
use fastops_domain::audit::{Act, Hash, Head};
use fastops_domain::business_day::BusinessDay;
use fastops_domain::ids::{StationId, TerminalId, UserId};
use fastops_domain::order::OrderType;
use fastops_domain::ticket::TicketContent;
use fastops_domain::time::Time;
use fastops_store::history::{ActFact, Counters, Day};
use serde_json::Value;
use uuid::Uuid;

/// A sensitive act that is not in the chain yet.
#[derive(Debug)]
pub(super) struct Deed {
    pub(super) at: Time,
    pub(super) user: UserId,
    pub(super) terminal: TerminalId,
    pub(super) action: &'static str,
    pub(super) subject: (&'static str, Uuid),
    pub(super) detail: Value,
    /// Place of the ticket whose number belongs into the detail.
    pub(super) ticket: Option<usize>,
}

/// A day under way.
#[derive(Debug)]
pub(super) struct Shift<'s> {
    pub(super) setting: &'s Setting,
    pub(super) dice: &'s mut Dice,
    pub(super) counters: &'s mut Counters,
    pub(super) business_day: BusinessDay,
    pub(super) day: Day,
    /// What the tickets of [`Day::tickets`] say, at the same places.
    pub(super) papers: Vec<TicketContent>,
    pub(super) deeds: Vec<Deed>,
    pub(super) tills: Vec<Till>,
    pub(super) uses: Vec<Use>,
    /// When each table is free again.
    pub(super) tables: Vec<Time>,
    /// The latest that anything has happened.
    pub(super) last: Time,
}

impl<'s> Shift<'s> {
    pub(super) fn new(
        setting: &'s Setting,
        dice: &'s mut Dice,
        counters: &'s mut Counters,
        business_day: BusinessDay,
    ) -> Self {
        let tables = vec![Time(i64::MIN); setting.house.tables.len()];
        let last = setting.midnight(business_day);
        let (day, papers, deeds) = (Day::default(), Vec::new(), Vec::new());
        let (tills, uses) = (Vec::new(), Vec::new());
        Self { setting, dice, counters, business_day, day, papers, deeds, tills, uses, tables, last }
    }

    /// Remembers that something happened at `at`.
    pub(super) fn happened(&mut self, at: Time) -> Time {
        self.last = self.last.max(at);
        at
    }

    pub(super) fn next_order_number(&mut self, order_type: OrderType) -> i64 {
        next(&mut self.counters.orders, order_type)
    }

    /// Puts the day in order, numbers it, and gives its rows.
    pub(super) fn finish(mut self, stock: &mut Stock) -> Result<Day, Refusal> {
        self.number_tickets()?;
        self.number_receipts()?;
        self.chain_deeds()?;
        let (setting, midnight) = (self.setting, self.setting.midnight(self.business_day));
        self.day.stock_moves = stock.moves(setting, self.dice, midnight, &mut self.uses);
        self.day.counters = self.counters.clone();
        in_the_order_of_keys(&mut self.day);
        Ok(self.day)
    }

    fn number_tickets(&mut self) -> Result<(), Refusal> {
        let mut places: Vec<usize> = (0..self.day.tickets.len()).collect();
        places.sort_by_key(|place| self.day.tickets[*place].created_at);
        for place in places {
            let (ticket, paper) = (&mut self.day.tickets[place], &mut self.papers[place]);
            ticket.number = next::<StationId>(&mut self.counters.tickets, ticket.station_id);
            paper.number = ticket.number;
            ticket.content = serde_json::to_string(paper).map_err(Refusal::Unreadable)?;
        }
        Ok(())
    }

    fn number_receipts(&mut self) -> Result<(), Refusal> {
        let Some((_, last)) = self.setting.house.receipts else { return Ok(()) };
        self.day.receipts.sort_by_key(|receipt| (receipt.at, receipt.id));
        for receipt in &mut self.day.receipts {
            if self.counters.next_receipt > last {
                return Err(NoHistory::NoReceiptNumbers.into());
            }
            receipt.number = self.counters.next_receipt;
            self.counters.next_receipt += 1;
        }
        Ok(())
    }

    /// Hangs the day's sensitive acts into the branch's chain.
    fn chain_deeds(&mut self) -> Result<(), Refusal> {
        let branch = self.setting.house.branch;
        let noted = self.counters.audit.map(|(seq, hash)| Head { seq, hash: Hash(hash) });
        let mut head = noted.unwrap_or_else(|| Head::genesis(branch));
        let mut deeds = std::mem::take(&mut self.deeds);
        deeds.sort_by_key(|deed| deed.at);
        for mut deed in deeds {
            if let Some(place) = deed.ticket {
                deed.detail["number"] = self.papers[place].number.into();
            }
            let chained = head.append(Act {
                id: self.dice.id(deed.at),
                branch,
                at: deed.at,
                user: Some(deed.user),
                terminal: Some(deed.terminal),
                action: deed.action.into(),
                subject_kind: deed.subject.0.into(),
                subject: deed.subject.1,
                detail: deed.detail,
            });
            head = chained.head();
            self.day.acts.push(ActFact {
                id: chained.act.id,
                branch_id: branch,
                seq: chained.seq,
                previous_hash: chained.previous.0,
                hash: chained.hash.0,
                at: chained.act.at,
                user_id: chained.act.user,
                terminal_id: chained.act.terminal,
                action: chained.act.action,
                subject_kind: chained.act.subject_kind,
                subject_id: chained.act.subject,
                detail: serde_json::to_string(&chained.act.detail).map_err(Refusal::Unreadable)?,
            });
            self.counters.audit = Some((head.seq, head.hash.0));
        }
        Ok(())
    }
}

/// Keys begin with the time, so that what comes later comes at the end of its table, where it costs least
/// to write. Moves of stock and acts stay as they happened: each of them hangs on the one before.
fn in_the_order_of_keys(day: &mut Day) {
    day.orders.sort_unstable_by_key(|order| order.id);
    day.lines.sort_unstable_by_key(|line| line.id);
    day.events.sort_unstable_by_key(|event| event.id);
    day.taxes.sort_unstable_by_key(|tax| (tax.order_id, tax.position));
    day.tickets.sort_unstable_by_key(|ticket| ticket.id);
    day.jobs.sort_unstable_by_key(|job| job.id);
    day.attempts.sort_unstable_by_key(|attempt| (attempt.job_id, attempt.number));
    day.payments.sort_unstable_by_key(|payment| payment.id);
    day.receipts.sort_unstable_by_key(|receipt| receipt.id);
}

/// The next number of one kind, from 1.
fn next<K: Copy + PartialEq>(counters: &mut Vec<(K, i64)>, kind: K) -> i64 {
    let place = counters.iter().position(|(known, _)| *known == kind).unwrap_or_else(|| {
        counters.push((kind, 0));
        counters.len() - 1
    });
    counters[place].1 += 1;
    counters[place].1
}
