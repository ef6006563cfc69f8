//! What becomes of rows about variants: whose variant each is, and what it says of it.
//!
//! A row with a size or a colour is about a variant of the product whose name it repeats. Product, size and colour are
//! what a variant is; its code, price, barcodes and whether it is sold are what a row says of it.

use super::cells::{self, Lookup, same_words, says_none};
use super::column::Column;
use super::menu::{KeptVariant, Menu};
use super::plan::{Change, NewNames, Outcome, ProductRow, RowPlan, Sheet, Value, says, take};
use super::problem::{BadCell, CellProblem};
use super::texts::variant_text;
use super::wish::{Named, Owner, VariantWish, Wish};
use crate::sheet::Cell;
use fastops_domain::ids::{ColorId, SizeId};
use fastops_domain::menu::MAX_VARIANTS;
use std::collections::HashMap;

/// A size and a colour, of which one may be missing.
type Pair = (Option<Named<SizeId>>, Option<Named<ColorId>>);

/// Whether a row has a size or a colour, or what should be one.
pub(super) fn is_one(lookup: &Lookup<'_>, sheet: &Sheet<'_>, row: usize) -> bool {
    let size = lookup.size(sheet.cell(row, Column::Size));
    let color = lookup.color(sheet.cell(row, Column::Color));
    !matches!((size, color), (Ok(None), Ok(None)))
}

/// What becomes of each of these rows, once it is known what becomes of those about products.
pub(super) fn plan(
    lookup: &Lookup<'_>,
    sheet: &Sheet<'_>,
    rows: &[usize],
    products: &[ProductRow],
) -> Vec<RowPlan> {
    let mut planner = Planner {
        lookup,
        sheet,
        owners: Owners::new(lookup.menu, products),
        known: known(lookup.menu),
        seen: HashMap::new(),
        count: HashMap::new(),
        sizes: NewNames::default(),
        colors: NewNames::default(),
    };
    for variant in &lookup.menu.variants {
        *planner.count.entry(Owner::Kept(variant.product)).or_default() += 1;
    }
    rows.iter().map(|row| planner.planned(*row)).collect()
}

/// The variants of a menu by what they are.
fn known(menu: &Menu) -> HashMap<(Owner, Pair), usize> {
    let of = |(at, variant): (usize, &KeptVariant)| {
        let wish = VariantWish::of(variant);
        ((wish.owner, (wish.size, wish.color)), at)
    };
    menu.variants.iter().enumerate().map(of).collect()
}

struct Planner<'a> {
    lookup: &'a Lookup<'a>,
    sheet: &'a Sheet<'a>,
    owners: Owners<'a>,
    known: HashMap<(Owner, Pair), usize>,
    /// The rows that spoke of each before.
    seen: HashMap<(Owner, Pair), u32>,
    count: HashMap<Owner, usize>,
    sizes: NewNames,
    colors: NewNames,
}

