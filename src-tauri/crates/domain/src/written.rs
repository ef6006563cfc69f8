//! Amounts as people write them, in a spreadsheet or on paper: read exactly, or not at all.
//!
//! "12.500" is twelve thousand five hundred where the house writes thousands with a point, and might be twelve and a
//! half elsewhere. What could mean two amounts is refused, never guessed.

use crate::money::{Currency, Money};
use crate::user::Language;
use thiserror::Error;

/// Most digits of an amount: more than any price has, and few enough to be counted with.
const MOST_DIGITS: usize = 18;

/// How a house writes numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Writing {
    pub currency: Currency,
    pub language: Language,
}

/// Why a text is no amount.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BadWriting {
    #[error("not a number")]
    NotANumber,
    /// Two amounts could be meant; each is written here without thousands.
    #[error("either {thousands} or {decimals}")]
    Ambiguous { thousands: String, decimals: String },
    #[error("below zero")]
    Negative,
    /// Finer than the house writes its currency.
    #[error("more than {most} decimals")]
    TooFine { most: u8 },
    #[error("too large")]
    TooLarge,
}

/// The whole part and the decimals of a number, digits alone.
struct Parts {
    whole: String,
    decimals: String,
}

impl Writing {
    const fn signs(&self) -> (char, char) {
        match self.language {
            Language::Es => ('.', ','),
            Language::En => (',', '.'),
        }
    }

    /// What stands before the decimals.
    pub const fn decimal_sign(&self) -> char {
        self.signs().1
    }

    /// Decimals that the house writes.
    pub fn shown_digits(&self) -> u8 {
        self.currency.shown_digits.min(self.currency.minor_digits)
    }

    /// An amount without thousands, such as `12500` or `12,50`; digits that are never shown are written when they
    /// are not zero, so that nothing is lost.
    pub fn plain(&self, amount: Money) -> String {
        let exact = self.currency.decimal(amount);
        let (whole, decimals) = exact.split_once('.').unwrap_or((&exact, ""));
        let shown = usize::from(self.shown_digits());
        let hidden_is_zero = decimals.bytes().skip(shown).all(|digit| digit == b'0');
        let decimals = if hidden_is_zero { decimals.get(..shown).unwrap_or_default() } else { decimals };
        self.joined(whole, decimals)
    }

    /// The same with thousands, for people to read.
    pub fn grouped(&self, amount: Money) -> String {
        let plain = self.plain(amount);
        let (group, decimal) = self.signs();
        let end = plain.find(decimal).unwrap_or(plain.len());
        let first = usize::from(plain.starts_with('-'));
        let mut text = String::with_capacity(plain.len() + 4);
        for (place, sign) in plain.chars().enumerate() {
            if place > first && place < end && (end - place) % 3 == 0 {
                text.push(group);
            }
            text.push(sign);
        }
        text
    }

    fn joined(&self, whole: &str, decimals: &str) -> String {
        if decimals.is_empty() {
            whole.to_owned()
        } else {
            format!("{whole}{}{decimals}", self.decimal_sign())
        }
    }

    /// The amount that a person wrote: `12.500`, `12,500.00`, `$ 12.500`, `COP 12500`.
    pub fn read(&self, text: &str) -> Result<Money, BadWriting> {
        let bare = self.bare(text);
        if bare.starts_with(['-', '−', '(']) {
            return Err(BadWriting::Negative);
        }
        self.amount(&self.parts(&bare)?)
    }

    /// The amount that a spreadsheet holds as a number; the noise of its arithmetic beyond fifteen digits is none.
    pub fn of_number(&self, number: f64) -> Result<Money, BadWriting> {
        if !number.is_finite() {
            return Err(BadWriting::NotANumber);
        }
        if number < 0.0 {
            return Err(BadWriting::Negative);
        }
        let exact = format!("{number:.14e}").parse().unwrap_or(number);
        let text = format!("{exact}");
        let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
        self.amount(&Parts { whole: whole.into(), decimals: decimals.into() })
    }

    /// The text without blanks and signs of the currency.
    fn bare(&self, text: &str) -> String {
        let packed: String = text.chars().filter(|sign| !sign.is_whitespace()).collect();
        let mut rest = packed.trim_matches(['$', '€', '£', '¥']);
        let code = self.currency.code.as_str();
        if rest.get(..code.len()).is_some_and(|head| head.eq_ignore_ascii_case(code)) {
            rest = &rest[code.len()..];
        }
        if let Some(cut) = rest.len().checked_sub(code.len())
            && rest.get(cut..).is_some_and(|tail| tail.eq_ignore_ascii_case(code))
        {
            rest = &rest[..cut];
        }
        rest.trim_matches(['$', '€', '£', '¥']).to_owned()
    }

