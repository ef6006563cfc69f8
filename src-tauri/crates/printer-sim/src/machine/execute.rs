//! What each command does once the mechanism comes to it, in order.

use super::{Condition, Machine, ProcessIdSupport, Step, status};
use crate::paper::{Align, Barcode, Block, DOTS_PER_MM, QrCode};
use crate::parser::{Command, Symbology};

impl Machine {
    pub(super) fn consume(&mut self, byte: u8) {
        self.roll.record(byte);
        self.parser.push(byte);
        while let Some((command, bytes)) = self.parser.next_command() {
            self.execute(command, bytes);
        }
    }

    fn execute(&mut self, command: Command, bytes: Vec<u8>) {
        match command {
            Command::Text(byte) => {
                if let Some(line) = self.typesetter.text(byte) {
                    self.print(Block::Text(line));
                }
            }
            Command::LineFeed => self.end_line(None),
            Command::FormFeed => self.flush_line(),
            // Ignored, as with automatic line feed off.
            Command::CarriageReturn | Command::Accepted(_) | Command::RealTime(_) => {}
            Command::Tab => self.typesetter.tab(),
            Command::Initialize => {
                self.typesetter.initialize();
                self.stored_qr.clear();
                self.auto_status = 0;
            }
            Command::FeedLines(lines) => self.feed_lines(lines),
            Command::FeedDots(dots) => self.feed_dots(u32::from(dots)),
            Command::Cut { partial, feed } => self.cut(partial, feed),
            Command::DrawerKick { pin, on_ms, .. } => self.kick_drawer(self.clock, pin, on_ms),
            Command::Buzz { times } => self.roll.beeps += u32::from(times),
            Command::StorePicture(raster) => self.stored_picture = Some(raster),
            Command::PrintStoredPicture => {
                if let Some(raster) = self.stored_picture.clone() {
                    self.print_at_line_start(|align| Block::Picture { raster, align });
                }
            }
            Command::KeepPicture { key, raster } => {
                self.kept_pictures.insert(key, raster);
            }
            Command::DropKeptPicture(key) => drop(self.kept_pictures.remove(&key)),
            Command::PrintKeptPicture(key) => {
                if let Some(raster) = self.kept_pictures.get(&key).cloned() {
                    self.print_at_line_start(|align| Block::Picture { raster, align });
                }
            }
            Command::Picture(raster) => self.print_at_line_start(|align| Block::Picture { raster, align }),
            Command::Barcode { symbology, data } => self.print_barcode(symbology, &data),
            Command::QrStore(data) => self.stored_qr = data,
            Command::QrPrint => self.print_qr(),
            Command::AutoStatus(_)
            | Command::TransmitStatus(_)
            | Command::Identify(_)
            | Command::ProcessId(_)
            | Command::RealTimeSwitch(_) => self.talk(command),
            Command::Unknown(bytes) => self.roll.record_unknown(bytes),
            setting => {
                if !self.typesetter.set(&setting, &self.model.code_tables) {
                    self.roll.record_unknown(bytes);
                }
            }
        }
    }

    fn print(&mut self, block: Block) {
        self.steps.push_back(Step::Print(block));
    }

    fn end_line(&mut self, feed_dots: Option<u32>) {
        let line = self.typesetter.take_line(feed_dots);
        self.print(Block::Text(line));
    }

    fn flush_line(&mut self) {
        if !self.typesetter.is_empty() {
            self.end_line(None);
        }
    }

    /// `ESC d`: the line that is there counts as the first.
    fn feed_lines(&mut self, lines: u8) {
        if lines == 0 {
            self.flush_line();
        }
        for _ in 0..lines {
            self.end_line(None);
        }
    }

    fn feed_dots(&mut self, dots: u32) {
        if !self.typesetter.is_empty() {
            self.end_line(Some(dots));
        } else if dots > 0 {
            self.print(Block::Feed(dots));
        }
    }

    fn cut(&mut self, partial: bool, feed: Option<u8>) {
        self.flush_line();
        if let Some(extra_dots) = feed {
            self.print(Block::Feed(self.model.head_to_cutter_mm * DOTS_PER_MM + u32::from(extra_dots)));
        }
        self.steps.push_back(Step::Cut { full: !partial });
    }

