//! A streaming ESC/POS parser: bytes in any chunking go in, whole commands come out.
//!
//! It knows framing only. What a command does to the paper is the machine's affair, and so is the decoding of
//! text, which depends on state. Nothing here reads a clock, a socket or a code page.

mod command;
mod esc;
mod groups;
mod gs;
mod realtime;

pub use command::{BarcodeLabel, Command, DrawerPin, QrLevel, RealTime, Symbology};
pub(crate) use realtime::RealTimeScanner;

/// A picture larger than this is refused as out of range, as real firmware does; it also bounds memory.
const MAX_PICTURE_BYTES: usize = 2 * 1024 * 1024;

/// What the bytes at the front of the stream amount to.
enum Frame {
    /// The command is not complete yet.
    More,
    /// A command of this many bytes.
    Done(usize, Command),
}

/// Splits a stream of bytes into commands. Feed with [`Parser::push`], drain with [`Parser::next_command`].
#[derive(Debug, Clone, Default)]
pub struct Parser {
    pending: Vec<u8>,
}

impl Parser {
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends one byte. Drain the commands before the next one: a push can complete several.
    pub fn push(&mut self, byte: u8) {
        self.pending.push(byte);
    }

    /// The next complete command and the bytes it was made of, `None` while more bytes are needed.
    pub fn next_command(&mut self) -> Option<(Command, Vec<u8>)> {
        match frame(&self.pending) {
            Frame::More => None,
            Frame::Done(length, command) => {
                let rest = self.pending.split_off(length.min(self.pending.len()));
                let bytes = std::mem::replace(&mut self.pending, rest);
                Some((command, bytes))
            }
        }
    }

    /// The bytes of a command that is not complete yet.
    pub fn pending(&self) -> &[u8] {
        &self.pending
    }

    /// Forgets a command in progress, as a power cycle does.
    pub fn clear(&mut self) {
        self.pending.clear();
    }

    /// Parses a whole stream at once; what remains incomplete is dropped.
    pub fn parse_all(bytes: &[u8]) -> Vec<Command> {
        let mut parser = Self::new();
        let mut commands = Vec::new();
        for byte in bytes {
            parser.push(*byte);
            while let Some((command, _)) = parser.next_command() {
                commands.push(command);
            }
        }
        commands
    }
}

fn frame(pending: &[u8]) -> Frame {
    let Some(&first) = pending.first() else { return Frame::More };
    match first {
        b'\t' => Frame::Done(1, Command::Tab),
        b'\n' => Frame::Done(1, Command::LineFeed),
        0x0C => Frame::Done(1, Command::FormFeed),
        b'\r' => Frame::Done(1, Command::CarriageReturn),
        0x10 => realtime::frame(pending),
        0x1B => esc::frame(pending),
        0x1C => frame_fs(pending),
        0x1D => gs::frame(pending),
        0x20..=0xFF => Frame::Done(1, Command::Text(first)),
        _ => Frame::Done(1, Command::Unknown(vec![first])),
    }
}

fn frame_fs(pending: &[u8]) -> Frame {
    match pending.get(1) {
        None => Frame::More,
        Some(b'&') => Frame::Done(2, Command::ChineseMode(true)),
        Some(b'.') => Frame::Done(2, Command::ChineseMode(false)),
        // FS C n (code system), FS ! n, FS - n, FS W n: settings of the Chinese mode.
        Some(b'C' | b'!' | b'-' | b'W') => with_arguments(pending, 1, |_| None, Command::Accepted),
        // FS S n1 n2: gaps of the Chinese mode.
        Some(b'S') => with_arguments(pending, 2, |_| None, Command::Accepted),
        Some(b'(') => groups::frame_unknown(pending),
        Some(_) => unknown(pending, 2),
    }
}

/// Waits for `count` argument bytes after the two of the command, then decodes them; what `decode` does not
/// know becomes `otherwise` with all the bytes.
fn with_arguments(
    pending: &[u8],
    count: usize,
    decode: impl FnOnce(&[u8]) -> Option<Command>,
    otherwise: impl FnOnce(Vec<u8>) -> Command,
) -> Frame {
    match pending.get(2..2 + count) {
        None => Frame::More,
        Some(arguments) => {
            let command = decode(arguments).unwrap_or_else(|| otherwise(pending[..2 + count].to_vec()));
            Frame::Done(2 + count, command)
        }
    }
}

fn unknown(pending: &[u8], length: usize) -> Frame {
    Frame::Done(length, Command::Unknown(pending[..length].to_vec()))
}

fn word(low: u8, high: u8) -> u16 {
    u16::from_le_bytes([low, high])
}
