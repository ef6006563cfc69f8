//! What tills have typed and not sent: kept at each tap, so that neither a crash nor a power cut loses any.

use crate::refusal::Refusal;
use crate::wire::{CartView, Carts, GetCarts, KeepCart, KeptCart};
use crate::{App, Who};
use fastops_domain::ids::OrderId;
use fastops_store::cart::{self, CartRow, Till};
use uuid::Uuid;

/// The longest cart, in bytes: about twice what 999 lines with notes and answers come to.
const LONGEST: usize = 1 << 20;

/// Needs no name of its own to be sent twice: the same version changes nothing.
pub(crate) async fn keep_cart(app: &App, who: &Who, request: KeepCart) -> Result<KeptCart, Refusal> {
    let (till, now) = (till(who, request.machine_id)?, app.env.now());
    if request.version < 1 || request.content.as_ref().is_some_and(|content| content.len() > LONGEST) {
        return Err(Refusal::BadRequest { detail: "version, content".into() });
    }
    let row =
        CartRow { order: OrderId(request.order_id), version: request.version, content: request.content };
    let kept = app.store.write::<_, Refusal, _>(move |tx| {
        let row = row.clone();
        Box::pin(async move { Ok(cart::keep(tx, till, &row, now).await?) })
    });
    Ok(KeptCart { version: kept.await? })
}

pub(crate) async fn get_carts(app: &App, who: &Who, request: GetCarts) -> Result<Carts, Refusal> {
    let till = till(who, request.machine_id)?;
    let kept = app
        .store
        .read::<_, Refusal, _>(move |tx| Box::pin(async move { Ok(cart::carts(tx, till).await?) }))
        .await?;
    let view = |kept: cart::KeptCart| CartView {
        order_id: kept.cart.order.0,
        version: kept.cart.version,
        content: kept.cart.content,
        known: kept.is_known,
    };
    Ok(Carts { carts: kept.into_iter().map(view).collect() })
}

fn till(who: &Who, machine: Uuid) -> Result<Till, Refusal> {
    Ok(Till { terminal: who.actor()?.live.terminal.id, machine })
}
