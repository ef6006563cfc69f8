//! Products out into a spreadsheet, and in from one: shown first, and written as they were shown or not at all.

mod write;

use crate::products_file::{
    self, BadCell, Column, FileProblem, Kept, KeptVariant, Menu, Outcome, Owner, Plan, RowPlan, VariantWish,
};
use crate::refusal::Refusal;
use crate::sheet::{self, BadFile, Format, MOST_BYTES};
use crate::wire::{
    ExportProducts, FileFormat, ImportChange, ImportColumn, ImportError, ImportKind, ImportPreview,
    ImportRow, PreviewImport, ProductsFile, hex,
};
use crate::{App, Who, words};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fastops_domain::menu::ProductKind;
use fastops_domain::time::LocalTime;
use fastops_domain::user::Language;
use fastops_domain::written::Writing;
use fastops_store::change::{self, Topic, Versions};
use fastops_store::menu::edit;
use fastops_store::variant::{self, Variant};
use fastops_store::{StoreError, station};
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::sync::Arc;
pub(crate) use write::import_products;

/// Bytes of a row's mark: enough that no two things that a row could say have the same by chance.
const MARK: usize = 8;

pub(crate) async fn export_products(
    app: &App,
    _: &Who,
    request: ExportProducts,
) -> Result<ProductsFile, Refusal> {
    let (menu, _) = menu(app).await?;
    let now = app.env.now();
    let branch = app.catalogue.facts().await?.branch.clone();
    let date = LocalTime::at(now, branch.utc_offset_minutes).iso_date();
    let (format, ending) = match request.format {
        FileFormat::Csv => (Format::Csv, "csv"),
        FileFormat::Xlsx => (Format::Xlsx, "xlsx"),
    };
    let name = match menu.writing.language {
        Language::Es => format!("productos-{date}.{ending}"),
        Language::En => format!("products-{date}.{ending}"),
    };
    let products = count(menu.products.len());
    let written = apart(move || sheet::write(format, &products_file::draft(&menu, now.0 / 1_000))).await?;
    let bytes = written.ok_or(Refusal::from(FileProblem::NotWritten))?;
    Ok(ProductsFile { name, bytes: STANDARD.encode(bytes), products })
}

pub(crate) async fn preview_import(
    app: &App,
    who: &Who,
    request: PreviewImport,
) -> Result<ImportPreview, Refusal> {
    let (menu, _) = menu(app).await?;
    let language = who.language;
    apart(move || {
        let plan = plan(&menu, &request.bytes)?;
        let rows = plan.rows.iter().map(|row| view(&menu, row, language)).collect();
        let Plan { new_categories, new_sizes, new_colors, unknown_columns, .. } = plan;
        Ok(ImportPreview { rows, new_categories, new_sizes, new_colors, unknown_columns })
    })
    .await?
}

/// Does what takes a while without a database away from what serves.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Refusal> {
    let lost = |error: tokio::task::JoinError| Refusal::Unreadable(serde::ser::Error::custom(error));
    tokio::task::spawn_blocking(work).await.map_err(lost)
}

/// What a file would make of a menu.
fn plan(menu: &Menu, file: &str) -> Result<Plan, Refusal> {
    // Four signs stand for three bytes; what is longer need not be looked at.
    if file.len() / 4 * 3 > MOST_BYTES + 3 {
        let most = MOST_BYTES / (1024 * 1024);
        return Err(Refusal::from(FileProblem::Bad(BadFile::TooBig { most })));
    }
    let bytes = STANDARD.decode(file).map_err(|_| Refusal::BadRequest { detail: "bytes".into() })?;
    let table = sheet::read(&bytes, products_file::is_header);
    let table = table.map_err(|bad| Refusal::from(FileProblem::Bad(bad)))?;
    products_file::plan(menu, &table).map_err(Refusal::from)
}

