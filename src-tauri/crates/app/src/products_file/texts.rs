//! A product as the cells of a row, and each of its variants as those of another.

use super::{Column, Kept, KeptVariant, Menu};
use crate::sheet::{Draft, Field};
use fastops_domain::money::Money;
use fastops_domain::user::Language;
use std::collections::HashMap;

/// What stands between the names of a list.
pub(super) const BETWEEN: char = '|';
/// What stands before such a sign that belongs to a name.
pub(super) const ESCAPE: char = '\\';

/// The table of every product of a menu in its order, each with its variants below it.
pub(crate) fn draft(menu: &Menu, at: i64) -> Draft {
    let language = menu.writing.language;
    let sheet = match language {
        Language::Es => "Productos",
        Language::En => "Products",
    };
    let mut variants: HashMap<usize, Vec<&KeptVariant>> = HashMap::new();
    for variant in &menu.variants {
        variants.entry(variant.product).or_default().push(variant);
    }
    let rows = menu.products.iter().enumerate().flat_map(|(at, product)| {
        let own = Column::ALL.iter().map(|column| {
            let minutes = (*column == Column::Minutes).then_some(product.minutes);
            field(menu, *column, text_of(menu, product, *column), Some(product.price), minutes)
        });
        let of = |variant: &&KeptVariant| {
            let cell = |column: &Column| {
                field(menu, *column, variant_text(menu, variant, *column), variant.price, None)
            };
            Column::ALL.iter().map(cell).collect()
        };
        let theirs = variants.get(&at).into_iter().flatten().map(of);
        std::iter::once(own.collect()).chain(theirs).collect::<Vec<_>>()
    });
    Draft {
        name: sheet.into(),
        headers: Column::ALL.iter().map(|column| (column.header(language).into(), column.width())).collect(),
        rows: rows.collect(),
        decimal_sign: menu.writing.decimal_sign(),
        at,
    }
}

fn field(menu: &Menu, column: Column, written: String, price: Option<Money>, minutes: Option<u32>) -> Field {
    match (column, price, minutes) {
        (Column::Price, Some(price), _) => {
            let exact = menu.writing.currency.decimal(price);
            Field::Number {
                number: exact.parse().unwrap_or_default(),
                written,
                decimals: usize::from(menu.writing.shown_digits()),
            }
        }
        (Column::Minutes, _, Some(minutes)) => {
            Field::Number { number: f64::from(minutes), written, decimals: 0 }
        }
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
        Column::Size | Column::Color => String::new(),
        Column::Taxes => listed(&menu.tax_names(&product.taxes)),
        Column::Station => menu.station_name(product.station).to_owned(),
        Column::Minutes => product.minutes.to_string(),
        Column::Active => yes(product.active, menu.writing.language).to_owned(),
        Column::Questions => listed(&menu.group_names(&product.groups)),
        Column::Barcodes => listed(&product.barcodes),
    }
}

/// What a cell of a variant says: it repeats the name and the category of its product, and leaves to it what both have.
pub(super) fn variant_text(menu: &Menu, variant: &KeptVariant, column: Column) -> String {
    let product = &menu.products[variant.product];
    match column {
        Column::Code => variant.code.clone(),
        Column::Name | Column::Category => text_of(menu, product, column),
        Column::Price => variant.price.map(|price| menu.writing.plain(price)).unwrap_or_default(),
        Column::Size => menu.size_name(variant.size).to_owned(),
        Column::Color => menu.color_name(variant.color).to_owned(),
        Column::Active => yes(variant.active, menu.writing.language).to_owned(),
        Column::Barcodes => listed(&variant.barcodes),
        Column::Taxes | Column::Station | Column::Minutes | Column::Questions => String::new(),
    }
}

pub(crate) const fn yes(is: bool, language: Language) -> &'static str {
    match (is, language) {
        (true, Language::Es) => "Sí",
        (true, Language::En) => "Yes",
        (false, _) => "No",
    }
}

pub(crate) fn of_the_product(amount: &str, language: Language) -> String {
    match language {
        Language::Es => format!("{amount} (el del producto)"),
        Language::En => format!("{amount} (the product's)"),
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
