//! The rows of a new house.

use super::kinds::{Category, EXEMPT, ROOM, Slot, Station, TERMINALS};
use super::{Checked, TABLE_SIDE, TABLE_STEP, TABLES_ACROSS, TABLES_OF_ROOM};
use crate::born;
use fastops_domain::combo::{ComboChoice, ComboSlot};
use fastops_domain::floor::TableShape;
use fastops_domain::ids::{
    BranchId, CategoryId, ComboSlotId, CompanyId, LocationId, ProductId, RoomId, StationId, TableId, TaxId,
    TerminalId, UserId,
};
use fastops_domain::menu::{ProductKind, Unit};
use fastops_domain::money::Money;
use fastops_domain::stock::Item;
use fastops_domain::tax::{Tax, TaxMode};
use fastops_domain::time::Time;
use fastops_domain::user::{Language, Role};
use fastops_store::audit::AuditRow;
use fastops_store::{StoreError, Tx, audit, company, floor, menu, station, user};
use serde_json::json;
use std::collections::HashMap;
use uuid::Uuid;

/// Guests at a table, until somebody says how many there are.
const SEATS: u32 = 4;

/// Writes a house with fresh ids.
pub(super) struct Rows<'a> {
    pub(super) tx: &'a mut Tx,
    pub(super) new_id: &'a mut (dyn FnMut() -> Uuid + Send),
    pub(super) house: &'a Checked,
    pub(super) now: Time,
}

