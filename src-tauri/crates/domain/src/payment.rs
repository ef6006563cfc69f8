//! Payments and refunds: what is still owed, what goes back as change, what may still be given back.
//!
//! A payment is a fact and is never changed; a mistake is met by a refund, which is a fact too. A tip
//! is taken together with a payment but pays nothing of the bill.

use crate::money::{AmountTooLarge, Money};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What a way to pay is, as far as the rules differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MethodKind {
    /// Coins and notes: the only one that gives change and lies in the drawer.
    Cash,
    Card,
    Transfer,
    Other,
}

impl MethodKind {
    pub const ALL: [Self; 4] = [Self::Cash, Self::Card, Self::Transfer, Self::Other];

    /// The stable name that databases and programs use.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Cash => "cash",
            Self::Card => "card",
            Self::Transfer => "transfer",
            Self::Other => "other",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// What a guest puts on the counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tender {
    /// Of the bill.
    pub amount: Money,
    /// For the staff, on top of it.
    pub tip: Money,
    /// What was handed over, change included.
    pub tendered: Money,
}

/// What an order comes to and what was paid of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bill {
    pub total: Money,
    /// Without tips.
    pub paid: Money,
}

/// Why a payment is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PaymentError {
    #[error("a payment must be more than nothing, and a tip not less")]
    NotPositive,
    #[error("only {} is still owed", owed.0)]
    MoreThanOwed { owed: Money },
    #[error("{} is missing", missing.0)]
    TooLittle { missing: Money },
    #[error("only cash gives change")]
    NoChange,
    #[error(transparent)]
    TooLarge(#[from] AmountTooLarge),
}

impl Bill {
    /// What is still owed; negative when lines were voided after they had been paid.
    pub const fn owed(self) -> Money {
        Money(self.total.0.saturating_sub(self.paid.0))
    }

    pub const fn is_settled(self) -> bool {
        self.owed().0 <= 0
    }

    /// Takes a payment: gives the bill after it and the change.
    pub fn pay(self, kind: MethodKind, tender: Tender) -> Result<(Self, Money), PaymentError> {
        if tender.amount <= Money::ZERO || tender.tip < Money::ZERO {
            return Err(PaymentError::NotPositive);
        }
        if tender.amount > self.owed() {
            return Err(PaymentError::MoreThanOwed { owed: self.owed() });
        }
        let change = tender.change(kind)?;
        Ok((Self { paid: self.paid.plus(tender.amount)?, ..self }, change))
    }
}

impl Tender {
    /// What goes back over the counter.
    fn change(self, kind: MethodKind) -> Result<Money, PaymentError> {
        let taken = self.amount.plus(self.tip)?;
        let change = self.tendered.plus(Money(-taken.0))?;
        match (change, kind) {
            (Money(missing @ ..0), _) => Err(PaymentError::TooLittle { missing: Money(-missing) }),
            (Money::ZERO, _) | (_, MethodKind::Cash) => Ok(change),
            _ => Err(PaymentError::NoChange),
        }
    }
}

/// What one payment took and what was given back of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refundable {
    /// The payment's amount, tip included.
    pub taken: Money,
    pub refunded: Money,
}

/// Why a refund is not given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum RefundError {
    #[error("a refund must be more than nothing")]
    NotPositive,
    #[error("only {} of the payment is left to give back", rest.0)]
    MoreThanPaid { rest: Money },
}

impl Refundable {
    /// What may still be given back.
    pub const fn rest(self) -> Money {
        Money(self.taken.0.saturating_sub(self.refunded.0))
    }

    /// Gives `amount` back and says what that leaves.
    pub fn refund(self, amount: Money) -> Result<Self, RefundError> {
        if amount <= Money::ZERO {
            return Err(RefundError::NotPositive);
        }
        if amount > self.rest() {
            return Err(RefundError::MoreThanPaid { rest: self.rest() });
        }
        Ok(Self { refunded: Money(self.refunded.0 + amount.0), ..self })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tender(amount: i64, tip: i64, tendered: i64) -> Tender {
        Tender { amount: Money(amount), tip: Money(tip), tendered: Money(tendered) }
    }

    #[test]
    fn cash_gives_change_after_the_tip_and_a_card_gives_none() {
        let bill = Bill { total: Money(45_000), paid: Money::ZERO };
        let (after, change) = bill.pay(MethodKind::Cash, tender(45_000, 4_000, 50_000)).unwrap();
        assert_eq!((after.owed(), change), (Money::ZERO, Money(1_000)));
        assert!(after.is_settled() && !bill.is_settled());
        let refused = |kind, tender| bill.pay(kind, tender).unwrap_err();
        assert_eq!(refused(MethodKind::Card, tender(45_000, 0, 50_000)), PaymentError::NoChange);
        let short = PaymentError::TooLittle { missing: Money(2_000) };
        assert_eq!(refused(MethodKind::Cash, tender(45_000, 2_000, 45_000)), short);
        let owed = Money(45_000);
        assert_eq!(refused(MethodKind::Card, tender(45_001, 0, 45_001)), PaymentError::MoreThanOwed { owed });
        assert_eq!(refused(MethodKind::Card, tender(0, 100, 100)), PaymentError::NotPositive);
        assert_eq!(refused(MethodKind::Card, tender(100, -1, 99)), PaymentError::NotPositive);
    }

    #[test]
    fn every_method_has_one_code() {
        for kind in MethodKind::ALL {
            assert_eq!(MethodKind::from_code(kind.code()), Some(kind));
        }
        assert_eq!(MethodKind::from_code("gold"), None);
    }

    proptest! {
        /// P10: payments and what is owed are the total, and change is what was handed over too much.
        #[test]
        fn payments_and_what_is_owed_are_the_total(
            total in 0_i64..1_000_000_000,
            tenders in proptest::collection::vec((-10_i64..500_000_000, -10_i64..10_000, 0_i64..600_000_000, 0_usize..4), 0..12)
        ) {
            let mut bill = Bill { total: Money(total), paid: Money::ZERO };
            let mut paid = 0;
            for (amount, tip, tendered, kind) in tenders {
                let before = bill;
                if let Ok((after, change)) = bill.pay(MethodKind::ALL[kind], tender(amount, tip, tendered)) {
                    paid += amount;
                    bill = after;
                    prop_assert_eq!(tendered, amount + tip + change.0);
                    prop_assert!(change.0 >= 0 && (change.0 == 0 || MethodKind::ALL[kind] == MethodKind::Cash));
                } else {
                    prop_assert_eq!(bill, before);
                }
                prop_assert_eq!(paid + bill.owed().0, total);
                prop_assert!(bill.owed().0 >= 0);
            }
        }

        #[test]
        fn refunds_never_exceed_their_payment(
            taken in 0_i64..1_000_000, amounts in proptest::collection::vec(-10_i64..400_000, 0..20)
        ) {
            let mut payment = Refundable { taken: Money(taken), refunded: Money::ZERO };
            let mut back = 0;
            for amount in amounts {
                if let Ok(after) = payment.refund(Money(amount)) {
                    payment = after;
                    back += amount;
                }
                prop_assert_eq!(back + payment.rest().0, taken);
                prop_assert!((0..=taken).contains(&back));
            }
        }
    }
}
