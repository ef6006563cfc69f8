//! What a page lacks, in the letters that it has, for printers that cannot draw.
//!
//! Marks fall off their letters, Greek and Cyrillic are spelled as they sound, and what cannot be spelled stands
//! as its Unicode number in brackets: nothing is lost, and nothing pretends to be another character.

use super::encode_char;
use fastops_domain::station::CodePage;
use std::fmt::Write as _;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Signs, and letters that are no other letter with a mark.
const SIGNS: &[(char, &str)] = &[
    ('×', "x"),
    ('·', "-"),
    ('•', "-"),
    ('«', "\""),
    ('»', "\""),
    ('‹', "'"),
    ('›', "'"),
    ('⁄', "/"),
    ('÷', "/"),
    ('¡', "!"),
    ('¿', "?"),
    ('°', "o"),
    ('©', "(c)"),
    ('®', "(r)"),
    ('±', "+/-"),
    ('→', "->"),
    ('←', "<-"),
    ('€', "EUR"),
    ('£', "GBP"),
    ('¥', "JPY"),
    ('¢', "c"),
    ('§', "S"),
    ('µ', "u"),
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ø', "o"),
    ('đ', "d"),
    ('ð', "d"),
    ('ł', "l"),
    ('þ', "th"),
    ('ı', "i"),
    ('\u{1E9E}', "SS"),
];

/// Letters of other alphabets, by their sound.
#[rustfmt::skip]
const LETTERS: &[(char, &str)] = &[
    ('а', "a"), ('б', "b"), ('в', "v"), ('г', "g"), ('ґ', "g"), ('д', "d"), ('е', "e"), ('є', "ye"), ('ж', "zh"),
    ('з', "z"), ('и', "i"), ('і', "i"), ('к', "k"), ('л', "l"), ('м', "m"), ('н', "n"), ('о', "o"), ('п', "p"),
    ('р', "r"), ('с', "s"), ('т', "t"), ('у', "u"), ('ф', "f"), ('х', "kh"), ('ц', "ts"), ('ч', "ch"), ('ш', "sh"),
    ('щ', "shch"), ('ъ', "'"), ('ы', "y"), ('ь', "'"), ('э', "e"), ('ю', "yu"), ('я', "ya"),
    ('α', "a"), ('β', "v"), ('γ', "g"), ('δ', "d"), ('ε', "e"), ('ζ', "z"), ('η', "i"), ('θ', "th"), ('ι', "i"),
    ('κ', "k"), ('λ', "l"), ('μ', "m"), ('ν', "n"), ('ξ', "x"), ('ο', "o"), ('π', "p"), ('ρ', "r"), ('σ', "s"),
    ('ς', "s"), ('τ', "t"), ('υ', "y"), ('φ', "f"), ('χ', "ch"), ('ψ', "ps"), ('ω', "o"),
];

/// A cleaned text in characters that `page` has, every one of them.
pub fn spell(text: &str, page: CodePage) -> String {
    let mut spelled = String::with_capacity(text.len());
    for c in text.chars() {
        if encode_char(c, page).is_some() {
            spelled.push(c);
        } else {
            apart(c, page, &mut spelled);
        }
    }
    spelled
}

/// One character that the page lacks.
fn apart(c: char, page: CodePage, spelled: &mut String) {
    if let Some(letters) = sound(c) {
        spelled.push_str(&letters);
        return;
    }
    for part in std::iter::once(c).nfkd() {
        if is_combining_mark(part) {
            continue;
        }
        match sound(part) {
            _ if encode_char(part, page).is_some() => spelled.push(part),
            Some(letters) => spelled.push_str(&letters),
            None => drop(write!(spelled, "[U+{:04X}]", u32::from(part))),
        }
    }
}

fn sound(c: char) -> Option<String> {
    let known =
        |c: char| SIGNS.iter().chain(LETTERS).find(|(known, _)| *known == c).map(|(_, letters)| *letters);
    if let Some(letters) = known(c) {
        return Some(letters.to_owned());
    }
    let mut lower = c.to_lowercase();
    let (Some(small), None) = (lower.next(), lower.next()) else { return None };
    let mut letters = known(small)?.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{clean, encode};
    use proptest::prelude::*;

    #[test]
    fn what_a_page_has_stays_and_the_rest_is_spelled() {
        let spelled = |text| spell(text, CodePage::Cp437);
        assert_eq!(spelled("Ñandú ¿qué?"), "Ñandú ¿qué?");
        assert_eq!(spelled("ANULACIÓN, Íñigo"), "ANULACION, Iñigo");
        assert_eq!(spelled("2 × 5 € ⅓ œuf"), "2 x 5 EUR 1/3 oeuf");
        assert_eq!(spelled("Борщ со сметаной"), "Borshch so smetanoi");
        assert_eq!(spelled("Ψωμί"), "Psomi");
        assert_eq!(spelled("面 🌶"), "[U+9762] [U+1F336]");
        assert_eq!(spell("ñ", CodePage::Cp863), "n");
    }

    proptest! {
        #[test]
        fn every_text_is_spelled_whole(text in "\\PC{0,60}") {
            for page in CodePage::ALL {
                let spelled = spell(&clean(&text, page), page);
                prop_assert!(encode(&spelled, page).is_some(), "{spelled:?} in {page:?}");
            }
        }
    }
}
