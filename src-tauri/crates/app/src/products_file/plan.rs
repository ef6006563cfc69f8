//! What becomes of the menu when a table is taken.

use super::cells::{self, Lookup, same_words, says_none};
use super::column::Column;
use super::menu::{Kept, Menu};
use super::pairing::pair;
use super::problem::{BadCell, CellProblem, FileProblem};
use super::texts::text_of;
use super::wish::{CategoryWish, Named, VariantWish, Wish};
use super::{clash, texts, variant_rows};
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
    /// What a product costs, in place of a price of the variant's own.
    OfTheProduct(Money),
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
            (
                Some(Value::Amount(before) | Value::OfTheProduct(before)),
                Value::Amount(after) | Value::OfTheProduct(after),
            ) => (after.0 - before.0).abs() > before.0.abs() / 2,
            _ => false,
        }
    }
}

/// What becomes of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    New { wish: Wish, says: Vec<Change> },
    Changed { product: usize, wish: Wish, changes: Vec<Change> },
    NewVariant { wish: VariantWish, says: Vec<Change> },
    ChangedVariant { variant: usize, wish: VariantWish, changes: Vec<Change> },
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
    pub(crate) new_sizes: Vec<String>,
    pub(crate) new_colors: Vec<String>,
    /// Headers that say nothing of products.
    pub(crate) unknown_columns: Vec<String>,
}

/// What a table would make of a menu.
pub(crate) fn plan(menu: &Menu, table: &Table) -> Result<Plan, FileProblem> {
    let sheet = Sheet::new(table)?;
    let lookup = Lookup::new(menu);
    let (of_variants, of_products): (Vec<usize>, Vec<usize>) =
        sheet.rows().into_iter().partition(|row| variant_rows::is_one(&lookup, &sheet, *row));
    let mut new_names = NewNames::default();
    let mut products = Vec::with_capacity(of_products.len());
    for (row, paired) in of_products.iter().zip(pair(menu, &sheet, &of_products)) {
        let product = paired.as_ref().ok().copied().flatten();
        let plan = planned(&lookup, &sheet, *row, paired, &mut new_names);
        products.push(ProductRow { row: *row, product, plan });
    }
    let variants = variant_rows::plan(&lookup, &sheet, &of_variants, &products);
    let products = products.into_iter().map(|product| (product.row, product.plan));
    let mut all: Vec<(usize, RowPlan)> = products.chain(of_variants.into_iter().zip(variants)).collect();
    all.sort_unstable_by_key(|(row, _)| *row);
    let mut rows: Vec<RowPlan> = all.into_iter().map(|(_, plan)| plan).collect();
    clash::find(menu, &mut rows);
    let (mut new_categories, mut new_sizes, mut new_colors) = Default::default();
    for row in &rows {
        match &row.outcome {
            Outcome::New { wish, .. } | Outcome::Changed { wish, .. } => {
                note(Some(&wish.category), &mut new_categories);
            }
            Outcome::NewVariant { wish, .. } => {
                note(wish.size.as_ref(), &mut new_sizes);
                note(wish.color.as_ref(), &mut new_colors);
            }
            Outcome::ChangedVariant { .. } | Outcome::Same | Outcome::Error(_) => {}
        }
    }
    Ok(Plan { rows, new_categories, new_sizes, new_colors, unknown_columns: sheet.unknown })
}

fn note<I>(named: Option<&Named<I>>, new: &mut Vec<String>) {
    if let Some(Named::New(name)) = named
        && !new.contains(name)
    {
        new.push(name.clone());
    }
}

/// A row about a product: its place in the table, and that of what it is about in the menu.
pub(super) struct ProductRow {
    pub(super) row: usize,
    pub(super) product: Option<usize>,
    pub(super) plan: RowPlan,
}

/// Names of what is made, as they were written first: written in several ways each is still one.
#[derive(Debug, Default)]
pub(super) struct NewNames(HashMap<String, String>);

impl NewNames {
    pub(super) fn settle<I>(&mut self, named: &mut Named<I>) {
        if let Named::New(name) = named {
            let first = self.0.entry(same_words(name)).or_insert_with(|| name.clone());
            name.clone_from(first);
        }
    }
}

fn planned(
    lookup: &Lookup<'_>,
    sheet: &Sheet<'_>,
    row: usize,
    paired: Result<Option<usize>, BadCell>,
    new_names: &mut NewNames,
) -> RowPlan {
    let menu = lookup.menu;
    let kept = paired.as_ref().ok().copied().flatten().map(|at| &menu.products[at]);
    let outcome = match paired {
        Err(bad) => Outcome::Error(vec![bad]),
        Ok(at) => match read(lookup, sheet, row, kept) {
            Err(bad) => Outcome::Error(bad),
            Ok(mut wish) => {
                new_names.settle(&mut wish.category);
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

pub(super) fn take(
    lookup: &Lookup<'_>,
    column: Column,
    cell: &Cell,
    wish: &mut Wish,
) -> Result<(), CellProblem> {
    match column {
        Column::Code if says_none(&cell.shown()) => wish.code.clear(),
        Column::Code => wish.code = cells::code(cell)?,
        Column::Name => wish.name = cells::name(cell)?,
        Column::Category => wish.category = lookup.category(cell)?,
        Column::Price => wish.price = lookup.price(cell)?,
        // A row that has them is about a variant.
        Column::Size | Column::Color => {}
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
        Column::Size | Column::Color => Value::Text(String::new()),
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
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::Names(names) => names.is_empty(),
            Self::Amount(_) | Self::OfTheProduct(_) | Self::Minutes(_) | Self::Yes(_) => false,
        }
    }

    /// As a person of this language reads it.
    pub(crate) fn shown(&self, currency: &Currency, language: Language) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Amount(amount) => Writing { currency: currency.clone(), language }.grouped(*amount),
            Self::OfTheProduct(amount) => {
                let amount = Self::Amount(*amount).shown(currency, language);
                texts::of_the_product(&amount, language)
            }
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

    /// What a row says besides what it is about.
    pub(super) fn columns(&self) -> impl Iterator<Item = Column> {
        let says = |column: &Column| !matches!(column, Column::Size | Column::Color);
        Column::ALL.into_iter().filter(move |column| says(column) && self.places.contains_key(column))
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

    fn cell_says_the_same(&self, menu: &Menu, row: usize, column: Column, kept: &Kept) -> bool {
        let written = || text_of(menu, kept, column);
        says(menu, self.cell(row, column), column, written, Some(kept.price))
    }
}

/// Whether a cell leaves what is there, as an empty one does, or says what would be `written` into it.
pub(super) fn says(
    menu: &Menu,
    cell: &Cell,
    column: Column,
    written: impl FnOnce() -> String,
    price: Option<Money>,
) -> bool {
    match (column, cell) {
        (_, Cell::Empty) => true,
        (_, Cell::Date | Cell::Fault(_)) => false,
        (Column::Price, Cell::Number(number)) => {
            let exact = price.and_then(|price| menu.writing.currency.decimal(price).parse().ok());
            exact.is_some_and(|exact: f64| (exact - number).abs() < f64::EPSILON * exact.abs().max(1.0))
        }
        (_, cell) => cell.shown() == written(),
    }
}
