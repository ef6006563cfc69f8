//! A text that a spreadsheet would take for a formula, kept a text by a mark before it, and the way back.

/// What makes a formula of a cell, or hides it from one.
const STARTS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];
const MARK: char = '\'';

fn is_guarded(text: &str) -> bool {
    text.starts_with(MARK) && text.trim_start_matches(MARK).starts_with(STARTS)
}

/// The text with a mark, if it needs one. What looks like a mark already gets another, so that reading takes off
/// exactly what writing put there.
pub(super) fn guarded(text: &str) -> String {
    if text.starts_with(STARTS) { format!("{MARK}{text}") } else { marked_again(text) }
}

/// The same for a file whose texts are never formulas.
pub(super) fn marked_again(text: &str) -> String {
    if is_guarded(text) { format!("{MARK}{text}") } else { text.to_owned() }
}

/// The text without its mark.
pub(super) fn bare(text: &str) -> &str {
    if is_guarded(text) { &text[MARK.len_utf8()..] } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_a_formula_is_marked_and_comes_back() {
        for text in ["=1+1", "+57 300", "-5", "@SUM(A1)", "'=x", "''=x", "'Ajiaco'", "a=b", "", "'", "\tx"] {
            assert!(!guarded(text).starts_with(STARTS), "{text:?}");
            assert_eq!(bare(&guarded(text)), text, "{text:?}");
            assert_eq!(bare(&marked_again(text)), text, "{text:?}");
        }
        assert_eq!((guarded("=1"), marked_again("=1")), ("'=1".into(), "=1".into()));
    }
}
