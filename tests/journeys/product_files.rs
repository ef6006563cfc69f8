//! The menu out into a spreadsheet and in from one: seen before it counts, written as it was seen, all at once and
//! once; nothing that a file does not speak of is touched.

use super::menu_setup::save;
use super::variants::{DESSERT, RED_CODE, RED_PRICE, dress};
use crate::house::{self, Engine, House, hear, new_id};
use crate::laws::questions::{self, count};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fastops_app::wire::{
    Event, ExportProducts, FailureCode, FileFormat, GetMenu, GetMenuSetup, GetVariants, ImportColumn,
    ImportKind, ImportPreview, ImportProducts, ImportedProducts, MenuSetup, PreviewImport, ProductSetup,
    SearchProducts, VariantsSetup,
};
use fastops_app::{Caller, Language};

super::on_both_engines!(
    what_goes_out_comes_back_as_the_same,
    a_file_counts_at_every_till_as_it_was_shown_and_once,
    rows_with_errors_stay_out_only_when_that_is_said,
    a_menu_that_changed_since_is_not_written_over,
    a_file_without_sizes_and_colours_leaves_variants_alone,
    variants_come_in_rows_of_their_own,
    a_file_of_variants_counts_whole_or_not_at_all,
    a_file_that_is_none_says_what_it_is,
);

/// A dessert that is not counted.
const RICE: &str = "804";
/// How many variants [`dress`] gives a product.
const DRESSED: usize = 3;

/// A file as somebody typed it, for the wire.
fn file(text: &str) -> String {
    STANDARD.encode(text)
}

async fn preview(house: &House, who: &Caller, bytes: &str) -> ImportPreview {
    house.app.perform(who, PreviewImport { bytes: bytes.into() }).await.unwrap()
}

fn import(preview: &ImportPreview, bytes: &str) -> ImportProducts {
    ImportProducts {
        command_id: new_id(),
        name: "carta.csv".into(),
        bytes: bytes.into(),
        seen: preview.rows.iter().map(|row| row.seen.clone()).collect(),
        skip_errors: false,
    }
}

fn kinds(preview: &ImportPreview) -> Vec<ImportKind> {
    preview.rows.iter().map(|row| row.kind).collect()
}

async fn setup(house: &House, who: &Caller) -> MenuSetup {
    house.app.perform(who, GetMenuSetup {}).await.unwrap()
}

fn product(setup: &MenuSetup, code: &str) -> ProductSetup {
    setup.products.iter().find(|product| product.short_code == code).unwrap().clone()
}

async fn what_goes_out_comes_back_as_the_same(engine: Engine) {
    let house = House::open(engine).await;
    let jorge = house.sign_in("Jorge").await;
    dress(&house, DESSERT).await;
    let before = setup(&house, &jorge).await;
    let variants = forms(&house, &jorge, DESSERT).await;
    for (format, ending) in [(FileFormat::Csv, ".csv"), (FileFormat::Xlsx, ".xlsx")] {
        let out = house.app.perform(&jorge, ExportProducts { format }).await.unwrap();
        assert_eq!(out.products as usize, before.products.len());
        assert!(out.name.starts_with("productos-") && out.name.ends_with(ending), "{}", out.name);
        let seen = preview(&house, &jorge, &out.bytes).await;
        assert!(seen.rows.iter().all(|row| row.kind == ImportKind::Same), "{:?}", seen.rows);
        assert_eq!(seen.rows.len(), before.products.len() + DRESSED, "a row for each variant too");
        assert!(seen.new_categories.is_empty() && seen.unknown_columns.is_empty());
        let done = house.app.perform(&jorge, import(&seen, &out.bytes)).await.unwrap();
        assert_eq!((done.created, done.changed, done.variants), (0, 0, 0));
        assert_eq!(done.same as usize, before.products.len() + DRESSED);
    }
    assert_eq!(setup(&house, &jorge).await, before, "nothing is another");
    assert_eq!(forms(&house, &jorge, DESSERT).await, variants, "nor of its variants");
    house.close().await;
}

