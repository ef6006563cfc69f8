//! From what a person typed to what a printer can show.
//!
//! NFC → control and invisible characters out → typographic marks folded → white space made single
//! spaces. What remains is either in the printer's page or is drawn (`encode::picture`): no
//! character is ever replaced by `?`.
//!
//! Control characters are commands to a printer: `ESC @` inside a note would wipe the ticket. They
//! are taken out here, and every text of a ticket passes here.

mod font;
mod page;
mod spell;

pub use font::FONT;
pub(crate) use font::{draws, face};
pub use page::{decode, encode_char};
pub use spell::spell;

use fastops_domain::station::CodePage;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The text without what cannot or must not be printed, on one line.
pub fn clean(text: &str, page: CodePage) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.nfc() {
        if c.is_whitespace() || c == '\u{200B}' {
            gap = true;
        } else if !is_invisible(c) {
            if std::mem::take(&mut gap) && !clean.is_empty() {
                clean.push(' ');
            }
            match fold(c, page) {
                Some(folded) => clean.push_str(folded),
                None => clean.push(c),
            }
        }
    }
    clean
}

/// The bytes of a cleaned text in `page`, or `None` when it holds a character that the page lacks.
pub fn encode(text: &str, page: CodePage) -> Option<Vec<u8>> {
    text.chars().map(|c| encode_char(c, page)).collect()
}

/// How many columns of the normal font a cleaned text takes.
pub fn width(text: &str, page: CodePage) -> usize {
    text.chars().map(|c| cells(c, page)).sum()
}

/// Columns of one character: 2 for one that is neither in the page nor in the font, since its code
/// is drawn in a box; 0 for a mark that sits on the character before it.
pub(crate) fn cells(c: char, page: CodePage) -> usize {
    if encode_char(c, page).is_some() {
        1
    } else if !draws(c) {
        2
    } else {
        usize::from(!is_combining_mark(c))
    }
}

/// Control characters (C0, C1) and characters that show nothing and turn, join or hide others.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E0FFF}')
}

/// What office programs and phones put in place of a plain mark.
fn fold(c: char, page: CodePage) -> Option<&'static str> {
    Some(match c {
        '‘' | '’' | '‚' | '‛' | '′' => "'",
        '“' | '”' | '„' | '‟' | '″' => "\"",
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => "-",
        '…' => "...",
        '×' if encode_char('×', page).is_none() => "x",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_typed_apart_become_one_character() {
        assert_eq!(clean("jalapen\u{303}o", CodePage::Cp858), "jalapeño");
        assert_eq!(encode("jalapeño", CodePage::Cp858).unwrap(), b"jalape\xA4o");
    }

    #[test]
    fn control_and_invisible_characters_go() {
        assert_eq!(clean("a\x1B@b\x10\x04\x01c\u{9B}d\x7F", CodePage::Cp858), "a@bcd");
        assert_eq!(clean("sin\nsal\t y \r\n ajo ", CodePage::Cp858), "sin sal y ajo");
        assert_eq!(clean("\u{202E}oso\u{FEFF}\u{AD}", CodePage::Cp858), "oso");
        assert_eq!(clean("\u{1F468}\u{200D}\u{1F373}\u{FE0F}", CodePage::Cp858), "\u{1F468}\u{1F373}");
    }

    #[test]
    fn typographic_marks_fold() {
        assert_eq!(clean("‘a’ “b” c–d—e… f\u{A0}g 2×3", CodePage::Cp858), "'a' \"b\" c-d-e... f g 2×3");
    }

    #[test]
    fn widths_count_columns() {
        let page = CodePage::Cp858;
        assert_eq!(width("ñandú", page), 5);
        assert_eq!(width("борщ", page), 4, "in the font");
        assert_eq!(width("面", page), 2, "drawn as its code");
        assert_eq!(width("x\u{331}", page), 1, "a mark sits on its letter");
    }

    #[test]
    fn a_character_outside_the_page_is_told_and_not_replaced() {
        assert_eq!(encode("5 €", CodePage::Cp850), None);
        assert_eq!(encode("5 €", CodePage::Cp858).unwrap(), b"5 \xD5");
        assert_eq!(encode("5 €", CodePage::Windows1252).unwrap(), b"5 \x80");
    }
}
