//! The features: one file each, with the commands that a person knows them by.

pub(crate) mod alerts;
pub(crate) mod customers;
pub(crate) mod devices;
pub(crate) mod elsewhere;
pub(crate) mod floor;
pub(crate) mod kitchen;
pub(crate) mod lines;
pub(crate) mod menu;
pub(crate) mod merge;
pub(crate) mod moves;
pub(crate) mod order;
pub(crate) mod order_view;
pub(crate) mod owners;
pub(crate) mod paper;
pub(crate) mod queue;
pub(crate) mod roles;
pub(crate) mod screens;
pub(crate) mod search;
pub(crate) mod session;
pub(crate) mod settings;
pub(crate) mod start;
pub(crate) mod station_work;
pub(crate) mod stock;
pub(crate) mod stuck;
pub(crate) mod ticket;
pub(crate) mod void;
