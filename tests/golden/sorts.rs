//! Every sort of paper that the program can write, one of each.
//!
//! A document, or a kind of ticket, that is added to the program does not compile here until it has its sort, and
//! a sort does not compile until it has its sample: from then on it has golden files in every language and width.

use super::cases::{
    Case, bill, candidates, case, catch_up, change, fired, full_test_page, moved, opening_check, order,
    papers, part, receipt, void,
};
use super::reports::{count, report};
use fastops_domain::document::Document;
use fastops_domain::ticket::TicketKind;
use fastops_domain::user::Language;

/// Columns of the papers that restaurants have: 58 mm, and 80 mm of either resolution.
pub(super) const WIDTHS: [u8; 3] = [32, 42, 48];
pub(super) const LANGUAGES: [Language; 2] = [Language::Es, Language::En];

macro_rules! sorts {
    ($($sort:ident = $title:literal),+ $(,)?) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Sort {
            $($sort),+
        }

        impl Sort {
            pub(super) const ALL: &'static [Self] = &[$(Self::$sort),+];

            /// The folder of its golden files.
            const fn title(self) -> &'static str {
                match self {
                    $(Self::$sort => $title),+
                }
            }
        }
    };
}

sorts! {
    Order = "order",
    Change = "change",
    Moved = "moved",
    Fired = "fired",
    Void = "void",
    CatchUp = "catch_up",
    PreBill = "pre_bill",
    PreBillPart = "pre_bill_part",
    Receipt = "receipt",
    ReportX = "report_x",
    ReportZ = "report_z",
    Drawer = "drawer",
    FirstTestPage = "first_test_page",
    TestPage = "test_page",
    RowsToChoose = "rows_to_choose",
    OpeningCheck = "opening_check",
}

impl Sort {
    pub(super) fn of(case: &Case) -> Self {
        let Some(content) = &case.content else {
            return match &case.document {
                None if case.candidates.is_empty() => Self::FirstTestPage,
                None => Self::RowsToChoose,
                Some(Document::Drawer) => Self::Drawer,
                Some(Document::PreBill(bill)) if bill.part.is_some() => Self::PreBillPart,
                Some(Document::PreBill(_)) => Self::PreBill,
                Some(Document::Receipt(_)) => Self::Receipt,
                Some(Document::CatchUp(_)) => Self::CatchUp,
                Some(Document::CashReport(report)) if report.closed.is_some() => Self::ReportZ,
                Some(Document::CashReport(_)) => Self::ReportX,
                Some(Document::TestPage(_)) => Self::TestPage,
                Some(Document::OpeningCheck(_)) => Self::OpeningCheck,
            };
        };
        match content.kind {
            TicketKind::New if content.fired.is_some() => Self::Fired,
            TicketKind::New => Self::Order,
            TicketKind::Change if content.is_move() => Self::Moved,
            TicketKind::Change => Self::Change,
            TicketKind::Void => Self::Void,
        }
    }

    fn sample(self, columns: u8, language: Language) -> Case {
        let ticket = |content| case(self.title(), content, columns, language);
        let paper = |document| papers(self.title(), document, columns, language);
        match self {
            Self::Order => ticket(order()),
            Self::Change => ticket(change()),
            Self::Moved => ticket(moved()),
            Self::Fired => ticket(fired()),
            Self::Void => ticket(void()),
            Self::CatchUp => paper(Document::CatchUp(catch_up())),
            Self::PreBill => paper(Document::PreBill(bill(Vec::new()))),
            Self::PreBillPart => paper(part()),
            Self::Receipt => paper(receipt()),
            Self::ReportX => paper(Document::CashReport(report(None))),
            Self::ReportZ => paper(Document::CashReport(report(Some(count())))),
            Self::Drawer => paper(Document::Drawer),
            Self::FirstTestPage => Case { content: None, ..ticket(order()) },
            Self::TestPage => paper(Document::TestPage(full_test_page())),
            Self::RowsToChoose => Case { content: None, candidates: candidates(), ..ticket(order()) },
            Self::OpeningCheck => paper(opening_check()),
        }
    }
}

/// Each sort in each width and language.
pub(super) fn samples() -> impl Iterator<Item = Case> {
    Sort::ALL.iter().flat_map(|sort| {
        WIDTHS.into_iter().flat_map(|columns| LANGUAGES.map(|language| sort.sample(columns, language)))
    })
}
