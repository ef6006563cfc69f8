//! Signing in, and what a terminal knows before anyone has.

use super::{Language, Permission, Role, Secret, wire};
use uuid::Uuid;

wire! {
    /// Asks what this branch is and who works in it. Needs no session.
    pub struct GetTerminal {}

    /// What the sign-in screen shows.
    pub struct TerminalView {
        pub company: String,
        pub branch: String,
        pub language: Language,
        pub currency: CurrencyView,
        /// Minutes east of UTC of the branch's clock.
        pub utc_offset_minutes: i32,
        pub terminals: Vec<TerminalRef>,
        pub users: Vec<UserRef>,
        pub stations: Vec<StationRef>,
        /// Whether this is the demonstration, with simulated printers.
        pub demo: bool,
        pub version: String,
    }

    pub struct CurrencyView {
        /// ISO 4217 code.
        pub code: String,
        pub minor_digits: u8,
        pub shown_digits: u8,
    }

    pub struct TerminalRef {
        pub id: Uuid,
        pub name: String,
    }

    pub struct UserRef {
        pub id: Uuid,
        pub name: String,
        pub role: Role,
    }

    pub struct StationRef {
        pub id: Uuid,
        pub code: String,
        pub name: String,
    }

    /// Signs a person in at a terminal.
    pub struct LogIn {
        pub user_id: Uuid,
        pub pin: String,
        pub terminal_id: Uuid,
    }

    pub struct LoggedIn {
        /// The secret that every further command carries. Kept by the host, never shown.
        pub session: String,
        pub view: SessionView,
    }

    /// Asks who is signed in, to go on after a restart.
    pub struct GetSession {}

    pub struct SessionView {
        pub user: UserRef,
        pub terminal: TerminalRef,
        pub language: Language,
        pub permissions: Vec<Permission>,
        /// After how long without a touch this terminal asks for the PIN again.
        pub lock_minutes: u32,
    }

    /// Lets one call through that whoever makes it may not make alone. It travels beside the call and is kept nowhere;
    /// where the caller needs nobody's leave it is not looked at.
    pub struct Approval {
        /// Who approves: somebody whose role holds the permission that the call needs.
        pub user_id: Uuid,
        /// The PIN of who approves; a wrong one counts as at the sign-in.
        pub pin: Secret,
    }

    /// Asks who may approve a call that needs this permission.
    pub struct GetApprovers {
        pub permission: Permission,
    }

    /// Nobody for a permission that cannot be approved by another.
    pub struct Approvers {
        /// By name.
        pub people: Vec<UserRef>,
    }

    /// Ends the session.
    pub struct LogOut {}

    pub struct LoggedOut {}
}