impl Rows<'_> {
    pub(super) async fn write(mut self, pin_hash: &str) -> Result<(), StoreError> {
        let (company, tax) = self.company().await?;
        let (branch, stations) = self.branch(company).await?;
        let admin = self.admin(company, pin_hash).await?;
        self.rooms(branch).await?;
        if self.house.founding.sample_menu {
            self.menu(company, branch, &stations, tax).await?;
        }
        self.note(branch, admin).await
    }

    fn id(&mut self) -> Uuid {
        (self.new_id)()
    }

    fn language(&self) -> Language {
        self.house.founding.language.into()
    }

    /// The company with the tax of its country, and with "exempt" for what has none.
    async fn company(&mut self) -> Result<(CompanyId, TaxId), StoreError> {
        let (country, language, rate_bp) = (self.house.country, self.language(), self.house.founding.tax_bp);
        let id = CompanyId(self.id());
        let percent = percent(rate_bp);
        let usual = Tax { name: format!("{} {percent} %", country.tax), rate_bp, mode: country.mode };
        let exempt = Tax { name: EXEMPT.of(language), rate_bp: 0, mode: TaxMode::Exempt };
        let mut taxes = Vec::new();
        for tax in [usual, exempt] {
            taxes.push(menu::TaxRow { id: TaxId(self.id()), company: id, tax });
        }
        let usual = taxes[0].id;
        let row = company::Company { id, name: self.house.name.clone(), currency: country.money() };
        company::create(self.tx, &born::company(row, taxes, language, self.new_id)).await?;
        Ok((id, usual))
    }

    /// Its branch, called as the company, with the stations of its kind and its terminals.
    async fn branch(
        &mut self,
        company: CompanyId,
    ) -> Result<(BranchId, Vec<(Station, StationId)>), StoreError> {
        let (id, language) = (BranchId(self.id()), self.language());
        let branch = company::Branch {
            id,
            company,
            name: self.house.name.clone(),
            language,
            utc_offset_minutes: self.house.founding.utc_offset_minutes,
            day_starts_minute: born::DAY_STARTS_MINUTE,
            default_location: LocationId(self.id()),
        };
        let (mut stations, mut rows) = (Vec::new(), Vec::new());
        for (position, made) in (0..).zip(self.house.founding.kind.stations()) {
            let station = StationId(self.id());
            let (code, name) = (made.code.into(), made.name.of(language));
            rows.push(station::Station { id: station, branch: id, code, name, position });
            stations.push((*made, station));
        }
        company::create_branch(self.tx, &born::branch(branch, rows, self.new_id)).await?;
        for name in TERMINALS {
            let terminal =
                company::Terminal { id: TerminalId(self.id()), branch: id, name: name.of(language) };
            company::insert_terminal(self.tx, &terminal).await?;
        }
        Ok((id, stations))
    }

    async fn admin(&mut self, company: CompanyId, pin_hash: &str) -> Result<UserId, StoreError> {
        let row = user::User {
            id: UserId(self.id()),
            company,
            name: self.house.admin.clone(),
            role: Role::Admin,
            pin_hash: pin_hash.into(),
            language: self.language(),
            active: true,
        };
        user::insert_user(self.tx, &row).await?;
        Ok(row.id)
    }

    /// Rooms with tables in rows, numbered through; none where there are no tables.
    async fn rooms(&mut self, branch: BranchId) -> Result<(), StoreError> {
        let (all, name) = (self.house.founding.tables, ROOM.of(self.language()));
        let rooms = all.div_ceil(TABLES_OF_ROOM);
        for (position, room) in (0..).zip(0..rooms) {
            let name = if room == 0 { name.clone() } else { format!("{name} {}", room + 1) };
            let id = RoomId(self.id());
            floor::insert_room(self.tx, &floor::Room { id, branch, name, position, active: true }).await?;
            let first = room * TABLES_OF_ROOM;
            for (place, n) in (0..).zip(first..all.min(first + TABLES_OF_ROOM)) {
                let table = table(TableId(self.id()), id, place, n + 1);
                floor::insert_table(self.tx, &table).await?;
            }
        }
        Ok(())
    }

    async fn menu(
        &mut self,
        company: CompanyId,
        branch: BranchId,
        stations: &[(Station, StationId)],
        tax: TaxId,
    ) -> Result<(), StoreError> {
        let language = self.language();
        let mut known: HashMap<&str, ProductId> = HashMap::new();
        for (position, category) in (0..).zip(self.house.founding.kind.menu()) {
            let id = CategoryId(self.id());
            let (name, color) = (category.name.of(language), category.color.into());
            menu::insert_category(self.tx, &menu::Category { id, company, name, color, position }).await?;
            if let Some(station) = maker(category, stations) {
                station::route(self.tx, branch, id, station).await?;
            }
            for (position, product) in (0..).zip(category.products) {
                let row = menu::Product {
                    id: *known.entry(product.code).or_insert_with(|| ProductId((self.new_id)())),
                    category: id,
                    name: product.name.of(language),
                    short_code: product.code.into(),
                    price: Money(self.house.country.price(product.tenths)),
                    taxes: [tax].into(),
                    position,
                    sold_out: false,
                    active: true,
                    preparation_minutes: product.minutes,
                    kind: if product.slots.is_empty() { ProductKind::Product } else { ProductKind::Combo },
                    tracks_stock: false,
                    cost: None,
                    unit: Unit::Each,
                };
                menu::insert_product(self.tx, &row).await?;
            }
        }
        let products = self.house.founding.kind.menu().iter().flat_map(|category| category.products);
        for product in products.filter(|product| !product.slots.is_empty()) {
            if let Some(id) = known.get(product.code) {
                let slots: Vec<ComboSlot> =
                    product.slots.iter().map(|slot| self.slot(slot, &known)).collect();
                menu::combo::set_slots(self.tx, *id, &slots).await?;
            }
        }
        Ok(())
    }

    fn slot(&mut self, slot: &Slot, known: &HashMap<&str, ProductId>) -> ComboSlot {
        let price = |tenths| if tenths == 0 { 0 } else { self.house.country.price(tenths) };
        let choice = |(code, tenths): &(&str, i64)| {
            Some(ComboChoice { item: Item::product(*known.get(code)?), price: Money(price(*tenths)) })
        };
        let choices = slot.choices.iter().filter_map(choice).collect();
        let Slot { name, count, repeats, .. } = *slot;
        let name = name.of(self.language());
        ComboSlot { id: ComboSlotId(self.id()), name, min: count, max: count, repeats, choices }
    }

    /// The first link of the chain of sensitive acts: who founded the house.
    async fn note(&mut self, branch: BranchId, admin: UserId) -> Result<(), StoreError> {
        let founding = &self.house.founding;
        let detail = json!({
            "name": self.house.name,
            "country": founding.country,
            "kind": founding.kind,
            "tax_bp": founding.tax_bp,
            "tables": founding.tables,
            "sample_menu": founding.sample_menu,
        });
        let act = AuditRow {
            id: self.id(),
            branch,
            at: self.now,
            user: Some(admin),
            terminal: None,
            action: "set_up".into(),
            subject_kind: "branch".into(),
            subject: branch.0,
            detail,
        };
        audit::insert_audit(self.tx, &act).await
    }
}

/// Who makes what is in a category: the station that it names, else the first one.
fn maker(category: &Category, stations: &[(Station, StationId)]) -> Option<StationId> {
    let named = stations.iter().find(|(station, _)| station.code == category.station);
    named.or_else(|| stations.first()).map(|(_, id)| *id)
}

/// The table numbered `n`, at the `place`-th place of its room.
pub(super) fn table(id: TableId, room: RoomId, place: i32, n: u32) -> floor::Table {
    floor::Table {
        id,
        room,
        name: n.to_string(),
        seats: SEATS,
        x: place % TABLES_ACROSS * TABLE_STEP,
        y: place / TABLES_ACROSS * TABLE_STEP,
        width: TABLE_SIDE,
        height: TABLE_SIDE,
        shape: TableShape::Square,
        active: true,
    }
}

/// A rate as people write it: 800 is `8`, 1050 is `10.5`.
fn percent(rate_bp: u32) -> String {
    let (whole, rest) = (rate_bp / 100, rate_bp % 100);
    match (rest, rest % 10) {
        (0, _) => whole.to_string(),
        (_, 0) => format!("{whole}.{}", rest / 10),
        _ => format!("{whole}.{rest:02}"),
    }
}
