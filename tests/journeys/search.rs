//! A waiter looks for what a guest asks for.

use crate::house::{Engine, House};
use fastops_app::wire::{FailureCode, FoundProduct, Matched, SearchProducts};

super::on_both_engines!(a_waiter_finds_products_by_what_they_type);

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
