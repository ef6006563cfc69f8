//! Devices, chains, printers beside terminals and the mail server, as whoever manages the house sets them up. What is
//! said counts at once, at every terminal, and is written down.

use super::profile::{profile, profile_view};
use crate::catalogue::Facts;
use crate::once::{self, once};
use crate::refusal::{Field, Refusal};
use crate::wire::{
    ChainPlace, DeviceView, GetPrintSetup, MailServer as WireMailServer, PrintSetup, RemoveDevice,
    SaveDevice, SetMailServer, SetStationChain, SetTerminalPrinter, StationChain, TerminalPrinter,
};
use crate::{App, Command as _, Who, words};
use fastops_domain::ids::{CommandId, PrinterId, StationId, TargetId, TerminalId};
use fastops_domain::outlet::{MailServer, Outlet, is_mailbox};
use fastops_domain::station::{ChainTarget, Printer, PrinterAddress, Target};
use fastops_printing::{folder, mail};
use fastops_store::audit::AuditRow;
use fastops_store::hint::HouseNews;
use fastops_store::{Tx, Work, audit, device, owner};
use serde_json::{Value as Json, json};
use uuid::Uuid;

/// Longest name of a device, and most targets of a station.
const MAX_NAME: usize = 40;
const MAX_TARGETS: usize = 20;

/// Why devices cannot be as somebody wants them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeviceProblem {
    NameTaken {
        name: String,
    },
    /// Another device is found there.
    AddressTaken {
        other: String,
    },
    Folder {
        name: String,
        cause: fastops_domain::job::Cause,
    },
    /// A station still sends its tickets there.
    InUse {
        device: String,
        station: String,
    },
    NoTarget {
        station: String,
    },
    TargetTwice {
        station: String,
    },
    /// The screens of one station cannot show another's tickets.
    OtherScreen {
        device: String,
        station: String,
    },
    /// No printer, and so none that stands beside a terminal.
    NoPrinter {
        device: String,
    },
    /// A test page has so many rows to choose from, and not the one that was said.
    NoSuchRow {
        rows: usize,
    },
    /// No small network of a house.
    BadNetwork {
        range: String,
    },
    BadMailHost,
    BadMailFrom {
        from: String,
    },
}

pub(crate) async fn get_print_setup(app: &App, _: &Who, _: GetPrintSetup) -> Result<PrintSetup, Refusal> {
    let facts = app.catalogue.facts().await?;
    let mail = facts.mail_server.as_ref().as_ref();
    Ok(PrintSetup {
        devices: facts.printers.iter().map(device_view).collect(),
        chains: facts.stations.iter().map(|station| chain_view(&facts, station.id, &station.name)).collect(),
        terminals: facts
            .terminals
            .iter()
            .map(|terminal| TerminalPrinter {
                terminal_id: terminal.id.0,
                terminal: terminal.name.clone(),
                printer_id: facts.printer_beside(terminal.id).map(|printer| printer.0),
            })
            .collect(),
        mail_password_known: mail.is_some_and(|server| server.user.is_some())
            && mail::password(&app.password_file).is_some(),
        mail: mail.cloned().map(Into::into),
    })
}