async fn a_file_counts_at_every_till_as_it_was_shown_and_once(engine: Engine) {
    let house = House::open(engine).await;
    let (jorge, ana) = (house.sign_in("Jorge").await, house.sign_in("Ana").await);
    let before = product(&setup(&house, &jorge).await, "307");
    let bytes = file(
        "Código;Nombre;Categoría;Precio;Estación;Códigos de barras\n\
         307;;;99.900;;\n\
         990;Café del día;Desayunos;4.500;Bar;7700001 | 7700002\n",
    );
    let seen = preview(&house, &jorge, &bytes).await;
    assert_eq!(kinds(&seen), [ImportKind::Changed, ImportKind::New]);
    assert_eq!(seen.new_categories, ["Desayunos"]);
    let change = &seen.rows[0].changes[0];
    assert_eq!(
        (seen.rows[0].changes.len(), change.column, change.after.as_str()),
        (1, ImportColumn::Price, "99.900")
    );
    assert!(change.sharp, "{change:?}");
    assert_eq!(product(&setup(&house, &jorge).await, "307"), before, "a preview changes nothing");

    let mut events = house.app.subscribe();
    let request = import(&seen, &bytes);
    for _ in 0..2 {
        let done = house.app.perform(&jorge, request.clone()).await.unwrap();
        let wanted =
            ImportedProducts { created: 1, changed: 1, variants: 0, same: 0, skipped: 0, categories: 1 };
        assert_eq!(done, wanted, "sent again it answers the same");
    }
    hear(&mut events, |event| *event == Event::MenuChanged).await;
    let store = house.app.store_for_faults();
    assert_eq!(count(&store, questions::IMPORTS).await, 1);
    assert_eq!(count(&store, questions::IMPORTED_PRODUCTS).await, 2);

    let now = setup(&house, &jorge).await;
    assert_eq!(
        product(&now, "307"),
        ProductSetup { price_minor: 9_990_000, ..before },
        "and nothing else of it"
    );
    let made = product(&now, "990");
    assert_eq!(now.categories.last().unwrap().name, "Desayunos");
    assert_eq!(
        (made.category_id, made.station_id),
        (now.categories.last().unwrap().id, Some(house.station("bar")))
    );
    let found = house.app.perform(&ana, SearchProducts { text: "7700002".into(), limit: 3 }).await.unwrap();
    assert_eq!(found.hits[0].product_id, made.id, "a scanner finds it");
    let menu = house.app.perform(&ana, GetMenu {}).await.unwrap();
    let price = |id| menu.products.iter().find(|product| product.id == id).unwrap().price_minor;
    assert_eq!((price(before_id(&now)), price(made.id)), (9_990_000, 450_000));
    let mut order = house.take_away(&[("307", 1)]);
    order.lines[0].product_id = made.id;
    order.lines[0].modifier_ids = Vec::new();
    let sent = house.app.perform(&ana, order).await.unwrap();
    assert_eq!((sent.total_minor, sent.tickets[0].station_id), (450_000, house.station("bar")));
    house.printer("bar").wait_for_slips(1, house::PATIENCE).await.unwrap();
    house.close().await;
}

fn before_id(setup: &MenuSetup) -> uuid::Uuid {
    product(setup, "307").id
}

