//! Orders: append-only lines, what they come to, and the one word that says how far they are.

use crate::hold::LineState;
use crate::ids::{LineId, ProductId, StationId, VariantId};
use crate::job::JobState;
use crate::menu::{ChosenModifier, unit_price};
use crate::money::{AmountTooLarge, Money};
use crate::stock::Item;
use crate::tax::{Split, Tax, Taxed, split};
use crate::ticket::TicketState;
use crate::time::Time;
use serde::{Deserialize, Serialize};

/// How the guest eats; each type has its own consecutive numbers in a branch. An order keeps the number of the type
/// that it was taken as, whatever it is served as later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderType {
    DineIn,
    TakeAway,
    Delivery,
    Counter,
}

impl OrderType {
    pub const ALL: [Self; 4] = [Self::DineIn, Self::TakeAway, Self::Delivery, Self::Counter];

    pub const fn code(self) -> &'static str {
        match self {
            Self::DineIn => "dine_in",
            Self::TakeAway => "take_away",
            Self::Delivery => "delivery",
            Self::Counter => "counter",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order_type| order_type.code() == code)
    }
}

/// What can happen to an order that no line, void, move or payment tells of by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderEventKind {
    /// It went to another table, or to none.
    TableChanged,
    /// Another waiter serves it.
    WaiterChanged,
    /// Some of its lines went to another order.
    LinesMoved,
    /// Some units of a line became a line of their own.
    LineDivided,
    /// All that was left of it went to another order, and it was closed.
    Merged,
    /// How whoever ordered is reached, or when the order was promised.
    Described,
    HandedOver,
    /// It was not handed over after all.
    TakenBack,
    /// Its bill was divided into parts.
    BillDivided,
    /// The parts of its bill were joined again.
    BillJoined,
    /// It is served as something else: at a table, to take away, brought, at the counter.
    TypeChanged,
}

impl OrderEventKind {
    pub const ALL: [Self; 11] = [
        Self::TableChanged,
        Self::WaiterChanged,
        Self::LinesMoved,
        Self::LineDivided,
        Self::Merged,
        Self::Described,
        Self::HandedOver,
        Self::TakenBack,
        Self::BillDivided,
        Self::BillJoined,
        Self::TypeChanged,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::TableChanged => "table_changed",
            Self::WaiterChanged => "waiter_changed",
            Self::LinesMoved => "lines_moved",
            Self::LineDivided => "line_divided",
            Self::Merged => "merged",
            Self::Described => "described",
            Self::HandedOver => "handed_over",
            Self::TakenBack => "taken_back",
            Self::BillDivided => "bill_divided",
            Self::BillJoined => "bill_joined",
            Self::TypeChanged => "type_changed",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Most units in one line; more is a slip of the finger.
pub const MAX_QUANTITY: i64 = 999;
/// Most lines in one order.
pub const MAX_LINES: usize = 300;
/// Longest note, allergy or customer name, in characters.
pub const MAX_TEXT: usize = 200;
/// Courses of a meal.
pub const MAX_COURSE: u8 = 9;
/// Seats at a table: as many as guests.
pub const MAX_SEAT: u16 = 999;

/// One line as it was typed: a fact that is never changed, only voided by another fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderLine {
    pub id: LineId,
    pub product: ProductId,
    pub variant: Option<VariantId>,
    /// As papers and screens say it, with the variant's words after the product's.
    pub name: String,
    pub quantity: i64,
    /// Price of one unit without its modifiers.
    pub price: Money,
    pub modifiers: Vec<ChosenModifier>,
    /// The taxes that it bears, as they were then; none, one or several.
    pub taxes: Vec<Tax>,
    pub note: Option<String>,
    pub allergy: Option<String>,
    pub course: u8,
    /// Who at the table it is for, from 1; none when it is for all.
    pub seat: Option<u16>,
    /// It was sent to be made only when its course is fired.
    pub held: bool,
    /// When its course was fired, of a line that was held.
    pub fired_at: Option<Time>,
    /// Who makes it; `None` for what needs no making.
    pub station: Option<StationId>,
    /// The revision of the order that brought it, from 1.
    pub revision: u32,
    /// The line of the combo that it was chosen for.
    pub combo: Option<LineId>,
    /// Why its price was not the ordinary one when it was typed.
    pub listed: Option<ListedPrice>,
    pub voided: bool,
}

/// A price by a list that passes, as it was when a line was typed; whatever becomes of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedPrice {
    /// What the list was called.
    pub list: String,
    /// What one unit cost without it, without modifiers.
    pub ordinary: Money,
}

