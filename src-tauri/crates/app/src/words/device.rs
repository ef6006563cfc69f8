//! What is said about devices: why one cannot be kept, and where a ticket went.

use crate::feature::devices::DeviceProblem;
use crate::wire::{DeviceKind, Text};
use fastops_domain::outlet::Outlet;
use fastops_domain::station::{AddressError, Printer, PrinterAddress};
use fastops_domain::user::Language;
use fastops_printing::words::sentence;

/// What somebody typed, without what says of which kind it is: forms ask for that in another way.
fn typed(address: &str) -> &str {
    address.split_once(':').map_or(address, |(_, rest)| rest)
}

pub(super) fn bad_address_es(address: &str, why: &AddressError) -> String {
    let typed = typed(address);
    match why {
        AddressError::Screen(_) => {
            "No se sabe de qué estación es la pantalla de cocina. Elíjala; en una dirección va su código, así: screen:cocina.".into()
        }
        AddressError::Folder(_) => format!(
            "«{typed}» no es una carpeta completa. Escríbala desde el comienzo, como /srv/comandas o C:\\Comandas."
        ),
        AddressError::Mail(_) => {
            format!("«{typed}» no es una dirección de correo. Escríbala completa, como cocina@fonda.co.")
        }
        AddressError::Host(_) => {
            "No se sabe en qué lugar de la red está la impresora. Escriba su número, como 192.168.1.50, o su nombre, sin espacios.".into()
        }
        AddressError::Port { port } => format!(
            "«{port}» no es un puerto. Escriba un número entre 1 y 65535; las impresoras de red casi siempre usan el 9100."
        ),
        AddressError::Local(_) if address.starts_with("usb:") => {
            "Ese modelo USB no se entiende. Son dos grupos de cuatro signos, como 04b8 y 0e15; el puerto USB se escribe como 1-2.3.".into()
        }
        AddressError::Local(_) if address.starts_with("serial:") => {
            "Ese puerto serie no se entiende. Escríbalo como COM3 o /dev/ttyUSB0, con una velocidad entre 1200 y 921600.".into()
        }
        AddressError::Local(_) => {
            format!("«{typed}» no es el nombre de una impresora de este equipo. Escríbalo como está instalada.")
        }
        AddressError::Scheme(_) => format!(
            "La dirección de impresora «{address}» no se entiende. Escríbala así: tcp://192.168.1.50:9100, usb:04b8:0e15, serial:/dev/ttyUSB0 o spooler:Cocina."
        ),
    }
}

pub(super) fn bad_address_en(address: &str, why: &AddressError) -> String {
    let typed = typed(address);
    match why {
        AddressError::Screen(_) => {
            "It is not said which station the kitchen screen shows. Choose it; an address has its code, like this: screen:cocina.".into()
        }
        AddressError::Folder(_) => format!(
            "“{typed}” is not a whole folder. Write it from the top, such as /srv/tickets or C:\\Tickets."
        ),
        AddressError::Mail(_) => {
            format!("“{typed}” is not a mail address. Write it whole, such as kitchen@example.com.")
        }
        AddressError::Host(_) => {
            "Nobody can tell where on the network the printer is. Write its number, such as 192.168.1.50, or its name, without spaces.".into()
        }
        AddressError::Port { port } => format!(
            "“{port}” is no port. Write a number between 1 and 65535; network printers nearly always use 9100."
        ),
        AddressError::Local(_) if address.starts_with("usb:") => {
            "That USB model is not understood. It is two groups of four characters, such as 04b8 and 0e15; the USB socket is written like 1-2.3.".into()
        }
        AddressError::Local(_) if address.starts_with("serial:") => {
            "That serial port is not understood. Write it like COM3 or /dev/ttyUSB0, with a speed between 1200 and 921600.".into()
        }
        AddressError::Local(_) => {
            format!("“{typed}” is not the name of a printer of this computer. Write it as it is installed.")
        }
        AddressError::Scheme(_) => format!(
            "The printer address “{address}” is not understood. Write it like this: tcp://192.168.1.50:9100, usb:04b8:0e15, serial:/dev/ttyUSB0 or spooler:Kitchen."
        ),
    }
}

/// What tickets come out of, by its address.
pub(crate) const fn device_kind(address: &PrinterAddress) -> DeviceKind {
    match address.outlet() {
        None => DeviceKind::Printer,
        Some(Outlet::Screen { .. }) => DeviceKind::Screen,
        Some(Outlet::Folder { .. }) => DeviceKind::Folder,
        Some(Outlet::Mail { .. }) => DeviceKind::Mail,
    }
}

