//! A waiter looks for what a guest asks for.

use crate::house::{Engine, House, new_id};
use fastops_app::wire::{FailureCode, FoundProduct, Matched, SearchProducts};
use fastops_domain::ids::{ProductId, VariantId};
use fastops_store::menu::{self, Product};
use fastops_store::variant::{self, Barcode, Variant};
use fastops_store::{StoreError, company};
use uuid::Uuid;

super::on_both_engines!(a_waiter_finds_products_by_what_they_type, a_scanner_finds_what_its_barcode_is_on);

fn look_for(text: &str, limit: u32) -> SearchProducts {
    SearchProducts { text: text.into(), limit }
}

async fn a_waiter_finds_products_by_what_they_type(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    let found = async |text: &str| -> Vec<FoundProduct> {
        house.app.perform(&ana, look_for(text, 20)).await.unwrap().hits
    };

    // Short code, the matched thing, a guess or not, and the part of the name that answered.
    let cases = [
        ("LIMON COCO", "602", Matched::Name, false, Some("Limon")),
        ("limonda coco", "602", Matched::Name, true, Some("Limonada")),
        ("ajiaco santafereno", "201", Matched::Name, false, Some("Ajiaco")),
        ("307", "307", Matched::Code, false, None),
    ];
    for (text, code, matched, mistaken, part) in cases {
        let product = house.product(code);
        let hits = found(text).await;
        let hit = hits.first().unwrap_or_else(|| panic!("{text} finds nothing"));
        assert_eq!((hit.product_id, hit.matched, hit.mistaken), (product.id, matched, mistaken), "{text}");
        let name: Vec<u16> = product.name.encode_utf16().collect();
        let range = hit.ranges.first();
        let shown =
            range.map(|range| String::from_utf16_lossy(&name[range.start as usize..range.end as usize]));
        assert_eq!(shown.as_deref(), part, "{text}");
        assert_eq!(hit.variant_id, None);
    }

    assert_eq!(found("pizza").await, []);
    let soups = found("sopas").await;
    assert!(soups.len() >= 6, "a category's name means its products: {soups:?}");
    let one = house.app.perform(&ana, look_for("sopas", 1)).await.unwrap().hits;
    assert_eq!(one, soups[..1]);

    // What has run out comes last, but it comes.
    let sold_out: Vec<bool> = found("entradas")
        .await
        .iter()
        .map(|hit| house.menu.products.iter().any(|one| one.id == hit.product_id && one.sold_out))
        .collect();
    assert!(sold_out.is_sorted() && sold_out.contains(&true), "{sold_out:?}");

    for limit in [0, 201] {
        house.refused(&ana, look_for("sopas", limit), FailureCode::OutOfBounds).await;
    }
    house.close().await;
}

/// Gives a product a red and a blue medium, the second no longer sold, each with a barcode, and itself two; a
/// product that is no longer sold has one too.
async fn dress(house: &House, product: Uuid) -> VariantId {
    let product = ProductId(product);
    let (red, blue) = (VariantId(new_id()), VariantId(new_id()));
    let store = house.app.store_for_faults();
    let unit = store.write::<_, StoreError, _>(move |tx| {
        Box::pin(async move {
            let (company, branch) = company::first_branch(tx).await?.unwrap();
            let sold = menu::menu(tx, branch.id).await?.products.swap_remove(0);
            let off = Product { id: ProductId(new_id()), active: false, ..Product::clone(&sold) };
            menu::insert_product(tx, &off).await?;
            let (sizes, colors) =
                (variant::sizes(tx, company.id).await?, variant::colors(tx, company.id).await?);
            let medium = sizes.iter().find(|size| size.name == "Mediano").unwrap().id;
            let in_color = |id, name: &str, active| Variant {
                id,
                product,
                size: Some(medium),
                color: Some(colors.iter().find(|color| color.name == name).unwrap().id),
                price: None,
                short_code: None,
                active,
            };
            variant::insert_variants(tx, &[in_color(red, "Rojo", true), in_color(blue, "Azul", false)])
                .await?;
            let on = |code: &str, variant| Barcode { code: code.into(), product, variant };
            let codes = [
                on("7702004003508", None),
                on("012345678905", None),
                on("7702004003515", Some(red)),
                on("7702004003522", Some(blue)),
                Barcode { product: off.id, ..on("7702004003539", None) },
            ];
            variant::insert_barcodes(tx, company.id, &codes).await
        })
    });
    unit.await.unwrap();
    red
}

async fn a_scanner_finds_what_its_barcode_is_on(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    let found = async |text: &str| -> Vec<(Uuid, Option<Uuid>, Option<String>, Matched)> {
        let hits = house.app.perform(&ana, look_for(text, 20)).await.unwrap().hits;
        hits.into_iter().map(|hit| (hit.product_id, hit.variant_id, hit.variant_name, hit.matched)).collect()
    };
    let limonada = house.product("602").id;
    assert_eq!(found("7702004003508").await, [], "nobody has it yet");
    let red = dress(&house, limonada).await;

    let plain = (limonada, None, None, Matched::Barcode);
    // As it is printed, with the spaces and the line end of a scanner; a UPC-A with 12, 13 and 14 digits.
    for text in ["7702004003508", " 7702004003508\r\n", "012345678905", "0012345678905", "00012345678905"] {
        assert_eq!(found(text).await, std::slice::from_ref(&plain), "{text:?}");
    }
    let in_red = |matched| (limonada, Some(red.0), Some("Rojo Mediano".to_owned()), matched);
    assert_eq!(found("7702004003515").await, [in_red(Matched::Barcode)]);
    assert_eq!(found("limonada coco roja m").await, [in_red(Matched::Name)]);
    assert_eq!(found("limonada coco").await[0], (limonada, None, None, Matched::Name));
    // Of a variant and of a product that are sold no longer, and of nothing.
    for text in ["7702004003522", "limonada azul", "7702004003539", "7702004003509"] {
        assert_eq!(found(text).await, [], "{text}");
    }

    house.close().await;
}
