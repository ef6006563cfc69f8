//! The picture at the head of what a guest gets: shown as printers will make it, kept and taken away.

use crate::once::{self, once};
use crate::refusal::Refusal;
use crate::wire::{
    GetReceiptLogo, LogoLook, LogoPicture, LogoView, ReceiptLogoView, SetReceiptLogo, TryReceiptLogo, hex,
    unhex,
};
use crate::{App, Command as _, Who};
use fastops_domain::ids::{CommandId, LogoId};
use fastops_domain::picture::Grey;
use fastops_printing::encode::logo_look;
use fastops_store::audit::AuditRow;
use fastops_store::hint::HouseNews;
use fastops_store::{audit, logo};
use serde_json::json;

/// The papers that are sold, in millimetres, and the columns of their printers.
const PAPERS: [(u32, u8); 2] = [(80, 48), (58, 32)];

pub(crate) async fn get_receipt_logo(
    app: &App,
    _: &Who,
    _: GetReceiptLogo,
) -> Result<ReceiptLogoView, Refusal> {
    let branch = app.catalogue.facts().await?.branch.id;
    let read = app.store.read::<_, Refusal, _>(move |tx| {
        Box::pin(async move {
            let Some(id) = logo::of_branch(tx, branch).await? else { return Ok(None) };
            Ok(logo::picture(tx, id).await?)
        })
    });
    Ok(ReceiptLogoView { logo: read.await?.as_ref().map(view).transpose()? })
}

pub(crate) async fn try_receipt_logo(_: &App, _: &Who, request: TryReceiptLogo) -> Result<LogoView, Refusal> {
    view(&picture(&request.picture)?)
}

pub(crate) async fn set_receipt_logo(
    app: &App,
    who: &Who,
    request: SetReceiptLogo,
) -> Result<ReceiptLogoView, Refusal> {
    let (actor, now) = (who.actor()?, app.env.now());
    let picture = request.picture.as_ref().map(picture).transpose()?;
    let branch = app.catalogue.facts().await?.branch.id;
    let (user, terminal, audit_id) = (actor.user(), actor.live.terminal.id, app.env.new_id());
    let id = LogoId(app.env.new_id());
    let command = CommandId(request.command_id);
    let kept = once(app, actor, command, SetReceiptLogo::NAME, now, move |tx| {
        let picture = picture.clone();
        Box::pin(async move {
            let before = logo::of_branch(tx, branch).await?;
            let row = AuditRow {
                id: audit_id,
                branch,
                at: now,
                user: Some(user),
                terminal: Some(terminal),
                action: SetReceiptLogo::NAME.into(),
                subject_kind: "branch".into(),
                subject: branch.0,
                detail: json!({
                    "before": before,
                    "after": picture.as_ref().map(|picture| {
                        json!({ "id": id, "width": picture.width(), "rows": picture.rows() })
                    }),
                }),
            };
            logo::set(tx, branch, picture.as_ref().map(|picture| (id, picture))).await?;
            audit::insert_audit(tx, &row).await?;
            Ok(())
        })
    })
    .await?;
    if kept.fresh {
        app.tell_house(&[HouseNews::Settings]);
    }
    once::done(get_receipt_logo(app, who, GetReceiptLogo {}).await)
}

fn picture(given: &LogoPicture) -> Result<Grey, Refusal> {
    let values = unhex(&given.grey).ok_or_else(|| Refusal::BadRequest { detail: "grey".into() })?;
    Grey::new(given.width, values).map_err(Refusal::BadPicture)
}

fn view(picture: &Grey) -> Result<LogoView, Refusal> {
    let look = |(paper_mm, columns)| {
        let dots = logo_look(picture, columns).map_err(|_| Refusal::NoPreview)?;
        Ok(LogoLook { paper_mm, columns, dots_wide: dots.width, dots: hex(&dots.bytes) })
    };
    Ok(LogoView { looks: PAPERS.into_iter().map(look).collect::<Result<_, Refusal>>()? })
}
