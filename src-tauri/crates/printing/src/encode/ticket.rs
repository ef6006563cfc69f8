//! The kitchen ticket, read from an arm's length over a hot stove: what went wrong first, then
//! where it goes, then what to make, then proof that the paper is whole.

use super::catalogue::{Words, removes};
use super::layout::{bar, ends, fill, hang, wrap};
use super::paper::{Paper, Style};
use super::sheet::Row;
use super::{EncodeError, Encoded, Stamp};
use crate::text::width;
use fastops_domain::station::PrinterProfile;
use fastops_domain::ticket::{TicketContent, TicketLine};

/// Blank rows on top, for the rail that holds the ticket.
const RAIL_ROWS: u8 = 3;
/// How often the cook is called for a ticket that cannot wait; once for any other.
const CALLS_WHEN_URGENT: u8 = 3;

const HUGE: Style = Style::sized(3, 3).bold();
const BIG: Style = Style::sized(2, 2).bold();
const TALL: Style = Style::sized(1, 2).bold();
const WARNING: Style = TALL.inverse();

/// Writes a ticket for one printer.
pub fn kitchen_ticket(
    content: &TicketContent,
    stamp: &Stamp,
    profile: &PrinterProfile,
) -> Result<Encoded, EncodeError> {
    let words = Words::of(stamp.language);
    let mut ticket = Ticket { paper: Paper::new(*profile)?, words, content, stamp };
    ticket.paper.feed(RAIL_ROWS)?;
    ticket.write()?;
    ticket.paper.call(if content.urgent { CALLS_WHEN_URGENT } else { 1 })?;
    ticket.paper.cut()
}

/// The rows of the same ticket, for what is no printer.
pub(super) fn kitchen_rows(content: &TicketContent, stamp: &Stamp) -> Result<Vec<Row>, EncodeError> {
    let words = Words::of(stamp.language);
    let mut ticket = Ticket { paper: Paper::of_rows()?, words, content, stamp };
    ticket.write()?;
    Ok(ticket.paper.into_rows())
}

struct Ticket<'a> {
    paper: Paper,
    words: &'static Words,
    content: &'a TicketContent,
    stamp: &'a Stamp,
}

