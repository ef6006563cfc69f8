//! What a waiter types and what must come, as a table; what must hold for every menu, as properties.

use super::*;
use proptest::prelude::*;
use proptest::sample::Index as Pick;
use uuid::Uuid;

/// Short code, category, name, barcode.
const MENU: &[(&str, &str, &str, &str)] = &[
    ("101", "Entradas", "Empanadas de carne (4)", ""),
    ("102", "Entradas", "Pan de bono", ""),
    ("103", "Entradas", "Pan de queso", ""),
    ("104", "Entradas", "Arepa con queso", ""),
    ("A-5", "Sopas", "Ajiaco santafereño", ""),
    ("202", "Sopas", "Sancocho de gallina", ""),
    ("301", "Platos fuertes", "Ñame con suero costeño", ""),
    ("302", "Platos fuertes", "Arroz con coco", ""),
    ("303", "Platos fuertes", "Pato a la naranja", ""),
    ("10", "Bebidas", "Limonada de coco", ""),
    ("602", "Bebidas", "Limón natural", ""),
    ("603", "Bebidas", "Jugo de mango", ""),
    ("604", "Bebidas", "Jugo de mora", ""),
    ("605", "Bebidas", "Coca-Cola light", "5449000054227"),
    ("606", "Bebidas", "Gaseosa (350 ml)", "012345678905"),
    ("607", "Bebidas", "Fish & chips ½", ""),
    ("608", "Postres", "Crème brûlée", ""),
];

fn product(at: usize) -> ProductId {
    ProductId(Uuid::from_u128(at as u128))
}

fn entry<'a>(at: usize, code: &'a str, category: &'a str, name: &'a str) -> Entry<'a> {
    Entry {
        product: product(at),
        variant: None,
        name,
        category,
        short_code: code,
        barcodes: &[],
        popularity: 0,
        sold_out: false,
    }
}

fn menu(change: impl Fn(&mut Entry<'_>)) -> Index {
    let barcodes: Vec<[String; 1]> = MENU.iter().map(|row| [row.3.to_owned()]).collect();
    let rows = MENU.iter().zip(&barcodes).enumerate().map(|(at, ((code, category, name, _), barcodes))| {
        let mut entry = Entry { barcodes, ..entry(at, code, category, name) };
        change(&mut entry);
        entry
    });
    Index::new(&rows.collect::<Vec<_>>())
}

fn names(hits: &[Hit]) -> Vec<&'static str> {
    hits.iter().map(|hit| MENU[usize::try_from(hit.product.0.as_u128()).unwrap()].2).collect()
}

fn found(text: &str) -> Vec<&'static str> {
    names(&menu(|_| {}).search(text, 50))
}

/// The best answer, what answered, and whether it took a mistake.
fn best(text: &str) -> Option<(&'static str, Matched, bool)> {
    let hits = menu(|_| {}).search(text, 1);
    Some((names(&hits).first().copied()?, hits[0].matched, hits[0].mistaken))
}

#[test]
fn what_a_waiter_types_finds_what_the_waiter_means() {
    let named = [
        ("limonada", "Limonada de coco"),
        ("LIMÓN", "Limón natural"),
        ("limo coc", "Limonada de coco"),
        ("pan queso", "Pan de queso"),
        ("queso pan", "Pan de queso"),
        ("name", "Ñame con suero costeño"),
        ("ñame", "Ñame con suero costeño"),
        ("costeno", "Ñame con suero costeño"),
        ("CREME BRULEE", "Crème brûlée"),
        ("cocacola", "Coca-Cola light"),
        ("coca-cola", "Coca-Cola light"),
        ("naranja", "Pato a la naranja"),
        ("monada", "Limonada de coco"),
        ("350", "Gaseosa (350 ml)"),
        ("350ml gaseosa 350 ml gaseosa", ""),
        ("fish&chips", "Fish & chips ½"),
        ("a", "Arepa con queso"),
        ("Limo\u{301}n", "Limón natural"),
    ];
    for (text, name) in named {
        let wanted = (!name.is_empty()).then_some((name, Matched::Name, false));
        assert_eq!(best(text), wanted, "{text}");
    }
    let mistyped = [
        ("limonda", "Limonada de coco"),
        ("limoanda", "Limonada de coco"),
        ("lmnada", "Limonada de coco"),
        ("jugo mrango", "Jugo de mango"),
        ("sanchoco galina", "Sancocho de gallina"),
        ("pto", "Pato a la naranja"),
        ("gasoesa", "Gaseosa (350 ml)"),
    ];
    for (text, name) in mistyped {
        assert_eq!(best(text), Some((name, Matched::Name, true)), "{text}");
    }
}

