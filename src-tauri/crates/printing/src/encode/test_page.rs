//! The pages that show a person whether a printer is set up right.

use super::catalogue::Words;
use super::layout::{bar, ends, hang, wrap};
use super::paper::{Paper, Style};
use super::{EncodeError, Encoded, Stamp};
use crate::text::encode_char;
use fastops_domain::document::{OpeningCheck, TestPage};
use fastops_domain::station::{Candidate, PrinterProfile};

/// Signs that go wrong first when the page or its number is wrong.
const LETTERS: &str = "ñ Ñ á é í ó ú ü ¿ ¡ € × º";
/// Russian, as a word that no page has.
const DRAWN: &str = "Борщ";
/// What is looked at to choose a row.
const SIGNS: &str = "ñ Ñ á € ¿ ¡";

const TITLE: Style = Style::sized(2, 2).bold().inverse();
const TALL: Style = Style::sized(1, 2).bold();
const HEADING: Style = Style::PLAIN.bold();

/// Writes a test page of a printer that nobody has set up yet; `printer_name` may carry the address too.
pub fn test_page(
    printer_name: &str,
    profile: &PrinterProfile,
    stamp: &Stamp,
) -> Result<Encoded, EncodeError> {
    let content = TestPage { printer: printer_name.to_owned(), ..TestPage::default() };
    written(&content, stamp, Paper::new(*profile)?)?.cut()
}

/// Everything that can be wrong, and the candidates for its page if there are any.
pub(super) fn written(content: &TestPage, stamp: &Stamp, paper: Paper) -> Result<Paper, EncodeError> {
    let mut page = Page { paper, words: Words::of(stamp.language) };
    page.head(content, stamp)?;
    page.letters()?;
    page.measures()?;
    page.candidates(&content.candidates)?;
    page.paper.rule('=')?;
    page.spread(Style::PLAIN, page.words.test_end)?;
    page.paper.call(1)?;
    Ok(page.paper)
}

/// A few rows, so that a branch that opens knows that each of its printers prints.
pub(super) fn check(content: &OpeningCheck, stamp: &Stamp, paper: Paper) -> Result<Paper, EncodeError> {
    let mut page = Page { paper, words: Words::of(stamp.language) };
    page.paper.rows(TITLE, &bar(page.words.check_title, page.paper.fits(TITLE), page.paper.page))?;
    let printer = page.paper.clean(&content.printer);
    page.spread(TALL, &printer)?;
    let letters = page.paper.clean(LETTERS);
    page.spread(Style::PLAIN, &letters)?;
    page.both_ends(&page.time(stamp), page.words.check_end)?;
    Ok(page.paper)
}

/// Writes a row for each candidate, numbered from 1, and nothing else.
pub fn candidates_page(
    candidates: &[Candidate],
    profile: &PrinterProfile,
    stamp: &Stamp,
) -> Result<Encoded, EncodeError> {
    let mut page = Page { paper: Paper::new(*profile)?, words: Words::of(stamp.language) };
    page.candidates(candidates)?;
    page.paper.cut()
}

struct Page {
    paper: Paper,
    words: &'static Words,
}

impl Page {
    fn head(&mut self, content: &TestPage, stamp: &Stamp) -> Result<(), EncodeError> {
        self.paper.feed(2)?;
        self.paper.rows(TITLE, &bar(self.words.test_title, self.paper.fits(TITLE), self.paper.page))?;
        let printer = self.paper.clean(&content.printer);
        self.spread(TALL, &printer)?;
        for station in &content.stations {
            let rows = hang("- ", &self.paper.clean(station), self.paper.columns, self.paper.page);
            self.paper.rows(Style::PLAIN, &rows)?;
        }
        let address = self.paper.clean(&content.address);
        self.spread(Style::PLAIN, &address)?;
        let (columns, page, table) = (self.paper.columns, self.paper.page.code(), self.paper.table);
        self.both_ends(&self.time(stamp), &format!("{columns} · {page} · n={table}"))?;
        self.paper.rule('=')
    }

    fn letters(&mut self) -> Result<(), EncodeError> {
        self.spread(HEADING, self.words.test_letters)?;
        let letters = self.paper.clean(LETTERS);
        self.spread(TALL, &letters)?;
        if self.paper.abilities.pictures {
            self.spread(HEADING, self.words.test_picture)?;
            self.paper.row(Style::PLAIN, DRAWN)?;
        }
        Ok(())
    }

    fn measures(&mut self) -> Result<(), EncodeError> {
        self.spread(HEADING, self.words.test_columns)?;
        let digit = |n: usize| char::from(b"0123456789"[n % 10]);
        let ruler: String = (1..=self.paper.columns).map(digit).collect();
        self.paper.row(Style::PLAIN, &ruler)?;
        self.spread(HEADING, self.words.test_sizes)?;
        for (style, sample) in [(Style::sized(1, 2), "1 × 2"), (Style::sized(2, 2), "2 × 2")] {
            self.paper.row(style, sample)?;
        }
        Ok(())
    }

    /// The person says which row reads right. A sign that a page lacks is left out of its row, since a picture
    /// would look right in every row.
    fn candidates(&mut self, candidates: &[Candidate]) -> Result<(), EncodeError> {
        if candidates.is_empty() {
            return Ok(());
        }
        // In ASCII, which reads in every page.
        self.spread(HEADING, self.words.choose_row)?;
        for (number, candidate) in (1..).zip(candidates) {
            let has = |c: &char| encode_char(*c, candidate.page).is_some();
            let signs: Vec<&str> = SIGNS.split(' ').filter(|sign| sign.chars().all(|c| has(&c))).collect();
            let row = format!("{number:>2}: {}", signs.join(" "));
            self.paper.row_in(candidate.page, candidate.table, &row)?;
        }
        Ok(())
    }

    fn time(&self, stamp: &Stamp) -> String {
        let at = stamp.printed_at;
        format!("{} {:02}:{:02}:{:02}", self.words.date(at), at.hour, at.minute, at.second)
    }

    fn spread(&mut self, style: Style, text: &str) -> Result<(), EncodeError> {
        self.paper.rows(style, &wrap(text, self.paper.fits(style), self.paper.page))
    }

    fn both_ends(&mut self, left: &str, right: &str) -> Result<(), EncodeError> {
        self.paper.rows(Style::PLAIN, &ends(left, right, self.paper.columns, self.paper.page))
    }
}
