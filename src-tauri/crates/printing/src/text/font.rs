//! The typeface for what a printer's page lacks: `DejaVu Sans Mono Bold`, which has Latin, Greek,
//! Cyrillic and many symbols, and comes with the program (licence in `fonts/LICENSE-DejaVu.txt`).

use ab_glyph::{Font, FontRef};
use std::sync::OnceLock;

/// The font file as it ships with the program.
pub const FONT: &[u8] = include_bytes!("../../fonts/DejaVuSansMono-Bold.ttf");

/// The parsed font.
pub(crate) fn face() -> &'static FontRef<'static> {
    static FACE: OnceLock<FontRef<'static>> = OnceLock::new();
    // The file is part of the program and a test parses it: this cannot fail in service.
    FACE.get_or_init(|| FontRef::try_from_slice(FONT).expect("the bundled font is a font"))
}

/// Whether the font has a picture of `c`.
pub(crate) fn draws(c: char) -> bool {
    face().glyph_id(c).0 != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_font_has_what_is_promised() {
        assert!("aÑñ€ΣЖщ⅓♥0123456789ABCDEF+U".chars().all(draws));
        assert!(!draws('面') && !draws('🌶'));
    }
}
