//! Which product a row is about: by its code when that is known, else by its name within its category.
//!
//! Where several products could be meant, a row that says exactly what one of them is takes it first. So a table that
//! was written from the menu finds every product again, also where two have the same name and no code.

use super::cells::same_words;
use super::column::Column;
use super::menu::Menu;
use super::plan::Sheet;
use super::problem::{BadCell, CellProblem};
use std::collections::HashMap;

/// For each of these rows of products the place of its product in the menu, or none when it is new.
pub(super) fn pair(menu: &Menu, sheet: &Sheet<'_>, rows: &[usize]) -> Vec<Result<Option<usize>, BadCell>> {
    let index = Index::new(menu);
    let meant: Vec<(Column, Vec<usize>)> = rows.iter().map(|at| index.meant(sheet, *at)).collect();
    let mut taken: Vec<Option<u32>> = vec![None; menu.products.len()];
    let mut pairs: Vec<Option<usize>> = vec![None; rows.len()];
    for ((row, (_, products)), pair) in rows.iter().zip(&meant).zip(&mut pairs) {
        let free =
            |at: &&usize| taken[**at].is_none() && sheet.says_the_same(menu, *row, &menu.products[**at]);
        let at = match products.as_slice() {
            [one] => Some(*one).filter(|at| taken[*at].is_none()),
            several => several.iter().find(free).copied(),
        };
        if let Some(at) = at {
            (taken[at], *pair) = (Some(sheet.number(*row)), Some(at));
        }
    }
    let mut results = Vec::with_capacity(rows.len());
    for ((row, (column, products)), pair) in rows.iter().zip(&meant).zip(pairs) {
        let result = match pair {
            Some(at) => Ok(Some(at)),
            None => choose(menu, products, &taken),
        };
        if let Ok(Some(at)) = result {
            taken[at] = Some(sheet.number(*row));
        }
        let bad = |problem| BadCell { column: *column, cell: sheet.cell(*row, *column).shown(), problem };
        results.push(result.map_err(bad));
    }
    results
}

fn choose(menu: &Menu, products: &[usize], taken: &[Option<u32>]) -> Result<Option<usize>, CellProblem> {
    let free: Vec<usize> = products.iter().copied().filter(|at| taken[*at].is_none()).collect();
    let on_menu: Vec<usize> = free.iter().copied().filter(|at| menu.products[*at].active).collect();
    match (free.as_slice(), on_menu.as_slice()) {
        ([one], _) | (_, [one]) => Ok(Some(*one)),
        ([], _) => match products.iter().find_map(|at| taken[*at]) {
            Some(row) => Err(CellProblem::Repeats { row }),
            None => Ok(None),
        },
        _ => Err(CellProblem::SeveralProducts { count: free.len() }),
    }
}

/// The products by what rows know of them.
struct Index<'a> {
    by_code: HashMap<&'a str, Vec<usize>>,
    by_name: HashMap<String, Vec<usize>>,
    /// The name of each, as names are compared.
    names: Vec<String>,
    /// The category of each, as names are compared.
    categories: Vec<String>,
}

impl<'a> Index<'a> {
    fn new(menu: &'a Menu) -> Self {
        let (mut by_code, mut by_name): (HashMap<_, Vec<_>>, HashMap<_, Vec<_>>) = Default::default();
        for (at, product) in menu.products.iter().enumerate() {
            if !product.code.is_empty() {
                by_code.entry(product.code.as_str()).or_default().push(at);
            }
            by_name.entry(same_words(&product.name)).or_default().push(at);
        }
        let names: HashMap<_, _> =
            menu.categories.iter().map(|(id, name, _)| (*id, same_words(name))).collect();
        let of = |category| names.get(&category).cloned().unwrap_or_default();
        let categories = menu.products.iter().map(|product| of(product.category)).collect();
        let own_names = menu.products.iter().map(|product| same_words(&product.name)).collect();
        Self { by_code, by_name, names: own_names, categories }
    }

    /// The products that a row could be about, and the column that says so.
    fn meant(&self, sheet: &Sheet<'_>, row: usize) -> (Column, Vec<usize>) {
        // A code that cannot be read is told with its cell; here nothing has it.
        let code = sheet.cell(row, Column::Code).shown();
        let name = same_words(&sheet.cell(row, Column::Name).shown());
        if let Some(products) = self.by_code.get(code.as_str()) {
            // What is off the menu may have the code of what is on it.
            let named: Vec<usize> = products.iter().copied().filter(|at| self.names[*at] == name).collect();
            return (Column::Code, if named.is_empty() { products.clone() } else { named });
        }
        let category = same_words(&sheet.cell(row, Column::Category).shown());
        let within = |at: &usize| category.is_empty() || self.categories[*at] == category;
        let products = self.by_name.get(&name).into_iter().flatten().copied().filter(within).collect();
        (Column::Name, products)
    }
}