    fn parts(&self, bare: &str) -> Result<Parts, BadWriting> {
        let known = |sign: char| sign.is_ascii_digit() || sign == '.' || sign == ',';
        if !bare.starts_with(|sign: char| sign.is_ascii_digit()) || !bare.chars().all(known) {
            return Err(BadWriting::NotANumber);
        }
        let plain = |whole: &str, decimals: &str| Parts { whole: whole.into(), decimals: decimals.into() };
        let points = bare.matches('.').count();
        let commas = bare.matches(',').count();
        match (points, commas) {
            (0, 0) => Ok(plain(bare, "")),
            (1, 0) | (0, 1) => self.one_sign(bare, if points == 1 { '.' } else { ',' }),
            (_, 0) => ungrouped(bare, '.').map(|whole| plain(&whole, "")),
            (0, _) => ungrouped(bare, ',').map(|whole| plain(&whole, "")),
            _ => {
                // The last sign stands before the decimals; the other one groups.
                let last = bare.rfind(['.', ',']).ok_or(BadWriting::NotANumber)?;
                let group = if bare[last..].starts_with('.') { ',' } else { '.' };
                let whole = ungrouped(&bare[..last], group)?;
                Ok(plain(&whole, &bare[last + 1..]))
            }
        }
    }

    /// A number with a single sign in it, which groups or stands before decimals.
    fn one_sign(&self, bare: &str, sign: char) -> Result<Parts, BadWriting> {
        let (whole, rest) = bare.split_once(sign).ok_or(BadWriting::NotANumber)?;
        if rest.is_empty() {
            return Err(BadWriting::NotANumber);
        }
        let decimals = || Parts { whole: whole.into(), decimals: rest.into() };
        let could_group = rest.len() == 3 && whole.len() <= 3 && !whole.starts_with('0');
        if !could_group {
            return Ok(decimals());
        }
        if sign == self.signs().0 {
            return Ok(Parts { whole: format!("{whole}{rest}"), decimals: String::new() });
        }
        if self.shown_digits() == 3 {
            return Ok(decimals());
        }
        Err(BadWriting::Ambiguous {
            thousands: format!("{whole}{rest}"),
            decimals: self.joined(whole, rest.trim_end_matches('0')),
        })
    }

    fn amount(&self, parts: &Parts) -> Result<Money, BadWriting> {
        let decimals = parts.decimals.trim_end_matches('0');
        let most = self.shown_digits();
        if decimals.len() > usize::from(most) {
            return Err(BadWriting::TooFine { most });
        }
        let minor = usize::from(self.currency.minor_digits);
        let digits = format!("{}{decimals:0<minor$}", parts.whole.trim_start_matches('0'));
        if digits.len() > MOST_DIGITS {
            return Err(BadWriting::TooLarge);
        }
        if digits.is_empty() {
            return Ok(Money::ZERO);
        }
        match digits.parse().map(Money) {
            Ok(amount) if amount <= Money::MAX => Ok(amount),
            Ok(_) => Err(BadWriting::TooLarge),
            Err(_) => Err(BadWriting::NotANumber),
        }
    }
}

