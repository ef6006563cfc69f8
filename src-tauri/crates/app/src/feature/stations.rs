//! Stations, as whoever manages the house makes, names, orders and closes them. What is said counts at once, at every
//! terminal, and is written down; what a station was told keeps the name that it had then.

use super::devices::Act;
use crate::catalogue::Facts;
use crate::refusal::{Field, Refusal};
use crate::wire::{CloseStation, OrderStations, PrintSetup, SaveStation};
use crate::{App, Command as _, Who};
use fastops_domain::ids::{BranchId, CommandId, StationId, TargetId};
use fastops_domain::outlet::Outlet;
use fastops_domain::station::{
    ChainTarget, MAX_STATION_NAME, MAX_STATIONS, Target, code_of, is_same_name, station_name,
};
use fastops_store::hint::HouseNews;
use fastops_store::station::edit::{self, KeptStation, StationWork};
use fastops_store::station::{self, Station};
use fastops_store::{Tx, device};
use serde_json::json;

/// Why stations cannot be as somebody wants them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StationProblem {
    NameTaken {
        name: String,
    },
    /// Papers wait to be printed.
    PapersWait {
        station: String,
        count: i64,
    },
    /// A kitchen screen shows tickets that nobody has marked done.
    TicketsShown {
        station: String,
        count: i64,
    },
    /// It makes something, and nobody would make that.
    NobodySucceeds {
        station: String,
    },
}

/// Whoever sells, cooks or sets printers up sees it at once.
const NEWS: [HouseNews; 2] = [HouseNews::Settings, HouseNews::Stations];

pub(crate) async fn save_station(app: &App, who: &Who, request: SaveStation) -> Result<PrintSetup, Refusal> {
    let facts = app.catalogue.facts().await?;
    let bounds = || Refusal::OutOfBounds { field: Field::PlaceName, least: 1, most: MAX_STATION_NAME };
    let wish = Wish {
        id: StationId(request.station_id),
        name: station_name(&request.name).ok_or_else(bounds)?,
        targets: match request.targets_of.map(StationId) {
            Some(other) => targets_of(&facts, other),
            None => Some(Vec::new()),
        },
    };
    let ids: Vec<TargetId> = wish.targets.iter().flatten().map(|_| TargetId(app.env.new_id())).collect();
    let branch = facts.branch.id;
    let act = Act {
        command: CommandId(request.command_id),
        name: SaveStation::NAME,
        subject: ("station", wish.id.0),
        detail: json!({
            "before": facts.station(wish.id).map(|station| &station.name),
            "after": wish.name,
            "targets_of": request.targets_of,
        }),
    };
    act.keep_and_tell(app, who, &NEWS, move |tx| {
        let (wish, ids) = (wish.clone(), ids.clone());
        Box::pin(async move {
            let kept = edit::kept_to_change(tx, branch).await?;
            let named = |kept: &&KeptStation| kept.active && is_same_name(&kept.station.name, &wish.name);
            if let Some(other) = kept.iter().find(|kept| named(kept) && kept.station.id != wish.id) {
                let name = other.station.name.clone();
                return Err(Refusal::Station(StationProblem::NameTaken { name }));
            }
            match kept.iter().find(|kept| kept.station.id == wish.id) {
                Some(known) if known.active => Ok(edit::rename(tx, branch, wish.id, &wish.name).await?),
                Some(_) => Err(Refusal::UnknownStation),
                None => {
                    let new = new_station(&kept, &wish, branch)?;
                    let targets = wish.targets.ok_or(Refusal::UnknownStation)?;
                    station::insert_stations(tx, &[new]).await?;
                    Ok(device::set_chain(tx, wish.id, &targets, &ids).await?)
                }
            }
        })
    })
    .await
}

/// A station as somebody wants it.
#[derive(Clone)]
struct Wish {
    id: StationId,
    name: String,
    /// Where tickets of a new one come out; none when they were to be those of a station that is not there.
    targets: Option<Vec<ChainTarget>>,
}

/// The targets of a station that another can have too: all but its own kitchen screens. None when it is not there.
fn targets_of(facts: &Facts, station: StationId) -> Option<Vec<ChainTarget>> {
    facts.station(station)?;
    let is_screen = |target: &&ChainTarget| {
        let Target::Device(device) = target.target else { return false };
        let device = facts.printer(device);
        device.is_some_and(|device| matches!(device.address.outlet(), Some(Outlet::Screen { .. })))
    };
    let chain = facts.chains.get(&station).map_or(&[][..], Vec::as_slice);
    Some(chain.iter().filter(|target| !is_screen(target)).copied().collect())
}

