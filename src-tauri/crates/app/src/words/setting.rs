//! What the settings are called, and why one cannot be as somebody wants it.

use fastops_domain::setting::{BadSetting, Key, Level};
use fastops_domain::user::Language;

/// What people call a setting.
pub(crate) fn setting_name(key: Key, language: Language) -> &'static str {
    let (es, en) = match key {
        Key::ClosedOrdersDays => {
            ("Días antes de archivar los pedidos cerrados", "Days before closed orders are archived")
        }
        Key::FinishedJobsDays => (
            "Días que una comanda impresa queda en la fila de impresión",
            "Days that a printed ticket stays in the print queue",
        ),
        Key::BackupMinutes => ("Minutos entre copias de seguridad", "Minutes between backups"),
        Key::PrinterTroubleSeconds => (
            "Segundos antes de avisar de una impresora con problemas",
            "Seconds before a printer in trouble is reported",
        ),
        Key::LateTicketSeconds => {
            ("Segundos antes de avisar de una comanda atrasada", "Seconds before a late ticket is reported")
        }
        Key::FreeDiskMib => ("Espacio libre mínimo del disco", "Least free space of the disk"),
        Key::CatchUpTickets => (
            "Comandas pendientes para imprimir una sola lista tras una falla",
            "Pending tickets for one list in their place after an outage",
        ),
        Key::CatchUpSeconds => (
            "Segundos sin papel para imprimir una sola lista",
            "Seconds without paper for one list in place of the tickets",
        ),
        Key::ReliefSeconds => (
            "Segundos que espera una comanda antes de que ayude la impresora de al lado",
            "Seconds that a ticket waits before the printer beside it helps",
        ),
        Key::AlertsShown => ("Mostrar los avisos en este equipo", "Show alerts at this terminal"),
    };
    match language {
        Language::Es => es,
        Language::En => en,
    }
}

pub(super) fn spanish(key: Key, why: BadSetting) -> String {
    let name = setting_name(key, Language::Es);
    match why {
        BadSetting::WrongKind => {
            format!(
                "«{name}» no admite ese valor: es un número o un sí o no, y llegó lo contrario. Corrija y guarde de nuevo."
            )
        }
        BadSetting::OutOfBounds { least, most } => {
            format!("«{name}» debe estar entre {least} y {most}. Corrija y guarde de nuevo.")
        }
        BadSetting::TooNear(level) => {
            let (place, wider) = match level {
                Level::Company => ("la empresa", "ella"),
                Level::Branch => ("una sucursal", "la empresa"),
                Level::Terminal => ("un equipo", "la sucursal"),
            };
            format!("«{name}» no se decide para {place}. Decídalo para {wider}.")
        }
    }
}

pub(super) fn english(key: Key, why: BadSetting) -> String {
    let name = setting_name(key, Language::En);
    match why {
        BadSetting::WrongKind => {
            format!(
                "“{name}” cannot be that: it is a number or a yes or no, and the other one came. Correct it and save again."
            )
        }
        BadSetting::OutOfBounds { least, most } => {
            format!("“{name}” must be between {least} and {most}. Correct it and save again.")
        }
        BadSetting::TooNear(level) => {
            let (place, wider) = match level {
                Level::Company => ("the company", "it"),
                Level::Branch => ("a branch", "the company"),
                Level::Terminal => ("a terminal", "the branch"),
            };
            format!("“{name}” is not decided for {place}. Decide it for {wider}.")
        }
    }
}
