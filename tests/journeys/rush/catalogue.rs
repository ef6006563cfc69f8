//! What is decided about the menu and about people, counted.

use super::Walk;
use crate::house::new_id;
use fastops_app::Caller;
use fastops_app::wire::{
    GetMenuSetup, GetPeople, OrderCategories, OrderProducts, SaveCategory, SaveModifierGroup, SavePerson,
    SaveProduct, Secret,
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
}
