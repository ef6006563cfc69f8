//! From bytes to true text, as the printer's character generator does it.
//!
//! The numbers of code tables differ between makers (CP858 is 19 on Epson, 53 on several clones), so the
//! table is data of the model and not a constant of the parser.

use std::collections::BTreeMap;

/// The upper half (0x80–0xFF) of a code page that the printer has in its ROM.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodePage {
    Cp437,
    Cp850,
    /// CP850 with the euro sign at 0xD5.
    Cp858,
    /// Portuguese.
    Cp860,
    /// French of Canada.
    Cp863,
    /// Nordic.
    Cp865,
    /// ISO 8859-15.
    Latin9,
    /// Windows Latin 1.
    Wpc1252,
}

const CP437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";
const CP850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";
const CP860: &str = "ÇüéâãàÁçêÊèÍÔìÃÂÉÀÈôõòÚùÌÕÜ¢£Ù₧ÓáíóúñÑªº¿Ò¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";
const CP863: &str = "ÇüéâÂà¶çêëèïî‗À§ÉÈÊôËÏûù¤ÔÜ¢£ÙÛƒ¦´óú¨¸³¯Î⌐¬½¼¾«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";
const CP865: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø₧ƒáíóúñÑªº¿⌐¬½¼¡«¤░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";
const LATIN9: &str = "\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{a0}¡¢£€¥Š§š©ª«¬\u{ad}®¯°±²³Žµ¶·ž¹º»ŒœŸ¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ";
const WPC1252: &str = "€\u{fffd}‚ƒ„…†‡ˆ‰Š‹Œ\u{fffd}Ž\u{fffd}\u{fffd}‘’“”•–—˜™š›œ\u{fffd}žŸ\u{a0}¡¢£¤¥¦§¨©ª«¬\u{ad}®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ";

/// What ASCII's twelve national places hold, by `ESC R n`: `# $ @ [ \ ] ^ backquote { | } ~`.
const NATIONAL_PLACES: &str = "#$@[\\]^`{|}~";
const NATIONAL_SETS: [&str; 14] = [
    "#$@[\\]^`{|}~",
    "#$à°ç§^`éùè¨",
    "#$§ÄÖÜ^`äöüß",
    "£$@[\\]^`{|}~",
    "#$@ÆØÅ^`æøå~",
    "#¤ÉÄÖÅÜéäöåü",
    "#$@°\\é^ùàòèì",
    "₧$@¡Ñ¿^`¨ñ}~",
    "#$@[¥]^`{|}~",
    "#¤ÉÆØÅÜéæøåü",
    "#$ÉÆØÅÜéæøåü",
    "#$á¡Ñ¿é`íñóú",
    "#$á¡Ñ¿éüíñóú",
    "#$@[₩]^`{|}~",
];

impl CodePage {
    /// The character that `byte` prints; U+FFFD where the page has a hole.
    pub fn decode(self, byte: u8) -> char {
        if byte < 0x80 {
            return char::from(byte);
        }
        if self == Self::Cp858 && byte == 0xD5 {
            return '€';
        }
        let upper = match self {
            Self::Cp437 => CP437,
            Self::Cp850 | Self::Cp858 => CP850,
            Self::Cp860 => CP860,
            Self::Cp863 => CP863,
            Self::Cp865 => CP865,
            Self::Latin9 => LATIN9,
            Self::Wpc1252 => WPC1252,
        };
        upper.chars().nth(usize::from(byte - 0x80)).unwrap_or(char::REPLACEMENT_CHARACTER)
    }
}

/// Applies `ESC R national` to a byte below 0x80.
pub(crate) fn decode_ascii(byte: u8, national: u8) -> char {
    let plain = char::from(byte);
    NATIONAL_PLACES
        .chars()
        .position(|place| place == plain)
        .and_then(|place| NATIONAL_SETS.get(usize::from(national))?.chars().nth(place))
        .unwrap_or(plain)
}

