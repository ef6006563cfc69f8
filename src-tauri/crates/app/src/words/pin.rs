//! Why a PIN does not open the door, and why somebody may not, alone or with the leave of another.

use super::names::{permission_en, permission_es, role_en, role_es};
use fastops_domain::user::{Permission, Role};

pub(super) fn wrong_es(left: u32) -> String {
    match left {
        1 => "PIN incorrecto. Queda 1 intento antes de una pausa de 30 segundos.".into(),
        left => format!("PIN incorrecto. Le quedan {left} intentos."),
    }
}

pub(super) fn locked_es(seconds: i64) -> String {
    format!(
        "Demasiados PIN incorrectos. Espere {seconds} segundos, o pida a un administrador que revise su PIN."
    )
}

pub(super) fn wrong_en(left: u32) -> String {
    match left {
        1 => "Wrong PIN. 1 try left before a pause of 30 seconds.".into(),
        left => format!("Wrong PIN. You have {left} tries left."),
    }
}

pub(super) fn locked_en(seconds: i64) -> String {
    format!("Too many wrong PINs. Wait {seconds} seconds, or ask an administrator to check your PIN.")
}

pub(super) fn not_allowed_es(role: Role, permission: Permission) -> String {
    format!("Su rol ({}) no permite {}. Pida ayuda a un gerente.", role_es(role), permission_es(permission))
}

pub(super) fn not_allowed_en(role: Role, permission: Permission) -> String {
    format!(
        "Your role ({}) does not allow you to {}. Ask a manager for help.",
        role_en(role),
        permission_en(permission)
    )
}

pub(super) fn not_either_es(name: &str, permission: Permission) -> String {
    format!("{name} tampoco puede {}. Elija a otra persona.", permission_es(permission))
}

pub(super) fn not_either_en(name: &str, permission: Permission) -> String {
    format!("{name} may not {} either. Choose somebody else.", permission_en(permission))
}
