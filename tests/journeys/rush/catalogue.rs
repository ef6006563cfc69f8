//! What is decided about the menu, the floor and people, counted.

use super::Walk;
use crate::house::new_id;
use fastops_app::Caller;
use fastops_app::wire::{
    GetFirstSteps, GetFloorSetup, GetMenuSetup, GetPeople, GetReceiptLogo, LogoPicture, OrderCategories,
    OrderProducts, OrderRooms, PlaceTables, SaveCategory, SaveModifierGroup, SavePerson, SaveProduct,
    SaveRoom, SaveTable, SaveTables, Secret, SetReceiptLogo, TablePlace, TableWish, TryReceiptLogo,
};

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
        let same = SaveProduct {
            command_id: new_id(),
            product_id: product.id,
            category_id: product.category_id,
            name: product.name,
            short_code: product.short_code,
            price_minor: product.price_minor,
            tax_ids: product.tax_ids,
            group_ids: product.group_ids,
            preparation_minutes: product.preparation_minutes,
            station_id: product.station_id,
            active: product.active,
        };
        self.ask(admin, same).await;
        let group = menu.groups[0].clone();
        let same = SaveModifierGroup {
            command_id: new_id(),
            group_id: group.id,
            name: group.name,
            min: group.min,
            max: group.max,
            modifiers: group.modifiers,
        };
        self.ask(admin, same).await;
        let category_ids = menu.categories.iter().map(|category| category.id).collect();
        self.ask(admin, OrderCategories { command_id: new_id(), category_ids }).await;
        let of = |product: &&fastops_app::wire::ProductSetup| product.category_id == category.id;
        let product_ids = menu.products.iter().filter(of).map(|product| product.id).collect();
        self.ask(admin, OrderProducts { command_id: new_id(), category_id: category.id, product_ids }).await;
        self.ask(admin, GetFirstSteps {}).await;
        self.logo(admin).await;
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
