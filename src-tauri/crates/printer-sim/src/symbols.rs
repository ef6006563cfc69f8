//! Barcodes and QR codes as bars and modules, and the paper they take.

use barcoders::sym::{
    codabar::Codabar, code39::Code39, code93::Code93, code128::Code128, ean8::EAN8, ean13::EAN13, tf::TF,
};

use crate::paper::{Barcode, QrCode};
use crate::parser::{BarcodeLabel, QrLevel, Symbology};

/// Height of a line of readable text above or below the bars.
pub(crate) const LABEL_DOTS: u32 = 26;
/// Blank modules around a QR code.
const QUIET_MODULES: u32 = 2;

/// Height of the code on paper, with its readable text.
pub(crate) fn barcode_height_dots(barcode: &Barcode) -> u32 {
    let labels = match barcode.label {
        BarcodeLabel::None => 0,
        BarcodeLabel::Above | BarcodeLabel::Below => 1,
        BarcodeLabel::Both => 2,
    };
    u32::from(barcode.height_dots) + labels * LABEL_DOTS + 8
}

/// The bars from left to right, one entry per module; `None` when the data does not suit the symbology, which
/// a printer answers by printing no bars.
pub(crate) fn barcode_modules(barcode: &Barcode) -> Option<Vec<bool>> {
    let data = barcode.data.as_str();
    if data.is_empty() || data.len() > 80 {
        return None;
    }
    let bars = match barcode.symbology {
        Symbology::UpcA => EAN13::new(format!("0{data}")).ok()?.encode(),
        Symbology::UpcE => return None,
        Symbology::Ean13 => EAN13::new(data).ok()?.encode(),
        Symbology::Ean8 => EAN8::new(data).ok()?.encode(),
        Symbology::Code39 => Code39::new(data.trim_matches('*')).ok()?.encode(),
        Symbology::Itf => TF::interleaved(data).ok()?.encode(),
        Symbology::Codabar => Codabar::new(data).ok()?.encode(),
        Symbology::Code93 => Code93::new(data).ok()?.encode(),
        Symbology::Code128 => Code128::new(code128_marks(data)?).ok()?.encode(),
    };
    Some(bars.into_iter().map(|module| module == 1).collect())
}

/// The readable text under the bars: the data without Code 128's marks.
pub(crate) fn barcode_label(barcode: &Barcode) -> String {
    if barcode.symbology != Symbology::Code128 {
        return barcode.data.clone();
    }
    code128_symbols(&barcode.data)
        .into_iter()
        .map(|symbol| match symbol {
            Code128Symbol::Text(text) => text,
            Code128Symbol::Mark(_) => String::new(),
        })
        .collect()
}

enum Code128Symbol {
    Mark(char),
    Text(String),
}

/// Splits the printer's notation: `{A`, `{B`, `{C` choose a set, `{{` is a brace, and in set C each byte is
/// two digits.
fn code128_symbols(data: &str) -> Vec<Code128Symbol> {
    let mut symbols = Vec::new();
    let mut pairs_of_digits = false;
    let mut characters = data.chars();
    while let Some(character) = characters.next() {
        if character == '{' {
            let mark = characters.next().unwrap_or('{');
            if mark == '{' {
                symbols.push(Code128Symbol::Text("{".to_owned()));
            } else {
                pairs_of_digits = if matches!(mark, 'A' | 'B' | 'C') { mark == 'C' } else { pairs_of_digits };
                symbols.push(Code128Symbol::Mark(mark));
            }
        } else if pairs_of_digits {
            symbols.push(Code128Symbol::Text(format!("{:02}", u32::from(character))));
        } else {
            symbols.push(Code128Symbol::Text(character.to_string()));
        }
    }
    symbols
}

