//! People who work here, as whoever employs them sees and changes them.

use super::{Language, Role, Secret, wire};
use uuid::Uuid;

wire! {
    /// Asks for everyone, with those who work here no more.
    pub struct GetPeople {}

    pub struct PeopleView {
        pub people: Vec<PersonView>,
    }

    pub struct PersonView {
        pub id: Uuid,
        pub name: String,
        pub role: Role,
        pub language: Language,
        /// Whether they can sign in.
        pub active: bool,
    }

    /// Adds a person, or changes them. Whoever is not active any more is signed out everywhere at once.
    pub struct SavePerson {
        pub command_id: Uuid,
        /// Made by the client when they are new.
        pub user_id: Uuid,
        pub name: String,
        pub role: Role,
        pub language: Language,
        pub active: bool,
        /// Four digits; none leaves it as it was, and whoever is new needs one.
        pub pin: Option<Secret>,
    }
}
