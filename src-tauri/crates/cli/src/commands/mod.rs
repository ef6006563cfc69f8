//! One file for each command.

pub(crate) mod archive;
pub(crate) mod backup;
pub(crate) mod bench;
pub(crate) mod bindings;
pub(crate) mod demo;
pub(crate) mod print_test;
pub(crate) mod printer_sim;
pub(crate) mod restore;
pub(crate) mod seed_history;
pub(crate) mod serve;
pub(crate) mod verify;

#[cfg(test)]
mod tests;
