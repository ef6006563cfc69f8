//! What each role may do: asked for and changed.

use super::{Permission, Role, wire};
use uuid::Uuid;

wire! {
    /// Asks what each role may do.
    pub struct ListRoles {}

    pub struct RolesView {
        pub roles: Vec<RoleView>,
    }

    pub struct RoleView {
        pub role: Role,
        /// What the company calls it.
        pub name: String,
        pub permissions: Vec<Permission>,
    }

    /// Gives a role a permission, or takes it away.
    pub struct ChangeRole {
        pub command_id: Uuid,
        pub role: Role,
        pub permission: Permission,
        pub allowed: bool,
    }
}
