//! What a station is called, and by which code its kitchen screens are found.

use crate::floor::place_name;
use crate::search::folded;

/// Longest name of a station, in characters: it stands large on tickets.
pub const MAX_STATION_NAME: usize = 30;
/// Most stations of a branch that are open at once.
pub const MAX_STATIONS: usize = 40;

/// What somebody typed as a station's name, with one blank between words; none when nothing is left, or too much, or
/// what no paper can show.
pub fn station_name(typed: &str) -> Option<String> {
    place_name(typed, MAX_STATION_NAME)
}

/// Whether people take two names for one, however they are written.
pub fn is_same_name(name: &str, other: &str) -> bool {
    name == other || (!folded(name).is_empty() && folded(name) == folded(other))
}

/// A code for a new station, made of its name, that none of `taken` is: `parrilla`, `parrilla-2`.
pub fn code_of(name: &str, taken: &[&str]) -> String {
    let words = folded(name).replace(char::is_whitespace, "-");
    let own = if words.is_empty() { "estacion".to_owned() } else { words };
    let numbered = (2..).map(|number| format!("{own}-{number}"));
    let mut codes = std::iter::once(own.clone()).chain(numbered);
    codes.find(|code| !taken.contains(&code.as_str())).unwrap_or(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_short_and_printable() {
        assert_eq!(station_name("  Barra \t de  jugos "), Some("Barra de jugos".into()));
        assert_eq!(station_name(&"ñ".repeat(30)), Some("ñ".repeat(30)));
        for bad in ["", "  ", "Bar\u{1B}ra", &"x".repeat(31)] {
            assert_eq!(station_name(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn names_are_told_apart_as_people_do() {
        assert!(is_same_name("Parrilla", "PARRILLÁ") && is_same_name("Barra  fría", "barra fria"));
        assert!(!is_same_name("Parrilla", "Parrilla 2"));
        assert!(is_same_name("★", "★") && !is_same_name("★", "☆"), "signs alone are what they are");
    }

    #[test]
    fn a_code_is_the_name_in_plain_letters_and_nobody_else_s() {
        for (name, taken, code) in [
            ("Parrilla", &[][..], "parrilla"),
            ("Postres y Cafés", &[], "postres-y-cafes"),
            ("Parrilla", &["cocina", "parrilla"], "parrilla-2"),
            ("PARRILLA", &["parrilla", "parrilla-2"], "parrilla-3"),
            ("★", &[], "estacion"),
        ] {
            assert_eq!(code_of(name, taken), code);
            let address = format!("screen:{code}");
            assert!(address.parse::<crate::station::PrinterAddress>().is_ok(), "{address}");
        }
    }
}
