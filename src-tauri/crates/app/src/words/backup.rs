//! What is said of backups, of data that is damaged or gone, and of what can be had back.
//!
//! Times are said as ages: the clock on the wall needs a time zone, and that is in the data that is gone.

use crate::recovery::RecoveryOffer;
use crate::refusal::Refusal;
use fastops_domain::user::Language;
use fastops_store::backup::{BackupError, Problem};
use fastops_store::{OpenError, StoreError};
use std::path::Path;

/// Of the refusals that have to do with backups; nothing of others.
pub(super) fn spanish(refusal: &Refusal) -> String {
    match refusal {
        Refusal::DataDamaged { path, finding, aside, offer } => format!(
            "El archivo de datos {} está dañado ({finding}). {} {}",
            path.display(),
            match aside {
                Some(aside) => format!("No se borró: se apartó en {}.", aside.display()),
                None => "No se pudo apartar y sigue en su sitio: no lo borre.".into(),
            },
            offer_es(offer.as_deref())
        ),
        Refusal::DataMissing { path, offer } => format!(
            "Aquí había datos y el archivo {} ya no está o está vacío. No se empezó de cero. {}",
            path.display(),
            offer_es(offer.as_deref())
        ),
        Refusal::Open(OpenError::Missing { path }) => format!(
            "Aquí había datos y el archivo {} ya no está o está vacío. No se empezó de cero: restaure una copia de seguridad.",
            path.display()
        ),
        Refusal::NoData { path } => {
            format!("No hay datos en {}. Revise la carpeta: elíjala con --data.", path.display())
        }
        Refusal::Open(OpenError::Backup(error)) => format!(
            "Esta versión de FastOps debe cambiar los datos y antes hace una copia de seguridad, pero no pudo: {} Los datos no se tocaron.",
            trouble_es(error)
        ),
        Refusal::Backup(error) => trouble_es(error),
        _ => String::new(),
    }
}

/// The same in English.
pub(super) fn english(refusal: &Refusal) -> String {
    match refusal {
        Refusal::DataDamaged { path, finding, aside, offer } => format!(
            "The data file {} is damaged ({finding}). {} {}",
            path.display(),
            match aside {
                Some(aside) => format!("It was not deleted: it was set aside in {}.", aside.display()),
                None => "It could not be set aside and is still in its place: do not delete it.".into(),
            },
            offer_en(offer.as_deref())
        ),
        Refusal::DataMissing { path, offer } => format!(
            "There was data here, and the file {} is gone or empty. Nothing was started from scratch. {}",
            path.display(),
            offer_en(offer.as_deref())
        ),
        Refusal::Open(OpenError::Missing { path }) => format!(
            "There was data here, and the file {} is gone or empty. Nothing was started from scratch: restore a backup.",
            path.display()
        ),
        Refusal::NoData { path } => {
            format!("There is no data at {}. Check the folder: choose it with --data.", path.display())
        }
        Refusal::Open(OpenError::Backup(error)) => format!(
            "This version of FastOps has to change the data and makes a backup first, but could not: {} The data was not touched.",
            trouble_en(error)
        ),
        Refusal::Backup(error) => trouble_en(error),
        _ => String::new(),
    }
}

fn offer_es(offer: Option<&RecoveryOffer>) -> String {
    let Some(offer) = offer else {
        return "No hay ninguna copia de seguridad verificada: no borre nada y pida ayuda, o elija otra carpeta para empezar de cero.".into();
    };
    let age = age(offer.age_ms, Language::Es);
    let missing = match (&offer.last_order, offer.last_order_age_ms) {
        (Some(order), Some(ms)) => format!(
            "Su último pedido es el {}, de hace {}; lo que vino después no está en ella.",
            order.number,
            self::age(ms, Language::Es)
        ),
        _ => "En ella no hay ningún pedido.".into(),
    };
    format!(
        "La copia de seguridad verificada más reciente es de hace {age}. {missing} Restáurela desde la ventana de FastOps, o con «fastops-cli restore --newest»."
    )
}

fn offer_en(offer: Option<&RecoveryOffer>) -> String {
    let Some(offer) = offer else {
        return "There is no verified backup: delete nothing and ask for help, or choose another folder to start from scratch.".into();
    };
    let age = age(offer.age_ms, Language::En);
    let missing = match (&offer.last_order, offer.last_order_age_ms) {
        (Some(order), Some(ms)) => format!(
            "Its last order is {}, from {} ago; what came later is not in it.",
            order.number,
            self::age(ms, Language::En)
        ),
        _ => "There is no order in it.".into(),
    };
    format!(
        "The newest verified backup is {age} old. {missing} Restore it from the window of FastOps, or with “fastops-cli restore --newest”."
    )
}

