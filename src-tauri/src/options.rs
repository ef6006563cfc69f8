//! What the program may be asked on its command line.

use clap::{Parser, ValueEnum};
use directories::BaseDirs;
use fastops_app::{Database, Language};
use std::path::PathBuf;

/// FastOps: the point of sale and its kitchen display.
#[derive(Debug, Parser)]
#[command(name = "fastops", version)]
pub(crate) struct Options {
    /// Work with a made-up restaurant and three simulated printers
    #[arg(long)]
    pub(crate) demo: bool,

    /// Folder of the data; without it, the system's own place for FastOps
    #[arg(long, value_name = "DIR", env = "FASTOPS_DATA")]
    pub(crate) data: Option<PathBuf>,

    /// PostgreSQL database that several terminals share; without it, a file in the folder
    #[arg(long, value_name = "URL", env = "FASTOPS_DATABASE", hide_env_values = true)]
    pub(crate) database: Option<String>,

    /// Folder of `pg_dump` and `pg_restore`; without it, they are found as other programs are
    #[arg(long, value_name = "DIR", env = "FASTOPS_POSTGRES_BIN")]
    pub(crate) postgres_bin: Option<PathBuf>,

    /// Language of what is said before a window is open; without it, the system's, or else Spanish
    #[arg(long, value_name = "LANGUAGE", value_enum)]
    pub(crate) lang: Option<Lang>,

    /// Open the kitchen display too; the demonstration always does
    #[arg(long)]
    pub(crate) kitchen: bool,
}

/// A language, as it is spelled on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lang {
    /// Spanish
    Es,
    /// English
    En,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Es => Self::Es,
            Lang::En => Self::En,
        }
    }
}

impl Options {
    /// The language that was asked for, or else the system's as `environment` gives it.
    pub(crate) fn language(&self, environment: impl Fn(&str) -> Option<String>) -> Language {
        self.lang.map_or_else(|| of_system(environment), Language::from)
    }

    /// Whether the kitchen display opens with the program.
    pub(crate) fn opens_kitchen(&self) -> bool {
        self.kitchen || self.demo
    }

    /// The folder of the data: the one asked for, or the system's own place, apart for the demonstration.
    /// `None` where the person has no home folder.
    ///
    /// It is a local folder: a database must not travel between computers with a roaming profile.
    pub(crate) fn data_folder(&self) -> Option<PathBuf> {
        self.data.clone().or_else(|| {
            let name = if self.demo { "FastOps Demo" } else { "FastOps" };
            Some(BaseDirs::new()?.data_local_dir().join(name))
        })
    }

    pub(crate) fn database(&self) -> Database {
        self.database.clone().map_or(Database::Folder, Database::Url)
    }
}

/// The first of the locale's variables that is set decides, as everywhere; Spanish when it names no language.
fn of_system(environment: impl Fn(&str) -> Option<String>) -> Language {
    let mut variables = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(environment);
    let locale = variables.find(|locale| !locale.is_empty()).unwrap_or_default();
    match locale.split(['_', '.', '@']).next() {
        None | Some("" | "C" | "POSIX" | "es") => Language::Es,
        Some(_) => Language::En,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    fn parse(arguments: &[&str]) -> Result<Options, clap::Error> {
        Options::try_parse_from([&["fastops"], arguments].concat())
    }

    #[test]
    fn the_command_line_is_consistent() {
        Options::command().debug_assert();
    }

    #[test]
    fn the_demonstration_opens_both_windows_on_data_of_its_own() {
        let (demo, shop) = (parse(&["--demo"]).unwrap(), parse(&[]).unwrap());
        assert!(demo.opens_kitchen() && !shop.opens_kitchen());
        assert_ne!(demo.data_folder().unwrap(), shop.data_folder().unwrap());
    }

    #[test]
    fn the_data_asked_for_is_the_data_used() {
        let options = parse(&["--demo", "--data", "here/there", "--database", "postgres://db/shop"]).unwrap();
        assert_eq!(options.data_folder().unwrap(), PathBuf::from("here/there"));
        assert_eq!(options.database(), Database::Url("postgres://db/shop".into()));
        assert_eq!(parse(&["--data", "here"]).unwrap().database(), Database::Folder);
    }

    #[test]
    fn a_language_is_the_one_asked_for_or_the_systems_or_spanish() {
        let told = |arguments: &[&str], variables: &[(&str, &str)]| {
            let lookup = |name: &str| {
                variables.iter().find(|(variable, _)| *variable == name).map(|(_, value)| (*value).to_owned())
            };
            parse(arguments).unwrap().language(lookup)
        };
        assert_eq!(told(&["--lang", "en"], &[("LANG", "es_CO.UTF-8")]), Language::En);
        assert_eq!(told(&["--lang", "es"], &[("LANG", "en_US.UTF-8")]), Language::Es);
        assert_eq!(told(&[], &[("LANG", "en_US.UTF-8")]), Language::En);
        assert_eq!(told(&[], &[("LC_ALL", ""), ("LC_MESSAGES", "es_CO"), ("LANG", "en_US")]), Language::Es);
        assert_eq!(told(&[], &[("LANG", "de_DE.UTF-8")]), Language::En);
        assert_eq!(told(&[], &[("LANG", "C.UTF-8")]), Language::Es);
        assert_eq!(told(&[], &[]), Language::Es);
    }

    #[test]
    fn what_is_not_understood_is_refused_with_code_2_and_named() {
        for arguments in [&["--dmeo"][..], &["--lang", "fr"], &["--data"], &["shop.db"]] {
            let error = parse(arguments).unwrap_err();
            assert_eq!(error.exit_code(), 2, "{arguments:?}");
            assert!(error.to_string().contains(arguments[arguments.len() - 1]), "{error}");
        }
    }

    #[test]
    fn help_and_version_are_not_errors() {
        for argument in ["--help", "--version"] {
            assert_eq!(parse(&[argument]).unwrap_err().exit_code(), 0);
        }
    }
}
