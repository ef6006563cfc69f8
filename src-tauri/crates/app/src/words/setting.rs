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
        Key::ReceiptHead => {
            ("Datos del local en cuentas y recibos", "The house's details on bills and receipts")
        }
        Key::ReceiptFoot => ("Final de cuentas y recibos", "End of bills and receipts"),
        Key::ReceiptQr => ("Código QR de los recibos", "QR code of receipts"),
        Key::ReliefSeconds => (
            "Segundos que espera una comanda antes de que ayude la impresora de al lado",
            "Seconds that a ticket waits before the printer beside it helps",
        ),
        Key::LockMinutes => (
            "Minutos sin tocar la pantalla antes de pedir el PIN otra vez",
            "Minutes without a touch before the PIN is asked for again",
        ),
        Key::FirstStepsTold => {
            ("Recordar los primeros pasos que faltan", "Remind of first steps that are open")
        }
        Key::AlertsShown => ("Mostrar los avisos en este equipo", "Show alerts at this terminal"),
    };
    match language {
        Language::Es => es,
        Language::En => en,
    }
}

/// `{a}, {b} o {c}`.
fn in_braces(known: &[&str], or: &str) -> String {
    let all: Vec<String> = known.iter().map(|blank| format!("{{{blank}}}")).collect();
    match all.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} {or} {last}", rest.join(", ")),
        _ => all.concat(),
    }
}

pub(super) fn spanish(key: Key, why: BadSetting) -> String {
    let name = setting_name(key, Language::Es);
    match why {
        BadSetting::WrongKind => {
            format!(
                "«{name}» no admite ese valor: es un número, un sí o no o un texto, y llegó otra cosa. Corrija y guarde de nuevo."
            )
        }
        BadSetting::TooLong { rows, letters } => {
            let rows = if rows == 1 { "una línea".to_owned() } else { format!("{rows} líneas") };
            format!(
                "«{name}» es demasiado largo: caben {rows} de {letters} letras. Acórtelo y guarde de nuevo."
            )
        }
        BadSetting::NotWords => {
            format!(
                "«{name}» tiene un carácter que no se puede imprimir. Escríbalo a mano y guarde de nuevo."
            )
        }
        BadSetting::UnknownBlank(known) => {
            format!("En «{name}» entre llaves solo va {}. Corrija y guarde de nuevo.", in_braces(known, "o"))
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
                "“{name}” cannot be that: it is a number, a yes or no or a text, and something else came. Correct it and save again."
            )
        }
        BadSetting::TooLong { rows, letters } => {
            let rows = if rows == 1 { "one line".to_owned() } else { format!("{rows} lines") };
            format!(
                "“{name}” is too long: there is room for {rows} of {letters} letters. Shorten it and save again."
            )
        }
        BadSetting::NotWords => {
            format!("“{name}” has a character that cannot be printed. Type it by hand and save again.")
        }
        BadSetting::UnknownBlank(known) => {
            format!(
                "In “{name}” only {} may stand in braces. Correct it and save again.",
                in_braces(known, "or")
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
