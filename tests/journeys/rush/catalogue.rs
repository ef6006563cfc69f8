//! What is decided about the menu, the floor and people, counted.

use super::super::menu_setup::save;
use super::Walk;
use crate::house::new_id;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fastops_app::Caller;
use fastops_app::wire::{
    CloseStation, DiscountPrices, ExportProducts, FileFormat, GetFirstSteps, GetFloorSetup, GetMenuSetup,
    GetPeople, GetPhotos, GetPriceLists, GetReceiptLogo, GetVariants, ImportProducts, LogoPicture, MenuSetup,
    OrderCategories, OrderFavourites, OrderProducts, OrderRooms, OrderStations, PlaceTables, PreviewImport,
    PreviewPrices, PriceHours, PrintSetup, RemovePriceList, RemoveTax, SaveCategory, SaveModifierGroup,
    SavePerson, SavePriceList, SaveRoom, SaveStation, SaveTable, SaveTables, SaveTax, SaveVariants,
    SchedulePrice, Secret, SetFavourite, SetProductPhoto, SetReceiptLogo, TablePlace, TableWish, TaxMode,
    TryReceiptLogo, VariantSetup,
};
use uuid::Uuid;

impl Walk<'_> {
    /// Everything stays as it was, but for who is called Luisa.
    pub(super) async fn catalogue(&mut self, admin: &Caller) {
        let menu = self.ask(admin, GetMenuSetup {}).await;
        let (category, product) = (menu.categories[0].clone(), menu.products[0].clone());
        let same = SaveCategory {
            command_id: new_id(),
            category_id: category.id,
            name: category.name,
            color: category.color,
            station_id: category.station_id,
            active: category.active,
        };
        self.ask(admin, same).await;
        let combo = menu.products.iter().find(|product| product.slots.is_some()).unwrap().clone();
        self.ask(admin, save(combo)).await;
        self.ask(admin, save(product)).await;
        let group = menu.groups[0].clone();
        let same = SaveModifierGroup {
            command_id: new_id(),
            group_id: group.id,
            name: group.name,
            min: group.min,
            max: group.max,
            portioning: group.portioning,
            modifiers: group.modifiers,
        };
        self.ask(admin, same).await;
        self.taxes(admin).await;
        self.prices(admin, menu.products[0].id).await;
        let category_ids = menu.categories.iter().map(|category| category.id).collect();
        self.ask(admin, OrderCategories { command_id: new_id(), category_ids }).await;
        let of = |product: &&fastops_app::wire::ProductSetup| product.category_id == category.id;
        let product_ids = menu.products.iter().filter(of).map(|product| product.id).collect();
        self.ask(admin, OrderProducts { command_id: new_id(), category_id: category.id, product_ids }).await;
        self.files(admin).await;
        self.ask(admin, GetFirstSteps {}).await;
        self.logo(admin).await;
        self.photo(admin, menu.products[0].id).await;
        self.variants(admin, menu.products[0].id).await;
        let people = self.ask(admin, GetPeople {}).await.people;
        let cashier = people.into_iter().find(|person| person.name == "Luisa").unwrap();
        let changed = SavePerson {
            command_id: new_id(),
            user_id: cashier.id,
            name: "Luisa Fernanda".into(),
            role: cashier.role,
            language: cashier.language,
            active: cashier.active,
            pin: Some(Secret("2580".into())),
        };
        self.ask(admin, changed).await;
    }

    /// A tax that comes and goes.
    async fn taxes(&mut self, admin: &Caller) {
        let (tax_id, name, mode) = (new_id(), "Estampilla".to_owned(), TaxMode::Added);
        self.ask(admin, SaveTax { command_id: new_id(), tax_id, name, rate_bp: 100, mode }).await;
        self.ask(admin, RemoveTax { command_id: new_id(), tax_id }).await;
    }

    /// A station with the printers of another, in another place, and closed again.
    pub(super) async fn stations(&mut self, admin: &Caller, setup: &PrintSetup) {
        let own = setup.chains.last().unwrap().station_id;
        let (station_id, name) = (new_id(), "Otra estación".to_owned());
        let new = SaveStation { command_id: new_id(), station_id, name, targets_of: Some(own) };
        let chains = self.ask(admin, new.clone()).await.chains;
        self.ask(admin, SaveStation { command_id: new_id(), name: "La otra".into(), ..new }).await;
        let station_ids = chains.iter().map(|chain| chain.station_id).collect();
        self.ask(admin, OrderStations { command_id: new_id(), station_ids }).await;
        let successor_id = Some(own);
        self.ask(admin, CloseStation { command_id: new_id(), station_id, successor_id }).await;
    }

    /// A product that comes in one size, and in one form again.
    async fn variants(&mut self, admin: &Caller, product_id: Uuid) {
        let size = self.ask(admin, GetVariants { product_id }).await.sizes[0].id;
        let variant = VariantSetup {
            id: new_id(),
            size_id: Some(size),
            color_id: None,
            price_minor: None,
            short_code: String::new(),
            barcodes: Vec::new(),
            active: true,
        };
        for variants in [vec![variant], Vec::new()] {
            let (new_sizes, new_colors, barcodes) = Default::default();
            let command_id = new_id();
            let said = SaveVariants { command_id, product_id, new_sizes, new_colors, variants, barcodes };
            self.ask(admin, said).await;
        }
    }

    /// The picture of a product, given, fetched and taken away.
    async fn photo(&mut self, admin: &Caller, product_id: Uuid) {
        let picture = Some("/9j/4AAQ".into());
        let kept = self.ask(admin, SetProductPhoto { command_id: new_id(), product_id, picture }).await;
        let photo_ids = kept.photo_id.into_iter().collect();
        self.ask(admin, GetPhotos { photo_ids }).await;
        self.ask(admin, SetProductPhoto { command_id: new_id(), product_id, picture: None }).await;
    }

    /// The menu out into a file, and a file in that says something of everything.
    async fn files(&mut self, admin: &Caller) {
        for format in [FileFormat::Csv, FileFormat::Xlsx] {
            self.ask(admin, ExportProducts { format }).await;
        }
        let menu: MenuSetup = self.ask(admin, GetMenuSetup {}).await;
        let (tax, station) = (&menu.taxes[0].name, &menu.stations[0].name);
        let (group, old) = (&menu.groups[0].name, menu.products.last().unwrap());
        let file = format!(
            "Código;Nombre;Categoría;Precio;Impuestos;Estación;Preguntas;EAN\n\
             {};Otro nombre;;;;;;\nZZ9;Nuevo;Recién hecha;1000;{tax};{station};{group};7701\n",
            old.short_code
        );
        let bytes = STANDARD.encode(file);
        let rows = self.ask(admin, PreviewImport { bytes: bytes.clone() }).await.rows;
        let seen = rows.into_iter().map(|row| row.seen).collect();
        let (command_id, name) = (new_id(), "carta.csv".into());
        let done =
            self.ask(admin, ImportProducts { command_id, name, bytes, seen, skip_errors: false }).await;
        assert_eq!((done.created, done.changed, done.categories), (1, 1, 1));
    }

    /// A list is made and taken away again, and a favourite put where it stood.
    async fn prices(&mut self, admin: &Caller, product_id: Uuid) {
        let discounted = self.ask(admin, DiscountPrices { category_id: None, off_bp: 1_000 }).await;
        let list = SavePriceList {
            command_id: new_id(),
            list_id: new_id(),
            name: "Hora feliz".into(),
            priority: 0,
            here_only: true,
            active: false,
            valid_from: None,
            valid_until: None,
            hours: (1..=7).map(|weekday| PriceHours { weekday, from_minute: 0, to_minute: 60 }).collect(),
            prices: discounted.prices,
        };
        let list_id = list.list_id;
        self.ask(admin, list).await;
        self.ask(admin, PreviewPrices { at: 0 }).await;
        self.ask(admin, RemovePriceList { command_id: new_id(), list_id }).await;
        for price_minor in [1_000, 2_000] {
            self.ask(admin, SchedulePrice { command_id: new_id(), product_id, price_minor }).await;
        }
        let lists = self.ask(admin, GetPriceLists {}).await.lists;
        let list_id = lists[0].id;
        self.ask(admin, RemovePriceList { command_id: new_id(), list_id }).await;
        for favourite in [true, false] {
            self.ask(admin, SetFavourite { command_id: new_id(), product_id, favourite }).await;
        }
        let product_ids = self.ask(admin, GetMenuSetup {}).await.favourite_ids;
        self.ask(admin, OrderFavourites { command_id: new_id(), product_ids }).await;
    }

    /// The picture of bills and receipts, looked at, kept and taken away.
    async fn logo(&mut self, admin: &Caller) {
        let picture = LogoPicture { width: 8, grey: "00".repeat(8 * 8) };
        self.ask(admin, TryReceiptLogo { picture: picture.clone() }).await;
        for picture in [Some(picture), None] {
            self.ask(admin, SetReceiptLogo { command_id: new_id(), picture }).await;
        }
        self.ask(admin, GetReceiptLogo {}).await;
    }

    /// Everything stays where it is, said table by table and all at once.
    pub(super) async fn floor(&mut self, admin: &Caller) {
        let rooms = self.ask(admin, GetFloorSetup {}).await.rooms;
        let room = rooms[0].clone();
        let (command_id, room_id) = (new_id(), room.id);
        self.ask(admin, SaveRoom { command_id, room_id, name: room.name, active: room.active }).await;
        let room_ids = rooms.iter().map(|room| room.id).collect();
        self.ask(admin, OrderRooms { command_id: new_id(), room_ids }).await;
        let same = |table: &fastops_app::wire::TableSetup| TableWish {
            table_id: table.id,
            room_id,
            name: table.name.clone(),
            seats: table.seats,
            shape: table.shape,
            x: table.x,
            y: table.y,
            width: table.width,
            height: table.height,
            active: table.active,
        };
        let tables: Vec<TableWish> = room.tables.iter().map(same).collect();
        self.ask(admin, SaveTable { command_id: new_id(), table: tables[0].clone() }).await;
        let place = |table: &TableWish| TablePlace {
            table_id: table.table_id,
            x: table.x,
            y: table.y,
            width: table.width,
            height: table.height,
        };
        let places = tables.iter().map(place).collect();
        self.ask(admin, PlaceTables { command_id: new_id(), room_id, places }).await;
        self.ask(admin, SaveTables { command_id: new_id(), tables }).await;
    }
}
