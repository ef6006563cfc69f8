//! Papers that begin with the picture of the house, on wide and on narrow paper.

use super::cases::Case;
use super::held::Held;
use super::sorts::samples;
use super::{cases, paper};
use fastops_domain::document::{Bill, Document};
use fastops_domain::ids::LogoId;
use fastops_domain::picture::Grey;
use fastops_domain::station::Candidate;
use fastops_printing::Encoded;
use fastops_printing::encode::{document_with_logo, logo_look, preview};
use uuid::Uuid;

/// A ring on a ground that fades from black to white, in a frame.
fn picture() -> Grey {
    let (width, rows) = (480_i64, 60_i64);
    let value = |at: i64| {
        let (x, y) = (at % width, at / width);
        let far = (x - width / 2).pow(2) + (y - rows / 2).pow(2);
        let frame = x < 3 || y < 3 || x >= width - 3 || y >= rows - 3;
        let dark = frame || (18_i64.pow(2)..26_i64.pow(2)).contains(&far);
        if dark { 0 } else { u8::try_from(x * 255 / width).unwrap() }
    };
    Grey::new(480, (0..width * rows).map(value).collect()).unwrap()
}

/// Its name without a folder.
fn flat(case: &Case) -> String {
    case.name().replace('/', ".")
}

fn with_logo(document: Document) -> Document {
    let logo = Some(LogoId(Uuid::nil()));
    match document {
        Document::PreBill(bill) => Document::PreBill(Bill { logo, ..bill }),
        Document::Receipt(bill) => Document::Receipt(Bill { logo, ..bill }),
        other => other,
    }
}

/// The bills and receipts of the other golden files, with a picture.
fn with_logos() -> Vec<(Case, Encoded)> {
    let titles = ["pre_bill", "receipt"];
    let bills = samples().filter(|case| titles.contains(&case.title));
    let encode = |case: Case| {
        let document = with_logo(case.document.clone().unwrap());
        let encoded = document_with_logo(&document, Some(&picture()), &case.stamp, &case.profile).unwrap();
        (case, encoded)
    };
    bills.map(encode).collect()
}

#[test]
fn papers_with_a_logo_are_the_golden_ones() {
    let mut held = Held::new("logos");
    for (case, encoded) in with_logos() {
        let slip = paper(&encoded, case.profile);
        held.hold(&case, &slip, &slip.text(), &encoded.bytes);
    }
    held.end();
}

/// What is shown before it is kept, what the preview shows and what comes out are the same dots.
#[test]
fn a_logo_is_seen_as_it_comes_out() {
    for (case, encoded) in with_logos() {
        let (name, profile) = (flat(&case), case.profile);
        let slip = paper(&encoded, profile);
        let dots = logo_look(&picture(), profile.columns).unwrap();
        let sent: Vec<u8> = slip.pictures().take(1).flat_map(|band| band.data().to_vec()).collect();
        assert!(sent == dots.bytes, "{name}: other dots");
        let own = Candidate { table: profile.code_table, page: profile.code_page };
        let rows = preview(&encoded.bytes, profile.columns, own, &[]).unwrap();
        let shown = rows.iter().find_map(|row| row.dots.as_ref()).unwrap();
        let paper_dots = u32::from(profile.columns) * 12;
        assert_eq!((shown.width, shown.rows), (paper_dots.max(dots.width), dots.rows), "{name}");
        let black = |bytes: &[u8]| bytes.iter().map(|byte| byte.count_ones()).sum::<u32>();
        assert_eq!(black(&shown.bytes), black(&dots.bytes), "{name}: none is lost at the edge");
    }
}

/// A picture that a paper was not made with, or that no guest gets, is not printed.
#[test]
fn no_other_paper_has_a_logo() {
    for case in cases() {
        let Some(document) = &case.document else { continue };
        let with = document_with_logo(document, Some(&picture()), &case.stamp, &case.profile).unwrap();
        let without = document_with_logo(document, None, &case.stamp, &case.profile).unwrap();
        assert_eq!(with, without, "{}", flat(&case));
    }
}
