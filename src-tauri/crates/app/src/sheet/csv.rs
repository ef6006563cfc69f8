//! Comma-separated values: with a comma, a semicolon or a tab, in UTF-8, UTF-16 or the Windows code page of the
//! Americas and Western Europe, which is what their spreadsheets write.

use super::{BadFile, Cell, Draft, Field, MOST_COLUMNS, Row, Table, find_headers, guard, table};
use csv::{ReaderBuilder, StringRecord, Terminator, WriterBuilder};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use std::borrow::Cow;

const SEPARATORS: [u8; 3] = [b';', b',', b'\t'];
const BOM: &[u8] = b"\xEF\xBB\xBF";
/// A line by which a file tells Excel what separates its columns.
const HINT: &str = "sep=";

pub(super) fn read(bytes: &[u8], is_header: fn(&str) -> bool) -> Result<Table, BadFile> {
    let text = text(bytes).ok_or(BadFile::Unknown)?;
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        return Err(BadFile::Empty);
    }
    let tables = SEPARATORS.map(|separator| {
        let rows = rows(text, separator);
        find_headers(&rows, is_header).map(|(at, known)| (known, at, rows))
    });
    // Of separators under which as many columns are known, the first.
    let best = tables.into_iter().flatten().rev().max_by_key(|(known, ..)| *known);
    let (_, at, rows) = best.ok_or(BadFile::NoHeaders)?;
    table(rows, at)
}

/// What the bytes say; none when they are no text.
fn text(bytes: &[u8]) -> Option<Cow<'_, str>> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Some(encoding.decode(bytes).0);
    }
    if bytes.contains(&0) {
        return None;
    }
    let (text, broken) = UTF_8.decode_without_bom_handling(bytes);
    if !broken {
        return Some(text);
    }
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    // Pictures and programs are full of what no text has.
    let strange = |sign: &char| sign.is_control() && !matches!(sign, '\t' | '\n' | '\r');
    (!text.chars().any(|sign| strange(&sign))).then_some(text)
}

fn rows(text: &str, separator: u8) -> Vec<Row> {
    let mut reader = ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut record = StringRecord::new();
    let (mut begun, mut lines, mut within) = (0, 0, 0);
    // Text is all that can be read here: an error would be one of bytes or of columns, and both are let in.
    while let Ok(true) = reader.read_record(&mut record) {
        let start = record.position().map_or(begun, |at| usize::try_from(at.byte()).unwrap_or(begun));
        // The reader counts the empty lines before a record to it.
        let blank = text.as_bytes()[start..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        lines += line_breaks(&text[begun..start + blank]);
        begun = start + blank;
        let number = 1 + lines - within;
        within += record.iter().map(line_breaks).sum::<u32>();
        let fields = record.iter().take(MOST_COLUMNS as usize);
        let cells: Vec<Cell> = fields.map(|field| Cell::text(guard::bare(field))).collect();
        let hint = rows.is_empty() && record.get(0).is_some_and(|field| field.starts_with(HINT));
        if !hint && cells.iter().any(|cell| *cell != Cell::Empty) {
            rows.push(Row { number, cells });
        }
    }
    rows
}

/// Ends of lines in a text, as any system writes them.
fn line_breaks(text: &str) -> u32 {
    let feeds = text.matches('\n').count();
    let returns = text.matches('\r').count() - text.matches("\r\n").count();
    u32::try_from(feeds + returns).unwrap_or(u32::MAX)
}

/// With a mark of its encoding, without which Excel reads accents as two signs; separated as the house's Excel does.
pub(super) fn write(draft: &Draft) -> Option<Vec<u8>> {
    let separator = if draft.decimal_sign == ',' { b';' } else { b',' };
    let mut writer =
        WriterBuilder::new().delimiter(separator).terminator(Terminator::CRLF).from_writer(BOM.to_vec());
    writer.write_record(draft.headers.iter().map(|(name, _)| name)).ok()?;
    for row in &draft.rows {
        let fields = row.iter().map(|field| match field {
            Field::Text(text) => guard::guarded(text),
            Field::Number { written, .. } => written.clone(),
        });
        writer.write_record(fields).ok()?;
    }
    writer.into_inner().ok()
}