pub(crate) async fn save_device(app: &App, who: &Who, request: SaveDevice) -> Result<PrintSetup, Refusal> {
    let facts = app.catalogue.facts().await?;
    let device = checked(&facts, &request)?;
    if let Some(Outlet::Folder { path }) = device.address.outlet() {
        folder::check(path, true).await.map_err(|trouble| {
            Refusal::Device(DeviceProblem::Folder { name: path.clone(), cause: trouble.cause })
        })?;
    }
    let branch = facts.branch.id;
    let known = facts.printer(device.id);
    let before = known.map(|known| (known.name.clone(), known.address.to_string()));
    // What hangs on a computer belongs to the one at which that is said, until somebody says otherwise.
    let plugged_in = device.address.is_local() && !known.is_some_and(|known| known.address.is_local());
    let owner = plugged_in.then(|| app.engine.holder());
    let alone = !app.store.is_shared();
    let act = Act {
        command: CommandId(request.command_id),
        name: SaveDevice::NAME,
        subject: ("printer", device.id.0),
        detail: json!({ "before": before, "after": (&device.name, device.address.to_string()) }),
    };
    act.keep(app, who, move |tx| {
        let (device, owner) = (device.clone(), owner.clone());
        Box::pin(async move {
            device::save(tx, branch, &device).await?;
            let Some(me) = owner else { return Ok(()) };
            if alone {
                // A program that shares its database with nobody signs nowhere else.
                owner::sign(tx, &me).await?;
            }
            Ok(owner::set_owners(tx, device.id, &[me.computer]).await?)
        })
    })
    .await
}

fn checked(facts: &Facts, request: &SaveDevice) -> Result<Printer, Refusal> {
    let id = PrinterId(request.device_id);
    let name = request.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > MAX_NAME {
        return Err(Refusal::OutOfBounds { field: Field::DeviceName, least: 1, most: MAX_NAME });
    }
    let address: PrinterAddress = request
        .address
        .trim()
        .parse()
        .map_err(|source| Refusal::BadPrinterAddress { address: request.address.clone(), source })?;
    if let Some(Outlet::Screen { station }) = address.outlet()
        && !facts.stations.iter().any(|known| known.code == *station)
    {
        return Err(Refusal::UnknownStation);
    }
    for other in facts.printers.iter().filter(|other| other.id != id) {
        if other.name == name {
            return Err(Refusal::Device(DeviceProblem::NameTaken { name }));
        }
        if other.address == address {
            return Err(Refusal::Device(DeviceProblem::AddressTaken { other: other.name.clone() }));
        }
    }
    let known = facts.printer(id).map(|known| known.profile);
    let profile = match &request.profile {
        Some(given) => profile(given, known)?,
        None => known.unwrap_or_default(),
    };
    Ok(Printer { id, name, address, profile })
}

pub(crate) async fn remove_device(
    app: &App,
    who: &Who,
    request: RemoveDevice,
) -> Result<PrintSetup, Refusal> {
    let facts = app.catalogue.facts().await?;
    let id = PrinterId(request.device_id);
    let (branch, mark) = (facts.branch.id, format!(" · {}", request.command_id));
    if let Some(device) = facts.printer(id)
        && let Some(station) = facts.stations.iter().find(|station| facts.is_target(station.id, id))
    {
        let (device, station) = (device.name.clone(), station.name.clone());
        return Err(Refusal::Device(DeviceProblem::InUse { device, station }));
    }
    let act = Act {
        command: CommandId(request.command_id),
        name: RemoveDevice::NAME,
        subject: ("printer", id.0),
        detail: json!({ "name": facts.printer(id).map(|device| &device.name) }),
    };
    // A repeated command finds it gone; only one that finds it gone for the first time is about nothing.
    let is_known = facts.printer(id).is_some();
    act.keep(app, who, move |tx| {
        let mark = mark.clone();
        Box::pin(async move {
            if !is_known {
                return Err(Refusal::UnknownPrinter);
            }
            Ok(device::retire(tx, branch, id, &mark).await?)
        })
    })
    .await
}

pub(crate) async fn set_station_chain(
    app: &App,
    who: &Who,
    request: SetStationChain,
) -> Result<PrintSetup, Refusal> {
    let facts = app.catalogue.facts().await?;
    let id = StationId(request.station_id);
    let chain = chain(&facts, id, &request.tiers)?;
    let before = chain_view(&facts, id, "").tiers;
    let act = Act {
        command: CommandId(request.command_id),
        name: SetStationChain::NAME,
        subject: ("station", id.0),
        detail: json!({ "before": before, "after": request.tiers }),
    };
    let ids: Vec<TargetId> = chain.iter().map(|_| TargetId(app.env.new_id())).collect();
    act.keep(app, who, move |tx| {
        let (chain, ids) = (chain.clone(), ids.clone());
        Box::pin(async move { Ok(device::set_chain(tx, id, &chain, &ids).await?) })
    })
    .await
}

