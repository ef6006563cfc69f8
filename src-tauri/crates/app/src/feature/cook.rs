//! What a cook decides at the screen besides what is done: which ticket goes first.

use crate::feature::kitchen::{find, kitchen_ticket};
use crate::once::{self, once};
use crate::refusal::Refusal;
use crate::wire::{KitchenTicket, PrioritiseTicket};
use crate::{App, Command as _, Who};
use fastops_domain::ids::{CommandId, TicketId};
use fastops_domain::ticket::can_go_first;
use fastops_store::ticket;
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
