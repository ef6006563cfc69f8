//! Where data lives when nobody says where, and how a core is started on it.

use crate::args::Data;
use crate::exit::Stop;
use crate::output::Output;
use crate::words::Phrase;
use fastops_app::{AppConfig, Database};
use std::path::{Path, PathBuf};

/// The folder of the demonstration, beside that of real data.
const DEMO_FOLDER: &str = "FastOps Demo";

/// What a core on this data is started with.
pub(crate) fn config(data: Data, demo: bool, output: Output) -> Result<AppConfig, Stop> {
    let folder = match data.data {
        Some(folder) => folder,
        None => default_folder(demo).ok_or_else(|| Stop::usage(output.words(&Phrase::NoDataFolder)))?,
    };
    let mut config = AppConfig::new(folder);
    config.language = output.language;
    config.postgres_tools = data.postgres_bin;
    if let Some(url) = data.database {
        config.database = Database::Url(url);
    }
    Ok(config)
}

/// The system's own place for the data of programs.
fn default_folder(demo: bool) -> Option<PathBuf> {
    let name = if demo { DEMO_FOLDER } else { "FastOps" };
    Some(directories::BaseDirs::new()?.data_local_dir().join(name))
}

/// Says in the data's folder that a person chose the demonstration's printers, so that a later start
/// does not put simulators in their place.
#[derive(Debug)]
pub(crate) struct OwnPrinters {
    mark: PathBuf,
}

impl OwnPrinters {
    pub(crate) fn of(folder: &Path) -> Self {
        Self { mark: folder.join("own-printers") }
    }

    pub(crate) fn are_chosen(&self) -> bool {
        self.mark.exists()
    }

    pub(crate) fn choose(&self) -> std::io::Result<()> {
        std::fs::write(&self.mark, b"")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fastops_app::Language;

    #[test]
    fn a_database_url_is_used_and_the_folder_stays_this_computers_own() {
        let data = Data {
            data: Some("d".into()),
            database: Some("postgres://h/db".into()),
            postgres_bin: Some("pg".into()),
        };
        let config = config(data, false, Output::new(Language::En, false)).unwrap();
        assert_eq!(config.folder, Path::new("d"));
        assert_eq!(config.database, Database::Url("postgres://h/db".into()));
        assert_eq!(config.postgres_tools, Some("pg".into()));
        assert_eq!(config.language, Language::En);
    }

    #[test]
    fn chosen_printers_are_remembered_in_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!OwnPrinters::of(folder.path()).are_chosen());
        OwnPrinters::of(folder.path()).choose().unwrap();
        assert!(OwnPrinters::of(folder.path()).are_chosen());
    }
}
