//! Recipes: what making one unit of a product, or of one variant of it, takes out of stock.

use crate::columns::{AsJson, Row};
use crate::sql::{execute, execute_each, fetch_all, statements};
use crate::stock::read_item;
use crate::{StoreError, Tx};
use fastops_domain::ids::{BranchId, ProductId};
use fastops_domain::stock::{Item, Quantity};
use serde::Serialize;

statements! {
    CLEAR: both "DELETE FROM recipe WHERE item_id = $1";
    INSERT: each {
        sqlite:
            "INSERT INTO recipe (item_id, product_id, variant_id, ingredient_id, quantity_milli)
             VALUES ($1, $2, $3, $4, $5)",
        postgres:
            "INSERT INTO recipe (item_id, product_id, variant_id, ingredient_id, quantity_milli)
             SELECT $1, $2, $3, product, quantity
             FROM jsonb_to_recordset($4) AS ingredient (product UUID, quantity BIGINT)",
    };
    RECIPES: both
        "SELECT recipe.product_id, recipe.variant_id, ingredient_id, quantity_milli, tracks_stock
         FROM recipe
         JOIN product ON product.id = ingredient_id
         JOIN category ON category.id = category_id
         JOIN branch ON branch.company_id = category.company_id
         WHERE branch.id = $1 ORDER BY recipe.item_id, ingredient_id";
}

/// Something that goes into a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Ingredient {
    pub product: ProductId,
    /// Of the ingredient's own unit, for one unit of what is made; more than nothing.
    pub quantity: Quantity,
}

/// One ingredient of one recipe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecipeLine {
    /// What is made.
    pub makes: Item,
    pub ingredient: Ingredient,
    /// Whether the ingredient's stock is counted.
    pub tracks_stock: bool,
}

/// Says what `makes` is made of, in place of what was said before; of nothing, when there are none.
///
/// `RuleBroken` for something made of itself or of nothing's worth of it, `Conflict` for an ingredient that
/// is named twice; in each case the recipe stays as it was.
pub async fn set_recipe(tx: &mut Tx, makes: Item, ingredients: &[Ingredient]) -> Result<(), StoreError> {
    execute!(tx, CLEAR, makes.id())?;
    if ingredients.is_empty() {
        return Ok(());
    }
    execute_each!(
        tx,
        INSERT,
        ingredients,
        sqlite: |row| [makes.id(), makes.product, makes.variant, row.product, row.quantity],
        postgres: [makes.id(), makes.product, makes.variant, AsJson(&ingredients)],
    )
    .map(drop)
}

/// The recipes of everything that a branch's company makes, one recipe after the other.
pub async fn recipes(tx: &mut Tx, branch: BranchId) -> Result<Vec<RecipeLine>, StoreError> {
    fetch_all!(tx, RECIPES, read_line, branch)
}

fn read_line(row: &Row<'_>) -> Result<RecipeLine, StoreError> {
    let ingredient =
        Ingredient { product: row.get("ingredient_id")?, quantity: row.get("quantity_milli")? };
    Ok(RecipeLine { makes: read_item(row)?, ingredient, tracks_stock: row.get("tracks_stock")? })
}
