//! Searching a shop with very many products: how long an answer takes, and what the index costs.

use super::Figure;
use super::latency::Latencies;
use fastops_app::bench::ProductId;
use fastops_app::bench::search::{Entry, Index};
use std::hint::black_box;
use tokio::time::Instant;
use uuid::Uuid;

const PRODUCTS: usize = 50_000;
/// Of so many products one is looked for, in each way.
const ONE_OF: usize = 125;
/// Answers that a screen asks for.
const LIMIT: usize = 60;
/// Builds that are measured.
const BUILDS: usize = 9;

pub(crate) fn search() -> Vec<Figure> {
    let shop = Shop::of(PRODUCTS);
    let entries = shop.entries();
    let timed_build = |_| {
        let began = Instant::now();
        black_box(Index::new(black_box(&entries)));
        began.elapsed()
    };
    let builds = Latencies::new((0..BUILDS).map(timed_build));
    let index = Index::new(&entries);
    let asked = (0..PRODUCTS).step_by(ONE_OF).flat_map(|at| shop.asked(at));
    let timed_search = |text: String| {
        let began = Instant::now();
        black_box(index.search(&text, LIMIT));
        began.elapsed()
    };
    let times = Latencies::new(asked.map(timed_search));
    let figure = |key, es, en, value| Figure::new("core", key, es, en, value, "ms");
    let bytes = u32::try_from(index.heap_bytes()).unwrap_or(u32::MAX);
    vec![
        figure(
            "search_p50_ms",
            "búsqueda, 50.000 productos, p50",
            "search, 50,000 products, p50",
            times.percentile(50),
        ),
        figure(
            "search_p99_ms",
            "búsqueda, 50.000 productos, p99",
            "search, 50,000 products, p99",
            times.percentile(99),
        )
        .wanted("< 10"),
        figure(
            "search_max_ms",
            "búsqueda, 50.000 productos, máx",
            "search, 50,000 products, max",
            times.max(),
        ),
        figure(
            "search_build_ms",
            "construir ese índice, mediana",
            "building that index, median",
            builds.percentile(50),
        )
        .wanted("< 500"),
        Figure::new(
            "core",
            "search_index_mib",
            "memoria de ese índice",
            "memory of that index",
            f64::from(bytes) / 1_048_576.0,
            "MiB",
        )
        .wanted("< 25"),
    ]
}

const KINDS: [&str; 16] = [
    "Limonada", "Jugo", "Gaseosa", "Cerveza", "Café", "Galletas", "Pan", "Arepa", "Queso", "Helado",
    "Empanada", "Salsa", "Atún", "Jamón", "Azúcar", "Néctar",
];
const FLAVOURS: [&str; 15] = [
    "coco",
    "mango",
    "mora",
    "maracuyá",
    "guanábana",
    "piña",
    "limón",
    "durazno",
    "natural",
    "integral",
    "artesanal",
    "ahumado",
    "santafereño",
    "costeño",
    "dulce",
];
const SYLLABLES: [&str; 16] =
    ["ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "bra", "cle", "flo"];
const SIZES: [&str; 8] = ["250 ml", "350 ml", "500 ml", "1 l", "100 g", "250 g", "500 g", "x 6"];

/// A shop of made-up brands, so that nearly every product has a word of its own: the hardest menu for
/// an index of words. The same every time.
struct Shop {
    names: Vec<String>,
    codes: Vec<String>,
    barcodes: Vec<String>,
}

impl Shop {
    fn of(products: usize) -> Self {
        Self {
            names: (0..products).map(name).collect(),
            codes: (0..products).map(|at| format!("{at:05}")).collect(),
            barcodes: (0..products).map(|at| format!("77020{:08}", at * 37)).collect(),
        }
    }

    fn entries(&self) -> Vec<Entry<'_>> {
        self.names.iter().enumerate().map(|(at, name)| self.entry(at, name)).collect()
    }

    fn entry<'a>(&'a self, at: usize, name: &'a str) -> Entry<'a> {
        Entry {
            product: ProductId(Uuid::from_u128(at as u128)),
            variant: None,
            name,
            category: KINDS[at % KINDS.len()],
            short_code: &self.codes[at],
            barcodes: &self.barcodes[at..=at],
            popularity: 0,
            sold_out: at.is_multiple_of(97),
        }
    }

    /// What a person types, and a scanner sends, on the way to one product: a letter, half a word, a
    /// word, two words, the whole name, a word and two words with a mistake, the code, the barcode.
    fn asked(&self, at: usize) -> Vec<String> {
        let name = &self.names[at];
        let words: Vec<&str> = name.split(' ').collect();
        let (kind, brand) = (words[0], words[3]);
        let beginning = |letters: usize| name.chars().take(letters).collect::<String>();
        vec![
            beginning(1),
            beginning(3),
            brand.to_owned(),
            format!("{brand} {kind}"),
            name.clone(),
            mistyped(brand),
            format!("{} {}", mistyped(kind), mistyped(brand)),
            self.codes[at].clone(),
            self.barcodes[at].clone(),
        ]
    }
}

fn name(at: usize) -> String {
    let (kind, flavour) = (KINDS[at % KINDS.len()], FLAVOURS[at / KINDS.len() % FLAVOURS.len()]);
    format!("{kind} de {flavour} {} ({})", brand(at), SIZES[at / 3 % SIZES.len()])
}

/// Four syllables, different for each of 65,536 numbers.
fn brand(at: usize) -> String {
    let mixed = at * 40_503 % 65_536;
    (0..4).map(|place| SYLLABLES[mixed >> (4 * place) & 15]).collect()
}

/// Without its third letter.
fn mistyped(word: &str) -> String {
    word.chars().enumerate().filter(|(at, _)| *at != 2).map(|(_, letter)| letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_shop_has_a_word_for_each_product_and_what_is_asked_finds_it() {
        let brands: HashSet<String> = (0..PRODUCTS).map(brand).collect();
        assert_eq!(brands.len(), PRODUCTS);

        let shop = Shop::of(300);
        let entries = shop.entries();
        let index = Index::new(&entries);
        for at in (0..300).step_by(29) {
            for text in shop.asked(at) {
                let hits = index.search(&text, entries.len());
                assert!(
                    hits.iter().any(|hit| hit.product == entries[at].product),
                    "{text}: {}",
                    shop.names[at]
                );
            }
        }
    }
}
