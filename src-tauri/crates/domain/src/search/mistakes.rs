//! Words that are nearly the typed one.
//!
//! A mistake is a letter too many, one too few, a wrong one, or two neighbours that changed places
//! (the distance known as *optimal string alignment*). Each word's distance is worked out row by
//! row, one row for each of its letters; sorted words share beginnings, and so their rows. A row
//! with nothing near enough ends a whole family of words.

use super::strings::Strings;

/// Longer typed words are taken by the letter.
const LONGEST: usize = 40;

/// How many mistakes a word of `letters` letters may have.
pub(super) const fn forgiven(letters: usize) -> u8 {
    match letters {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// The most mistakes that a word typed with `letters` letters may hold: letters left out were never
/// typed, so three may be a word of four and six one of eight.
const fn looked_for(letters: usize) -> u8 {
    match letters {
        0..=2 => 0,
        3..=5 => 1,
        _ => 2,
    }
}

/// Tells `found` the place and the mistakes (0 too) of each of `words` that `typed` may stand for.
///
/// A whole word is forgiven by its own length, so that "pto" is a "pato"; the beginning of a longer
/// word by the typed length, or three letters would begin half the menu. Words with digits stand
/// for themselves: 350 is no 330.
pub(super) fn near(words: &Strings, typed: &str, mut found: impl FnMut(usize, u8)) {
    let typed: Vec<char> = typed.chars().collect();
    let (letters, most) = (typed.len(), looked_for(typed.len()));
    if most == 0 || letters > LONGEST || typed.iter().any(|letter| letter.is_numeric()) {
        return;
    }
    let mut rows = Rows::new(typed, most);
    for place in 0..words.len() {
        let (word, shared) = (words.get(place), words.shared(place));
        if shared < rows.dead {
            rows.keep(shared);
            let _ = word.chars().skip(shared).try_for_each(|letter| rows.add(letter));
        }
        let beginning = rows.nearest_beginning();
        if beginning <= forgiven(letters) {
            found(place, beginning);
        } else if let Some(whole) = rows.whole()
            && whole <= most.min(forgiven(word.chars().count()))
        {
            found(place, whole);
        }
    }
}

/// The distances between the beginnings of the typed word and those of the word at hand.
struct Rows {
    typed: Vec<char>,
    most: u8,
    /// The letters of the word at hand that have a row.
    word: Vec<char>,
    /// A row for no letter and one for each of `word`; a cell for no letter and each of `typed`.
    cells: Vec<u8>,
    /// For each row the least distance of the whole typed word in it or before it.
    nearest: Vec<u8>,
    /// How many letters lead to a row in which everything is too far; `usize::MAX` when there is none.
    dead: usize,
}

impl Rows {
    fn new(typed: Vec<char>, most: u8) -> Self {
        let cells: Vec<u8> = (0..=u8::try_from(typed.len()).unwrap_or(u8::MAX)).collect();
        let nearest = vec![cells[typed.len()]];
        Self { typed, most, word: Vec::new(), cells, nearest, dead: usize::MAX }
    }

    /// Goes back to the first `letters` letters of the word at hand.
    fn keep(&mut self, letters: usize) {
        self.word.truncate(letters);
        self.cells.truncate((letters + 1) * (self.typed.len() + 1));
        self.nearest.truncate(letters + 1);
        self.dead = usize::MAX;
    }

    /// Adds the row of the next letter; `None` when nothing after it can be near.
    fn add(&mut self, letter: char) -> Option<()> {
        let width = self.typed.len() + 1;
        let above = self.cells.len() - width;
        let mut left = self.cells[above] + 1;
        let mut least = left;
        self.cells.push(left);
        for (at, typed) in self.typed.iter().enumerate() {
            let wrong = self.cells[above + at] + u8::from(*typed != letter);
            left = wrong.min(left + 1).min(self.cells[above + at + 1] + 1);
            let swapped = at > 0 && self.typed[at - 1] == letter && self.word.last() == Some(typed);
            if swapped {
                left = left.min(self.cells[above - width + at - 1] + 1);
            }
            least = least.min(left);
            self.cells.push(left);
        }
        self.word.push(letter);
        self.nearest.push(left.min(self.nearest_beginning()));
        if least > self.most {
            self.dead = self.word.len();
            return None;
        }
        Some(())
    }

    /// The least distance between the typed word and a beginning of the word at hand.
    fn nearest_beginning(&self) -> u8 {
        self.nearest.last().copied().unwrap_or(u8::MAX)
    }

    /// The distance between the typed word and the word at hand; none when it is too great.
    fn whole(&self) -> Option<u8> {
        if self.dead == usize::MAX { self.cells.last().copied() } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;
    use strsim::osa_distance;

    fn found(words: &[&str], typed: &str) -> Vec<(String, u8)> {
        let strings = Strings::of(words.iter().copied());
        let mut found = Vec::new();
        near(&strings, typed, |place, mistakes| found.push((strings.get(place).to_owned(), mistakes)));
        found
    }

    /// The same rule, word by word, with a library's distance.
    fn expected(words: &[&str], typed: &str) -> Vec<(String, u8)> {
        let letters = typed.chars().count();
        let distance = |word: &str| u8::try_from(osa_distance(word, typed)).unwrap();
        let rate = |word: &&str| {
            let all: Vec<char> = word.chars().collect();
            let beginning = (0..=all.len()).map(|end| distance(&all[..end].iter().collect::<String>()));
            let beginning = beginning.min().filter(|mistakes| *mistakes <= forgiven(letters));
            let whole = Some(distance(word)).filter(|mistakes| *mistakes <= forgiven(all.len()));
            beginning.or(whole).filter(|mistakes| *mistakes <= looked_for(letters))
        };
        let enough = looked_for(letters) > 0;
        words.iter().filter(|_| enough).filter_map(|word| Some(((*word).to_owned(), rate(word)?))).collect()
    }

    #[test]
    fn each_kind_of_mistake_counts_once() {
        let words = ["limonada", "mango", "pato"];
        for (typed, word, mistakes) in [
            ("limonda", "limonada", 1),
            ("liimonada", "limonada", 1),
            ("limonasa", "limonada", 1),
            ("limnoada", "limonada", 1),
            ("lmionaad", "limonada", 2),
            ("mrango", "mango", 1),
            ("pto", "pato", 1),
            ("limonada", "limonada", 0),
        ] {
            assert_eq!(found(&words, typed), [(word.to_owned(), mistakes)], "{typed}");
        }
        for typed in ["", "pt", "mgo", "maanngo", "lomonadi1", "otap"] {
            assert_eq!(found(&words, typed), [], "{typed}");
        }
    }

    proptest! {
        #[test]
        fn the_walk_finds_what_comparing_every_word_finds(
            words in prop::collection::btree_set("[abñ]{1,10}", 1..40),
            typed in "[abñ]{0,11}",
        ) {
            let words: BTreeSet<String> = words;
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            prop_assert_eq!(found(&words, &typed), expected(&words, &typed));
        }
    }
}