impl OrderLine {
    /// Whether it waits for its course to be fired.
    pub fn is_held(&self) -> bool {
        LineState::of(self) == LineState::Held
    }

    /// What it is a line of: the variant when there is one, else the product.
    pub const fn item(&self) -> Item {
        Item { product: self.product, variant: self.variant }
    }

    /// Whether it is the line `id`, or was chosen for it: what is voided and moved together.
    pub fn belongs_to(&self, id: LineId) -> bool {
        self.id == id || self.combo == Some(id)
    }

    /// What this line comes to, as if it were not voided.
    pub fn amount(&self) -> Result<Taxed, AmountTooLarge> {
        self.split().map(|split| split.taxed)
    }

    /// What this line would come to at its ordinary price, as if it were not voided; none when that is its price.
    pub fn ordinary_amount(&self) -> Result<Option<Money>, AmountTooLarge> {
        let Some(listed) = &self.listed else { return Ok(None) };
        // What was chosen with it costs what it always costs.
        let ordinary = Self { price: listed.ordinary, listed: None, ..self.clone() };
        Ok(Some(ordinary.amount()?.total))
    }

    /// What this line comes to and what each of its taxes is, as if it were not voided.
    pub fn split(&self) -> Result<Split, AmountTooLarge> {
        split(unit_price(self.price, &self.modifiers)?.times(self.quantity)?, &self.taxes)
    }
}

/// What lines come to together; voided ones count nothing.
pub fn total<'a>(lines: impl IntoIterator<Item = &'a OrderLine>) -> Result<Taxed, AmountTooLarge> {
    live(lines).try_fold(Taxed::default(), |sum, line| sum.plus(line.amount()?))
}

/// One tax of a whole order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaxTotal {
    pub tax: Tax,
    /// The net amounts that bear it.
    pub base: Money,
    /// What it comes to: the sum of the lines' own amounts, rounded line by line.
    pub amount: Money,
}

/// What an order comes to when it is closed: the figures that every report reads from then on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Posting {
    pub sum: Taxed,
    /// Each tax once, in the order in which the lines name them; their amounts are `sum.tax`.
    pub taxes: Vec<TaxTotal>,
}

impl Posting {
    /// Counts a line, or what one part of a bill holds of it; `split` has a part for each of `taxes`.
    pub(crate) fn add(&mut self, taxes: &[Tax], split: &Split) -> Result<(), AmountTooLarge> {
        self.sum = self.sum.plus(split.taxed)?;
        for (tax, part) in taxes.iter().zip(&split.parts) {
            let known = self.taxes.iter().position(|total| total.tax == *tax);
            let at = known.unwrap_or_else(|| {
                self.taxes.push(TaxTotal { tax: tax.clone(), base: Money::ZERO, amount: Money::ZERO });
                self.taxes.len() - 1
            });
            let total = &mut self.taxes[at];
            total.base = total.base.plus(split.taxed.net)?;
            total.amount = total.amount.plus(*part)?;
        }
        Ok(())
    }
}

/// The posted figures of lines; voided ones count nothing.
pub fn posting<'a>(lines: impl IntoIterator<Item = &'a OrderLine>) -> Result<Posting, AmountTooLarge> {
    let mut posting = Posting::default();
    for line in live(lines) {
        posting.add(&line.taxes, &line.split()?)?;
    }
    Ok(posting)
}

pub(crate) fn live<'a>(
    lines: impl IntoIterator<Item = &'a OrderLine>,
) -> impl Iterator<Item = &'a OrderLine> {
    lines.into_iter().filter(|line| !line.voided)
}

