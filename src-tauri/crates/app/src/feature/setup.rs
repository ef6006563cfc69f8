//! A setup looked at without printing: where a product's ticket would come out and why, and what is wrong.

use crate::catalogue::Facts;
use crate::refusal::Refusal;
use crate::wire::{
    CheckSetup, ProductTrace, SetupFault, SetupFinding, SetupFindings, Text, TraceProduct, TraceStep,
};
use crate::words::wiring as say;
use crate::{App, Who, pulse, words};
use fastops_domain::chain::{self, Health};
use fastops_domain::ids::{PrinterId, ProductId, StationId, TerminalId, VariantId};
use fastops_domain::menu::ProductKind;
use fastops_domain::station::{Printer, PrinterAddress};
use fastops_domain::wiring::{Finding, Part, Step, Wiring, findings, way};
use fastops_store::menu::Product;
use fastops_store::{StoreError, owner};
use std::time::Duration;
use tokio::task::JoinSet;
use uuid::Uuid;

/// How long the network is asked for the number of a name.
const NAME_WITHIN: Duration = Duration::from_secs(1);

pub(crate) async fn trace_product(
    app: &App,
    who: &Who,
    request: TraceProduct,
) -> Result<ProductTrace, Refusal> {
    let facts = app.catalogue.facts().await?;
    let product = facts.product(ProductId(request.product_id)).ok_or(Refusal::UnknownProduct)?;
    let mut name = product.name.clone();
    if let Some(id) = request.variant_id.map(VariantId) {
        let unknown = || Refusal::UnknownVariant { product: product.name.clone() };
        name = format!("{name} · {}", facts.variant(product.id, id).ok_or_else(unknown)?.name);
    }
    let terminal = match request.terminal_id.map(TerminalId) {
        Some(id) if facts.terminals.iter().any(|terminal| terminal.id == id) => id,
        Some(_) => return Err(Refusal::UnknownTerminal),
        None => who.actor()?.live.terminal.id,
    };
    let category = facts.menu.categories.iter().find(|category| category.id == product.category);
    let category = category.map_or("", |category| category.name.as_str());
    let Some(station) = facts.route(product).and_then(|id| facts.station(id)) else {
        let is_combo = product.kind == ProductKind::Combo;
        let reason = if is_combo { say::by_parts(&name) } else { say::no_station(&name, category) };
        let answer = reason.clone();
        let (steps, goes_to) = (Vec::new(), None);
        return Ok(ProductTrace {
            product: name,
            station_id: None,
            station: None,
            reason,
            steps,
            goes_to,
            answer,
        });
    };
    let beside = facts.printer_beside(terminal);
    // What was changed a moment ago may not have come to the engine yet.
    app.equip().await?;
    let goes_to = app.engine.serving(station.id, beside);
    let chain = facts.chains.get(&station.id).map_or(&[][..], Vec::as_slice);
    let steps: Vec<TraceStep> = way(chain, beside)
        .into_iter()
        .zip(chain)
        .map(|(step, target)| trace_step(app, &facts, step, target.tier, goes_to))
        .collect();
    let device = goes_to.and_then(|id| facts.printer(id));
    let answer = match device {
        Some(device) => say::goes_to(&name, &station.name, device),
        None => say::goes_nowhere(&name, &station.name),
    };
    let reason = if facts.makes_in_particular(product.id) {
        say::by_product(&name, &station.name)
    } else {
        say::by_category(category, &station.name)
    };
    Ok(ProductTrace {
        product: name,
        station_id: Some(station.id.0),
        station: Some(station.name.clone()),
        reason,
        steps,
        goes_to: goes_to.map(|id| id.0),
        answer,
    })
}

fn trace_step(app: &App, facts: &Facts, step: Step, tier: u32, goes_to: Option<PrinterId>) -> TraceStep {
    let device = step.device.and_then(|id| facts.printer(id));
    let goes_here = goes_to.is_some() && step.device == goes_to;
    TraceStep {
        device_id: device.map(|device| device.id.0),
        device: device.map(|device| device.name.clone()),
        kind: device.map(|device| words::device_kind(&device.address)),
        tier,
        goes_here,
        reason: match (step.part, device) {
            (Part::NobodyBeside, _) | (_, None) => say::nobody_beside(),
            (Part::Named, _) => say::named(),
            (part, Some(device)) => trouble(app, device.id, &device.name)
                .unwrap_or_else(|| say::part(matches!(part, Part::First), goes_here)),
        },
    }
}

/// Why tickets pass a device by, or soon will.
fn trouble(app: &App, id: PrinterId, name: &str) -> Option<Text> {
    let facts = app.engine.facts(id);
    let health = chain::health(facts.breaker, facts.trouble.zip(facts.trouble_since), app.env.now());
    match (facts.trouble, health) {
        (Some(cause), _) => Some(pulse::text(cause, name)),
        (None, Health::Out) => Some(say::out_of_use(name)),
        (None, Health::Well | Health::Unsteady) => None,
    }
}

