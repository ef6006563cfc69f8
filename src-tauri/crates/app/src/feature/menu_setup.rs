//! The menu, as whoever keeps it changes it. What is said counts at once at every till, and is written down; an open
//! order keeps the names and prices that it was typed with.

mod combo;

use super::price_lists::PriceProblem;
use super::stock;
use crate::catalogue::{Facts, Left};
use crate::once::{self, once};
use crate::products_file::FileProblem;
use crate::refusal::{Field, Refusal};
use crate::wire::{
    CategorySetup, GetMenuSetup, MenuSetup, ModifierGroupView, ModifierView, OrderCategories, OrderProducts,
    ProductSetup, SaveCategory, SaveModifierGroup, SaveProduct, StationName, VariantName,
};
use crate::{App, Command as _, Who};
pub(crate) use combo::ComboProblem;
use fastops_domain::ids::{CategoryId, CommandId, ModifierGroupId, ModifierId, ProductId, StationId, TaxId};
use fastops_domain::menu::{
    CHIPS, MAX_ANSWERS, MAX_MENU_NAME, MAX_PREPARATION_MINUTES, MAX_SHORT_CODE, ProductKind, can_be_answered,
    menu_name, short_code,
};
use fastops_domain::money::Money;
use fastops_domain::photo::BadPhoto;
use fastops_domain::price_list;
use fastops_store::audit::AuditRow;
use fastops_store::menu::edit::{self, Answer, CategoryEdit, GroupEdit, KeptCategory, ProductEdit};
use fastops_store::variant::SoldVariant;
use fastops_store::{StoreError, Tx, Work, audit};
use serde_json::{Value as Json, json};
use std::collections::HashSet;
use std::sync::Arc;
use uuid::Uuid;

/// Most of a price or a surcharge, in minor units: what a till can still add up and a paper can show.
pub(crate) const MAX_PRICE: i64 = price_list::MAX_PRICE.0;

/// Why the menu cannot be as somebody wants it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MenuProblem {
    NameTaken {
        name: String,
    },
    /// Another product on the menu is found by that code.
    CodeTaken {
        code: String,
        product: String,
    },
    UnknownCategory,
    UnknownProduct,
    /// A variant in a size or colour that is not there, in none, or the same as another.
    UnknownVariant,
    /// A size or a colour is called so already.
    WordTaken {
        name: String,
    },
    /// One code for two things of one product.
    CodeTwice {
        code: String,
    },
    UnknownTax,
    TaxNameTaken {
        name: String,
    },
    /// A tax that is to be taken away, and products bear it.
    TaxBorne {
        name: String,
        products: i64,
    },
    UnknownGroup,
    UnknownColor,
    /// A price list that cannot be.
    Prices(PriceProblem),
    /// A file of products that cannot be taken.
    File(FileProblem),
    Photo(BadPhoto),
    /// A question that cannot be answered with so many answers.
    BadQuestion {
        min: u32,
        max: u32,
        answers: usize,
    },
    /// A combo that would become a product like any other, or the other way round.
    OtherKind {
        product: String,
    },
    Combo(ComboProblem),
}

pub(crate) async fn get_menu_setup(app: &App, _: &Who, _: GetMenuSetup) -> Result<MenuSetup, Refusal> {
    let facts = app.catalogue.facts().await?;
    let branch = facts.branch.id;
    let read = app.store.read::<_, StoreError, _>(move |tx| Box::pin(edit::kept(tx, branch)));
    let (categories, menu) = read.await?;
    let left = stock::left(&app.store, &facts).await?;
    let category = |KeptCategory { category, active }: KeptCategory| CategorySetup {
        id: category.id.0,
        station_id: facts.category_route(category.id).map(|station| station.0),
        name: category.name,
        color: category.color,
        active,
    };
    let standing = |product| standing(&facts, product, &left);
    let products = menu.products.into_iter().map(Arc::unwrap_or_clone).map(|product| ProductSetup {
        id: product.id.0,
        category_id: product.category.0,
        name: product.name,
        short_code: product.short_code,
        price_minor: product.price.0,
        tax_ids: product.taxes.iter().map(|tax| tax.0).collect(),
        group_ids: menu
            .product_groups
            .get(&product.id)
            .map_or_else(Vec::new, |groups| ids(&**groups, |group| group.0)),
        preparation_minutes: u32::try_from(product.preparation_minutes).unwrap_or(0),
        station_id: facts.product_route(product.id).map(|station| station.0),
        active: product.active,
        sold_out: standing(product.id).0,
        remaining: standing(product.id).1,
        variants: variant_names(facts.variants(product.id)),
        photo_id: facts.menu.photos.get(&product.id).map(|photo| photo.0),
        slots: (product.kind == ProductKind::Combo)
            .then(|| super::menu::slot_views(menu.combos.get(&product.id).map_or(&[], Vec::as_slice))),
        favourite: facts.menu.favourites.contains(&product.id),
    });
    Ok(MenuSetup {
        products: products.collect(),
        categories: categories.into_iter().map(category).collect(),
        groups: menu.groups.into_iter().map(super::menu::group_view).collect(),
        stations: facts
            .stations
            .iter()
            .map(|station| StationName { id: station.id.0, name: station.name.clone() })
            .collect(),
        taxes: super::taxes::views(&menu.taxes),
        favourite_ids: ids(facts.menu.favourites.iter().copied(), |product| product.0),
    })
}

