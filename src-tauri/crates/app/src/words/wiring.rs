//! What is said about a setup: where a ticket would come out and why, and what is wrong with it.

use super::device::place;
use crate::wire::Text;
use fastops_domain::station::Printer;

/// Most names in one sentence.
const MOST_NAMES: usize = 5;

fn text(es: String, en: String) -> Text {
    Text { es, en }
}

pub(crate) fn goes_to(product: &str, station: &str, device: &Printer) -> Text {
    let place = place(device);
    text(
        format!("{product} lo prepara {station} y su comanda saldría ahora {}.", place.es),
        format!("{product} is made by {station}, and its ticket would come out {} now.", place.en),
    )
}

pub(crate) fn goes_nowhere(product: &str, station: &str) -> Text {
    text(
        format!("{product} lo prepara {station}, que no tiene dónde imprimir aquí. Agréguele un destino."),
        format!("{product} is made by {station}, which has nowhere to print from here. Give it a target."),
    )
}

pub(crate) fn no_station(product: &str, category: &str) -> Text {
    text(
        format!(
            "Ninguna estación prepara {product}: no sale en ninguna comanda. Elija quién prepara {category}, o este producto."
        ),
        format!(
            "No station makes {product}: it comes out on no ticket. Say who makes {category}, or this product."
        ),
    )
}

pub(crate) fn by_parts(combo: &str) -> Text {
    text(
        format!(
            "{combo} es un combo: cada producto que se elige sale en su propia estación. Mire dónde sale cada uno."
        ),
        format!(
            "{combo} is a combo: each chosen product comes out at its own station. Look where each of them does."
        ),
    )
}

pub(crate) fn by_product(product: &str, station: &str) -> Text {
    text(
        format!("{station} prepara {product} en particular."),
        format!("{station} makes {product} in particular."),
    )
}

pub(crate) fn by_category(category: &str, station: &str) -> Text {
    text(
        format!("{station} prepara todo lo de {category}."),
        format!("{station} makes everything of {category}."),
    )
}

/// A target that is well, as a first choice or as a backup.
pub(crate) fn part(first: bool, goes_here: bool) -> Text {
    let (es, en) = match (first, goes_here) {
        (true, true) => ("Es su primera opción y está bien.", "It is the first choice, and it is well."),
        (true, false) => (
            "Comparte las comandas; la próxima le toca a otra.",
            "It shares the tickets; the next one is another's.",
        ),
        (false, true) => ("Es el respaldo que está bien.", "It is the backup that is well."),
        (false, false) => (
            "Es respaldo: recibe las comandas si las anteriores fallan.",
            "It is a backup: it gets the tickets when those before it fail.",
        ),
    };
    text(es.into(), en.into())
}

pub(crate) fn nobody_beside() -> Text {
    text(
        "La impresora de quien envía: este equipo no tiene ninguna, así que se pasa por alto.".into(),
        "The printer of whoever sends: this terminal has none, so it is passed over.".into(),
    )
}

pub(crate) fn named() -> Text {
    text(
        "La impresora de quien envía, que ya tiene su lugar en la lista.".into(),
        "The printer of whoever sends, which has a place of its own in the list.".into(),
    )
}

pub(crate) fn out_of_use(device: &str) -> Text {
    text(
        format!("{device} está fuera de uso: las comandas la pasan por alto."),
        format!("{device} is out of use: tickets pass it by."),
    )
}

pub(crate) fn nowhere(category: &str, products: &[&str]) -> Text {
    let shown = products.iter().take(MOST_NAMES).copied().collect::<Vec<_>>().join(", ");
    let more = products.len().saturating_sub(MOST_NAMES);
    let (es, en) = match more {
        0 => (shown.clone(), shown),
        _ => (format!("{shown} y {more} más"), format!("{shown} and {more} more")),
    };
    text(
        format!("Ninguna estación prepara esto de {category}: {es}. Si se prepara, elija su estación."),
        format!("No station makes these of {category}: {en}. If they are made, say by which station."),
    )
}

pub(crate) fn no_target(station: &str) -> Text {
    text(
        format!(
            "{station} no tiene ningún destino: sus pedidos no se pueden enviar. Agréguele una impresora."
        ),
        format!("{station} has no target: its orders cannot be sent. Give it a printer."),
    )
}

pub(crate) fn no_printer_beside(terminal: &str, station: &str) -> Text {
    text(
        format!(
            "Las comandas de {station} salen junto a quien envía, y {terminal} no tiene impresora. Elija una para {terminal}, o dé otro destino a {station}."
        ),
        format!(
            "The tickets of {station} come out beside whoever sends, and {terminal} has no printer. Choose one for {terminal}, or give {station} another target."
        ),
    )
}

pub(crate) fn no_backup(station: &str) -> Text {
    text(
        format!(
            "{station} no tiene respaldo: si su impresora falla, sus comandas esperan. Agréguele otro destino."
        ),
        format!("{station} has no backup: when its printer fails, its tickets wait. Give it another target."),
    )
}

pub(crate) fn unused(device: &str) -> Text {
    text(
        format!("{device} no recibe nada: ninguna estación ni equipo la usa. Asígnela, o quítela."),
        format!("{device} gets nothing: no station and no terminal uses it. Assign it, or take it away."),
    )
}

pub(crate) fn same_place(device: &str, other: &str) -> Text {
    text(
        format!("{device} y {other} son la misma impresora: se estorban. Deje una sola."),
        format!("{device} and {other} are the same printer and get in each other's way. Leave one of them."),
    )
}

pub(crate) fn two_owners(device: &str) -> Text {
    text(
        format!(
            "{device} está conectada a un solo equipo y tiene varios dueños. Deje el equipo donde está conectada."
        ),
        format!(
            "{device} hangs on one computer and belongs to several. Leave the one that it is plugged into."
        ),
    )
}

pub(crate) fn no_owner(device: &str) -> Text {
    text(
        format!("{device} está conectada a un equipo y nadie dijo a cuál. Elija el equipo en sus ajustes."),
        format!("{device} hangs on one computer, and nobody said on which. Choose it in its settings."),
    )
}
