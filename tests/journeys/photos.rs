//! A product's picture: given by whoever keeps the menu, fetched once by its name, heard of at every till.

use crate::house::{Engine, House, hear, new_id};
use crate::laws::questions::{self, count};
use fastops_app::wire::{
    Event, FailureCode, GetMenu, GetMenuSetup, GetPhotos, PhotoView, ProductView, SetProductPhoto,
};
use fastops_app::{Caller, Language};
use uuid::Uuid;

super::on_both_engines!(
    a_picture_is_on_the_tile_until_another_takes_its_place,
    what_is_no_picture_is_refused_with_a_sentence,
);

/// Bytes in Base64 that begin as a JPEG does, and end as they are told.
const ONE: &str = "/9j/4AAQAQ==";
const TWO: &str = "/9j/4AAQAg==";

async fn dish(house: &House) -> ProductView {
    let ana = house.sign_in("Ana").await;
    let menu = house.app.perform(&ana, GetMenu {}).await.unwrap();
    menu.products.into_iter().find(|product| product.short_code == "307").unwrap()
}

async fn photos(house: &House, photo_ids: Vec<Uuid>) -> Vec<PhotoView> {
    let ana = house.sign_in("Ana").await;
    house.app.perform(&ana, GetPhotos { photo_ids }).await.unwrap().photos
}

fn give(product_id: Uuid, picture: Option<&str>) -> SetProductPhoto {
    SetProductPhoto { command_id: new_id(), product_id, picture: picture.map(Into::into) }
}

async fn a_picture_is_on_the_tile_until_another_takes_its_place(engine: Engine) {
    let house = House::open(engine).await;
    let jorge = house.sign_in("Jorge").await;
    let store = house.app.store_for_faults();
    let product = dish(&house).await;
    assert_eq!(product.photo_id, None);

    let mut events = house.app.subscribe();
    let request = give(product.id, Some(ONE));
    let kept = house.app.perform(&jorge, request.clone()).await.unwrap();
    let again = house.app.perform(&jorge, request).await.unwrap();
    assert_eq!(kept, again, "P13: the same command again gives the same answer");
    assert_eq!(count(&store, questions::PHOTOS_SET).await, 1, "and is written down once");
    // Open tills hear of it.
    hear(&mut events, |event| *event == Event::MenuChanged).await;
    let first = kept.photo_id.unwrap();
    assert_eq!(dish(&house).await.photo_id, Some(first));
    let view = PhotoView { id: first, media_type: "image/jpeg".into(), picture: ONE.into() };
    assert_eq!(photos(&house, vec![first, new_id()]).await, [view], "what is not there is left out");

    let second = house.app.perform(&jorge, give(product.id, Some(TWO))).await.unwrap().photo_id.unwrap();
    assert_ne!(first, second, "a till that has the old one fetches the new one");
    let known: Vec<_> =
        photos(&house, vec![first, second]).await.into_iter().map(|one| one.picture).collect();
    assert_eq!(known, [TWO]);
    let setup = house.app.perform(&jorge, GetMenuSetup {}).await.unwrap();
    assert_eq!(setup.products.iter().find(|one| one.id == product.id).unwrap().photo_id, Some(second));

    let gone = house.app.perform(&jorge, give(product.id, None)).await.unwrap();
    assert_eq!((gone.photo_id, dish(&house).await.photo_id), (None, None));
    assert_eq!(photos(&house, vec![second]).await, []);
    house.close().await;
}

async fn what_is_no_picture_is_refused_with_a_sentence(engine: Engine) {
    let house = House::open(engine).await;
    let jorge = house.sign_in("Jorge").await;
    let product = dish(&house).await.id;
    let large = format!("/9j/{}", "AAAA".repeat(32 * 1024));
    for (request, code) in [
        (give(product, Some("R0lGODlh")), FailureCode::BadSetting),
        (give(product, Some(&large)), FailureCode::BadSetting),
        (give(product, Some("")), FailureCode::BadSetting),
        (give(product, Some("no es base64")), FailureCode::BadRequest),
        (give(new_id(), Some(ONE)), FailureCode::UnknownProduct),
    ] {
        let spanish = house.refused(&jorge, request.clone(), code).await;
        let english = Caller { language: Language::En, ..jorge.clone() };
        assert_ne!(spanish.message, house.refused(&english, request, code).await.message, "{code:?}");
    }
    let many = GetPhotos { photo_ids: std::iter::repeat_with(new_id).take(61).collect() };
    house.refused(&jorge, many, FailureCode::OutOfBounds).await;
    assert_eq!(count(&house.app.store_for_faults(), questions::PHOTOS_SET).await, 0);
    house.close().await;
}