/// How far an order is, in one word for the waiter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderStatus {
    /// On disk; nothing in it needs making.
    Received,
    /// A ticket waits for its printer.
    Queued,
    /// A ticket is on its way to paper.
    Printing,
    /// A ticket cannot be printed until someone acts.
    Blocked,
    /// Every ticket was handed to its printer, at least one to a printer that cannot prove it.
    Sent,
    /// Every ticket is on paper, and the printers said so.
    Printed,
    /// A station has seen its ticket.
    Preparing,
    /// Every station is done.
    Ready,
    Paid,
    /// Every line was taken back.
    Voided,
    /// Every line went to another order, and this one was closed.
    Merged,
}

/// What stands in an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// No line at all: what was in it has gone elsewhere.
    Nothing,
    OnlyVoided,
    Lines,
}

impl Left {
    pub fn of(lines: &[OrderLine]) -> Self {
        if lines.is_empty() {
            Self::Nothing
        } else if lines.iter().all(|line| line.voided) {
            Self::OnlyVoided
        } else {
            Self::Lines
        }
    }
}

/// One ticket of an order, as its status depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TicketProgress {
    pub ticket: TicketState,
    /// Of the ticket's first printing, not of a reprint.
    pub job: JobState,
}

impl TicketProgress {
    /// Whether it is wanted and not on paper yet, or nobody knows that it is.
    pub fn is_on_its_way(self) -> bool {
        let is_wanted = !matches!(self.ticket, TicketState::Ready | TicketState::Cancelled);
        let on_paper = matches!(self.job, JobState::Printed | JobState::Unconfirmed | JobState::Cancelled);
        is_wanted && !on_paper
    }
}

