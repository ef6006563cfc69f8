//! Who may do what, and how a wrong PIN is met.
//!
//! Permissions are checked in the core, on every command; what a role may do is the house's to say, and
//! here stands what it may do at first. The lock-out is a pure rule over persisted facts, so it survives a restart and a turned-back clock.

use crate::time::Time;
use serde::{Deserialize, Serialize};

/// What a person is in the house.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Admin,
    Manager,
    Cashier,
    Waiter,
    Kitchen,
}

/// Something that a command needs leave for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// See the menu and the floor.
    SeeFloor,
    /// Open orders and add lines.
    TakeOrders,
    /// Void a line that the kitchen has been told about.
    VoidLine,
    /// Move an order to the front of the print queue.
    MarkUrgent,
    /// Print a ticket again.
    ReprintTicket,
    /// See a station's tickets.
    SeeKitchen,
    /// Mark tickets as seen and done, bring them back, say which goes first.
    BumpTickets,
    /// See the print queue.
    SeeQueue,
    /// See and change what the house decides for itself.
    ManageSettings,
    /// See and change what each role may do.
    ManageRoles,
    /// Find, add and change customers.
    ManageCustomers,
    /// Choose the number of print workers, turn turbo on, take a printer out of use.
    SteerQueue,
    /// Print what an order comes to, and say of such a paper whether it came out.
    PrintBill,
    /// Open a cash drawer without a payment.
    OpenDrawer,
    /// Open and count a drawer, and print what went through it.
    KeepTill,
    /// Say what has run out, and how many are left of what is nearly gone.
    SetAvailability,
}

impl Permission {
    pub const ALL: [Self; 16] = [
        Self::SeeFloor,
        Self::TakeOrders,
        Self::VoidLine,
        Self::MarkUrgent,
        Self::ReprintTicket,
        Self::SeeKitchen,
        Self::BumpTickets,
        Self::SeeQueue,
        Self::ManageSettings,
        Self::ManageRoles,
        Self::ManageCustomers,
        Self::SteerQueue,
        Self::PrintBill,
        Self::OpenDrawer,
        Self::KeepTill,
        Self::SetAvailability,
    ];

    /// The stable name that databases and programs use.
    pub const fn code(self) -> &'static str {
        match self {
            Self::SeeFloor => "see_floor",
            Self::TakeOrders => "take_orders",
            Self::VoidLine => "void_line",
            Self::MarkUrgent => "mark_urgent",
            Self::ReprintTicket => "reprint_ticket",
            Self::SeeKitchen => "see_kitchen",
            Self::BumpTickets => "bump_tickets",
            Self::SeeQueue => "see_queue",
            Self::ManageSettings => "manage_settings",
            Self::ManageRoles => "manage_roles",
            Self::ManageCustomers => "manage_customers",
            Self::SteerQueue => "steer_queue",
            Self::PrintBill => "print_bill",
            Self::OpenDrawer => "open_drawer",
            Self::KeepTill => "keep_till",
            Self::SetAvailability => "set_availability",
        }
    }

    /// Whether somebody who holds it may let another person use it once, with a PIN: what is done to one order or one
    /// drawer while guests wait. What the house decides for itself, and what is only looked at, is never lent.
    pub const fn can_be_approved(self) -> bool {
        matches!(self, Self::VoidLine | Self::MarkUrgent | Self::ReprintTicket | Self::OpenDrawer)
    }

    /// The permission with this stable name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|permission| permission.code() == code)
    }
}

impl Role {
    pub const ALL: [Self; 5] = [Self::Admin, Self::Manager, Self::Cashier, Self::Waiter, Self::Kitchen];

    /// Whether this role may do what `permission` names in a house that is new. What is not listed it may not.
    pub fn is_born_with(self, permission: Permission) -> bool {
        use Permission::{
            BumpTickets, KeepTill, ManageCustomers, MarkUrgent, OpenDrawer, PrintBill, ReprintTicket,
            SeeFloor, SeeKitchen, SeeQueue, SetAvailability, TakeOrders, VoidLine,
        };
        match self {
            Self::Admin => true,
            Self::Manager => permission != Permission::ManageRoles,
            Self::Cashier => matches!(
                permission,
                SeeFloor
                    | TakeOrders
                    | VoidLine
                    | MarkUrgent
                    | ReprintTicket
                    | SeeKitchen
                    | SeeQueue
                    | ManageCustomers
                    | PrintBill
                    | OpenDrawer
                    | KeepTill
                    | SetAvailability
            ),
            Self::Waiter => matches!(
                permission,
                SeeFloor
                    | TakeOrders
                    | MarkUrgent
                    | ReprintTicket
                    | SeeKitchen
                    | SeeQueue
                    | ManageCustomers
                    | PrintBill
                    | SetAvailability
            ),
            Self::Kitchen => {
                matches!(permission, SeeKitchen | BumpTickets | ReprintTicket | SeeQueue | SetAvailability)
            }
        }
    }

