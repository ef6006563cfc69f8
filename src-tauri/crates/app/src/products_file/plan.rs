//! What becomes of the menu when a table is taken.

use super::cells::{self, Lookup, same_words, says_none};
use super::column::Column;
use super::menu::{Kept, Menu};
use super::pairing::pair;
use super::problem::{BadCell, CellProblem, FileProblem};
use super::texts::text_of;
use super::wish::{CategoryWish, Wish};
use super::{clash, texts};
use crate::sheet::{Cell, Table};
use fastops_domain::money::{Currency, Money};
use fastops_domain::user::Language;
use fastops_domain::written::Writing;
use std::collections::HashMap;

/// Most rows that a problem of the whole file names.
pub(crate) const NAMED_ROWS: usize = 20;

/// What a cell says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    Text(String),
    Amount(Money),
    Minutes(u32),
    Yes(bool),
    Names(Vec<String>),
}

/// What is another, or what is new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) column: Column,
    /// None for a new product.
    pub(crate) before: Option<Value>,
    pub(crate) after: Value,
}

impl Change {
    /// Whether it is a price that changes by more than half of what it was.
    pub(crate) fn is_sharp(&self) -> bool {
        match (&self.before, &self.after) {
            (Some(Value::Amount(before)), Value::Amount(after)) => {
                (after.0 - before.0).abs() > before.0.abs() / 2
            }
            _ => false,
        }
    }
}

/// What becomes of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    New { wish: Wish, says: Vec<Change> },
    Changed { product: usize, wish: Wish, changes: Vec<Change> },
    Same,
    Error(Vec<BadCell>),
}

/// A row, and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RowPlan {
    /// As a spreadsheet counts them.
    pub(crate) number: u32,
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) category: String,
    pub(crate) outcome: Outcome,
}

/// What becomes of a menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Plan {
    pub(crate) rows: Vec<RowPlan>,
    /// Categories that are made, in the order in which they come up.
    pub(crate) new_categories: Vec<String>,
    /// Headers that say nothing of products.
    pub(crate) unknown_columns: Vec<String>,
}

/// What a table would make of a menu.
pub(crate) fn plan(menu: &Menu, table: &Table) -> Result<Plan, FileProblem> {
    let sheet = Sheet::new(table)?;
    let lookup = Lookup::new(menu);
    let pairs = pair(menu, &sheet);
    let mut new_names: HashMap<String, String> = HashMap::new();
    let mut rows: Vec<RowPlan> = Vec::with_capacity(pairs.len());
    for (row, paired) in pairs.into_iter().enumerate() {
        rows.push(planned(&lookup, &sheet, row, paired, &mut new_names));
    }
    clash::find(menu, &mut rows);
    let mut new_categories = Vec::new();
    for row in &rows {
        if let Outcome::New { wish, .. } | Outcome::Changed { wish, .. } = &row.outcome
            && let CategoryWish::New(name) = &wish.category
            && !new_categories.contains(name)
        {
            new_categories.push(name.clone());
        }
    }
    Ok(Plan { rows, new_categories, unknown_columns: sheet.unknown })
}

fn planned(
    lookup: &Lookup<'_>,
    sheet: &Sheet<'_>,
    row: usize,
    paired: Result<Option<usize>, BadCell>,
    new_names: &mut HashMap<String, String>,
) -> RowPlan {
    let menu = lookup.menu;
    let kept = paired.as_ref().ok().copied().flatten().map(|at| &menu.products[at]);
    let outcome = match paired {
        Err(bad) => Outcome::Error(vec![bad]),
        Ok(at) => match read(lookup, sheet, row, kept) {
            Err(bad) => Outcome::Error(bad),
            Ok(mut wish) => {
                if let CategoryWish::New(name) = &mut wish.category {
                    // Written in several ways it is still one.
                    let first = new_names.entry(same_words(name)).or_insert_with(|| name.clone());
                    name.clone_from(first);
                }
                outcome(menu, at, wish)
            }
        },
    };
    let shown = |column, of: fn(&Wish) -> &str| match (&outcome, kept) {
        (Outcome::New { wish, .. } | Outcome::Changed { wish, .. }, _) => of(wish).to_owned(),
        (_, Some(kept)) => text_of(menu, kept, column),
        _ => sheet.cell(row, column).shown(),
    };
    let category = match &outcome {
        Outcome::New { wish, .. } | Outcome::Changed { wish, .. } => category_name(menu, &wish.category),
        _ => shown(Column::Category, |_| ""),
    };
    RowPlan {
        number: sheet.number(row),
        code: shown(Column::Code, |wish| &wish.code),
        name: shown(Column::Name, |wish| &wish.name),
        category,
        outcome,
    }
}

