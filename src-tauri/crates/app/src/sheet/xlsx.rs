//! Workbooks of Excel since 2007, and of whatever else writes them.

use super::{
    BadFile, Cell, Draft, Field, HEADERS_WITHIN, MOST_COLUMNS, MOST_ROWS, Row, Table, find_headers, guard,
    table,
};
use calamine::{DataRef, Dimensions, Reader as _, Xlsx, XlsxError};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet};
use std::collections::{BTreeMap, HashSet};
use std::io::{Cursor, Read as _};
use zip::ZipArchive;

/// Most that a workbook may unpack to, in bytes.
const MOST_UNPACKED: u64 = 64 * 1024 * 1024;
/// Rows that are read before it is clear that there are too many.
const ENOUGH_ROWS: usize = MOST_ROWS + HEADERS_WITHIN + 1;

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

pub(super) fn read(bytes: &[u8], is_header: fn(&str) -> bool) -> Result<Table, BadFile> {
    check_size(bytes)?;
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|error| problem(&error))?;
    let mut best: Option<(usize, usize, Vec<Row>)> = None;
    for name in book.sheet_names() {
        // A sheet that is a chart has no cells.
        let Ok(rows) = rows(&mut book, &name) else { continue };
        if let Some((at, known)) = find_headers(&rows, is_header)
            && best.as_ref().is_none_or(|(most, ..)| known > *most)
        {
            best = Some((known, at, rows));
        }
    }
    let (_, at, rows) = best.ok_or(BadFile::NoHeaders)?;
    table(rows, at)
}

/// Nothing is unpacked before it is known how much that would be; what lies about it is found by counting.
fn check_size(bytes: &[u8]) -> Result<(), BadFile> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| BadFile::Damaged)?;
    if archive.index_for_name("xl/workbook.xml").is_none() {
        return Err(BadFile::Unknown);
    }
    let mut left = MOST_UNPACKED;
    for at in 0..archive.len() {
        let file = archive.by_index(at).map_err(|_| BadFile::Damaged)?;
        if file.size() > left {
            return Err(BadFile::Damaged);
        }
        let count = std::io::copy(&mut file.take(left + 1), &mut std::io::sink());
        let count = count.map_err(|_| BadFile::Damaged)?;
        left = left.checked_sub(count).ok_or(BadFile::Damaged)?;
    }
    Ok(())
}

fn problem(error: &XlsxError) -> BadFile {
    if matches!(error, XlsxError::Password) { BadFile::Protected } else { BadFile::Damaged }
}

/// The rows of a sheet that have something in them. What spans columns is a title, not a product.
fn rows(book: &mut Book<'_>, name: &str) -> Result<Vec<Row>, XlsxError> {
    let merged = book.merge_cells_by_sheet_name(name).unwrap_or_default();
    let wide = |area: &Dimensions| area.end.1 > area.start.1;
    let titles: HashSet<u32> = merged
        .iter()
        .filter(|area| wide(area))
        .flat_map(|area| area.start.0..=area.end.0.min(area.start.0 + 100))
        .collect();
    let mut cells = book.worksheet_cells_reader(name)?;
    let mut rows: BTreeMap<u32, Vec<Cell>> = BTreeMap::new();
    while let Some(found) = cells.next_cell()? {
        let (row, column) = found.get_position();
        let cell = cell(found.get_value());
        if cell == Cell::Empty || column >= MOST_COLUMNS || titles.contains(&row) {
            continue;
        }
        if !rows.contains_key(&row) && rows.len() >= ENOUGH_ROWS {
            break;
        }
        let cells = rows.entry(row).or_default();
        let at = column as usize;
        if cells.len() <= at {
            cells.resize(at + 1, Cell::Empty);
        }
        cells[at] = cell;
    }
    Ok(rows.into_iter().map(|(row, cells)| Row { number: row + 1, cells }).collect())
}

/// A formula is what it came to when the workbook was saved.
fn cell(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        #[expect(clippy::cast_precision_loss, reason = "a spreadsheet's whole numbers are floats themselves")]
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::String(text) => Cell::text(guard::bare(text)),
        DataRef::SharedString(text) => Cell::text(guard::bare(text)),
        DataRef::Bool(yes) => Cell::Bool(*yes),
        DataRef::DateTime(_) | DataRef::DateTimeIso(_) | DataRef::DurationIso(_) => Cell::Date,
        DataRef::Error(fault) => Cell::Fault(fault.to_string()),
    }
}

pub(super) fn write(draft: &Draft) -> Option<Vec<u8>> {
    let mut book = Workbook::new();
    if let Ok(at) = ExcelDateTime::from_timestamp(draft.at) {
        book.set_properties(&DocProperties::new().set_creation_datetime(&at));
    }
    let sheet = book.add_worksheet();
    fill(sheet, draft).ok()?;
    book.save_to_buffer().ok()
}

fn fill(sheet: &mut Worksheet, draft: &Draft) -> Result<(), rust_xlsxwriter::XlsxError> {
    sheet.set_name(&draft.name)?;
    sheet.set_freeze_panes(1, 0)?;
    let bold = Format::new().set_bold();
    // What is typed into such a cell stays as it was typed: a code keeps its zeros.
    let text = Format::new().set_num_format("@");
    for (column, (header, width)) in (0..).zip(&draft.headers) {
        sheet.write_string_with_format(0, column, header, &bold)?;
        sheet.set_column_width(column, *width)?;
    }
    for (row, fields) in (1..).zip(&draft.rows) {
        for (column, field) in (0..).zip(fields) {
            match field {
                Field::Text(content) => {
                    sheet.write_string_with_format(row, column, guard::marked_again(content), &text)?
                }
                Field::Number { number, decimals, .. } => {
                    sheet.write_number_with_format(row, column, *number, &format_of(*decimals))?
                }
            };
        }
    }
    Ok(())
}

fn format_of(decimals: usize) -> Format {
    let decimals = if decimals == 0 { String::new() } else { format!(".{}", "0".repeat(decimals)) };
    Format::new().set_num_format(format!("#,##0{decimals}"))
}
