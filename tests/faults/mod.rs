//! Real kills of a real process, and what is found afterwards.

mod full_disk;
mod kill;
mod recovery;
