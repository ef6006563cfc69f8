//! What went through a drawer, for whoever counts it: X while it is open, Z when it is closed. Every amount is
//! printed as it was given; nothing is added up here.

use super::catalogue::Words;
use super::layout::{bar, ends, hang, wrap};
use super::paper::{Paper, Style};
use super::{EncodeError, Stamp};
use fastops_domain::cash::CashDirection;
use fastops_domain::document::{CashReport, ReportDrawer, ReportMove};
use fastops_domain::money::Money;

const TITLE: Style = Style::sized(2, 2).bold();
const TALL: Style = Style::sized(1, 2).bold();
const BOLD: Style = Style::PLAIN.bold();

pub(super) fn cash_report(content: &CashReport, stamp: &Stamp, paper: Paper) -> Result<Paper, EncodeError> {
    let mut report = Report { paper, words: Words::of(stamp.language), content };
    report.head(stamp)?;
    report.sales()?;
    report.methods()?;
    report.moves()?;
    report.drawer()?;
    report.foot()?;
    Ok(report.paper)
}

struct Report<'a> {
    paper: Paper,
    words: &'static Words,
    content: &'a CashReport,
}

impl Report<'_> {
    fn head(&mut self, stamp: &Stamp) -> Result<(), EncodeError> {
        let (content, words) = (self.content, self.words);
        let reprint = (stamp.copy > 0).then(|| format!("{} {}", words.reprint, stamp.copy));
        let doubt = stamp.possible_duplicate.then_some(words.possible_duplicate);
        for banner in [reprint.as_deref(), doubt].into_iter().flatten() {
            let inverse = TITLE.inverse();
            self.paper.rows(inverse, &bar(banner, self.paper.fits(inverse), self.paper.page))?;
        }
        let (house, branch) = (self.paper.clean(&content.house), self.paper.clean(&content.branch));
        self.spread(TALL, &house)?;
        self.spread(Style::PLAIN, &branch)?;
        self.paper.feed(1)?;
        let closed = content.closed.as_ref();
        self.spread(TITLE, if closed.is_some() { words.report_z } else { words.report_x })?;
        let session = format!("{} {}", words.session, content.number);
        let terminal = self.paper.clean(&content.terminal);
        self.both_ends(Style::PLAIN, &session, &terminal)?;
        let opened = format!("{}: {}", words.opened, self.paper.clean(&content.opened_by));
        self.both_ends(Style::PLAIN, &opened, &words.moment(content.opened_at))?;
        if let Some(count) = closed {
            let closed = format!("{}: {}", words.closed, self.paper.clean(&count.by));
            self.both_ends(Style::PLAIN, &closed, &words.moment(count.at))?;
        }
        let printed = words.moment(stamp.printed_at);
        self.both_ends(Style::PLAIN, words.printed, &printed)?;
        self.paper.rule('=')
    }

    fn sales(&mut self) -> Result<(), EncodeError> {
        let (content, words) = (self.content, self.words);
        self.spread(BOLD, words.sales)?;
        let orders = format!("{}: {}", words.orders, content.orders);
        self.spread(Style::PLAIN, &orders)?;
        self.figure(Style::PLAIN, words.net, content.net)?;
        for tax in &content.taxes {
            let name = self.paper.clean(&tax.name);
            self.figure(Style::PLAIN, &name, tax.amount)?;
        }
        self.figure(TALL, words.total, content.total)?;
        self.paper.rule('-')
    }

    fn methods(&mut self) -> Result<(), EncodeError> {
        let (content, words) = (self.content, self.words);
        self.spread(BOLD, words.by_method)?;
        for method in &content.methods {
            let name = format!("{} ({})", self.paper.clean(&method.method), method.payments);
            self.figure(Style::PLAIN, &name, method.amount)?;
            if method.tip != Money::ZERO {
                self.figure(Style::PLAIN, &format!("  {}", words.tip), method.tip)?;
            }
        }
        if content.methods.is_empty() {
            self.spread(Style::PLAIN, words.nothing)?;
        }
        self.paper.rule('-')
    }

    fn moves(&mut self) -> Result<(), EncodeError> {
        if self.content.moves.is_empty() {
            return Ok(());
        }
        self.spread(BOLD, self.words.moves)?;
        self.content.moves.iter().try_for_each(|moved| self.moved(moved))?;
        self.paper.rule('-')
    }

    fn moved(&mut self, moved: &ReportMove) -> Result<(), EncodeError> {
        let (amount, word) = match moved.direction {
            CashDirection::In => (moved.amount, self.words.moved_in),
            CashDirection::Out => (Money(moved.amount.0.saturating_neg()), self.words.moved_out),
        };
        let head = format!("{:02}:{:02} {word}", moved.at.hour, moved.at.minute);
        self.figure(Style::PLAIN, &head, amount)?;
        let why = format!("{} · {}", self.paper.clean(&moved.reason), self.paper.clean(&moved.by));
        self.paper.rows(Style::PLAIN, &hang("      ", &why, self.paper.columns, self.paper.page))
    }

    fn drawer(&mut self) -> Result<(), EncodeError> {
        let (content, words) = (self.content, self.words);
        let out = |money: Money| Money(money.0.saturating_neg());
        if content.drawer.is_some() || content.closed.is_some() {
            self.spread(BOLD, words.drawer)?;
        }
        if let Some(ReportDrawer { figures, expected }) = &content.drawer {
            self.figure(Style::PLAIN, words.float, figures.float)?;
            self.figure(Style::PLAIN, words.taken, figures.taken)?;
            self.figure(Style::PLAIN, words.refunded, out(figures.refunded))?;
            self.figure(Style::PLAIN, words.moved_in, figures.moved_in)?;
            self.figure(Style::PLAIN, words.moved_out, out(figures.moved_out))?;
            self.figure(TALL, words.expected, *expected)?;
        }
        if let Some(count) = &content.closed {
            self.figure(TALL, words.counted, count.counted)?;
            let word = match count.difference.0 {
                0 => words.exact,
                1.. => words.surplus,
                _ => words.missing,
            };
            self.figure(TALL, word, count.difference)?;
            if let Some(note) = &count.note {
                let note = self.paper.clean(note);
                self.paper.rows(BOLD, &hang(">> ", &note, self.paper.columns, self.paper.page))?;
            }
        }
        Ok(())
    }

    fn foot(&mut self) -> Result<(), EncodeError> {
        self.paper.rule('=')?;
        if self.content.closed.is_none() {
            return self.spread(Style::PLAIN, self.words.still_open);
        }
        self.paper.feed(3)?;
        self.paper.rule('_')?;
        self.spread(Style::PLAIN, self.words.signature)
    }

    fn figure(&mut self, style: Style, name: &str, money: Money) -> Result<(), EncodeError> {
        let amount = self.words.amount(money, &self.content.currency);
        self.both_ends(style, name, &amount)
    }

    fn spread(&mut self, style: Style, text: &str) -> Result<(), EncodeError> {
        self.paper.rows(style, &wrap(text, self.paper.fits(style), self.paper.page))
    }

    fn both_ends(&mut self, style: Style, left: &str, right: &str) -> Result<(), EncodeError> {
        self.paper.rows(style, &ends(left, right, self.paper.fits(style), self.paper.page))
    }
}