/// True when the printer has the national set `n` of `ESC R n`.
pub(crate) fn has_national_set(n: u8) -> bool {
    usize::from(n) < NATIONAL_SETS.len()
}

/// Which page each number of `ESC t n` selects on this model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeTables(BTreeMap<u8, CodePage>);

impl CodeTables {
    /// The numbering of Epson's receipt printers.
    pub fn epson() -> Self {
        Self::new([
            (0, CodePage::Cp437),
            (2, CodePage::Cp850),
            (3, CodePage::Cp860),
            (4, CodePage::Cp863),
            (5, CodePage::Cp865),
            (16, CodePage::Wpc1252),
            (19, CodePage::Cp858),
            (40, CodePage::Latin9),
        ])
    }

    /// The numbering of several low-cost clones: CP858 at 53, Windows 1252 at 71.
    pub fn clone_numbering() -> Self {
        Self::new([
            (0, CodePage::Cp437),
            (2, CodePage::Cp850),
            (53, CodePage::Cp858),
            (71, CodePage::Wpc1252),
        ])
    }

    pub fn new(tables: impl IntoIterator<Item = (u8, CodePage)>) -> Self {
        Self(tables.into_iter().collect())
    }

    /// The page at `n`, `None` when this model has nothing there (it then keeps the page it had).
    pub fn page(&self, n: u8) -> Option<CodePage> {
        self.0.get(&n).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_has_128_characters() {
        for page in [CP437, CP850, CP860, CP863, CP865, LATIN9, WPC1252] {
            assert_eq!(page.chars().count(), 128);
        }
        for set in NATIONAL_SETS {
            assert_eq!(set.chars().count(), NATIONAL_PLACES.chars().count());
        }
    }

    #[test]
    fn spanish_letters_come_out_of_each_page() {
        let cases: [(CodePage, &[u8], &str); 7] = [
            (CodePage::Cp437, &[0xA4, 0xA5, 0xA0, 0x82, 0xA8, 0xAD], "ñÑáé¿¡"),
            (CodePage::Cp850, &[0xA4, 0xB5, 0xA0, 0x82, 0xA8, 0xAD, 0xE2], "ñÁáé¿¡Ô"),
            (CodePage::Cp858, &[0xA4, 0xA0, 0x82, 0xA8, 0xAD, 0xD5], "ñáé¿¡€"),
            (CodePage::Cp860, &[0xA4, 0xA5, 0xA0, 0x82, 0xA8, 0xAD, 0x86], "ñÑáé¿¡Á"),
            (CodePage::Cp865, &[0xA4, 0xA5, 0xA0, 0x82, 0xA8, 0xAD, 0x9D], "ñÑáé¿¡Ø"),
            (CodePage::Latin9, &[0xF1, 0xE1, 0xE9, 0xBF, 0xA1, 0xA4], "ñáé¿¡€"),
            (CodePage::Wpc1252, &[0xF1, 0xE1, 0xE9, 0xBF, 0xA1, 0x80], "ñáé¿¡€"),
        ];
        for (page, bytes, text) in cases {
            let decoded: String = bytes.iter().map(|byte| page.decode(*byte)).collect();
            assert_eq!(decoded, text, "{page:?}");
        }
    }

    #[test]
    fn only_cp858_has_the_euro_where_cp850_has_a_dotless_i() {
        assert_eq!(CodePage::Cp850.decode(0xD5), 'ı');
        assert_eq!(CodePage::Cp858.decode(0xD5), '€');
    }

    #[test]
    fn national_sets_replace_ascii_places() {
        assert_eq!(decode_ascii(b'#', 0), '#');
        assert_eq!(decode_ascii(b'#', 3), '£');
        assert_eq!(decode_ascii(b'|', 7), 'ñ');
        assert_eq!(decode_ascii(b'A', 7), 'A');
    }
}
