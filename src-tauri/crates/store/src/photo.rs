//! Pictures of what is sold.

use crate::columns::{AsJson, Row};
use crate::sql::{execute, fetch_all, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::{BranchId, PhotoId, ProductId};
use fastops_domain::photo::{Photo, PhotoFormat};
use std::collections::HashMap;

statements! {
    PHOTOS_OF_BRANCH: both
        "SELECT product_photo.product_id, product_photo.id
         FROM product_photo
         JOIN product ON product.id = product_id
         JOIN category ON category.id = category_id
         JOIN branch ON branch.company_id = category.company_id
         WHERE branch.id = $1";
    PICTURES: each {
        sqlite:
            "SELECT id, format, picture FROM product_photo
             WHERE id IN (SELECT unhex(value, '-') FROM json_each($1))",
        postgres:
            "SELECT id, format, picture FROM product_photo
             WHERE id = ANY (ARRAY(SELECT value::UUID FROM jsonb_array_elements_text($1)))",
    };
    KEEP_PHOTO: both
        "INSERT INTO product_photo (product_id, id, format, picture)
         SELECT product.id, $3, $4, $5
         FROM product JOIN category ON category.id = category_id JOIN branch ON branch.company_id = category.company_id
         WHERE product.id = $2 AND branch.id = $1
         ON CONFLICT (product_id) DO UPDATE
         SET id = excluded.id, format = excluded.format, picture = excluded.picture";
    FORGET_PHOTO: both
        "DELETE FROM product_photo
         WHERE product_id IN (
             SELECT product.id
             FROM product JOIN category ON category.id = category_id
             JOIN branch ON branch.company_id = category.company_id
             WHERE product.id = $2 AND branch.id = $1
         )";
}

/// A picture by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    pub id: PhotoId,
    pub format: PhotoFormat,
    pub bytes: Vec<u8>,
}

/// Which products of a branch have a picture, and which.
pub(crate) async fn of_branch(tx: &mut Tx, branch: BranchId) -> Result<HashMap<ProductId, PhotoId>, StoreError> {
    let read = |row: &Row<'_>| Ok((row.get("product_id")?, row.get("id")?));
    fetch_all!(tx, PHOTOS_OF_BRANCH, read, branch)
}

/// Those of these pictures that are still there.
pub async fn pictures(tx: &mut Tx, ids: &[PhotoId]) -> Result<Vec<Picture>, StoreError> {
    let read = |row: &Row<'_>| {
        Ok(Picture { id: row.get("id")?, format: row.get("format")?, bytes: row.get("picture")? })
    };
    fetch_all!(tx, PICTURES, read, AsJson(&ids))
}

/// Gives a product a picture in place of the one before, or none; false when a picture was meant for a product that the
/// branch does not have.
pub async fn set(
    tx: &mut Tx,
    branch: BranchId,
    product: ProductId,
    photo: Option<(PhotoId, &Photo)>,
) -> Result<bool, StoreError> {
    match photo {
        Some((id, photo)) => {
            Ok(execute!(tx, KEEP_PHOTO, branch, product, id, photo.format(), photo.bytes())? == 1)
        }
        None => execute!(tx, FORGET_PHOTO, branch, product).map(|_| true),
    }
}
