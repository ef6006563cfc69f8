//! The pace of the stations, looked at beside the heart's beat: what is promised costs no screen a question.

use crate::App;
use crate::refusal::Refusal;
use fastops_domain::ids::StationId;
use fastops_domain::pace::{self, Made, Pace, WINDOW_MS};
use fastops_domain::time::Time;
use fastops_store::StoreError;
use fastops_store::pace::{ToMake, made, to_make};
use fastops_store::ticket::TicketRow;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError};

/// How old a look may be, in milliseconds.
const LOOK_MS: i64 = 5_000;
/// Most finished tickets that are looked at, of all stations.
const MOST_LOOKED_AT: i64 = 500;

/// What is known of all stations.
#[derive(Clone, Debug, Default)]
pub(crate) struct Paces {
    looked_at: Option<Time>,
    stations: HashMap<StationId, Pace>,
    /// What waits, in the order in which it is made.
    to_make: Vec<ToMake>,
}

impl Paces {
    fn is_fresh(&self, now: Time) -> bool {
        self.looked_at.is_some_and(|at| (0..LOOK_MS).contains(&now.since_ms(at)))
    }

    fn before(&self, station: StationId) -> impl Iterator<Item = &ToMake> {
        self.to_make.iter().filter(move |one| one.station == station)
    }

    /// Milliseconds until something that is ordered now is ready at a station; none where nobody knows.
    pub(crate) fn wait_ms(&self, station: StationId) -> Option<i64> {
        let pace = self.stations.get(&station)?;
        Some(pace.wait_ms(self.before(station).count()))
    }

    /// When a ticket that waits is ready; none where nobody knows.
    pub(crate) fn ready_at(&self, ticket: &TicketRow, now: Time) -> Option<Time> {
        let pace = self.stations.get(&ticket.station)?;
        let ahead = self.before(ticket.station).take_while(|one| one.ticket != ticket.id).count();
        Some(pace.ready_at(ticket.created_at, ahead, now))
    }
}

impl App {
    /// What is known now of how long stations take.
    pub(crate) fn paces(&self) -> Arc<Paces> {
        Arc::clone(&self.paces.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Looks at what the stations made and have to make, unless somebody just did.
    pub(crate) async fn look_at_paces(&self) -> Result<(), Refusal> {
        let now = self.env.now();
        if self.paces().is_fresh(now) {
            return Ok(());
        }
        let branch = self.catalogue.facts().await?.branch.id;
        let read = self.store.read::<_, StoreError, _>(move |tx| {
            Box::pin(async move {
                let done = made(tx, branch, now.plus_ms(-WINDOW_MS), MOST_LOOKED_AT).await?;
                Ok((done, to_make(tx, branch).await?))
            })
        });
        let (done, to_make) = read.await?;
        let mut by_station: HashMap<StationId, Vec<Made>> = HashMap::new();
        for (station, one) in done {
            by_station.entry(station).or_default().push(one);
        }
        let stations = by_station.into_iter().filter_map(|(id, made)| Some((id, Pace::of(&made)?))).collect();
        let paces = Paces { looked_at: Some(now), stations, to_make };
        *self.paces.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(paces);
        Ok(())
    }
}

/// What a guest is told of a station.
pub(crate) fn minutes(paces: &Paces, station: StationId) -> Option<u32> {
    paces.wait_ms(station).map(pace::minutes)
}
