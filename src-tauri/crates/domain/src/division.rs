//! A bill in parts: how guests share what stands in one order, and what each part comes to.
//!
//! The lines stay where they are and whole. A division only says by which whole weights each line is shared; every
//! amount follows from it and from the lines of this moment, so that whatever is added, voided or moved meanwhile,
//! the parts are the bill (P10, P11).

use crate::ids::LineId;
use crate::money::{AmountTooLarge, Money, round_div};
use crate::order::{MAX_SEAT, OrderLine, Posting, live};
use crate::tax::{Split, Taxed};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use thiserror::Error;

/// Most parts of a bill: every guest of a long table.
pub const MAX_PARTS: u8 = 30;
/// Most that one part may weigh in a line.
pub const MAX_WEIGHT: u32 = 99;

/// How the bill of an order is divided.
///
/// What was chosen for a combo is shared as the combo is. A line of which nobody said how it is shared goes to the part of its seat; without such a part, to all of them
/// alike. So what is ordered later is never nobody's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Division {
    /// From 2 to [`MAX_PARTS`].
    parts: u8,
    /// Whose part each is, by seat; empty when the parts are only numbered.
    #[serde(default)]
    seats: Vec<u16>,
    /// The lines of which somebody said how they are shared: a weight for each part.
    #[serde(default)]
    shares: BTreeMap<LineId, Vec<u32>>,
}

/// Why a bill cannot be divided so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum DivisionError {
    #[error("a bill has 2 to {MAX_PARTS} parts")]
    Parts,
    #[error("each part is of another seat, or none is")]
    Seats,
    #[error("a line needs a weight of 0 to {MAX_WEIGHT} for each part")]
    Weights,
    #[error("nobody would pay for {line}")]
    ForNobody { line: LineId },
}

impl Division {
    pub fn new(
        parts: u8,
        seats: Vec<u16>,
        shares: BTreeMap<LineId, Vec<u32>>,
    ) -> Result<Self, DivisionError> {
        if !(2..=MAX_PARTS).contains(&parts) {
            return Err(DivisionError::Parts);
        }
        let once_each = seats.iter().collect::<BTreeSet<_>>().len() == seats.len();
        let known = seats.iter().all(|seat| (1..=MAX_SEAT).contains(seat));
        if !seats.is_empty() && (seats.len() != usize::from(parts) || !once_each || !known) {
            return Err(DivisionError::Seats);
        }
        for (line, weights) in &shares {
            if weights.len() != usize::from(parts) || weights.iter().any(|weight| *weight > MAX_WEIGHT) {
                return Err(DivisionError::Weights);
            }
            if weights.iter().all(|weight| *weight == 0) {
                return Err(DivisionError::ForNobody { line: *line });
            }
        }
        Ok(Self { parts, seats, shares })
    }

    pub const fn parts(&self) -> u8 {
        self.parts
    }

    /// Whose part it is, counted from 0; none when the parts are only numbered.
    pub fn seat(&self, part: usize) -> Option<u16> {
        self.seats.get(part).copied()
    }

    /// Whether somebody said how this line is shared.
    pub fn names(&self, line: LineId) -> bool {
        self.shares.contains_key(&line)
    }

    /// The weight of each part in a line; never 0 for all.
    pub fn weights(&self, line: &OrderLine) -> Vec<u32> {
        if let Some(weights) = self.shares.get(&line.combo.unwrap_or(line.id)) {
            return weights.clone();
        }
        let own = self.seats.iter().position(|seat| Some(*seat) == line.seat);
        let part = |part| u32::from(own.is_none_or(|own| own == part));
        (0..usize::from(self.parts)).map(part).collect()
    }

    /// What each part comes to, and what it holds of each line; voided lines count nothing.
    ///
    /// Amounts are given in whole `unit`s, the smallest that people write; what is less than one stays in one piece.
    /// Parts that share every line alike differ by one unit at most.
    pub fn divide(&self, lines: &[OrderLine], unit: Money) -> Result<Vec<Part>, AmountTooLarge> {
        let mut parts: Vec<Part> =
            (0..usize::from(self.parts)).map(|part| Part::of(self.seat(part))).collect();
        let mut allotting = Allotting::among(parts.len(), unit);
        for line in live(lines) {
            let (weights, split) = (self.weights(line), line.split()?);
            let amounts = allotting.give(split.taxed.total, &weights);
            let of = weights.iter().sum();
            for (part, (own, weight)) in parts.iter_mut().zip(shared(&split, &amounts).zip(weights)) {
                part.posting.add(&line.taxes, &own)?;
                if weight > 0 {
                    part.shares.push(Share::new(line.id, (weight, of), own.taxed.total));
                }
            }
        }
        Ok(parts)
    }
}

