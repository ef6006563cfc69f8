//! What is wrong with a printer, and what to do, in a person's words.

use fastops_domain::job::{Cause, Doubt, JobKind, JobState};
use fastops_domain::user::Language;

/// One sentence with the remedy; `printer` is the printer's or the station's name.
pub fn sentence(cause: Cause, printer: &str, language: Language) -> String {
    match language {
        Language::Es => spanish(cause, printer),
        Language::En => english(cause, printer),
    }
}

/// The same about a paper of which `state` says what became of it: what may be out and is a person's to answer for, or
/// is never made twice, is not promised again.
pub fn sentence_about(
    (kind, state): (JobKind, JobState),
    cause: Cause,
    printer: &str,
    language: Language,
) -> String {
    let in_doubt = match cause {
        Cause::PartialWrite | Cause::NoProof | Cause::Interrupted => true,
        Cause::LinkLost | Cause::NoProgress => matches!(state, JobState::Uncertain | JobState::Failed),
        _ => false,
    };
    match (kind.on_doubt(), language) {
        (Doubt::Ask, Language::Es) if in_doubt => {
            format!(
                "No se sabe si el papel salió en {printer}: mire si está y responda; si falta, se imprime otra vez."
            )
        }
        (Doubt::Ask, Language::En) if in_doubt => {
            format!(
                "Nobody knows whether the paper came out of {printer}: look and answer; if it is missing, it is printed again."
            )
        }
        (Doubt::Never, Language::Es) if in_doubt => {
            format!("No se sabe si {printer} abrió el cajón: mire si está abierto; si no, pídalo otra vez.")
        }
        (Doubt::Never, Language::En) if in_doubt => {
            format!(
                "Nobody knows whether {printer} opened the drawer: look whether it is open; if not, ask again."
            )
        }
        (Doubt::Again | Doubt::Ask | Doubt::Never, _) => sentence(cause, printer, language),
    }
}

/// Two or three words for a badge, at most 18 characters.
pub const fn short(cause: Cause, language: Language) -> &'static str {
    let (es, en) = match cause {
        Cause::Unreachable => ("No responde", "Not responding"),
        Cause::UnknownHost => ("Nombre desconocido", "Unknown name"),
        Cause::Busy => ("Ocupada", "Busy"),
        Cause::Offline => ("Fuera de línea", "Offline"),
        Cause::CoverOpen => ("Tapa abierta", "Cover open"),
        Cause::PaperOut => ("Sin papel", "Out of paper"),
        Cause::CutterJam => ("Cuchilla trabada", "Cutter jammed"),
        Cause::Overheated => ("Recalentada", "Too hot"),
        Cause::NoProgress => ("Trabada", "Stuck"),
        Cause::PartialWrite => ("Envío cortado", "Cut off"),
        Cause::NoProof => ("Sin confirmar", "Not confirmed"),
        Cause::LinkLost => ("Conexión perdida", "Connection lost"),
        Cause::Interrupted => ("Interrumpida", "Interrupted"),
        Cause::CannotEncode => ("No se puede armar", "Cannot compose"),
        Cause::Misconfigured => ("Mal configurada", "Wrong settings"),
        Cause::NoPermission => ("Sin permiso", "No permission"),
        Cause::NoDriver => ("Sin controlador", "No driver"),
        Cause::TooLate => ("Fuera de tiempo", "Too late"),
        Cause::NoScreen => ("Sin pantalla", "No screen"),
        Cause::FolderMissing => ("Sin carpeta", "No folder"),
        Cause::FolderFull => ("Disco lleno", "Disk full"),
        Cause::FolderUnwritable => ("Carpeta cerrada", "Folder locked"),
        Cause::MailUnset => ("Correo sin ajustar", "Mail not set up"),
        Cause::MailUnreachable => ("Correo no responde", "Mail not answering"),
        Cause::MailLogin => ("Clave de correo", "Mail password"),
        Cause::MailRefused => ("Correo rechazado", "Mail refused"),
        Cause::CoreSilent => ("Equipo apagado", "Computer silent"),
    };
    match language {
        Language::Es => es,
        Language::En => en,
    }
}

