//! A service at La Candelaria through the core's own door, on both engines, on simulated printers.

mod alerts;
mod approvals;
mod availability;
mod batch;
#[cfg(unix)]
mod cables;
mod carts;
mod catch_up;
mod chain;
mod combo_setup;
mod combos;
mod counter_orders;
mod courses;
mod customers;
mod devices;
mod divisions;
mod drill;
mod fires;
mod first_run;
mod floor_setup;
mod followed;
mod kitchen;
mod late;
mod logos;
mod lunch;
mod menu_setup;
mod merges;
mod moves;
mod order_types;
mod owners;
mod pace;
mod paper;
mod papers;
mod people;
mod photos;
mod pieces;
mod places;
mod price_lists;
mod prices;
mod printers;
mod product_files;
mod refusals;
mod roles;
mod rush;
mod search;
mod settings;
mod setup;
mod signs;
mod stations;
mod steering;
mod stock;
mod stuck;
mod targets;
mod taxes;
mod tidying;
mod till;
mod variants;
mod variants_setup;
mod voids;

/// Makes a test of each journey for each engine.
macro_rules! on_both_engines {
    ($($journey:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $journey() {
                super::$journey(crate::house::Engine::Sqlite).await;
            })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $journey() {
                super::$journey(crate::house::Engine::Postgres).await;
            })+
        }
    };
}
pub(crate) use on_both_engines;
