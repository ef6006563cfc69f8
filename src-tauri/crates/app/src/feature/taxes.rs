//! The taxes that products bear, as whoever keeps the menu changes them. A line keeps its taxes as they were when it was
//! typed, so that a new rate counts from then on and no bill changes behind anybody's back.

use super::menu_setup::{Act, MenuProblem, named};
use crate::once;
use crate::refusal::{Field, Refusal};
use crate::wire::{RemoveTax, SaveTax, TaxView, TaxesView};
use crate::{App, Command as _, Who};
use fastops_domain::ids::{CommandId, TaxId};
use fastops_domain::tax::{MAX_RATE_BP, Tax, TaxMode};
use fastops_store::change;
use fastops_store::menu::tax::{bearers, remove_tax as remove, save_tax as save, tax_named};
use serde_json::json;
use std::collections::HashMap;

/// By their names.
pub(super) fn views(taxes: &HashMap<TaxId, Tax>) -> Vec<TaxView> {
    let mut taxes: Vec<TaxView> = taxes.iter().map(|(id, tax)| view(*id, tax)).collect();
    taxes.sort_by(|one, other| (&one.name, one.id).cmp(&(&other.name, other.id)));
    taxes
}

fn view(id: TaxId, tax: &Tax) -> TaxView {
    TaxView { id: id.0, name: tax.name.clone(), rate_bp: tax.rate_bp, mode: tax.mode.into() }
}

pub(crate) async fn save_tax(app: &App, who: &Who, request: SaveTax) -> Result<TaxesView, Refusal> {
    let facts = app.catalogue.facts().await?;
    let (company, id) = (facts.company.id, TaxId(request.tax_id));
    let tax = checked(&request)?;
    let act = Act {
        command: CommandId(request.command_id),
        name: SaveTax::NAME,
        subject: ("tax", id.0),
        detail: json!({ "before": facts.menu.taxes.get(&id), "after": tax }),
    };
    act.keep(app, who, move |tx| {
        let tax = tax.clone();
        Box::pin(async move {
            let same = tax_named(tx, company, &tax.name).await?;
            if same.is_some_and(|same| same != id) {
                return Err(Refusal::Menu(MenuProblem::TaxNameTaken { name: tax.name }));
            }
            let is_known = save(tx, company, id, &tax).await?;
            if is_known { Ok(()) } else { Err(Refusal::Menu(MenuProblem::UnknownTax)) }
        })
    })
    .await?;
    listed(app).await
}

pub(crate) async fn remove_tax(app: &App, who: &Who, request: RemoveTax) -> Result<TaxesView, Refusal> {
    let facts = app.catalogue.facts().await?;
    let (company, id) = (facts.company.id, TaxId(request.tax_id));
    let before = facts.menu.taxes.get(&id).cloned();
    let name = before.as_ref().map(|tax| tax.name.clone()).unwrap_or_default();
    let act = Act {
        command: CommandId(request.command_id),
        name: RemoveTax::NAME,
        subject: ("tax", id.0),
        detail: json!({ "before": before }),
    };
    act.keep(app, who, move |tx| {
        let name = name.clone();
        Box::pin(async move {
            // Nobody gives a product this tax meanwhile.
            change::hold_menu(tx).await?;
            match bearers(tx, id).await? {
                0 if remove(tx, company, id).await? => Ok(()),
                0 => Err(Refusal::Menu(MenuProblem::UnknownTax)),
                products => Err(Refusal::Menu(MenuProblem::TaxBorne { name, products })),
            }
        })
    })
    .await?;
    listed(app).await
}

async fn listed(app: &App) -> Result<TaxesView, Refusal> {
    let facts = app.catalogue.facts().await;
    once::done(facts.map(|facts| TaxesView { taxes: views(&facts.menu.taxes) }))
}

fn checked(request: &SaveTax) -> Result<Tax, Refusal> {
    let (name, mode) = (named(&request.name)?, request.mode.into());
    let rate_bp = if mode == TaxMode::Exempt { 0 } else { request.rate_bp };
    if rate_bp > MAX_RATE_BP {
        return Err(Refusal::OutOfBounds { field: Field::TaxRate, least: 0, most: MAX_RATE_BP as usize });
    }
    Ok(Tax { name, rate_bp, mode })
}
