//! The sizes and colours that a product comes in, and its barcodes, as whoever keeps the menu says them.

use super::menu_setup::{Act, MAX_PRICE, MenuProblem, are_different, named};
use crate::once;
use crate::refusal::{Field, Refusal};
use crate::wire::{ColorView, GetVariants, SaveVariants, SizeView, VariantSetup, VariantsSetup};
use crate::{App, Command as _, Who};
use fastops_domain::ids::{ColorId, CommandId, CompanyId, ProductId, SizeId, VariantId};
use fastops_domain::menu::{MAX_BARCODE, MAX_SHORT_CODE, MAX_VARIANTS, barcode, short_code};
use fastops_domain::money::{AmountTooLarge, Money};
use fastops_store::Tx;
use fastops_store::variant::edit::{self, VariantsEdit};
use fastops_store::variant::{self, Barcode, ColorRow, SizeRow, Variant};
use serde_json::json;
use std::collections::HashSet;
use uuid::Uuid;

pub(crate) async fn get_variants(app: &App, _: &Who, request: GetVariants) -> Result<VariantsSetup, Refusal> {
    let company = app.catalogue.facts().await?.company.id;
    let product = ProductId(request.product_id);
    app.store.read::<_, Refusal, _>(move |tx| Box::pin(view(tx, company, product))).await
}

async fn view(tx: &mut Tx, company: CompanyId, product: ProductId) -> Result<VariantsSetup, Refusal> {
    let unknown = Refusal::Menu(MenuProblem::UnknownProduct);
    let kept = edit::kept(tx, company, product).await?.ok_or(unknown)?;
    let sizes = variant::sizes(tx, company).await?;
    let colors = variant::colors(tx, company).await?;
    let codes = |of: Option<VariantId>| -> Vec<String> {
        kept.barcodes.iter().filter(|one| one.variant == of).map(|one| one.code.clone()).collect()
    };
    let variant = |one: &Variant| VariantSetup {
        id: one.id.0,
        size_id: one.size.map(|size| size.0),
        color_id: one.color.map(|color| color.0),
        price_minor: one.price.map(|price| price.0),
        short_code: one.short_code.clone().unwrap_or_default(),
        barcodes: codes(Some(one.id)),
        active: one.active,
    };
    Ok(VariantsSetup {
        product_id: product.0,
        sizes: sizes.into_iter().map(|SizeRow { id, name }| SizeView { id: id.0, name }).collect(),
        colors: colors
            .into_iter()
            .map(|ColorRow { id, name, swatch }| ColorView { id: id.0, name, swatch })
            .collect(),
        variants: kept.variants.iter().map(variant).collect(),
        barcodes: codes(None),
    })
}

pub(crate) async fn save_variants(
    app: &App,
    who: &Who,
    request: SaveVariants,
) -> Result<VariantsSetup, Refusal> {
    let company = app.catalogue.facts().await?.company.id;
    let product = ProductId(request.product_id);
    let edit = checked(company, product, &request)?;
    let act = Act {
        command: CommandId(request.command_id),
        name: SaveVariants::NAME,
        subject: ("product", product.0),
        detail: json!({ "variants": request.variants, "barcodes": request.barcodes }),
    };
    act.keep(app, who, move |tx| {
        let edit = edit.clone();
        Box::pin(async move { keep(tx, &edit).await })
    })
    .await?;
    once::done(get_variants(app, who, GetVariants { product_id: product.0 }).await)
}

async fn keep(tx: &mut Tx, edit: &VariantsEdit) -> Result<(), Refusal> {
    let unknown = || Refusal::Menu(MenuProblem::UnknownProduct);
    edit::kept(tx, edit.company, edit.product).await?.ok_or_else(unknown)?;
    let sizes = variant::sizes(tx, edit.company).await?;
    let colors = variant::colors(tx, edit.company).await?;
    let names = sizes.iter().map(|size| &size.name).chain(colors.iter().map(|color| &color.name));
    let known: HashSet<String> = names.map(|name| name.to_lowercase()).collect();
    let new = edit.sizes.iter().map(|size| &size.name).chain(edit.colors.iter().map(|color| &color.name));
    if let Some(name) = new.clone().find(|name| known.contains(&name.to_lowercase())) {
        return Err(Refusal::Menu(MenuProblem::WordTaken { name: name.clone() }));
    }
    let sizes: HashSet<SizeId> = sizes.iter().chain(&edit.sizes).map(|size| size.id).collect();
    let colors: HashSet<ColorId> = colors.iter().chain(&edit.colors).map(|color| color.id).collect();
    let stranger = |one: &Variant| {
        one.size.is_some_and(|size| !sizes.contains(&size))
            || one.color.is_some_and(|color| !colors.contains(&color))
    };
    if edit.variants.iter().any(stranger) {
        return Err(Refusal::Menu(MenuProblem::UnknownVariant));
    }
    let codes: Vec<String> = edit.variants.iter().filter_map(|one| one.short_code.clone()).collect();
    let barcodes: Vec<String> = edit.barcodes.iter().map(|one| one.code.clone()).collect();
    let mut taken = edit::coded(tx, edit.company, edit.product, &codes).await?;
    if taken.is_none() {
        taken = edit::scanned(tx, edit.company, edit.product, &barcodes).await?;
    }
    if let Some((product, code)) = taken {
        return Err(Refusal::Menu(MenuProblem::CodeTaken { code, product }));
    }
    if edit::save(tx, edit).await? { Ok(()) } else { Err(Refusal::Menu(MenuProblem::UnknownVariant)) }
}