/// One part of a bill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Whose it is; none when the parts are only numbered.
    pub seat: Option<u16>,
    pub posting: Posting,
    /// What it holds of the lines, in their order.
    pub shares: Vec<Share>,
}

impl Part {
    fn of(seat: Option<u16>) -> Self {
        Self { seat, posting: Posting::default(), shares: Vec::new() }
    }

    /// What it pays of a line; nothing of one that it does not share.
    pub fn amount_of(&self, line: LineId) -> Money {
        self.shares.iter().find(|share| share.line == line).map_or(Money::ZERO, |share| share.amount)
    }
}

/// What one part holds of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    pub line: LineId,
    /// The share as a fraction in its lowest terms: (1, 1) is the whole line.
    pub fraction: (u32, u32),
    /// With its taxes.
    pub amount: Money,
}

impl Share {
    const fn new(line: LineId, (weight, of): (u32, u32), amount: Money) -> Self {
        let (mut common, mut rest) = (of, weight);
        while rest > 0 {
            (common, rest) = (rest, common % rest);
        }
        Self { line, fraction: (weight / common, of / common), amount }
    }
}

/// Gives amounts to several takers, one amount after another, and remembers who has got less than is theirs: what
/// cannot be shared goes to them first.
struct Allotting {
    unit: i128,
    /// What each is still owed, in [`FINE`]s of a minor unit; together nothing.
    owed: Vec<i128>,
}

/// Fractions of a minor unit in which debts are kept.
const FINE: i128 = 1 << 40;

impl Allotting {
    fn among(takers: usize, unit: Money) -> Self {
        Self { unit: i128::from(unit.0.max(1)), owed: vec![0; takers] }
    }

    /// The amount in parts by weight; their sum is the amount, of either sign. One weight at least is not 0.
    fn give(&mut self, amount: Money, weights: &[u32]) -> Vec<Money> {
        let amount = i128::from(amount.0);
        let all: i128 = weights.iter().copied().map(i128::from).sum();
        let mut given: Vec<i128> = Vec::with_capacity(weights.len());
        for (owed, weight) in self.owed.iter_mut().zip(weights) {
            let exact = amount * i128::from(*weight);
            let whole = exact / (all * self.unit) * self.unit;
            *owed += exact * FINE / all - whole * FINE;
            given.push(whole);
        }
        let mut rest = amount - given.iter().sum::<i128>();
        while rest != 0 {
            let step = rest.clamp(-self.unit, self.unit);
            let sharing = (0..weights.len()).filter(|taker| weights[*taker] > 0);
            // The first of those that are owed most.
            let next = sharing.min_by_key(|taker| -rest.signum() * self.owed[*taker]).unwrap_or(0);
            self.owed[next] -= step * FINE;
            given[next] += step;
            rest -= step;
        }
        given.into_iter().map(narrow).collect()
    }
}

/// A line's net and taxes as far as they are in each of the amounts that its total is shared in.
fn shared<'a>(split: &'a Split, amounts: &'a [Money]) -> impl Iterator<Item = Split> + 'a {
    let (total, mut before) = (split.taxed.total, Money::ZERO);
    amounts.iter().map(move |amount| {
        let upto = Money(before.0 + amount.0);
        // Rounding the running sums, not each share, leaves nothing over.
        let within = |tax: &Money, sum: Money| part_of(*tax, sum, total);
        let parts: Vec<Money> =
            split.parts.iter().map(|tax| Money(within(tax, upto).0 - within(tax, before).0)).collect();
        before = upto;
        let tax = Money(parts.iter().map(|part| part.0).sum());
        Split { taxed: Taxed { net: Money(amount.0 - tax.0), tax, total: *amount }, parts }
    })
}

/// `of * part / whole`, rounded. A line that comes to nothing bears no tax.
fn part_of(of: Money, part: Money, whole: Money) -> Money {
    let sign = i128::from(whole.0.signum());
    let (numerator, denominator) = (i128::from(of.0) * i128::from(part.0) * sign, i128::from(whole.0) * sign);
    if denominator == 0 { Money::ZERO } else { narrow(round_div(numerator, denominator)) }
}

/// A share is never larger than the amount that it is of, which fits.
fn narrow(wide: i128) -> Money {
    Money(i64::try_from(wide).unwrap_or_default())
}

#[cfg(test)]
mod tests;
