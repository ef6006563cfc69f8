//! What the kernel answers to the calls that libusb makes on a device, for a printer that is simulated.
//!
//! umockdev's library hands them over a socket and reads and writes the child's memory at this side's word, all
//! numbers being of eight bytes:
//!
//! ```text
//! child ── 1, call, address ──> here       here ── 5, address, length ──> child ── bytes ──> here
//! child <── 3, result, errno ── here       here ── 6, address, length, bytes ──> child
//! ```

use crate::bus::{Act, Printer, Socket};
use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::time::Duration;

/// How long a question for ended transfers waits for one: the child asks again and again.
const REAP: Duration = Duration::from_millis(2);

/// Errors of the kernel.
const ENOENT: i32 = 2;
const EAGAIN: i32 = 11;
const EBUSY: i32 = 16;
const ENODEV: i32 = 19;
const EINVAL: i32 = 22;
const ENOTTY: i32 = 25;
const EPIPE: i32 = 32;
const ENODATA: i32 = 61;

/// A transfer that the child has handed over and that has not ended.
pub(crate) struct Transfer {
    /// Where the child keeps it.
    address: u64,
    /// Where an answer goes, and how much there is room for.
    room: Option<(u64, usize)>,
    /// How much of it was taken.
    taken: usize,
}

/// One that has ended, for the child to fetch.
pub(crate) struct Done {
    address: u64,
    status: i32,
    count: usize,
    answer: Option<(u64, Vec<u8>)>,
}

/// What comes of a call: a result, or the error's number.
type Answer = Result<u64, i32>;

/// The answers to what one open device is asked.
pub(crate) struct Kernel {
    child: UnixStream,
    socket: Socket,
}

impl Transfer {
    pub(crate) fn ended(self, status: i32) -> Done {
        Done { address: self.address, status, count: self.taken, answer: None }
    }
}

impl Printer {
    /// Hands what the printer has to say to whoever waits for it.
    fn speak(&mut self) {
        let waits = self.waiting.iter().position(|transfer| transfer.room.is_some());
        if let (Some(place), true) = (waits, self.machine.has_answers()) {
            let Transfer { address, room, .. } = self.waiting.remove(place);
            let said = self.machine.take_answers();
            let (buffer, most) = room.unwrap();
            assert!(said.len() <= most, "more than libusb asked for");
            self.done.push_back(Done { address, status: 0, count: said.len(), answer: Some((buffer, said)) });
        }
    }

    fn take(&mut self, address: u64, bytes: &[u8]) {
        let mut transfer = Transfer { address, room: None, taken: 0 };
        match self.acts.pop_front().unwrap_or(self.always) {
            Act::Takes(most) => {
                transfer.taken = self.machine.receive(Duration::ZERO, &bytes[..bytes.len().min(most)]);
                self.received += transfer.taken as u64;
                if transfer.taken < bytes.len() {
                    // The printer lets the rest wait, until it has room or nobody wants it to.
                    self.waiting.push(transfer);
                } else {
                    self.done.push_back(transfer.ended(0));
                }
            }
            Act::Stalls => self.done.push_back(transfer.ended(-EPIPE)),
            Act::Leaves => {
                self.waiting.push(transfer);
                self.pull();
            }
        }
        self.speak();
    }

    /// Answers a question on its first endpoint, of which it knows only those for its words.
    fn tell(&mut self, address: u64, buffer: u64, asked: &[u8]) {
        let wants_words = asked[..2] == [0x80, 6] && asked[3] == 3;
        let done = match self.words(asked[2]).filter(|_| wants_words) {
            Some(mut words) => {
                words.truncate(usize::from(u16::from_le_bytes([asked[6], asked[7]])));
                Done { address, status: 0, count: words.len(), answer: Some((buffer, words)) }
            }
            None => Done { address, status: -EPIPE, count: 0, answer: None },
        };
        self.done.push_back(done);
    }

    /// What it calls itself.
    fn words(&self, number: u8) -> Option<Vec<u8>> {
        let words = match number {
            0 => return Some(vec![4, 3, 9, 4]),
            1 => "EPSON",
            2 => "TM-T20",
            3 => self.serial?,
            _ => return None,
        };
        let pairs: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
        Some([&[u8::try_from(pairs.len() + 2).unwrap(), 3][..], &pairs].concat())
    }
}

impl Kernel {
    pub(crate) fn new(child: UnixStream, socket: Socket) -> Self {
        Self { child, socket }
    }

    /// Until the child closes the device.
    pub(crate) fn serve(mut self) {
        while let Ok([kind, call, address]) = self.words() {
            let answer = match kind {
                1 => self.answer(call, address).unwrap(),
                // Reading and writing the device itself, which libusb does not do.
                _ => Err(EINVAL),
            };
            self.socket.told();
            let (result, error) =
                answer.map_or_else(|error| (u64::MAX, u64::try_from(error).unwrap()), |result| (result, 0));
            if self.say(&[3, result, error]).is_err() {
                break;
            }
        }
        self.socket.printer().claimed = false;
        self.socket.told();
    }