pub(crate) async fn save_category(
    app: &App,
    who: &Who,
    request: SaveCategory,
) -> Result<CategorySetup, Refusal> {
    let facts = app.catalogue.facts().await?;
    let edit = CategoryEdit {
        id: CategoryId(request.category_id),
        company: facts.company.id,
        branch: facts.branch.id,
        name: named(&request.name)?,
        color: request.color,
        active: request.active,
        station: known_station(&facts, request.station_id)?,
    };
    if !CHIPS.contains(&edit.color.as_str()) {
        return Err(Refusal::Menu(MenuProblem::UnknownColor));
    }
    let view = CategorySetup {
        id: edit.id.0,
        name: edit.name.clone(),
        color: edit.color.clone(),
        active: edit.active,
        station_id: edit.station.map(|station| station.0),
    };
    let act = Act {
        command: CommandId(request.command_id),
        name: SaveCategory::NAME,
        subject: ("category", edit.id.0),
        detail: json!(view),
    };
    act.keep(app, who, move |tx| {
        let edit = edit.clone();
        Box::pin(async move {
            let same = edit::category_named(tx, edit.company, &edit.name).await?;
            if same.is_some_and(|same| same != edit.id) {
                return Err(Refusal::Menu(MenuProblem::NameTaken { name: edit.name }));
            }
            known(edit::save_category(tx, &edit).await?, MenuProblem::UnknownCategory)
        })
    })
    .await?;
    Ok(view)
}

pub(crate) async fn save_product(
    app: &App,
    who: &Who,
    request: SaveProduct,
) -> Result<ProductSetup, Refusal> {
    let facts = app.catalogue.facts().await?;
    let edit = checked(app, &facts, &request).await?;
    let (sold_out, remaining) = standing(&facts, edit.id, &stock::left(&app.store, &facts).await?);
    let view = ProductSetup {
        sold_out,
        remaining,
        id: edit.id.0,
        category_id: edit.category.0,
        name: edit.name.clone(),
        short_code: edit.short_code.clone(),
        price_minor: edit.price.0,
        tax_ids: request.tax_ids,
        group_ids: request.group_ids,
        preparation_minutes: edit.preparation_minutes,
        station_id: edit.station.map(|station| station.0),
        active: edit.active,
        variants: variant_names(facts.variants(edit.id)),
        photo_id: facts.menu.photos.get(&edit.id).map(|photo| photo.0),
        slots: edit.slots.as_deref().map(super::menu::slot_views),
        favourite: facts.menu.favourites.contains(&edit.id),
    };
    let act = Act {
        command: CommandId(request.command_id),
        name: SaveProduct::NAME,
        subject: ("product", edit.id.0),
        detail: json!({
            "before": facts.product(edit.id).map(|before| json!({
                "name": before.name, "price_minor": before.price.0, "active": before.active,
            })),
            "after": view,
        }),
    };
    act.keep(app, who, move |tx| {
        let edit = edit.clone();
        Box::pin(async move {
            if edit.active && !edit.short_code.is_empty() {
                let other = edit::product_coded(tx, edit.company, &edit.short_code, edit.id).await?;
                if let Some(product) = other {
                    return Err(Refusal::Menu(MenuProblem::CodeTaken { code: edit.short_code, product }));
                }
            }
            match edit::save_product(tx, &edit).await {
                Ok(true) => return Ok(()),
                Ok(false) => {}
                // One of its taxes was taken away since they were looked at.
                Err(StoreError::Dangling(_)) => return Err(Refusal::Menu(MenuProblem::UnknownTax)),
                Err(error) => return Err(error.into()),
            }
            let before = edit::product_sold_as(tx, edit.company, edit.id).await?;
            Err(Refusal::Menu(match before.filter(|(_, kind)| *kind != edit.kind()) {
                Some((product, _)) => MenuProblem::OtherKind { product },
                None => MenuProblem::UnknownCategory,
            }))
        })
    })
    .await?;
    Ok(view)
}