async fn rows_with_errors_stay_out_only_when_that_is_said(engine: Engine) {
    let house = House::open(engine).await;
    let jorge = house.sign_in("Jorge").await;
    let before = setup(&house, &jorge).await;
    let bytes = file("Code,Name,Price\n307,,\"12,500\"\n401,,99900\n");
    let seen = preview(&house, &jorge, &bytes).await;
    assert_eq!(kinds(&seen), [ImportKind::Error, ImportKind::Changed]);
    let error = &seen.rows[0].errors[0];
    assert_eq!((error.column, error.cell.as_str()), (ImportColumn::Price, "12,500"));
    assert!(error.message.contains("12500") && error.message.contains("12,5"), "{}", error.message);
    let english = Caller { language: Language::En, ..jorge.clone() };
    let in_english = preview(&house, &english, &bytes).await;
    assert_ne!(in_english.rows[0].errors[0].message, error.message);
    assert_eq!(in_english.rows[0].seen, seen.rows[0].seen, "a mark means the same in every language");

    house.refused(&jorge, import(&seen, &bytes), FailureCode::BadFile).await;
    assert_eq!(setup(&house, &jorge).await, before, "whole or not at all");
    let good = ImportProducts { skip_errors: true, ..import(&seen, &bytes) };
    let done = house.app.perform(&jorge, good).await.unwrap();
    assert_eq!((done.changed, done.skipped), (1, 1));
    let now = setup(&house, &jorge).await;
    assert_eq!(product(&now, "307"), product(&before, "307"));
    assert_eq!(product(&now, "401").price_minor, 9_990_000);
    house.close().await;
}

async fn a_menu_that_changed_since_is_not_written_over(engine: Engine) {
    let house = House::open(engine).await;
    let jorge = house.sign_in("Jorge").await;
    let bytes = file("Código;Precio\n307;50.000\n401;60.000\n");
    let seen = preview(&house, &jorge, &bytes).await;
    let between = product(&setup(&house, &jorge).await, "401");
    let price_minor = between.price_minor + 100;
    house.app.perform(&jorge, save(ProductSetup { price_minor, ..between.clone() })).await.unwrap();
    let before = setup(&house, &jorge).await;
    let spanish = house.refused(&jorge, import(&seen, &bytes), FailureCode::MenuMoved).await;
    assert!(spanish.message.contains("la fila 3."), "{}", spanish.message);
    let english = Caller { language: Language::En, ..jorge.clone() };
    let english = house.refused(&english, import(&seen, &bytes), FailureCode::MenuMoved).await;
    assert!(english.message.contains("row 3"), "{}", english.message);
    assert_eq!(setup(&house, &jorge).await, before, "nothing of it was written");
    let other = file("Código;Precio\n307;50.000\n");
    house.refused(&jorge, import(&seen, &other), FailureCode::MenuMoved).await;

    let anew = preview(&house, &jorge, &bytes).await;
    house.app.perform(&jorge, import(&anew, &bytes)).await.unwrap();
    let now = setup(&house, &jorge).await;
    assert_eq!((product(&now, "307").price_minor, product(&now, "401").price_minor), (5_000_000, 6_000_000));
    house.close().await;
}

async fn a_file_without_sizes_and_colours_leaves_variants_alone(engine: Engine) {
    let house = House::open(engine).await;
    let (jorge, ana) = (house.sign_in("Jorge").await, house.sign_in("Ana").await);
    let dressed = dress(&house, DESSERT).await;
    let bytes = file(&format!("Código;Precio;EAN\n{DESSERT};21.000;555\n401;;{RED_CODE}\n"));
    let seen = preview(&house, &jorge, &bytes).await;
    assert_eq!(kinds(&seen), [ImportKind::Changed, ImportKind::Error], "a variant's barcode is taken");
    let request = ImportProducts { skip_errors: true, ..import(&seen, &bytes) };
    house.app.perform(&jorge, request).await.unwrap();
    let product = house.app.perform(&ana, GetMenu {}).await.unwrap();
    let product = product.products.into_iter().find(|product| product.short_code == DESSERT).unwrap();
    let red = product.variants.iter().find(|variant| variant.id == dressed.red.0).unwrap();
    assert_eq!((product.price_minor, red.price_minor, product.variants.len()), (2_100_000, RED_PRICE, 2));
    for (code, variant) in [(RED_CODE, Some(dressed.red.0)), ("555", None)] {
        let found = house.app.perform(&ana, SearchProducts { text: code.into(), limit: 1 }).await.unwrap();
        assert_eq!((found.hits[0].product_id, found.hits[0].variant_id), (product.id, variant), "{code}");
    }
    house.close().await;
}