#[expect(clippy::too_many_lines, reason = "one sentence for each cause")]
fn spanish(cause: Cause, printer: &str) -> String {
    match cause {
        Cause::Unreachable => {
            format!("{printer} no responde: revise que esté encendida y que su cable esté conectado.")
        }
        Cause::UnknownHost => format!(
            "La red no conoce el nombre de {printer}: corrija la dirección en los ajustes o use la numérica."
        ),
        Cause::Busy => format!(
            "{printer} está ocupada con otro equipo: cierre el otro programa que la usa; se reintenta sola."
        ),
        Cause::Offline => format!("{printer} está fuera de línea: revise sus luces y apáguela y enciéndala."),
        Cause::CoverOpen => format!("La tapa de {printer} está abierta: ciérrela."),
        Cause::PaperOut => format!("Sin papel en {printer}: cambie el rollo."),
        Cause::CutterJam => {
            format!("La cuchilla de {printer} está trabada: abra la tapa, retire el papel y ciérrela.")
        }
        Cause::Overheated => {
            format!("{printer} está recalentada: espere unos minutos; sigue sola cuando se enfríe.")
        }
        Cause::NoProgress => format!("{printer} dejó de recibir datos: apáguela y enciéndala."),
        Cause::PartialWrite => format!(
            "La conexión con {printer} se cortó a mitad de la comanda: se imprime de nuevo, marcada como posible duplicado."
        ),
        Cause::NoProof => format!(
            "{printer} no confirmó la comanda: mire si salió; la nueva saldrá marcada como posible duplicado."
        ),
        Cause::LinkLost => format!(
            "Se perdió la conexión con {printer}: revise su cable y que siga encendida; se reintenta sola."
        ),
        Cause::Interrupted => format!(
            "El programa se cerró mientras {printer} imprimía: se imprime de nuevo, marcada como posible duplicado."
        ),
        Cause::CannotEncode => {
            format!("La comanda no se puede preparar para {printer}: revise las columnas en sus ajustes.")
        }
        Cause::Misconfigured => {
            format!("{printer} no está bien configurada: revise la impresora y la estación en los ajustes.")
        }
        Cause::NoPermission => format!(
            "El sistema no deja usar {printer}: en Linux, agregue el usuario a los grupos lp y dialout, o instale la regla de udev, y entre de nuevo."
        ),
        Cause::NoDriver => format!(
            "El sistema no tiene con qué hablarle a {printer}: instale su controlador, o desconéctela y conéctela de nuevo."
        ),
        Cause::TooLate => format!("{printer} no estuvo lista a tiempo: pídalo otra vez si aún hace falta."),
        Cause::NoScreen => {
            format!("Ningún equipo muestra {printer}: abra la pantalla de cocina y elija la estación.")
        }
        Cause::FolderMissing => {
            format!("La carpeta de {printer} no existe: créela o corrija la dirección en los ajustes.")
        }
        Cause::FolderFull => {
            format!("El disco de la carpeta de {printer} está lleno: libere espacio.")
        }
        Cause::FolderUnwritable => {
            format!("No se puede escribir en la carpeta de {printer}: dé permiso de escritura o elija otra.")
        }
        Cause::MailUnset => {
            format!("Falta el servidor de correo o su clave para {printer}: complételo en los ajustes.")
        }
        Cause::MailUnreachable => {
            format!(
                "El servidor de correo no responde a {printer}: revise internet y el servidor en los ajustes."
            )
        }
        Cause::MailLogin => {
            format!(
                "El servidor de correo no acepta el usuario o la clave de {printer}: corríjalos en los ajustes."
            )
        }
        Cause::MailRefused => {
            format!(
                "El servidor de correo rechazó el mensaje de {printer}: revise las direcciones en los ajustes."
            )
        }
        Cause::CoreSilent => format!(
            "El computador que maneja {printer} no da señales: revise que esté encendido, con FastOps abierto y en la red."
        ),
    }
}

