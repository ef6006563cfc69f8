//! What changes seldom and is asked all the time: company, people, floor, menu, stations, open sessions.
//!
//! Each topic is read once and kept until the store knows of a change to it, so that a command finds
//! everything in memory and yet never decides by something old.

mod facts;
mod keep;
mod ready_menu;
#[cfg(test)]
mod tests;

pub(crate) use facts::{Facts, Left, Prices, Standing};
pub use keep::CacheStats;

use crate::refusal::Refusal;
use facts::{Floor, Making, Place};
use fastops_domain::ids::BranchId;
use fastops_domain::time::Clock;
use fastops_store::change::{self, Topic};
use fastops_store::session::{self, LiveSession};
use fastops_store::user::User;
use fastops_store::{Store, StoreError};
use keep::{Ground, Keep};
use ready_menu::ReadyMenu;
use std::sync::Arc;
use std::time::Duration;

/// How long anything is kept when nothing says otherwise: a bound for what no stamp tells of, such as a
/// database that was changed by hand with its triggers off.
pub(crate) const LIFE: Duration = Duration::from_mins(5);
/// Branches of which something is kept.
const BRANCHES: u64 = 64;
/// Sessions that are kept; those that were not used for longest go first.
const SESSIONS: u64 = 4096;

#[derive(Debug)]
pub(crate) struct Catalogue {
    store: Store,
    ground: Ground,
    settings: Keep<(), Place>,
    people: Keep<BranchId, Arc<[User]>>,
    floor: Keep<BranchId, Floor>,
    menu: Keep<BranchId, Arc<ReadyMenu>>,
    stations: Keep<BranchId, Making>,
    sessions: Keep<Vec<u8>, Arc<LiveSession>>,
}

impl Catalogue {
    pub(crate) fn new(store: Store, clock: Arc<dyn Clock>) -> Self {
        let ground = Ground::new(&store, clock, millis(LIFE));
        Self {
            settings: Keep::new(&ground, Topic::Settings, &[Topic::Settings], 1),
            people: Keep::new(&ground, Topic::People, &[Topic::People], BRANCHES),
            floor: Keep::new(&ground, Topic::Floor, &[Topic::Floor], BRANCHES),
            menu: Keep::new(&ground, Topic::Menu, &[Topic::Menu], BRANCHES),
            stations: Keep::new(&ground, Topic::Stations, &[Topic::Stations], BRANCHES),
            sessions: Keep::new(
                &ground,
                Topic::Sessions,
                // A session says who its person is and where they stand.
                &[Topic::Sessions, Topic::People, Topic::Settings],
                SESSIONS,
            ),
            store,
            ground,
        }
    }

    /// The branch as it is now; of what is not kept or not current, each topic is read anew.
    pub(crate) async fn facts(&self) -> Result<Arc<Facts>, Refusal> {
        let store = &self.store;
        let place = self.settings.get((), |_| facts::place(store)).await?.ok_or(Refusal::NotSetUp)?;
        let (company, branch) = (place.company.id, place.branch.id);
        let users = self.people.get(branch, |_| facts::users(store, company)).await?;
        let floor = self.floor.get(branch, |_| facts::floor(store, branch)).await?;
        let menu =
            self.menu.get(branch, |known| facts::menu(store, branch, known.unwrap_or_default())).await?;
        let stations = self.stations.get(branch, |_| facts::stations(store, branch)).await?;
        let (Some(users), Some(floor), Some(menu), Some(stations)) = (users, floor, menu, stations) else {
            return Err(Refusal::NotSetUp);
        };
        Ok(Arc::new(Facts {
            company: place.company,
            branch: place.branch,
            terminals: place.terminals,
            said: place.said,
            users,
            rooms: floor.rooms,
            tables: floor.tables,
            menu,
            stations: stations.stations,
            successors: stations.successors,
            printers: stations.printers,
            chains: stations.chains,
            terminal_printers: place.terminal_printers,
            mail_server: stations.mail_server,
            routes: stations.routes,
            product_routes: stations.product_routes,
        }))
    }

    /// The open session of an active person that belongs to the hash of a token.
    pub(crate) async fn session(&self, token_hash: Vec<u8>) -> Result<Option<Arc<LiveSession>>, Refusal> {
        let asked = token_hash.clone();
        let load = |_| async move {
            let read = self.store.read::<_, StoreError, _>(move |tx| {
                Box::pin(async move {
                    let versions = change::versions(tx).await?;
                    let live = session::live_session(tx, &asked).await?;
                    Ok(live.map(|live| (Arc::new(live), versions)))
                })
            });
            Ok(read.await?)
        };
        self.sessions.get(token_hash, load).await
    }

    /// Keeps everything for this long at most from now on, what is kept already included.
    pub(crate) fn set_life(&self, life: Duration) {
        self.ground.set_life_ms(millis(life));
    }

    pub(crate) fn stats(&self) -> Vec<CacheStats> {
        vec![
            self.settings.stats(),
            self.people.stats(),
            self.floor.stats(),
            self.menu.stats(),
            self.stations.stats(),
            self.sessions.stats(),
        ]
    }
}

fn millis(life: Duration) -> i64 {
    i64::try_from(life.as_millis()).unwrap_or(i64::MAX)
}
