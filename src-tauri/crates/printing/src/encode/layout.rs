//! Words onto rows: wrapping with a hanging indent, both ends of a row, centring.
//!
//! Widths are in cells of the row's own size, so double width simply halves them.

use crate::text::{cells, width};
use fastops_domain::station::CodePage;

/// `text` on rows of at most `columns` cells. A word longer than a row is broken, never dropped.
pub(super) fn wrap(text: &str, columns: usize, page: CodePage) -> Vec<String> {
    let mut rows = Vec::new();
    let mut row = String::new();
    let mut used = 0;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let wanted = width(word, page);
        if used > 0 && used + 1 + wanted > columns {
            rows.push(std::mem::take(&mut row));
            used = 0;
        }
        if used > 0 {
            row.push(' ');
            used += 1;
        }
        for c in word.chars() {
            let wide = cells(c, page);
            if used > 0 && used + wide > columns {
                rows.push(std::mem::take(&mut row));
                used = 0;
            }
            row.push(c);
            used += wide;
        }
    }
    if !row.is_empty() {
        rows.push(row);
    }
    rows
}

/// `head` and then `text`, whose further rows stand under its first letter.
pub(super) fn hang(head: &str, text: &str, columns: usize, page: CodePage) -> Vec<String> {
    let indent = width(head, page);
    let mut lead = head.to_owned();
    let rows = wrap(text, columns.saturating_sub(indent).max(2), page);
    if rows.is_empty() {
        return vec![lead.trim_end().to_owned()];
    }
    rows.into_iter().map(|row| format!("{}{row}", std::mem::replace(&mut lead, " ".repeat(indent)))).collect()
}

/// `left` at the left end and `right` at the right end, on one row if both fit.
pub(super) fn ends(left: &str, right: &str, columns: usize, page: CodePage) -> Vec<String> {
    let (wide_left, wide_right) = (width(left, page), width(right, page));
    if wide_left + wide_right < columns {
        let gap = " ".repeat(columns - wide_left - wide_right);
        return vec![format!("{left}{gap}{right}")];
    }
    let mut rows = wrap(left, columns, page);
    for row in wrap(right, columns, page) {
        rows.push(format!("{}{row}", " ".repeat(columns.saturating_sub(width(&row, page)))));
    }
    rows
}

/// `text` in the middle, filled to the whole row so that inverse print is a full bar.
pub(super) fn bar(text: &str, columns: usize, page: CodePage) -> Vec<String> {
    wrap(text, columns, page)
        .into_iter()
        .map(|row| {
            let free = columns.saturating_sub(width(&row, page));
            format!("{}{row}{}", " ".repeat(free / 2), " ".repeat(free - free / 2))
        })
        .collect()
}

/// Rows filled with spaces to the whole width.
pub(super) fn fill(rows: Vec<String>, columns: usize, page: CodePage) -> Vec<String> {
    rows.into_iter()
        .map(|row| {
            let free = columns.saturating_sub(width(&row, page));
            row + &" ".repeat(free)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PAGE: CodePage = CodePage::Cp858;

    #[test]
    fn words_wrap_under_the_name_and_not_under_the_quantity() {
        assert_eq!(
            hang("12 × ", "Bandeja paisa con todo", 16, PAGE),
            ["12 × Bandeja", "     paisa con", "     todo"]
        );
        assert_eq!(hang("2 × ", "", 16, PAGE), ["2 ×"]);
    }

    #[test]
    fn a_word_longer_than_the_row_is_broken_and_not_lost() {
        assert_eq!(wrap("abcdefghij k", 4, PAGE), ["abcd", "efgh", "ij k"]);
        assert_eq!(wrap("a abcdefghij", 4, PAGE), ["a", "abcd", "efgh", "ij"]);
    }

    #[test]
    fn ends_that_do_not_fit_take_two_rows() {
        assert_eq!(ends("Ana", "14:05", 10, PAGE), ["Ana  14:05"]);
        assert_eq!(ends("Anamaría", "14:05", 10, PAGE), ["Anamaría", "     14:05"]);
    }

    #[test]
    fn bars_are_full() {
        assert_eq!(bar("abc", 6, PAGE), [" abc  "]);
        assert_eq!(fill(vec!["abc".into()], 6, PAGE), ["abc   "]);
    }

    proptest! {
        #[test]
        fn every_word_is_kept_and_no_row_is_too_long(
            text in "[a-zñ面щ ]{0,80}", head in "[0-9]{1,3} ", columns in 6_usize..50,
        ) {
            let rows = hang(&head, &text, columns, PAGE);
            for row in &rows {
                prop_assert!(width(row, PAGE) <= columns, "{row:?}");
            }
            let letters = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
            prop_assert_eq!(letters(&rows.concat()), letters(&format!("{head}{text}")));
        }
    }
}
