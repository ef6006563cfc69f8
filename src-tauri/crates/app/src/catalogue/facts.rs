//! Everything of a branch that commands need besides the orders themselves, topic by topic.
//!
//! Each topic is read in one state of the store, with its versions, and shared by everyone who asks.

use crate::feature::search;
use crate::refusal::Refusal;
use fastops_domain::ids::{
    BranchId, CategoryId, CompanyId, ModifierGroupId, PrinterId, ProductId, StationId, TableId,
};
use fastops_domain::menu::ModifierGroup;
use fastops_domain::search::Index;
use fastops_domain::station::{ChainPrinter, Printer};
use fastops_store::change::{self, Versions};
use fastops_store::company::{Branch, Company, Terminal};
use fastops_store::floor::{Room, Table};
use fastops_store::menu::{Menu, Product};
use fastops_store::station::Station;
use fastops_store::user::User;
use fastops_store::{Store, company, floor, menu, station, user};
use std::collections::HashMap;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

/// The branch as it is at this moment.
#[derive(Clone, Debug)]
pub(crate) struct Facts {
    pub(crate) company: Arc<Company>,
    pub(crate) branch: Arc<Branch>,
    pub(crate) terminals: Arc<[Terminal]>,
    pub(crate) users: Arc<[User]>,
    pub(crate) rooms: Arc<[Room]>,
    pub(crate) tables: Arc<[Table]>,
    pub(crate) menu: Arc<ReadyMenu>,
    pub(crate) stations: Arc<[Station]>,
    pub(crate) printers: Arc<[Printer]>,
    /// Printers of a station, the first choice first.
    pub(crate) station_printers: Arc<HashMap<StationId, Vec<ChainPrinter>>>,
    pub(super) routes: Arc<HashMap<CategoryId, StationId>>,
}

impl Facts {
    pub(crate) fn product(&self, id: ProductId) -> Option<&Product> {
        let at = self.menu.product_at.get(&id)?;
        self.menu.products.get(*at).filter(|product| product.active)
    }

    /// A product's groups of questions, in the order that they are asked.
    pub(crate) fn groups(&self, id: ProductId) -> Vec<ModifierGroup> {
        let ids = self.menu.product_groups.get(&id).map_or(&[][..], Vec::as_slice);
        ids.iter()
            .filter_map(|group| self.menu.group_at.get(group).and_then(|at| self.menu.groups.get(*at)))
            .cloned()
            .collect()
    }

    /// The products, ready to be searched.
    pub(crate) fn search(&self) -> &Index {
        self.menu.search.get_or_init(|| search::index(&self.menu))
    }

    pub(crate) fn has_search(&self) -> bool {
        self.menu.search.get().is_some()
    }

    pub(crate) fn route(&self, category: CategoryId) -> Option<StationId> {
        self.routes.get(&category).copied()
    }

    pub(crate) fn station(&self, id: StationId) -> Option<&Station> {
        self.stations.iter().find(|station| station.id == id)
    }

    pub(crate) fn printer(&self, id: PrinterId) -> Option<&Printer> {
        self.printers.iter().find(|printer| printer.id == id)
    }

    /// The printer that a station's tickets go to when all is well.
    pub(crate) fn first_printer(&self, station: StationId) -> Option<&Printer> {
        self.station_printers.get(&station)?.first().and_then(|place| self.printer(place.printer))
    }

    pub(crate) fn table(&self, id: TableId) -> Option<(&Table, &Room)> {
        let table = self.tables.iter().find(|table| table.id == id)?;
        let room = self.rooms.iter().find(|room| room.id == table.room)?;
        Some((table, room))
    }
}

/// The menu, with its products and questions found by their ids.
#[derive(Debug)]
pub(crate) struct ReadyMenu {
    menu: Menu,
    product_at: HashMap<ProductId, usize>,
    group_at: HashMap<ModifierGroupId, usize>,
    /// Built when the first search asks for it, and gone with this menu.
    search: OnceLock<Index>,
}

impl ReadyMenu {
    fn new(menu: Menu) -> Self {
        let product_at = menu.products.iter().zip(0..).map(|(product, at)| (product.id, at)).collect();
        let group_at = menu.groups.iter().zip(0..).map(|(group, at)| (group.id, at)).collect();
        Self { menu, product_at, group_at, search: OnceLock::new() }
    }
}

impl Deref for ReadyMenu {
    type Target = Menu;

    fn deref(&self) -> &Menu {
        &self.menu
    }
}

/// What a topic's reading gives: the topic, and the versions of all in that state of the store.
type Loaded<T> = Result<Option<(T, Versions)>, Refusal>;

/// Company, branch and terminals.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    pub(super) company: Arc<Company>,
    pub(super) branch: Arc<Branch>,
    pub(super) terminals: Arc<[Terminal]>,
}

pub(super) async fn settings(store: &Store) -> Loaded<Settings> {
    let read = store.read(|tx| {
        Box::pin(async move {
            let versions = change::versions(tx).await?;
            let Some((company, branch)) = company::first_branch(tx).await? else { return Ok(None) };
            let terminals = company::terminals(tx, branch.id).await?;
            let settings = Settings {
                company: Arc::new(company),
                branch: Arc::new(branch),
                terminals: terminals.into(),
            };
            Ok(Some((settings, versions)))
        })
    });
    read.await
}

pub(super) async fn users(store: &Store, company: CompanyId) -> Loaded<Arc<[User]>> {
    let read = store.read(move |tx| {
        Box::pin(async move {
            let versions = change::versions(tx).await?;
            Ok(Some((user::users(tx, company).await?.into(), versions)))
        })
    });
    read.await
}

/// Rooms and their tables.
#[derive(Clone, Debug)]
pub(super) struct Floor {
    pub(super) rooms: Arc<[Room]>,
    pub(super) tables: Arc<[Table]>,
}

pub(super) async fn floor(store: &Store, branch: BranchId) -> Loaded<Floor> {
    let read = store.read(move |tx| {
        Box::pin(async move {
            let versions = change::versions(tx).await?;
            let rooms = floor::rooms(tx, branch).await?.into();
            let tables = floor::tables(tx, branch).await?.into();
            Ok(Some((Floor { rooms, tables }, versions)))
        })
    });
    read.await
}

pub(super) async fn menu(store: &Store, branch: BranchId) -> Loaded<Arc<ReadyMenu>> {
    let read = store.read(move |tx| {
        Box::pin(async move {
            let versions = change::versions(tx).await?;
            Ok(Some((Arc::new(ReadyMenu::new(menu::menu(tx, branch).await?)), versions)))
        })
    });
    read.await
}

/// Stations, printers, and who makes what.
#[derive(Clone, Debug)]
pub(super) struct Making {
    pub(super) stations: Arc<[Station]>,
    pub(super) printers: Arc<[Printer]>,
    pub(super) station_printers: Arc<HashMap<StationId, Vec<ChainPrinter>>>,
    pub(super) routes: Arc<HashMap<CategoryId, StationId>>,
}

pub(super) async fn stations(store: &Store, branch: BranchId) -> Loaded<Making> {
    let read = store.read(move |tx| {
        Box::pin(async move {
            let versions = change::versions(tx).await?;
            let making = Making {
                stations: station::stations(tx, branch).await?.into(),
                printers: station::printers(tx, branch).await?.into(),
                station_printers: Arc::new(station::station_printers(tx, branch).await?),
                routes: Arc::new(station::routes(tx, branch).await?),
            };
            Ok(Some((making, versions)))
        })
    });
    read.await
}