/// Where tickets come out of a device, with the word before it.
pub(super) fn place(device: &Printer) -> Text {
    let name = &device.name;
    let (es, en) = match device.address.outlet() {
        None => (format!("en {name}"), format!("at {name}")),
        Some(Outlet::Screen { .. }) => ("en la pantalla de cocina".into(), "on the kitchen screen".into()),
        Some(Outlet::Folder { path }) => {
            (format!("en PDF, carpeta {path}"), format!("as a PDF in the folder {path}"))
        }
        Some(Outlet::Mail { to }) => (format!("por correo a {to}"), format!("by mail to {to}")),
    };
    Text { es, en }
}

/// Tickets of a station go to another device.
pub(crate) fn moved(station: &str, to: &Printer, count: usize) -> Text {
    let place = place(to);
    let (es, en) = match to.address.outlet() {
        None => ("imprime", "prints"),
        Some(_) => ("sale", "comes out"),
    };
    let (comandas, tickets) = match count {
        1 => ("1 comanda".to_owned(), "1 ticket".to_owned()),
        _ => (format!("{count} comandas"), format!("{count} tickets")),
    };
    Text {
        es: format!("{station} {es} {}: busque allí {comandas}.", place.es),
        en: format!("{station} {en} {}: look there for {tickets}.", place.en),
    }
}

/// A device stands in for a station's own, `after` what is wrong with that was said, or alone.
pub(crate) fn stand_in(own: &str, other: &Printer, after: bool) -> Text {
    let (name, place) = (&other.name, place(other));
    let (es, en) = match (other.address.outlet(), after) {
        (None, true) => (
            format!("Mientras tanto, {name} imprime en su lugar: busque allí las comandas."),
            format!("Meanwhile {name} prints in its place: look there for the tickets."),
        ),
        (None, false) => (
            format!("{name} imprime en lugar de {own}: busque allí las comandas."),
            format!("{name} prints in place of {own}: look there for the tickets."),
        ),
        (Some(_), true) => (
            format!("Mientras tanto, sus comandas salen {}: búsquelas allí.", place.es),
            format!("Meanwhile its tickets come out {}: look for them there.", place.en),
        ),
        (Some(_), false) => (
            format!("Las comandas de {own} salen {}: búsquelas allí.", place.es),
            format!("The tickets of {own} come out {}: look for them there.", place.en),
        ),
    };
    Text { es, en }
}

/// Where a ticket came out.
pub(crate) fn went_to(device: &Printer) -> Text {
    let place = place(device);
    Text { es: format!("Salió {}.", place.es), en: format!("It came out {}.", place.en) }
}

pub(super) fn spanish(problem: &DeviceProblem) -> String {
    match problem {
        DeviceProblem::NameTaken { name } => format!("Ya hay un destino llamado {name}. Use otro nombre."),
        DeviceProblem::AddressTaken { other } => {
            format!("Esa dirección ya es la de {other}. Use {other}, o corrija la dirección.")
        }
        DeviceProblem::Folder { name, cause } => sentence(*cause, name, Language::Es),
        DeviceProblem::InUse { device, station } => {
            format!("{device} todavía recibe las comandas de {station}. Quítelo primero de sus destinos.")
        }
        DeviceProblem::NoTarget { station } => format!(
            "{station} se quedaría sin destino y sus pedidos no se podrían enviar. Deje al menos uno."
        ),
        DeviceProblem::TargetTwice { station } => {
            format!("Un destino está dos veces entre los de {station}. Deje cada uno una sola vez.")
        }
        DeviceProblem::OtherScreen { device, station } => {
            format!("{device} muestra otra estación y no las comandas de {station}. Use la pantalla de {station}.")
        }
        DeviceProblem::NoPrinter { device } => {
            format!("{device} no es una impresora. Elija la que está junto al equipo.")
        }
        DeviceProblem::NoSuchRow { rows } => {
            format!("Esa página de prueba tiene {rows} filas para elegir. Diga el número de la que se lee bien.")
        }
        DeviceProblem::BadNetwork { range } => format!(
            "«{range}» no es una red local que se pueda recorrer. Escríbala así: 192.168.1.0/24."
        ),
        DeviceProblem::BadMailHost => {
            "El servidor de correo no tiene nombre o puerto. Escríbalos como los da su proveedor, por ejemplo smtp.ejemplo.co y 465.".into()
        }
        DeviceProblem::BadMailFrom { from } => format!(
            "«{from}» no puede ser la dirección de la que sale el correo. Escríbala así: pedidos@fonda.co."
        ),
    }
}

