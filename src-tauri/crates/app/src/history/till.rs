//! Money: drawers from their float to their count, payments, tips, change, and what was given back.

use super::order::Serving;
use super::setting::{MINUTE_MS, Setting};
use super::shift::{Deed, Shift};
use crate::refusal::Refusal;
use fastops_domain::cash::Drawer;
use fastops_domain::ids::{TerminalId, UserId};
use fastops_domain::money::Money;
use fastops_domain::order::OrderType;
use fastops_domain::time::Time;
use fastops_store::history::{CashMoveFact, DrawerCount, DrawerFact, PaymentFact, ReceiptFact, RefundFact};
use serde_json::json;
use uuid::Uuid;

/// Of a thousand orders, payments or drawers.
const SPLIT_BILL: u32 = 62;
const TIP_AT_TABLE: u32 = 540;
const REFUNDED: u32 = 5;
const COUNT_DIFFERS: u32 = 290;
const TO_THE_SAFE: u32 = 450;
const MORE_CHANGE: u32 = 220;
/// In what people call one of their currency.
const FLOAT: i64 = 200_000;
const NOTES: [i64; 5] = [1_000, 2_000, 10_000, 20_000, 50_000];
/// Minutes after midnight at which drawers are opened, before the first guest.
const OPENING: i64 = 630;

const BACK: [&str; 4] =
    ["Cobro doble", "Plato devuelto", "Se cobró un producto de más", "Reclamo del cliente"];

/// A drawer of the day and what went through it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Till {
    session: Uuid,
    terminal: TerminalId,
    drawer: Drawer,
}

