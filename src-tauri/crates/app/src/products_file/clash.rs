//! Codes and barcodes that two products would have once a table is taken.

use super::cells::same_words;
use super::column::Column;
use super::menu::Menu;
use super::plan::{Outcome, RowPlan};
use super::problem::{BadCell, CellProblem};
use super::wish::Wish;
use std::collections::HashMap;

/// Who has a code: a product of the menu that no row changes, or a row.
#[derive(Clone, Copy, Debug)]
enum Owner {
    Kept(usize),
    Row(usize),
}

/// Turns rows whose product would get what another has into errors. A row that is not taken leaves its product as it
/// is, which may clash with a row before it: so it is looked again until there is nothing more.
pub(super) fn find(menu: &Menu, rows: &mut [RowPlan]) {
    loop {
        let clashes = clashes(menu, rows);
        if clashes.is_empty() {
            return;
        }
        for (row, bad) in clashes {
            match &mut rows[row].outcome {
                Outcome::Error(all) => all.push(bad),
                outcome => *outcome = Outcome::Error(vec![bad]),
            }
        }
    }
}

fn clashes(menu: &Menu, rows: &[RowPlan]) -> Vec<(usize, BadCell)> {
    let mut touched = vec![false; menu.products.len()];
    for row in rows {
        if let Outcome::Changed { product, .. } = &row.outcome {
            touched[*product] = true;
        }
    }
    let mut owners = Owners { menu, rows, codes: HashMap::new(), barcodes: HashMap::new() };
    for (at, product) in menu.products.iter().enumerate().filter(|(at, _)| !touched[*at]) {
        if product.active && !product.code.is_empty() {
            owners.codes.insert(product.code.as_str(), Owner::Kept(at));
        }
        for code in &product.barcodes {
            owners.barcodes.insert(code, Owner::Kept(at));
        }
    }
    let wishes: Vec<(usize, &Wish, Option<Wish>)> = (0..)
        .zip(rows)
        .filter_map(|(at, row)| match &row.outcome {
            Outcome::New { wish, .. } => Some((at, wish, None)),
            Outcome::Changed { product, wish, .. } => {
                Some((at, wish, Some(Wish::of(&menu.products[*product]))))
            }
            Outcome::Same | Outcome::Error(_) => None,
        })
        .collect();
    // Who had a code keeps it, wherever their row stands.
    for (at, wish, before) in &wishes {
        owners.keep(*at, wish, before.as_ref());
    }
    let mut clashes = twins(rows);
    for (at, wish, before) in &wishes {
        clashes.extend(owners.claim(*at, wish, before.as_ref()).map(|bad| (*at, bad)));
    }
    clashes
}

/// New products of one name in one category, of which no codes tell which is which.
fn twins(rows: &[RowPlan]) -> Vec<(usize, BadCell)> {
    let mut seen: HashMap<(String, String), (u32, &str)> = HashMap::new();
    let mut twins = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let Outcome::New { wish, .. } = &row.outcome else { continue };
        let key = (same_words(&row.category), same_words(&row.name));
        match seen.get(&key) {
            Some((first, code)) if wish.code.is_empty() || wish.code == *code => {
                let problem = CellProblem::Repeats { row: *first };
                twins.push((at, BadCell { column: Column::Name, cell: row.name.clone(), problem }));
            }
            _ => {
                seen.insert(key, (row.number, &wish.code));
            }
        }
    }
    twins
}

struct Owners<'a> {
    menu: &'a Menu,
    rows: &'a [RowPlan],
    codes: HashMap<&'a str, Owner>,
    barcodes: HashMap<&'a str, Owner>,
}

impl<'a> Owners<'a> {
    /// Leaves a row's product what it has already.
    fn keep(&mut self, at: usize, wish: &'a Wish, before: Option<&Wish>) {
        if has_code(wish, before) {
            self.codes.insert(&wish.code, Owner::Row(at));
        }
        for code in wish.barcodes.iter().filter(|code| has_barcode(code, before)) {
            self.barcodes.insert(code, Owner::Row(at));
        }
    }

    /// Gives a row's product what it wants besides, if nobody has it.
    fn claim(&mut self, at: usize, wish: &'a Wish, before: Option<&Wish>) -> Option<BadCell> {
        if wish.active && !wish.code.is_empty() && !has_code(wish, before) {
            if let Some(owner) = self.codes.get(wish.code.as_str()) {
                let problem = CellProblem::CodeTaken { product: self.name(*owner) };
                return Some(BadCell { column: Column::Code, cell: wish.code.clone(), problem });
            }
            self.codes.insert(&wish.code, Owner::Row(at));
        }
        for code in wish.barcodes.iter().filter(|code| !has_barcode(code, before)) {
            let owner = self.barcodes.get(code.as_str()).map(|owner| self.name(*owner));
            if let Some(product) = owner.or_else(|| self.menu.other_barcodes.get(code).cloned()) {
                let problem = CellProblem::BarcodeTaken { product };
                return Some(BadCell { column: Column::Barcodes, cell: code.clone(), problem });
            }
            self.barcodes.insert(code, Owner::Row(at));
        }
        None
    }

    fn name(&self, owner: Owner) -> String {
        match owner {
            Owner::Kept(at) => self.menu.products[at].name.clone(),
            Owner::Row(at) => self.rows[at].name.clone(),
        }
    }
}

fn has_code(wish: &Wish, before: Option<&Wish>) -> bool {
    wish.active
        && before.is_some_and(|before| before.active && before.code == wish.code && !wish.code.is_empty())
}

fn has_barcode(code: &String, before: Option<&Wish>) -> bool {
    before.is_some_and(|before| before.barcodes.contains(code))
}
