//! What a cell says, read against the menu.

use super::column::Column;
use super::menu::Menu;
use super::problem::CellProblem;
use super::texts::unlisted;
use super::wish::{CategoryWish, Named};
use crate::feature::menu_setup::MAX_PRICE;
use crate::sheet::Cell;
use fastops_domain::ids::{CategoryId, ColorId, ModifierGroupId, SizeId, StationId, TaxId};
use fastops_domain::menu::{MAX_ANSWERS, MAX_PREPARATION_MINUTES, barcode, menu_name, short_code};
use fastops_domain::money::Money;
use fastops_domain::search::folded;
use fastops_domain::written::BadWriting;
use std::collections::HashMap;

/// The greatest whole number that a spreadsheet's number holds exactly.
const EXACT: f64 = 9_007_199_254_740_991.0;

/// A text as names are compared: whatever its case and blanks.
pub(super) fn same_words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Whether a cell says that there is none, which an empty one does not.
pub(super) fn says_none(text: &str) -> bool {
    matches!(text, "-" | "–" | "—") || matches!(folded(text).as_str(), "ninguno" | "ninguna" | "none")
}

/// Things that are found by their names.
#[derive(Debug)]
pub(super) struct Names<I> {
    exact: HashMap<String, Vec<I>>,
    like: HashMap<String, Vec<I>>,
}

impl<I: Copy + PartialEq> Names<I> {
    fn new<'a>(named: impl Iterator<Item = (I, &'a str)>) -> Self {
        let (mut exact, mut like): (HashMap<_, Vec<I>>, HashMap<_, Vec<I>>) = Default::default();
        for (id, name) in named {
            exact.entry(name.trim().to_owned()).or_default().push(id);
            like.entry(same_words(name)).or_default().push(id);
        }
        Self { exact, like }
    }

    /// What has this name; of several, the one that is the product's already.
    pub(super) fn find(&self, name: &str, own: &[I]) -> Result<I, CellProblem> {
        let found = self.exact.get(name).or_else(|| self.like.get(&same_words(name)));
        let found = found.map_or(&[][..], Vec::as_slice);
        let mut owned = found.iter().filter(|id| own.contains(id));
        match (found, owned.next(), owned.next()) {
            ([], ..) => Err(CellProblem::Unknown { name: name.to_owned() }),
            ([one], ..) | (_, Some(one), None) => Ok(*one),
            _ => Err(CellProblem::SeveralNamed { name: name.to_owned() }),
        }
    }
}

/// Everything that cells may name.
#[derive(Debug)]
pub(super) struct Lookup<'a> {
    pub(super) menu: &'a Menu,
    categories: Names<CategoryId>,
    taxes: Names<TaxId>,
    groups: Names<ModifierGroupId>,
    stations: Names<StationId>,
    sizes: Names<SizeId>,
    colors: Names<ColorId>,
}

impl<'a> Lookup<'a> {
    pub(super) fn new(menu: &'a Menu) -> Self {
        Self {
            menu,
            categories: Names::new(menu.categories.iter().map(|(id, name, _)| (*id, name.as_str()))),
            taxes: Names::new(menu.taxes.iter().map(|(id, name)| (*id, name.as_str()))),
            groups: Names::new(menu.groups.iter().map(|(id, name)| (*id, name.as_str()))),
            stations: Names::new(menu.stations.iter().map(|(id, name)| (*id, name.as_str()))),
            sizes: Names::new(menu.sizes.iter().map(|(id, name)| (*id, name.as_str()))),
            colors: Names::new(menu.colors.iter().map(|(id, name)| (*id, name.as_str()))),
        }
    }

    pub(super) fn price(&self, cell: &Cell) -> Result<Money, CellProblem> {
        let amount = match sound(cell)? {
            Cell::Number(number) => self.menu.writing.of_number(*number),
            other => self.menu.writing.read(&other.shown()),
        };
        let amount = amount.map_err(CellProblem::Price)?;
        if amount.0 > MAX_PRICE { Err(CellProblem::Price(BadWriting::TooLarge)) } else { Ok(amount) }
    }

