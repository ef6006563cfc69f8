//! How a colour looks that is known only by its name.

use fastops_domain::search::folded;

/// Names as they are compared, in Spanish and English, and how each looks.
const KNOWN: [(&[&str], &str); 19] = [
    (&["blanco", "blanca", "white"], "#ffffff"),
    (&["negro", "negra", "black"], "#1a1a1a"),
    (&["rojo", "roja", "red"], "#c62828"),
    (&["azul", "blue"], "#1565c0"),
    (&["verde", "green"], "#2e7d32"),
    (&["amarillo", "amarilla", "yellow"], "#f9c80e"),
    (&["naranja", "orange"], "#ef6c00"),
    (&["rosado", "rosada", "rosa", "pink"], "#ec6ea0"),
    (&["morado", "morada", "purple"], "#6a1b9a"),
    (&["lila", "lilac"], "#b39ddb"),
    (&["cafe", "marron", "brown"], "#6d4c41"),
    (&["beige", "crema", "cream"], "#e8dcc0"),
    (&["dorado", "dorada", "gold"], "#c9a227"),
    (&["plateado", "plateada", "silver"], "#b0b7bd"),
    (&["celeste", "azul claro", "light blue"], "#81d4fa"),
    (&["azul oscuro", "navy", "dark blue"], "#14295a"),
    (&["turquesa", "turquoise"], "#26a69a"),
    (&["vinotinto", "vino tinto", "burgundy"], "#6d1b2d"),
    (&["fucsia", "fuchsia"], "#c2185b"),
];
/// Of a colour that is not known.
const UNKNOWN: &str = "#8d8d8d";

/// How a colour of this name looks on a screen, as `#rrggbb`.
pub(crate) fn swatch(name: &str) -> &'static str {
    let name = folded(name);
    KNOWN.iter().find(|(names, _)| names.contains(&name.as_str())).map_or(UNKNOWN, |(_, swatch)| swatch)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_known_by_its_name_in_both_languages() {
        assert_eq!((swatch(" CAFÉ "), swatch("brown"), swatch("Camuflado")), ("#6d4c41", "#6d4c41", UNKNOWN));
        let names = KNOWN.iter().flat_map(|(names, _)| names.iter());
        assert!(names.clone().all(|name| folded(name) == **name), "they are compared folded");
        assert!(KNOWN.iter().all(|(_, swatch)| swatch.len() == 7 && swatch.starts_with('#')));
    }
}
