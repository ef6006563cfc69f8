//! What is known of common printers: a start for whoever sets one up, and never a proof.
//!
//! The entries are data (`models.toml`, with their sources), and a house may keep a file of its own over them.

use crate::encode::COLUMNS;
use crate::text::encode_char;
use fastops_domain::station::{
    Abilities, Buzzer, Candidate, CodePage, DrawerPulse, PrinterProfile, ProofLevel,
};
use serde::Deserialize;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::io;
use std::num::NonZeroU16;
use std::path::Path;
use thiserror::Error;

/// The entries that come with the program.
const OWN: &str = include_str!("models.toml");

/// What Spanish needs of a page, and a kitchen: the more of these, the fewer rows are drawn.
const WANTED: &str = "ñÑáéíóúüÁÉÍÓÚÜ¿¡×º€";

/// Most numbers of one page of which a person is asked to choose, when nothing is known of a printer.
const ROWS_OF_A_PAGE: usize = 3;

/// A printer model.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is something that a model has or has not")]
pub struct Model {
    /// Short and stable, such as `epson-tm-t20iii`.
    pub key: String,
    pub vendor: String,
    pub name: String,
    /// How it calls itself when it is asked (`GS I 67`).
    pub reports: Vec<String>,
    /// Characters in a row of the normal font.
    pub columns: u8,
    /// The number of `ESC t n` for each page that it has.
    pub pages: HashMap<CodePage, u8>,
    /// It prints pictures (`GS v 0`), so that a row that no page can say is drawn.
    pub pictures: bool,
    /// It draws QR codes itself (`GS ( k`).
    pub qr: bool,
    pub cutter: bool,
    /// It prints in red too, with the ribbon or the paper for it.
    #[serde(default)]
    pub red: bool,
    /// A buzzer is bought apart, so that most entries know of none.
    #[serde(default = "silent")]
    pub buzzer: Buzzer,
    /// How fast its paper moves at full width, in millimetres a second.
    #[serde(default = "unhurried")]
    pub mm_per_s: NonZeroU16,
    /// Where this is from.
    pub source: String,
}

/// A file of models that cannot be used.
#[derive(Debug, Error)]
pub enum ModelsError {
    #[error("the file of printer models cannot be read")]
    Unreadable(#[source] io::Error),
    #[error("the file of printer models is not understood")]
    Form(#[from] toml::de::Error),
    #[error("the printer model {key:?} has {columns} columns; tickets are laid out for 24 to 64")]
    Columns { key: String, columns: u8 },
    #[error("the printer model {key:?} has no page of characters")]
    NoPage { key: String },
    #[error("the printer model {key:?} stands twice in the same file")]
    Twice { key: String },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    model: Vec<Model>,
}

/// Every model by vendor and name; `overlay` is the text of the house's own file.
pub fn models(overlay: Option<&str>) -> Result<Vec<Model>, ModelsError> {
    let mut known = read(OWN)?;
    for model in overlay.map(read).transpose()?.unwrap_or_default() {
        match known.iter_mut().find(|own| own.key == model.key) {
            Some(own) => *own = model,
            None => known.push(model),
        }
    }
    known.sort_by(|a, b| (&a.vendor, &a.name).cmp(&(&b.vendor, &b.name)));
    Ok(known)
}

/// The models that are known here, and what is wrong with the house's own file.
#[derive(Debug)]
pub struct Known {
    pub models: Vec<Model>,
    /// None too when the house has no file. With a file that cannot be used the list is the program's own.
    pub problem: Option<ModelsError>,
}

/// The models of the program, with the house's own file over them when there is one.
pub async fn known(overlay: &Path) -> Known {
    let text = match tokio::fs::read_to_string(overlay).await {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(ModelsError::Unreadable(error)),
    };
    match text.and_then(|text| models(text.as_deref())) {
        Ok(models) => Known { models, problem: None },
        // The program's own list is part of it, and a test reads it.
        Err(problem) => Known { models: models(None).unwrap_or_default(), problem: Some(problem) },
    }
}

/// Pages that are common under a number, for a printer of which nothing is known: the most useful first, and of
/// those that are as good the more common.
pub fn common_candidates(models: &[Model]) -> Vec<Candidate> {
    let mut counts: HashMap<Candidate, usize> = HashMap::new();
    for candidate in models.iter().flat_map(Model::candidates) {
        *counts.entry(candidate).or_default() += 1;
    }
    // A page without the letters that are looked at has nothing to show.
    counts.retain(|candidate, _| encode_char('ñ', candidate.page).is_some());
    let mut found: Vec<(Candidate, usize)> = counts.into_iter().collect();
    found.sort_by_key(|(candidate, count)| {
        (Reverse(worth(candidate.page)), Reverse(*count), candidate.table, candidate.page.code())
    });
    let mut rows: Vec<Candidate> = Vec::new();
    for (candidate, _) in found {
        if rows.iter().filter(|row| row.page == candidate.page).count() < ROWS_OF_A_PAGE {
            rows.push(candidate);
        }
    }
    rows
}

/// The model that a printer says it is: the longest name that what it said begins with, since makers append
/// letters for countries.
pub fn recognise<'m>(models: &'m [Model], model_id: &str) -> Option<&'m Model> {
    let said = model_id.to_lowercase();
    let fit = |model: &&Model| {
        let names = model.reports.iter().filter(|name| said.starts_with(&name.to_lowercase()));
        names.map(String::len).max().unwrap_or_default()
    };
    models.iter().max_by_key(fit).filter(|model| fit(model) > 0)
}