#[test]
fn nothing_is_found_for_nothing_and_for_what_is_not_sold() {
    let long = "limonada ".repeat(40);
    for text in ["", "   ", "🍕", "¿?", "\u{301}", "pizza", "pt", "330", "jugo pizza", "10000"] {
        assert_eq!(found(text), [""; 0], "{text}");
    }
    assert_eq!(found(&long), ["Limonada de coco"], "a word said twice is said once");
    assert_eq!(found(&"x".repeat(5_000)), [""; 0]);
    assert_eq!(menu(|_| {}).search("limonada", 0), []);
    assert_eq!(Index::new(&[]).search("limonada", 5), []);
}

#[test]
fn a_whole_code_comes_first_then_its_beginning() {
    assert_eq!(
        found("10"),
        ["Limonada de coco", "Empanadas de carne (4)", "Pan de bono", "Pan de queso", "Arepa con queso"]
    );
    assert_eq!(best("10"), Some(("Limonada de coco", Matched::Code, false)));
    assert_eq!(best("a5"), Some(("Ajiaco santafereño", Matched::Code, false)));
    assert_eq!(best("20"), Some(("Sancocho de gallina", Matched::Code, false)));
}

#[test]
fn a_barcode_answers_whole_and_however_the_scanner_sends_it() {
    for text in ["5449000054227", "5449 0000 54227", "05449000054227"] {
        assert_eq!(best(text), Some(("Coca-Cola light", Matched::Barcode, false)), "{text}");
    }
    assert_eq!(best("0012345678905"), Some(("Gaseosa (350 ml)", Matched::Barcode, false)));
    for text in ["544900005422", "5449000054228"] {
        assert_eq!(found(text), [""; 0], "{text}");
    }
}

#[test]
fn better_answers_come_first_and_each_comes_once() {
    // A whole word, beginnings in the menu's order, then the middle of a word.
    assert_eq!(
        found("coc"),
        ["Coca-Cola light", "Arroz con coco", "Limonada de coco", "Sancocho de gallina"]
    );
    assert_eq!(found("limon"), ["Limón natural", "Limonada de coco"]);
    // Names before the category's; "bebidas" means all drinks.
    assert_eq!(found("bebi").len(), 7);
    assert_eq!(found("jugo beb"), ["Jugo de mango", "Jugo de mora"]);
    // What was typed before what may have been meant.
    assert_eq!(found("pato"), ["Pato a la naranja"]);
}

#[test]
fn what_sells_more_comes_first_among_equals_and_what_is_sold_out_last() {
    let index = menu(|entry| entry.popularity = u32::from(entry.name == "Jugo de mora"));
    assert_eq!(names(&index.search("jugo", 5)), ["Jugo de mora", "Jugo de mango"]);
    let index = menu(|entry| entry.sold_out = entry.name.starts_with("Limón"));
    assert_eq!(names(&index.search("limon", 5)), ["Limonada de coco", "Limón natural"]);
    // But never after a guess.
    let index = menu(|entry| entry.sold_out = entry.name.ends_with("mango"));
    let hits = index.search("mango", 50);
    assert_eq!((names(&hits)[0], hits[0].mistaken), ("Jugo de mango", false));
}

