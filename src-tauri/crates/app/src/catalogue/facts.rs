//! Everything of a branch that commands need besides the orders themselves, topic by topic.
//!
//! Each topic is read in one state of the store, with its versions, and shared by everyone who asks.

use super::ready_menu::ReadyMenu;
use crate::refusal::Refusal;
use fastops_domain::business_day::DayRule;
use fastops_domain::combo::ComboSlot;
use fastops_domain::ids::{
    BranchId, CategoryId, CompanyId, PriceListId, PrinterId, ProductId, StationId, TableId, TerminalId,
    VariantId,
};
use fastops_domain::menu::{ModifierGroup, ProductKind};
use fastops_domain::outlet::{MailServer, Outlet};
use fastops_domain::price_list::{self, Moment, PriceList, Priced, VariantPrice};
use fastops_domain::search::Index;
use fastops_domain::setting::Settings;
use fastops_domain::station::{ChainTarget, Printer, Target};
use fastops_domain::stock::{Item, Quantity, Use, remaining};
use fastops_domain::time::Time;
use fastops_store::change::{self, Versions};
use fastops_store::company::{Branch, Company, Terminal};
use fastops_store::floor::{Room, Table};
use fastops_store::menu::Product;
use fastops_store::price_list::price_lists;
use fastops_store::setting::BranchSettings;
use fastops_store::station::Station;
use fastops_store::user::User;
use fastops_store::variant::SoldVariant;
use fastops_store::{Store, company, device, floor, menu, recipe, setting, station, user};
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// The branch as it is at this moment.
#[derive(Clone, Debug)]
pub(crate) struct Facts {
    pub(crate) company: Arc<Company>,
    pub(crate) branch: Arc<Branch>,
    pub(crate) terminals: Arc<[Terminal]>,
    /// What the house has decided for itself.
    pub(crate) said: Arc<BranchSettings>,
    pub(crate) users: Arc<[User]>,
    pub(crate) rooms: Arc<[Room]>,
    pub(crate) tables: Arc<[Table]>,
    pub(crate) menu: Arc<ReadyMenu>,
    pub(crate) stations: Arc<[Station]>,
    /// Of closed stations, who makes what they made.
    pub(super) successors: Arc<HashMap<StationId, StationId>>,
    pub(crate) printers: Arc<[Printer]>,
    /// Targets of a station, the first choice first.
    pub(crate) chains: Arc<HashMap<StationId, Vec<ChainTarget>>>,
    /// The printers that stand beside terminals.
    pub(crate) terminal_printers: Arc<HashMap<TerminalId, PrinterId>>,
    /// The server that mails tickets.
    pub(crate) mail_server: Arc<Option<MailServer>>,
    pub(super) routes: Arc<HashMap<CategoryId, StationId>>,
    pub(super) product_routes: Arc<HashMap<ProductId, StationId>>,
}

