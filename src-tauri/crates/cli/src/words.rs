//! Every sentence that this program says by itself, in Spanish and English. What the core says comes in
//! the right language already.

use crate::args::Lang;
use fastops_app::{BusinessDay, Language};
use std::io::Error;
use std::net::SocketAddr;
use std::path::Display;

/// The language asked for; else that of the system's locale, Spanish when it names none.
pub(crate) fn language(asked: Option<Lang>, variable: impl Fn(&str) -> Option<String>) -> Language {
    match asked {
        Some(Lang::Es) => return Language::Es,
        Some(Lang::En) => return Language::En,
        None => {}
    }
    let set = |name| variable(name).filter(|value| !value.is_empty());
    let locale = set("LC_ALL").or_else(|| set("LC_MESSAGES")).or_else(|| set("LANG")).unwrap_or_default();
    let spoken = locale.split(['_', '.', '@']).next().unwrap_or_default();
    if matches!(spoken, "" | "C" | "POSIX" | "es") { Language::Es } else { Language::En }
}

/// One row is one thing to say, with the facts of the case: Spanish, then English.
macro_rules! phrases {
    ($($name:ident $({ $($field:ident: $type:ty),+ })? => $es:literal, $en:literal;)+) => {
        /// One thing to say, with the facts of the case.
        #[derive(Debug)]
        pub(crate) enum Phrase<'a> { $($name $({ $($field: $type),+ })?),+ }

        impl Phrase<'_> {
            pub(crate) fn say(&self, language: Language) -> String {
                match self {$(
                    Self::$name $({ $($field),+ })? => match language {
                        Language::Es => format!($es),
                        Language::En => format!($en),
                    },
                )+}
            }
        }
    };
}

