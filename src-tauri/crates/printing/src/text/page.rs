//! The characters beyond ASCII of each page that a printer may have, in the order of their bytes
//! from 0x80; U+FFFD stands where a page has none. Written out from Unicode's own mappings, since ready
//! tables were found to lack `¿` and to misplace others, and held against `iconv` by a test.

use fastops_domain::station::CodePage;

/// IBM code page 437, the one that every printer starts in.
const CP437: &str = "\
    ÇüéâäàåçêëèïîìÄÅ\
    ÉæÆôöòûùÿÖÜ¢£¥₧ƒ\
    áíóúñÑªº¿⌐¬½¼¡«»\
    ░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
    └┴┬├─┼╞╟╚╔╩╦╠═╬╧\
    ╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀\
    αßΓπΣσµτΦΘΩδ∞φε∩\
    ≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}";

/// IBM code page 850, Western European.
const CP850: &str = "\
    ÇüéâäàåçêëèïîìÄÅ\
    ÉæÆôöòûùÿÖÜø£Ø×ƒ\
    áíóúñÑªº¿®¬½¼¡«»\
    ░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐\
    └┴┬├─┼ãÃ╚╔╩╦╠═╬¤\
    ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀\
    ÓßÔÒõÕµþÞÚÛÙýÝ¯´\
    \u{AD}±‗¾¶§÷¸°¨·¹³²■\u{A0}";

/// IBM code page 860, Portuguese.
const CP860: &str = "\
    ÇüéâãàÁçêÊèÍÔìÃÂ\
    ÉÀÈôõòÚùÌÕÜ¢£Ù₧Ó\
    áíóúñÑªº¿Ò¬½¼¡«»\
    ░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
    └┴┬├─┼╞╟╚╔╩╦╠═╬╧\
    ╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀\
    αßΓπΣσµτΦΘΩδ∞φε∩\
    ≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}";

/// IBM code page 863, French of Canada.
const CP863: &str = "\
    ÇüéâÂà¶çêëèïî‗À§\
    ÉÈÊôËÏûù¤ÔÜ¢£ÙÛƒ\
    ¦´óú¨¸³¯Î⌐¬½¼¾«»\
    ░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
    └┴┬├─┼╞╟╚╔╩╦╠═╬╧\
    ╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀\
    αßΓπΣσµτΦΘΩδ∞φε∩\
    ≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}";

/// IBM code page 865, Nordic.
const CP865: &str = "\
    ÇüéâäàåçêëèïîìÄÅ\
    ÉæÆôöòûùÿÖÜø£Ø₧ƒ\
    áíóúñÑªº¿⌐¬½¼¡«¤\
    ░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
    └┴┬├─┼╞╟╚╔╩╦╠═╬╧\
    ╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀\
    αßΓπΣσµτΦΘΩδ∞φε∩\
    ≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}";

/// ISO 8859-15: Latin 1 with the euro.
const LATIN_9: &str = "\
    \u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\
    \u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\
    \u{A0}¡¢£€¥Š§š©ª«¬\u{AD}®¯\
    °±²³Žµ¶·ž¹º»ŒœŸ¿\
    ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏ\
    ÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß\
    àáâãäåæçèéêëìíîï\
    ðñòóôõö÷øùúûüýþÿ";

/// Windows code page 1252.
const WINDOWS_1252: &str = "\
    €\u{FFFD}‚ƒ„…†‡ˆ‰Š‹Œ\u{FFFD}Ž\u{FFFD}\
    \u{FFFD}‘’“”•–—˜™š›œ\u{FFFD}žŸ\
    \u{A0}¡¢£¤¥¦§¨©ª«¬\u{AD}®¯\
    °±²³´µ¶·¸¹º»¼½¾¿\
    ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏ\
    ÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß\
    àáâãäåæçèéêëìíîï\
    ðñòóôõö÷øùúûüýþÿ";

/// Where CP858 has the euro and CP850 the dotless i: their only difference.
const EURO_AT: usize = 0x55;

