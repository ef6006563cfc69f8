//! A house's first minutes: the company, its branch and the one person who can go on from there.
//!
//! It is written whole or not at all, into data that has no company yet, before there is a core that serves. What is
//! asked here is only what nothing works without; printers, the menu, tables and people have screens of their own.

mod countries;
mod kinds;
mod rows;
#[cfg(test)]
mod tests;

pub use countries::{CountryView, countries};
pub use kinds::BusinessKind;

use crate::AppConfig;
use crate::env::Env;
use crate::feature;
use crate::lock::DataLock;
use crate::refusal::{Field, Refusal};
use crate::safety::Keeping;
use crate::start::open_store;
use crate::wire::{Failure, Language, Secret};
use countries::Country;
use fastops_domain::floor::{COLUMNS, ROWS};
use fastops_domain::menu::{MAX_MENU_NAME, menu_name};
use fastops_domain::tax::MAX_RATE_BP;
use fastops_domain::user::{MAX_PERSON_NAME, is_pin};
use fastops_store::company;
use rows::Rows;
use serde::Deserialize;
use std::sync::Arc;

/// Side of a table of the first floor plan and the way from one to the next, in units of the plan.
const TABLE_SIDE: i32 = 3;
const TABLE_STEP: i32 = 4;
const TABLES_ACROSS: i32 = (COLUMNS + TABLE_STEP - TABLE_SIDE) / TABLE_STEP;
const TABLES_DOWN: i32 = (ROWS + TABLE_STEP - TABLE_SIDE) / TABLE_STEP;
/// Tables that one room of the first floor plan has.
const TABLES_OF_ROOM: u32 = TABLES_ACROSS.unsigned_abs() * TABLES_DOWN.unsigned_abs();
/// The most tables to begin with: three rooms full. More are added on the floor plan.
pub const MOST_TABLES: u32 = 3 * TABLES_OF_ROOM;
/// Zones that there are, in minutes east of UTC.
const ZONES: std::ops::RangeInclusive<i32> = -720..=840;

/// What the owner says of the house.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Founding {
    /// The language of the house and of the first person.
    pub language: Language,
    /// ISO 3166-1 code of a country that [`countries`] names; `ZZ` is any other one.
    pub country: String,
    pub kind: BusinessKind,
    /// As it stands on bills.
    pub name: String,
    /// The rate of the country's tax on sales, in basis points: 800 is 8 %.
    pub tax_bp: u32,
    /// Whether a small menu of its kind is there to begin with.
    pub sample_menu: bool,
    /// How many tables to begin with.
    pub tables: u32,
    /// The first person, who may do everything.
    pub admin: String,
    /// Four digits.
    pub pin: Secret,
    /// Minutes east of UTC of the place (Bogotá: -300).
    pub utc_offset_minutes: i32,
}

/// A founding that can be carried out.
struct Checked {
    founding: Founding,
    country: Country,
    name: String,
    admin: String,
}

/// Founds a house in the data of `config`. Refuses where there is a company already, and what cannot be one; nothing
/// is written then.
pub async fn found(config: &AppConfig, founding: Founding) -> Result<(), Failure> {
    let language = founding.language.into();
    write(config, founding).await.map_err(|refusal: Refusal| refusal.into_failure(language, "set_up"))
}

async fn write(config: &AppConfig, founding: Founding) -> Result<(), Refusal> {
    let checked = Arc::new(check(founding)?);
    let pin_hash: Arc<str> = feature::session::hash_pin(checked.founding.pin.0.clone()).await?.into();
    let _lock = DataLock::take(&config.folder)?;
    let store = open_store(config, &Keeping::of(config)).await?;
    let env = Env { clock: Arc::clone(&config.clock) };
    let written = store.write(move |tx| {
        let (env, checked, pin_hash) = (env.clone(), Arc::clone(&checked), Arc::clone(&pin_hash));
        Box::pin(async move {
            // Two computers on one server may be set up in the same moment.
            company::keep_out(tx).await?;
            if company::first_branch(tx).await?.is_some() {
                return Err(Refusal::SetUpAlready);
            }
            let mut ids = || env.new_id();
            Rows { tx, new_id: &mut ids, house: &checked, now: env.now() }.write(&pin_hash).await?;
            Ok(())
        })
    });
    let written = written.await;
    store.close().await;
    written
}

fn check(founding: Founding) -> Result<Checked, Refusal> {
    let within = |field, value: u32, most: u32| {
        let most = most as usize;
        if value as usize <= most { Ok(()) } else { Err(Refusal::OutOfBounds { field, least: 0, most }) }
    };
    let Some(country) = Country::of(&founding.country) else {
        return Err(Refusal::BadRequest { detail: format!("no country {}", founding.country) });
    };
    if !ZONES.contains(&founding.utc_offset_minutes) {
        return Err(Refusal::BadRequest { detail: format!("no zone {}", founding.utc_offset_minutes) });
    }
    within(Field::TaxRate, founding.tax_bp, MAX_RATE_BP)?;
    within(Field::Tables, founding.tables, MOST_TABLES)?;
    let name = menu_name(&founding.name).ok_or(Refusal::OutOfBounds {
        field: Field::HouseName,
        least: 1,
        most: MAX_MENU_NAME,
    })?;
    let admin = menu_name(&founding.admin).filter(|name| name.chars().count() <= MAX_PERSON_NAME);
    let admin =
        admin.ok_or(Refusal::OutOfBounds { field: Field::PersonName, least: 1, most: MAX_PERSON_NAME })?;
    if !is_pin(&founding.pin.0) {
        return Err(Refusal::BadPin);
    }
    Ok(Checked { founding, country, name, admin })
}
