//! A sheet as a PDF: one A4 page, or as many as it takes.
//!
//! Letters are those of the fonts that every reader brings along, in the Windows page, which has all of Western
//! Europe's. What that page lacks is drawn from the bundled typeface; what the typeface lacks too becomes a box with
//! its Unicode number, as on paper.

use crate::encode::{Row, Sheet};
use crate::text::{cells, draws, encode_char, face};
use ab_glyph::{Font, OutlineCurve, Point};
use fastops_domain::station::CodePage;
use pdf_writer::{Content, Finish, Name, Pdf, Rect, Ref, Str, TextStr};

const PAGE: CodePage = CodePage::Windows1252;
const FONT: Name<'static> = Name(b"F1");
/// A4 and its margins, in points.
const WIDE: f32 = 595.0;
const HIGH: f32 = 842.0;
const MARGIN: f32 = 48.0;
/// The normal font: what every letter takes, and a row.
const LETTER: f32 = 8.4;
const SIZE: f32 = 14.0;
const LINE: f32 = 17.0;
const GAP: f32 = 6.0;
/// Where letters stand in their row, from below.
const BASE: f32 = 4.5;

/// Draws a sheet.
pub fn pages(sheet: &Sheet) -> Vec<u8> {
    let contents = contents(&sheet.rows);
    let mut pdf = Pdf::new();
    let mut ids = (1..).map(Ref::new);
    let mut id = || ids.next().unwrap_or(Ref::new(1));
    let (catalog, tree, font, about) = (id(), id(), id(), id());
    let pages: Vec<(Ref, Ref)> = contents.iter().map(|_| (id(), id())).collect();
    pdf.catalog(catalog).pages(tree);
    pdf.document_info(about).title(TextStr(&sheet.title));
    pdf.pages(tree)
        .kids(pages.iter().map(|(page, _)| *page))
        .count(i32::try_from(pages.len()).unwrap_or(i32::MAX));
    pdf.type1_font(font).base_font(Name(b"Courier-Bold")).encoding_predefined(Name(b"WinAnsiEncoding"));
    for ((page_id, content_id), content) in pages.into_iter().zip(contents) {
        let mut page = pdf.page(page_id);
        page.parent(tree).media_box(Rect::new(0.0, 0.0, WIDE, HIGH)).contents(content_id);
        page.resources().fonts().pair(FONT, font);
        page.finish();
        pdf.stream(content_id, &content.finish());
    }
    pdf.finish()
}

fn contents(rows: &[Row]) -> Vec<Content> {
    let mut pages = vec![Content::new()];
    let mut top = HIGH - MARGIN;
    for row in rows {
        let high = if row.text.is_empty() { GAP } else { LINE * f32::from(row.height) };
        if top - high < MARGIN {
            pages.push(Content::new());
            top = HIGH - MARGIN;
        }
        top -= high;
        if let Some(page) = pages.last_mut() {
            draw(page, row, top);
        }
    }
    pages
}

/// Draws a row whose lower edge is at `y`.
fn draw(page: &mut Content, row: &Row, y: f32) {
    let (wide, high) = (LETTER * f32::from(row.width), f32::from(row.height));
    let taken = |text: &str| {
        f32::from(u16::try_from(text.chars().map(|c| cells(c, PAGE)).sum::<usize>()).unwrap_or(0))
    };
    if row.inverse {
        page.set_fill_gray(0.0).rect(MARGIN, y, taken(&row.text) * wide, LINE * high).fill_nonzero();
    }
    page.set_fill_gray(if row.inverse { 1.0 } else { 0.0 });
    let mut x = MARGIN;
    let mut rest = row.text.as_str();
    while let Some(first) = rest.chars().next() {
        let known = |c: char| encode_char(c, PAGE).is_some();
        let run =
            if known(first) { rest.find(|c| !known(c)).unwrap_or(rest.len()) } else { first.len_utf8() };
        let (part, after) = rest.split_at(run);
        let letter = Letter { x, y: y + BASE * high, wide, high };
        if known(first) {
            letter.show(page, part);
        } else if draws(first) {
            letter.outline(page, first);
        } else {
            letter.number(page, first);
        }
        x += taken(part) * wide;
        rest = after;
    }
}

/// Where a letter stands and how large it is.
#[derive(Clone, Copy)]
struct Letter {
    x: f32,
    y: f32,
    wide: f32,
    high: f32,
}