impl Shift<'_> {
    /// Opens the day's drawers.
    pub(super) fn open_drawers(&mut self) {
        let opened_at = self.setting.midnight(self.business_day).plus_ms(OPENING * MINUTE_MS);
        for place in 0..self.setting.tills.len() {
            let terminal = self.setting.tills[place].id;
            let by = self.setting.cashiers[self.dice.place(self.setting.cashiers.len())].id;
            let at = opened_at.plus_ms(self.dice.between(0, 12 * MINUTE_MS));
            let session = self.dice.id(at);
            let float = Money(FLOAT * self.setting.house.shown_unit);
            self.counters.drawers += 1;
            self.day.drawers.push(DrawerFact {
                id: session,
                branch_id: self.setting.house.branch,
                terminal_id: terminal,
                number: self.counters.drawers,
                business_day: self.business_day.ymd(),
                opened_at: at,
                opened_by: by,
                float_minor: float,
            });
            self.tills.push(Till { session, terminal, drawer: Drawer { float, ..Drawer::default() } });
            let detail = json!({ "number": self.counters.drawers, "float_minor": float.0 });
            self.drawer_deed(at, by, terminal, "open_cash_session", session, detail);
        }
    }

    fn drawer_deed(
        &mut self,
        at: Time,
        user: UserId,
        terminal: TerminalId,
        action: &'static str,
        session: Uuid,
        detail: serde_json::Value,
    ) {
        let subject = ("cash_session", session);
        self.deeds.push(Deed { at, user, terminal, action, subject, detail, ticket: None });
    }

    /// Takes what the order comes to, in one payment or two, and writes the receipt.
    pub(super) fn pay(&mut self, serving: &mut Serving, total: Money, cashier: UserId, at: Time) {
        let till = self.dice.place(self.tills.len());
        let half = total.0 / 2;
        let shares =
            if half > 0 && self.dice.chance(SPLIT_BILL) { [half, total.0 - half] } else { [0, total.0] };
        for share in shares.into_iter().filter(|share| *share > 0) {
            serving.revision += 1;
            self.take(serving, till, Money(share), cashier, at);
        }
        if let Some((range_id, _)) = self.setting.house.receipts {
            let id = self.dice.id(at);
            self.day.receipts.push(ReceiptFact {
                id,
                order_id: serving.id,
                range_id,
                number: 0,
                at,
                user_id: cashier,
            });
        }
    }

    fn take(&mut self, serving: &Serving, till: usize, amount: Money, user: UserId, at: Time) {
        let setting = self.setting;
        let method = &setting.methods[setting.method_use.draw(self.dice)];
        let tips = serving.order_type == OrderType::DineIn && self.dice.chance(TIP_AT_TABLE);
        let tip = if tips { tip(setting, amount) } else { 0 };
        let note = self.dice.one(&NOTES).copied().unwrap_or(1);
        let tendered = method.is_cash.then(|| setting.rounded_up(amount.0 + tip, note));
        let reference = (!method.is_cash).then(|| format!("{:06}", self.dice.between(0, 999_999)));
        let payment = PaymentFact {
            id: self.dice.id(at),
            branch_id: setting.house.branch,
            company_id: setting.house.company,
            order_id: serving.id,
            session_id: Some(self.tills[till].session),
            method: method.code.clone(),
            amount_minor: amount,
            tip_minor: Money(tip),
            tendered_minor: tendered.map(Money),
            change_minor: tendered.map(|tendered| Money(tendered - amount.0 - tip)),
            reference,
            at,
            user_id: user,
            terminal_id: self.tills[till].terminal,
            command_id: self.dice.id(at),
        };
        if method.is_cash {
            self.tills[till].drawer.taken.0 += amount.0 + tip;
        }
        if self.dice.chance(REFUNDED) {
            self.give_back(&payment, till, method.is_cash);
        }
        self.day.payments.push(payment);
    }

    /// Gives a payment back, whole or half of it.
    fn give_back(&mut self, payment: &PaymentFact, till: usize, is_cash: bool) {
        let at = payment.at.plus_ms(self.dice.between(MINUTE_MS, 14 * MINUTE_MS));
        let at = self.happened(at);
        let whole = payment.amount_minor.0;
        let amount = if self.dice.chance(500) { whole } else { (whole / 2).max(1) };
        let manager = self.setting.managers[self.dice.place(self.setting.managers.len())].id;
        let reason = self.dice.one(&BACK).copied().unwrap_or_default();
        let (id, command_id) = (self.dice.id(at), self.dice.id(at));
        if is_cash {
            self.tills[till].drawer.refunded.0 += amount;
        }
        self.day.refunds.push(RefundFact {
            id,
            payment_id: payment.id,
            session_id: is_cash.then_some(self.tills[till].session),
            amount_minor: Money(amount),
            reason,
            at,
            user_id: manager,
            terminal_id: payment.terminal_id,
            command_id,
        });
        self.deeds.push(Deed {
            at,
            user: manager,
            terminal: payment.terminal_id,
            action: "refund_payment",
            subject: ("payment", payment.id),
            detail: json!({ "order": payment.order_id.0, "amount_minor": amount, "reason": reason }),
            ticket: None,
        });
    }

    /// Counts and closes the day's drawers, after everything else of the day.
    pub(super) fn close_drawers(&mut self) -> Result<(), Refusal> {
        let closing = self.last.plus_ms(self.dice.between(10, 25) * MINUTE_MS);
        for place in 0..self.tills.len() {
            self.move_cash(place, closing);
            let Till { session, terminal, drawer } = self.tills[place];
            let expected = drawer.expected()?;
            let differs = self.dice.chance(COUNT_DIFFERS);
            let difference = if differs { self.dice.between(-80, 60) * 100 } else { 0 };
            let counted = Money((expected.0 + difference * self.setting.house.shown_unit).max(0));
            let by = self.setting.managers[self.dice.place(self.setting.managers.len())].id;
            let at = closing.plus_ms(self.dice.between(0, 9 * MINUTE_MS));
            self.day.counts.push(DrawerCount { session, at, by, counted, expected });
            let detail = json!({ "counted_minor": counted.0, "expected_minor": expected.0 });
            self.drawer_deed(at, by, terminal, "close_cash_session", session, detail);
        }
        Ok(())
    }

    /// Cash in and out of a drawer without a sale, before it is counted.
    fn move_cash(&mut self, place: usize, closing: Time) {
        let drawer = self.tills[place].drawer;
        let unit = self.setting.house.shown_unit;
        let spare = (drawer.float.0 + drawer.taken.0 - drawer.refunded.0) / 2;
        let to_safe = spare - spare.rem_euclid(1_000 * unit);
        if to_safe > 0 && self.dice.chance(TO_THE_SAFE) {
            self.tills[place].drawer.moved_out.0 += to_safe;
            self.cash_move(place, ("out", "Consignación a la caja fuerte"), to_safe, closing);
        }
        if self.dice.chance(MORE_CHANGE) {
            let change = 50_000 * unit;
            self.tills[place].drawer.moved_in.0 += change;
            self.cash_move(place, ("in", "Sencillo para dar vueltas"), change, closing);
        }
    }

    fn cash_move(
        &mut self,
        place: usize,
        (direction, reason): (&'static str, &'static str),
        amount: i64,
        closing: Time,
    ) {
        let at = closing.plus_ms(-self.dice.between(MINUTE_MS, 9 * MINUTE_MS));
        let user_id = self.setting.managers[self.dice.place(self.setting.managers.len())].id;
        let (id, command_id) = (self.dice.id(at), self.dice.id(at));
        let session_id = self.tills[place].session;
        let amount_minor = Money(amount);
        let fact = CashMoveFact { id, session_id, direction, amount_minor, reason, at, user_id, command_id };
        self.day.cash_moves.push(fact);
    }
}

/// A tenth of the bill, as people round it.
fn tip(setting: &Setting, amount: Money) -> i64 {
    setting.rounded_up(amount.0 / 10, 100)
}