/// What the row wants of its product, or of a new one.
fn read(
    lookup: &Lookup<'_>,
    sheet: &Sheet<'_>,
    row: usize,
    kept: Option<&Kept>,
) -> Result<Wish, Vec<BadCell>> {
    let menu = lookup.menu;
    let mut bad = Vec::new();
    let mut wish = if let Some(kept) = kept {
        Wish::of(kept)
    } else {
        let missing = |column| BadCell { column, cell: String::new(), problem: CellProblem::Missing };
        let needed = [Column::Name, Column::Category, Column::Price];
        bad.extend(needed.into_iter().filter(|column| *sheet.cell(row, *column) == Cell::Empty).map(missing));
        // A bad category is told below, with its cell.
        let category = lookup.category(sheet.cell(row, Column::Category));
        Wish::new_in(menu, category.unwrap_or(CategoryWish::New(String::new())))
    };
    for column in sheet.columns() {
        let cell = sheet.cell(row, column);
        let leaves = match kept {
            Some(kept) => sheet.cell_says_the_same(menu, row, column, kept),
            None => *cell == Cell::Empty && !column.is_list(),
        };
        if leaves {
            continue;
        }
        if let Err(problem) = take(lookup, column, cell, &mut wish) {
            bad.push(BadCell { column, cell: cell.shown(), problem });
        }
    }
    if bad.is_empty() { Ok(wish) } else { Err(bad) }
}

fn take(lookup: &Lookup<'_>, column: Column, cell: &Cell, wish: &mut Wish) -> Result<(), CellProblem> {
    match column {
        Column::Code if says_none(&cell.shown()) => wish.code.clear(),
        Column::Code => wish.code = cells::code(cell)?,
        Column::Name => wish.name = cells::name(cell)?,
        Column::Category => wish.category = lookup.category(cell)?,
        Column::Price => wish.price = lookup.price(cell)?,
        Column::Taxes => wish.taxes = lookup.taxes(cell, &wish.taxes)?,
        Column::Station => wish.station = lookup.station(cell, wish.station)?,
        Column::Minutes => wish.minutes = cells::minutes(cell)?,
        Column::Active => wish.active = cells::yes(cell)?,
        Column::Questions => wish.groups = lookup.groups(cell, &wish.groups)?,
        Column::Barcodes => wish.barcodes = cells::barcodes(cell)?,
    }
    Ok(())
}

fn outcome(menu: &Menu, at: Option<usize>, wish: Wish) -> Outcome {
    let Some(at) = at else {
        let says = Column::ALL.iter().map(|column| (*column, value(menu, &wish, *column)));
        let says = says.filter(|(_, value)| !value.is_empty());
        let says = says.map(|(column, after)| Change { column, before: None, after }).collect();
        return Outcome::New { wish, says };
    };
    let before = Wish::of(&menu.products[at]);
    if before == wish {
        return Outcome::Same;
    }
    let changes = Column::ALL.iter().map(|column| Change {
        column: *column,
        before: Some(value(menu, &before, *column)),
        after: value(menu, &wish, *column),
    });
    let changes = changes.filter(|change| change.before.as_ref() != Some(&change.after)).collect();
    Outcome::Changed { product: at, wish, changes }
}