fn chain(facts: &Facts, id: StationId, tiers: &[Vec<ChainPlace>]) -> Result<Vec<ChainTarget>, Refusal> {
    let station = facts.station(id).ok_or(Refusal::UnknownStation)?;
    let mut chain: Vec<ChainTarget> = Vec::new();
    for (places, tier) in tiers.iter().filter(|places| !places.is_empty()).zip(0..) {
        for place in places {
            let target = target(facts, &station.code, &station.name, *place)?;
            if chain.iter().any(|known| known.target == target) {
                let station = station.name.clone();
                return Err(Refusal::Device(DeviceProblem::TargetTwice { station }));
            }
            chain.push(ChainTarget { target, tier });
        }
    }
    match chain.len() {
        0 => Err(Refusal::Device(DeviceProblem::NoTarget { station: station.name.clone() })),
        1..=MAX_TARGETS => Ok(chain),
        _ => Err(Refusal::OutOfBounds { field: Field::Targets, least: 1, most: MAX_TARGETS }),
    }
}

fn target(facts: &Facts, code: &str, station: &str, place: ChainPlace) -> Result<Target, Refusal> {
    let ChainPlace::Device(id) = place else { return Ok(Target::Sender) };
    let device = facts.printer(PrinterId(id)).ok_or(Refusal::UnknownPrinter)?;
    if let Some(Outlet::Screen { station: shown }) = device.address.outlet()
        && shown != code
    {
        let (device, station) = (device.name.clone(), station.to_owned());
        return Err(Refusal::Device(DeviceProblem::OtherScreen { device, station }));
    }
    Ok(Target::Device(device.id))
}

pub(crate) async fn set_terminal_printer(
    app: &App,
    who: &Who,
    request: SetTerminalPrinter,
) -> Result<PrintSetup, Refusal> {
    let facts = app.catalogue.facts().await?;
    let (id, printer) = (TerminalId(request.terminal_id), request.printer_id.map(PrinterId));
    if !facts.terminals.iter().any(|terminal| terminal.id == id) {
        return Err(Refusal::UnknownTerminal);
    }
    if let Some(printer) = printer {
        let device = facts.printer(printer).ok_or(Refusal::UnknownPrinter)?;
        if device.address.outlet().is_some() {
            return Err(Refusal::Device(DeviceProblem::NoPrinter { device: device.name.clone() }));
        }
    }
    let branch = facts.branch.id;
    let act = Act {
        command: CommandId(request.command_id),
        name: SetTerminalPrinter::NAME,
        subject: ("terminal", id.0),
        detail: json!({ "before": facts.printer_beside(id), "after": printer }),
    };
    act.keep(app, who, move |tx| {
        Box::pin(async move { Ok(device::set_terminal_printer(tx, branch, id, printer).await?) })
    })
    .await
}

pub(crate) async fn set_mail_server(
    app: &App,
    who: &Who,
    request: SetMailServer,
) -> Result<PrintSetup, Refusal> {
    let facts = app.catalogue.facts().await?;
    let server = request.server.map(mail_server).transpose()?;
    let branch = facts.branch.id;
    let said = |server: Option<&MailServer>| {
        server.map(|server| json!([server.host, server.port, server.user, server.from]))
    };
    let act = Act {
        command: CommandId(request.command_id),
        name: SetMailServer::NAME,
        subject: ("branch", branch.0),
        // That there is another password is written down; the password is not.
        detail: json!({
            "before": said(facts.mail_server.as_ref().as_ref()),
            "after": said(server.as_ref()),
            "password": request.password.is_some(),
        }),
    };
    if let Some(password) = request.password {
        mail::keep_password(&app.password_file, password.0).await.map_err(|source| {
            Refusal::FolderUnwritable { folder: app.password_file.display().to_string(), source }
        })?;
    }
    act.keep(app, who, move |tx| {
        let server = server.clone();
        Box::pin(async move { Ok(device::set_mail_server(tx, branch, server.as_ref()).await?) })
    })
    .await
}