pub(crate) async fn check_setup(app: &App, _: &Who, _: CheckSetup) -> Result<SetupFindings, Refusal> {
    let facts = app.catalogue.facts().await?;
    let me = app.engine.holder();
    let read = app.store.read::<_, StoreError, _>(move |tx| {
        let me = me.clone();
        Box::pin(async move {
            let computers = owner::computers(tx, me.branch, me.lease_ms).await?;
            Ok((computers.len(), owner::owners(tx, me.branch).await?))
        })
    });
    let (computers, owners) = read.await?;
    let devices = by_number(&facts.printers).await;
    let stations: Vec<StationId> = facts.stations.iter().map(|station| station.id).collect();
    let terminals: Vec<_> =
        facts.terminals.iter().map(|terminal| (terminal.id, facts.printer_beside(terminal.id))).collect();
    // A combo is made by those who make what is chosen for it.
    let is_made = |product: &&Product| product.kind != ProductKind::Combo || facts.route(product).is_some();
    let sold = facts.products().filter(is_made);
    let products: Vec<_> = sold.map(|product| (product.category, product.id, facts.route(product))).collect();
    let found = findings(&Wiring {
        stations: &stations,
        chains: &facts.chains,
        devices: &devices,
        owners: &owners,
        several_computers: app.store.is_shared() && computers > 1,
        terminals: &terminals,
        products: &products,
    });
    Ok(SetupFindings { findings: found.iter().map(|finding| view(&facts, finding)).collect() })
}

/// The devices with the numbers of their hosts in the place of names, so that one printer by two names is seen to be
/// one. A name that nobody knows stays as it is.
async fn by_number(devices: &[Printer]) -> Vec<Printer> {
    let mut numbered = JoinSet::new();
    for (at, device) in devices.iter().cloned().enumerate() {
        numbered.spawn(async move { (at, numbered_address(device).await) });
    }
    let mut devices: Vec<(usize, Printer)> = numbered.join_all().await;
    devices.sort_by_key(|(at, _)| *at);
    devices.into_iter().map(|(_, device)| device).collect()
}

async fn numbered_address(mut device: Printer) -> Printer {
    if let PrinterAddress::Tcp { host, port } = &device.address {
        let asked = tokio::time::timeout(NAME_WITHIN, tokio::net::lookup_host((host.as_str(), *port))).await;
        let known = asked.ok().and_then(Result::ok).and_then(|found| found.map(|addr| addr.ip()).min());
        if let Some(number) = known {
            device.address = PrinterAddress::Tcp { host: number.to_string(), port: *port };
        }
    }
    device
}

fn view(facts: &Facts, finding: &Finding) -> SetupFinding {
    let station = |id: &StationId| facts.station(*id).map_or("", |station| station.name.as_str());
    let device = |id: &PrinterId| facts.printer(*id).map_or("", |device| device.name.as_str());
    let plain = |fault, message| SetupFinding {
        fault,
        severity: finding.severity().into(),
        message,
        station_id: None,
        device_id: None,
        terminal_id: None,
        category_id: None,
        product_ids: Vec::new(),
    };
    let of_device =
        |fault, id: &PrinterId, message| SetupFinding { device_id: Some(id.0), ..plain(fault, message) };
    let of_station =
        |fault, id: &StationId, message| SetupFinding { station_id: Some(id.0), ..plain(fault, message) };
    match finding {
        Finding::Nowhere { category, products } => {
            let known = facts.menu.categories.iter().find(|known| known.id == *category);
            let names: Vec<&str> = products
                .iter()
                .filter_map(|id| facts.product(*id))
                .map(|known| known.name.as_str())
                .collect();
            let message = say::nowhere(known.map_or("", |known| known.name.as_str()), &names);
            let product_ids: Vec<Uuid> = products.iter().map(|id| id.0).collect();
            SetupFinding { category_id: Some(category.0), product_ids, ..plain(SetupFault::Nowhere, message) }
        }
        Finding::NoTarget { station: id } => {
            of_station(SetupFault::NoTarget, id, say::no_target(station(id)))
        }
        Finding::NoPrinterBeside { station: id, terminal } => {
            let known = facts.terminals.iter().find(|known| known.id == *terminal);
            let message = say::no_printer_beside(known.map_or("", |known| known.name.as_str()), station(id));
            let finding = of_station(SetupFault::NoPrinterBeside, id, message);
            SetupFinding { terminal_id: Some(terminal.0), ..finding }
        }
        Finding::NoBackup { station: id } => {
            of_station(SetupFault::NoBackup, id, say::no_backup(station(id)))
        }
        Finding::Unused { device: id } => of_device(SetupFault::Unused, id, say::unused(device(id))),
        Finding::SamePlace { device: id, other } => {
            of_device(SetupFault::SamePlace, id, say::same_place(device(id), device(other)))
        }
        Finding::TwoOwners { device: id } => {
            of_device(SetupFault::TwoOwners, id, say::two_owners(device(id)))
        }
        Finding::NoOwner { device: id } => of_device(SetupFault::NoOwner, id, say::no_owner(device(id))),
    }
}