/// A product's variants as whoever keeps the menu sees them.
async fn forms(house: &House, who: &Caller, code: &str) -> VariantsSetup {
    let product_id = product(&setup(house, who).await, code).id;
    house.app.perform(who, GetVariants { product_id }).await.unwrap()
}

async fn variants_come_in_rows_of_their_own(engine: Engine) {
    use ImportKind::{Changed, Error, New};
    let house = House::open(engine).await;
    let (jorge, ana) = (house.sign_in("Jorge").await, house.sign_in("Ana").await);
    let dressed = dress(&house, RICE).await;
    let before = forms(&house, &jorge, RICE).await;
    let name = product(&setup(&house, &jorge).await, RICE).name;
    let bytes = file(&format!(
        "Código;Nombre;Categoría;Precio;Tamaño;Color;Códigos de barras;En la carta\n\
         ;{name};;22.000;Mediano;Rojo;;\n\
         {RICE}A;{name};;;mediano;azul;{RED_CODE} | 77;\n\
         ;{name};;;Grande;Azul;;sí\n\
         {RICE}F;{name};;30.000;Familiar;Fucsia;78;\n\
         992;Camiseta;Recuerdos;50.000;;;79;\n\
         ;Camiseta;Recuerdos;;Familiar;;80;\n"
    ));
    let seen = preview(&house, &jorge, &bytes).await;
    assert_eq!(kinds(&seen), [Changed, Error, Changed, New, New, New], "its barcode is the red one's still");
    assert_eq!(
        (&seen.new_sizes[..], &seen.new_colors[..]),
        (&["Familiar".into()][..], &["Fucsia".into()][..])
    );
    assert_eq!(seen.rows[3].name, format!("{name} · Fucsia Familiar"));

    let bytes =
        file(&String::from_utf8(STANDARD.decode(&bytes).unwrap()).unwrap().replace("Rojo;;\n", "Rojo;-;\n"));
    let seen = preview(&house, &jorge, &bytes).await;
    assert_eq!(kinds(&seen), [Changed, Changed, Changed, New, New, New]);
    let request = import(&seen, &bytes);
    for _ in 0..2 {
        let done = house.app.perform(&jorge, request.clone()).await.unwrap();
        let wanted =
            ImportedProducts { created: 1, changed: 0, variants: 5, same: 0, skipped: 0, categories: 1 };
        assert_eq!(done, wanted, "sent again it answers the same (P13)");
    }
    assert_eq!(count(&house.app.store_for_faults(), questions::IMPORTED_PRODUCTS).await, 6, "P14");

    let now = forms(&house, &jorge, RICE).await;
    let of = |id: uuid::Uuid| now.variants.iter().find(|one| one.id == id).unwrap();
    let red = of(dressed.red.0);
    assert_eq!((red.price_minor, red.active, red.barcodes.len()), (Some(2_200_000), true, 0));
    let kept = before.variants.iter().map(|one| (one.id, one.size_id, one.color_id));
    assert!(kept.clone().all(|(id, size, color)| (of(id).size_id, of(id).color_id) == (size, color)));
    assert!(now.variants.iter().all(|one| one.active) && now.variants.len() == DRESSED + 1);
    let fuchsia = now.colors.last().unwrap();
    assert_eq!((fuchsia.name.as_str(), fuchsia.swatch.as_str()), ("Fucsia", "#c2185b"));
    assert_eq!(now.sizes.last().unwrap().name, "Familiar");

    let large = now.variants.iter().find(|one| one.color_id == Some(fuchsia.id)).unwrap();
    for (text, variant) in [("78", large.id), (RED_CODE, of_code(&now, &format!("{RICE}A")))] {
        let found = house.app.perform(&ana, SearchProducts { text: text.into(), limit: 1 }).await.unwrap();
        assert_eq!(found.hits[0].variant_id, Some(variant), "{text}");
    }
    let mut order = house.take_away(&[("307", 1)]);
    (order.lines[0].product_id, order.lines[0].variant_id) = (now.product_id, Some(large.id));
    order.lines[0].modifier_ids.clear();
    assert_eq!(house.app.perform(&ana, order).await.unwrap().total_minor, 3_000_000);
    let shirt = forms(&house, &jorge, "992").await;
    assert_eq!(
        (shirt.variants.len(), shirt.variants[0].price_minor, &shirt.barcodes[..]),
        (1, None, &["79".into()][..])
    );

    let out = house.app.perform(&jorge, ExportProducts { format: FileFormat::Xlsx }).await.unwrap();
    let again = preview(&house, &jorge, &out.bytes).await;
    assert!(again.rows.iter().all(|row| row.kind == ImportKind::Same), "{:?}", again.rows);
    house.close().await;
}