impl Facts {
    /// The prices that hold at a moment, whatever was held when the menu was read.
    pub(crate) fn prices(&self, at: Time) -> Prices<'_> {
        let rule = self.day_rule();
        Prices { holding: price_list::holding(&self.menu.price_lists, Moment::new(rule, at)), rule, at }
    }

    /// When the branch's day begins.
    pub(crate) fn day_rule(&self) -> DayRule {
        let starts = i32::try_from(self.branch.day_starts_minute).unwrap_or(0);
        DayRule { utc_offset_minutes: self.branch.utc_offset_minutes, day_starts_minute: starts }
    }

    /// The settings that hold at a terminal, or in the branch when none is meant.
    pub(crate) fn settings(&self, terminal: Option<TerminalId>) -> Settings {
        self.said.of(terminal)
    }

    /// What is on the menu, in its order.
    pub(crate) fn products(&self) -> impl Iterator<Item = &Product> {
        self.menu.products.iter().map(|product| &**product).filter(|product| product.active)
    }

    pub(crate) fn product(&self, id: ProductId) -> Option<&Product> {
        let at = self.menu.product_at.get(&id)?;
        self.menu.products.get(*at).map(|product| &**product).filter(|product| product.active)
    }

    /// A product's groups of questions, in the order that they are asked.
    pub(crate) fn groups(&self, id: ProductId) -> impl Iterator<Item = &ModifierGroup> {
        let ids = self.menu.product_groups.get(&id).map_or(&[][..], |groups| groups);
        ids.iter().filter_map(|group| self.menu.group_at.get(group).and_then(|at| self.menu.groups.get(*at)))
    }

    /// The products, ready to be searched.
    pub(crate) fn search(&self) -> &Index {
        self.menu.search()
    }

    pub(crate) fn has_search(&self) -> bool {
        self.menu.has_search()
    }

    /// What a product has the guest choose, of what is on the menu; nothing unless it is a combo.
    pub(crate) fn slots(&self, product: ProductId) -> &[ComboSlot] {
        self.menu.combos.get(&product).map_or(&[], Vec::as_slice)
    }

    /// Who makes a product: whoever makes it in particular, else whoever makes its category. A combo is made by those
    /// who make what is chosen for it.
    pub(crate) fn route(&self, product: &Product) -> Option<StationId> {
        let in_particular = self.product_route(product.id);
        let is_made = product.kind != ProductKind::Combo;
        in_particular.or_else(|| self.category_route(product.category).filter(|_| is_made))
    }

    /// Whether a product is made by a station in particular, and not with its category.
    pub(crate) fn makes_in_particular(&self, product: ProductId) -> bool {
        self.product_routes.contains_key(&product)
    }

    /// Who makes the products of a category that nobody makes in particular.
    pub(crate) fn category_route(&self, category: CategoryId) -> Option<StationId> {
        self.routes.get(&category).copied()
    }

    /// Who makes a product in particular.
    pub(crate) fn product_route(&self, product: ProductId) -> Option<StationId> {
        self.product_routes.get(&product).copied()
    }

    /// The variants that a product is sold in, colour by colour.
    pub(crate) fn variants(&self, product: ProductId) -> impl Iterator<Item = &SoldVariant> {
        let places = self.menu.variants_at.get(&product).map_or(&[][..], Vec::as_slice);
        places.iter().filter_map(|at| self.menu.variants.get(*at))
    }

    /// A variant that a product is sold in; none when it is another's or sold no longer.
    pub(crate) fn variant(&self, product: ProductId, id: VariantId) -> Option<&SoldVariant> {
        self.variants(product).find(|variant| variant.id == id)
    }

    /// What selling one unit of something takes out of stock: nothing of what is not counted.
    pub(crate) fn uses(&self, sold: Item) -> &[Use] {
        self.menu.uses.get(&sold.id()).map_or(&[], Vec::as_slice)
    }

    /// Whether somebody said how many units of a product are left, which its sales count down.
    pub(crate) fn counts_down(&self, product: ProductId) -> bool {
        self.menu.said.get(&product).is_some_and(|said| said.units > 0)
    }

    /// Whether selling a product, a variant of it or what is chosen for it moves stock or counts something down.
    pub(crate) fn counts(&self, product: ProductId) -> bool {
        let counts = |product| {
            self.counts_down(product)
                || !self.uses(Item::product(product)).is_empty()
                || self.variants(product).any(|variant| !self.uses(item(variant)).is_empty())
        };
        let choices = self.slots(product).iter().flat_map(|slot| &slot.choices);
        counts(product) || choices.map(|choice| choice.item.product).any(counts)
    }

    /// Whether selling anything moves stock.
    pub(crate) fn counts_stock(&self) -> bool {
        !self.menu.uses.is_empty()
    }

    /// Whether any product is counted down.
    pub(crate) fn counts_any_down(&self) -> bool {
        self.menu.said.values().any(|said| said.units > 0)
    }

    /// How a product stands when so much is `left`. One that is sold in variants is
    /// out when they all are, and a combo when one of its slots has too little left to choose from.
    pub(crate) fn standing(&self, product: &Product, left: &Left) -> Standing {
        let standing = self.own_standing(product, left);
        let is_gone = |choice: Item| {
            self.product(choice.product).is_none_or(|product| {
                let standing = self.own_standing(product, left);
                standing.sold_out
                    || choice.variant.is_some_and(|variant| standing.gone_variants.contains(&variant))
            })
        };
        let sold_out = standing.sold_out || self.slots(product.id).iter().any(|slot| slot.is_out(is_gone));
        Standing { sold_out, ..standing }
    }

    fn own_standing(&self, product: &Product, left: &Left) -> Standing {
        let in_stock = |sold| remaining(self.uses(sold), |item| left.free.get(&item).copied());
        let mut variants = self.variants(product.id).peekable();
        let counted = if variants.peek().is_none() { in_stock(Item::product(product.id)) } else { None };
        let mut all_gone = variants.peek().is_some();
        let mut gone_variants = Vec::new();
        for variant in variants {
            if in_stock(item(variant)) == Some(0) {
                gone_variants.push(variant.id);
            } else {
                all_gone = false;
            }
        }
        let counted = if all_gone { Some(0) } else { counted };
        let said = left.counted_down.get(&product.id).copied();
        let remaining = counted.into_iter().chain(said).min();
        Standing { sold_out: product.sold_out || remaining == Some(0), remaining, gone_variants }
    }

    pub(crate) fn station(&self, id: StationId) -> Option<&Station> {
        self.stations.iter().find(|station| station.id == id)
    }

    /// The station that hears of what `id` makes: itself, or whoever makes what it made before it was closed.
    pub(crate) fn maker(&self, id: StationId) -> Option<&Station> {
        self.station(id).or_else(|| self.successors.get(&id).and_then(|successor| self.station(*successor)))
    }

    /// How many categories, and products for themselves, a station makes, on the menu or off it.
    pub(crate) fn makes(&self, id: StationId) -> usize {
        let categories = self.routes.values().filter(|station| **station == id).count();
        categories + self.product_routes.values().filter(|station| **station == id).count()
    }

    pub(crate) fn printer(&self, id: PrinterId) -> Option<&Printer> {
        self.printers.iter().find(|printer| printer.id == id)
    }

    /// The printer that a station's tickets go to when all is well.
    pub(crate) fn first_printer(&self, station: StationId) -> Option<&Printer> {
        let device = |place: &ChainTarget| match place.target {
            Target::Device(device) => self.printer(device),
            Target::Sender => None,
        };
        self.chains.get(&station)?.iter().find_map(device)
    }

    /// The printer that stands beside a terminal.
    pub(crate) fn printer_beside(&self, terminal: TerminalId) -> Option<PrinterId> {
        self.terminal_printers.get(&terminal).copied()
    }

    /// Whether a device is named in a station's chain.
    pub(crate) fn is_target(&self, station: StationId, device: PrinterId) -> bool {
        let named = |place: &ChainTarget| place.target == Target::Device(device);
        self.chains.get(&station).is_some_and(|chain| chain.iter().any(named))
    }

    /// The device that the kitchen screens of a station are, when they are one of its targets.
    pub(crate) fn screen_of(&self, id: StationId) -> Option<&Printer> {
        let code = &self.station(id)?.code;
        let shows = |device: &&Printer| matches!(device.address.outlet(), Some(Outlet::Screen { station }) if station == code);
        self.printers.iter().find(shows)
    }

    /// A table that an order may be opened at, or taken to.
    pub(crate) fn table_on_floor(&self, id: TableId) -> Option<(&Table, &Room)> {
        self.table(id).filter(|(table, room)| table.active && room.active)
    }

    /// A table, on the floor or off it: what was sold there keeps its name.
    pub(crate) fn table(&self, id: TableId) -> Option<(&Table, &Room)> {
        let table = self.tables.iter().find(|table| table.id == id)?;
        let room = self.rooms.iter().find(|room| room.id == table.room)?;
        Some((table, room))
    }
}

