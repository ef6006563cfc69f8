//! What broke in the background, in a person's words.

use fastops_domain::service::Service;
use fastops_domain::user::Language;

/// A sentence for every screen: what broke, and that it starts anew, or has.
pub(crate) fn service_broke(service: Service, of: Option<&str>, up: bool, language: Language) -> String {
    let name = name(service, language);
    let name = of.map_or_else(|| name.to_owned(), |of| format!("{name} ({of})"));
    match (language, up) {
        (Language::Es, true) => format!("Falló una parte del programa y ya volvió a funcionar: {name}."),
        (Language::Es, false) => format!(
            "Falló una parte del programa y se está reiniciando: {name}. Si no vuelve, avise al encargado."
        ),
        (Language::En, true) => format!("A part of the program broke and works again: {name}."),
        (Language::En, false) => {
            format!(
                "A part of the program broke and is being restarted: {name}. If it stays, tell the manager."
            )
        }
    }
}

const fn name(service: Service, language: Language) -> &'static str {
    let (es, en) = match service {
        Service::News => ("avisos a las pantallas", "news to the screens"),
        Service::Pulse => ("pulso de las estaciones", "pulse of the stations"),
        Service::Prices => ("precios por horario", "prices by the clock"),
        Service::Alerts => ("vigilancia de problemas", "watch for troubles"),
        Service::Equipment => ("cambios de impresoras", "changes of printers"),
        Service::Shelf => ("existencias en pantalla", "stock on the screens"),
        Service::Archive => ("archivo de pedidos antiguos", "archive of old orders"),
        Service::Backups => ("copias de seguridad", "backups"),
        Service::Reached => ("nota de avance de los datos", "note of how far the data is"),
        Service::Check => ("revisión del archivo de datos", "check of the data file"),
        Service::Tidying => ("limpieza de la fila de impresión", "tidying of the print queue"),
        Service::Leases => ("señales de vida a otros equipos", "signs of life to other computers"),
        Service::Hints => ("avisos entre equipos", "words between computers"),
        Service::Load => ("reparto de la carga de impresión", "sharing of the print load"),
        Service::Lane => ("fila de la impresora", "lane of the printer"),
    };
    match language {
        Language::Es => es,
        Language::En => en,
    }
}
