//! La Candelaria: the restaurant that the program shows itself with.
//!
//! A new installation has nothing to click on; the demonstration has a menu, a floor, people and three
//! printers, so that the way from a tap to paper can be walked in the first minute. It is ordinary data,
//! written through the same store as a real company, and nothing in the program treats it otherwise.

mod floor;
mod menu;
mod questions;
mod shelf;
#[cfg(test)]
mod tests;

use crate::born;
use crate::refusal::Refusal;
use fastops_domain::combo::{ComboChoice, ComboSlot};
use fastops_domain::floor::TableShape;
use fastops_domain::ids::{
    BranchId, CategoryId, ComboSlotId, CompanyId, LocationId, ModifierGroupId, ModifierId, PrinterId,
    ProductId, RoomId, StationId, TableId, TargetId, TaxId, TerminalId, UserId,
};
use fastops_domain::menu::{ProductKind, Unit};
use fastops_domain::money::{Currency, Money};
use fastops_domain::station::{Printer, PrinterAddress, PrinterProfile};
use fastops_domain::stock::Item;
use fastops_domain::tax::{Tax, TaxMode};
use fastops_domain::time::Time;
use fastops_domain::user::{Language, Role};
use fastops_store::{StoreError, Tx, company, floor as floor_rows, menu as menu_rows, station, user};
use menu::Makes;
use questions::Question;
use shelf::Shelf;
use std::collections::HashMap;
use uuid::Uuid;

/// Someone who works at La Candelaria, with the PIN that the demonstration tells everyone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DemoUser {
    pub name: &'static str,
    pub role: Role,
    pub pin: &'static str,
}

const fn person(name: &'static str, role: Role, pin: &'static str) -> DemoUser {
    DemoUser { name, role, pin }
}

/// One user of each role, and a second waiter.
pub const DEMO_USERS: [DemoUser; 6] = [
    person("Camila", Role::Admin, "1111"),
    person("Jorge", Role::Manager, "2222"),
    person("Luisa", Role::Cashier, "3333"),
    person("Ana", Role::Waiter, "4444"),
    person("Luis", Role::Waiter, "5555"),
    person("Cocina", Role::Kitchen, "6666"),
];

/// Everyone who works at La Candelaria.
pub(crate) fn users() -> Vec<DemoUser> {
    DEMO_USERS.to_vec()
}

/// A user with what is kept of the PIN.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    user: DemoUser,
    pin_hash: String,
}

/// Everyone with their PINs hashed: slow work, done before the store is asked for anything.
pub(crate) fn people<E>(hash: impl Fn(&str) -> Result<String, E>) -> Result<Vec<Person>, E> {
    let person = |user: DemoUser| Ok(Person { user, pin_hash: hash(user.pin)? });
    DEMO_USERS.into_iter().map(person).collect()
}

/// A station of La Candelaria: what a command line calls it, its name, and the port of this computer
/// where its printer is looked for when no address is given.
#[derive(Debug)]
struct Place {
    code: &'static str,
    name: &'static str,
    port: u16,
}

/// The stations, in the order of [`Makes`].
const STATIONS: [Place; 3] = [
    Place { code: "cocina", name: "Cocina", port: 9101 },
    Place { code: "bar", name: "Bar", port: 9102 },
    Place { code: "postres", name: "Postres", port: 9103 },
];

impl Place {
    /// Its printer among `given`, else the one that a simulator on this computer would be.
    fn printer(&self, given: &[(String, PrinterAddress)]) -> PrinterAddress {
        let own = given.iter().find(|(code, _)| code == self.code);
        let usual = || PrinterAddress::Tcp { host: "127.0.0.1".into(), port: self.port };
        own.map_or_else(usual, |(_, address)| address.clone())
    }
}

const COMPANY: &str = "La Candelaria";
const BRANCH: &str = "Bogotá Centro";
const TERMINALS: [&str; 2] = ["Caja 1", "Tableta 1"];
/// Minutes east of UTC; Colombia has no summer time.
const BOGOTA_MINUTES: i32 = -300;
/// Centavos in a peso.
const CENTAVOS: i64 = 100;

/// Writes the whole company into an empty store; `printers` are addresses by the codes of stations. A
/// code that is no station's is refused before anything is written.
pub(crate) async fn create(
    tx: &mut Tx,
    new_id: &mut (dyn FnMut() -> Uuid + Send),
    people: &[Person],
    printers: &[(String, PrinterAddress)],
    now: Time,
) -> Result<(), Refusal> {
    if let Some((code, _)) = printers.iter().find(|(code, _)| STATIONS.iter().all(|place| place.code != code))
    {
        return Err(Refusal::NoSuchStation { code: code.clone() });
    }
    let mut maker = Maker { tx, new_id };
    let house = maker.company().await?;
    let owner = maker.users(house.company, people).await?;
    maker.rooms(house.branch).await?;
    maker.printers(&house, printers).await?;
    let groups = maker.questions(house.company).await?;
    let counted = maker.menu(&house, &groups).await?;
    if let Some(owner) = owner {
        maker.shelf(&house, counted, owner, now).await?;
    }
    Ok(())
}