/// What is left of everything that is limited.
#[derive(Clone, Debug, Default)]
pub(crate) struct Left {
    /// How much of each item may still leave its shelf.
    pub(crate) free: HashMap<Uuid, Quantity>,
    /// Units of what somebody said how much is left of.
    pub(crate) counted_down: HashMap<ProductId, i64>,
}

/// What is left of a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) sold_out: bool,
    /// Units that can still be sold; none when nothing limits it, or only its variants' counts do.
    pub(crate) remaining: Option<i64>,
    pub(crate) gone_variants: Vec<VariantId>,
}

pub(super) fn item(variant: &SoldVariant) -> Item {
    Item { product: variant.product, variant: Some(variant.id) }
}

/// What products cost at a moment.
#[derive(Debug)]
pub(crate) struct Prices<'a> {
    holding: Vec<&'a PriceList>,
    rule: DayRule,
    at: Time,
}

impl<'a> Prices<'a> {
    /// What something costs, and by which list when it is not what it ordinarily costs.
    pub(crate) fn priced(&self, product: &Product, variant: Option<&SoldVariant>) -> Priced<'a> {
        let variant = variant.map(|variant| VariantPrice { id: variant.id, own: variant.price });
        price_list::price_of(&self.holding, product.id, product.price, variant)
    }

    /// When a list that holds stops counting, if it does before the business day is over.
    pub(crate) fn end_of(&self, list: &PriceList) -> Option<Time> {
        list.ends_today(self.rule, self.at)
    }

    /// The names of the lists that hold, the one that counts most first.
    pub(crate) fn names(&self) -> Vec<String> {
        self.holding.iter().map(|list| list.name.clone()).collect()
    }

    /// The lists by which they are what they are, the one that counts most first.
    pub(crate) fn lists(&self) -> Vec<PriceListId> {
        self.holding.iter().map(|list| list.id).collect()
    }
}