fn value(menu: &Menu, wish: &Wish, column: Column) -> Value {
    match column {
        Column::Code => Value::Text(wish.code.clone()),
        Column::Name => Value::Text(wish.name.clone()),
        Column::Category => Value::Text(category_name(menu, &wish.category)),
        Column::Price => Value::Amount(wish.price),
        Column::Taxes => Value::Names(menu.tax_names(&wish.taxes)),
        Column::Station => Value::Text(menu.station_name(wish.station).to_owned()),
        Column::Minutes => Value::Minutes(wish.minutes),
        Column::Active => Value::Yes(wish.active),
        Column::Questions => Value::Names(menu.group_names(&wish.groups)),
        Column::Barcodes => Value::Names(wish.barcodes.clone()),
    }
}

pub(super) fn category_name(menu: &Menu, wish: &CategoryWish) -> String {
    match wish {
        CategoryWish::Known(id) => menu.category_name(*id).to_owned(),
        CategoryWish::New(name) => name.clone(),
    }
}

impl Value {
    fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::Names(names) => names.is_empty(),
            Self::Amount(_) | Self::Minutes(_) | Self::Yes(_) => false,
        }
    }

    /// As a person of this language reads it.
    pub(crate) fn shown(&self, currency: &Currency, language: Language) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Amount(amount) => Writing { currency: currency.clone(), language }.grouped(*amount),
            Self::Minutes(minutes) => minutes.to_string(),
            Self::Yes(is) => texts::yes(*is, language).to_owned(),
            Self::Names(names) => names.join(" · "),
        }
    }
}

/// A table whose columns are known.
#[derive(Debug)]
pub(super) struct Sheet<'a> {
    table: &'a Table,
    /// Where each column stands.
    places: HashMap<Column, usize>,
    unknown: Vec<String>,
}

impl<'a> Sheet<'a> {
    fn new(table: &'a Table) -> Result<Self, FileProblem> {
        let mut places = HashMap::new();
        let mut unknown = Vec::new();
        for (place, header) in table.headers.iter().enumerate().filter(|(_, header)| !header.is_empty()) {
            match Column::of_header(header) {
                None => unknown.push(header.clone()),
                Some(column) => {
                    if places.insert(column, place).is_some() {
                        return Err(FileProblem::Twice { header: header.clone() });
                    }
                }
            }
        }
        if !places.contains_key(&Column::Code) && !places.contains_key(&Column::Name) {
            return Err(FileProblem::NoKey);
        }
        if table.rows.is_empty() {
            return Err(FileProblem::NoRows);
        }
        Ok(Self { table, places, unknown })
    }

    pub(super) fn rows(&self) -> Vec<usize> {
        (0..self.table.rows.len()).collect()
    }

    pub(super) fn number(&self, row: usize) -> u32 {
        self.table.rows[row].number
    }

    fn columns(&self) -> impl Iterator<Item = Column> {
        Column::ALL.into_iter().filter(|column| self.places.contains_key(column))
    }

    pub(super) fn cell(&self, row: usize, column: Column) -> &Cell {
        const EMPTY: &Cell = &Cell::Empty;
        let cell = self.places.get(&column).and_then(|place| self.table.rows[row].cells.get(*place));
        cell.unwrap_or(EMPTY)
    }

    /// Whether a row says of a product what it is, in every column.
    pub(super) fn says_the_same(&self, menu: &Menu, row: usize, kept: &Kept) -> bool {
        self.columns().all(|column| self.cell_says_the_same(menu, row, column, kept))
    }

    /// An empty cell leaves what is there; else it says what would be written into it.
    fn cell_says_the_same(&self, menu: &Menu, row: usize, column: Column, kept: &Kept) -> bool {
        match (column, self.cell(row, column)) {
            (_, Cell::Empty) => true,
            (_, Cell::Date | Cell::Fault(_)) => false,
            (Column::Price, Cell::Number(number)) => {
                let exact = menu.writing.currency.decimal(kept.price).parse();
                exact.is_ok_and(|exact: f64| (exact - number).abs() < f64::EPSILON * exact.abs().max(1.0))
            }
            (Column::Category, cell) => cell.shown() == menu.category_name(kept.category),
            (_, cell) => cell.shown() == text_of(menu, kept, column),
        }
    }
}
