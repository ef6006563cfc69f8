//! Codes and barcodes that two things would have once a table is taken, be they products or variants.

use super::cells::same_words;
use super::column::Column;
use super::menu::Menu;
use super::plan::{Outcome, RowPlan};
use super::problem::{BadCell, CellProblem};
use super::wish::{Owner, VariantWish, Wish};
use std::collections::HashMap;

/// Who has a code: a product or a variant of the menu that no row changes, or a row.
#[derive(Clone, Copy, Debug)]
enum Holder {
    Product(usize),
    Variant(usize),
    Row(usize),
}

/// By what a thing is found.
#[derive(Clone, Debug, Default)]
struct Marks<'a> {
    /// What a waiter types; none of what is not sold.
    codes: Vec<&'a str>,
    /// What a scanner reads.
    barcodes: Vec<&'a str>,
}

/// Turns rows whose product or variant would get what another has into errors. A row that is not taken leaves what it
/// is about as it is, which may clash with a row before it: so it is looked again until there is nothing more.
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
    let told = Told::new(menu, rows);
    let mut taken = Taken { menu, rows, codes: HashMap::new(), barcodes: HashMap::new() };
    for (at, product) in menu.products.iter().enumerate().filter(|(at, _)| !told.products.contains_key(at)) {
        taken.hold(Holder::Product(at), &of_product(product.active, &product.code, &product.barcodes));
    }
    for (at, variant) in menu.variants.iter().enumerate() {
        if !told.variants.contains_key(&at) && !told.products.contains_key(&variant.product) {
            taken.hold(Holder::Variant(at), &told.kept_variant(at, true));
        }
    }
    let rows_marks = rows.iter().enumerate().filter_map(|(at, row)| Some((at, told.marks(&row.outcome)?)));
    let claims: Vec<(usize, (Marks<'_>, Marks<'_>))> = rows_marks.collect();
    // Who had a code keeps it, wherever their row stands.
    for (at, (before, after)) in &claims {
        taken.hold(Holder::Row(*at), &before.kept_in(after));
    }
    let mut clashes = twins(rows);
    clashes.extend(told.orphans());
    for (at, (before, after)) in &claims {
        clashes.extend(taken.claim(*at, before, after).map(|bad| (*at, bad)));
    }
    clashes
}

fn of_product<'a>(active: bool, code: &'a str, barcodes: &'a [String]) -> Marks<'a> {
    Marks {
        codes: Some(code).filter(|code| active && !code.is_empty()).into_iter().collect(),
        barcodes: barcodes.iter().map(String::as_str).collect(),
    }
}

impl<'a> Marks<'a> {
    /// What is here and was before.
    fn kept_in(&self, after: &Marks<'a>) -> Self {
        let kept = |all: &[&'a str], before: &[&'a str]| {
            all.iter().copied().filter(|code| before.contains(code)).collect()
        };
        Self { codes: kept(&after.codes, &self.codes), barcodes: kept(&after.barcodes, &self.barcodes) }
    }

    fn join(&mut self, other: Marks<'a>) {
        self.codes.extend(other.codes);
        self.barcodes.extend(other.barcodes);
    }
}

/// What the rows say, by what they are about.
struct Told<'a> {
    menu: &'a Menu,
    rows: &'a [RowPlan],
    /// Products that are changed, and how.
    products: HashMap<usize, &'a Wish>,
    variants: HashMap<usize, &'a VariantWish>,
    /// Of each product that is changed the variants of which no row speaks: they stand and fall with it.
    followers: HashMap<usize, Vec<usize>>,
}

impl<'a> Told<'a> {
    fn new(menu: &'a Menu, rows: &'a [RowPlan]) -> Self {
        let (mut products, mut variants) = <(HashMap<_, _>, HashMap<_, _>)>::default();
        for row in rows {
            match &row.outcome {
                Outcome::Changed { product, wish, .. } => drop(products.insert(*product, wish)),
                Outcome::ChangedVariant { variant, wish, .. } => drop(variants.insert(*variant, wish)),
                _ => {}
            }
        }
        let mut followers: HashMap<usize, Vec<usize>> = HashMap::new();
        for (at, variant) in menu.variants.iter().enumerate() {
            if products.contains_key(&variant.product) && !variants.contains_key(&at) {
                followers.entry(variant.product).or_default().push(at);
            }
        }
        Self { menu, rows, products, variants, followers }
    }