phrases! {
    // Starting.
    NoDataFolder =>
        "Esta cuenta no tiene carpeta personal: diga con --data dónde guardar los datos.",
        "This account has no home folder: say with --data where the data is kept.";
    OnlyLoopback { address: SocketAddr } =>
        "No se escucha en {address}: desde otros equipos se podría leer todo sin cifrar. Use 127.0.0.1 o [::1].",
        "Will not listen on {address}: other computers could read everything, unencrypted. Use 127.0.0.1 or [::1].";
    CannotListen { address: SocketAddr, error: &'a Error } =>
        "No se puede escuchar en {address} ({error}): cierre el programa que usa ese puerto o elija otro con --listen.",
        "Cannot listen on {address} ({error}): close the program that uses the port, or choose another with --listen.";
    NoScreens { folder: Display<'a> } =>
        "En {folder} no hay pantallas (falta index.html): constrúyalas con `npm run build` en la carpeta ui.",
        "There are no screens in {folder} (no index.html): build them with `npm run build` in the folder ui.";
    TokenUnusable { path: Display<'a>, error: &'a Error } =>
        "No se puede leer ni crear la clave de acceso {path} ({error}): revise los permisos de la carpeta.",
        "The access token {path} can be neither read nor made ({error}): check the folder's permissions.";
    SimulatorsFailed { error: &'a Error } =>
        "Las impresoras simuladas no arrancaron ({error}): cierre otros programas que usen la red local y repita.",
        "The simulated printers did not start ({error}): close other programs that use the loopback network and repeat.";
    MarkUnwritable { folder: Display<'a>, error: &'a Error } =>
        "No se puede escribir en {folder} ({error}): revise los permisos de la carpeta.",
        "Cannot write in {folder} ({error}): check the folder's permissions.";

    // Serving.
    Serving { url: &'a str } => "FastOps atiende en {url}", "FastOps serves at {url}";
    StopHint => "Ctrl-C lo detiene.", "Ctrl-C stops it.";
    Recovered { count: usize, ms: u64 } =>
        "Comandas que esperaban papel al cerrarse el programa: {count}. Siguen su camino; el arranque tardó {ms} ms.",
        "Tickets that waited for paper when the program ended: {count}. They go on; the start took {ms} ms.";
    InDoubt { count: usize } =>
        "Comandas que estaban en la impresora al cerrarse el programa: {count}. Se imprimen otra vez, marcadas POSIBLE DUPLICADO.",
        "Tickets that were with a printer when the program ended: {count}. They print again, marked POSIBLE DUPLICADO.";
    SimulatorsRun { folder: Display<'a> } =>
        "Tres impresoras simuladas; su papel queda en {folder}",
        "Three simulated printers; their paper is kept in {folder}";
    OwnPrintersStay =>
        "Las impresoras de esta demostración se eligieron a mano: no se simula ninguna.",
        "The printers of this demonstration were chosen by hand: none is simulated.";
    NoBrowser { url: &'a str } =>
        "No se pudo abrir el navegador: abra usted {url}",
        "The browser could not be opened: open {url} yourself";
    Stopping => "Cerrando…", "Stopping…";

    // What a request can be refused for.
    BadApproval =>
        "La autorización de la solicitud está incompleta: mande FastOps-Approver con el id de quien autoriza y FastOps-Approver-Pin con su PIN.",
        "The approval of the request is incomplete: send FastOps-Approver with the id of who approves, and FastOps-Approver-Pin with their PIN.";
    WrongHost =>
        "Este servidor solo atiende a su propio equipo: abra la dirección que mostró al arrancar.",
        "This server answers only its own computer: open the address that it printed at the start.";
    WrongOrigin =>
        "La petición viene de otra página: abra la dirección que el servidor mostró al arrancar.",
        "The request comes from another page: open the address that the server printed at the start.";
    NoToken =>
        "Falta la clave de acceso o no es la de este servidor: abra la dirección que mostró al arrancar.",
        "The access token is missing or is not this server's: open the address that it printed at the start.";
    NotJson { detail: &'a str } =>
        "La petición no es JSON válido ({detail}): corríjala y envíela de nuevo.",
        "The request is not valid JSON ({detail}): correct it and send it again.";
    BodyUnreadable { detail: &'a str } =>
        "La petición no llegó completa o pasa de 1 MB ({detail}): envíela de nuevo, más corta.",
        "The request did not arrive whole or exceeds 1 MB ({detail}): send it again, shorter.";
    NoSuchCommand { name: &'a str } =>
        "No existe la orden «{name}»: la lista está en /api/v1/openapi.json.",
        "There is no command \"{name}\": the list is at /api/v1/openapi.json.";
    NoSuchPrinter { name: &'a str } =>
        "No hay una impresora simulada «{name}»: pida list_demo_printers.",
        "There is no simulated printer \"{name}\": ask list_demo_printers.";
    NoSuchSlip { number: u64 } =>
        "El papel {number} ya no está en memoria: pida list_demo_printers.",
        "Slip {number} is no longer in memory: ask list_demo_printers.";
    NotDrawn =>
        "El papel no se pudo dibujar: repita la petición.",
        "The slip could not be drawn: repeat the request.";
    NoScreensHere =>
        "FastOps atiende aquí sin pantallas: arranque con --ui CARPETA para tenerlas. La interfaz está en /api/v1/openapi.json.",
        "FastOps serves here without screens: start with --ui DIR to have them. The interface is at /api/v1/openapi.json.";

    // Orders of long ago.
    WouldArchive { due: u64 } =>
        "Se archivarían {due} pedidos; no se movió nada.",
        "{due} orders would be archived; nothing was moved.";
    Archived { moved: u64, left: u64 } =>
        "Pedidos archivados: {moved}. Quedan {left} que esperan una comanda sin imprimir. Los informes los siguen leyendo todos.",
        "Orders archived: {moved}. {left} wait for a ticket that is not printed. Reports still read them all.";

    // A history.
    HistoryBegins { orders: u32 } =>
        "Se crea un historial de {orders} pedidos; al principio se sabe en segundos cuánto tarda.",
        "Making a history of {orders} orders; how long it takes is known in seconds.";
    HistoryGrows { done: u64, all: u64, rate: u64, left: u64 } =>
        "{done} de {all} pedidos, {rate} por segundo; faltan unos {left} s, y después los índices y la revisión.",
        "{done} of {all} orders, {rate} a second; about {left} s to go, then the indexes and the check.";
    HistoryMade { orders: u64, lines: u64, first: BusinessDay, last: BusinessDay, seconds: u64, rate: u64, megabytes: u64 } =>
        "Listo: {orders} pedidos con {lines} líneas, del {first} al {last}, en {seconds} s ({rate} por segundo). La base de datos ocupa {megabytes} MB.",
        "Done: {orders} orders with {lines} lines, from {first} to {last}, in {seconds} s ({rate} a second). The database takes {megabytes} MB.";

    // The demonstration company.
    DemoMade => "La empresa de demostración está lista.", "The demonstration company is ready.";
    PrintersMoved => "Las impresoras quedaron así.", "The printers are now these.";
    Users => "Usuarios y sus PIN:", "Users and their PINs:";
    Printers => "Estaciones y sus impresoras:", "Stations and their printers:";

    // Backups.
    BackingUp => "Haciendo y comprobando una copia de seguridad…", "Making and checking a backup…";
    BackupMade { path: Display<'a>, rows: i64 } =>
        "Copia de seguridad hecha y comprobada ({rows} filas): {path}",
        "Backup made and checked ({rows} rows): {path}";
    LastOrder { number: i64, order_type: &'a str } =>
        "El último pedido que contiene es el {number} ({order_type}).",
        "The last order in it is {number} ({order_type}).";
    NoOrders => "No contiene pedidos.", "There are no orders in it.";
    Restoring => "Comprobando y restaurando la copia…", "Checking and restoring the backup…";
    RestoreDone { path: Display<'a>, epoch: i64 } =>
        "Datos restaurados desde {path}. Es la época {epoch} de estos datos.",
        "Data restored from {path}. It is epoch {epoch} of this data.";
    SetAside { place: &'a str } =>
        "Lo que había no se borró: está en {place}",
        "What was there was not deleted: it is in {place}";
    Verifying => "Leyendo y contando todo…", "Reading and counting everything…";
    Whole { path: Display<'a>, rows: i64 } =>
        "Todo está completo ({rows} filas): {path}",
        "All of it is whole ({rows} rows): {path}";

    // The simulated printer.
    SimulatorReady { name: &'a str, address: &'a str, folder: Display<'a> } =>
        "{name} imprime lo que llegue a {address}; el papel queda en {folder}",
        "{name} prints what arrives at {address}; the paper is kept in {folder}";
    SimulatorCommands { commands: &'a str } => "Órdenes: {commands}", "Commands: {commands}";
    UnknownWord { word: &'a str } =>
        "No conozco «{word}»: escriba help.",
        "\"{word}\" is not known: type help.";
    ConditionIs { name: &'a str, condition: &'a str } => "{name}: {condition}", "{name}: {condition}";
    SlipCut { number: u64 } => "── papel {number} ──", "── slip {number} ──";

    // Measuring.
    MeasuringFirstByte =>
        "Midiendo: de aceptado al primer byte…",
        "Measuring: from accepted to the first byte…";
    MeasuringSearch =>
        "Midiendo: buscar entre 50.000 productos…",
        "Measuring: searching 50,000 products…";
    MeasuringBurst { engine: &'a str } =>
        "Midiendo en {engine}: 100 pedidos a la vez…",
        "Measuring on {engine}: 100 orders at once…";
    MeasuringSustained { engine: &'a str, orders: u32 } =>
        "Midiendo en {engine}: {orders} pedidos seguidos…",
        "Measuring on {engine}: {orders} orders in a row…";

    MeasuringDurable { engine: &'a str, orders: u32 } =>
        "Midiendo en {engine}: {orders} pedidos en disco, de 1 a 100 a la vez…",
        "Measuring on {engine}: {orders} durable orders, from 1 to 100 at once…";

    MeasuringYears { orders: u32 } =>
        "Midiendo: las preguntas del día junto a {orders} pedidos…",
        "Measuring: the questions of the day beside {orders} orders…";
    MeasuringBackup { orders: u32 } =>
        "Midiendo: una copia de {orders} pedidos mientras entran otros…",
        "Measuring: a backup of {orders} orders while others come in…";
    MeasuringMemory =>
        "Midiendo: la memoria del núcleo solo…",
        "Measuring: the memory of the core alone…";
    MeasuringRush { orders: usize, speed_up: u32 } =>
        "Midiendo: {orders} pedidos a la vez en tres impresoras {speed_up} veces más rápidas que las reales…",
        "Measuring: {orders} orders at once on three printers {speed_up} times as fast as real ones…";
    MeasuringHung =>
        "Midiendo: estaciones sanas junto a una impresora colgada…",
        "Measuring: healthy stations beside a hung printer…";
    MeasuringRate { jobs: u32, printers: usize } =>
        "Midiendo: {jobs} comandas en {printers} impresoras instantáneas…",
        "Measuring: {jobs} tickets on {printers} instant printers…";
    MeasuringRecovery { jobs: u32 } =>
        "Midiendo: arranque con {jobs} comandas pendientes…",
        "Measuring: a start with {jobs} tickets waiting…";
    MeasuringBacklog { jobs: u32 } =>
        "Midiendo: la memoria con {jobs} comandas en espera…",
        "Measuring: the memory with {jobs} tickets waiting…";
    MeasuringClaim { orders: u32 } =>
        "Midiendo: tomar una impresión junto a {orders} pedidos del pasado…",
        "Measuring: the claim of a job beside {orders} orders of the past…";
    MeasuringScreen =>
        "Midiendo: del papel a la pantalla…",
        "Measuring: from paper to a screen…";
    MeasuringEncoder { tickets: usize } =>
        "Midiendo: escribir {tickets} comandas de doce líneas…",
        "Measuring: writing {tickets} tickets of twelve lines…";
    MeasuringCables { runs: usize } =>
        "Midiendo: {runs} comandas por cada cable…",
        "Measuring: {runs} tickets over each cable…";
    MeasuringBusy { tickets: usize, speed: u32 } =>
        "Midiendo: {tickets} comandas en tres impresoras de {speed} mm/s…",
        "Measuring: {tickets} tickets on three printers of {speed} mm/s…";
    NoPostgres =>
        "Sin PostgreSQL: no están sus programas (initdb, pg_ctl, postgres) ni se dio --postgres.",
        "Without PostgreSQL: its programs (initdb, pg_ctl, postgres) are not here and no --postgres was given.";

    // Generated files.
    Stale { path: Display<'a> } =>
        "{path} no corresponde a los tipos de Rust: genérelo otra vez con `cargo xtask bindings`.",
        "{path} does not match the Rust types: generate it again with `cargo xtask bindings`.";
    Fresh { path: Display<'a> } => "{path} está al día", "{path} is up to date";
    Written { path: Display<'a> } => "{path} escrito", "{path} written";
    CannotWrite { path: Display<'a>, error: &'a Error } =>
        "No se puede escribir {path} ({error}): revise la carpeta y sus permisos.",
        "Cannot write {path} ({error}): check the folder and its permissions.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flag_wins_over_the_locale_and_spanish_is_the_first_language() {
        let spoken = |asked, locale: &'static str| {
            language(asked, move |name| (name == "LANG").then(|| locale.to_owned()))
        };
        assert_eq!(spoken(None, "en_US.UTF-8"), Language::En);
        assert_eq!(spoken(None, "es_CO.UTF-8"), Language::Es);
        assert_eq!(spoken(None, "de_DE.UTF-8"), Language::En);
        assert_eq!(spoken(None, "C.UTF-8"), Language::Es);
        assert_eq!(spoken(None, ""), Language::Es);
        assert_eq!(spoken(Some(Lang::En), "es_CO.UTF-8"), Language::En);
        assert_eq!(spoken(Some(Lang::Es), "en_GB"), Language::Es);
    }

    #[test]
    fn the_more_particular_locale_variable_wins() {
        let both = |name: &str| match name {
            "LC_ALL" => Some("en_US".to_owned()),
            "LANG" => Some("es_CO".to_owned()),
            _ => None,
        };
        assert_eq!(language(None, both), Language::En);
    }

    #[test]
    fn a_sentence_carries_its_facts_in_both_languages() {
        let phrase = Phrase::NoSuchCommand { name: "create_ordr" };
        for language in [Language::Es, Language::En] {
            assert!(phrase.say(language).contains("create_ordr"));
        }
        assert_ne!(phrase.say(Language::Es), phrase.say(Language::En));
    }
}