impl Planner<'_> {
    fn planned(&mut self, row: usize) -> RowPlan {
        let menu = self.lookup.menu;
        let owner = self.owners.of(self.sheet, row);
        let pair = self.pair(row);
        let cell = |column| self.sheet.cell(row, column).shown();
        let (mut name, mut category) = (cell(Column::Name), cell(Column::Category));
        if let Ok(owner) = &owner {
            (name, category) = self.owners.called(menu, *owner);
        }
        let outcome = match (owner, pair) {
            (Err(bad), Ok(_)) => Outcome::Error(vec![bad]),
            (Err(bad), Err(mut others)) => {
                others.insert(0, bad);
                Outcome::Error(others)
            }
            (Ok(_), Err(bad)) => Outcome::Error(bad),
            (Ok(owner), Ok(pair)) => self.outcome(row, owner, pair),
        };
        let kept = |at: usize| VariantWish::of(&menu.variants[at]);
        let (code, words) = match &outcome {
            Outcome::NewVariant { wish, .. } => (wish.code.clone(), wish.name(menu)),
            Outcome::ChangedVariant { variant, wish, .. } => (wish.code.clone(), kept(*variant).name(menu)),
            _ => {
                let words = [cell(Column::Color), cell(Column::Size)];
                let words: Vec<String> = words.into_iter().filter(|word| !word.is_empty()).collect();
                (cell(Column::Code), words.join(" "))
            }
        };
        if !words.is_empty() {
            name = format!("{name} · {words}");
        }
        RowPlan { number: self.sheet.number(row), code, name, category, outcome }
    }

    fn pair(&mut self, row: usize) -> Result<Pair, Vec<BadCell>> {
        let bad = |column, problem| BadCell { column, cell: self.sheet.cell(row, column).shown(), problem };
        let size = self.lookup.size(self.sheet.cell(row, Column::Size));
        let color = self.lookup.color(self.sheet.cell(row, Column::Color));
        match (size, color) {
            (Ok(mut size), Ok(mut color)) => {
                if let Some(size) = &mut size {
                    self.sizes.settle(size);
                }
                if let Some(color) = &mut color {
                    self.colors.settle(color);
                }
                Ok((size, color))
            }
            (size, color) => {
                let size = size.err().map(|problem| bad(Column::Size, problem));
                let color = color.err().map(|problem| bad(Column::Color, problem));
                Err(size.into_iter().chain(color).collect())
            }
        }
    }

    fn outcome(&mut self, row: usize, owner: Owner, pair: Pair) -> Outcome {
        let number = self.sheet.number(row);
        let bad = |column, problem| {
            let cell = self.sheet.cell(row, column).shown();
            Outcome::Error(vec![BadCell { column, cell, problem }])
        };
        let column = if pair.0.is_some() { Column::Size } else { Column::Color };
        let key = (owner, pair);
        if let Some(first) = self.seen.get(&key) {
            return bad(column, CellProblem::Repeats { row: *first });
        }
        let variant = self.known.get(&key).copied();
        let Some(product) = self.owners.wish(self.lookup.menu, owner) else {
            let row = self.owners.row(owner).map_or(number, |row| self.sheet.number(row));
            return bad(Column::Name, CellProblem::ProductFails { row });
        };
        if matches!(owner, Owner::Kept(at) if self.lookup.menu.products[at].is_combo) {
            return bad(column, CellProblem::OfACombo);
        }
        let count = self.count.entry(owner).or_default();
        if variant.is_none() && *count >= MAX_VARIANTS {
            return bad(column, CellProblem::TooManyVariants { most: MAX_VARIANTS });
        }
        *count += usize::from(variant.is_none());
        self.seen.insert(key.clone(), number);
        let (_, (size, color)) = key;
        let kept = variant.map(|at| &self.lookup.menu.variants[at]);
        let before = kept.map_or_else(|| VariantWish::new_of(owner, size, color), VariantWish::of);
        match self.read(row, kept, &before, &product) {
            Err(bad) => Outcome::Error(bad),
            Ok(wish) => said(variant, &before, wish, &product),
        }
    }

    /// What the row wants of its variant.
    fn read(
        &self,
        row: usize,
        kept: Option<&KeptVariant>,
        before: &VariantWish,
        product: &Wish,
    ) -> Result<VariantWish, Vec<BadCell>> {
        let menu = self.lookup.menu;
        let (mut wish, mut bad) = (before.clone(), Vec::new());
        for column in self.sheet.columns() {
            let cell = self.sheet.cell(row, column);
            let leaves = match kept {
                Some(kept) => {
                    let written = || variant_text(menu, kept, column);
                    says(menu, cell, column, written, kept.price)
                }
                None => *cell == Cell::Empty,
            };
            if leaves {
                continue;
            }
            let taken = match column {
                Column::Code if says_none(&cell.shown()) => {
                    wish.code.clear();
                    Ok(())
                }
                Column::Code => cells::code(cell).map(|code| wish.code = code),
                Column::Price if says_none(&cell.shown()) => {
                    wish.price = None;
                    Ok(())
                }
                Column::Price => self.lookup.price(cell).map(|price| wish.price = Some(price)),
                Column::Active => cells::yes(cell).map(|yes| wish.active = yes),
                Column::Barcodes => cells::barcodes(cell).map(|barcodes| wish.barcodes = barcodes),
                column if column.is_the_product_s() => self.agrees(column, cell, product),
                _ => Ok(()),
            };
            if let Err(problem) = taken {
                bad.push(BadCell { column, cell: cell.shown(), problem });
            }
        }
        if bad.is_empty() { Ok(wish) } else { Err(bad) }
    }

    /// A variant repeats what its product has, or says nothing of it.
    fn agrees(&self, column: Column, cell: &Cell, product: &Wish) -> Result<(), CellProblem> {
        let mut said = product.clone();
        take(self.lookup, column, cell, &mut said)?;
        if said == *product { Ok(()) } else { Err(CellProblem::OfTheProduct) }
    }
}

fn said(variant: Option<usize>, before: &VariantWish, wish: VariantWish, product: &Wish) -> Outcome {
    let own = [Column::Code, Column::Price, Column::Active, Column::Barcodes];
    let value = |wish: &VariantWish, column| match column {
        Column::Price => wish.price.map_or(Value::OfTheProduct(product.price), Value::Amount),
        Column::Active => Value::Yes(wish.active),
        Column::Barcodes => Value::Names(wish.barcodes.clone()),
        _ => Value::Text(wish.code.clone()),
    };
    let Some(variant) = variant else {
        let says = own.into_iter().map(|column| (column, value(&wish, column)));
        let says = says.filter(|(_, value)| !value.is_empty());
        let says = says.map(|(column, after)| Change { column, before: None, after }).collect();
        return Outcome::NewVariant { wish, says };
    };
    if *before == wish {
        return Outcome::Same;
    }
    let change = |column| Change { column, before: Some(value(before, column)), after: value(&wish, column) };
    let changes = own.into_iter().map(change);
    let changes = changes.filter(|change| change.before.as_ref() != Some(&change.after)).collect();
    Outcome::ChangedVariant { variant, wish, changes }
}

