//! What is pending at a station after an outage, on one slip: shorter than as many tickets, and with
//! everything that a cook must not miss.

use super::catalogue::{Words, removes};
use super::layout::{bar, ends, fill, hang, wrap};
use super::paper::{Paper, Style};
use super::{EncodeError, Stamp};
use crate::text::width;
use fastops_domain::document::{CatchUp, Pending};
use fastops_domain::ticket::{TicketContent, TicketLine};

const RAIL_ROWS: u8 = 3;
const BIG: Style = Style::sized(2, 2).bold();
const TALL: Style = Style::sized(1, 2).bold();
const BOLD: Style = Style::PLAIN.bold();

pub(super) fn catch_up(content: &CatchUp, stamp: &Stamp, paper: Paper) -> Result<Paper, EncodeError> {
    let mut slip = Slip { paper, words: Words::of(stamp.language), content, stamp };
    slip.paper.feed(RAIL_ROWS)?;
    slip.head()?;
    content.pending.iter().try_for_each(|pending| slip.ticket(pending))?;
    slip.foot()?;
    slip.paper.call(1)?;
    Ok(slip.paper)
}

struct Slip<'a> {
    paper: Paper,
    words: &'static Words,
    content: &'a CatchUp,
    stamp: &'a Stamp,
}

impl Slip<'_> {
    fn head(&mut self) -> Result<(), EncodeError> {
        let words = self.words;
        let station = self.clean(&self.content.station);
        let backup = self.stamp.backup.then(|| words.backup_of(&station));
        let doubt = self.stamp.possible_duplicate.then_some(words.possible_duplicate);
        for banner in [Some(words.catch_up), doubt, backup.as_deref()].into_iter().flatten() {
            self.paper.rows(BIG.inverse(), &bar(banner, self.paper.fits(BIG), self.paper.page))?;
        }
        self.paper.rows(BIG, &wrap(&station, self.paper.fits(BIG), self.paper.page))?;
        let count = format!("{}, {}", words.tickets(self.content.pending.len()), words.oldest_first);
        self.paper.rows(BOLD, &wrap(&count, self.paper.columns, self.paper.page))
    }

    fn ticket(&mut self, pending: &Pending) -> Result<(), EncodeError> {
        let (words, content) = (self.words, &pending.content);
        self.paper.rule('=')?;
        let banners = [
            words.banner(content),
            pending.possible_duplicate.then_some(words.possible_duplicate),
            content.urgent.then_some(words.urgent),
        ];
        for banner in banners.into_iter().flatten() {
            self.paper.rows(TALL.inverse(), &bar(banner, self.paper.columns, self.paper.page))?;
        }
        let place = match content.table.as_deref().map(|table| self.clean(table)) {
            Some(table) => words.table_called(&table),
            None => words.order_type(content.order_type).unwrap_or_default().to_owned(),
        };
        let number = format!("#{:03}", content.number);
        let clock = format!("{:02}:{:02}", pending.hour, pending.minute);
        self.both_ends(TALL, &format!("{number} {place}"), &clock)?;
        let waiter = format!("{}: {}", words.waiter, self.clean(&content.waiter));
        self.both_ends(Style::PLAIN, &waiter, &format!("{} {}", words.order, content.order_number))?;
        let promised = content.promised.map(|promise| words.promised(promise));
        for text in [&content.room, &content.customer, &promised].into_iter().flatten() {
            let text = self.clean(text);
            self.paper.rows(Style::PLAIN, &wrap(&text, self.paper.columns, self.paper.page))?;
        }
        if let Some(course) = content.fired {
            self.hung(BOLD, "", &words.course_called(course))?;
        }
        if let Some(note) = &content.note {
            self.hung(BOLD, ">> ", note)?;
        }
        self.moved(content)?;
        let mut lines: Vec<&TicketLine> = content.lines.iter().collect();
        lines.sort_by_key(|line| line.course);
        let digits = lines.iter().map(|line| line.quantity.to_string().len()).max().unwrap_or(1);
        lines.into_iter().try_for_each(|line| self.line(line, digits))
    }

    /// Where it was to go; of a slip also what goes, and that nothing is made again for it.
    fn moved(&mut self, content: &TicketContent) -> Result<(), EncodeError> {
        let Some(moved) = &content.moved else { return Ok(()) };
        let told = self.words.moved_from(moved, |text| self.clean(text));
        for text in told.iter().chain(&moved.things) {
            self.hung(BOLD, "- ", text)?;
        }
        if content.is_move() { self.hung(BOLD, "", self.words.not_again(moved)) } else { Ok(()) }
    }

    fn line(&mut self, line: &TicketLine, digits: usize) -> Result<(), EncodeError> {
        let (page, columns) = (self.paper.page, self.paper.columns);
        let quantity = format!("{:>digits$} × ", line.quantity);
        let indent = " ".repeat(width(&quantity, page));
        if line.voided {
            let head = format!(" {} {quantity}", self.words.voided);
            let rows = hang(&head, &self.clean(&line.name), columns, page);
            self.paper.rows(BOLD.inverse().red(), &fill(rows, columns, page))?;
        } else {
            self.hung(BOLD, &quantity, &line.name)?;
        }
        if let Some(combo) = &line.combo {
            self.hung(Style::PLAIN, &indent, &format!("({combo})"))?;
        }
        for modifier in &line.modifiers {
            let sign = if removes(modifier) { "-" } else { "+" };
            self.hung(Style::PLAIN, &format!("{indent}{sign} "), modifier)?;
        }
        if let Some(reason) = &line.void_reason {
            self.hung(Style::PLAIN, &format!("{indent}{}: ", self.words.void_reason), &self.clean(reason))?;
        }
        if let Some(note) = &line.note {
            self.hung(Style::PLAIN, &format!("{indent}>> "), note)?;
        }
        if let Some(seat) = line.seat {
            self.hung(Style::PLAIN, &indent, &self.words.seat_called(seat))?;
        }
        if let Some(allergy) = &line.allergy {
            let rows = hang(&format!(" {}: ", self.words.allergy), &self.clean(allergy), columns, page);
            self.paper.rows(TALL.inverse(), &fill(rows, columns, page))?;
        }
        Ok(())
    }

    fn foot(&mut self) -> Result<(), EncodeError> {
        let words = self.words;
        self.paper.rule('=')?;
        if !self.content.made.is_empty() {
            let numbers: Vec<String> =
                self.content.made.iter().map(|number| format!("#{number:03}")).collect();
            self.hung(Style::PLAIN, &format!("{}: ", words.made), &numbers.join(" "))?;
        }
        let at = self.stamp.printed_at;
        let time = format!("{} {:02}:{:02}:{:02}", words.date(at), at.hour, at.minute, at.second);
        let count = words.tickets(self.content.pending.len());
        self.both_ends(BOLD, &count, &time)
    }

    fn clean(&self, text: &str) -> String {
        self.paper.clean(text)
    }

    fn hung(&mut self, style: Style, head: &str, text: &str) -> Result<(), EncodeError> {
        let text = self.clean(text);
        self.paper.rows(style, &hang(head, &text, self.paper.fits(style), self.paper.page))
    }

    fn both_ends(&mut self, style: Style, left: &str, right: &str) -> Result<(), EncodeError> {
        self.paper.rows(style, &ends(left, right, self.paper.fits(style), self.paper.page))
    }
}
