//! The promises of the store, each written once and run on both engines.
//!
//! A law takes an open store and knows nothing of the engine beneath. `on_both_engines!` makes two
//! tests of it; the PostgreSQL one starts a private server and never skips.

mod alerts;
mod archive;
mod audit;
mod availability;
mod batch;
mod born;
mod changes;
mod combos;
mod counts;
mod courses;
mod customers;
mod data_model;
mod diagrams;
mod durability;
mod gate;
mod held_words;
mod history;
mod interleavings;
mod lanes;
mod leases;
mod logos;
mod messages;
mod money;
mod moves;
mod numbers;
mod opening;
mod owners;
mod papers;
mod past;
mod plans;
mod prices;
pub(crate) mod questions;
mod recipes;
mod reroute;
mod roles;
mod routes;
mod rows;
mod rules;
mod settings;
mod shelves;
mod slips;
mod stamps;
mod states;
mod stock;
mod strange;
mod stuck;
mod targets;
mod terminals;
mod tills;
mod transfers;
mod units;
mod upgrade;
pub(crate) mod world;

/// Makes a test of each law for each engine.
macro_rules! on_both_engines {
    ($($law:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test]
            async fn $law() {
                let folder = tempfile::tempdir().unwrap();
                let path = folder.path().join("fastops.db");
                let store = fastops_store::Store::open(&fastops_store::StoreConfig::Sqlite { path }).await.unwrap();
                super::$law(store.clone()).await;
                store.close().await;
            })+
        }
        mod postgres {
            $(#[tokio::test]
            async fn $law() {
                let config = crate::postgres::PrivateCluster::shared().fresh().await;
                let store = fastops_store::Store::open(&config).await.unwrap();
                super::$law(store.clone()).await;
                store.close().await;
            })+
        }
    };
}
use on_both_engines;
