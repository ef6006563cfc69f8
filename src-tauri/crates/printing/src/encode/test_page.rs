//! The page that shows a person whether a printer is set up right.

use super::catalogue::Words;
use super::layout::{bar, ends, wrap};
use super::paper::{Paper, Style};
use super::{EncodeError, Encoded, Stamp};
use crate::text::{clean, encode_char};
use fastops_domain::station::{CodePage, PrinterProfile};

/// Signs that go wrong first when the page or its number is wrong.
const LETTERS: &str = "ñ Ñ á é í ó ú ü ¿ ¡ € × º";
/// Russian, as a word that no page has.
const DRAWN: &str = "Борщ";

/// Writes a test page; `printer_name` may carry the address too.
pub fn test_page(
    printer_name: &str,
    profile: &PrinterProfile,
    stamp: &Stamp,
) -> Result<Encoded, EncodeError> {
    let words = Words::of(stamp.language);
    let mut paper = Paper::new(*profile)?;
    let (page, columns) = (paper.page, paper.columns);
    let title = Style::sized(2, 2).bold().inverse();
    let heading = Style::PLAIN.bold();
    paper.feed(2)?;
    paper.rows(title, &bar(words.test_title, paper.fits(title), page))?;
    let tall = Style::sized(1, 2).bold();
    let name = paper.clean(printer_name);
    paper.rows(tall, &wrap(&name, columns, page))?;
    let at = stamp.printed_at;
    let time = format!("{} {:02}:{:02}:{:02}", words.date(at), at.hour, at.minute, at.second);
    let settings = format!("{} · {} · n={}", columns, page.code(), profile.code_table);
    paper.rows(Style::PLAIN, &ends(&time, &settings, columns, page))?;
    paper.rule('=')?;
    paper.rows(heading, &wrap(words.test_letters, columns, page))?;
    let letters = paper.clean(LETTERS);
    paper.rows(tall, &wrap(&letters, columns, page))?;
    if paper.abilities.pictures {
        paper.rows(heading, &wrap(words.test_picture, columns, page))?;
        paper.row(Style::PLAIN, DRAWN)?;
    }
    paper.rows(heading, &wrap(words.test_columns, columns, page))?;
    let ruler: String = (1..=columns).map(|n| char::from(b"0123456789"[n % 10])).collect();
    paper.row(Style::PLAIN, &ruler)?;
    paper.rows(heading, &wrap(words.test_sizes, columns, page))?;
    for (style, sample) in [(Style::sized(1, 2), "1 × 2"), (Style::sized(2, 2), "2 × 2")] {
        paper.row(style, sample)?;
    }
    paper.rule('=')?;
    paper.rows(Style::PLAIN, &wrap(words.test_end, columns, page))?;
    paper.call(1)?;
    paper.cut()
}

/// A page that a printer may have, and the number under which it may have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub table: u8,
    pub page: CodePage,
}

/// What is looked at to choose a row.
const SIGNS: &str = "ñ Ñ á € ¿ ¡";

/// Writes a row for each candidate, numbered from 1: the person says which one reads right. A sign that a
/// page lacks is left out of its row, since a picture would look right in every row.
pub fn candidates_page(
    candidates: &[Candidate],
    profile: &PrinterProfile,
    stamp: &Stamp,
) -> Result<Encoded, EncodeError> {
    let words = Words::of(stamp.language);
    let mut paper = Paper::new(*profile)?;
    let (page, columns) = (paper.page, paper.columns);
    // In ASCII, which reads in every page.
    paper.rows(Style::PLAIN.bold(), &wrap(words.choose_row, columns, page))?;
    for (number, candidate) in (1..).zip(candidates) {
        let has = |c: &char| encode_char(*c, candidate.page).is_some();
        let signs: String = SIGNS.chars().filter(has).collect();
        paper.row_in(candidate.page, candidate.table, &format!("{number:>2}: {}", clean(&signs, page)))?;
    }
    paper.cut()
}
