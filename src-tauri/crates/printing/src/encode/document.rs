//! Papers with words of their own, each by its kind.

use super::{Drawer, EncodeError, Encoded, Stamp, bill, catch_up, drawer_kick};
use fastops_domain::document::Document;
use fastops_domain::station::PrinterProfile;

/// Writes a paper for one printer.
pub fn document(
    document: &Document,
    stamp: &Stamp,
    profile: &PrinterProfile,
) -> Result<Encoded, EncodeError> {
    match document {
        Document::Drawer => drawer_kick(profile, Drawer::default()),
        Document::PreBill(content) => bill::bill(content, bill::Kind::Before, stamp, profile),
        Document::Receipt(content) => bill::bill(content, bill::Kind::Paid, stamp, profile),
        Document::CatchUp(content) => catch_up::catch_up(content, stamp, profile),
    }
}