fn checked(company: CompanyId, product: ProductId, request: &SaveVariants) -> Result<VariantsEdit, Refusal> {
    let SaveVariants { new_sizes, new_colors, variants, barcodes, .. } = request;
    if variants.len() > MAX_VARIANTS {
        return Err(Refusal::OutOfBounds { field: Field::Variants, least: 0, most: MAX_VARIANTS });
    }
    let ids: Vec<Uuid> = variants.iter().map(|one| one.id).collect();
    let pairs: HashSet<_> = variants.iter().map(|one| (one.size_id, one.color_id)).collect();
    if !are_different(&ids) || pairs.len() != variants.len() || pairs.contains(&(None, None)) {
        return Err(Refusal::Menu(MenuProblem::UnknownVariant));
    }
    let scanned = |code: &String, variant| {
        let code = barcode(code).ok_or(Refusal::OutOfBounds {
            field: Field::Barcode,
            least: 1,
            most: MAX_BARCODE,
        })?;
        Ok(Barcode { code, product, variant })
    };
    let own = barcodes.iter().map(|code| scanned(code, None));
    let theirs = variants
        .iter()
        .flat_map(|one| one.barcodes.iter().map(move |code| scanned(code, Some(VariantId(one.id)))));
    let barcodes = own.chain(theirs).collect::<Result<Vec<_>, Refusal>>()?;
    let variants = variants.iter().map(|one| a_variant(product, one)).collect::<Result<Vec<_>, _>>()?;
    differ(variants.iter().filter_map(|one| one.short_code.as_deref()))?;
    differ(barcodes.iter().map(|one| one.code.as_str()))?;
    let size = |view: &SizeView| Ok(SizeRow { id: SizeId(view.id), name: named(&view.name)? });
    let color = |view: &ColorView| {
        let swatch = view.swatch.to_ascii_lowercase();
        let digits = swatch.strip_prefix('#').unwrap_or_default();
        if digits.len() != 6 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(Refusal::Menu(MenuProblem::UnknownColor));
        }
        Ok(ColorRow { id: ColorId(view.id), name: named(&view.name)?, swatch })
    };
    Ok(VariantsEdit {
        company,
        product,
        sizes: new_sizes.iter().map(size).collect::<Result<_, Refusal>>()?,
        colors: new_colors.iter().map(color).collect::<Result<_, Refusal>>()?,
        variants,
        barcodes,
    })
}

fn a_variant(product: ProductId, wish: &VariantSetup) -> Result<Variant, Refusal> {
    let short = short_code(&wish.short_code);
    let code =
        short.ok_or(Refusal::OutOfBounds { field: Field::ShortCode, least: 0, most: MAX_SHORT_CODE })?;
    if wish.price_minor.is_some_and(|price| !(0..=MAX_PRICE).contains(&price)) {
        return Err(Refusal::AmountTooLarge(AmountTooLarge));
    }
    Ok(Variant {
        id: VariantId(wish.id),
        product,
        size: wish.size_id.map(SizeId),
        color: wish.color_id.map(ColorId),
        price: wish.price_minor.map(Money),
        short_code: (!code.is_empty()).then_some(code),
        active: wish.active,
    })
}

/// One code means one thing.
fn differ<'a>(codes: impl Iterator<Item = &'a str>) -> Result<(), Refusal> {
    let mut seen = HashSet::new();
    for code in codes {
        if !seen.insert(code) {
            return Err(Refusal::Menu(MenuProblem::CodeTwice { code: code.to_owned() }));
        }
    }
    Ok(())
}