/// How far an order is, from the facts: the worst news first, then the least advanced ticket.
pub fn status(closed: bool, left: Left, tickets: &[TicketProgress]) -> OrderStatus {
    if closed {
        return match left {
            Left::Nothing => OrderStatus::Merged,
            Left::OnlyVoided => OrderStatus::Voided,
            Left::Lines => OrderStatus::Paid,
        };
    }
    let live = || tickets.iter().filter(|ticket| ticket.ticket != TicketState::Cancelled);
    let any_job = |states: &[JobState]| {
        live().any(|ticket| ticket.ticket != TicketState::Ready && states.contains(&ticket.job))
    };
    if any_job(&[JobState::Blocked, JobState::Failed, JobState::Uncertain]) {
        OrderStatus::Blocked
    } else if any_job(&[JobState::Queued, JobState::OnSlip]) {
        OrderStatus::Queued
    } else if any_job(&[JobState::Sending, JobState::Sent]) {
        OrderStatus::Printing
    } else if left == Left::OnlyVoided {
        OrderStatus::Voided
    } else if live().next().is_none() {
        OrderStatus::Received
    } else if live().all(|ticket| ticket.ticket == TicketState::Ready) {
        OrderStatus::Ready
    } else if live().any(|ticket| ticket.ticket != TicketState::New) {
        OrderStatus::Preparing
    } else if any_job(&[JobState::Cancelled]) {
        // A person gave its paper up; nobody in the kitchen has seen it yet.
        OrderStatus::Received
    } else if any_job(&[JobState::Unconfirmed]) {
        OrderStatus::Sent
    } else {
        OrderStatus::Printed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tax::TaxMode;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn line(quantity: i64, price: i64, taxes: Vec<Tax>, voided: bool) -> OrderLine {
        OrderLine {
            id: LineId(Uuid::nil()),
            product: ProductId(Uuid::nil()),
            variant: None,
            name: "Ajiaco".into(),
            quantity,
            price: Money(price),
            modifiers: Vec::new(),
            taxes,
            note: None,
            allergy: None,
            course: 1,
            seat: None,
            held: false,
            fired_at: None,
            station: None,
            revision: 1,
            combo: None,
            listed: None,
            voided,
        }
    }

    #[test]
    fn the_worst_news_comes_first() {
        use JobState as J;
        use TicketState as T;
        let cases: &[(&[(T, J)], OrderStatus)] = &[
            (&[], OrderStatus::Received),
            (&[(T::New, J::Queued), (T::New, J::Printed)], OrderStatus::Queued),
            (&[(T::New, J::OnSlip), (T::New, J::Printed)], OrderStatus::Queued),
            (&[(T::New, J::Blocked), (T::New, J::Queued)], OrderStatus::Blocked),
            (&[(T::New, J::Uncertain), (T::New, J::Queued)], OrderStatus::Blocked),
            (&[(T::New, J::Sending), (T::Seen, J::Printed)], OrderStatus::Printing),
            (&[(T::New, J::Sent)], OrderStatus::Printing),
            (&[(T::New, J::Printed), (T::New, J::Printed)], OrderStatus::Printed),
            (&[(T::New, J::Unconfirmed), (T::New, J::Printed)], OrderStatus::Sent),
            (&[(T::Seen, J::Printed), (T::New, J::Printed)], OrderStatus::Preparing),
            (&[(T::Ready, J::Printed), (T::New, J::Printed)], OrderStatus::Preparing),
            (&[(T::Ready, J::Blocked)], OrderStatus::Ready),
            (&[(T::Ready, J::Printed), (T::Cancelled, J::Cancelled)], OrderStatus::Ready),
            (&[(T::Cancelled, J::Cancelled)], OrderStatus::Received),
            (&[(T::New, J::Cancelled), (T::New, J::Printed)], OrderStatus::Received),
            (&[(T::Seen, J::Cancelled), (T::New, J::Printed)], OrderStatus::Preparing),
        ];
        for (tickets, expected) in cases {
            let tickets: Vec<_> =
                tickets.iter().map(|&(ticket, job)| TicketProgress { ticket, job }).collect();
            assert_eq!(status(false, Left::Lines, &tickets), *expected, "{tickets:?}");
        }
        assert_eq!(status(false, Left::OnlyVoided, &[]), OrderStatus::Voided);
        let closed = [Left::Nothing, Left::OnlyVoided, Left::Lines].map(|left| status(true, left, &[]));
        assert_eq!(closed, [OrderStatus::Merged, OrderStatus::Voided, OrderStatus::Paid]);
    }

    #[test]
    fn what_is_left_of_an_order_is_told_by_its_lines() {
        let of = |voided: &[bool]| {
            let lines: Vec<_> = voided.iter().map(|voided| line(1, 100, Vec::new(), *voided)).collect();
            Left::of(&lines)
        };
        assert_eq!(of(&[]), Left::Nothing);
        assert_eq!(of(&[true, true]), Left::OnlyVoided);
        assert_eq!(of(&[true, false]), Left::Lines);
    }

    fn lines() -> impl Strategy<Value = Vec<OrderLine>> {
        let tax = (0_usize..5).prop_map(|n| Tax {
            name: format!("Impuesto {n}"),
            rate_bp: [0, 800, 1_900, 1_600, 55][n],
            mode: [TaxMode::Exempt, TaxMode::Included, TaxMode::Added, TaxMode::Included, TaxMode::Added][n],
        });
        let taxes = proptest::collection::vec(tax, 0..4);
        let one = (1_i64..50, 0_i64..50_000_000, taxes, any::<bool>());
        proptest::collection::vec(
            one.prop_map(|(quantity, price, taxes, voided)| line(quantity, price, taxes, voided)),
            0..40,
        )
    }

    proptest! {
        /// P10: the sum of the lines is the total, to the last minor unit.
        #[test]
        fn the_total_is_the_sum_of_its_lines(lines in lines()) {
            let sum = total(&lines).unwrap();
            let by_hand: i64 = lines.iter().filter(|line| !line.voided).map(|line| line.amount().unwrap().total.0).sum();
            prop_assert_eq!(sum.total.0, by_hand);
            prop_assert_eq!(sum.net.plus(sum.tax).unwrap(), sum.total);
        }

        /// P10: what is posted is what the screen showed, and the taxes of the report are its tax.
        #[test]
        fn what_is_posted_is_the_total(lines in lines()) {
            let posted = posting(&lines).unwrap();
            prop_assert_eq!(posted.sum, total(&lines).unwrap());
            prop_assert_eq!(Money::sum(posted.taxes.iter().map(|tax| tax.amount)).unwrap(), posted.sum.tax);
            for (n, one) in posted.taxes.iter().enumerate() {
                prop_assert!(posted.taxes[..n].iter().all(|other| other.tax != one.tax), "each tax once");
            }
        }
    }
}
