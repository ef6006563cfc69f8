//! A product as the cells of a row.

use super::{Column, Kept, Menu};
use crate::sheet::{Draft, Field};
use fastops_domain::user::Language;

/// What stands between the names of a list.
pub(super) const BETWEEN: char = '|';
/// What stands before such a sign that belongs to a name.
pub(super) const ESCAPE: char = '\\';

/// The table of every product of a menu, in its order.
pub(crate) fn draft(menu: &Menu, at: i64) -> Draft {
    let language = menu.writing.language;
    let sheet = match language {
        Language::Es => "Productos",
        Language::En => "Products",
    };
    let row = |product| Column::ALL.iter().map(|column| field(menu, product, *column)).collect();
    Draft {
        name: sheet.into(),
        headers: Column::ALL.iter().map(|column| (column.header(language).into(), column.width())).collect(),
        rows: menu.products.iter().map(row).collect(),
        decimal_sign: menu.writing.decimal_sign(),
        at,
    }
}

fn field(menu: &Menu, product: &Kept, column: Column) -> Field {
    let written = text_of(menu, product, column);
    match column {
        Column::Price => {
            let exact = menu.writing.currency.decimal(product.price);
            Field::Number {
                number: exact.parse().unwrap_or_default(),
                written,
                decimals: usize::from(menu.writing.shown_digits()),
            }
        }
        Column::Minutes => Field::Number { number: f64::from(product.minutes), written, decimals: 0 },
        _ => Field::Text(written),
    }
}

/// What a cell of a product says.
pub(super) fn text_of(menu: &Menu, product: &Kept, column: Column) -> String {
    match column {
        Column::Code => product.code.clone(),
        Column::Name => product.name.clone(),
        Column::Category => menu.category_name(product.category).to_owned(),
        Column::Price => menu.writing.plain(product.price),
        Column::Taxes => listed(&menu.tax_names(&product.taxes)),
        Column::Station => menu.station_name(product.station).to_owned(),
        Column::Minutes => product.minutes.to_string(),
        Column::Active => yes(product.active, menu.writing.language).to_owned(),
        Column::Questions => listed(&menu.group_names(&product.groups)),
        Column::Barcodes => listed(&product.barcodes),
    }
}

pub(crate) const fn yes(is: bool, language: Language) -> &'static str {
    match (is, language) {
        (true, Language::Es) => "Sí",
        (true, Language::En) => "Yes",
        (false, _) => "No",
    }
}

/// Names in one cell.
pub(crate) fn listed(names: &[String]) -> String {
    let escaped = names.iter().map(|name| {
        let mut text = String::with_capacity(name.len());
        for sign in name.chars() {
            if sign == BETWEEN || sign == ESCAPE {
                text.push(ESCAPE);
            }
            text.push(sign);
        }
        text
    });
    escaped.collect::<Vec<_>>().join(" | ")
}

/// The names in a cell; empty ones are none.
pub(super) fn unlisted(text: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    let mut signs = text.chars();
    while let Some(sign) = signs.next() {
        let taken = match sign {
            BETWEEN => {
                names.push(String::new());
                continue;
            }
            ESCAPE => signs.next().unwrap_or(ESCAPE),
            other => other,
        };
        if let Some(name) = names.last_mut() {
            name.push(taken);
        }
    }
    names.iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}