    /// A category that is not there yet is one to be made.
    pub(super) fn category(&self, cell: &Cell) -> Result<CategoryWish, CellProblem> {
        let written = name(cell)?;
        match self.categories.find(&written, &[]) {
            Ok(id) => Ok(CategoryWish::Known(id)),
            Err(CellProblem::Unknown { .. }) => Ok(CategoryWish::New(written)),
            Err(problem) => Err(problem),
        }
    }

    pub(super) fn taxes(&self, cell: &Cell, own: &[TaxId]) -> Result<Vec<TaxId>, CellProblem> {
        many(&self.taxes, cell, own)
    }

    pub(super) fn groups(
        &self,
        cell: &Cell,
        own: &[ModifierGroupId],
    ) -> Result<Vec<ModifierGroupId>, CellProblem> {
        let groups = many(&self.groups, cell, own)?;
        if groups.len() > MAX_ANSWERS { Err(CellProblem::TooMany { most: MAX_ANSWERS }) } else { Ok(groups) }
    }

    pub(super) fn station(
        &self,
        cell: &Cell,
        own: Option<StationId>,
    ) -> Result<Option<StationId>, CellProblem> {
        let text = sound(cell)?.shown();
        match self.stations.find(&text, own.as_slice()) {
            Err(CellProblem::Unknown { .. }) if says_none(&text) => Ok(None),
            found => found.map(Some),
        }
    }

    /// A size that is not there yet is one to be made.
    pub(super) fn size(&self, cell: &Cell) -> Result<Option<Named<SizeId>>, CellProblem> {
        word(&self.sizes, cell, (&self.colors, Column::Color))
    }

    /// A colour that is not there yet is one to be made.
    pub(super) fn color(&self, cell: &Cell) -> Result<Option<Named<ColorId>>, CellProblem> {
        word(&self.colors, cell, (&self.sizes, Column::Size))
    }
}

/// A word of variants; what is one of the other column's words already is no new one of this.
fn word<I: Copy + PartialEq, O: Copy + PartialEq>(
    names: &Names<I>,
    cell: &Cell,
    (others, column): (&Names<O>, Column),
) -> Result<Option<Named<I>>, CellProblem> {
    if *cell == Cell::Empty {
        return Ok(None);
    }
    let text = sound(cell)?.shown();
    match names.find(&text, &[]) {
        Ok(id) => Ok(Some(Named::Known(id))),
        Err(CellProblem::Unknown { .. }) if says_none(&text) => Ok(None),
        Err(CellProblem::Unknown { name }) if others.find(&name, &[]).is_ok() => {
            Err(CellProblem::OfTheOther { name, column })
        }
        Err(CellProblem::Unknown { .. }) => Ok(Some(Named::New(name(cell)?))),
        Err(problem) => Err(problem),
    }
}

/// A cell that says something that can be read.
fn sound(cell: &Cell) -> Result<&Cell, CellProblem> {
    match cell {
        Cell::Date => Err(CellProblem::Date),
        Cell::Fault(_) => Err(CellProblem::Fault),
        cell => Ok(cell),
    }
}

