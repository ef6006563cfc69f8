//! What changes seldom and is asked all the time: menu, floor, stations, printers. Read once, kept.
//!
//! A kept catalogue lives a few seconds, so that a change made by another terminal on the same
//! database is seen, and is dropped at once by a change made here.

use crate::feature::search;
use crate::refusal::Refusal;
use fastops_domain::ids::{BranchId, CategoryId, PrinterId, ProductId, StationId, TableId};
use fastops_domain::menu::ModifierGroup;
use fastops_domain::search::Index;
use fastops_domain::station::Printer;
use fastops_domain::time::{Clock, Time};
use fastops_store::company::{Branch, Company, Terminal};
use fastops_store::floor::{Room, Table};
use fastops_store::menu::{Menu, Product};
use fastops_store::station::Station;
use fastops_store::user::User;
use fastops_store::{Store, company, floor, menu, station, user};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// How long a kept catalogue may be used, in milliseconds.
const LIFE_MS: i64 = 5_000;

/// Everything of a branch that commands need besides the orders themselves.
#[derive(Debug)]
pub(crate) struct Facts {
    pub(crate) company: Company,
    pub(crate) branch: Branch,
    pub(crate) terminals: Vec<Terminal>,
    pub(crate) users: Vec<User>,
    pub(crate) rooms: Vec<Room>,
    pub(crate) tables: Vec<Table>,
    pub(crate) menu: Menu,
    pub(crate) stations: Vec<Station>,
    pub(crate) printers: Vec<Printer>,
    /// Printers of a station, the first choice first.
    pub(crate) station_printers: HashMap<StationId, Vec<PrinterId>>,
    products: HashMap<ProductId, usize>,
    groups: HashMap<fastops_domain::ids::ModifierGroupId, usize>,
    /// Built when the first search asks for it, and gone with these facts.
    search: OnceLock<Index>,
}

impl Facts {
    pub(crate) fn product(&self, id: ProductId) -> Option<&Product> {
        self.products.get(&id).and_then(|at| self.menu.products.get(*at)).filter(|product| product.active)
    }

    /// A product's groups of questions, in the order that they are asked.
    pub(crate) fn groups(&self, id: ProductId) -> Vec<ModifierGroup> {
        let ids = self.menu.product_groups.get(&id).map_or(&[][..], Vec::as_slice);
        ids.iter()
            .filter_map(|group| self.groups.get(group).and_then(|at| self.menu.groups.get(*at)))
            .cloned()
            .collect()
    }

    /// The products, ready to be searched.
    pub(crate) fn search(&self) -> &Index {
        self.search.get_or_init(|| search::index(self))
    }

    pub(crate) fn has_search(&self) -> bool {
        self.search.get().is_some()
    }

    pub(crate) fn route(&self, category: CategoryId) -> Option<StationId> {
        self.menu.routes.get(&category).copied()
    }

    pub(crate) fn station(&self, id: StationId) -> Option<&Station> {
        self.stations.iter().find(|station| station.id == id)
    }

    pub(crate) fn printer(&self, id: PrinterId) -> Option<&Printer> {
        self.printers.iter().find(|printer| printer.id == id)
    }

    /// The printer that a station's tickets go to.
    pub(crate) fn first_printer(&self, station: StationId) -> Option<&Printer> {
        self.station_printers.get(&station)?.first().and_then(|id| self.printer(*id))
    }

    pub(crate) fn table(&self, id: TableId) -> Option<(&Table, &Room)> {
        let table = self.tables.iter().find(|table| table.id == id)?;
        let room = self.rooms.iter().find(|room| room.id == table.room)?;
        Some((table, room))
    }
}

#[derive(Debug)]
pub(crate) struct Catalogue {
    store: Store,
    clock: Arc<dyn Clock>,
    kept: Mutex<Option<(Time, Arc<Facts>)>>,
    /// One reader at a time: a rush after the end of a life reads once, not a hundred times.
    reading: tokio::sync::Mutex<()>,
}

impl Catalogue {
    pub(crate) fn new(store: Store, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock, kept: Mutex::new(None), reading: tokio::sync::Mutex::new(()) }
    }

    /// The catalogue, read anew when the kept one is too old.
    pub(crate) async fn facts(&self) -> Result<Arc<Facts>, Refusal> {
        if let Some(facts) = self.kept() {
            return Ok(facts);
        }
        let _reading = self.reading.lock().await;
        if let Some(facts) = self.kept() {
            return Ok(facts);
        }
        let facts = Arc::new(read(&self.store).await?);
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        *kept = Some((self.clock.now(), Arc::clone(&facts)));
        Ok(facts)
    }

    fn kept(&self) -> Option<Arc<Facts>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let (read_at, facts) = kept.as_ref()?;
        let age_ms = self.clock.now().since_ms(*read_at);
        (0..LIFE_MS).contains(&age_ms).then(|| Arc::clone(facts))
    }
}

async fn read(store: &Store) -> Result<Facts, Refusal> {
    let facts = store
        .read(|tx| {
            Box::pin(async move {
                let Some((company, branch)) = company::first_branch(tx).await? else {
                    return Ok::<_, Refusal>(None);
                };
                let id: BranchId = branch.id;
                let terminals = company::terminals(tx, id).await?;
                let users = user::users(tx, company.id).await?;
                let rooms = floor::rooms(tx, id).await?;
                let tables = floor::tables(tx, id).await?;
                let menu = menu::menu(tx, id).await?;
                let stations = station::stations(tx, id).await?;
                let printers = station::printers(tx, id).await?;
                let station_printers = station::station_printers(tx, id).await?;
                let products =
                    menu.products.iter().enumerate().map(|(at, product)| (product.id, at)).collect();
                let groups = menu.groups.iter().enumerate().map(|(at, group)| (group.id, at)).collect();
                Ok(Some(Facts {
                    company,
                    branch,
                    terminals,
                    users,
                    rooms,
                    tables,
                    menu,
                    stations,
                    printers,
                    station_printers,
                    products,
                    groups,
                    search: OnceLock::new(),
                }))
            })
        })
        .await?;
    facts.ok_or(Refusal::NotSetUp)
}
