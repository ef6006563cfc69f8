//! What stays the same through all the years of a history: the house, its people, its hours.

use super::NoHistory;
use super::dice::{Dice, Weighted};
use super::menu::Menu;
use crate::refusal::Refusal;
use fastops_domain::business_day::{BusinessDay, DayRule};
use fastops_domain::order::OrderType;
use fastops_domain::time::Time;
use fastops_domain::user::Role;
use fastops_store::history::{House, HouseStation, HouseTerminal, Person};
use std::sync::Arc;

pub(super) const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
/// How often guests come in each hour of the day: lunch, and a longer evening.
const HOURS: [i64; 24] =
    [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 38, 118, 160, 104, 44, 26, 30, 62, 124, 142, 92, 30, 0];
/// Tills whose drawer is used on a day, at most.
const TILLS: usize = 2;

/// A way to pay.
#[derive(Clone, Debug)]
pub(super) struct Method {
    pub(super) code: Arc<str>,
    pub(super) is_cash: bool,
}

/// The house and how it lives.
#[derive(Debug)]
pub(super) struct Setting {
    pub(super) house: House,
    pub(super) menu: Menu,
    pub(super) rule: DayRule,
    pub(super) waiters: Vec<Person>,
    pub(super) cashiers: Vec<Person>,
    pub(super) managers: Vec<Person>,
    pub(super) cook: Option<Person>,
    pub(super) tills: Vec<HouseTerminal>,
    pub(super) methods: Vec<Method>,
    pub(super) method_use: Weighted,
    pub(super) type_use: Weighted,
    hours: Weighted,
}

impl Setting {
    /// Says what is missing when no day could be served in this house.
    pub(super) fn new(mut house: House, dice: &mut Dice) -> Result<Self, Refusal> {
        let tills: Vec<_> =
            house.terminals.iter().filter(|terminal| !terminal.drawer_open).take(TILLS).cloned().collect();
        if house.products.is_empty() {
            return Err(NoHistory::NothingToSell.into());
        }
        if tills.is_empty() {
            return Err(NoHistory::NoTill.into());
        }
        let with = |roles: &[Role]| -> Vec<Person> {
            let of =
                |role: &Role| house.people.iter().filter(|person| person.role == *role).cloned().collect();
            roles.iter().map(of).find(|people: &Vec<Person>| !people.is_empty()).unwrap_or_default()
        };
        let managers = with(&[Role::Manager, Role::Admin]);
        let cashiers = with(&[Role::Cashier, Role::Manager, Role::Admin]);
        let waiters = with(&[Role::Waiter, Role::Cashier, Role::Manager, Role::Admin]);
        if managers.is_empty() || house.methods.is_empty() || house.order_types.is_empty() {
            return Err(NoHistory::NobodyInCharge.into());
        }
        if house.tables.is_empty() {
            house.order_types.retain(|order_type| *order_type != OrderType::DineIn);
        }
        let menu = Menu::new(&house, dice).map_err(Refusal::Unreadable)?;
        Ok(Self {
            rule: DayRule {
                utc_offset_minutes: house.utc_offset_minutes,
                day_starts_minute: house.day_starts_minute,
            },
            cook: with(&[Role::Kitchen]).into_iter().next(),
            methods: house.methods.iter().map(|(code, kind)| Method::new(code, kind)).collect(),
            method_use: Weighted::new(house.methods.iter().map(|(_, kind)| method_weight(kind))),
            type_use: Weighted::new(house.order_types.iter().copied().map(type_weight)),
            hours: Weighted::new(HOURS),
            waiters,
            cashiers,
            managers,
            tills,
            menu,
            house,
        })
    }

    /// Midnight of the day's date where the house is.
    pub(super) fn midnight(&self, day: BusinessDay) -> Time {
        self.rule.start(day).plus_ms(-i64::from(self.rule.day_starts_minute) * MINUTE_MS)
    }

    /// When the guests of a day come, in order.
    pub(super) fn arrivals(&self, day: BusinessDay, count: u32, dice: &mut Dice) -> Vec<Time> {
        let midnight = self.midnight(day);
        let mut arrivals: Vec<Time> = (0..count)
            .map(|_| {
                let hour = i64::try_from(self.hours.draw(dice)).unwrap_or_default();
                midnight.plus_ms(hour * HOUR_MS + dice.between(0, HOUR_MS - 1))
            })
            .collect();
        arrivals.sort_unstable();
        arrivals
    }

    pub(super) fn station(&self, id: fastops_domain::ids::StationId) -> Option<&HouseStation> {
        self.house.stations.iter().find(|station| station.id == id)
    }

    /// `amount` rounded up to a multiple of `notes` of what people call one of their currency.
    pub(super) fn rounded_up(&self, amount: i64, notes: i64) -> i64 {
        let note = notes * self.house.shown_unit;
        (amount + note - 1).div_euclid(note) * note
    }
}

impl Method {
    fn new(code: &str, kind: &str) -> Self {
        Self { code: code.into(), is_cash: kind == "cash" }
    }
}

fn method_weight(kind: &str) -> i64 {
    match kind {
        "cash" => 45,
        "card" => 38,
        "transfer" => 15,
        _ => 2,
    }
}

const fn type_weight(order_type: OrderType) -> i64 {
    match order_type {
        OrderType::DineIn => 61,
        OrderType::TakeAway => 16,
        OrderType::Delivery => 13,
        OrderType::Counter => 10,
    }
}