pub(super) fn english(problem: &DeviceProblem) -> String {
    match problem {
        DeviceProblem::NameTaken { name } => format!("There is a target called {name} already. Use another name."),
        DeviceProblem::AddressTaken { other } => {
            format!("That address is the one of {other} already. Use {other}, or correct the address.")
        }
        DeviceProblem::Folder { name, cause } => sentence(*cause, name, Language::En),
        DeviceProblem::InUse { device, station } => {
            format!("{device} still gets the tickets of {station}. Take it out of its targets first.")
        }
        DeviceProblem::NoTarget { station } => {
            format!("{station} would have no target, and its orders could not be sent. Leave at least one.")
        }
        DeviceProblem::TargetTwice { station } => {
            format!("A target is twice among those of {station}. Leave each of them once.")
        }
        DeviceProblem::OtherScreen { device, station } => {
            format!("{device} shows another station, and not the tickets of {station}. Use the screen of {station}.")
        }
        DeviceProblem::NoPrinter { device } => {
            format!("{device} is no printer. Choose the one beside the terminal.")
        }
        DeviceProblem::NoSuchRow { rows } => {
            format!("That test page has {rows} rows to choose from. Say the number of the one that reads right.")
        }
        DeviceProblem::BadNetwork { range } => format!(
            "“{range}” is no local network that can be searched. Write it like this: 192.168.1.0/24."
        ),
        DeviceProblem::BadMailHost => {
            "The mail server has no name or no port. Write them as your provider gives them, such as smtp.example.com and 465.".into()
        }
        DeviceProblem::BadMailFrom { from } => {
            format!("“{from}” cannot be the address that mails come from. Write it like this: orders@example.com.")
        }
    }
}

/// How a check of all printers stands.
pub(crate) fn check_summary(printed: u32, all: u32) -> Text {
    match all {
        0 => Text {
            es: "No hay impresoras que probar. Agregue una primero.".into(),
            en: "There is no printer to check. Add one first.".into(),
        },
        _ if printed == all => {
            Text { es: "Todas las impresoras imprimieron.".into(), en: "All printers printed.".into() }
        }
        _ => Text {
            es: format!("{printed} de {all} impresoras dicen que imprimieron. Mire las demás."),
            en: format!("{printed} of {all} printers say that they printed. Look at the others."),
        },
    }
}

/// What a code page must be one of.
pub(crate) fn code_pages(language: Language) -> &'static str {
    match language {
        Language::Es => {
            "la página de códigos debe ser cp437, cp850, cp858, cp860, cp863, cp865, latin9 o windows1252"
        }
        Language::En => {
            "the code page must be cp437, cp850, cp858, cp860, cp863, cp865, latin9 or windows1252"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fastops_domain::ids::PrinterId;
    use fastops_domain::station::PrinterProfile;

    fn device(address: &str) -> Printer {
        Printer {
            id: PrinterId(uuid::Uuid::nil()),
            name: "Bar".into(),
            address: address.parse().unwrap(),
            profile: PrinterProfile::default(),
        }
    }

    #[test]
    fn an_address_is_refused_in_the_words_of_its_form() {
        let said = |address: &str| {
            let why = address.parse::<PrinterAddress>().unwrap_err();
            (bad_address_es(address, &why), bad_address_en(address, &why))
        };
        for (address, es, en) in [
            ("tcp://a b:9100", "en qué lugar de la red", "where on the network"),
            ("tcp://a:70000", "«70000» no es un puerto", "“70000” is no port"),
            ("usb:4b8:", "Ese modelo USB", "That USB model"),
            ("serial:COM3?baud=9", "Ese puerto serie", "That serial port"),
            ("spooler:", "impresora de este equipo", "printer of this computer"),
            ("screen:", "de qué estación", "which station"),
            ("pdf:comandas", "«comandas» no es una carpeta", "“comandas” is not a whole folder"),
            ("mailto:cocina", "«cocina» no es una dirección", "“cocina” is not a mail address"),
            ("lpr://x", "«lpr://x» no se entiende", "“lpr://x” is not understood"),
        ] {
            let (spanish, english) = said(address);
            assert!(spanish.contains(es), "{address}: {spanish}");
            assert!(english.contains(en), "{address}: {english}");
        }
    }

    #[test]
    fn a_ticket_is_said_to_be_where_it_is() {
        let moved = |address, count| moved("Cocina", &device(address), count).es;
        assert_eq!(moved("tcp://bar", 1), "Cocina imprime en Bar: busque allí 1 comanda.");
        assert_eq!(moved("pdf:/srv/x", 2), "Cocina sale en PDF, carpeta /srv/x: busque allí 2 comandas.");
        assert_eq!(moved("mailto:a@b.co", 2), "Cocina sale por correo a a@b.co: busque allí 2 comandas.");
        assert_eq!(went_to(&device("pdf:/srv/x")).en, "It came out as a PDF in the folder /srv/x.");
        assert_eq!(went_to(&device("screen:cocina")).es, "Salió en la pantalla de cocina.");
        let said = stand_in("Cocina", &device("mailto:a@b.co"), true);
        assert_eq!(said.es, "Mientras tanto, sus comandas salen por correo a a@b.co: búsquelas allí.");
    }
}