/// What a topic's reading gives: the topic, and the versions of all in that state of the store.
type Loaded<T> = Result<Option<(T, Versions)>, Refusal>;

/// Company, branch and terminals, and what they have decided.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) company: Arc<Company>,
    pub(super) branch: Arc<Branch>,
    pub(super) terminals: Arc<[Terminal]>,
    pub(super) terminal_printers: Arc<HashMap<TerminalId, PrinterId>>,
    pub(super) said: Arc<BranchSettings>,
}

pub(super) async fn place(store: &Store) -> Loaded<Place> {
    let read = store.read(|tx| {
        Box::pin(async move {
            let versions = change::versions(tx).await?;
            let Some((company, branch)) = company::first_branch(tx).await? else { return Ok(None) };
            let terminals = company::terminals(tx, branch.id).await?;
            let terminal_printers = device::terminal_printers(tx, branch.id).await?;
            let said = setting::settings(tx, branch.id).await?;
            let place = Place {
                company: Arc::new(company),
                branch: Arc::new(branch),
                terminals: terminals.into(),
                terminal_printers: Arc::new(terminal_printers),
                said: Arc::new(said),
            };
            Ok(Some((place, versions)))
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

/// The menu after `known`, and that itself if nothing is different.
pub(super) async fn menu(store: &Store, branch: BranchId, known: Arc<ReadyMenu>) -> Loaded<Arc<ReadyMenu>> {
    let read = store.read(move |tx| {
        Box::pin(async move {
            let versions = change::versions(tx).await?;
            let menu = menu::menu_again(tx, branch, &known).await?;
            let (lists, recipes) = (price_lists(tx, branch).await?, recipe::recipes(tx, branch).await?);
            Ok(Some((known.again(menu, lists, &recipes), versions)))
        })
    });
    read.await
}

/// Stations, printers, and who makes what.
#[derive(Clone, Debug)]
pub(super) struct Making {
    pub(super) stations: Arc<[Station]>,
    pub(super) successors: Arc<HashMap<StationId, StationId>>,
    pub(super) printers: Arc<[Printer]>,
    pub(super) chains: Arc<HashMap<StationId, Vec<ChainTarget>>>,
    pub(super) mail_server: Arc<Option<MailServer>>,
    pub(super) routes: Arc<HashMap<CategoryId, StationId>>,
    pub(super) product_routes: Arc<HashMap<ProductId, StationId>>,
}

pub(super) async fn stations(store: &Store, branch: BranchId) -> Loaded<Making> {
    let read = store.read(move |tx| {
        Box::pin(async move {
            let versions = change::versions(tx).await?;
            let making = Making {
                stations: station::stations(tx, branch).await?.into(),
                successors: Arc::new(station::successors(tx, branch).await?),
                printers: station::printers(tx, branch).await?.into(),
                chains: Arc::new(station::chains(tx, branch).await?),
                mail_server: Arc::new(device::mail_server(tx, branch).await?),
                routes: Arc::new(station::routes(tx, branch).await?),
                product_routes: Arc::new(station::product_routes(tx, branch).await?),
            };
            Ok(Some((making, versions)))
        })
    });
    read.await
}