/// The menu that a table is compared with, and the state of the store in which it was so.
async fn menu(app: &App) -> Result<(Menu, Versions), Refusal> {
    let facts = app.catalogue.facts().await?;
    let (company, branch) = (facts.company.id, facts.branch.id);
    let writing = Writing { currency: facts.company.currency.clone(), language: facts.branch.language };
    let read = app.store.read::<_, StoreError, _>(move |tx| {
        Box::pin(async move {
            let versions = change::versions(tx).await?;
            let kept = edit::kept(tx, branch).await?;
            let stations = station::stations(tx, branch).await?;
            let routes = station::product_routes(tx, branch).await?;
            let words = (variant::sizes(tx, company).await?, variant::colors(tx, company).await?);
            let variants = variant::edit::all(tx, company).await?;
            let barcodes = variant::barcodes(tx, company).await?;
            Ok((versions, kept, stations, routes, words, variants, barcodes))
        })
    });
    let (versions, (categories, menu), stations, routes, (sizes, colors), variants, barcodes) = read.await?;
    let mut own: HashMap<_, Vec<String>> = HashMap::new();
    for barcode in barcodes {
        own.entry((barcode.product, barcode.variant)).or_default().push(barcode.code);
    }
    let products = menu.products.into_iter().map(Arc::unwrap_or_clone).map(|product| Kept {
        id: product.id,
        category: product.category,
        name: product.name,
        code: product.short_code,
        price: product.price,
        taxes: product.taxes.to_vec(),
        groups: menu.product_groups.get(&product.id).map_or_else(Vec::new, |groups| groups.to_vec()),
        minutes: u32::try_from(product.preparation_minutes).unwrap_or(0),
        active: product.active,
        station: routes.get(&product.id).copied(),
        barcodes: own.remove(&(product.id, None)).unwrap_or_default(),
        position: product.position,
        is_combo: product.kind == ProductKind::Combo,
    });
    let products: Vec<Kept> = products.collect();
    let places: HashMap<_, _> = products.iter().enumerate().map(|(at, product)| (product.id, at)).collect();
    let variants = variants.into_iter().filter_map(|variant| {
        let product = *places.get(&variant.product)?;
        let barcodes = own.remove(&(variant.product, Some(variant.id))).unwrap_or_default();
        let code = variant.short_code.unwrap_or_default();
        let Variant { id, size, color, price, active, .. } = variant;
        Some(KeptVariant { id, product, size, color, price, code, active, barcodes })
    });
    let variants: Vec<KeptVariant> = variants.collect();
    // What is left are barcodes of ingredients, which stand on no menu.
    let other_barcodes = own.into_values().flatten().map(|code| (code, String::new()));
    let mut taxes: Vec<_> = menu.taxes.into_iter().map(|(id, tax)| (id, tax.name)).collect();
    taxes.sort_by(|one, other| (&one.1, one.0.0).cmp(&(&other.1, other.0.0)));
    let menu = Menu {
        writing,
        categories: categories
            .into_iter()
            .map(|kept| (kept.category.id, kept.category.name, kept.category.color))
            .collect(),
        products,
        variants,
        sizes: sizes.into_iter().map(|size| (size.id, size.name)).collect(),
        colors: colors.into_iter().map(|color| (color.id, color.name)).collect(),
        taxes,
        groups: menu.groups.into_iter().map(|group| (group.id, group.name)).collect(),
        stations: stations.into_iter().map(|station| (station.id, station.name)).collect(),
        other_barcodes: other_barcodes.collect(),
    };
    Ok((menu, versions))
}

/// Whether the menu is what it was in another state of the store.
fn is_same_menu(one: &Versions, other: &Versions) -> bool {
    [Topic::Menu, Topic::Stations].into_iter().all(|topic| one.of(topic) == other.of(topic))
}

fn view(menu: &Menu, row: &RowPlan, language: Language) -> ImportRow {
    let (kind, changes, errors) = match &row.outcome {
        Outcome::New { says, .. } | Outcome::NewVariant { says, .. } => {
            (ImportKind::New, says.as_slice(), &[][..])
        }
        Outcome::Changed { changes, .. } | Outcome::ChangedVariant { changes, .. } => {
            (ImportKind::Changed, changes.as_slice(), &[][..])
        }
        Outcome::Same => (ImportKind::Same, &[][..], &[][..]),
        Outcome::Error(errors) => (ImportKind::Error, &[][..], errors.as_slice()),
    };
    let change = |change: &products_file::Change| ImportChange {
        column: column(change.column),
        before: change.before.as_ref().map(|before| before.shown(&menu.writing.currency, language)),
        after: change.after.shown(&menu.writing.currency, language),
        sharp: change.is_sharp(),
    };
    let error = |bad: &BadCell| ImportError {
        column: column(bad.column),
        cell: bad.cell.clone(),
        message: words::cell_problem(bad, &menu.writing, language),
    };
    ImportRow {
        row: row.number,
        kind,
        code: row.code.clone(),
        name: row.name.clone(),
        category: row.category.clone(),
        changes: changes.iter().map(change).collect(),
        errors: errors.iter().map(error).collect(),
        seen: mark(menu, row),
    }
}

/// A mark of all that a preview says of a row, the same in every language.
fn mark(menu: &Menu, row: &RowPlan) -> String {
    let subject = match &row.outcome {
        Outcome::Changed { product, .. } => menu.products.get(*product).map(|product| product.id.0),
        Outcome::ChangedVariant { variant, .. } => menu.variants.get(*variant).map(|variant| variant.id.0),
        Outcome::NewVariant { wish: VariantWish { owner: Owner::Kept(product), .. }, .. } => {
            menu.products.get(*product).map(|product| product.id.0)
        }
        _ => None,
    };
    let said = match &row.outcome {
        Outcome::New { wish, says } => format!("{wish:?} {says:?}"),
        Outcome::Changed { wish, changes, .. } => format!("{wish:?} {changes:?}"),
        Outcome::NewVariant { wish, says: changes } | Outcome::ChangedVariant { wish, changes, .. } => {
            // Whose it is, is said by the subject and the name: its place in the menu means nothing.
            let VariantWish { owner: _, size, color, price, code, active, barcodes } = wish;
            format!("{size:?} {color:?} {price:?} {code:?} {active} {barcodes:?} {changes:?}")
        }
        Outcome::Same => String::new(),
        Outcome::Error(errors) => format!("{errors:?}"),
    };
    let RowPlan { number, code, name, category, .. } = row;
    let all = format!("{number} {code:?} {name:?} {category:?} {subject:?} {said}");
    hex(&Sha256::digest(all)[..MARK])
}

const fn column(column: Column) -> ImportColumn {
    match column {
        Column::Code => ImportColumn::Code,
        Column::Name => ImportColumn::Name,
        Column::Category => ImportColumn::Category,
        Column::Price => ImportColumn::Price,
        Column::Size => ImportColumn::Size,
        Column::Color => ImportColumn::Color,
        Column::Taxes => ImportColumn::Taxes,
        Column::Station => ImportColumn::Station,
        Column::Minutes => ImportColumn::Minutes,
        Column::Active => ImportColumn::Active,
        Column::Questions => ImportColumn::Questions,
        Column::Barcodes => ImportColumn::Barcodes,
    }
}

fn count(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}