fn of_code(setup: &VariantsSetup, code: &str) -> uuid::Uuid {
    setup.variants.iter().find(|one| one.short_code == code).unwrap().id
}

async fn a_file_of_variants_counts_whole_or_not_at_all(engine: Engine) {
    use ImportKind::{Error, New};
    let house = House::open(engine).await;
    let jorge = house.sign_in("Jorge").await;
    dress(&house, DESSERT).await;
    let before = (setup(&house, &jorge).await, forms(&house, &jorge, DESSERT).await);
    let name = product(&before.0, DESSERT).name;
    let bytes = file(&format!(
        "Código;Nombre;Categoría;Precio;Color;En la carta\n;{name};;9.000;Azul;no\n;Bolso;Recuerdos;caro;;\n;Bolso;Recuerdos;;Rojo;\n401;{name};;;Blanco;\n"
    ));
    let seen = preview(&house, &jorge, &bytes).await;
    assert_eq!(kinds(&seen), [New, Error, Error, Error]);
    assert!(seen.rows[2].errors[0].message.contains("fila 3"), "{:?}", seen.rows[2]);
    assert!(seen.rows[3].errors[0].message.contains("Churrasco"), "{:?}", seen.rows[3]);
    house.refused(&jorge, import(&seen, &bytes), FailureCode::BadFile).await;
    assert_eq!((setup(&house, &jorge).await, forms(&house, &jorge, DESSERT).await), before);
    let good = ImportProducts { skip_errors: true, ..import(&seen, &bytes) };
    let done = house.app.perform(&jorge, good).await.unwrap();
    assert_eq!((done.created, done.variants, done.skipped), (0, 1, 3));
    let now = forms(&house, &jorge, DESSERT).await.variants;
    let made = now.iter().find(|one| one.price_minor == Some(900_000)).unwrap();
    assert_eq!((now.len(), made.size_id, made.active), (DRESSED + 1, None, false));
    house.close().await;
}

async fn a_file_that_is_none_says_what_it_is(engine: Engine) {
    let house = House::open(engine).await;
    let jorge = house.sign_in("Jorge").await;
    let english = Caller { language: Language::En, ..jorge.clone() };
    let mut said = std::collections::HashSet::new();
    let files: [&[u8]; 8] = [
        b"",
        b"%PDF-1.7",
        b"\xD0\xCF\x11\xE0 old",
        b"PK\x03\x04 broken",
        b"\x89PNG\0",
        b"Ajiaco;38000\n",
        b"Precio;Activo\n1;no\n",
        b"Nombre;Precio\n",
    ];
    for bytes in files {
        let bytes = STANDARD.encode(bytes);
        for caller in [&jorge, &english] {
            let failure =
                house.refused(caller, PreviewImport { bytes: bytes.clone() }, FailureCode::BadFile).await;
            assert!(
                said.insert(failure.message.clone()),
                "said of another file already: {}",
                failure.message
            );
        }
    }
    house.refused(&jorge, PreviewImport { bytes: "¿?".into() }, FailureCode::BadRequest).await;
    house.close().await;
}
