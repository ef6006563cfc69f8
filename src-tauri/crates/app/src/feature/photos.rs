//! Pictures of what is sold: kept small, fetched by name, taken away.

use super::menu_setup::{Act, MenuProblem};
use crate::refusal::{Field, Refusal};
use crate::wire::{GetPhotos, PhotoView, Photos, ProductPhoto, SetProductPhoto};
use crate::{App, Command as _, Who};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fastops_domain::ids::{CommandId, PhotoId, ProductId};
use fastops_domain::photo::Photo;
use fastops_store::{StoreError, photo};
use serde_json::json;

/// More than a screen full of tiles.
const MOST_PHOTOS: usize = 60;

pub(crate) async fn get_photos(app: &App, _: &Who, request: GetPhotos) -> Result<Photos, Refusal> {
    if request.photo_ids.len() > MOST_PHOTOS {
        return Err(Refusal::OutOfBounds { field: Field::Photos, least: 0, most: MOST_PHOTOS });
    }
    let ids: Vec<PhotoId> = request.photo_ids.into_iter().map(PhotoId).collect();
    let read = app.store.read::<_, StoreError, _>(move |tx| {
        let ids = ids.clone();
        Box::pin(async move { photo::pictures(tx, &ids).await })
    });
    let view = |picture: photo::Picture| PhotoView {
        id: picture.id.0,
        media_type: picture.format.media_type().into(),
        picture: STANDARD.encode(picture.bytes),
    };
    Ok(Photos { photos: read.await?.into_iter().map(view).collect() })
}

pub(crate) async fn set_product_photo(
    app: &App,
    who: &Who,
    request: SetProductPhoto,
) -> Result<ProductPhoto, Refusal> {
    let photo = request.picture.as_deref().map(opened).transpose()?;
    let branch = app.catalogue.facts().await?.branch.id;
    let product = ProductId(request.product_id);
    let id = PhotoId(app.env.new_id());
    let act = Act {
        command: CommandId(request.command_id),
        name: SetProductPhoto::NAME,
        subject: ("product", product.0),
        detail: json!({
            "photo": photo.as_ref().map(|photo| json!({ "id": id, "bytes": photo.bytes().len() })),
        }),
    };
    act.keep(app, who, move |tx| {
        let photo = photo.clone();
        Box::pin(async move {
            let known = photo::set(tx, branch, product, photo.as_ref().map(|photo| (id, photo))).await?;
            if known { Ok(()) } else { Err(Refusal::Menu(MenuProblem::UnknownProduct)) }
        })
    })
    .await?;
    let facts = app.catalogue.facts().await?;
    Ok(ProductPhoto { product_id: product.0, photo_id: facts.menu.photos.get(&product).map(|id| id.0) })
}

fn opened(base64: &str) -> Result<Photo, Refusal> {
    let bytes = STANDARD.decode(base64).map_err(|_| Refusal::BadRequest { detail: "picture".into() })?;
    Photo::new(bytes).map_err(|why| Refusal::Menu(MenuProblem::Photo(why)))
}
