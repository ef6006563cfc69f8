//! A small restaurant for the laws: one of everything, and two where one would hide a mistake.

use fastops_domain::contact::Contact;
use fastops_domain::floor::TableShape;
use fastops_domain::ids::{
    BranchId, CategoryId, ColorId, CompanyId, JobId, LineId, LocationId, ModifierGroupId, ModifierId,
    NumberingRangeId, OrderId, PrinterId, ProductId, RoomId, SizeId, StationId, TableId, TargetId, TaxId,
    TerminalId, TicketId, UserId,
};
use fastops_domain::job::{Priority, Work};
use fastops_domain::menu::{ChosenModifier, Portioning, ProductKind, Unit};
use fastops_domain::money::{Currency, Money};
use fastops_domain::numbering::Numbering;
use fastops_domain::order::{ListedPrice, OrderLine, OrderType};
use fastops_domain::payment::MethodKind;
use fastops_domain::station::{
    Abilities, Buzzer, CodePage, DrawerPin, DrawerPulse, Printer, PrinterProfile, ProofLevel,
};
use fastops_domain::tax::{Tax, TaxMode};
use fastops_domain::ticket::{TicketContent, TicketKind, TicketLine, TicketState};
use fastops_domain::time::Time;
use fastops_domain::user::{Language, Permission, Role};
use fastops_store::born::{NewBranch, NewCompany, OrderTypeName, PaymentMethodRow};
use fastops_store::company::{Branch, Company, Terminal};
use fastops_store::floor::{Room, Table};
use fastops_store::job::{self, JobRow};
use fastops_store::menu::{Category, GroupRow, ModifierRow, Product, TaxRow};
use fastops_store::numbering::NumberingRange;
use fastops_store::order::{self, NewOrder};
use fastops_store::role::RoleRow;
use fastops_store::station::{self, PrinterRow, PrinterTarget, Station};
use fastops_store::ticket::{self, TicketRow};
use fastops_store::user::User;
use fastops_store::variant::{ColorRow, SizeRow};
use fastops_store::{Store, StoreError, Tx, company, floor, menu, user};
use uuid::Uuid;

pub(super) const NOW: Time = Time(1_767_225_600_000);

/// An id that is the same in every run; `kind` keeps different things apart.
pub(crate) fn id(kind: u16, n: u64) -> Uuid {
    Uuid::from_u128((u128::from(kind) << 64) | u128::from(n))
}

pub(super) fn order_id(n: u64) -> OrderId {
    OrderId(id(20, n))
}

pub(super) fn ticket_id(n: u64) -> TicketId {
    TicketId(id(21, n))
}

pub(super) fn job_id(n: u64) -> JobId {
    JobId(id(22, n))
}

/// The rows of the restaurant, as they were put in.
#[derive(Clone)]
pub(crate) struct World {
    pub company: Company,
    pub branch: Branch,
    pub terminal: Terminal,
    pub waiter: User,
    pub room: Room,
    pub table: Table,
    pub tax: TaxRow,
    pub category: Category,
    pub product: Product,
    pub group: GroupRow,
    pub modifiers: [ModifierRow; 2],
    pub stations: [Station; 2],
    pub printers: [PrinterRow; 2],
}

impl World {
    /// Puts the restaurant into `store`.
    pub(crate) async fn open(store: &Store) -> Self {
        let world = Self::new();
        let rows = world.clone();
        store
            .write::<_, StoreError, _>(move |tx| {
                let rows = rows.clone();
                Box::pin(async move { rows.insert(tx).await })
            })
            .await
            .unwrap();
        world
    }

    fn new() -> Self {
        let (company, branch) = (CompanyId(id(1, 1)), BranchId(id(2, 1)));
        let (tax, category, group) = (TaxId(id(3, 1)), CategoryId(id(4, 1)), ModifierGroupId(id(5, 1)));
        let room = RoomId(id(6, 1));
        Self {
            company: Company {
                id: company,
                name: "La Fonda de Ñoño".into(),
                currency: Currency { code: "COP".into(), minor_digits: 2, shown_digits: 0 },
            },
            branch: Branch {
                id: branch,
                company,
                name: "Chapinero".into(),
                language: Language::Es,
                utc_offset_minutes: -300,
                day_starts_minute: 240,
                default_location: LocationId(id(15, 1)),
            },
            terminal: Terminal { id: TerminalId(id(8, 1)), branch, name: "Caja 1".into() },
            waiter: User {
                id: UserId(id(9, 1)),
                company,
                name: "Ana".into(),
                role: Role::Waiter,
                pin_hash: "$argon2id$v=19$…".into(),
                language: Language::Es,
                active: true,
            },
            room: Room { id: room, branch, name: "Salón".into(), position: 1, active: true },
            table: Table {
                id: TableId(id(10, 1)),
                room,
                name: "M1".into(),
                seats: 4,
                x: -2,
                y: 3,
                width: 2,
                height: 1,
                shape: TableShape::Bar,
                active: true,
            },
            tax: TaxRow { id: tax, company, tax: consumption_tax() },
            category: Category {
                id: category,
                company,
                name: "Sopas".into(),
                color: "amber".into(),
                position: 3,
            },
            product: product_row(category, tax),
            group: group_row(group, company),
            modifiers: [modifier_row(2, "Medio", 0, group), modifier_row(1, "Sin crema", -50_000, group)],
            stations: [station_row(1, "cocina", branch), station_row(2, "bar", branch)],
            printers: [printer_row(1, branch), printer_row(2, branch)],
        }
    }

