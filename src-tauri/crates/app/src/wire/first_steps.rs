//! How far a new house has come.

use super::wire;

wire! {
    /// Asks what a new house has already, and what it still needs before it can sell.
    pub struct GetFirstSteps {}

    pub struct FirstStepsView {
        pub stations: i64,
        /// Stations whose tickets have a printer, a screen or a folder to go to.
        pub served_stations: i64,
        /// Products that are sold.
        pub products: i64,
        pub tables: i64,
        /// People who can sign in.
        pub people: i64,
        /// Whether a ticket has ever come to paper.
        pub has_printed: bool,
        /// Whether the house wants to be told of what is still open.
        pub told: bool,
    }
}