/// A span of time in its two largest units.
fn age(ms: i64, language: Language) -> String {
    let minutes = ms / 60_000;
    let (days, hours, rest) = (minutes / 1_440, minutes / 60 % 24, minutes % 60);
    let day = match (language, days) {
        (Language::Es, 1) => "día",
        (Language::Es, _) => "días",
        (Language::En, 1) => "day",
        (Language::En, _) => "days",
    };
    match (days, hours, rest) {
        (0, 0, 0) => match language {
            Language::Es => "menos de un minuto".into(),
            Language::En => "less than a minute".into(),
        },
        (0, 0, rest) => format!("{rest} min"),
        (0, hours, rest) => format!("{hours} h {rest} min"),
        (days, hours, _) => format!("{days} {day} {hours} h"),
    }
}

/// Why a backup failed, in a sentence for a person.
pub(crate) fn backup_trouble(error: &BackupError, language: Language) -> String {
    match language {
        Language::Es => format!("Falló una copia de seguridad: {} Se intentará de nuevo.", trouble_es(error)),
        Language::En => format!("A backup failed: {} It will be tried again.", trouble_en(error)),
    }
}

/// What is said when a big file is found damaged after the start.
pub(crate) fn damage_in_service(path: &Path, language: Language) -> String {
    let path = path.display();
    match language {
        Language::Es => format!(
            "El archivo de datos {path} está dañado. Termine lo que está haciendo, cierre FastOps y ábralo de nuevo: ofrecerá la última copia de seguridad."
        ),
        Language::En => format!(
            "The data file {path} is damaged. Finish what you are doing, close FastOps and open it again: it will offer the last backup."
        ),
    }
}

fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(1_000_000)
}

fn trouble_es(error: &BackupError) -> String {
    match error {
        BackupError::NoSpace { folder, needed, free } => format!(
            "En el disco de {} quedan {} MB y hacen falta {} MB. Libere espacio.",
            folder.display(),
            megabytes(*free),
            megabytes(*needed)
        ),
        BackupError::Store(StoreError::Full(_)) => "El disco está lleno. Libere espacio.".into(),
        BackupError::File { path, source } => format!(
            "No se puede leer o escribir {} ({source}). Revise que exista y sus permisos.",
            path.display()
        ),
        BackupError::Store(_) => "La base de datos no se pudo leer. El detalle está en el registro.".into(),
        BackupError::Open(_) => {
            "La copia no se pudo abrir. Pruebe con otra; el detalle está en el registro.".into()
        }
        BackupError::Bad { path, problem } => {
            format!("La copia {} no sirve: {}. Use otra.", path.display(), problem_es(problem))
        }
        BackupError::NoneVerified { folder } => format!(
            "No hay ninguna copia verificada en {}. Indique usted el archivo que quiere restaurar.",
            folder.display()
        ),
        BackupError::ToolMissing { program } => format!(
            "Falta el programa {program} de PostgreSQL. Instale las herramientas de cliente o indique su carpeta con FASTOPS_POSTGRES_BIN."
        ),
        BackupError::ToolTooOld { program, found, server } => format!(
            "{program} es de la versión {found} y el servidor de la {server}. Instale las herramientas de la versión {server} o posterior."
        ),
        BackupError::ToolFailed { program, said } => format!("{program} falló: {said}"),
        BackupError::InUse { database, others } => format!(
            "La base de datos {database} está en uso por {others} conexiones más. Cierre FastOps en los otros equipos y repita."
        ),
        BackupError::OtherKind => {
            "La copia es de otro tipo de base de datos. Elija una hecha con esta misma.".into()
        }
        BackupError::Interrupted => "El programa se cerró antes de terminar. Repita.".into(),
    }
}