async fn checked(app: &App, facts: &Facts, request: &SaveProduct) -> Result<ProductEdit, Refusal> {
    let Some(code) = short_code(&request.short_code) else {
        return Err(Refusal::OutOfBounds { field: Field::ShortCode, least: 0, most: MAX_SHORT_CODE });
    };
    if !(0..=MAX_PRICE).contains(&request.price_minor) {
        return Err(Refusal::AmountTooLarge(fastops_domain::money::AmountTooLarge));
    }
    if request.preparation_minutes > MAX_PREPARATION_MINUTES {
        let most = MAX_PREPARATION_MINUTES as usize;
        return Err(Refusal::OutOfBounds { field: Field::Preparation, least: 0, most });
    }
    let taxes: Vec<TaxId> = ids(request.tax_ids.iter().copied(), TaxId);
    if !taxes.iter().all(|tax| facts.menu.taxes.contains_key(tax)) || !are_different(&request.tax_ids) {
        return Err(Refusal::Menu(MenuProblem::UnknownTax));
    }
    let groups: Vec<ModifierGroupId> = ids(request.group_ids.iter().copied(), ModifierGroupId);
    let is_known = |id: &ModifierGroupId| facts.menu.groups.iter().any(|group| group.id == *id);
    if !groups.iter().all(is_known) || !are_different(&request.group_ids) || groups.len() > MAX_ANSWERS {
        return Err(Refusal::Menu(MenuProblem::UnknownGroup));
    }
    Ok(ProductEdit {
        id: ProductId(request.product_id),
        company: facts.company.id,
        branch: facts.branch.id,
        category: CategoryId(request.category_id),
        name: named(&request.name)?,
        short_code: code,
        price: Money(request.price_minor),
        taxes,
        groups,
        preparation_minutes: request.preparation_minutes,
        active: request.active,
        station: known_station(facts, request.station_id)?,
        slots: match &request.slots {
            Some(slots) => Some(combo::checked(app, facts, slots).await?),
            None => None,
        },
    })
}

/// Whether there is none of a product, and how many units are left where that is limited; what is off the menu is
/// not limited.
fn standing(facts: &Facts, product: ProductId, left: &Left) -> (bool, Option<i64>) {
    let standing = facts.product(product).map(|product| facts.standing(product, left));
    standing.map_or((false, None), |standing| (standing.sold_out, standing.remaining))
}

fn variant_names<'a>(variants: impl Iterator<Item = &'a SoldVariant>) -> Vec<VariantName> {
    variants.map(|variant| VariantName { id: variant.id.0, name: variant.name.clone() }).collect()
}

pub(crate) async fn order_categories(
    app: &App,
    who: &Who,
    request: OrderCategories,
) -> Result<MenuSetup, Refusal> {
    let company = app.catalogue.facts().await?.company.id;
    let order: Vec<CategoryId> = ids(request.category_ids.iter().copied(), CategoryId);
    let act = Act {
        command: CommandId(request.command_id),
        name: OrderCategories::NAME,
        subject: ("company", company.0),
        detail: json!(request.category_ids),
    };
    act.keep(app, who, move |tx| {
        let order = order.clone();
        Box::pin(async move {
            let put = edit::order_categories(tx, company, &order).await?;
            known(put == order.len() as u64, MenuProblem::UnknownCategory)
        })
    })
    .await?;
    once::done(get_menu_setup(app, who, GetMenuSetup {}).await)
}

pub(crate) async fn order_products(
    app: &App,
    who: &Who,
    request: OrderProducts,
) -> Result<MenuSetup, Refusal> {
    let category = CategoryId(request.category_id);
    let order: Vec<ProductId> = ids(request.product_ids.iter().copied(), ProductId);
    let act = Act {
        command: CommandId(request.command_id),
        name: OrderProducts::NAME,
        subject: ("category", category.0),
        detail: json!(request.product_ids),
    };
    act.keep(app, who, move |tx| {
        let order = order.clone();
        Box::pin(async move {
            let put = edit::order_products(tx, category, &order).await?;
            if put == order.len() as u64 { Ok(()) } else { Err(Refusal::UnknownProduct) }
        })
    })
    .await?;
    once::done(get_menu_setup(app, who, GetMenuSetup {}).await)
}

