//! What is said about looking for printers, and about the house's own list of models.

use crate::wire::Text;
use fastops_printing::models::ModelsError;

fn text(es: &str, en: &str) -> Text {
    Text { es: es.into(), en: en.into() }
}

pub(crate) fn no_network() -> Text {
    text(
        "Este equipo no está en una red local: conéctelo, o escriba la red, por ejemplo 192.168.1.0/24.",
        "This computer is in no local network: connect it, or write the network, such as 192.168.1.0/24.",
    )
}

pub(crate) fn no_usb() -> Text {
    text(
        "No se pueden ver los aparatos USB de este equipo: dé permiso al programa, o escriba la dirección.",
        "The USB devices of this computer cannot be seen: give the program leave, or write the address.",
    )
}

pub(crate) fn no_serial() -> Text {
    text(
        "No se pueden ver los puertos seriales de este equipo: dé permiso al programa, o escriba la dirección.",
        "The serial ports of this computer cannot be seen: give the program leave, or write the address.",
    )
}

pub(crate) fn no_queues() -> Text {
    text(
        "No se pueden ver las colas de impresión de este equipo: revise su servicio de impresión, o escriba la dirección.",
        "The print queues of this computer cannot be seen: look at its print service, or write the address.",
    )
}

/// What is wrong with the house's own file of models.
pub(crate) fn models_problem(error: &ModelsError) -> Text {
    let (es, en) = match error {
        ModelsError::Unreadable(_) => (
            "no se puede leer; revise sus permisos".to_owned(),
            "cannot be read; check its permissions".to_owned(),
        ),
        ModelsError::Form(why) => {
            let why = why.message();
            (format!("no se entiende ({why})"), format!("is not understood ({why})"))
        }
        ModelsError::Columns { key, columns } => (
            format!("da {columns} columnas a «{key}»; deben ser entre 24 y 64"),
            format!("gives {columns} columns to “{key}”; they must be between 24 and 64"),
        ),
        ModelsError::NoPage { key } => (
            format!("no da ninguna tabla de letras a «{key}»"),
            format!("gives no page of characters to “{key}”"),
        ),
        ModelsError::Twice { key } => (format!("tiene dos veces a «{key}»"), format!("has “{key}” twice")),
    };
    Text {
        es: format!("El archivo models.toml {es}. Mientras tanto se usa la lista del programa."),
        en: format!("The file models.toml {en}. The program's own list is used meanwhile."),
    }
}
