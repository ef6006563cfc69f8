//! A ticket for what is no printer: the rows that a printer would get, as text with its looks.

use super::catalogue::Words;
use super::document::document_rows;
use super::paper::Style;
use super::ticket::kitchen_rows;
use super::{EncodeError, Stamp};
use fastops_domain::document::Document;
use fastops_domain::station::{Abilities, CodePage, DrawerPulse, PrinterProfile, ProofLevel};
use fastops_domain::ticket::TicketContent;
use fastops_domain::time::LocalTime;

/// How the rows are laid out: the page has all letters that a PDF's own fonts have.
pub(super) const SHEET: PrinterProfile = PrinterProfile {
    columns: 48,
    code_page: CodePage::Windows1252,
    code_table: 16,
    proof: ProofLevel::None,
    abilities: Abilities::USUAL,
    drawer: DrawerPulse::USUAL,
};

/// One row. Sizes are multiples of the normal font; an empty row is a small gap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    pub text: String,
    pub width: u8,
    pub height: u8,
    pub inverse: bool,
}

impl Row {
    pub(super) fn of(style: Style, text: &str) -> Self {
        let Style { width, height, inverse, .. } = style;
        Self { text: text.into(), width, height, inverse }
    }
}

/// A ticket as rows, and what it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    pub rows: Vec<Row>,
    /// One line that says which ticket it is: the subject of a mail.
    pub title: String,
    /// The name of its file, without the folder.
    pub file_name: String,
}

impl Sheet {
    /// The sheet of a ticket that was made at `made_at`. A ticket that is written again the same day gets the same
    /// name, so that the later sheet takes the place of the earlier.
    pub fn of(content: &TicketContent, stamp: &Stamp, made_at: LocalTime) -> Result<Self, EncodeError> {
        let words = Words::of(stamp.language);
        Ok(Self {
            rows: kitchen_rows(content, stamp)?,
            title: title(content, stamp, words),
            file_name: file_name(content, stamp, words, made_at),
        })
    }

    /// The sheet of another paper, of which `tag` tells two apart; none for what has no words.
    pub fn of_document(
        document: &Document,
        stamp: &Stamp,
        made_at: LocalTime,
        tag: &str,
    ) -> Result<Option<Self>, EncodeError> {
        let Some(rows) = document_rows(document, stamp)? else { return Ok(None) };
        let first = rows.iter().find(|row| !row.text.trim().is_empty());
        let title = first.map(|row| row.text.trim().to_owned()).unwrap_or_default();
        let file_name = format!("{} {} {tag}.pdf", date(made_at), plain(&title));
        Ok(Some(Self { rows, title, file_name }))
    }

    /// The rows as plain text, one a line.
    pub fn text(&self) -> String {
        let line = |row: &Row| format!("{}\n", row.text.trim_end());
        self.rows.iter().map(line).collect()
    }
}

fn title(content: &TicketContent, stamp: &Stamp, words: &Words) -> String {
    let ticket = format!("{} {:03}", words.ticket, content.number);
    let place = content.table.as_deref().or(content.customer.as_deref());
    let parts = [
        Some(if stamp.backup { words.backup_of(&content.station) } else { content.station.clone() }),
        stamp.possible_duplicate.then(|| words.possible_duplicate.into()),
        words.banner(content).map(Into::into),
        Some(ticket),
        place.map(Into::into),
    ];
    parts.into_iter().flatten().collect::<Vec<String>>().join(" · ")
}

fn file_name(content: &TicketContent, stamp: &Stamp, words: &Words, made_at: LocalTime) -> String {
    let reprint = match stamp.copy {
        0 => String::new(),
        copy => format!(" {} {copy}", words.reprint.to_lowercase()),
    };
    format!("{} {} {:03}{reprint}.pdf", date(made_at), plain(&content.station), content.number)
}

fn date(at: LocalTime) -> String {
    let LocalTime { year, month, day, .. } = at;
    format!("{year}-{month:02}-{day:02}")
}

/// A name that every file system takes.
fn plain(name: &str) -> String {
    let plain = |c: char| if c.is_control() || "/\\:*?\"<>|".contains(c) { '-' } else { c };
    let name: String = name.chars().map(plain).take(60).collect();
    name.trim().to_owned()
}