impl Ticket<'_> {
    fn write(&mut self) -> Result<(), EncodeError> {
        self.banners()?;
        self.head()?;
        self.moved()?;
        self.lines()?;
        self.foot()
    }

    fn banners(&mut self) -> Result<(), EncodeError> {
        let words = self.words;
        let reprint = (self.stamp.copy > 0).then(|| format!("{} {}", words.reprint, self.stamp.copy));
        let backup = self.stamp.backup.then(|| self.clean(&words.backup_of(&self.content.station)));
        let bold = BIG.inverse();
        let banners = [
            (reprint.as_deref(), bold),
            (words.banner(self.content), bold.red()),
            (self.stamp.possible_duplicate.then_some(words.possible_duplicate), bold),
            (backup.as_deref(), bold),
            (self.content.urgent.then_some(words.urgent), bold),
        ];
        for (banner, style) in banners {
            let Some(banner) = banner else { continue };
            self.paper.rows(style, &bar(banner, self.paper.fits(style), self.paper.page))?;
        }
        Ok(())
    }

    fn head(&mut self) -> Result<(), EncodeError> {
        let (content, words) = (self.content, self.words);
        let number = format!("#{:03}", content.number);
        let station = self.clean(&content.station);
        self.paper.rows(BIG, &ends(&station, &number, self.paper.fits(BIG), self.paper.page))?;
        if let Some(order_type) = words.order_type(content.order_type) {
            self.spread(BIG, order_type)?;
        }
        if let Some(table) = content.table.as_deref().map(|table| self.table(table)) {
            let fits = width(&table, self.paper.page) <= self.paper.fits(HUGE);
            self.spread(if fits { HUGE } else { BIG }, &table)?;
        }
        if let Some(course) = content.fired {
            self.spread(BIG, &words.course_called(course))?;
        }
        if let Some(customer) = &content.customer {
            let customer = self.clean(customer);
            self.spread(TALL, &format!("{}: {customer}", words.customer))?;
        }
        if let Some(promise) = content.promised {
            self.spread(TALL, &words.promised(promise))?;
        }
        let room = content.room.as_deref().map(|room| self.clean(room)).unwrap_or_default();
        let covers = content.covers.map(|covers| words.covers(covers)).unwrap_or_default();
        if !(room.is_empty() && covers.is_empty()) {
            self.both_ends(Style::PLAIN.bold(), &room, &covers)?;
        }
        let waiter = format!("{}: {}", words.waiter, self.clean(&content.waiter));
        let at = self.stamp.printed_at;
        self.both_ends(Style::PLAIN, &waiter, &format!("{:02}:{:02}", at.hour, at.minute))?;
        let order = format!("{} {}", words.order, content.order_number);
        self.both_ends(Style::PLAIN, &order, &format!("{} {:03}", words.ticket, content.number))?;
        self.paper.rule('=')?;
        match content.note.as_deref().map(|note| self.clean(note)) {
            Some(note) if !note.is_empty() => {
                self.hung(TALL, ">> ", &note)?;
                self.paper.rule('=')
            }
            _ => Ok(()),
        }
    }

    /// A table as people call it.
    fn table(&self, name: &str) -> String {
        self.words.table_called(&self.clean(name))
    }

    /// Where it was to go, which papers, which things; and that nothing is to be made twice for it.
    fn moved(&mut self) -> Result<(), EncodeError> {
        let (content, words) = (self.content, self.words);
        let Some(moved) = &content.moved else { return Ok(()) };
        for told in words.moved_from(moved, |text| self.clean(text)) {
            self.spread(TALL, &told)?;
        }
        for thing in &moved.things {
            let thing = self.clean(thing);
            self.hung(Style::PLAIN.bold(), "- ", &thing)?;
        }
        if content.is_move() {
            self.spread(Style::PLAIN.bold(), words.not_again(moved))
        } else {
            self.paper.rule('=')
        }
    }

    fn lines(&mut self) -> Result<(), EncodeError> {
        let mut lines: Vec<&TicketLine> = self.content.lines.iter().collect();
        lines.sort_by_key(|line| line.course);
        // What fires a course says so in its head; what is all of the first course needs no word.
        let named = self.content.fired.is_none() && lines.iter().any(|line| line.course > 1);
        let digits = lines.iter().map(|line| line.quantity.to_string().len()).max().unwrap_or(1);
        let mut course = None;
        for line in lines {
            if named && course != Some(line.course) {
                let head = format!(" {} ", self.words.course_called(line.course));
                let side = "-".repeat(self.paper.columns.saturating_sub(head.len()) / 2);
                self.paper.row(Style::PLAIN.bold(), &format!("{side}{head}{side}"))?;
            }
            course = Some(line.course);
            self.line(line, digits)?;
            self.paper.gap()?;
        }
        Ok(())
    }

    fn line(&mut self, line: &TicketLine, digits: usize) -> Result<(), EncodeError> {
        let (page, columns) = (self.paper.page, self.paper.columns);
        let quantity = format!("{:>digits$} × ", line.quantity);
        let indent = " ".repeat(width(&quantity, page));
        let name = self.clean(&line.name);
        if line.voided {
            let head = format!(" {} {quantity}", self.words.voided);
            self.paper.rows(WARNING.red(), &fill(hang(&head, &name, columns, page), columns, page))?;
        } else {
            self.hung(TALL, &quantity, &name)?;
        }
        if let Some(combo) = &line.combo {
            let combo = format!("({})", self.clean(combo));
            self.hung(Style::PLAIN, &indent, &combo)?;
        }
        for modifier in &line.modifiers {
            let modifier = self.clean(modifier);
            let removes = removes(&modifier);
            let style = if removes { Style::PLAIN.bold() } else { Style::PLAIN };
            let sign = if removes { "-" } else { "+" };
            self.hung(style, &format!("{indent}{sign} "), &modifier)?;
        }
        if let Some(reason) = &line.void_reason {
            let head = format!("{indent}{}: ", self.words.void_reason);
            self.hung(Style::PLAIN.bold(), &head, &self.clean(reason))?;
        }
        if let Some(note) = &line.note {
            let note = self.clean(note);
            self.hung(Style::PLAIN.bold(), &format!("{indent}>> "), &note)?;
        }
        if let Some(seat) = line.seat {
            self.hung(Style::PLAIN.bold(), &indent, &self.words.seat_called(seat))?;
        }
        if let Some(allergy) = &line.allergy {
            let head = format!(" {}: ", self.words.allergy);
            let rows = hang(&head, &self.clean(allergy), columns, page);
            self.paper.rows(WARNING, &fill(rows, columns, page))?;
        }
        Ok(())
    }

    fn foot(&mut self) -> Result<(), EncodeError> {
        let (content, words) = (self.content, self.words);
        self.paper.rule('=')?;
        let voided: i64 = content.lines.iter().filter(|line| line.voided).map(|line| line.quantity).sum();
        let (items, all_voided) = (content.item_count(), content.lines.iter().all(|line| line.voided));
        let items = (!all_voided || voided == 0).then(|| format!("{}: {items}", words.items));
        let voided = (voided > 0).then(|| format!("{}: {voided}", words.voided_items));
        let (left, right) = match (items, voided) {
            (Some(items), voided) => (items, voided.unwrap_or_default()),
            (None, voided) => (voided.unwrap_or_default(), String::new()),
        };
        if !content.is_move() {
            self.both_ends(TALL, &left, &right)?;
        }
        let at = self.stamp.printed_at;
        let time = format!("{} {:02}:{:02}:{:02}", words.date(at), at.hour, at.minute, at.second);
        let identity = format!("{} #{:03}", self.clean(&content.station), content.number);
        self.both_ends(Style::PLAIN, &identity, &time)?;
        let terminal = self.clean(&content.terminal);
        self.spread(Style::PLAIN, &terminal)
    }

    fn clean(&self, text: &str) -> String {
        self.paper.clean(text)
    }

    fn spread(&mut self, style: Style, text: &str) -> Result<(), EncodeError> {
        self.paper.rows(style, &wrap(text, self.paper.fits(style), self.paper.page))
    }

    fn hung(&mut self, style: Style, head: &str, text: &str) -> Result<(), EncodeError> {
        self.paper.rows(style, &hang(head, text, self.paper.fits(style), self.paper.page))
    }

    fn both_ends(&mut self, style: Style, left: &str, right: &str) -> Result<(), EncodeError> {
        self.paper.rows(style, &ends(left, right, self.paper.fits(style), self.paper.page))
    }
}