impl Letter {
    fn show(self, page: &mut Content, text: &str) {
        let bytes: Vec<u8> = text.chars().filter_map(|c| encode_char(c, PAGE)).collect();
        let size = SIZE * self.high;
        page.begin_text()
            .set_font(FONT, size)
            .set_horizontal_scaling(100.0 * self.wide / (LETTER * self.high))
            .next_line(self.x, self.y)
            .show(Str(&bytes))
            .end_text();
    }

    /// Draws what only the bundled typeface has.
    fn outline(self, page: &mut Content, c: char) {
        let face = face();
        let Some(outline) = face.outline(face.glyph_id(c)) else { return };
        let advance = face.h_advance_unscaled(face.glyph_id(c)).max(1.0);
        let (sx, sy) = (self.wide / advance, SIZE * self.high / face.height_unscaled().max(1.0));
        let at = |point: Point| (self.x + point.x * sx, self.y + point.y * sy);
        let mut last = None;
        for curve in outline.curves {
            let (from, to) = match curve {
                OutlineCurve::Line(from, to)
                | OutlineCurve::Quad(from, _, to)
                | OutlineCurve::Cubic(from, _, _, to) => (at(from), at(to)),
            };
            if last != Some(from) {
                page.move_to(from.0, from.1);
            }
            match curve {
                OutlineCurve::Line(..) => {
                    page.line_to(to.0, to.1);
                }
                OutlineCurve::Quad(_, middle, _) => {
                    let middle = at(middle);
                    let toward = |end: (f32, f32)| {
                        (end.0 + (middle.0 - end.0) * 2.0 / 3.0, end.1 + (middle.1 - end.1) * 2.0 / 3.0)
                    };
                    let (one, two) = (toward(from), toward(to));
                    page.cubic_to(one.0, one.1, two.0, two.1, to.0, to.1);
                }
                OutlineCurve::Cubic(_, one, two, _) => {
                    let (one, two) = (at(one), at(two));
                    page.cubic_to(one.0, one.1, two.0, two.1, to.0, to.1);
                }
            }
            last = Some(to);
        }
        page.fill_nonzero();
    }

    /// A box of two letters with the number of a character that cannot be drawn.
    fn number(self, page: &mut Content, c: char) {
        let number = format!("{:04X}", u32::from(c));
        let letters = f32::from(u8::try_from(number.len()).unwrap_or(8));
        let small = Self { wide: self.wide * 2.0 / letters, ..self };
        small.show(page, &number);
        page.rect(self.x, self.y - 1.0, self.wide * 2.0, 0.7).fill_nonzero();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(text: &str) -> Row {
        Row { text: text.into(), width: 1, height: 1, inverse: false }
    }

    fn sheet(rows: Vec<Row>) -> Sheet {
        Sheet { rows, title: "Cocina · 041".into(), file_name: "a.pdf".into() }
    }

    fn holds(pdf: &[u8], bytes: &[u8]) -> bool {
        pdf.windows(bytes.len()).any(|window| window == bytes)
    }

    #[test]
    fn letters_are_those_of_the_windows_page_and_none_is_lost() {
        let pdf = pages(&sheet(vec![row("¿Piña a 5 €? Борщ 面")]));
        assert!(pdf.starts_with(b"%PDF-") && pdf.trim_ascii_end().ends_with(b"%%EOF"));
        assert!(holds(&pdf, b"/WinAnsiEncoding") && holds(&pdf, b"/Courier-Bold"));
        assert!(
            holds(&pdf, b"\xBFPi\xF1a a 5 \x80? ") || holds(&pdf, b"BF5069F161206120352080"),
            "as bytes of 1252"
        );
        assert!(holds(&pdf, b"(9762)"), "the number of what cannot be drawn");
        let drawn =
            |text| pages(&sheet(vec![row(text)])).windows(3).filter(|window| window == b" c\n").count();
        assert!(drawn("Борщ") > 20 && drawn("Borsch") == 0, "curves for what the page lacks");
    }

    #[test]
    fn a_long_ticket_takes_another_page() {
        let count = |rows: usize| {
            let pdf = pages(&sheet((0..rows).map(|n| row(&format!("row {n}"))).collect()));
            assert!(holds(&pdf, format!("(row {})", rows - 1).as_bytes()), "its end is there");
            pdf.windows(12).filter(|window| window.starts_with(b"/Type /Page\n")).count()
        };
        assert_eq!((count(40), count(60), count(120)), (1, 2, 3));
    }
}