fn trouble_en(error: &BackupError) -> String {
    match error {
        BackupError::NoSpace { folder, needed, free } => format!(
            "The disk of {} has {} MB left and {} MB are needed. Free some space.",
            folder.display(),
            megabytes(*free),
            megabytes(*needed)
        ),
        BackupError::Store(StoreError::Full(_)) => "The disk is full. Free some space.".into(),
        BackupError::File { path, source } => {
            format!(
                "{} cannot be read or written ({source}). Check that it exists and its permissions.",
                path.display()
            )
        }
        BackupError::Store(_) => "The database could not be read. The log has the details.".into(),
        BackupError::Open(_) => {
            "The backup could not be opened. Try another; the log has the details.".into()
        }
        BackupError::Bad { path, problem } => {
            format!("The backup {} is not good: {}. Use another.", path.display(), problem_en(problem))
        }
        BackupError::NoneVerified { folder } => {
            format!(
                "There is no verified backup in {}. Name the file that you want to restore.",
                folder.display()
            )
        }
        BackupError::ToolMissing { program } => format!(
            "PostgreSQL's program {program} is missing. Install the client tools, or name their folder in FASTOPS_POSTGRES_BIN."
        ),
        BackupError::ToolTooOld { program, found, server } => format!(
            "{program} has version {found} and the server has {server}. Install the tools of version {server} or later."
        ),
        BackupError::ToolFailed { program, said } => format!("{program} failed: {said}"),
        BackupError::InUse { database, others } => format!(
            "The database {database} is in use by {others} other connections. Close FastOps on the other computers and repeat."
        ),
        BackupError::OtherKind => {
            "The backup is of another kind of database. Choose one made with this one.".into()
        }
        BackupError::Interrupted => "The program was closed before it was done. Repeat.".into(),
    }
}

fn problem_es(problem: &Problem) -> String {
    match problem {
        Problem::Altered => "el archivo cambió después de hecha".into(),
        Problem::Damaged { finding } => format!("está dañada ({finding})"),
        Problem::Dangling { table, parent } => {
            format!("una fila de {table} apunta a una de {parent} que no existe")
        }
        Problem::Differs { what, expected, found } => format!("{what} debería ser {expected} y es {found}"),
        Problem::Audit { fault } => format!("su registro de auditoría está alterado ({fault})"),
        Problem::TooNew { found, known } => {
            format!("es de una versión más nueva de FastOps (datos {found}, programa {known})")
        }
    }
}

fn problem_en(problem: &Problem) -> String {
    match problem {
        Problem::Altered => "the file was changed after it was made".into(),
        Problem::Damaged { finding } => format!("it is damaged ({finding})"),
        Problem::Dangling { table, parent } => {
            format!("a row of {table} points at one of {parent} that does not exist")
        }
        Problem::Differs { what, expected, found } => format!("{what} should be {expected} and is {found}"),
        Problem::Audit { fault } => format!("its audit log was altered ({fault})"),
        Problem::TooNew { found, known } => {
            format!("it is from a newer version of FastOps (data {found}, program {known})")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fastops_domain::time::Time;
    use fastops_store::backup::LastOrder;

    #[test]
    fn an_age_is_said_in_its_two_largest_units() {
        let minutes = |minutes: i64| age(minutes * 60_000, Language::Es);
        assert_eq!(minutes(0), "menos de un minuto");
        assert_eq!(minutes(59), "59 min");
        assert_eq!(minutes(134), "2 h 14 min");
        assert_eq!(minutes(25 * 60), "1 día 1 h");
        assert_eq!(age(3 * 86_400_000, Language::En), "3 days 0 h");
    }

    #[test]
    fn damaged_data_is_told_with_where_it_is_what_can_be_had_back_and_what_would_be_missing() {
        let at = Time(0);
        let offer = RecoveryOffer {
            backup: "backups/x.db".into(),
            at,
            age_ms: 134 * 60_000,
            last_order: Some(LastOrder { number: 482, order_type: "dine_in".into(), at }),
            last_order_age_ms: Some(140 * 60_000),
        };
        let refusal = Refusal::DataDamaged {
            path: "fastops.db".into(),
            finding: "page 3".into(),
            aside: Some("damaged/fastops-1".into()),
            offer: Some(Box::new(offer)),
        };
        for (said, restored) in
            [(spanish(&refusal), "hace 2 h 14 min"), (english(&refusal), "2 h 14 min old")]
        {
            for fact in [
                "fastops.db",
                "damaged/fastops-1",
                "482",
                "2 h 20 min",
                restored,
                "fastops-cli restore --newest",
            ] {
                assert!(said.contains(fact), "{fact}: {said}");
            }
        }
        let nothing = Refusal::DataMissing { path: "fastops.db".into(), offer: None };
        assert!(spanish(&nothing).contains("No se empezó de cero"));
        assert!(english(&nothing).contains("no verified backup"));
    }
}
