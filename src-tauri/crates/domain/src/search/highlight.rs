//! Which letters of a name answered, so that a screen can show them.

use super::fold::{Word, asked, words};
use super::mistakes::near;
use super::strings::Strings;
use std::ops::Range;

/// The parts of `name` that `text` found, as ranges of bytes: in order, apart, and at the borders of
/// characters. A word with typing mistakes counts whole. Empty when the text found something else.
pub fn highlight(name: &str, text: &str) -> Vec<Range<usize>> {
    let (name_words, typed) = (words(name), words(asked(text)));
    let mut ranges: Vec<Range<usize>> =
        typed.iter().flat_map(|typed| found(&name_words, &typed.text)).collect();
    ranges.sort_unstable_by_key(|range| (range.start, range.end));
    let mut apart: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match apart.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => apart.push(range),
        }
    }
    apart
}

/// Where `typed` stands in the words: at their beginnings, or else inside, or else with mistakes.
fn found(words: &[Word], typed: &str) -> Vec<Range<usize>> {
    let at = |at: fn(&str, &str) -> Option<usize>| -> Vec<Range<usize>> {
        words.iter().filter_map(|word| Some(part(word, at(&word.text, typed)?, typed))).collect()
    };
    let beginnings = at(|word, typed| word.starts_with(typed).then_some(0));
    if !beginnings.is_empty() {
        return beginnings;
    }
    let inside = at(|word, typed| word.find(typed));
    if !inside.is_empty() {
        return inside;
    }
    let is_near = |word: &&Word| {
        let mut is_near = false;
        near(&Strings::of(std::iter::once(word.text.as_str())), typed, |_, _| is_near = true);
        is_near
    };
    words.iter().filter(is_near).map(|word| word.starts[0]..word.end).collect()
}

/// The part of the name that the folded `typed`, found at a byte of the folded word, was made from.
fn part(word: &Word, at: usize, typed: &str) -> Range<usize> {
    let from = word.text[..at].chars().count();
    let to = from + typed.chars().count();
    // A letter that was made into two ("ß") belongs to the range if one of them does.
    let last = word.starts[to - 1];
    let end = word.starts[to..].iter().copied().find(|start| *start > last).unwrap_or(word.end);
    word.starts[from]..end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(name: &str, text: &str) -> String {
        let mut parts = Vec::new();
        let mut done = 0;
        for range in highlight(name, text) {
            parts.extend([&name[done..range.start], "[", &name[range.clone()], "]"]);
            done = range.end;
        }
        parts.concat() + &name[done..]
    }

    #[test]
    fn the_letters_that_answered_are_marked_as_they_stand_in_the_name() {
        for (name, text, wanted) in [
            ("Limonada de coco", "LIMÓN", "[Limon]ada de coco"),
            ("Jugo de piña", "pina jug", "[Jug]o de [piña]"),
            ("Limo\u{301}n frío", "limon f", "[Limo\u{301}n] [f]río"),
            ("Limonada natural", "monada", "Li[monada] natural"),
            ("Jugo de mango", "jugo mrango", "[Jugo] de [mango]"),
            ("Weißbier", "weis", "[Weiß]bier"),
            ("Pan de pan", "pan", "[Pan] de [pan]"),
            ("Ajiaco", "aji ajiaco", "[Ajiaco]"),
            ("Ajiaco", "201", "Ajiaco"),
            ("🍕 Pizza", "🍕", "🍕 Pizza"),
            ("", "a", ""),
        ] {
            assert_eq!(marked(name, text), wanted, "{name} by {text}");
        }
    }
}
