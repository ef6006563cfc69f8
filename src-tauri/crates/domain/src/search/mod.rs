//! Finding what is sold while a guest waits: by name, by short code, by barcode.
//!
//! People type half words, without accents, in any order, and with mistakes; a scanner types a
//! barcode, which means one thing only. The index answers from memory: it is built once from the catalogue and never changes, so
//! a changed catalogue means a new index.
//!
//! The names' distinct words stand sorted in one text. Few words make up many names, so every
//! question is asked of the words (a range for beginnings, a scan for middles, a walk that shares
//! the work of common beginnings for mistakes) and then carried to the products by lists.
//!
//! Architecture invariant: no question compares the typed text with the names themselves.

mod fold;
mod highlight;
mod mistakes;
mod postings;
mod rank;
mod strings;
#[cfg(test)]
mod tests;

pub use highlight::highlight;

use crate::ids::{ProductId, VariantId};
use postings::{Posting, Postings};
use std::collections::HashMap;
use strings::{Strings, StringsTo};

/// The words of a text as they are compared, one space between them.
pub fn folded(text: &str) -> String {
    let words: Vec<String> = fold::words(text).into_iter().map(|word| word.text).collect();
    words.join(" ")
}

/// Something that can be found; [`Index::new`] takes them in the menu's order, a product before its variants.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    pub product: ProductId,
    /// The variant that this entry stands for; none for the product as such.
    pub variant: Option<VariantId>,
    /// What it is called. Found by name only if it has a letter or a digit.
    pub name: &'a str,
    pub category: &'a str,
    /// What a waiter types to find it; empty when it has none.
    pub short_code: &'a str,
    pub barcodes: &'a [String],
    /// How often it is sold, in any unit that is the same for all; 0 when nobody knows.
    pub popularity: u32,
    /// Has run out: it comes after what can be sold.
    pub sold_out: bool,
}

/// What of an entry answered to the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matched {
    /// Its words, or those of its category.
    Name,
    /// Its short code, or the beginning of it.
    Code,
    /// One of its barcodes, whole.
    Barcode,
}

/// One answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    pub product: ProductId,
    pub variant: Option<VariantId>,
    pub matched: Matched,
    /// It answers only if the text has typing mistakes.
    pub mistaken: bool,
}

/// Everything that can be found, ready to be asked.
#[derive(Debug)]
pub struct Index {
    targets: Vec<(ProductId, Option<VariantId>)>,
    /// For each entry the one of its product as such; of a product, and where there is none, itself.
    own: Vec<u32>,
    popularity: Vec<u32>,
    sold_out: Vec<bool>,
    /// The first word of each entry's name, as a place in `words`.
    first_words: Vec<u32>,
    words: Strings,
    postings: Postings,
    codes: StringsTo,
    barcodes: StringsTo,
}

/// Stands for "no word" where a name has none.
const NO_WORD: u32 = u32::MAX;

impl Index {
    /// Reads `entries`, which are in the menu's order.
    pub fn new(entries: &[Entry<'_>]) -> Self {
        let mut reading = Reading::default();
        let mut first_words = Vec::with_capacity(entries.len());
        let mut own: Vec<u32> = Vec::with_capacity(entries.len());
        for (at, entry) in entries.iter().enumerate() {
            first_words.push(reading.read(narrow(at), entry));
            let before = at.checked_sub(1).filter(|before| entries[*before].product == entry.product);
            own.push(match before {
                Some(before) if entry.variant.is_some() => own[before],
                _ => narrow(at),
            });
        }
        let (words, places) = Strings::sorted(reading.words);
        for first in first_words.iter_mut().filter(|first| **first != NO_WORD) {
            *first = places[*first as usize];
        }
        let pairs =
            reading.pairs.into_iter().map(|(word, posting)| (places[word as usize], posting)).collect();
        let codes = |of: fn(&str) -> String, texts: &mut dyn Iterator<Item = (usize, &str)>| {
            let folded = texts.map(|(at, text)| (of(text), narrow(at)));
            StringsTo::new(folded.filter(|(text, _)| !text.is_empty()).collect())
        };
        Self {
            targets: entries.iter().map(|entry| (entry.product, entry.variant)).collect(),
            own,
            popularity: entries.iter().map(|entry| entry.popularity).collect(),
            sold_out: entries.iter().map(|entry| entry.sold_out).collect(),
            first_words,
            postings: Postings::new(words.len(), pairs),
            words,
            codes: codes(fold::code, &mut entries.iter().map(|entry| entry.short_code).enumerate()),
            barcodes: codes(
                fold::barcode,
                &mut entries
                    .iter()
                    .enumerate()
                    .flat_map(|(at, entry)| entry.barcodes.iter().map(move |barcode| (at, barcode.as_str()))),
            ),
        }
    }

    /// How many entries it holds.
    pub fn len(&self) -> usize {
        self.targets.len()
    }

    pub fn is_empty(&self) -> bool {
        self.targets.is_empty()
    }

    /// Memory held, in bytes, as far as the index asked for it.
    pub fn heap_bytes(&self) -> usize {
        size_of_val(&*self.targets)
            + size_of_val(&*self.own)
            + size_of_val(&*self.popularity)
            + size_of_val(&*self.sold_out)
            + size_of_val(&*self.first_words)
            + self.words.heap_bytes()
            + self.postings.heap_bytes()
            + self.codes.heap_bytes()
            + self.barcodes.heap_bytes()
    }
}

/// The words met so far, numbered as they came, and where each stands.
#[derive(Default)]
struct Reading<'a> {
    words: HashMap<String, u32>,
    pairs: Vec<(u32, Posting)>,
    categories: HashMap<&'a str, Vec<u32>>,
}

impl<'a> Reading<'a> {
    /// Takes in an entry and gives the number of its name's first word.
    fn read(&mut self, at: u32, entry: &Entry<'a>) -> u32 {
        let name = self.number(fold::index_words(entry.name));
        self.pairs.extend(name.iter().map(|word| (*word, Posting::name(at))));
        if !self.categories.contains_key(entry.category) {
            let words = self.number(fold::index_words(entry.category));
            self.categories.insert(entry.category, words);
        }
        let category = &self.categories[entry.category];
        self.pairs.extend(category.iter().map(|word| (*word, Posting::category(at))));
        name.first().copied().unwrap_or(NO_WORD)
    }

    fn number(&mut self, words: Vec<String>) -> Vec<u32> {
        let number = |word| {
            let next = narrow(self.words.len());
            *self.words.entry(word).or_insert(next)
        };
        words.into_iter().map(number).collect()
    }
}

/// A count as it is kept. Four thousand million products or words do not fit into memory.
fn narrow(count: usize) -> u32 {
    u32::try_from(count).expect("a catalogue has fewer than 2^32 products and words")
}