/// A station that stands last, with a code of its own.
fn new_station(kept: &[KeptStation], wish: &Wish, branch: BranchId) -> Result<Station, Refusal> {
    if kept.iter().filter(|kept| kept.active).count() >= MAX_STATIONS {
        return Err(Refusal::OutOfBounds { field: Field::Stations, least: 1, most: MAX_STATIONS });
    }
    let codes: Vec<&str> = kept.iter().map(|kept| kept.station.code.as_str()).collect();
    let last = kept.iter().map(|kept| kept.station.position).max();
    Ok(Station {
        id: wish.id,
        branch,
        code: code_of(&wish.name, &codes),
        name: wish.name.clone(),
        position: last.map_or(0, |last| last + 1),
    })
}

pub(crate) async fn order_stations(
    app: &App,
    who: &Who,
    request: OrderStations,
) -> Result<PrintSetup, Refusal> {
    let branch = app.catalogue.facts().await?.branch.id;
    let order: Vec<StationId> = request.station_ids.iter().copied().map(StationId).collect();
    let act = Act {
        command: CommandId(request.command_id),
        name: OrderStations::NAME,
        subject: ("branch", branch.0),
        detail: json!(request.station_ids),
    };
    act.keep_and_tell(app, who, &NEWS, move |tx| {
        let order = order.clone();
        Box::pin(async move {
            let kept = edit::kept_to_change(tx, branch).await?;
            let mut open: Vec<StationId> =
                kept.iter().filter(|kept| kept.active).map(|kept| kept.station.id).collect();
            let mut said = order.clone();
            open.sort_unstable_by_key(|station| station.0);
            said.sort_unstable_by_key(|station| station.0);
            // Somebody else opened or closed one meanwhile.
            if said != open {
                return Err(Refusal::UnknownStation);
            }
            edit::order(tx, branch, &order).await?;
            Ok(())
        })
    })
    .await
}

pub(crate) async fn close_station(
    app: &App,
    who: &Who,
    request: CloseStation,
) -> Result<PrintSetup, Refusal> {
    let facts = app.catalogue.facts().await?;
    let (id, successor) = (StationId(request.station_id), request.successor_id.map(StationId));
    let (branch, mark) = (facts.branch.id, format!(" · {}", request.command_id));
    let act = Act {
        command: CommandId(request.command_id),
        name: CloseStation::NAME,
        subject: ("station", id.0),
        detail: json!({
            "name": facts.station(id).map(|station| &station.name),
            "makes": facts.makes(id),
            "successor": successor.and_then(|id| facts.station(id)).map(|station| (station.id, &station.name)),
        }),
    };
    act.keep_and_tell(app, who, &NEWS, move |tx| {
        let mark = mark.clone();
        Box::pin(async move {
            let kept = edit::kept_to_change(tx, branch).await?;
            let open = |id: StationId| kept.iter().find(|kept| kept.active && kept.station.id == id);
            let closed = &open(id).ok_or(Refusal::UnknownStation)?.station;
            if successor.is_some_and(|successor| successor == id || open(successor).is_none()) {
                return Err(Refusal::UnknownStation);
            }
            close(tx, closed, successor, &mark).await
        })
    })
    .await
}

/// Closes a station at which nothing waits. Whoever opens an order there a moment later is heard by its successor.
async fn close(
    tx: &mut Tx,
    closed: &Station,
    successor: Option<StationId>,
    mark: &str,
) -> Result<(), Refusal> {
    let StationWork { waiting, shown, made } = edit::work(tx, closed.branch, closed.id).await?;
    let station = closed.name.clone();
    if waiting > 0 {
        return Err(Refusal::Station(StationProblem::PapersWait { station, count: waiting }));
    }
    if shown > 0 {
        return Err(Refusal::Station(StationProblem::TicketsShown { station, count: shown }));
    }
    if made > 0 && successor.is_none() {
        return Err(Refusal::Station(StationProblem::NobodySucceeds { station }));
    }
    Ok(edit::close(tx, closed, successor, mark).await?)
}