fn many<I: Copy + PartialEq>(names: &Names<I>, cell: &Cell, own: &[I]) -> Result<Vec<I>, CellProblem> {
    let text = sound(cell)?.shown();
    if let Ok(one) = names.find(&text, own) {
        return Ok(vec![one]);
    }
    if says_none(&text) {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for name in unlisted(&text) {
        let id = names.find(&name, own)?;
        if found.contains(&id) {
            return Err(CellProblem::TwiceNamed { name });
        }
        found.push(id);
    }
    Ok(found)
}

pub(super) fn name(cell: &Cell) -> Result<String, CellProblem> {
    menu_name(&sound(cell)?.shown()).ok_or(CellProblem::BadName)
}

pub(super) fn code(cell: &Cell) -> Result<String, CellProblem> {
    let text = digits(cell)?;
    short_code(&text).ok_or(CellProblem::BadCode)
}

pub(super) fn minutes(cell: &Cell) -> Result<u32, CellProblem> {
    let minutes = sound(cell)?.shown().parse().map_err(|_| CellProblem::BadMinutes)?;
    if minutes > MAX_PREPARATION_MINUTES { Err(CellProblem::BadMinutes) } else { Ok(minutes) }
}

pub(super) fn yes(cell: &Cell) -> Result<bool, CellProblem> {
    if let Cell::Bool(yes) = sound(cell)? {
        return Ok(*yes);
    }
    match folded(&cell.shown()).as_str() {
        "si" | "s" | "yes" | "y" | "true" | "verdadero" | "1" | "x" => Ok(true),
        "no" | "n" | "false" | "falso" | "0" => Ok(false),
        _ => Err(CellProblem::BadYes),
    }
}

pub(super) fn barcodes(cell: &Cell) -> Result<Vec<String>, CellProblem> {
    let text = digits(cell)?;
    if says_none(&text) {
        return Ok(Vec::new());
    }
    let mut codes: Vec<String> = Vec::new();
    for code in unlisted(&text) {
        let code = barcode(&code).ok_or(CellProblem::BadBarcode)?;
        if codes.contains(&code) {
            return Err(CellProblem::TwiceNamed { name: code });
        }
        codes.push(code);
    }
    codes.sort();
    Ok(codes)
}

/// A text of digits that a spreadsheet may have taken for a number.
fn digits(cell: &Cell) -> Result<String, CellProblem> {
    let text = match sound(cell)? {
        Cell::Number(number) if number.abs() > EXACT => return Err(CellProblem::Shortened),
        cell => cell.shown(),
    };
    if is_shortened(&text) { Err(CellProblem::Shortened) } else { Ok(text) }
}

/// Whether a text is a long number as a spreadsheet shortens it, such as `7,702E+12`.
fn is_shortened(text: &str) -> bool {
    let Some((head, power)) = text.split_once(['E', 'e']) else { return false };
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit());
    let (first, rest) = head.split_once(['.', ',']).unwrap_or((head, "0"));
    first.len() == 1
        && all_digits(first)
        && all_digits(rest)
        && power.strip_prefix('+').is_some_and(all_digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Cell {
        Cell::Text(text.into())
    }

    #[test]
    fn a_code_that_a_spreadsheet_changed_is_not_taken() {
        assert_eq!(code(&text(" 007 ")), Ok("007".into()));
        assert_eq!(code(&Cell::Number(101.0)), Ok("101".into()));
        assert_eq!(barcodes(&Cell::Number(7_702_004_003_515.0)), Ok(vec!["7702004003515".into()]));
        for shortened in [text("7,702E+12"), text("7.7E+12"), text("7E+12"), Cell::Number(1e20)] {
            assert_eq!(code(&shortened), Err(CellProblem::Shortened), "{shortened:?}");
            assert_eq!(barcodes(&shortened), Err(CellProblem::Shortened), "{shortened:?}");
        }
        assert_eq!(code(&Cell::Date), Err(CellProblem::Date));
        assert_eq!(code(&Cell::Fault("#N/A".into())), Err(CellProblem::Fault));
        assert_eq!(code(&text("E5")), Ok("E5".into()));
    }

    #[test]
    fn yes_and_no_are_said_in_many_ways_and_nothing_else_is() {
        for said in ["Sí", "SI", "s", "yes", "1", "x", "VERDADERO"] {
            assert_eq!(yes(&text(said)), Ok(true), "{said}");
        }
        for said in ["No", "n", "0", "FALSO"] {
            assert_eq!(yes(&text(said)), Ok(false), "{said}");
        }
        assert_eq!((yes(&Cell::Bool(true)), yes(&Cell::Number(0.0))), (Ok(true), Ok(false)));
        assert_eq!(yes(&text("quizás")), Err(CellProblem::BadYes));
    }

    #[test]
    fn several_barcodes_stand_in_one_cell_each_once() {
        assert_eq!(barcodes(&text("770 | 771|")), Ok(vec!["770".into(), "771".into()]));
        assert_eq!(barcodes(&text("-")), Ok(Vec::new()));
        assert_eq!(barcodes(&text("7 7")), Err(CellProblem::BadBarcode));
        assert_eq!(barcodes(&text("7|7")), Err(CellProblem::TwiceNamed { name: "7".into() }));
    }

    #[test]
    fn minutes_are_whole_and_within_a_day() {
        assert_eq!(minutes(&Cell::Number(15.0)), Ok(15));
        assert_eq!(minutes(&text(" 15 ")), Ok(15));
        for bad in [text("15 min"), text("-1"), Cell::Number(1.5), text("1441")] {
            assert_eq!(minutes(&bad), Err(CellProblem::BadMinutes), "{bad:?}");
        }
    }
}