#[expect(clippy::too_many_lines, reason = "one sentence for each cause")]
fn english(cause: Cause, printer: &str) -> String {
    match cause {
        Cause::Unreachable => {
            format!("{printer} does not respond: check that it is on and its cable is plugged in.")
        }
        Cause::UnknownHost => format!(
            "The network does not know the name of {printer}: correct its address in the settings, or use numbers."
        ),
        Cause::Busy => format!(
            "{printer} is busy with another computer: close the other program that uses it; it is retried by itself."
        ),
        Cause::Offline => format!("{printer} is offline: look at its lights, then switch it off and on."),
        Cause::CoverOpen => format!("The cover of {printer} is open: close it."),
        Cause::PaperOut => format!("Out of paper at {printer}: change the roll."),
        Cause::CutterJam => {
            format!("The cutter of {printer} is jammed: open the cover, take the paper out and close it.")
        }
        Cause::Overheated => {
            format!("{printer} is too hot: wait a few minutes; it goes on by itself when it has cooled.")
        }
        Cause::NoProgress => format!("{printer} has stopped taking data: switch it off and on."),
        Cause::PartialWrite => format!(
            "The connection to {printer} broke in the middle of a ticket: it is printed again, marked as a possible duplicate."
        ),
        Cause::NoProof => format!(
            "{printer} did not confirm the ticket: see whether it came out; the next one is marked as a possible duplicate."
        ),
        Cause::LinkLost => format!(
            "The connection to {printer} was lost: check its cable and that it is on; it is retried by itself."
        ),
        Cause::Interrupted => format!(
            "The program closed while {printer} was printing: it is printed again, marked as a possible duplicate."
        ),
        Cause::CannotEncode => {
            format!("The ticket cannot be composed for {printer}: check the columns in its settings.")
        }
        Cause::Misconfigured => {
            format!("{printer} is not set up properly: check the printer and its station in the settings.")
        }
        Cause::NoPermission => format!(
            "The system does not allow the use of {printer}: on Linux, add the user to the groups lp and dialout, or install the udev rule, and sign in again."
        ),
        Cause::NoDriver => format!(
            "The system has nothing that speaks to {printer}: install its driver, or unplug it and plug it in again."
        ),
        Cause::TooLate => format!("{printer} was not ready in time: ask again if it is still needed."),
        Cause::NoScreen => {
            format!("No terminal shows {printer}: open the kitchen screen and choose the station.")
        }
        Cause::FolderMissing => {
            format!(
                "The folder of {printer} does not exist: create it or correct its address in the settings."
            )
        }
        Cause::FolderFull => {
            format!("The disk of the folder of {printer} is full: free some space.")
        }
        Cause::FolderUnwritable => {
            format!("The folder of {printer} cannot be written: allow writing to it or choose another.")
        }
        Cause::MailUnset => {
            format!("The mail server or its password is missing for {printer}: complete it in the settings.")
        }
        Cause::MailUnreachable => {
            format!(
                "The mail server does not answer {printer}: check the internet and the server in the settings."
            )
        }
        Cause::MailLogin => {
            format!(
                "The mail server does not accept the user or password of {printer}: correct them in the settings."
            )
        }
        Cause::MailRefused => {
            format!("The mail server refused the message of {printer}: check the addresses in the settings.")
        }
        Cause::CoreSilent => format!(
            "The computer that drives {printer} gives no sign of life: check that it is on, with FastOps open and on the network."
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fastops_domain::job::PaperKind;
    use std::collections::HashSet;

    const LANGUAGES: [Language; 2] = [Language::Es, Language::En];

    #[test]
    fn each_cause_says_where_and_what_to_do() {
        assert_eq!(sentence(Cause::PaperOut, "Barra", Language::Es), "Sin papel en Barra: cambie el rollo.");
        for language in LANGUAGES {
            let sentences: HashSet<_> =
                Cause::ALL.into_iter().map(|cause| sentence(cause, "Barra", language)).collect();
            assert_eq!(sentences.len(), Cause::ALL.len(), "no two causes read alike");
            for sentence in sentences {
                assert!(sentence.contains("Barra"), "{sentence}");
                let remedy = sentence.split_once(": ").map(|(_, remedy)| remedy.len());
                assert!(remedy > Some(8) && sentence.ends_with('.'), "{sentence}");
            }
        }
    }

    #[test]
    fn what_is_not_printed_again_by_itself_is_not_promised() {
        let (bill, drawer) = (JobKind::Paper(PaperKind::Receipt), JobKind::Paper(PaperKind::Drawer));
        for cause in [Cause::PartialWrite, Cause::NoProof, Cause::Interrupted, Cause::LinkLost] {
            for (kind, state) in [(bill, JobState::Uncertain), (drawer, JobState::Failed)] {
                for (language, lie) in
                    [(Language::Es, "posible duplicado"), (Language::En, "possible duplicate")]
                {
                    let told = sentence_about((kind, state), cause, "Barra", language);
                    assert!(told.contains("Barra") && !told.contains(lie), "{told}");
                    assert_ne!(told, sentence(cause, "Barra", language));
                }
            }
        }
        let waits = sentence_about((bill, JobState::Blocked), Cause::LinkLost, "Barra", Language::Es);
        assert_eq!(waits, sentence(Cause::LinkLost, "Barra", Language::Es), "no byte of it is out");
        let ticket =
            sentence_about((JobKind::Kitchen, JobState::Queued), Cause::NoProof, "Barra", Language::Es);
        assert_eq!(ticket, sentence(Cause::NoProof, "Barra", Language::Es));
    }

    #[test]
    fn badges_are_short_and_differ() {
        for language in LANGUAGES {
            let badges: HashSet<_> = Cause::ALL.into_iter().map(|cause| short(cause, language)).collect();
            assert_eq!(badges.len(), Cause::ALL.len());
            assert!(badges.iter().all(|badge| badge.chars().count() <= 18), "{badges:?}");
        }
    }
}
