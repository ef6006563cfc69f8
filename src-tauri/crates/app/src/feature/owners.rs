//! Which computers a printer belongs to: seen and changed by whoever may, and written down each time.

use crate::once::{self, once};
use crate::refusal::Refusal;
use crate::wire::{ComputerView, GetPrinterOwners, OwnedPrinter, PrinterOwners, SetPrinterOwners};
use crate::{App, Command as _, Who};
use fastops_domain::ids::{CommandId, ComputerId, CoreId, PrinterId};
use fastops_domain::owner::Lease;
use fastops_store::audit::{self, AuditRow};
use fastops_store::owner::{self, Computer, Holder, Standing};
use fastops_store::{StoreError, Tx};
use serde_json::json;

/// Most computers that a printer may belong to.
const MOST: usize = 20;

pub(crate) async fn get_printer_owners(
    app: &App,
    _: &Who,
    _: GetPrinterOwners,
) -> Result<PrinterOwners, Refusal> {
    let facts = app.catalogue.facts().await?;
    let me = app.engine.holder();
    let of = me.clone();
    let read = app.store.read::<_, StoreError, _>(move |tx| Box::pin(read(tx, of)));
    let Read { mut computers, owners, standings } = read.await?;
    let alone = !app.store.is_shared();
    if alone {
        let here = Computer { id: me.computer, name: me.name.clone(), core: me.core, alive: true };
        computers = vec![here];
    }
    let printers = facts.printers.iter().map(|printer| OwnedPrinter {
        printer_id: printer.id.0,
        printer: printer.name.clone(),
        local: printer.address.is_local(),
        computer_ids: of_printer(&owners, printer.id).map(|computer| computer.0).collect(),
        driven_by: driver(&standings, printer.id)
            .or(alone.then_some(me.core))
            .and_then(|core| computers.iter().find(|computer| computer.core == core))
            .map(|computer| computer.id.0),
    });
    Ok(PrinterOwners {
        printers: printers.collect(),
        computers: computers
            .iter()
            .map(|computer| ComputerView {
                id: computer.id.0,
                name: computer.name.clone(),
                alive: computer.alive,
                here: computer.id == me.computer,
            })
            .collect(),
    })
}

struct Read {
    computers: Vec<Computer>,
    owners: Vec<(PrinterId, ComputerId)>,
    standings: Vec<Standing>,
}

async fn read(tx: &mut Tx, me: Holder) -> Result<Read, StoreError> {
    Ok(Read {
        computers: owner::computers(tx, me.branch, me.lease_ms).await?,
        owners: owner::owners(tx, me.branch).await?,
        standings: owner::standings(tx, &me).await?,
    })
}

fn of_printer(owners: &[(PrinterId, ComputerId)], printer: PrinterId) -> impl Iterator<Item = ComputerId> {
    owners.iter().filter(move |(id, _)| *id == printer).map(|(_, computer)| *computer)
}

fn driver(standings: &[Standing], printer: PrinterId) -> Option<CoreId> {
    let standing = standings.iter().find(|standing| standing.printer == printer)?;
    standing.holder.filter(|_| standing.claim.lease != Lease::Free)
}

pub(crate) async fn set_printer_owners(
    app: &App,
    who: &Who,
    request: SetPrinterOwners,
) -> Result<PrinterOwners, Refusal> {
    let (actor, now) = (who.actor()?, app.env.now());
    let facts = app.catalogue.facts().await?;
    let id = PrinterId(request.printer_id);
    let printer = facts.printer(id).ok_or(Refusal::UnknownPrinter)?;
    let computers: Vec<ComputerId> = request.computer_ids.into_iter().map(ComputerId).collect();
    let twice = (1..computers.len()).any(|at| computers[..at].contains(&computers[at]));
    if twice || computers.len() > MOST {
        return Err(Refusal::OwnersTwice { printer: printer.name.clone() });
    }
    if printer.address.is_local() && computers.len() > 1 {
        return Err(Refusal::LocalPrinter { printer: printer.name.clone() });
    }
    let (me, user, terminal) = (app.engine.holder(), actor.user(), actor.live.terminal.id);
    let (audit_id, alone) = (app.env.new_id(), !app.store.is_shared());
    let command = CommandId(request.command_id);
    let set = once(app, actor, command, SetPrinterOwners::NAME, now, move |tx| {
        let (me, computers) = (me.clone(), computers.clone());
        Box::pin(async move {
            if alone {
                // A program that shares its database with nobody signs nowhere else.
                owner::sign(tx, &me).await?;
            }
            let known = owner::computers(tx, me.branch, me.lease_ms).await?;
            let is_known = |id: &ComputerId| known.iter().any(|computer| computer.id == *id);
            if !computers.iter().all(is_known) {
                return Err(Refusal::UnknownComputer);
            }
            let before: Vec<ComputerId> = of_printer(&owner::owners(tx, me.branch).await?, id).collect();
            owner::set_owners(tx, id, &computers).await?;
            let row = AuditRow {
                id: audit_id,
                branch: me.branch,
                at: now,
                user: Some(user),
                terminal: Some(terminal),
                action: SetPrinterOwners::NAME.into(),
                subject_kind: "printer".into(),
                subject: id.0,
                detail: json!({ "before": before, "after": computers }),
            };
            Ok(audit::insert_audit(tx, &row).await?)
        })
    })
    .await?;
    if set.fresh {
        app.engine.look_at_owners();
    }
    once::done(get_printer_owners(app, who, GetPrinterOwners {}).await)
}
