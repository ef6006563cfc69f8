//! Kitchen screens that say which station they show.

use crate::refusal::Refusal;
use crate::wire::{ShowStation, StationShown};
use crate::{App, Who};
use fastops_domain::ids::StationId;
use fastops_store::{StoreError, screen};

pub(crate) async fn show_station(app: &App, _: &Who, request: ShowStation) -> Result<StationShown, Refusal> {
    let facts = app.catalogue.facts().await?;
    let (id, station) = (request.screen_id, request.station_id.map(StationId));
    if station.is_some_and(|station| facts.station(station).is_none()) {
        return Err(Refusal::UnknownStation);
    }
    let said = app.store.write::<_, StoreError, _>(move |tx| {
        Box::pin(async move {
            match station {
                Some(station) => screen::show(tx, id, station).await,
                None => screen::hide(tx, id).await,
            }
        })
    });
    said.await?;
    if let Some(device) = station.and_then(|station| facts.screen_of(station)) {
        app.engine.wake([device.id]);
    }
    Ok(StationShown { again_ms: app.screens.beat_ms })
}
