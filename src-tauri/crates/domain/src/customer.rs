//! Those who buy here: what may be kept of them, and the keys by which they are found again.

use crate::search::folded;

/// Longest text that is kept of a customer, in characters.
pub const MAX_CUSTOMER_TEXT: usize = 200;

/// What is kept of a customer besides their name is up to them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Details {
    pub name: String,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub address: Option<String>,
    pub tax_number: Option<String>,
    pub note: Option<String>,
}

/// How a customer is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoundBy {
    /// By the beginning of their name, accents and case ignored.
    Name,
    /// By the beginning of their telephone number, digits alone.
    Phone,
    /// By the beginning of their tax number, letters and digits alone.
    TaxNumber,
}

/// What cannot be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadDetails {
    /// No letter and no digit in it.
    NoName,
    TooLong,
    /// No digit in it.
    BadPhone,
    BadTaxNumber,
}

/// The words of a name as they are compared.
pub fn name_key(name: &str) -> String {
    folded(name)
}

/// The digits of a telephone number.
pub fn phone_key(phone: &str) -> String {
    phone.chars().filter(char::is_ascii_digit).collect()
}

/// The letters and digits of a tax number, without accents, signs and case.
pub fn tax_key(number: &str) -> String {
    folded(number).replace(' ', "")
}

impl FoundBy {
    /// What is compared when somebody types `text`; none when nothing is left of it.
    pub fn key(self, text: &str) -> Option<String> {
        let key = match self {
            Self::Name => name_key(text),
            Self::Phone => phone_key(text),
            Self::TaxNumber => tax_key(text),
        };
        Some(key).filter(|key| !key.is_empty())
    }
}

impl Details {
    /// The details as they are kept: trimmed, what is empty left out.
    pub fn checked(self) -> Result<Self, BadDetails> {
        let details = Self {
            name: self.name.trim().to_owned(),
            phone: kept(self.phone),
            email: kept(self.email),
            address: kept(self.address),
            tax_number: kept(self.tax_number),
            note: kept(self.note),
        };
        let texts = [&details.phone, &details.email, &details.address, &details.tax_number, &details.note];
        let too_long = |text: &String| text.chars().count() > MAX_CUSTOMER_TEXT;
        if texts.into_iter().flatten().chain([&details.name]).any(too_long) {
            return Err(BadDetails::TooLong);
        }
        let no_key = |by: FoundBy, text: Option<&str>| text.is_some_and(|text| by.key(text).is_none());
        if FoundBy::Name.key(&details.name).is_none() {
            Err(BadDetails::NoName)
        } else if no_key(FoundBy::Phone, details.phone.as_deref()) {
            Err(BadDetails::BadPhone)
        } else if no_key(FoundBy::TaxNumber, details.tax_number.as_deref()) {
            Err(BadDetails::BadTaxNumber)
        } else {
            Ok(details)
        }
    }
}

fn kept(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> Details {
        Details { name: name.into(), ..Details::default() }
    }

    #[test]
    fn a_key_is_what_people_mean() {
        for (by, text, key) in [
            (FoundBy::Name, "  Señora  MUÑOZ ", Some("senora munoz")),
            (FoundBy::Name, "D'Ángelo", Some("d angelo")),
            (FoundBy::Name, " ?! ", None),
            (FoundBy::Phone, "+57 (300) 123-4567", Some("573001234567")),
            (FoundBy::Phone, "no tiene", None),
            (FoundBy::TaxNumber, "900.123.456-7", Some("9001234567")),
            (FoundBy::TaxNumber, "NIT ñ-1", Some("nitn1")),
            (FoundBy::TaxNumber, "-", None),
        ] {
            assert_eq!(by.key(text).as_deref(), key, "{by:?} {text}");
        }
    }

    #[test]
    fn what_is_kept_is_trimmed_and_can_be_found_again() {
        let typed = Details { phone: Some(" 300 1 ".into()), note: Some("  ".into()), ..named(" Ana ") };
        let kept = Details { phone: Some("300 1".into()), ..named("Ana") };
        assert_eq!(typed.checked(), Ok(kept));
        assert_eq!(named("¿?").checked(), Err(BadDetails::NoName));
        let phone = Details { phone: Some("casa".into()), ..named("Ana") };
        assert_eq!(phone.checked(), Err(BadDetails::BadPhone));
        let tax = Details { tax_number: Some("--".into()), ..named("Ana") };
        assert_eq!(tax.checked(), Err(BadDetails::BadTaxNumber));
        assert_eq!(named(&"á".repeat(MAX_CUSTOMER_TEXT)).checked().map(|_| ()), Ok(()));
        assert_eq!(named(&"á".repeat(MAX_CUSTOMER_TEXT + 1)).checked(), Err(BadDetails::TooLong));
        let note = Details { note: Some("x".repeat(201)), ..named("Ana") };
        assert_eq!(note.checked(), Err(BadDetails::TooLong));
    }
}
