//! Countries in which a house can be founded: their money and their general tax on sales.
//!
//! Rates are the general ones of each tax office as of 2026 and a proposal alone: the owner sees and corrects the rate
//! before anything is written.

use fastops_domain::money::Currency;
use fastops_domain::tax::TaxMode;
use serde::Serialize;

/// Money, tax and prices of a country.
#[derive(Clone, Copy, Debug)]
pub(super) struct Country {
    /// ISO 3166-1 code; `ZZ` is any other country.
    pub(super) code: &'static str,
    /// ISO 4217 code.
    currency: &'static str,
    minor_digits: u8,
    shown_digits: u8,
    /// What the tax is called there, its rate in basis points, and whether prices hold it.
    pub(super) tax: &'static str,
    tax_bp: u32,
    pub(super) mode: TaxMode,
    /// What a cup of coffee costs on the sample menu, in minor units, and what prices are rounded to.
    coffee: i64,
    step: i64,
}

/// What is proposed for a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct CountryView {
    /// ISO 3166-1 code; `ZZ` is any other country.
    pub code: &'static str,
    /// ISO 4217 code.
    pub currency: &'static str,
    /// What the tax on sales is called there.
    pub tax: &'static str,
    /// Its rate in basis points: 800 is 8 %.
    pub tax_bp: u32,
    /// Whether prices hold the tax already.
    pub included: bool,
}

/// A country whose money has cents that are written.
const fn country(
    code: &'static str,
    currency: &'static str,
    (tax, tax_bp): (&'static str, u32),
    (coffee, step): (i64, i64),
) -> Country {
    Country {
        code,
        currency,
        minor_digits: 2,
        shown_digits: 2,
        tax,
        tax_bp,
        mode: TaxMode::Included,
        coffee,
        step,
    }
}

impl Country {
    /// Prices are written without cents, though there are some.
    const fn whole(mut self) -> Self {
        self.shown_digits = 0;
        self
    }

    /// There are no cents.
    const fn without_cents(mut self) -> Self {
        (self.minor_digits, self.shown_digits) = (0, 0);
        self
    }

    /// The tax comes on top of the price.
    const fn added(mut self) -> Self {
        self.mode = TaxMode::Added;
        self
    }

    pub(super) fn of(code: &str) -> Option<Self> {
        COUNTRIES.into_iter().find(|country| country.code == code)
    }

    pub(super) fn money(&self) -> Currency {
        Currency {
            code: self.currency.into(),
            minor_digits: self.minor_digits,
            shown_digits: self.shown_digits,
        }
    }

    /// A price of the sample menu in minor units: so many tenths of a cup of coffee, rounded as prices are there.
    pub(super) const fn price(&self, tenths: i64) -> i64 {
        let exact = self.coffee * tenths / 10;
        let rounded = (exact + self.step / 2) / self.step * self.step;
        if rounded < self.step { self.step } else { rounded }
    }

    const fn view(self) -> CountryView {
        CountryView {
            code: self.code,
            currency: self.currency,
            tax: self.tax,
            tax_bp: self.tax_bp,
            included: matches!(self.mode, TaxMode::Included),
        }
    }
}

/// What can be chosen.
pub fn countries() -> Vec<CountryView> {
    COUNTRIES.into_iter().map(Country::view).collect()
}

pub(super) const COUNTRIES: [Country; 20] = [
    country("CO", "COP", ("Impoconsumo", 800), (400_000, 50_000)).whole(),
    country("AR", "ARS", ("IVA", 2_100), (250_000, 10_000)).whole(),
    country("BO", "BOB", ("IVA", 1_300), (1_200, 100)),
    country("CL", "CLP", ("IVA", 1_900), (2_200, 100)).without_cents(),
    country("CR", "CRC", ("IVA", 1_300), (150_000, 10_000)).whole(),
    country("DO", "DOP", ("ITBIS", 1_800), (12_000, 500)),
    country("EC", "USD", ("IVA", 1_500), (200, 25)),
    country("ES", "EUR", ("IVA", 1_000), (160, 10)),
    country("GT", "GTQ", ("IVA", 1_200), (1_600, 100)),
    country("HN", "HNL", ("ISV", 1_500), (4_000, 500)),
    country("MX", "MXN", ("IVA", 1_600), (4_000, 500)),
    country("NI", "NIO", ("IVA", 1_500), (6_000, 500)),
    country("PA", "USD", ("ITBMS", 700), (200, 25)).added(),
    country("PE", "PEN", ("IGV", 1_800), (800, 50)),
    country("PY", "PYG", ("IVA", 1_000), (12_000, 1_000)).without_cents(),
    country("SV", "USD", ("IVA", 1_300), (200, 25)),
    country("US", "USD", ("Sales tax", 0), (350, 25)).added(),
    country("UY", "UYU", ("IVA", 2_200), (13_000, 1_000)),
    country("VE", "VES", ("IVA", 1_600), (30_000, 1_000)),
    country("ZZ", "USD", ("Tax", 0), (300, 25)),
];