    /// What a row's product or variant is found by before and after; none of a row that changes nothing.
    fn marks(&self, outcome: &'a Outcome) -> Option<(Marks<'a>, Marks<'a>)> {
        let of_wish = |wish: &'a Wish| of_product(wish.active, &wish.code, &wish.barcodes);
        match outcome {
            Outcome::New { wish, .. } => Some((Marks::default(), of_wish(wish))),
            Outcome::Changed { product, wish, .. } => {
                let kept = &self.menu.products[*product];
                let mut before = of_product(kept.active, &kept.code, &kept.barcodes);
                let mut after = of_wish(wish);
                for variant in self.followers.get(product).into_iter().flatten() {
                    before.join(self.kept_variant(*variant, false));
                    after.join(self.kept_variant(*variant, true));
                }
                Some((before, after))
            }
            Outcome::NewVariant { wish, .. } => Some((Marks::default(), self.wished(wish))),
            Outcome::ChangedVariant { variant, wish, .. } => {
                Some((self.kept_variant(*variant, false), self.wished(wish)))
            }
            Outcome::Same | Outcome::Error(_) => None,
        }
    }

    /// A variant as it is, of its product as it is or as it will be.
    fn kept_variant(&self, at: usize, after: bool) -> Marks<'a> {
        let variant = &self.menu.variants[at];
        let wish = self.products.get(&variant.product).filter(|_| after);
        let sold = wish.map_or(self.menu.products[variant.product].active, |wish| wish.active);
        of_product(variant.active && sold, &variant.code, &variant.barcodes)
    }

    fn wished(&self, wish: &'a VariantWish) -> Marks<'a> {
        let sold = match wish.owner {
            Owner::Kept(at) => {
                self.products.get(&at).map_or(self.menu.products[at].active, |wish| wish.active)
            }
            Owner::Row(at) => matches!(&self.rows[at].outcome, Outcome::New { wish, .. } if wish.active),
        };
        of_product(wish.active && sold, &wish.code, &wish.barcodes)
    }

    /// New variants of products that are not made, since their rows have errors.
    fn orphans(&self) -> Vec<(usize, BadCell)> {
        let of = |(at, row): (usize, &RowPlan)| {
            let Outcome::NewVariant { wish: VariantWish { owner: Owner::Row(of), .. }, .. } = &row.outcome
            else {
                return None;
            };
            let product = &self.rows[*of];
            let problem = CellProblem::ProductFails { row: product.number };
            matches!(product.outcome, Outcome::Error(_))
                .then(|| (at, BadCell { column: Column::Name, cell: product.name.clone(), problem }))
        };
        self.rows.iter().enumerate().filter_map(of).collect()
    }
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

struct Taken<'a> {
    menu: &'a Menu,
    rows: &'a [RowPlan],
    codes: HashMap<&'a str, Holder>,
    barcodes: HashMap<&'a str, Holder>,
}

impl<'a> Taken<'a> {
    /// Leaves somebody what they have already.
    fn hold(&mut self, who: Holder, marks: &Marks<'a>) {
        self.codes.extend(marks.codes.iter().map(|code| (*code, who)));
        self.barcodes.extend(marks.barcodes.iter().map(|code| (*code, who)));
    }

    /// Gives a row what it wants besides, if nobody has it.
    fn claim(&mut self, at: usize, before: &Marks<'a>, after: &Marks<'a>) -> Option<BadCell> {
        for code in after.codes.iter().filter(|code| !before.codes.contains(code)) {
            if let Some(who) = self.codes.get(code) {
                let problem = CellProblem::CodeTaken { product: self.name(*who) };
                return Some(BadCell { column: Column::Code, cell: (*code).to_owned(), problem });
            }
            self.codes.insert(code, Holder::Row(at));
        }
        for code in after.barcodes.iter().filter(|code| !before.barcodes.contains(code)) {
            let who = self.barcodes.get(code).map(|who| self.name(*who));
            if let Some(product) = who.or_else(|| self.menu.other_barcodes.get(*code).cloned()) {
                let problem = CellProblem::BarcodeTaken { product };
                return Some(BadCell { column: Column::Barcodes, cell: (*code).to_owned(), problem });
            }
            self.barcodes.insert(code, Holder::Row(at));
        }
        None
    }

    fn name(&self, who: Holder) -> String {
        match who {
            Holder::Product(at) => self.menu.products[at].name.clone(),
            Holder::Variant(at) => {
                let variant = &self.menu.variants[at];
                let words = VariantWish::of(variant).name(self.menu);
                format!("{} · {words}", self.menu.products[variant.product].name)
            }
            Holder::Row(at) => self.rows[at].name.clone(),
        }
    }
}