    /// What cannot be taken from this role, so that there is always somebody who can give everything back.
    pub fn always_may(self, permission: Permission) -> bool {
        (self, permission) == (Self::Admin, Permission::ManageRoles)
    }

    /// The stable name that databases and programs use.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Manager => "manager",
            Self::Cashier => "cashier",
            Self::Waiter => "waiter",
            Self::Kitchen => "kitchen",
        }
    }

    /// The role with this stable name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// What someone may do. What is not in it is refused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Permissions(u64);

impl Permissions {
    /// What `role` may do in a house that has given it `granted`.
    pub fn of(role: Role, granted: impl IntoIterator<Item = Permission>) -> Self {
        let always = Permission::ALL.into_iter().filter(|permission| role.always_may(*permission));
        Self(always.chain(granted).fold(0, |set, permission| set | Self::bit(permission)))
    }

    pub const fn contains(self, permission: Permission) -> bool {
        self.0 & Self::bit(permission) != 0
    }

    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::ALL.into_iter().filter(move |permission| self.contains(*permission))
    }

    const fn bit(permission: Permission) -> u64 {
        1 << permission as u8
    }
}

/// A language in which people are spoken to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    #[default]
    Es,
    En,
}

impl Language {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Es => "es",
            Self::En => "en",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Es, Self::En].into_iter().find(|language| language.code() == code)
    }
}

/// Digits of a PIN: the pad asks as soon as so many are typed.
pub const PIN_DIGITS: usize = 4;

/// Whether somebody can have this as their PIN.
pub fn is_pin(typed: &str) -> bool {
    typed.len() == PIN_DIGITS && typed.bytes().all(|byte| byte.is_ascii_digit())
}

/// Longest name of a person, in characters.
pub const MAX_PERSON_NAME: usize = 40;

/// Why a person cannot be as somebody wants them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadPerson {
    /// Whoever is new has no PIN to keep.
    NoPin,
    /// Nobody takes themselves off, or another role: they might not be able to take it back.
    Yourself,
    /// There would be nobody left who can give everything back.
    LastAdmin,
}

/// What a change would do to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonChange {
    /// Role and whether they are active; none when they are new.
    pub before: Option<(Role, bool)>,
    pub after: (Role, bool),
    pub has_new_pin: bool,
    /// Whether it is who asks for it.
    pub is_oneself: bool,
    /// Whether there is another active admin.
    pub other_admin: bool,
}

impl PersonChange {
    /// Whether it may be.
    ///
    /// # Errors
    /// Says why not.
    pub fn check(self) -> Result<(), BadPerson> {
        let Some(before) = self.before else {
            return if self.has_new_pin { Ok(()) } else { Err(BadPerson::NoPin) };
        };
        let gives_up_admin = before == (Role::Admin, true) && self.after != before;
        if gives_up_admin && !self.other_admin {
            return Err(BadPerson::LastAdmin);
        }
        if self.is_oneself && self.after != before {
            return Err(BadPerson::Yourself);
        }
        Ok(())
    }
}

/// Wrong PINs typed in a row before the first lock.
pub const PIN_FAILURES_ALLOWED: u32 = 5;
/// The first lock, in milliseconds; each further failure doubles it.
pub const PIN_FIRST_LOCK_MS: i64 = 30_000;
/// The longest lock, in milliseconds.
pub const PIN_LONGEST_LOCK_MS: i64 = 60 * 60_000;

/// The facts about wrong PINs that are kept for one user at one terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PinFailures {
    /// Wrong PINs since the last right one.
    pub count: u32,
    /// When the last wrong one was typed.
    pub last_at: Option<Time>,
}

impl PinFailures {
    /// How long the lock set by these failures lasts, in milliseconds; 0 when there is none.
    pub fn lock_ms(self) -> i64 {
        let Some(doublings) = self.count.checked_sub(PIN_FAILURES_ALLOWED) else { return 0 };
        PIN_FIRST_LOCK_MS.saturating_mul(1_i64 << doublings.min(20)).min(PIN_LONGEST_LOCK_MS)
    }

