//! Spreadsheets as bytes, and the table in them: CSV as every program of the last thirty years writes it, and XLSX.
//!
//! Reading is careful with what strangers send: sizes are bounded before anything is unpacked, and what is no table
//! says what it is instead.

mod csv;
mod guard;
mod xlsx;

#[cfg(test)]
mod tests;

/// Most bytes of a file that is read.
pub(crate) const MOST_BYTES: usize = 5 * 1024 * 1024;
/// Most rows below the headers.
pub(crate) const MOST_ROWS: usize = 10_000;
/// Most columns that are looked at; a table of products has no more.
const MOST_COLUMNS: u32 = 100;
/// How far down a table may begin.
const HEADERS_WITHIN: usize = 20;

/// What a program for spreadsheets can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Csv,
    Xlsx,
}

/// One cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Cell {
    #[default]
    Empty,
    Text(String),
    Number(f64),
    Bool(bool),
    /// A day or an hour, which is what spreadsheets make of codes such as 1-2.
    Date,
    /// A formula that came to nothing, as it is shown: `#N/A`.
    Fault(String),
}

impl Cell {
    pub(crate) fn text(text: &str) -> Self {
        if text.trim().is_empty() { Self::Empty } else { Self::Text(text.to_owned()) }
    }

    /// The cell as a person reads it, without blanks at its ends.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Empty | Self::Date => String::new(),
            Self::Text(text) | Self::Fault(text) => text.trim().to_owned(),
            Self::Number(number) => format!("{number}"),
            Self::Bool(yes) => yes.to_string(),
        }
    }
}

/// A row with something in it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Row {
    /// As a spreadsheet counts them, from 1.
    pub(crate) number: u32,
    pub(crate) cells: Vec<Cell>,
}

/// A table: its headers, and the rows below them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Table {
    pub(crate) headers: Vec<String>,
    pub(crate) rows: Vec<Row>,
}

/// Why a file is no table that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadFile {
    Empty,
    /// More than so many mebibytes.
    TooBig {
        most: usize,
    },
    TooManyRows {
        most: usize,
    },
    Pdf,
    /// A workbook of Excel 97 to 2003.
    OldExcel,
    /// A workbook that asks for a password.
    Protected,
    /// A picture, a document, a program.
    Unknown,
    /// A workbook that breaks off or contradicts itself.
    Damaged,
    /// No row names columns that are known.
    NoHeaders,
}

/// The table in a file. `is_header` knows the names of columns; the table begins where most of them stand in a row.
pub(crate) fn read(bytes: &[u8], is_header: fn(&str) -> bool) -> Result<Table, BadFile> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(BadFile::Empty);
    }
    if bytes.len() > MOST_BYTES {
        return Err(BadFile::TooBig { most: MOST_BYTES / (1024 * 1024) });
    }
    match bytes {
        [b'%', b'P', b'D', b'F', ..] => Err(BadFile::Pdf),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Err(old_container(bytes)),
        [b'P', b'K', 3 | 5, ..] => xlsx::read(bytes, is_header),
        _ => csv::read(bytes, is_header),
    }
}

/// The same container holds old workbooks and those that are under a password.
fn old_container(bytes: &[u8]) -> BadFile {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let is_protected = bytes.windows(name.len()).any(|window| window == name);
    if is_protected { BadFile::Protected } else { BadFile::OldExcel }
}

/// How many of the cells name columns that are known.
fn headers_in(row: &Row, is_header: fn(&str) -> bool) -> usize {
    row.cells.iter().filter(|cell| is_header(&cell.shown())).count()
}

/// Where the table begins among these rows, and how many columns are known there: two at least.
fn find_headers(rows: &[Row], is_header: fn(&str) -> bool) -> Option<(usize, usize)> {
    let counted = rows.iter().take(HEADERS_WITHIN).map(|row| headers_in(row, is_header)).enumerate();
    // Of rows with as many, the first.
    let best = counted.rev().max_by_key(|(_, known)| *known)?;
    (best.1 >= 2).then_some(best)
}

/// The table that begins at the row `at`.
fn table(mut rows: Vec<Row>, at: usize) -> Result<Table, BadFile> {
    let below = rows.split_off(at + 1);
    if below.len() > MOST_ROWS {
        return Err(BadFile::TooManyRows { most: MOST_ROWS });
    }
    let headers = rows.pop().map(|row| row.cells.iter().map(Cell::shown).collect()).unwrap_or_default();
    Ok(Table { headers, rows: below })
}

/// A cell of a file that is written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Field {
    Text(String),
    /// A number, and how the house writes it.
    Number {
        number: f64,
        written: String,
        /// Decimals that are usual.
        decimals: usize,
    },
}

/// What a file is made of: the headers, and the cells below.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    /// Of the sheet.
    pub(crate) name: String,
    /// With the width of their columns, in characters.
    pub(crate) headers: Vec<(String, u8)>,
    pub(crate) rows: Vec<Vec<Field>>,
    /// What the house writes before decimals.
    pub(crate) decimal_sign: char,
    /// When it was written, in seconds since 1970.
    pub(crate) at: i64,
}

/// The file that holds a table; none when a cell has more text than a spreadsheet can.
pub(crate) fn write(format: Format, draft: &Draft) -> Option<Vec<u8>> {
    match format {
        Format::Csv => csv::write(draft),
        Format::Xlsx => xlsx::write(draft),
    }
}
