//! Stations, as whoever manages the house makes, names, orders and closes them.

use super::wire;
use uuid::Uuid;

wire! {
    /// Adds a station at the end, or gives one another name.
    pub struct SaveStation {
        pub command_id: Uuid,
        /// Made by the client for a new one.
        pub station_id: Uuid,
        /// At most 30 characters; no other open station is called so.
        pub name: String,
        /// The station in whose place tickets of a new one come out to begin with; without it nothing can be sent there
        /// before it has a target. Of no meaning for a station that is there already.
        #[serde(default)]
        pub targets_of: Option<Uuid>,
    }

    /// Puts the stations into this order, in which screens show them.
    pub struct OrderStations {
        pub command_id: Uuid,
        /// Every open station once.
        pub station_ids: Vec<Uuid>,
    }

    /// Closes a station for good. Its tickets keep its name; nothing may wait there.
    pub struct CloseStation {
        pub command_id: Uuid,
        pub station_id: Uuid,
        /// The station that makes from now on what this one made, and hears of changes to what it was told. Only one
        /// that makes nothing can be closed without.
        #[serde(default)]
        pub successor_id: Option<Uuid>,
    }
}