#[test]
fn entries_of_one_code_or_name_all_answer_and_a_variant_says_which_it_is() {
    let small = Some(VariantId(Uuid::from_u128(90)));
    let entries = [
        Entry { barcodes: &["77001".into()], ..entry(1, "5", "Ropa", "Camiseta") },
        Entry {
            variant: small,
            barcodes: &["77002".into(), "77003".into()],
            ..entry(1, "5", "Ropa", "Camiseta pequeña")
        },
    ];
    let index = Index::new(&entries);
    assert_eq!(index.search("5", 9).len(), 2);
    assert_eq!(index.search("77003", 9).iter().map(|hit| hit.variant).collect::<Vec<_>>(), [small]);
    assert_eq!((index.len(), index.is_empty()), (2, false));
    assert!(index.heap_bytes() > 0);
}

#[test]
fn a_barcode_answers_alone() {
    let code = ["7702004003508".to_owned()];
    let entries = [
        entry(1, "", "Bebidas", "Cerveza 7702004003508"),
        Entry { barcodes: &code, ..entry(2, "", "Bebidas", "Gaseosa") },
        entry(3, "7702004003508", "Bebidas", "Malta"),
        entry(4, "77020040035081", "Bebidas", "Agua"),
    ];
    let hits = Index::new(&entries).search(" 7702004003508\r", 9);
    let found: Vec<_> = hits.iter().map(|hit| (hit.product, hit.matched)).collect();
    let wanted = [(product(2), Matched::Barcode), (product(3), Matched::Code)];
    assert_eq!(found, wanted, "and whoever typed a short code that is the same still finds it");
}

#[test]
fn variants_answer_when_the_text_says_which() {
    let variant = |n: u128| Some(VariantId(Uuid::from_u128(n)));
    let entries = [
        entry(1, "40", "Ropa", "Camisa"),
        Entry { variant: variant(11), ..entry(1, "401", "Ropa", "Camisa Rojo M") },
        Entry { variant: variant(12), ..entry(1, "402", "Ropa", "Camisa Rojo L") },
        Entry { variant: variant(13), ..entry(1, "", "Ropa", "Camisa Azul M") },
        entry(2, "41", "Ropa", "Camiseta"),
        Entry { variant: variant(21), ..entry(2, "", "Ropa", "Camiseta Rojo M") },
    ];
    let index = Index::new(&entries);
    let found = |text: &str| -> Vec<(u128, Option<u128>)> {
        let hits = index.search(text, 9);
        hits.iter().map(|hit| (hit.product.0.as_u128(), hit.variant.map(|id| id.0.as_u128()))).collect()
    };
    for (text, wanted) in [
        ("camisa", &[(1, None), (2, None)][..]),
        ("ropa", &[(1, None), (2, None)]),
        ("camisa rojo", &[(1, Some(11)), (1, Some(12)), (2, Some(21))]),
        ("camisa roja m", &[(1, Some(11)), (2, Some(21))]),
        ("azul camisa", &[(1, Some(13))]),
        ("40", &[(1, None)]),
        ("402", &[(1, Some(12))]),
        ("4", &[(1, None), (2, None)]),
    ] {
        assert_eq!(found(text), wanted, "{text}");
    }
}

/// A name of one to five words, with accents and capitals.
fn a_name() -> impl Strategy<Value = String> {
    prop::collection::vec("[a-zA-ZáéíóúüñÑÁ]{1,10}|[0-9]{1,3}", 1..6).prop_map(|words| words.join(" "))
}

fn a_menu() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(a_name(), 1..30)
}

fn index_of(names: &[String]) -> (Index, Vec<String>, Vec<String>) {
    let codes: Vec<String> = (0..names.len()).map(|at| format!("c{at}")).collect();
    let barcodes: Vec<String> = (0..names.len()).map(|at| format!("77020040035{at:02}")).collect();
    let entries = names.iter().zip(&codes).zip(barcodes.chunks(1)).enumerate();
    let entries: Vec<Entry<'_>> = entries
        .map(|(at, ((name, code), barcodes))| Entry { barcodes, ..entry(at, code, "Todo", name) })
        .collect();
    (Index::new(&entries), codes, barcodes)
}

