//! What a cook decides at the screen besides what is done: which ticket goes first, and what has run out.

use crate::feature::kitchen::{find, kitchen_ticket};
use crate::once::{self, once};
use crate::refusal::Refusal;
use crate::wire::{KitchenTicket, PrioritiseTicket, ProductAvailability, SetSoldOut};
use crate::{App, Command as _, Who};
use fastops_domain::ids::{CommandId, ProductId, TicketId};
use fastops_domain::ticket::can_go_first;
use fastops_store::audit::AuditRow;
use fastops_store::{Tx, audit, menu, ticket};
use std::collections::HashSet;

pub(crate) async fn prioritise_ticket(
    app: &App,
    who: &Who,
    request: PrioritiseTicket,
) -> Result<KitchenTicket, Refusal> {
    let facts = app.catalogue.facts().await?;
    let (actor, now) = (who.actor()?, app.env.now());
    let (command, id) = (CommandId(request.command_id), TicketId(request.ticket_id));
    let first_at = request.first.then_some(now);
    let changed = once(app, actor, command, PrioritiseTicket::NAME, now, move |tx| {
        let facts = facts.clone();
        Box::pin(async move {
            let row = find(tx, &facts, id).await?;
            if !can_go_first(row.state) {
                return Err(Refusal::TicketMoved { number: row.number });
            }
            Ok(ticket::set_first(tx, id, first_at).await?)
        })
    })
    .await?;
    let read = app.store.read::<_, Refusal, _>(move |tx| {
        Box::pin(async move { ticket::ticket(tx, id).await?.ok_or(Refusal::UnknownTicket) })
    });
    let row = once::done(read.await)?;
    if changed.fresh {
        app.announce_ticket(&row);
    }
    Ok(kitchen_ticket(&row, &HashSet::new(), false))
}

pub(crate) async fn set_sold_out(
    app: &App,
    who: &Who,
    request: SetSoldOut,
) -> Result<ProductAvailability, Refusal> {
    let facts = app.catalogue.facts().await?;
    let (actor, now) = (who.actor()?, app.env.now());
    let (product, sold_out) = (ProductId(request.product_id), request.sold_out);
    let name = facts.product(product).ok_or(Refusal::UnknownProduct)?.name.clone();
    let row = AuditRow {
        id: app.env.new_id(),
        branch: facts.branch.id,
        at: now,
        user: Some(actor.user()),
        terminal: Some(actor.live.terminal.id),
        action: SetSoldOut::NAME.into(),
        subject_kind: "product".into(),
        subject: product.0,
        detail: serde_json::json!({ "product": name, "sold_out": sold_out }),
    };
    let command = CommandId(request.command_id);
    once(app, actor, command, SetSoldOut::NAME, now, move |tx| {
        let row = row.clone();
        Box::pin(async move { say(tx, product, sold_out, &row).await })
    })
    .await?;
    Ok(ProductAvailability { product_id: product.0, sold_out })
}

async fn say(tx: &mut Tx, product: ProductId, sold_out: bool, row: &AuditRow) -> Result<(), Refusal> {
    if !menu::set_sold_out(tx, product, sold_out).await? {
        return Err(Refusal::UnknownProduct);
    }
    Ok(audit::insert_audit(tx, row).await?)
}
