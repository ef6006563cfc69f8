//! The characters beyond ASCII of each page that a printer may have, in the order of their bytes
//! from 0x80. Our own, since ready tables were found to lack `¿` and to misplace others.

use fastops_domain::station::CodePage;

/// IBM code page 850, as OEM Western European.
const CP850: &str = "\
    ÇüéâäàåçêëèïîìÄÅ\
    ÉæÆôöòûùÿÖÜø£Ø×ƒ\
    áíóúñÑªº¿®¬½¼¡«»\
    ░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐\
    └┴┬├─┼ãÃ╚╔╩╦╠═╬¤\
    ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀\
    ÓßÔÒõÕµþÞÚÛÙýÝ¯´\
    \u{AD}±‗¾¶§÷¸°¨·¹³²■\u{A0}";

/// Windows code page 1252; the replacement character stands where it has none.
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
const EURO_AT: u8 = 0xD5;

/// The byte of `c` in `page`; `None` for control characters and for what the page lacks.
pub fn encode_char(c: char, page: CodePage) -> Option<u8> {
    if c.is_ascii() {
        return u8::try_from(c).ok().filter(|byte| !byte.is_ascii_control());
    }
    match (page, c) {
        (_, '\u{FFFD}') | (CodePage::Cp858, 'ı') => None,
        (CodePage::Cp858, '€') => Some(EURO_AT),
        (CodePage::Cp850 | CodePage::Cp858, _) => position(CP850, c),
        (CodePage::Windows1252, _) => position(WINDOWS_1252, c),
    }
}

fn position(table: &str, c: char) -> Option<u8> {
    table.chars().position(|found| found == c).and_then(|index| u8::try_from(0x80 + index).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Unicode's own mapping of each page, byte 0x80 first; 0 where the page has nothing.
    #[rustfmt::skip]
    const MAPPED_850: [u32; 128] = [
        0x00C7, 0x00FC, 0x00E9, 0x00E2, 0x00E4, 0x00E0, 0x00E5, 0x00E7,
        0x00EA, 0x00EB, 0x00E8, 0x00EF, 0x00EE, 0x00EC, 0x00C4, 0x00C5,
        0x00C9, 0x00E6, 0x00C6, 0x00F4, 0x00F6, 0x00F2, 0x00FB, 0x00F9,
        0x00FF, 0x00D6, 0x00DC, 0x00F8, 0x00A3, 0x00D8, 0x00D7, 0x0192,
        0x00E1, 0x00ED, 0x00F3, 0x00FA, 0x00F1, 0x00D1, 0x00AA, 0x00BA,
        0x00BF, 0x00AE, 0x00AC, 0x00BD, 0x00BC, 0x00A1, 0x00AB, 0x00BB,
        0x2591, 0x2592, 0x2593, 0x2502, 0x2524, 0x00C1, 0x00C2, 0x00C0,
        0x00A9, 0x2563, 0x2551, 0x2557, 0x255D, 0x00A2, 0x00A5, 0x2510,
        0x2514, 0x2534, 0x252C, 0x251C, 0x2500, 0x253C, 0x00E3, 0x00C3,
        0x255A, 0x2554, 0x2569, 0x2566, 0x2560, 0x2550, 0x256C, 0x00A4,
        0x00F0, 0x00D0, 0x00CA, 0x00CB, 0x00C8, 0x0131, 0x00CD, 0x00CE,
        0x00CF, 0x2518, 0x250C, 0x2588, 0x2584, 0x00A6, 0x00CC, 0x2580,
        0x00D3, 0x00DF, 0x00D4, 0x00D2, 0x00F5, 0x00D5, 0x00B5, 0x00FE,
        0x00DE, 0x00DA, 0x00DB, 0x00D9, 0x00FD, 0x00DD, 0x00AF, 0x00B4,
        0x00AD, 0x00B1, 0x2017, 0x00BE, 0x00B6, 0x00A7, 0x00F7, 0x00B8,
        0x00B0, 0x00A8, 0x00B7, 0x00B9, 0x00B3, 0x00B2, 0x25A0, 0x00A0,
    ];
    #[rustfmt::skip]
    const MAPPED_1252: [u32; 128] = [
        0x20AC, 0x0000, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
        0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x0000, 0x017D, 0x0000,
        0x0000, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
        0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x0000, 0x017E, 0x0178,
        0x00A0, 0x00A1, 0x00A2, 0x00A3, 0x00A4, 0x00A5, 0x00A6, 0x00A7,
        0x00A8, 0x00A9, 0x00AA, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x00AF,
        0x00B0, 0x00B1, 0x00B2, 0x00B3, 0x00B4, 0x00B5, 0x00B6, 0x00B7,
        0x00B8, 0x00B9, 0x00BA, 0x00BB, 0x00BC, 0x00BD, 0x00BE, 0x00BF,
        0x00C0, 0x00C1, 0x00C2, 0x00C3, 0x00C4, 0x00C5, 0x00C6, 0x00C7,
        0x00C8, 0x00C9, 0x00CA, 0x00CB, 0x00CC, 0x00CD, 0x00CE, 0x00CF,
        0x00D0, 0x00D1, 0x00D2, 0x00D3, 0x00D4, 0x00D5, 0x00D6, 0x00D7,
        0x00D8, 0x00D9, 0x00DA, 0x00DB, 0x00DC, 0x00DD, 0x00DE, 0x00DF,
        0x00E0, 0x00E1, 0x00E2, 0x00E3, 0x00E4, 0x00E5, 0x00E6, 0x00E7,
        0x00E8, 0x00E9, 0x00EA, 0x00EB, 0x00EC, 0x00ED, 0x00EE, 0x00EF,
        0x00F0, 0x00F1, 0x00F2, 0x00F3, 0x00F4, 0x00F5, 0x00F6, 0x00F7,
        0x00F8, 0x00F9, 0x00FA, 0x00FB, 0x00FC, 0x00FD, 0x00FE, 0x00FF,
    ];

    fn mapped(page: CodePage, byte: u8) -> u32 {
        let index = usize::from(byte - 0x80);
        match page {
            CodePage::Cp858 if byte == EURO_AT => 0x20AC,
            CodePage::Cp850 | CodePage::Cp858 => MAPPED_850[index],
            CodePage::Windows1252 => MAPPED_1252[index],
        }
    }

    #[test]
    fn every_byte_of_every_page_is_where_unicode_says() {
        for page in CodePage::ALL {
            for byte in 0x80..=0xFF {
                match char::from_u32(mapped(page, byte)).unwrap() {
                    '\0' => {}
                    c => assert_eq!(encode_char(c, page), Some(byte), "{page:?} {c:?}"),
                }
            }
        }
    }

    #[test]
    fn nothing_else_is_encoded() {
        for page in CodePage::ALL {
            let known: Vec<u32> = (0x80..=0xFF).map(|byte| mapped(page, byte)).collect();
            for c in '\0'..='\u{2FFF}' {
                let expected = matches!(c, ' '..='~') || (!c.is_ascii() && known.contains(&u32::from(c)));
                assert_eq!(encode_char(c, page).is_some(), expected, "{page:?} {c:?}");
            }
        }
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
