//! What an order comes to, for the guest. Every amount is printed as it was given; nothing is added up here.

use super::catalogue::Words;
use super::layout::{bar, beside, ends, hang, middle, wrap};
use super::paper::{Paper, Style};
use super::{EncodeError, Stamp};
use crate::text::width;
use fastops_domain::document::{Bill, BillLine};
use fastops_domain::money::Money;

const TITLE: Style = Style::sized(2, 2).bold();
const TALL: Style = Style::sized(1, 2).bold();

/// Before it is paid or after.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Before,
    Paid,
}

pub(super) fn bill(content: &Bill, kind: Kind, stamp: &Stamp, paper: Paper) -> Result<Paper, EncodeError> {
    let words = Words::of(stamp.language);
    let digits = content.lines.iter().map(|line| line.quantity.to_string().len()).max().unwrap_or(1);
    let mut bill = Writer { paper, words, content, stamp, digits };
    bill.head(kind)?;
    content.lines.iter().try_for_each(|line| bill.line(line))?;
    bill.sums()?;
    if kind == Kind::Before {
        bill.paper.feed(1)?;
        bill.middle(Style::PLAIN, words.no_receipt)?;
    }
    bill.foot(kind)?;
    Ok(bill.paper)
}

struct Writer<'a> {
    paper: Paper,
    words: &'static Words,
    content: &'a Bill,
    stamp: &'a Stamp,
    /// Of the longest quantity, so that all names begin in one column.
    digits: usize,
}