    async fn insert(&self, tx: &mut Tx) -> Result<(), StoreError> {
        company::create(tx, &self.new_company()).await?;
        company::create_branch(tx, &self.new_branch()).await?;
        company::insert_terminal(tx, &self.terminal).await?;
        user::insert_user(tx, &self.waiter).await?;
        floor::insert_room(tx, &self.room).await?;
        floor::insert_table(tx, &self.table).await?;
        menu::insert_category(tx, &self.category).await?;
        menu::insert_product(tx, &self.product).await?;
        menu::insert_group(tx, &self.group).await?;
        for modifier in &self.modifiers {
            menu::insert_modifier(tx, modifier).await?;
        }
        menu::link_group(tx, self.product.id, self.group.id, 1).await?;
        for (station, printer) in self.stations.iter().zip(&self.printers) {
            station::insert_printer(tx, printer).await?;
            station::link_printer(tx, &target(station, printer)).await?;
        }
        station::route(tx, self.branch.id, self.category.id, self.stations[0].id).await
    }

    /// The company with what it is born with.
    pub(super) fn new_company(&self) -> NewCompany {
        let role = |code: Role| RoleRow {
            code,
            name: code.code().to_uppercase(),
            permissions: Permission::ALL
                .into_iter()
                .filter(|permission| code.is_born_with(*permission))
                .collect(),
        };
        NewCompany {
            company: self.company.clone(),
            roles: Role::ALL.map(role).to_vec(),
            taxes: vec![self.tax.clone()],
            sizes: vec![SizeRow { id: SizeId(id(16, 1)), name: "Grande".into() }],
            colors: vec![ColorRow { id: ColorId(id(17, 1)), name: "Rojo".into(), swatch: "#c62828".into() }],
            order_types: vec![OrderTypeName { code: OrderType::DineIn, name: "En mesa".into() }],
            payment_methods: vec![PaymentMethodRow {
                code: "cash".into(),
                name: "Efectivo".into(),
                kind: MethodKind::Cash,
                opens_drawer: true,
            }],
        }
    }

    /// The branch with what it is born with.
    pub(super) fn new_branch(&self) -> NewBranch {
        let numbering = Numbering {
            prefix: "FE".into(),
            first: 1,
            last: 5000,
            next: 1,
            valid_from: None,
            valid_until: None,
        };
        let range = NumberingRange { id: NumberingRangeId(id(18, 1)), numbering };
        NewBranch {
            branch: self.branch.clone(),
            location_name: "Bodega".into(),
            stations: self.stations.to_vec(),
            ranges: vec![("receipt".into(), range)],
        }
    }

    pub(super) fn new_order(&self, n: u64, number: i64) -> NewOrder {
        NewOrder {
            id: order_id(n),
            branch: self.branch.id,
            order_type: OrderType::DineIn,
            number,
            table: Some(self.table.id),
            customer: None,
            covers: Some(2),
            waiter: self.waiter.id,
            terminal: self.terminal.id,
            note: None,
            urgent: false,
            revision: 1,
            opened_at: NOW,
            contact: Contact::default(),
        }
    }

    pub(super) fn line(&self, n: u64, revision: u32) -> OrderLine {
        let modifier = &self.modifiers[1];
        OrderLine {
            id: LineId(id(23, n)),
            product: self.product.id,
            variant: None,
            name: "Ajiaco «santafereño»".into(),
            quantity: 3,
            price: self.product.price,
            modifiers: vec![ChosenModifier {
                id: modifier.id,
                group: self.group.name.clone(),
                name: modifier.name.clone(),
                price: modifier.price,
            }],
            taxes: vec![consumption_tax()],
            note: Some("sin \"alcaparras\"\n😀".into()),
            allergy: Some("maní".into()),
            course: 2,
            seat: Some(2),
            held: false,
            fired_at: None,
            station: Some(self.stations[0].id),
            revision,
            combo: None,
            listed: Some(ListedPrice { list: "Hora feliz".into(), ordinary: Money(25_000) }),
            voided: false,
        }
    }

    pub(crate) fn ticket(&self, n: u64, order: OrderId, station: usize, revision: u32) -> TicketRow {
        let number = i64::try_from(n).unwrap();
        TicketRow {
            id: ticket_id(n),
            order,
            station: self.stations[station].id,
            number,
            kind: TicketKind::New,
            revision,
            state: TicketState::New,
            content: self.content(number),
            created_at: NOW.plus_ms(number),
            seen_at: None,
            ready_at: None,
            first_at: None,
        }
    }