fn finds(index: &Index, text: &str, at: usize) -> bool {
    index.search(text, index.len()).iter().any(|hit| hit.product == product(at))
}

/// One of the four mistakes, somewhere in the word.
fn mistype(word: &str, kind: u8, at: Pick, letter: char) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = at.index(letters.len());
    match kind {
        0 => letters[at] = letter,
        1 => letters.insert(at, letter),
        2 => drop(letters.remove(at)),
        _ if at + 1 < letters.len() => letters.swap(at, at + 1),
        _ => letters.swap(at - 1, at),
    }
    letters.into_iter().collect()
}

proptest! {
    #[test]
    fn a_product_is_found_by_its_name_its_code_and_its_barcode(names in a_menu(), pick: Pick) {
        let at = pick.index(names.len());
        let (index, codes, barcodes) = index_of(&names);
        prop_assert!(finds(&index, &names[at], at));
        prop_assert!(finds(&index, &names[at].to_uppercase(), at));
        prop_assert_eq!(index.search(&codes[at], 1)[0].matched, Matched::Code);
        prop_assert_eq!(index.search(&codes[at], 1)[0].product, product(at));
        prop_assert_eq!(index.search(&barcodes[at], 1)[0].matched, Matched::Barcode);
        prop_assert_eq!(index.search(&barcodes[at], 1)[0].product, product(at));
    }

    #[test]
    fn a_product_is_found_by_the_beginnings_of_its_words_in_any_order(
        names in a_menu(), pick: Pick, word: Pick, letters in 3..10_usize,
    ) {
        let at = pick.index(names.len());
        let (index, ..) = index_of(&names);
        let words: Vec<&str> = names[at].split(' ').collect();
        let beginning = |word: &&str| word.chars().take(letters).collect::<String>();
        prop_assert!(finds(&index, &beginning(&words[word.index(words.len())]), at));
        let all: Vec<String> = words.iter().rev().map(beginning).collect();
        prop_assert!(finds(&index, &all.join(" "), at));
    }

    #[test]
    fn a_product_is_found_by_its_name_with_one_mistake(
        names in a_menu(), pick: Pick, word: Pick, kind in 0..4_u8, place: Pick, letter in "[a-zñ]",
    ) {
        let at = pick.index(names.len());
        let (index, ..) = index_of(&names);
        let mut words: Vec<String> = names[at].split(' ').map(str::to_owned).collect();
        let long: Vec<usize> = (0..words.len())
            .filter(|at| words[*at].chars().count() >= 4 && !words[*at].starts_with(|c: char| c.is_ascii_digit()))
            .collect();
        prop_assume!(!long.is_empty());
        let which = long[word.index(long.len())];
        words[which] = mistype(&words[which], kind, place, letter.chars().next().unwrap());
        prop_assert!(finds(&index, &words.join(" "), at), "{:?}", words);
    }

    /// Fewer answers are the first of more, and a second index answers as the first.
    #[test]
    fn any_text_has_one_answer_and_never_a_panic(
        names in prop::collection::vec("\\PC{0,20}", 0..20), text in any::<String>(), limit in 0..20_usize,
    ) {
        let ((index, ..), (again, ..)) = (index_of(&names), index_of(&names));
        for text in names.iter().chain([&text]) {
            let all = index.search(text, 100);
            prop_assert_eq!(&again.search(text, 100), &all);
            let first: Vec<Hit> = all.iter().take(limit).copied().collect();
            prop_assert_eq!(index.search(text, limit), first);
            for name in &names {
                let ranges = highlight(name, text);
                prop_assert!(ranges.iter().all(|range| range.start < range.end && name.get(range.clone()).is_some()));
                prop_assert!(ranges.windows(2).all(|pair| pair[0].end < pair[1].start));
            }
        }
    }
}
