//! What La Candelaria counts: bottles, one dessert of which there are few, and what its mojito is made of.

use super::menu::Product;
use super::{House, Maker};
use fastops_domain::ids::{CommandId, ProductId, StockMoveId, UserId};
use fastops_domain::menu::{ProductKind, Unit};
use fastops_domain::money::Money;
use fastops_domain::stock::{Item, MoveKind, Quantity};
use fastops_domain::time::Time;
use fastops_store::recipe::{self, Ingredient};
use fastops_store::stock::{self, Move, Posting};
use fastops_store::{StoreError, menu as menu_rows};

/// The code of what is mixed from [`INGREDIENTS`].
pub(super) const MIXED: &str = "705";

/// Something that is bought and goes into a product.
#[derive(Debug)]
pub(super) struct Bought {
    pub(super) name: &'static str,
    pub(super) code: &'static str,
    pub(super) unit: Unit,
    /// Of its unit, on the shelf on the first day.
    pub(super) stock: i64,
    /// Thousandths of its unit in one drink.
    pub(super) milli: i64,
}

pub(super) const INGREDIENTS: [Bought; 3] = [
    Bought { name: "Ron blanco", code: "I01", unit: Unit::Liter, stock: 21, milli: 60 },
    Bought { name: "Limón Tahití", code: "I02", unit: Unit::Each, stock: 400, milli: 1000 },
    Bought { name: "Hierbabuena", code: "I03", unit: Unit::Kilogram, stock: 3, milli: 8 },
];

/// What of the menu is counted.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    counted: Vec<(ProductId, i64)>,
    /// What is mixed of bought things.
    mixed: Option<menu_rows::Product>,
}

impl Shelf {
    pub(super) fn note(&mut self, product: &Product, row: &menu_rows::Product) {
        self.counted.extend(product.stock.map(|units| (row.id, units)));
        if product.code == MIXED {
            self.mixed = Some(row.clone());
        }
    }
}

impl Maker<'_> {
    /// Fills the shelf in one delivery that the owner takes in; less than nothing of it cannot be sold.
    pub(super) async fn shelf(
        &mut self,
        house: &House,
        things: Shelf,
        owner: UserId,
        now: Time,
    ) -> Result<(), StoreError> {
        let mut counted = things.counted;
        if let Some(mixed) = things.mixed {
            counted.extend(self.ingredients(&mixed).await?);
        }
        let mut moves = Vec::with_capacity(counted.len());
        for (product, units) in counted {
            let item = Item::product(product);
            stock::set_least(self.tx, house.location, item, Some(Quantity::ZERO)).await?;
            moves.push(Move {
                id: StockMoveId(self.id()),
                location: house.location,
                item,
                quantity: Quantity::units(units).unwrap_or(Quantity::UNIT),
                kind: MoveKind::Receive,
                line: None,
                reason: None,
            });
        }
        let by = Posting { command: CommandId(self.id()), user: owner, at: now };
        stock::post(self.tx, by, &moves).await.map(drop)
    }

    /// What goes into `mixed`, with how much of each there is.
    async fn ingredients(&mut self, mixed: &menu_rows::Product) -> Result<Vec<(ProductId, i64)>, StoreError> {
        let mut bought = Vec::with_capacity(INGREDIENTS.len());
        for (position, ingredient) in (0..).zip(&INGREDIENTS) {
            let row = menu_rows::Product {
                id: ProductId(self.id()),
                name: ingredient.name.into(),
                short_code: ingredient.code.into(),
                price: Money(0),
                taxes: [].into(),
                position,
                kind: ProductKind::Ingredient,
                tracks_stock: true,
                unit: ingredient.unit,
                ..mixed.clone()
            };
            menu_rows::insert_product(self.tx, &row).await?;
            bought.push((row.id, ingredient));
        }
        let recipe: Vec<Ingredient> = bought
            .iter()
            .map(|(product, ingredient)| Ingredient {
                product: *product,
                quantity: Quantity(ingredient.milli),
            })
            .collect();
        recipe::set_recipe(self.tx, Item::product(mixed.id), &recipe).await?;
        Ok(bought.into_iter().map(|(product, ingredient)| (product, ingredient.stock)).collect())
    }
}