/// Characters and their bytes, in the order of the characters.
type Places = [(char, u8); 128];

const CP437_PLACES: Places = places(&characters(CP437));
const CP850_PLACES: Places = places(&characters(CP850));
const CP858_PLACES: Places = {
    let mut page = characters(CP850);
    page[EURO_AT] = '€';
    places(&page)
};
const CP860_PLACES: Places = places(&characters(CP860));
const CP863_PLACES: Places = places(&characters(CP863));
const CP865_PLACES: Places = places(&characters(CP865));
const LATIN_9_PLACES: Places = places(&characters(LATIN_9));
const WINDOWS_1252_PLACES: Places = places(&characters(WINDOWS_1252));

/// The character of a byte in `page`; `None` for control characters and where the page has nothing.
pub fn decode(byte: u8, page: CodePage) -> Option<char> {
    if byte.is_ascii() {
        return Some(char::from(byte)).filter(|c| !c.is_control());
    }
    let place = page_places(page).iter().find(|place| place.1 == byte)?;
    Some(place.0).filter(|c| !c.is_control() && *c != char::REPLACEMENT_CHARACTER)
}

/// The byte of `c` in `page`; `None` for control characters and for what the page lacks.
pub fn encode_char(c: char, page: CodePage) -> Option<u8> {
    if c.is_ascii() {
        return u8::try_from(c).ok().filter(|byte| !byte.is_ascii_control());
    }
    let places = page_places(page);
    let index = places.binary_search_by_key(&c, |place| place.0).ok()?;
    (c != char::REPLACEMENT_CHARACTER).then_some(places[index].1)
}

const fn page_places(page: CodePage) -> &'static Places {
    match page {
        CodePage::Cp437 => &CP437_PLACES,
        CodePage::Cp850 => &CP850_PLACES,
        CodePage::Cp858 => &CP858_PLACES,
        CodePage::Cp860 => &CP860_PLACES,
        CodePage::Cp863 => &CP863_PLACES,
        CodePage::Cp865 => &CP865_PLACES,
        CodePage::Latin9 => &LATIN_9_PLACES,
        CodePage::Windows1252 => &WINDOWS_1252_PLACES,
    }
}

/// The 128 characters of a page. A page of another length, or with more than three bytes to a
/// character, does not compile.
const fn characters(text: &str) -> [char; 128] {
    let bytes = text.as_bytes();
    let mut page = ['\0'; 128];
    let (mut at, mut next) = (0, 0);
    while at < 128 {
        let first = bytes[next] as u32;
        let (number, length) = if first < 0xE0 {
            ((first & 0x1F) << 6 | (bytes[next + 1] as u32 & 0x3F), 2)
        } else {
            let middle = (bytes[next + 1] as u32 & 0x3F) << 6;
            ((first & 0x0F) << 12 | middle | (bytes[next + 2] as u32 & 0x3F), 3)
        };
        page[at] = match char::from_u32(number) {
            Some(c) => c,
            None => panic!("no character"),
        };
        at += 1;
        next += length;
    }
    assert!(next == bytes.len(), "a page has 128 characters");
    page
}