/// The printer's notation in the encoder's; `None` when the first set is not chosen.
fn code128_marks(data: &str) -> Option<String> {
    if !data.starts_with("{A") && !data.starts_with("{B") && !data.starts_with("{C") {
        return None;
    }
    code128_symbols(data)
        .into_iter()
        .map(|symbol| match symbol {
            Code128Symbol::Text(text) => Some(text),
            Code128Symbol::Mark('A') => Some("À".to_owned()),
            Code128Symbol::Mark('B') => Some("Ɓ".to_owned()),
            Code128Symbol::Mark('C') => Some("Ć".to_owned()),
            Code128Symbol::Mark('1') => Some("Ź".to_owned()),
            Code128Symbol::Mark(_) => None,
        })
        .collect()
}

/// A square of modules.
pub(crate) struct QrModules {
    pub(crate) side: usize,
    /// Row by row; true is black.
    pub(crate) black: Vec<bool>,
}

pub(crate) fn qr_modules(code: &QrCode) -> Option<QrModules> {
    let level = match code.level {
        QrLevel::Low => qrcode::EcLevel::L,
        QrLevel::Medium => qrcode::EcLevel::M,
        QrLevel::Quartile => qrcode::EcLevel::Q,
        QrLevel::High => qrcode::EcLevel::H,
    };
    let code = qrcode::QrCode::with_error_correction_level(code.data.as_bytes(), level).ok()?;
    let side = code.width();
    Some(QrModules {
        side,
        black: code.into_colors().into_iter().map(|color| color == qrcode::Color::Dark).collect(),
    })
}

/// Height of the code on paper; nothing when the data is too long for a code.
pub(crate) fn qr_side_dots(code: &QrCode) -> u32 {
    let side =
        qr_modules(code).map_or(0, |modules| u32::try_from(modules.side).unwrap_or(0) + 2 * QUIET_MODULES);
    side * u32::from(code.module_dots)
}

/// Dots between the edge of the code's square and its first module.
pub(crate) fn qr_quiet_dots(code: &QrCode) -> u32 {
    QUIET_MODULES * u32::from(code.module_dots)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn barcode(symbology: Symbology, data: &str) -> Barcode {
        Barcode {
            symbology,
            data: data.to_owned(),
            height_dots: 80,
            module_dots: 2,
            label: BarcodeLabel::Below,
        }
    }

    #[test]
    fn each_symbology_makes_bars_of_fitting_data_only() {
        let fitting = [
            (Symbology::UpcA, "01234567890"),
            (Symbology::Ean13, "590123412345"),
            (Symbology::Ean8, "9638507"),
            (Symbology::Code39, "MESA-12"),
            (Symbology::Itf, "1234"),
            (Symbology::Codabar, "A123B"),
            (Symbology::Code93, "MESA12"),
            (Symbology::Code128, "{BPedido 12"),
            (Symbology::Code128, "{C\u{c}\u{22}"),
        ];
        for (symbology, data) in fitting {
            let modules = barcode_modules(&barcode(symbology, data)).unwrap();
            assert!(modules.len() > 30 && modules.contains(&true), "{symbology:?}");
        }
        assert_eq!(barcode_modules(&barcode(Symbology::Ean13, "12")), None);
        assert_eq!(barcode_modules(&barcode(Symbology::Code128, "no set chosen")), None);
    }

    #[test]
    fn the_readable_text_has_no_marks() {
        assert_eq!(barcode_label(&barcode(Symbology::Code128, "{BA{{1{C\u{c}\u{22}")), "A{11234");
    }

    proptest! {
        #[test]
        fn hostile_data_never_panics(data in "[\\x00-\\x7f]{0,40}", which in 0usize..9) {
            let all = [
                Symbology::UpcA, Symbology::UpcE, Symbology::Ean13, Symbology::Ean8, Symbology::Code39,
                Symbology::Itf, Symbology::Codabar, Symbology::Code93, Symbology::Code128,
            ];
            let barcode = barcode(all[which], &data);
            let _ = barcode_modules(&barcode);
            let _ = barcode_label(&barcode);
            let _ = barcode_modules(&Barcode { data: format!("{{C{data}"), ..barcode });
        }
    }
}