fn mail_server(given: WireMailServer) -> Result<MailServer, Refusal> {
    let host = given.host.trim().to_owned();
    if host.is_empty() || host.contains(|c: char| c.is_whitespace() || c.is_control()) || given.port == 0 {
        return Err(Refusal::Device(DeviceProblem::BadMailHost));
    }
    if !is_mailbox(given.from.trim()) {
        return Err(Refusal::Device(DeviceProblem::BadMailFrom { from: given.from }));
    }
    let user = given.user.map(|user| user.trim().to_owned()).filter(|user| !user.is_empty());
    let from = given.from.trim().to_owned();
    Ok(MailServer { host, port: given.port, security: given.security.into(), user, from })
}

/// Something that is done once, and written down.
pub(super) struct Act {
    pub(super) command: CommandId,
    pub(super) name: &'static str,
    pub(super) subject: (&'static str, Uuid),
    pub(super) detail: Json,
}

impl Act {
    pub(super) async fn keep<F>(self, app: &App, who: &Who, work: F) -> Result<PrintSetup, Refusal>
    where
        F: for<'t> Fn(&'t mut Tx) -> Work<'t, (), Refusal> + Clone + Send + Sync + 'static,
    {
        self.keep_and_tell(app, who, &[HouseNews::Settings], work).await
    }

    pub(super) async fn keep_and_tell<F>(
        self,
        app: &App,
        who: &Who,
        news: &[HouseNews],
        work: F,
    ) -> Result<PrintSetup, Refusal>
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
        let kept = once(app, actor, self.command, self.name, now, move |tx| {
            let (row, work) = (row.clone(), work.clone());
            Box::pin(async move {
                work(tx).await?;
                Ok(audit::insert_audit(tx, &row).await?)
            })
        })
        .await?;
        if kept.fresh {
            if let Err(error) = app.equip().await {
                tracing::warn!(%error, "what was changed of the printers is followed a little later");
            }
            app.engine.look_at_owners();
            app.tell_house(news);
        }
        once::done(get_print_setup(app, who, GetPrintSetup {}).await)
    }
}

fn device_view(device: &Printer) -> DeviceView {
    DeviceView {
        id: device.id.0,
        name: device.name.clone(),
        kind: words::device_kind(&device.address),
        address: device.address.to_string(),
        profile: profile_view(device.profile),
    }
}

fn chain_view(facts: &Facts, id: StationId, name: &str) -> StationChain {
    let chain = facts.chains.get(&id).map_or(&[][..], Vec::as_slice);
    let mut tiers: Vec<Vec<ChainPlace>> = Vec::new();
    for (at, target) in chain.iter().enumerate() {
        let place = match target.target {
            Target::Device(device) => ChainPlace::Device(device.0),
            Target::Sender => ChainPlace::Sender,
        };
        let beside = at > 0 && chain[at - 1].tier == target.tier;
        match tiers.last_mut().filter(|_| beside) {
            Some(tier) => tier.push(place),
            None => tiers.push(vec![place]),
        }
    }
    let makes = u32::try_from(facts.makes(id)).unwrap_or(u32::MAX);
    StationChain { station_id: id.0, station: name.into(), tiers, makes }
}

impl From<MailServer> for WireMailServer {
    fn from(server: MailServer) -> Self {
        let MailServer { host, port, security, user, from } = server;
        Self { host, port, security: security.into(), user, from }
    }
}