    /// Milliseconds until a PIN may be tried again, 0 when it may be tried now.
    ///
    /// A clock turned back never shortens or stretches a lock beyond its own length.
    pub fn locked_for_ms(self, now: Time) -> i64 {
        let lock = self.lock_ms();
        self.last_at.map_or(0, |last| (lock - now.since_ms(last).max(0)).clamp(0, lock))
    }

    /// The facts after one more wrong PIN.
    #[must_use]
    pub const fn after_failure(self, now: Time) -> Self {
        Self { count: self.count.saturating_add(1), last_at: Some(now) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_is_four_digits() {
        assert!(is_pin("0000") && is_pin("9041"));
        for bad in ["", "123", "12345", "12 4", "١٢٣٤", "-123"] {
            assert!(!is_pin(bad), "{bad:?}");
        }
    }

    #[test]
    fn there_is_always_an_admin_and_nobody_locks_themselves_out() {
        let states = Role::ALL.into_iter().flat_map(|role| [(role, true), (role, false)]);
        let states: Vec<_> = states.collect();
        for before in states.iter().copied().map(Some).chain([None]) {
            for after in states.iter().copied() {
                for facts in 0_u8..8 {
                    let [has_new_pin, is_oneself, other_admin] = [1, 2, 4].map(|bit| facts & bit != 0);
                    let change = PersonChange { before, after, has_new_pin, is_oneself, other_admin };
                    let lasts =
                        other_admin || before != Some((Role::Admin, true)) || after == (Role::Admin, true);
                    let wanted = match before {
                        None if has_new_pin => Ok(()),
                        None => Err(BadPerson::NoPin),
                        Some(_) if !lasts => Err(BadPerson::LastAdmin),
                        Some(before) if is_oneself && before != after => Err(BadPerson::Yourself),
                        Some(_) => Ok(()),
                    };
                    assert_eq!(change.check(), wanted, "{change:?}");
                }
            }
        }
    }

    #[test]
    fn every_permission_is_found_by_its_code() {
        for permission in Permission::ALL {
            assert_eq!(Permission::from_code(permission.code()), Some(permission));
        }
        assert_eq!(Permission::from_code("fly"), None);
    }

    #[test]
    fn a_role_may_do_what_it_was_given_and_an_admin_can_always_give_it_back() {
        for role in Role::ALL {
            let nothing = Permissions::of(role, []);
            let left: Vec<_> = nothing.iter().collect();
            let kept = if role == Role::Admin { vec![Permission::ManageRoles] } else { Vec::new() };
            assert_eq!(left, kept, "{role:?}");
            for permission in Permission::ALL {
                let one = Permissions::of(role, [permission]);
                assert!(one.contains(permission));
                let others = Permission::ALL.into_iter().filter(|other| *other != permission);
                assert!(others.into_iter().all(|other| one.contains(other) == role.always_may(other)));
            }
        }
    }

    #[test]
    fn five_failures_lock_for_thirty_seconds_then_twice_as_long() {
        let mut failures = PinFailures::default();
        for attempt in 1..=5 {
            assert_eq!(failures.locked_for_ms(Time(0)), 0, "before attempt {attempt}");
            failures = failures.after_failure(Time(0));
        }
        assert_eq!(failures.locked_for_ms(Time(0)), 30_000);
        assert_eq!(failures.locked_for_ms(Time(29_999)), 1);
        assert_eq!(failures.locked_for_ms(Time(30_000)), 0);
        assert_eq!(failures.after_failure(Time(30_000)).locked_for_ms(Time(30_000)), 60_000);
    }

    #[test]
    fn a_clock_turned_back_does_not_stretch_a_lock() {
        let failures = PinFailures { count: 5, last_at: Some(Time(1_000_000)) };
        assert_eq!(failures.locked_for_ms(Time(0)), 30_000);
    }

    #[test]
    fn a_lock_never_outgrows_an_hour() {
        let failures = PinFailures { count: u32::MAX, last_at: Some(Time(0)) };
        assert_eq!(failures.lock_ms(), PIN_LONGEST_LOCK_MS);
    }

    #[test]
    fn a_waiter_may_not_void_and_a_cook_may_not_order() {
        assert!(!Role::Waiter.is_born_with(Permission::VoidLine));
        assert!(Role::Cashier.is_born_with(Permission::VoidLine));
        assert!(!Role::Kitchen.is_born_with(Permission::TakeOrders));
        assert!(!Role::Waiter.is_born_with(Permission::BumpTickets));
        assert!(!Role::Manager.is_born_with(Permission::ManageRoles));
        for role in Role::ALL {
            assert_eq!(Role::from_code(role.code()), Some(role));
        }
    }
}
