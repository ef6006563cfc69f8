//! Real kills of a real process, real cuts of real connections, and what is found afterwards.

mod commit_cut;
mod full_disk;
mod kill;
mod limits;
mod proxy;
mod rush;
mod server_away;
mod two_cores;
