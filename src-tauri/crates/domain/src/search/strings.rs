//! Sorted strings in one text: two allocations for fifty thousand words, and a scan over all of them
//! is a scan over one string.

use super::narrow;
use std::collections::HashMap;
use std::ops::Range;

/// Between two strings; no word and no code contains it.
const BETWEEN: char = '\n';

/// Strings in the order of their bytes.
#[derive(Debug)]
pub(super) struct Strings {
    text: String,
    /// Where each string ends in `text`, its separator not counted.
    ends: Vec<u32>,
    /// How many characters each string shares with the beginning of the one before, to 255.
    shared: Vec<u8>,
}

impl Strings {
    /// Sorts numbered strings; also gives the place of each number.
    pub(super) fn sorted(numbered: HashMap<String, u32>) -> (Self, Vec<u32>) {
        let mut sorted: Vec<(String, u32)> = numbered.into_iter().collect();
        sorted.sort_unstable();
        let mut places = vec![0; sorted.len()];
        for (place, (_, number)) in sorted.iter().enumerate() {
            places[*number as usize] = narrow(place);
        }
        (Self::of(sorted.iter().map(|(text, _)| text.as_str())), places)
    }

    /// Takes strings that are sorted already.
    pub(super) fn of<'a>(sorted: impl Iterator<Item = &'a str>) -> Self {
        let (mut text, mut ends, mut shared) = (String::new(), Vec::new(), Vec::new());
        let mut before = "";
        for string in sorted {
            let common = before.chars().zip(string.chars()).take_while(|(a, b)| a == b).count();
            shared.push(u8::try_from(common).unwrap_or(u8::MAX));
            text.push_str(string);
            ends.push(narrow(text.len()));
            text.push(BETWEEN);
            before = string;
        }
        text.shrink_to_fit();
        ends.shrink_to_fit();
        shared.shrink_to_fit();
        Self { text, ends, shared }
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The string at `place`, which must be less than [`Self::len`].
    pub(super) fn get(&self, place: usize) -> &str {
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before] as usize + BETWEEN.len_utf8());
        &self.text[start..self.ends[place] as usize]
    }

    /// How many characters the string at `place` has in common with the beginning of the one before.
    pub(super) fn shared(&self, place: usize) -> usize {
        usize::from(self.shared[place])
    }

    /// The places of the strings that begin with `text`.
    pub(super) fn beginning_with(&self, text: &str) -> Range<usize> {
        let from = first(0..self.len(), |place| self.get(place) >= text);
        from..first(from..self.len(), |place| !self.get(place).starts_with(text))
    }

    /// The places of the strings that are `text`.
    pub(super) fn equal_to(&self, text: &str) -> Range<usize> {
        let from = first(0..self.len(), |place| self.get(place) >= text);
        from..first(from..self.len(), |place| self.get(place) != text)
    }

    /// The places of the strings that have `text` anywhere in them, each once.
    pub(super) fn containing(&self, text: &str) -> impl Iterator<Item = usize> {
        let mut last = None;
        let places =
            self.text.match_indices(text).map(|(at, _)| self.ends.partition_point(|end| *end as usize <= at));
        places.filter(move |place| last.replace(*place) != Some(*place))
    }

    pub(super) fn heap_bytes(&self) -> usize {
        self.text.capacity() + size_of_val(&*self.ends) + size_of_val(&*self.shared)
    }
}

/// The first place of `range` from which on `holds` is true; its end when there is none.
fn first(range: Range<usize>, holds: impl Fn(usize) -> bool) -> usize {
    let (mut from, mut to) = (range.start, range.end);
    while from < to {
        let middle = usize::midpoint(from, to);
        if holds(middle) { to = middle } else { from = middle + 1 }
    }
    from
}

/// Sorted strings, each standing for an entry; the same string may stand for several.
#[derive(Debug)]
pub(super) struct StringsTo {
    strings: Strings,
    entries: Vec<u32>,
}

impl StringsTo {
    pub(super) fn new(mut pairs: Vec<(String, u32)>) -> Self {
        pairs.sort_unstable();
        pairs.dedup();
        let strings = Strings::of(pairs.iter().map(|(text, _)| text.as_str()));
        Self { strings, entries: pairs.iter().map(|(_, entry)| *entry).collect() }
    }

    pub(super) fn equal_to(&self, text: &str) -> &[u32] {
        &self.entries[self.strings.equal_to(text)]
    }

    pub(super) fn beginning_with(&self, text: &str) -> &[u32] {
        &self.entries[self.strings.beginning_with(text)]
    }

    pub(super) fn heap_bytes(&self) -> usize {
        self.strings.heap_bytes() + size_of_val(&*self.entries)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: [&str; 7] = ["agua", "limon", "limonada", "limpia", "mora", "ñ", "ñame"];

    #[test]
    fn ranges_and_scans_give_the_places_of_strings() {
        let strings = Strings::of(WORDS.into_iter());
        assert_eq!(strings.len(), 7);
        for (place, word) in WORDS.iter().enumerate() {
            assert_eq!(strings.get(place), *word);
        }
        assert_eq!(strings.beginning_with("limon"), 1..3);
        assert_eq!(strings.beginning_with(""), 0..7);
        assert!(strings.beginning_with("z").is_empty() && strings.beginning_with("limonadas").is_empty());
        assert_eq!(strings.equal_to("limon"), 1..2);
        assert!(strings.equal_to("limo").is_empty());
        assert_eq!(strings.containing("a").collect::<Vec<_>>(), [0, 2, 3, 4, 6]);
        assert_eq!(strings.containing("ñ").collect::<Vec<_>>(), [5, 6]);
        assert_eq!(strings.containing("am").collect::<Vec<_>>(), [6], "borders between strings count");
        assert_eq!((0..7).map(|place| strings.shared(place)).collect::<Vec<_>>(), [0, 0, 5, 3, 0, 0, 1]);
    }
}
