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

/// `head` and then `text` with `right` at the end of their first row; further rows of the text stand under its
/// first letter and go on below `right`.
pub(super) fn beside(head: &str, text: &str, right: &str, columns: usize, page: CodePage) -> Vec<String> {
    let (indent, wide_right) = (width(head, page), width(right, page));
    let room = columns.saturating_sub(indent + wide_right + 1);
    let text: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    let text = text.join(" ");
    let first = wrap(&text, room.max(2), page).into_iter().next().unwrap_or_default();
    let rest = text.strip_prefix(&first).unwrap_or_default();
    let gap = columns.saturating_sub(indent + width(&first, page) + wide_right);
    let mut rows = vec![format!("{head}{first}{}{right}", " ".repeat(gap))];
    let below = wrap(rest, columns.saturating_sub(indent).max(2), page);
    rows.extend(below.into_iter().map(|row| format!("{}{row}", " ".repeat(indent))));
    rows
}

/// `left` at the left end and `right` at the right end, on one row if both fit. Otherwise `right` ends the last row
/// of `left`, to which some of its words go down if they must: an amount alone on a row belongs to nothing.
pub(super) fn ends(left: &str, right: &str, columns: usize, page: CodePage) -> Vec<String> {
    let (wide_left, wide_right) = (width(left, page), width(right, page));
    let pair = |left: &str| {
        let gap = columns - width(left, page) - wide_right;
        format!("{left}{}{right}", " ".repeat(gap))
    };
    if wide_left + wide_right < columns {
        return vec![pair(left)];
    }
    let mut rows = wrap(left, columns, page);
    let parted = rows.last().and_then(|last| parted(last, columns.saturating_sub(wide_right + 1), page));
    if let Some((above, beside)) = parted {
        rows.pop();
        rows.extend(Some(above).filter(|row| !row.is_empty()));
        rows.push(pair(&beside));
        return rows;
    }
    for row in wrap(right, columns, page) {
        rows.push(format!("{}{row}", " ".repeat(columns.saturating_sub(width(&row, page)))));
    }
    rows
}

/// The row in two, of which the second has at most `room` cells, and neither is shorter than it must be.
fn parted(row: &str, room: usize, page: CodePage) -> Option<(String, String)> {
    let starts = row.match_indices(' ').map(|(at, _)| at + 1);
    let mut best: Option<(usize, usize)> = None;
    for at in std::iter::once(0).chain(starts).filter(|at| width(&row[*at..], page) <= room) {
        let shorter = if at == 0 { usize::MAX } else { width(&row[..at], page).min(width(&row[at..], page)) };
        if best.is_none_or(|(_, found)| shorter > found) {
            best = Some((at, shorter));
        }
    }
    best.map(|(at, _)| (row[..at].trim_end().to_owned(), row[at..].to_owned()))
}

/// `text` in the middle.
pub(super) fn middle(text: &str, columns: usize, page: CodePage) -> Vec<String> {
    bar(text, columns, page).into_iter().map(|row| row.trim_end().to_owned()).collect()
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
        let words = ends("Ana María Peña", "14:05", 12, PAGE);
        assert_eq!(words, ["Ana María", "Peña   14:05"], "the last row has room");
        let words = ends("Tarjeta de crédito (7)", "1.500", 15, PAGE);
        assert_eq!(words, ["Tarjeta de", "crédito", "(7)       1.500"], "a word goes down to it");
        let words = ends("Paid by bank transfer", "15.000", 21, PAGE);
        assert_eq!(words, ["Paid by", "bank transfer  15.000"], "no row has one short word");
    }

    #[test]
    fn an_amount_stands_beside_the_first_row_and_the_name_goes_on_below_it() {
        let rows = beside("2 × ", "Bandeja paisa con todo lo que tiene", "76.000", 21, PAGE);
        assert_eq!(rows, ["2 × Bandeja    76.000", "    paisa con todo lo", "    que tiene"]);
        assert_eq!(beside("2 × ", "Ajo", "76.000", 21, PAGE), ["2 × Ajo        76.000"]);
        assert_eq!(beside("2 × ", "", "9", 8, PAGE), ["2 ×    9"]);
    }

    #[test]
    fn bars_are_full() {
        assert_eq!(bar("abc", 6, PAGE), [" abc  "]);
        assert_eq!(middle("abc", 6, PAGE), [" abc"]);
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
            for rows in [ends(&text, "1", columns, PAGE), beside(&head, &text, "1", columns.max(9), PAGE)] {
                for row in &rows {
                    prop_assert!(width(row, PAGE) <= columns.max(9), "{row:?}");
                }
                let found = letters(&rows.concat()).replace(|c: char| c.is_ascii_digit(), "");
                prop_assert_eq!(found, letters(&text));
            }
        }
    }
}
