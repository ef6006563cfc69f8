//! The picture at the head of what a guest gets.

use crate::columns::Row;
use crate::sql::{execute, fetch_optional, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::{BranchId, LogoId};
use fastops_domain::picture::Grey;

statements! {
    LOGO_OF: both "SELECT id FROM receipt_logo WHERE branch_id = $1";
    PICTURE: both "SELECT width, grey FROM receipt_logo WHERE id = $1";
    KEEP_LOGO: both
        "INSERT INTO receipt_logo (branch_id, id, width, grey) VALUES ($1, $2, $3, $4)
         ON CONFLICT (branch_id) DO UPDATE
         SET id = excluded.id, width = excluded.width, grey = excluded.grey";
    FORGET_LOGO: both "DELETE FROM receipt_logo WHERE branch_id = $1";
}

/// Which picture a branch's papers have now.
pub async fn of_branch(tx: &mut Tx, branch: BranchId) -> Result<Option<LogoId>, StoreError> {
    fetch_optional!(tx, LOGO_OF, |row: &Row<'_>| row.get("id"), branch)
}

/// A picture; none when it was taken away, replaced, or cannot be one.
pub async fn picture(tx: &mut Tx, id: LogoId) -> Result<Option<Grey>, StoreError> {
    let read = |row: &Row<'_>| Ok((row.get("width")?, row.get("grey")?));
    let kept: Option<(u32, Vec<u8>)> = fetch_optional!(tx, PICTURE, read, id)?;
    let Some((width, values)) = kept else { return Ok(None) };
    let picture = Grey::new(width, values);
    if let Err(why) = &picture {
        tracing::warn!(%id, %why, "a logo is not understood and counts as none");
    }
    Ok(picture.ok())
}

/// Has a branch's papers begin with a picture, or with none.
pub async fn set(
    tx: &mut Tx,
    branch: BranchId,
    logo: Option<(LogoId, &Grey)>,
) -> Result<(), StoreError> {
    match logo {
        Some((id, picture)) => {
            execute!(tx, KEEP_LOGO, branch, id, picture.width(), picture.values()).map(drop)
        }
        None => execute!(tx, FORGET_LOGO, branch).map(drop),
    }
}
