//! Years of service, one day after the other.

use super::calendar::ServiceDay;
use super::dice::Dice;
use super::setting::{MINUTE_MS, Setting};
use super::shift::Shift;
use super::stock::Stock;
use crate::refusal::Refusal;
use fastops_domain::time::Time;
use fastops_store::history::{Counters, Day};

/// Minutes before the history's end in which orders that stay open were taken.
const STILL_EATING: i64 = 75;

/// Makes the days of a history as they are asked for; the same seed makes the same.
#[derive(Debug)]
pub(super) struct Service {
    setting: Setting,
    dice: Dice,
    counters: Counters,
    stock: Stock,
    days: std::vec::IntoIter<ServiceDay>,
    /// Orders that are still open at this time.
    open: Option<(u32, Time)>,
}

impl Service {
    pub(super) fn new(setting: Setting, dice: Dice, days: Vec<ServiceDay>, open: u32, end: Time) -> Self {
        let (counters, stock) = (setting.house.counters.clone(), Stock::new(&setting.house));
        let open = (open > 0).then_some((open, end));
        Self { setting, dice, counters, stock, days: days.into_iter(), open }
    }

    fn day(&mut self, service: ServiceDay) -> Result<Day, Refusal> {
        let arrivals = self.setting.arrivals(service.day, service.orders, &mut self.dice);
        let mut shift = Shift::new(&self.setting, &mut self.dice, &mut self.counters, service.day);
        shift.open_drawers();
        for at in arrivals {
            shift.serve(at, false)?;
        }
        shift.close_drawers()?;
        shift.finish(&mut self.stock)
    }

    /// The tables that are still eating.
    fn evening(&mut self, open: u32, end: Time) -> Result<Day, Refusal> {
        let dice = &mut self.dice;
        let mut arrivals: Vec<Time> =
            (0..open).map(|_| end.plus_ms(-dice.between(2 * MINUTE_MS, STILL_EATING * MINUTE_MS))).collect();
        arrivals.sort_unstable();
        let day = self.setting.rule.day_of(end);
        let mut shift = Shift::new(&self.setting, &mut self.dice, &mut self.counters, day);
        for at in arrivals {
            shift.serve(at, true)?;
        }
        shift.finish(&mut self.stock)
    }
}

impl Iterator for Service {
    type Item = Result<Day, Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.days.next() {
            Some(service) => Some(self.day(service)),
            None => self.open.take().map(|(open, end)| self.evening(open, end)),
        }
    }
}
