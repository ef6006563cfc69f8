//! Papers with words of their own, each by its kind.

use super::paper::Paper;
use super::sheet::Row;
use super::{EncodeError, Encoded, Stamp, bill, cash_report, catch_up, drawer_kick, test_page};
use fastops_domain::document::Document;
use fastops_domain::picture::Grey;
use fastops_domain::station::PrinterProfile;

/// Writes a paper for one printer.
pub fn document(
    document: &Document,
    stamp: &Stamp,
    profile: &PrinterProfile,
) -> Result<Encoded, EncodeError> {
    document_with_logo(document, None, stamp, profile)
}

/// The same with a picture at its head, if it is one of those that a guest gets.
pub fn document_with_logo(
    document: &Document,
    logo: Option<&Grey>,
    stamp: &Stamp,
    profile: &PrinterProfile,
) -> Result<Encoded, EncodeError> {
    let mut paper = Paper::new(*profile)?;
    if let Some(picture) = logo.filter(|_| document.logo().is_some()) {
        paper.head(picture)?;
    }
    match write(document, stamp, paper)? {
        Some(paper) => paper.cut(),
        None => drawer_kick(profile),
    }
}

/// The rows of the same paper, for what is no printer; none for what has no words.
pub(super) fn document_rows(document: &Document, stamp: &Stamp) -> Result<Option<Vec<Row>>, EncodeError> {
    Ok(write(document, stamp, Paper::of_rows()?)?.map(Paper::into_rows))
}

fn write(document: &Document, stamp: &Stamp, paper: Paper) -> Result<Option<Paper>, EncodeError> {
    Ok(Some(match document {
        Document::Drawer => return Ok(None),
        Document::PreBill(content) => bill::bill(content, bill::Kind::Before, stamp, paper)?,
        Document::Receipt(content) => bill::bill(content, bill::Kind::Paid, stamp, paper)?,
        Document::CatchUp(content) => catch_up::catch_up(content, stamp, paper)?,
        Document::CashReport(content) => cash_report::cash_report(content, stamp, paper)?,
        Document::TestPage(content) => test_page::written(content, stamp, paper)?,
        Document::OpeningCheck(content) => test_page::check(content, stamp, paper)?,
    }))
}
