//! What is written comes back, and what strangers send is read or said to be what it is.

use super::*;

fn knows(text: &str) -> bool {
    matches!(text, "Código" | "Nombre" | "Precio")
}

fn texts(table: &Table) -> Vec<Vec<String>> {
    table.rows.iter().map(|row| row.cells.iter().map(Cell::shown).collect()).collect()
}

fn draft(rows: &[[&str; 3]]) -> Draft {
    let field = |text: &&str| Field::Text((*text).into());
    Draft {
        name: "Productos".into(),
        headers: ["Código", "Nombre", "Precio"].map(|name| (name.to_owned(), 12)).into(),
        rows: rows.iter().map(|row| row.iter().map(field).collect()).collect(),
        decimal_sign: ',',
        at: 1_780_000_000,
    }
}

#[test]
fn nasty_texts_come_back_from_both_formats() {
    let rows = [
        ["007", "Ajiaco \"santafereño\"; con, todo", "1"],
        ["=1+1", "línea\nnueva y 🌶️ ñandú", "+5"],
        ["-3", "'=fórmula", "@x"],
        ["", "   ", ""],
        ["9", "tab\tadentro", "'"],
    ];
    let wanted: Vec<Vec<String>> =
        [0, 1, 2, 4].map(|at: usize| rows[at].map(|text| text.trim().to_owned()).to_vec()).to_vec();
    for format in [Format::Csv, Format::Xlsx] {
        let bytes = write(format, &draft(&rows)).unwrap();
        let table = read(&bytes, knows).unwrap();
        assert_eq!(table.headers, ["Código", "Nombre", "Precio"]);
        assert_eq!(texts(&table), wanted, "{format:?}");
        let numbers: Vec<u32> = table.rows.iter().map(|row| row.number).collect();
        assert_eq!(numbers, [2, 3, 4, 6], "{format:?}: as the spreadsheet counts them");
    }
}

#[test]
fn a_csv_for_excel_has_its_mark_and_no_formulas() {
    let bytes = write(Format::Csv, &draft(&[["=cmd|'/C calc'!A0", "+1", "-1"]])).unwrap();
    assert!(bytes.starts_with(b"\xEF\xBB\xBF"));
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.ends_with("'=cmd|'/C calc'!A0;'+1;'-1\r\n"), "{text}");
    let english = Draft { decimal_sign: '.', ..draft(&[]) };
    assert!(String::from_utf8(write(Format::Csv, &english).unwrap()).unwrap().contains("Código,Nombre"));
}

#[test]
fn every_separator_and_encoding_is_found() {
    for separator in [",", ";", "\t"] {
        let text = format!(
            "Código{separator}Nombre{separator}Precio\n1{separator}\"Piña, a; la\tbrasa\"{separator}5\n"
        );
        let (windows, _, unmappable) = encoding_rs::WINDOWS_1252.encode(&text);
        assert!(!unmappable);
        let utf16: Vec<u8> =
            [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let marked = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
        let hinted = format!("sep={separator}\r\n{text}");
        for bytes in [text.as_bytes(), &windows, &utf16, &marked, hinted.as_bytes()] {
            let table = read(bytes, knows).unwrap();
            assert_eq!(texts(&table), [["1", "Piña, a; la\tbrasa", "5"]], "{separator:?} in {bytes:?}");
        }
    }
}

#[test]
fn titles_empty_rows_and_line_breaks_do_not_move_the_count() {
    let text =
        "Carta de diciembre\r\n\r\nNombre;Precio;Nota\r\n\"dos\r\nlíneas\";5;\r\n;;\r\n\r\nAjiaco;9;x\r\n";
    let table = read(text.as_bytes(), knows).unwrap();
    assert_eq!(table.headers, ["Nombre", "Precio", "Nota"]);
    let rows: Vec<u32> = table.rows.iter().map(|row| row.number).collect();
    assert_eq!(rows, [4, 7]);
}

#[test]
fn the_sheet_with_the_products_is_found_and_its_titles_are_none() {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().write_string(0, 0, "Ventas del mes").unwrap();
    let sheet = book.add_worksheet();
    let plain = rust_xlsxwriter::Format::new();
    sheet.merge_range(0, 0, 0, 2, "Carta", &plain).unwrap();
    for (column, header) in (0..).zip(["Código", "Nombre", "Precio"]) {
        sheet.write_string(1, column, header).unwrap();
    }
    sheet.merge_range(2, 0, 2, 2, "Sopas", &plain).unwrap();
    sheet.write_number(3, 0, 307.0).unwrap();
    sheet.write_string(3, 1, "Ajiaco").unwrap();
    let formula = rust_xlsxwriter::Formula::new("=30000+8000").set_result("38000");
    sheet.write_formula(3, 2, formula).unwrap();
    sheet.write_boolean(1_048_575, 16_383, true).unwrap();
    let table = read(&book.save_to_buffer().unwrap(), knows).unwrap();
    assert_eq!(table.rows.len(), 1, "{:?}", table.rows);
    let cells = [Cell::Number(307.0), Cell::Text("Ajiaco".into()), Cell::Number(38_000.0)];
    assert_eq!((table.rows[0].number, &table.rows[0].cells[..]), (4, &cells[..]));
}

#[test]
fn what_is_no_table_says_what_it_is() {
    let cfb = [&[0xD0, 0xCF, 0x11, 0xE0][..], &[0; 600]].concat();
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let protected = [&cfb[..], &name].concat();
    let good = write(Format::Xlsx, &draft(&[["1", "a", "2"]])).unwrap();
    let document = {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let stored =
            zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        zip.start_file("word/document.xml", stored).unwrap();
        zip.finish().unwrap().into_inner()
    };
    let mut long = String::from("Nombre;Precio\n");
    long.push_str(&"a;1\n".repeat(MOST_ROWS + 1));
    let cases: [(&[u8], BadFile); 11] = [
        (b"", BadFile::Empty),
        (b" \r\n", BadFile::Empty),
        (b"\xEF\xBB\xBF", BadFile::Empty),
        (b"%PDF-1.7 ...", BadFile::Pdf),
        (&cfb, BadFile::OldExcel),
        (&protected, BadFile::Protected),
        (&good[..good.len() / 2], BadFile::Damaged),
        (&document, BadFile::Unknown),
        (b"\x89PNG\r\n\x1a\n\0\0", BadFile::Unknown),
        (b"Ajiaco;38000\nChangua;9000\n", BadFile::NoHeaders),
        (long.as_bytes(), BadFile::TooManyRows { most: MOST_ROWS }),
    ];
    for (bytes, bad) in cases {
        assert_eq!(read(bytes, knows), Err(bad));
    }
    assert_eq!(read(&vec![b'a'; MOST_BYTES + 1], knows), Err(BadFile::TooBig { most: 5 }));
}
