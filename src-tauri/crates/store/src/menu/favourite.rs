//! The house's favourites: what a branch wants in reach first, in its own order.

use crate::columns::{AsJson, Row};
use crate::sql::{execute, fetch_all, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::{BranchId, ProductId};

statements! {
    FAVOURITES: both "SELECT product_id FROM favourite WHERE branch_id = $1 ORDER BY position, product_id";
    // A new one stands last; one that is there already stays where it stands.
    ADD_FAVOURITE: both
        "INSERT INTO favourite (branch_id, product_id, position)
         SELECT branch.id, product.id,
                (SELECT COALESCE(MAX(position), -1) + 1 FROM favourite WHERE branch_id = $1)
         FROM product
         JOIN category ON category.id = category_id
         JOIN branch ON branch.company_id = category.company_id
         WHERE branch.id = $1 AND product.id = $2 AND product.kind <> 'ingredient'
         ON CONFLICT (branch_id, product_id) DO UPDATE SET position = favourite.position";
    DROP_FAVOURITE: both "DELETE FROM favourite WHERE branch_id = $1 AND product_id = $2";
    ORDER_FAVOURITES: each {
        sqlite:
            "UPDATE favourite SET position = said.key
             FROM (SELECT key, unhex(value, '-') AS id FROM json_each($2)) AS said
             WHERE product_id = said.id AND branch_id = $1",
        postgres:
            "UPDATE favourite SET position = said.place - 1
             FROM jsonb_array_elements_text($2) WITH ORDINALITY AS said (id, place)
             WHERE product_id = said.id::UUID AND branch_id = $1",
    };
}

/// A branch's favourites in their order.
pub async fn favourites(tx: &mut Tx, branch: BranchId) -> Result<Vec<ProductId>, StoreError> {
    fetch_all!(tx, FAVOURITES, |row: &Row<'_>| row.get("product_id"), branch)
}

/// Puts a product last among a branch's favourites, or leaves it where it stands; false when its company sells no such
/// product.
pub async fn add_favourite(tx: &mut Tx, branch: BranchId, product: ProductId) -> Result<bool, StoreError> {
    Ok(execute!(tx, ADD_FAVOURITE, branch, product)? == 1)
}

/// Takes a product out of a branch's favourites, if it is one.
pub async fn drop_favourite(tx: &mut Tx, branch: BranchId, product: ProductId) -> Result<(), StoreError> {
    execute!(tx, DROP_FAVOURITE, branch, product).map(drop)
}

/// Puts a branch's favourites into this order; says how many were put.
pub async fn order_favourites(
    tx: &mut Tx,
    branch: BranchId,
    products: &[ProductId],
) -> Result<u64, StoreError> {
    execute!(tx, ORDER_FAVOURITES, branch, AsJson(&products))
}
