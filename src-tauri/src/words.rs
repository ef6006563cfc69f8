//! What the windows themselves have to say, in every language. The core says everything else.

use fastops_app::Language;
use fastops_app::wire::{Failure, FailureCode};

/// Something that this package tells a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Phrase {
    /// On the button of a dialog.
    Close,
    NoHomeFolder,
    NotADemo,
    NoSuchDemoPrinter {
        printer: String,
    },
    NoSuchSlip {
        printer: String,
        number: u64,
    },
    SlipNotDrawn,
    DemoPrintersDidNotStart {
        cause: String,
    },
    NoWindow {
        cause: String,
    },
    NotTurned {
        cause: String,
    },
    /// This user has no folder that a file could be saved in.
    NoDownloads,
    NotSaved {
        cause: String,
    },
}

impl Phrase {
    pub(crate) fn in_language(&self, language: Language) -> String {
        match language {
            Language::Es => self.spanish(),
            Language::En => self.english(),
        }
    }

    /// The phrase as the reason why something was not done.
    pub(crate) fn into_failure(self, code: FailureCode, language: Language) -> Failure {
        Failure { code, message: self.in_language(language) }
    }

    fn spanish(&self) -> String {
        match self {
            Self::Close => "Cerrar".into(),
            Self::NoHomeFolder => {
                "No se encontró la carpeta personal de este usuario, donde FastOps guarda sus datos. \
                Indique otra carpeta con --data."
                    .into()
            }
            Self::NotADemo => "Las impresoras simuladas existen solo en la demostración. \
                Abra FastOps con --demo para usarlas."
                .into(),
            Self::NoSuchDemoPrinter { printer } => {
                format!(
                    "No hay una impresora simulada llamada «{printer}». Actualice la lista e intente de nuevo."
                )
            }
            Self::NoSuchSlip { printer, number } => {
                format!("El papel {number} de «{printer}» ya no está en la demostración. Actualice la lista.")
            }
            Self::SlipNotDrawn => "No se pudo dibujar el papel. Intente de nuevo.".into(),
            Self::DemoPrintersDidNotStart { cause } => format!(
                "Las impresoras simuladas no pudieron iniciar ({cause}). Reinicie el equipo e intente de nuevo."
            ),
            Self::NoWindow { cause } => format!(
                "No se pudo abrir una ventana ({cause}). Reinicie FastOps; si se repite, actualice el sistema operativo."
            ),
            Self::NotTurned { cause } => format!(
                "La ventana no pudo cambiar de tamaño ({cause}). Use los botones de su borde, o ciérrela y ábrala de nuevo."
            ),
            Self::NoDownloads => {
                "No se encontró la carpeta de descargas de este usuario, y el archivo no se guardó. \
                Cree una en su carpeta personal e intente de nuevo."
                    .into()
            }
            Self::NotSaved { cause } => format!(
                "El archivo no se pudo guardar en Descargas ({cause}). Libere espacio o dé permiso a esa carpeta, e intente de nuevo."
            ),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::Close => "Close".into(),
            Self::NoHomeFolder => "This user's home folder, where FastOps keeps its data, was not found. \
                Name another folder with --data."
                .into(),
            Self::NotADemo => "Simulated printers exist only in the demonstration. \
                Open FastOps with --demo to use them."
                .into(),
            Self::NoSuchDemoPrinter { printer } => {
                format!("There is no simulated printer called “{printer}”. Refresh the list and try again.")
            }
            Self::NoSuchSlip { printer, number } => {
                format!("Slip {number} of “{printer}” is no longer in the demonstration. Refresh the list.")
            }
            Self::SlipNotDrawn => "The slip could not be drawn. Try again.".into(),
            Self::DemoPrintersDidNotStart { cause } => {
                format!(
                    "The simulated printers could not start ({cause}). Restart the computer and try again."
                )
            }
            Self::NoWindow { cause } => format!(
                "A window could not be opened ({cause}). Restart FastOps; if it happens again, update the operating system."
            ),
            Self::NotTurned { cause } => format!(
                "The window could not change its size ({cause}). Use the buttons of its frame, or close it and open it again."
            ),
            Self::NoDownloads => "This user's downloads folder was not found, and the file was not saved. \
                Make one in your home folder and try again."
                .into(),
            Self::NotSaved { cause } => format!(
                "The file could not be saved in Downloads ({cause}). Free some space or allow writing there, and try again."
            ),
        }
    }
}