/// The taxes of La Candelaria: on what is eaten, and on what the law exempts.
const TAXES: [(&str, u32, TaxMode); 2] =
    [("Impoconsumo 8 %", 800, TaxMode::Included), ("Exento", 0, TaxMode::Exempt)];

/// What the rest of the company hangs on.
struct House {
    company: CompanyId,
    branch: BranchId,
    /// Where what is counted lies.
    location: LocationId,
    stations: [StationId; STATIONS.len()],
    consumption: TaxId,
    exempt: TaxId,
}

/// Writes rows with fresh ids.
struct Maker<'a> {
    tx: &'a mut Tx,
    new_id: &'a mut (dyn FnMut() -> Uuid + Send),
}

impl Maker<'_> {
    fn id(&mut self) -> Uuid {
        (self.new_id)()
    }

    /// The company, its branch with the three stations, and the terminals.
    async fn company(&mut self) -> Result<House, StoreError> {
        let currency = Currency { code: "COP".into(), minor_digits: 2, shown_digits: 0 };
        let row = company::Company { id: CompanyId(self.id()), name: COMPANY.into(), currency };
        let taxes = TAXES.map(|(name, rate_bp, mode)| menu_rows::TaxRow {
            id: TaxId(self.id()),
            company: row.id,
            tax: Tax { name: name.into(), rate_bp, mode },
        });
        let [consumption, exempt] = taxes.each_ref().map(|tax| tax.id);
        let company = row.id;
        company::create(self.tx, &born::company(row, taxes.to_vec(), Language::Es, self.new_id)).await?;
        let branch = company::Branch {
            id: BranchId(self.id()),
            company,
            name: BRANCH.into(),
            language: Language::Es,
            utc_offset_minutes: BOGOTA_MINUTES,
            day_starts_minute: born::DAY_STARTS_MINUTE,
            default_location: LocationId(self.id()),
        };
        let (branch_id, location) = (branch.id, branch.default_location);
        let stations = STATIONS.map(|_| StationId(self.id()));
        let rows = (0..).zip(&STATIONS).zip(stations).map(|((position, place), id)| station::Station {
            id,
            branch: branch_id,
            code: place.code.into(),
            name: place.name.into(),
            position,
        });
        let house = House { company, branch: branch_id, location, stations, consumption, exempt };
        company::create_branch(self.tx, &born::branch(branch, rows.collect(), self.new_id)).await?;
        for name in TERMINALS {
            let row =
                company::Terminal { id: TerminalId(self.id()), branch: house.branch, name: name.into() };
            company::insert_terminal(self.tx, &row).await?;
        }
        Ok(house)
    }

    /// Everyone; gives the first, who owns the place.
    async fn users(&mut self, company: CompanyId, people: &[Person]) -> Result<Option<UserId>, StoreError> {
        let mut first = None;
        for person in people {
            let row = user::User {
                id: UserId(self.id()),
                company,
                name: person.user.name.into(),
                role: person.user.role,
                pin_hash: person.pin_hash.clone(),
                language: Language::Es,
                active: true,
            };
            user::insert_user(self.tx, &row).await?;
            first.get_or_insert(row.id);
        }
        Ok(first)
    }

    async fn rooms(&mut self, branch: BranchId) -> Result<(), StoreError> {
        for (position, room) in (0..).zip(floor::ROOMS) {
            let id = RoomId(self.id());
            let row = floor_rows::Room { id, branch, name: room.name.into(), position, active: true };
            floor_rows::insert_room(self.tx, &row).await?;
            for table in room.tables {
                let row = table_row(TableId(self.id()), id, table);
                floor_rows::insert_table(self.tx, &row).await?;
            }
        }
        Ok(())
    }

    /// A printer for each station.
    async fn printers(
        &mut self,
        house: &House,
        given: &[(String, PrinterAddress)],
    ) -> Result<(), StoreError> {
        for (place, station) in STATIONS.iter().zip(house.stations) {
            let printer = Printer {
                id: PrinterId(self.id()),
                name: place.name.into(),
                address: place.printer(given),
                profile: PrinterProfile::default(),
            };
            let row = station::PrinterRow { branch: house.branch, printer };
            station::insert_printer(self.tx, &row).await?;
            let target = station::PrinterTarget {
                id: TargetId(self.id()),
                station,
                position: 0,
                printer: row.printer.id,
                shares: false,
            };
            station::link_printer(self.tx, &target).await?;
        }
        Ok(())
    }

    async fn questions(
        &mut self,
        company: CompanyId,
    ) -> Result<HashMap<Question, ModifierGroupId>, StoreError> {
        let mut ids = HashMap::new();
        for question in Question::ALL {
            let wording = question.wording();
            let id = ModifierGroupId(self.id());
            let (min, max) = wording.choices;
            let (name, portioning) = (wording.name.into(), question.portioning());
            let row = menu_rows::GroupRow { id, company, name, min, max, portioning };
            menu_rows::insert_group(self.tx, &row).await?;
            for (position, (name, pesos)) in (0..).zip(wording.answers) {
                let row = menu_rows::ModifierRow {
                    id: ModifierId(self.id()),
                    group: id,
                    name: (*name).into(),
                    price: Money(pesos * CENTAVOS),
                    position,
                };
                menu_rows::insert_modifier(self.tx, &row).await?;
            }
            ids.insert(question, id);
        }
        Ok(ids)
    }

    /// The menu; gives what of it is counted, with the cocktails that have ingredients.
    async fn menu(
        &mut self,
        house: &House,
        groups: &HashMap<Question, ModifierGroupId>,
    ) -> Result<Shelf, StoreError> {
        let mut counted = Shelf::default();
        let mut known = HashMap::new();
        let mut favourites = [None; menu::FAVOURITES.len()];
        for (position, category) in (0..).zip(menu::MENU) {
            let id = CategoryId(self.id());
            let row = menu_rows::Category {
                id,
                company: house.company,
                name: category.name.into(),
                color: category.color.into(),
                position,
            };
            menu_rows::insert_category(self.tx, &row).await?;
            station::route(self.tx, house.branch, id, house.stations[category.station.index()]).await?;
            for (position, product) in (0..).zip(category.products) {
                let tax = if product.exempt { house.exempt } else { house.consumption };
                let row = product_row(ProductId(self.id()), id, tax, position, product);
                menu_rows::insert_product(self.tx, &row).await?;
                counted.note(product, &row);
                known.insert(product.code, row.id);
                if let Some(place) = menu::FAVOURITES.iter().position(|code| *code == product.code) {
                    favourites[place] = Some(row.id);
                }
                let asked = product.questions.iter().filter_map(|question| groups.get(question));
                for (position, group) in (0..).zip(asked) {
                    menu_rows::link_group(self.tx, row.id, *group, position).await?;
                }
            }
        }
        let combos = menu::MENU.iter().flat_map(|category| category.products);
        for product in combos.filter(|product| !product.slots.is_empty()) {
            self.combo(product, &known).await?;
        }
        for favourite in favourites.into_iter().flatten() {
            menu_rows::favourite::add_favourite(self.tx, house.branch, favourite).await?;
        }
        Ok(counted)
    }

    /// What a combo has the guest choose, of products that are known by their codes.
    async fn combo(
        &mut self,
        product: &menu::Product,
        known: &HashMap<&str, ProductId>,
    ) -> Result<(), StoreError> {
        let choice = |&(code, pesos): &(&str, i64)| {
            let item = Item::product(*known.get(code)?);
            Some(ComboChoice { item, price: Money(pesos * CENTAVOS) })
        };
        let slot = |slot: &menu::Slot| ComboSlot {
            id: ComboSlotId(self.id()),
            name: slot.name.into(),
            min: slot.choices.0,
            max: slot.choices.1,
            repeats: false,
            choices: slot.products.iter().filter_map(choice).collect(),
        };
        let slots: Vec<ComboSlot> = product.slots.iter().map(slot).collect();
        match known.get(product.code) {
            Some(combo) => menu_rows::combo::set_slots(self.tx, *combo, &slots).await,
            None => Ok(()),
        }
    }
}

impl Makes {
    /// Its place in [`STATIONS`].
    const fn index(self) -> usize {
        match self {
            Self::Kitchen => 0,
            Self::Bar => 1,
            Self::Desserts => 2,
        }
    }
}

fn table_row(id: TableId, room: RoomId, table: &floor::Table) -> floor_rows::Table {
    let (x, y, width, height) = table.place;
    let shape: TableShape = table.shape;
    floor_rows::Table {
        id,
        room,
        name: table.name.into(),
        seats: table.seats,
        x,
        y,
        width,
        height,
        shape,
        active: true,
    }
}

fn product_row(
    id: ProductId,
    category: CategoryId,
    tax: TaxId,
    position: i32,
    product: &menu::Product,
) -> menu_rows::Product {
    menu_rows::Product {
        id,
        category,
        name: product.name.into(),
        short_code: product.code.into(),
        price: Money(product.pesos * CENTAVOS),
        taxes: [tax].into(),
        position,
        sold_out: product.sold_out,
        active: true,
        preparation_minutes: product.minutes,
        kind: if product.slots.is_empty() { ProductKind::Product } else { ProductKind::Combo },
        tracks_stock: product.stock.is_some(),
        cost: None,
        unit: Unit::Each,
    }
}