pub(crate) async fn save_modifier_group(
    app: &App,
    who: &Who,
    request: SaveModifierGroup,
) -> Result<ModifierGroupView, Refusal> {
    let company = app.catalogue.facts().await?.company.id;
    let SaveModifierGroup { command_id, group_id, name, min, max, portioning, modifiers } = request;
    let different: HashSet<Uuid> = modifiers.iter().map(|answer| answer.id).collect();
    if !can_be_answered(min, max, modifiers.len()) || different.len() != modifiers.len() {
        return Err(Refusal::Menu(MenuProblem::BadQuestion { min, max, answers: modifiers.len() }));
    }
    let answers = modifiers.iter().map(answer).collect::<Result<Vec<_>, _>>()?;
    let edit = GroupEdit {
        id: ModifierGroupId(group_id),
        company,
        name: named(&name)?,
        min,
        max,
        portioning: portioning.into(),
        answers,
    };
    let view = ModifierGroupView {
        id: group_id,
        name: edit.name.clone(),
        min,
        max,
        portioning,
        modifiers: edit.answers.iter().map(answer_view).collect(),
    };
    let act = Act {
        command: CommandId(command_id),
        name: SaveModifierGroup::NAME,
        subject: ("modifier_group", group_id),
        detail: json!(view),
    };
    act.keep(app, who, move |tx| {
        let edit = edit.clone();
        Box::pin(async move { known(edit::save_group(tx, &edit).await?, MenuProblem::UnknownGroup) })
    })
    .await?;
    Ok(view)
}

fn answer(given: &ModifierView) -> Result<Answer, Refusal> {
    if !(-MAX_PRICE..=MAX_PRICE).contains(&given.price_minor) {
        return Err(Refusal::AmountTooLarge(fastops_domain::money::AmountTooLarge));
    }
    Ok(Answer { id: ModifierId(given.id), name: named(&given.name)?, price: Money(given.price_minor) })
}

fn answer_view(answer: &Answer) -> ModifierView {
    ModifierView { id: answer.id.0, name: answer.name.clone(), price_minor: answer.price.0 }
}

pub(super) fn named(typed: &str) -> Result<String, Refusal> {
    menu_name(typed).ok_or(Refusal::OutOfBounds { field: Field::MenuName, least: 1, most: MAX_MENU_NAME })
}

fn known_station(facts: &Facts, id: Option<Uuid>) -> Result<Option<StationId>, Refusal> {
    let Some(id) = id.map(StationId) else { return Ok(None) };
    if facts.stations.iter().any(|station| station.id == id) {
        Ok(Some(id))
    } else {
        Err(Refusal::UnknownStation)
    }
}

fn known(is_known: bool, otherwise: MenuProblem) -> Result<(), Refusal> {
    if is_known { Ok(()) } else { Err(Refusal::Menu(otherwise)) }
}

pub(super) fn are_different(ids: &[Uuid]) -> bool {
    ids.iter().collect::<HashSet<_>>().len() == ids.len()
}

fn ids<A, B>(from: impl IntoIterator<Item = A>, to: impl FnMut(A) -> B) -> Vec<B> {
    from.into_iter().map(to).collect()
}

/// A change of the menu that is done once and written down.
pub(super) struct Act {
    pub(super) command: CommandId,
    pub(super) name: &'static str,
    pub(super) subject: (&'static str, Uuid),
    pub(super) detail: Json,
}

impl Act {
    pub(super) async fn keep<F>(self, app: &App, who: &Who, work: F) -> Result<(), Refusal>
    where
        F: for<'t> Fn(&'t mut Tx) -> Work<'t, (), Refusal> + Clone + Send + Sync + 'static,
    {
        let (actor, now) = (who.actor()?, app.env.now());
        let row = AuditRow {
            id: app.env.new_id(),
            branch: app.catalogue.facts().await?.branch.id,
            at: now,
            user: Some(actor.user()),
            terminal: Some(actor.live.terminal.id),
            action: self.name.into(),
            subject_kind: self.subject.0.into(),
            subject: self.subject.1,
            detail: self.detail,
        };
        once(app, actor, self.command, self.name, now, move |tx| {
            let (row, work) = (row.clone(), work.clone());
            Box::pin(async move {
                work(tx).await?;
                Ok(audit::insert_audit(tx, &row).await?)
            })
        })
        .await?;
        Ok(())
    }
}
