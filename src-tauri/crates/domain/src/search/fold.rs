//! Text as it is compared: small letters without accents, cut into words.
//!
//! What a person types and what stands on the menu go through the same function, so that "LIMÓN",
//! "limon" and "Limón" are one word, and "ñ" and "n" one letter.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Characters of a typed text that count; a scanner may send a whole page.
const LONGEST: usize = 200;

/// The part of a typed text that counts.
pub(super) fn asked(text: &str) -> &str {
    text.char_indices().nth(LONGEST).map_or(text, |(end, _)| &text[..end])
}

/// A word and where it stands in the text that it was cut from.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Folded.
    pub(super) text: String,
    /// For each folded character the byte at which the one that it was made from begins.
    pub(super) starts: Vec<usize>,
    /// The byte after the word.
    pub(super) end: usize,
    /// Only signs, and no space, lie between the word before and this one: "coca-cola".
    pub(super) glued: bool,
}

/// The words of a text, in its order.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let (mut inside, mut glued) = (false, false);
    for (at, letter) in text.char_indices() {
        let end = at + letter.len_utf8();
        if is_combining_mark(letter) {
            if let Some(word) = words.last_mut().filter(|_| inside) {
                word.end = end;
            }
        } else if letter.is_alphanumeric() {
            if !inside {
                words.push(Word { text: String::new(), starts: Vec::new(), end, glued });
                (inside, glued) = (true, true);
            }
            if let Some(word) = words.last_mut() {
                word.end = end;
                fold(letter, |folded| {
                    word.text.push(folded);
                    word.starts.push(at);
                });
            }
        } else {
            inside = false;
            glued &= !letter.is_whitespace();
        }
    }
    words.retain(|word| !word.text.is_empty());
    words
}

/// The words under which a name is found: its own, and what its glued words make when written as one.
pub(super) fn index_words(text: &str) -> Vec<String> {
    let words = words(text);
    let mut found: Vec<String> = Vec::with_capacity(words.len());
    let runs = words.chunk_by(|_, next| next.glued);
    let joined: Vec<String> = runs
        .filter(|run| run.len() > 1)
        .map(|run| run.iter().map(|word| word.text.as_str()).collect())
        .collect();
    found.extend(words.into_iter().map(|word| word.text));
    found.extend(joined);
    found
}

/// A short code as it is compared: its letters and digits.
pub(super) fn code(text: &str) -> String {
    words(text).into_iter().map(|word| word.text).collect()
}

/// A barcode as it is compared. Article numbers (GTIN-8, -12, -13 and -14) are the same number with
/// or without zeros before it: scanners send a UPC-A with 12 or with 13 digits.
pub(super) fn barcode(text: &str) -> String {
    let code = code(text);
    let is_article = matches!(code.len(), 8 | 12 | 13 | 14) && code.bytes().all(|byte| byte.is_ascii_digit());
    if is_article { code.trim_start_matches('0').to_owned() } else { code }
}

fn fold(letter: char, mut each: impl FnMut(char)) {
    if letter.is_ascii() {
        return each(letter.to_ascii_lowercase());
    }
    let plain = std::iter::once(letter).nfkd().filter(|part| !is_combining_mark(*part));
    for part in plain.flat_map(char::to_lowercase).filter(|part| part.is_alphanumeric()) {
        match without_stroke(part) {
            Some(latin) => latin.chars().for_each(&mut each),
            None => each(part),
        }
    }
}

/// Latin letters that Unicode does not take apart.
fn without_stroke(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn letters_lose_accents_case_and_strokes() {
        let cases = [
            ("LIMÓN", "limon"),
            ("Limo\u{301}n", "limon"),
            ("ñame", "name"),
            ("PIÑA", "pina"),
            ("Crème brûlée", "creme brulee"),
            ("Smørrebrød", "smorrebrod"),
            ("Weißbier", "weissbier"),
            ("İstanbul", "istanbul"),
            ("ﬁleﬅ ＡＢＣ²", "filest abc2"),
            ("½ pollo", "12 pollo"),
        ];
        for (text, wanted) in cases {
            assert_eq!(texts(text).join(" "), wanted, "{text}");
        }
    }

    #[test]
    fn words_end_at_signs_and_spaces_and_nothing_else_is_one() {
        assert_eq!(texts("  Gaseosa (350 ml), fría… "), ["gaseosa", "350", "ml", "fria"]);
        assert_eq!(texts("🍕 — ¿? \u{301}"), [""; 0]);
        assert_eq!(texts("Pizza🍕grande"), ["pizza", "grande"]);
    }

    #[test]
    fn a_name_with_signs_inside_is_also_found_as_one_word() {
        assert_eq!(index_words("Coca-Cola light"), ["coca", "cola", "light", "cocacola"]);
        assert_eq!(index_words("M&M's"), ["m", "m", "s", "mms"]);
        assert_eq!(index_words("Pan - queso"), ["pan", "queso"]);
    }

    #[test]
    fn codes_are_compared_without_signs_and_article_numbers_without_leading_zeros() {
        assert_eq!(code(" A-12 "), "a12");
        assert_eq!(code("007"), "007");
        assert_eq!(barcode("0012345678905"), barcode("012345678905"));
        assert_eq!(barcode("7 702004 003508"), "7702004003508");
        assert_ne!(barcode("0071"), barcode("71"));
    }

    #[test]
    fn a_word_knows_where_it_stands() {
        let text = "Pie de limo\u{301}n";
        let word = words(text).pop().unwrap();
        assert_eq!(&text[word.starts[0]..word.end], "limo\u{301}n");
        assert_eq!(word.starts.len(), 5);
    }
}
