//! What a branch remembers: the only crate that speaks SQL.
//!
//! A [`Store`] is one database, SQLite or PostgreSQL. Work is done in units: a closure that gets a
//! [`Tx`] and calls the functions of the entity modules. A unit happens whole or not at all, and
//! its answer is given only when it is on disk. Every promise is a law that is tested on both engines.
//!
//! Architecture invariant: no type of sqlx is needed to use this crate, no rule of the business is
//! in it, and it asks neither for the time nor for an id.
#![cfg_attr(test, expect(clippy::unwrap_used, reason = "a test that cannot go on should stop"))]

pub mod archive;
pub mod backup;
pub mod change;
mod columns;
pub mod custody;
mod engine;
mod error;
mod health;
pub mod hint;
pub mod history;
mod listener;
pub mod meter;
mod postgres;
mod sql;
mod sqlite;
mod stats;

#[doc(hidden)]
pub mod probe;

pub use custody::Custody;
pub use engine::{Store, StoreConfig, Tx, Work};
pub use error::{EngineError, NotDurable, OpenError, StoreError};
pub use health::Health;
pub use meter::metered;
pub use stats::Stats;

/// Statements of modules within modules.
const INNER: &[&[sql::Sql]] = &[
    job::lane::STATEMENTS,
    job::attempt::STATEMENTS,
    job::batch::STATEMENTS,
    job::lease::STATEMENTS,
    job::paper::STATEMENTS,
    job::past::STATEMENTS,
    job::place::STATEMENTS,
    job::reroute::STATEMENTS,
    job::sender::STATEMENTS,
    job::slip::STATEMENTS,
    job::stuck::STATEMENTS,
    menu::bulk::STATEMENTS,
    menu::combo::STATEMENTS,
    menu::edit::STATEMENTS,
    menu::favourite::STATEMENTS,
    menu::tax::STATEMENTS,
    price_list::edit::STATEMENTS,
    order::close::STATEMENTS,
    order::contact::STATEMENTS,
    order::division::STATEMENTS,
    order::event::STATEMENTS,
    order::fire::STATEMENTS,
    floor::edit::STATEMENTS,
    station::edit::STATEMENTS,
    variant::edit::STATEMENTS,
    order::kind::STATEMENTS,
    order::moves::STATEMENTS,
    order::piece::STATEMENTS,
    archive::details::STATEMENTS,
    archive::papers::STATEMENTS,
    archive::report::STATEMENTS,
    archive::rows::STATEMENTS,
    history::house::STATEMENTS,
    history::rows::STATEMENTS,
    history::server::STATEMENTS,
];

/// Declares the entity modules and gathers their statements, so that none can be left out.
macro_rules! entities {
    ($($name:ident),+ $(,)?) => {
        $(pub mod $name;)+

        /// Every statement of the store.
        pub(crate) fn statements() -> impl Iterator<Item = &'static sql::Sql> {
            [$($name::STATEMENTS),+].iter().chain(INNER).copied().flatten()
        }
    };
}

entities!(
    alert,
    audit,
    availability,
    born,
    cart,
    cash,
    command,
    company,
    count,
    customer,
    device,
    floor,
    identity,
    inbox,
    job,
    logo,
    menu,
    numbering,
    order,
    outbox,
    owner,
    pace,
    payment,
    photo,
    price_list,
    recipe,
    role,
    screen,
    session,
    setting,
    stamp,
    station,
    steering,
    stock,
    ticket,
    transfer,
    user,
    variant
);