/// The digits of a number with a sign after each three, as it must stand: `1.250.000`.
fn ungrouped(text: &str, sign: char) -> Result<String, BadWriting> {
    let mut groups = text.split(sign);
    let first = groups.next().unwrap_or_default();
    let starts = (1..=3).contains(&first.len()) && !first.contains(['.', ',']);
    let rest: Vec<&str> = groups.collect();
    let whole =
        rest.iter().all(|group| group.len() == 3 && group.bytes().all(|digit| digit.is_ascii_digit()));
    if starts && whole { Ok(format!("{first}{}", rest.concat())) } else { Err(BadWriting::NotANumber) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn writing(code: &str, minor_digits: u8, shown_digits: u8, language: Language) -> Writing {
        Writing { currency: Currency { code: code.into(), minor_digits, shown_digits }, language }
    }

    fn pesos() -> Writing {
        writing("COP", 2, 0, Language::Es)
    }

    #[test]
    fn pesos_are_read_as_they_are_written() {
        for (text, pesos_of) in [
            ("12500", 12_500),
            ("12.500", 12_500),
            (" $ 12.500 ", 12_500),
            ("$12.500,00", 12_500),
            ("12,500.00", 12_500),
            ("1.250.000", 1_250_000),
            ("1,250,000", 1_250_000),
            ("1.250.000,0", 1_250_000),
            ("cop 12500", 12_500),
            ("12500 COP", 12_500),
            ("12500.00", 12_500),
            ("12500,00", 12_500),
            ("12500.000", 12_500),
            ("12\u{a0}500", 12_500),
            ("0", 0),
            ("0,00", 0),
            ("007", 7),
        ] {
            assert_eq!(pesos().read(text), Ok(Money(pesos_of * 100)), "{text:?}");
        }
    }

    #[test]
    fn what_could_be_two_amounts_is_none() {
        let two = |thousands: &str, decimals: &str| {
            Err(BadWriting::Ambiguous { thousands: thousands.into(), decimals: decimals.into() })
        };
        assert_eq!(pesos().read("12,500"), two("12500", "12,5"));
        let dollars = writing("USD", 2, 2, Language::En);
        assert_eq!(dollars.read("12.500"), two("12500", "12.5"));
        assert_eq!(dollars.read("12,500"), Ok(Money(1_250_000)));
        assert_eq!(dollars.read("12.5"), Ok(Money(1_250)));
        assert_eq!(dollars.read("0.500"), Ok(Money(50)), "no thousands begin with a zero");
        let dinars = writing("KWD", 3, 3, Language::En);
        assert_eq!(dinars.read("12.500"), Ok(Money(12_500)), "three decimals are usual there");
    }

    #[test]
    fn what_is_no_price_says_why() {
        for text in
            ["", "doce mil", "12.50.0", "1.25.000", "12,5,0", "1.2,3.4", ".5", "12.", "$", "1e4", "12'500"]
        {
            assert_eq!(pesos().read(text), Err(BadWriting::NotANumber), "{text:?}");
        }
        for text in ["-1", "$ -1", "(100)"] {
            assert_eq!(pesos().read(text), Err(BadWriting::Negative), "{text:?}");
        }
        assert_eq!(pesos().read("12,5"), Err(BadWriting::TooFine { most: 0 }));
        assert_eq!(pesos().read("12.500,25"), Err(BadWriting::TooFine { most: 0 }));
        assert_eq!(writing("USD", 2, 2, Language::Es).read("1,255"), {
            Err(BadWriting::Ambiguous { thousands: "1255".into(), decimals: "1,255".into() })
        });
        for text in ["9".repeat(17), "9".repeat(40)] {
            assert_eq!(pesos().read(&text), Err(BadWriting::TooLarge), "{text:?}");
        }
    }

    #[test]
    fn numbers_of_a_spreadsheet_are_exact_to_their_noise() {
        assert_eq!(pesos().of_number(12_500.0), Ok(Money(1_250_000)));
        let dollars = writing("USD", 2, 2, Language::Es);
        assert_eq!(dollars.of_number(0.1 + 0.2), Ok(Money(30)));
        assert_eq!(dollars.of_number(19.99), Ok(Money(1_999)));
        assert_eq!(dollars.of_number(19.995), Err(BadWriting::TooFine { most: 2 }));
        assert_eq!(dollars.of_number(-1.0), Err(BadWriting::Negative));
        assert_eq!(dollars.of_number(f64::NAN), Err(BadWriting::NotANumber));
        assert_eq!(dollars.of_number(1e300), Err(BadWriting::TooLarge));
    }

    #[test]
    fn every_amount_is_read_back_as_it_was_written() {
        for language in [Language::Es, Language::En] {
            for (minor, shown) in [(2, 0), (2, 2), (0, 0), (3, 3)] {
                let house = writing("XTS", minor, shown, language);
                let unit = 10_i64.pow(u32::from(minor - shown));
                for shown_units in [0, 1, 9, 10, 99, 100, 999, 1_000, 12_345, 999_999, 1_000_000, 123_456_789]
                {
                    let amount = Money(shown_units * unit);
                    for text in [house.plain(amount), house.grouped(amount)] {
                        assert_eq!(house.read(&text), Ok(amount), "{text} in {house:?}");
                    }
                }
            }
        }
        assert_eq!(pesos().plain(Money(1_250_050)), "12500,50", "what is never shown is not lost");
        assert_eq!(pesos().grouped(Money(-123_456_700)), "-1.234.567");
    }
}