impl Model {
    /// How tickets are written for it, in its page that says most of what is wanted.
    pub fn profile(&self, proof: ProofLevel) -> Option<PrinterProfile> {
        let best = self.candidates().into_iter().next()?;
        Some(PrinterProfile {
            columns: self.columns,
            code_page: best.page,
            code_table: best.table,
            proof,
            abilities: self.abilities(),
            drawer: DrawerPulse::USUAL,
        })
    }

    /// Its pages, the most useful first.
    pub fn candidates(&self) -> Vec<Candidate> {
        let mut pages: Vec<Candidate> =
            self.pages.iter().map(|(page, table)| Candidate { table: *table, page: *page }).collect();
        pages.sort_by_key(|candidate| (Reverse(worth(candidate.page)), candidate.table));
        pages
    }

    /// Whether a printer of this profile may be one of these. A buzzer and a red ribbon are bought apart.
    fn is_written_as(&self, profile: PrinterProfile) -> bool {
        self.columns == profile.columns
            && self.pages.get(&profile.code_page) == Some(&profile.code_table)
            && Abilities { buzzer: profile.abilities.buzzer, red: profile.abilities.red, ..self.abilities() }
                == profile.abilities
    }

    pub const fn abilities(&self) -> Abilities {
        Abilities {
            cutter: self.cutter,
            pictures: self.pictures,
            qr: self.qr,
            red: self.red,
            buzzer: self.buzzer,
        }
    }
}

/// The pace of the slowest model that is written for in this way, in millimetres a second. A printer keeps no name of its
/// model, and one that is thought too fast prints its tickets twice.
pub fn pace(models: &[Model], profile: &PrinterProfile) -> Option<NonZeroU16> {
    models.iter().filter(|model| model.is_written_as(*profile)).map(|model| model.mm_per_s).min()
}

/// What a model without a figure is taken for: most cheap printers are faster.
const fn unhurried() -> NonZeroU16 {
    match NonZeroU16::new(50) {
        Some(pace) => pace,
        None => NonZeroU16::MIN,
    }
}

const fn silent() -> Buzzer {
    Buzzer::Silent
}

fn worth(page: CodePage) -> usize {
    WANTED.chars().filter(|c| encode_char(*c, page).is_some()).count()
}

