//! What alerts say: what is wrong, and what to do about it.

use crate::wire::Text;
use fastops_domain::station::Printer;

/// A ticket waits for a printer of which no trouble is known.
pub(crate) fn ticket_late(printer: &str, seconds: i64) -> Text {
    Text {
        es: format!(
            "Una comanda espera papel en {printer} desde hace más de {seconds} segundos y la impresora no avisa por qué. Mire la fila de impresión y la impresora."
        ),
        en: format!(
            "A ticket has been waiting for paper at {printer} for more than {seconds} seconds, and the printer does not say why. Look at the print queue and at the printer."
        ),
    }
}

/// A station's tickets come out at `to` instead of `own`, and `why` is wrong there, if that is known.
pub(crate) fn tickets_elsewhere(station: &str, own: &str, to: &Printer, why: Option<Text>) -> Text {
    let meanwhile = super::stand_in(own, to, why.is_some());
    let why = why.unwrap_or_else(|| Text {
        es: format!("{own} está fuera de uso: vuelva a ponerla en uso en la fila de impresión."),
        en: format!("{own} is out of use: put it back into use in the print queue."),
    });
    Text {
        es: format!("{station}: {} {}", why.es, meanwhile.es),
        en: format!("{station}: {} {}", why.en, meanwhile.en),
    }
}

/// Nobody knows whether a paper about money came out.
pub(crate) fn paper_uncertain(printer: &str, order: Option<i64>) -> Text {
    let (es, en) = match order {
        Some(number) => (format!(" de la orden {number}"), format!(" of order {number}")),
        None => Default::default(),
    };
    Text {
        es: format!(
            "No se sabe si el papel{es} salió en {printer}. Mire la impresora y responda: salió, imprimir otra vez o descartar."
        ),
        en: format!(
            "Nobody knows whether the paper{en} came out at {printer}. Look at the printer and answer: it came out, print again, or discard."
        ),
    }
}

/// The disk of the data has less than `mebibytes` left.
pub(crate) fn disk_low(mebibytes: i64) -> Text {
    Text {
        es: format!(
            "Al disco de los datos le quedan menos de {mebibytes} MiB. Libere espacio: con el disco lleno no se guarda ningún pedido."
        ),
        en: format!(
            "The disk of the data has less than {mebibytes} MiB left. Free some space: with a full disk no order is saved."
        ),
    }
}

/// The server did not answer for a time, and does again.
pub(crate) fn database_was_away() -> Text {
    Text {
        es: "El servidor de la base de datos no respondió durante un rato y ya volvió. Lo guardado sigue ahí; si se repite, revise el servidor y la red.".into(),
        en: "The database server did not answer for a while and is back. What was saved is there; if it happens again, check the server and the network.".into(),
    }
}

/// A ticket failed, and it is not known why.
pub(crate) fn failed_without_cause() -> Text {
    Text {
        es: "No se pudo imprimir. Reintente, o dígalo en la cocina y quítela de la lista.".into(),
        en: "It could not be printed. Try again, or tell the kitchen and take it off the list.".into(),
    }
}