    fn print_at_line_start(&mut self, block: impl FnOnce(Align) -> Block) {
        self.flush_line();
        let block = block(self.typesetter.settings.align);
        self.print(block);
    }

    fn print_barcode(&mut self, symbology: Symbology, data: &[u8]) {
        let settings = &self.typesetter.settings;
        let barcode = Barcode {
            symbology,
            data: data.iter().map(|byte| printable(*byte)).collect(),
            height_dots: settings.barcode_height,
            module_dots: settings.barcode_module,
            label: settings.barcode_label,
        };
        self.print_at_line_start(|align| Block::Barcode { barcode, align });
    }

    fn print_qr(&mut self) {
        if self.stored_qr.is_empty() {
            return;
        }
        let code = QrCode {
            data: String::from_utf8_lossy(&self.stored_qr).into_owned(),
            module_dots: self.typesetter.settings.qr_module,
            level: self.typesetter.settings.qr_level,
        };
        self.print_at_line_start(|align| Block::Qr { code, align });
    }

    /// Questions that are answered in their turn, which is what makes an answer a proof.
    fn talk(&mut self, command: Command) {
        match command {
            Command::AutoStatus(groups) if self.model.answers.auto_status => {
                self.auto_status = groups;
                if groups != 0 {
                    self.answer(&status::automatic(&self.conditions));
                }
            }
            Command::TransmitStatus(n) if self.model.answers.fence => {
                let answer = status::transmitted(n, &self.conditions);
                if self.conditions.has(Condition::HoldsProof) {
                    self.held_answers.push(answer);
                } else {
                    self.answer(&[answer]);
                }
            }
            Command::Identify(n) if self.model.answers.identity => self.identify(n),
            Command::ProcessId(id) => match self.model.answers.process_id {
                ProcessIdSupport::Answered => {
                    let [a, b, c, d] = id;
                    let answer = [0x37, 0x22, a, b, c, d, 0x00];
                    if self.conditions.has(Condition::HoldsProcessId) {
                        self.held_answers.extend(answer);
                    } else {
                        self.answer(&answer);
                    }
                }
                ProcessIdSupport::Swallowed => {}
                ProcessIdSupport::PrintedAsJunk => self.print_as_text(&[b'H', 6, 0, b'0', b'0'], &id),
            },
            Command::RealTimeSwitch(pairs) => {
                for (function, on) in pairs {
                    match function {
                        1 => self.drawer_by_real_time = on,
                        2 => self.power_off_by_real_time = on,
                        _ => {}
                    }
                }
            }
            Command::AutoStatus(n) if self.model.answers.unknown_as_text => self.print_as_text(b"a", &[n]),
            Command::TransmitStatus(n) if self.model.answers.unknown_as_text => {
                self.print_as_text(b"r", &[n]);
            }
            Command::Identify(n) if self.model.answers.unknown_as_text => self.print_as_text(b"I", &[n]),
            _ => {}
        }
    }

    fn print_as_text(&mut self, head: &[u8], tail: &[u8]) {
        for byte in head.iter().chain(tail).filter(|byte| **byte >= 0x20) {
            if let Some(line) = self.typesetter.text(*byte) {
                self.print(Block::Text(line));
            }
        }
    }

    fn identify(&mut self, n: u8) {
        let text = match n {
            1 | 49 => return self.answer(&[0x20]),
            // The printer has a cutter.
            2 | 50 => return self.answer(&[0x02]),
            3 | 51 => return self.answer(&[0x01]),
            65 => "1.00".to_owned(),
            66 => self.model.maker.clone(),
            67 => self.model.product.clone(),
            68 => "SIM0000001".to_owned(),
            _ => return,
        };
        let mut answer = vec![b'_'];
        answer.extend_from_slice(text.as_bytes());
        answer.push(0);
        if self.conditions.has(Condition::GarbledStatus) {
            answer.truncate(3);
        }
        self.answer(&answer);
    }
}

/// Code 128 keeps its code-set marks (`{A`, `{B`, `{C`); the bytes of set C are numbers, shown as they are
/// below 0x20.
fn printable(byte: u8) -> char {
    if byte < 0x80 { char::from(byte) } else { char::REPLACEMENT_CHARACTER }
}