    pub(super) fn content(&self, number: i64) -> TicketContent {
        TicketContent {
            kind: TicketKind::New,
            station: self.stations[0].name.clone(),
            number,
            order_number: 7,
            order_type: OrderType::DineIn,
            table: Some(self.table.name.clone()),
            room: Some(self.room.name.clone()),
            customer: None,
            covers: Some(2),
            waiter: self.waiter.name.clone(),
            terminal: self.terminal.name.clone(),
            note: Some("rápido".into()),
            urgent: false,
            preparation_minutes: 12,
            lines: vec![TicketLine {
                combo: None,
                line: LineId(id(23, 1)),
                product: Some(self.product.id),
                quantity: 3,
                name: "Ajiaco".into(),
                modifiers: vec!["Sin crema".into()],
                note: None,
                allergy: Some("maní".into()),
                course: 1,
                seat: None,
                voided: false,
                void_reason: None,
            }],
            moved: None,
            fired: None,
            promised: None,
        }
    }

    /// The first printing of [`World::ticket`] `n`, waiting at the printer of its station.
    pub(super) fn job(&self, n: u64, ticket: &TicketRow, priority: Priority) -> JobRow {
        let station = usize::from(ticket.station == self.stations[1].id);
        let work = Work::Ticket { ticket: ticket.id, order: ticket.order, station: ticket.station };
        let printer = self.printers[station].printer.id;
        let job = JobRow::new(job_id(n), work, printer, priority, ticket.created_at);
        JobRow { revision: ticket.revision, ..job }
    }

    /// Makes order `n` with nothing in it.
    pub(crate) async fn add_order(&self, tx: &mut Tx, n: u64) -> Result<OrderId, StoreError> {
        let number = order::next_order_number(tx, self.branch.id, OrderType::DineIn).await?;
        order::insert_order(tx, &self.new_order(n, number)).await?;
        Ok(order_id(n))
    }

    /// Makes ticket and job `n` of an order.
    pub(super) async fn add_job(
        &self,
        tx: &mut Tx,
        n: u64,
        order: OrderId,
        revision: u32,
        priority: Priority,
    ) -> Result<JobRow, StoreError> {
        let ticket = self.ticket(n, order, 0, revision);
        ticket::insert_tickets(tx, std::slice::from_ref(&ticket)).await?;
        let job = self.job(n, &ticket, priority);
        job::insert_jobs(tx, std::slice::from_ref(&job)).await?;
        Ok(job)
    }
}

fn target(station: &Station, printer: &PrinterRow) -> PrinterTarget {
    let id = TargetId(id(19, u64::try_from(station.id.0.as_u128() & 0xff).unwrap()));
    PrinterTarget { id, station: station.id, position: 1, printer: printer.printer.id, shares: false }
}

fn consumption_tax() -> Tax {
    Tax { name: "Impoconsumo 8 %".into(), rate_bp: 800, mode: TaxMode::Included }
}

fn product_row(category: CategoryId, tax: TaxId) -> Product {
    Product {
        id: ProductId(id(11, 1)),
        category,
        name: "Ajiaco".into(),
        short_code: "AJ".into(),
        price: Money(3_200_000),
        taxes: [tax].into(),
        position: 1,
        sold_out: false,
        active: true,
        preparation_minutes: 12,
        kind: ProductKind::Product,
        tracks_stock: true,
        cost: Some(Money(1_100_000)),
        unit: Unit::Each,
    }
}

fn group_row(id: ModifierGroupId, company: CompanyId) -> GroupRow {
    GroupRow { id, company, name: "Término".into(), min: 1, max: 2, portioning: Portioning::Mean }
}

fn modifier_row(position: i32, name: &str, price: i64, group: ModifierGroupId) -> ModifierRow {
    let id = ModifierId(id(7, u64::from(position.unsigned_abs())));
    ModifierRow { id, group, name: name.into(), price: Money(price), position }
}

fn station_row(n: u64, code: &str, branch: BranchId) -> Station {
    Station { id: StationId(id(12, n)), branch, code: code.into(), name: code.to_uppercase(), position: 1 }
}

fn printer_row(n: u64, branch: BranchId) -> PrinterRow {
    PrinterRow {
        branch,
        printer: Printer {
            id: PrinterId(id(13, n)),
            name: format!("Impresora {n}"),
            address: format!("tcp://127.0.0.1:{}", 9100 + n).parse().unwrap(),
            profile: PrinterProfile {
                columns: 42,
                code_page: CodePage::Windows1252,
                code_table: 16,
                proof: ProofLevel::None,
                abilities: Abilities {
                    cutter: false,
                    pictures: false,
                    qr: true,
                    red: true,
                    buzzer: Buzzer::Clone,
                },
                drawer: DrawerPulse { pin: DrawerPin::Five, on_ms: 120 },
            },
        },
    }
}