/// Sorted by insertion, so that a character is found in seven steps.
const fn places(page: &[char; 128]) -> Places {
    let mut sorted = [('\0', 0); 128];
    let mut at = 0;
    while at < 128 {
        let mut slot = at;
        while slot > 0 && sorted[slot - 1].0 as u32 > page[at] as u32 {
            sorted[slot] = sorted[slot - 1];
            slot -= 1;
        }
        #[expect(clippy::cast_possible_truncation, reason = "below 256")]
        let byte = (0x80 + at) as u8;
        sorted[slot] = (page[at], byte);
        at += 1;
    }
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_found_under_its_own_byte() {
        for page in CodePage::ALL {
            let bytes: Vec<u8> = ('\u{80}'..='\u{FFFF}').filter_map(|c| encode_char(c, page)).collect();
            let mut once = bytes.clone();
            once.sort_unstable();
            once.dedup();
            assert_eq!(once.len(), bytes.len(), "{page:?}: two characters share a byte");
            assert!(bytes.iter().all(|byte| *byte >= 0x80) && bytes.len() >= 96, "{page:?}");
        }
    }

    #[test]
    fn a_byte_is_read_back_as_what_it_was_written_for() {
        for page in CodePage::ALL {
            for byte in 0..=0xFF {
                let read = decode(byte, page);
                assert!(read.is_none_or(|c| encode_char(c, page) == Some(byte)), "{page:?} {byte:#04x}");
            }
        }
    }

    #[test]
    fn controls_and_the_sign_of_a_hole_are_in_no_page() {
        for page in CodePage::ALL {
            let control = ('\0'..='\u{9F}').filter(|c| c.is_control());
            for c in control.chain(['\u{FFFD}']) {
                assert_eq!(encode_char(c, page), None, "{page:?} {c:?}");
            }
        }
    }

    #[test]
    fn only_the_euro_tells_858_from_850() {
        assert_eq!(encode_char('€', CodePage::Cp858), encode_char('ı', CodePage::Cp850));
        assert_eq!((encode_char('€', CodePage::Cp850), encode_char('ı', CodePage::Cp858)), (None, None));
        for c in ('\u{A0}'..='\u{2FFF}').filter(|c| !"€ı".contains(*c)) {
            assert_eq!(encode_char(c, CodePage::Cp850), encode_char(c, CodePage::Cp858), "{c}");
        }
    }

    /// The system's own tables are the witness: they share nothing with these but the standard.
    #[cfg(target_os = "linux")]
    #[test]
    fn every_byte_of_every_page_is_where_iconv_says() {
        for page in CodePage::ALL {
            let name = match page {
                CodePage::Cp437 => "CP437",
                CodePage::Cp850 => "CP850",
                CodePage::Cp858 => "CP858",
                CodePage::Cp860 => "CP860",
                CodePage::Cp863 => "CP863",
                CodePage::Cp865 => "CP865",
                CodePage::Latin9 => "ISO-8859-15",
                CodePage::Windows1252 => "CP1252",
            };
            for (byte, line) in (0x80..=0xFF_u8).zip(iconv(name)) {
                let expected = line.chars().next().filter(|c| !c.is_control());
                assert_eq!(decode(byte, page), expected, "{page:?} {byte:#04x}");
            }
        }
    }

    /// Each byte from 0x80 on as `iconv` reads it; an empty line where the page has nothing.
    #[cfg(target_os = "linux")]
    fn iconv(page: &str) -> Vec<String> {
        use std::io::Write as _;
        use std::process::{Command, Stdio};
        let mut child = Command::new("iconv")
            .args(["-c", "-f", page, "-t", "UTF-8"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let bytes: Vec<u8> = (0x80..=0xFF).flat_map(|byte| [byte, b'\n']).collect();
        child.stdin.take().unwrap().write_all(&bytes).unwrap();
        let answer = child.wait_with_output().unwrap().stdout;
        let lines: Vec<String> = String::from_utf8(answer).unwrap().split('\n').map(String::from).collect();
        assert_eq!(lines.len(), 129, "{page}: a line for each byte, and what follows the last");
        lines
    }

    #[test]
    fn spanish_in_cp858_has_the_bytes_of_the_manual() {
        let bytes = [
            ('ñ', 0xA4),
            ('Ñ', 0xA5),
            ('á', 0xA0),
            ('é', 0x82),
            ('í', 0xA1),
            ('ó', 0xA2),
            ('ú', 0xA3),
            ('ü', 0x81),
            ('¿', 0xA8),
            ('¡', 0xAD),
            ('€', 0xD5),
            ('×', 0x9E),
            ('Á', 0xB5),
            ('É', 0x90),
        ];
        for (c, byte) in bytes {
            assert_eq!(encode_char(c, CodePage::Cp858), Some(byte), "{c}");
        }
    }
}