    fn answer(&mut self, call: u64, address: u64) -> io::Result<Answer> {
        assert_eq!(call >> 8 & 0xFF, u64::from(b'U'), "{call:#x}");
        let number = call & 0xFF;
        if number == 13 {
            return self.reap(address);
        }
        if !self.socket.printer().plugged {
            return Ok(Err(ENODEV));
        }
        match number {
            8 => self.driver(address),
            10 => self.submit(address),
            18 => {
                let about = self.read(address, 16)?;
                Ok(Ok(self.drive(about[4])))
            }
            26 => {
                // Transfers of any length, in one piece.
                self.write(address, &7_u32.to_le_bytes())?;
                Ok(Ok(0))
            }
            _ => Ok(self.simple(number, address)),
        }
    }

    /// Calls that need nothing of the child's memory.
    fn simple(&self, number: u64, address: u64) -> Answer {
        let mut printer = self.socket.printer();
        match number {
            11 => {
                let waits =
                    printer.waiting.iter().position(|transfer| transfer.address == address).ok_or(EINVAL)?;
                let ended = printer.waiting.remove(waits).ended(-ENOENT);
                printer.done.push_back(ended);
            }
            15 if printer.driver || printer.claimed => return Err(EBUSY),
            15 => {
                printer.claimed = true;
                printer.log.push("claimed");
            }
            16 => {
                printer.claimed = false;
                printer.log.push("given back");
            }
            21 => printer.log.push("halt cleared"),
            _ => return Err(ENOTTY),
        }
        Ok(0)
    }

    /// Which driver has the printer.
    fn driver(&mut self, address: u64) -> io::Result<Answer> {
        if !self.socket.printer().driver {
            return Ok(Err(ENODATA));
        }
        self.write(address + 4, b"usblp\0")?;
        Ok(Ok(0))
    }

    /// Sets the system's driver aside, or puts it back.
    fn drive(&self, call: u8) -> u64 {
        let mut printer = self.socket.printer();
        let comes_back = call == 23;
        printer.driver = comes_back;
        printer.log.push(if comes_back { "driver back" } else { "driver aside" });
        1
    }

    fn submit(&mut self, address: u64) -> io::Result<Answer> {
        let about = self.read(address, 56)?;
        let eight = |at: usize| u64::from_le_bytes(about[at..at + 8].try_into().unwrap());
        let four = |at: usize| u32::from_le_bytes(about[at..at + 4].try_into().unwrap());
        let (buffer, length) = (eight(16), usize::try_from(four(24)).unwrap());
        let bytes = match (about[0], about[1]) {
            (2, _) => self.read(buffer, 8)?,
            (3, 0x02) => self.read(buffer, length)?,
            _ => Vec::new(),
        };
        let mut printer = self.socket.printer();
        if !printer.plugged {
            // Pulled since it was looked at: nobody would end the transfer.
            return Ok(Err(ENODEV));
        }
        match (about[0], about[1]) {
            (2, _) => printer.tell(address, buffer + 8, &bytes),
            (3, 0x02) => {
                assert!(printer.claimed, "only who has claimed it may print");
                printer.take(address, &bytes);
            }
            (3, 0x81) => {
                printer.waiting.push(Transfer { address, room: Some((buffer, length)), taken: 0 });
                printer.speak();
            }
            other => panic!("no such endpoint: {other:?}"),
        }
        Ok(Ok(0))
    }

    /// Gives back a transfer that has ended.
    fn reap(&mut self, address: u64) -> io::Result<Answer> {
        let (done, plugged) = {
            let mut printer = self.socket.soon(REAP, |printer| !printer.done.is_empty());
            (printer.done.pop_front(), printer.plugged)
        };
        let Some(done) = done else { return Ok(Err(if plugged { EAGAIN } else { ENODEV })) };
        if let Some((buffer, bytes)) = &done.answer {
            self.write(*buffer, bytes)?;
        }
        self.write(done.address + 4, &done.status.to_le_bytes())?;
        self.write(done.address + 28, &u32::try_from(done.count).unwrap().to_le_bytes())?;
        self.write(address, &done.address.to_le_bytes())?;
        Ok(Ok(0))
    }

    fn words(&mut self) -> io::Result<[u64; 3]> {
        let mut bytes = [[0; 8]; 3];
        self.child.read_exact(bytes.as_flattened_mut())?;
        Ok(bytes.map(u64::from_ne_bytes))
    }

    fn say(&mut self, words: &[u64; 3]) -> io::Result<()> {
        self.child.write_all(words.map(u64::to_ne_bytes).as_flattened())
    }

    fn read(&mut self, address: u64, length: usize) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; length];
        if length > 0 {
            self.say(&[5, address, length as u64])?;
            self.child.read_exact(&mut bytes)?;
        }
        Ok(bytes)
    }

    fn write(&mut self, address: u64, bytes: &[u8]) -> io::Result<()> {
        if !bytes.is_empty() {
            self.say(&[6, address, bytes.len() as u64])?;
            self.child.write_all(bytes)?;
        }
        Ok(())
    }
}