impl Writer<'_> {
    fn head(&mut self, kind: Kind) -> Result<(), EncodeError> {
        let (content, words) = (self.content, self.words);
        let again = (kind == Kind::Paid && self.stamp.copy > 0)
            .then(|| format!("{} {}", words.reprint, self.stamp.copy));
        let doubt = self.stamp.possible_duplicate.then_some(words.possible_duplicate);
        for banner in [again.as_deref(), doubt].into_iter().flatten() {
            let inverse = TITLE.inverse();
            self.paper.rows(inverse, &bar(banner, self.paper.fits(inverse), self.paper.page))?;
        }
        let house = self.clean(&content.house);
        self.middle(TALL, &house)?;
        let branch = self.clean(&content.branch);
        self.middle(Style::PLAIN, &branch)?;
        self.house_rows(&content.head)?;
        self.paper.feed(1)?;
        let title = match kind {
            Kind::Before => words.pre_bill,
            Kind::Paid => words.receipt,
        };
        let order = format!("{} {}", words.order, content.order_number);
        self.middle(TITLE, title)?;
        if let Some(part) = &content.part {
            self.middle(TALL, &words.part_called(part))?;
        }
        let at = self.stamp.printed_at;
        let time = format!("{} {:02}:{:02}", words.date(at), at.hour, at.minute);
        self.both_ends(Style::PLAIN, &order, &time)?;
        if let Some(number) = &content.number {
            let number = format!("{} {}", words.receipt_number, self.clean(number));
            self.spread(Style::PLAIN.bold(), &number)?;
        }
        let place = match &content.table {
            Some(table) => words.table_called(&self.clean(table)),
            None => words.order_type(content.order_type).unwrap_or_default().to_owned(),
        };
        let waiter = format!("{}: {}", words.waiter, self.clean(&content.waiter));
        self.both_ends(Style::PLAIN, &place, &waiter)?;
        if let Some(customer) = &content.customer {
            let customer = format!("{}: {}", words.customer, self.clean(customer));
            self.spread(Style::PLAIN, &customer)?;
        }
        self.contact()?;
        self.paper.rule('=')
    }

    /// How whoever ordered is reached, for whoever brings it.
    fn contact(&mut self) -> Result<(), EncodeError> {
        let (content, words) = (self.content, self.words);
        let reached = [
            (words.phone, &content.phone),
            (words.address, &content.address),
            (words.courier_note, &content.courier_note),
        ];
        for (what, text) in reached {
            if let Some(text) = text {
                let text = format!("{what}: {}", self.clean(text));
                self.spread(Style::PLAIN, &text)?;
            }
        }
        match content.promised {
            Some(promise) => self.spread(Style::PLAIN.bold(), &words.promised(promise)),
            None => Ok(()),
        }
    }

    fn foot(&mut self, kind: Kind) -> Result<(), EncodeError> {
        let content = self.content;
        if !content.foot.is_empty() {
            self.paper.feed(1)?;
            self.house_rows(&content.foot)?;
        }
        match content.qr.as_deref().filter(|_| kind == Kind::Paid) {
            Some(text) => {
                self.paper.feed(1)?;
                self.paper.qr_that_fits(text)
            }
            None => Ok(()),
        }
    }

    /// Rows as the house wrote them; an empty one is a gap.
    fn house_rows(&mut self, rows: &[String]) -> Result<(), EncodeError> {
        for row in rows {
            let row = self.clean(row);
            if row.is_empty() {
                self.paper.feed(1)?;
            } else {
                self.middle(Style::PLAIN, &row)?;
            }
        }
        Ok(())
    }

    fn line(&mut self, line: &BillLine) -> Result<(), EncodeError> {
        let (page, columns) = (self.paper.page, self.paper.columns);
        let quantity = format!("{:>digits$} × ", line.quantity, digits = self.digits);
        let (name, amount) = (self.clean(&line.name), self.amount(line.amount));
        self.paper.rows(Style::PLAIN, &beside(&quantity, &name, &amount, columns, page))?;
        let indent = " ".repeat(width(&quantity, page));
        self.answers(&indent, &line.modifiers)?;
        if let Some(share) = &line.share {
            let share = self.words.share_of(share.fraction, &self.amount(share.whole));
            self.paper.rows(Style::PLAIN, &hang(&indent, &share, columns, page))?;
        }
        for part in &line.parts {
            let name = self.clean(&part.name);
            // What is in the combo's price costs nothing more.
            let amount = if part.amount == Money::ZERO { String::new() } else { self.amount(part.amount) };
            let head = format!("{indent}- ");
            self.paper.rows(Style::PLAIN, &beside(&head, &name, &amount, columns, page))?;
            self.answers(&format!("{indent}  "), &part.modifiers)?;
        }
        Ok(())
    }

    fn answers(&mut self, indent: &str, answers: &[String]) -> Result<(), EncodeError> {
        let (page, columns) = (self.paper.page, self.paper.columns);
        for answer in answers {
            let answer = self.clean(answer);
            self.paper.rows(Style::PLAIN, &hang(indent, &answer, columns, page))?;
        }
        Ok(())
    }

    fn sums(&mut self) -> Result<(), EncodeError> {
        let (content, words) = (self.content, self.words);
        self.paper.rule('=')?;
        let net = self.amount(content.net);
        self.both_ends(Style::PLAIN, words.net, &net)?;
        for tax in &content.taxes {
            let (name, amount) = (self.clean(&tax.name), self.amount(tax.amount));
            self.both_ends(Style::PLAIN, &name, &amount)?;
        }
        let total = format!("{} {}", self.clean(&content.currency.code), self.amount(content.total));
        let what = if content.part.is_some() { words.part_total } else { words.total };
        self.both_ends(TALL, what, &total)?;
        if let Some(part) = &content.part {
            let whole = self.amount(part.whole);
            self.both_ends(Style::PLAIN, words.whole_bill, &whole)?;
        }
        for payment in &content.payments {
            let method = format!("{} {}", words.paid, self.clean(&payment.method));
            let amount = self.amount(payment.amount);
            self.both_ends(Style::PLAIN, &method, &amount)?;
            if payment.tip != Money::ZERO {
                let tip = self.amount(payment.tip);
                self.both_ends(Style::PLAIN, &format!("  {}", words.tip), &tip)?;
            }
        }
        Ok(())
    }

    fn amount(&self, money: Money) -> String {
        self.words.amount(money, &self.content.currency)
    }

    fn clean(&self, text: &str) -> String {
        self.paper.clean(text)
    }

    fn spread(&mut self, style: Style, text: &str) -> Result<(), EncodeError> {
        self.paper.rows(style, &wrap(text, self.paper.fits(style), self.paper.page))
    }

    fn middle(&mut self, style: Style, text: &str) -> Result<(), EncodeError> {
        self.paper.rows(style, &middle(text, self.paper.fits(style), self.paper.page))
    }

    fn both_ends(&mut self, style: Style, left: &str, right: &str) -> Result<(), EncodeError> {
        self.paper.rows(style, &ends(left, right, self.paper.fits(style), self.paper.page))
    }
}