fn read(text: &str) -> Result<Vec<Model>, ModelsError> {
    let File { model: models } = toml::from_str(text)?;
    for (index, model) in models.iter().enumerate() {
        let key = model.key.clone();
        if models[..index].iter().any(|before| before.key == key) {
            return Err(ModelsError::Twice { key });
        }
        if !COLUMNS.contains(&model.columns) {
            return Err(ModelsError::Columns { key, columns: model.columns });
        }
        if model.pages.is_empty() {
            return Err(ModelsError::NoPage { key });
        }
    }
    Ok(models)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own() -> Vec<Model> {
        models(None).unwrap()
    }

    fn model(key: &str) -> Model {
        own().into_iter().find(|model| model.key == key).unwrap()
    }

    #[test]
    fn every_common_maker_is_there_and_every_model_can_write() {
        let known = own();
        for vendor in ["Epson", "Star", "Bixolon", "Citizen", "Xprinter", "Generic"] {
            assert!(known.iter().any(|model| model.vendor == vendor), "{vendor}");
        }
        for model in &known {
            let profile = model.profile(ProofLevel::None).unwrap();
            assert_eq!(model.pages.get(&profile.code_page), Some(&profile.code_table), "{}", model.key);
            assert!(["escpos-printer-db", "assumed"].contains(&model.source.as_str()), "{}", model.key);
        }
    }

    #[test]
    fn the_page_that_says_most_is_taken_under_its_own_number() {
        let page = |key: &str| {
            let profile = model(key).profile(ProofLevel::Fence).unwrap();
            (profile.columns, profile.code_page, profile.code_table)
        };
        assert_eq!(page("epson-tm-t20iii"), (48, CodePage::Windows1252, 16));
        assert_eq!(page("generic-58-clone-tables"), (32, CodePage::Cp858, 53));
        assert_eq!(page("epson-tm-u220"), (42, CodePage::Cp437, 0));
    }

    /// One that strikes its letters is not waited for as one that burns them, and a house may say better.
    #[test]
    fn paper_is_waited_for_at_the_pace_of_the_slowest_that_it_may_be() {
        let known = own();
        let of = |key: &str| pace(&known, &model(key).profile(ProofLevel::Fence).unwrap()).unwrap().get();
        assert_eq!([of("epson-tm-u220"), of("epson-tm-u220b")], [19, 19]);
        assert_eq!((of("generic-58"), of("epson-tm-t88v"), of("generic-80")), (50, 100, 100));
        for model in &known {
            let profile = model.profile(ProofLevel::None).unwrap();
            assert!(pace(&known, &profile) <= Some(model.mm_per_s), "{}", model.key);
        }
        let strange = PrinterProfile { columns: 61, ..PrinterProfile::default() };
        assert_eq!(pace(&known, &strange), None);
        let buzzer = Abilities { buzzer: Buzzer::Epson, red: false, ..model("epson-tm-u220b").abilities() };
        let struck = model("epson-tm-u220b").profile(ProofLevel::Fence).unwrap();
        assert_eq!(pace(&known, &PrinterProfile { abilities: buzzer, ..struck }).unwrap().get(), 19);
    }

    #[test]
    fn a_printer_is_recognised_by_what_it_says() {
        let known = own();
        let key = |said: &str| recognise(&known, said).map(|model| model.key.as_str());
        assert_eq!(key("TM-T20II"), Some("epson-tm-t20ii"));
        assert_eq!(key("TM-T20III-i"), Some("epson-tm-t20iii"));
        assert_eq!(key("tm-t88v"), Some("epson-tm-t88v"));
        assert_eq!(key("TM-SIM80"), None);
        assert_eq!(key(""), None);
    }

    #[test]
    fn what_is_common_is_what_most_printers_have() {
        let rows = common_candidates(&own());
        assert!(rows.len() <= ROWS_OF_A_PAGE * CodePage::ALL.len());
        for (table, page) in [
            (16, CodePage::Windows1252),
            (71, CodePage::Windows1252),
            (19, CodePage::Cp858),
            (53, CodePage::Cp858),
            (2, CodePage::Cp850),
            (0, CodePage::Cp437),
        ] {
            assert!(rows.contains(&Candidate { table, page }), "{page:?} under {table}: {rows:?}");
        }
        assert!(rows.iter().collect::<std::collections::HashSet<_>>().len() == rows.len());
    }

    #[tokio::test]
    async fn a_broken_file_leaves_the_program_s_own_list() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("models.toml");
        let none = known(&file).await;
        assert!(none.problem.is_none() && none.models == own());
        tokio::fs::write(&file, "model = 3").await.unwrap();
        let broken = known(&file).await;
        assert!(matches!(broken.problem, Some(ModelsError::Form(_))) && broken.models == own());
    }

    #[test]
    fn a_house_s_own_file_replaces_and_adds() {
        let overlay = |key: &str| {
            format!(
                "[[model]]\nkey = \"{key}\"\nvendor = \"Casa\"\nname = \"Barra\"\nreports = []\ncolumns = 33\n\
                 pages = {{ cp850 = 7 }}\npictures = false\nqr = false\ncutter = false\nsource = \"ours\"\n"
            )
        };
        let replaced = models(Some(&overlay("generic-58"))).unwrap();
        assert_eq!(replaced.len(), own().len());
        let ours = replaced.iter().find(|model| model.key == "generic-58").unwrap();
        let none =
            Abilities { cutter: false, pictures: false, qr: false, red: false, buzzer: Buzzer::Silent };
        assert_eq!((ours.columns, ours.abilities()), (33, none));
        let added = models(Some(&overlay("casa-barra"))).unwrap();
        assert_eq!(added.len(), own().len() + 1);
    }

    #[test]
    fn a_file_that_makes_no_sense_is_refused_with_what_is_wrong() {
        let entry = |columns: u8, pages: &str| {
            format!(
                "[[model]]\nkey = \"x\"\nvendor = \"v\"\nname = \"n\"\nreports = []\ncolumns = {columns}\n\
                 pages = {{ {pages} }}\npictures = true\nqr = true\ncutter = true\nsource = \"ours\"\n"
            )
        };
        assert!(matches!(models(Some("model = 3")), Err(ModelsError::Form(_))));
        assert!(matches!(models(Some(&entry(48, "cp999 = 1"))), Err(ModelsError::Form(_))));
        assert!(matches!(
            models(Some(&entry(12, "cp850 = 2"))),
            Err(ModelsError::Columns { columns: 12, .. })
        ));
        assert!(matches!(models(Some(&entry(48, ""))), Err(ModelsError::NoPage { .. })));
        let twice = entry(48, "cp850 = 2").repeat(2);
        assert!(matches!(models(Some(&twice)), Err(ModelsError::Twice { .. })));
    }
}