/// Products that rows of variants may name: those of the menu, and those of the file's other rows.
struct Owners<'a> {
    products: &'a [ProductRow],
    by_name: HashMap<String, Vec<Candidate>>,
    /// Products by their variants' codes.
    by_code: HashMap<&'a str, Vec<Owner>>,
    /// The row of each that has one, by its place among `products`.
    rows: HashMap<Owner, usize>,
}

#[derive(Debug)]
struct Candidate {
    owner: Owner,
    category: String,
    /// Where in the table it is called so.
    row: Option<usize>,
}

impl<'a> Owners<'a> {
    fn new(menu: &'a Menu, products: &'a [ProductRow]) -> Self {
        let (mut by_name, mut rows): (HashMap<_, Vec<Candidate>>, _) = <(_, HashMap<_, _>)>::default();
        let mut by_code: HashMap<&str, Vec<Owner>> = HashMap::new();
        for (at, kept) in menu.products.iter().enumerate() {
            let category = same_words(menu.category_name(kept.category));
            let candidate = Candidate { owner: Owner::Kept(at), category, row: None };
            by_name.entry(same_words(&kept.name)).or_default().push(candidate);
        }
        for (place, product) in products.iter().enumerate() {
            let owner = product.product.map_or(Owner::Row(product.row), Owner::Kept);
            let category = same_words(&product.plan.category);
            let candidate = Candidate { owner, category, row: Some(product.row) };
            by_name.entry(same_words(&product.plan.name)).or_default().push(candidate);
            rows.insert(owner, place);
        }
        for variant in menu.variants.iter().filter(|variant| !variant.code.is_empty()) {
            let owners = by_code.entry(variant.code.as_str()).or_default();
            if !owners.contains(&Owner::Kept(variant.product)) {
                owners.push(Owner::Kept(variant.product));
            }
        }
        Self { products, by_name, by_code, rows }
    }

    /// Whose variant a row is about: of several products of one name, the one whose own row is the nearest above.
    fn of(&self, sheet: &Sheet<'_>, row: usize) -> Result<Owner, BadCell> {
        let cell = |column| sheet.cell(row, column).shown();
        let (name, code) = (cell(Column::Name), cell(Column::Code));
        if name.is_empty() {
            let found = self.by_code.get(code.as_str()).map_or(&[][..], Vec::as_slice);
            return match found {
                [one] => Ok(*one),
                _ => Err(BadCell { column: Column::Name, cell: name, problem: CellProblem::Missing }),
            };
        }
        let category = same_words(&cell(Column::Category));
        let named = self.by_name.get(&same_words(&name)).map_or(&[][..], Vec::as_slice);
        let within = |one: &&Candidate| category.is_empty() || one.category == category;
        let mut owners: Vec<Owner> = named.iter().filter(within).map(|one| one.owner).collect();
        owners.sort_unstable();
        owners.dedup();
        let above = || {
            let above = named.iter().filter(within).filter(|one| one.row.is_some_and(|at| at < row));
            above.max_by_key(|one| one.row).map(|one| one.owner)
        };
        let problem = match owners.as_slice() {
            [one] => return Ok(*one),
            [] => CellProblem::NoProduct { name: name.clone() },
            several => match above() {
                Some(one) => return Ok(one),
                None => CellProblem::SeveralProducts { count: several.len() },
            },
        };
        Err(BadCell { column: Column::Name, cell: name, problem })
    }

    /// The name and the category of a product, as they will be.
    fn called(&self, menu: &Menu, owner: Owner) -> (String, String) {
        match (self.rows.get(&owner), owner) {
            (Some(at), _) => {
                let plan = &self.products[*at].plan;
                (plan.name.clone(), plan.category.clone())
            }
            (None, Owner::Kept(at)) => {
                let kept = &menu.products[at];
                (kept.name.clone(), menu.category_name(kept.category).to_owned())
            }
            (None, Owner::Row(_)) => (String::new(), String::new()),
        }
    }

    /// The product as it will be; none when it is new and its row has errors.
    fn wish(&self, menu: &Menu, owner: Owner) -> Option<Wish> {
        let plan = self.rows.get(&owner).map(|at| &self.products[*at].plan.outcome);
        match (plan, owner) {
            (Some(Outcome::New { wish, .. } | Outcome::Changed { wish, .. }), _) => Some(wish.clone()),
            (_, Owner::Kept(at)) => Some(Wish::of(&menu.products[at])),
            (_, Owner::Row(_)) => None,
        }
    }

    fn row(&self, owner: Owner) -> Option<usize> {
        self.rows.get(&owner).map(|at| self.products[*at].row)
    }
}
