//! A bus that umockdev plays: printers as libusb finds them in the folders of the kernel and speaks to by its calls.
//!
//! umockdev's library lies between libusb and libc in the child, shows it these folders in place of `/sys` and
//! `/dev`, and hands each call on a device over a socket to this side (`kernel`).

use crate::kernel::{Done, Kernel, Transfer};
use fastops_printer_sim::{Machine, MachineEvent, Model, Speed};
use std::collections::VecDeque;
use std::fs;
use std::io;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::Duration;

pub(crate) const VENDOR: u16 = 0x04B8;
pub(crate) const PRODUCT: u16 = 0x0202;
/// The kernel's word for a device that went away.
const ESHUTDOWN: i32 = 108;

/// What a printer does with the next transfers to it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Act {
    /// Takes so many bytes at most, and keeps the transfer when that is not all of it.
    Takes(usize),
    Stalls,
    /// Is pulled, having taken nothing of this one.
    Leaves,
}

pub(crate) struct Printer {
    pub(crate) machine: Machine,
    pub(crate) plugged: bool,
    /// The system's driver has it.
    pub(crate) driver: bool,
    pub(crate) claimed: bool,
    pub(crate) acts: VecDeque<Act>,
    pub(crate) always: Act,
    pub(crate) received: u64,
    pub(crate) log: Vec<&'static str>,
    pub(crate) serial: Option<&'static str>,
    pub(crate) waiting: Vec<Transfer>,
    pub(crate) done: VecDeque<Done>,
}

impl Printer {
    pub(crate) fn slips(&mut self) -> usize {
        let events = self.machine.take_events().into_iter();
        events.filter(|event| matches!(event, MachineEvent::SlipCut { .. })).count()
    }

    /// Somebody pulls it: what was on its way ends with the device.
    pub(crate) fn pull(&mut self) {
        self.plugged = false;
        self.done.extend(self.waiting.drain(..).map(|transfer| transfer.ended(-ESHUTDOWN)));
    }
}

/// A socket of the bus with a printer in it, as both sides of the test hold it.
#[derive(Clone)]
pub(crate) struct Socket(Arc<(Mutex<Printer>, Condvar)>);

impl Socket {
    pub(crate) fn printer(&self) -> MutexGuard<'_, Printer> {
        self.0.0.lock().unwrap()
    }

    /// The printer, if it comes to something within this time.
    pub(crate) fn soon(
        &self,
        patience: Duration,
        is_so: impl Fn(&Printer) -> bool,
    ) -> MutexGuard<'_, Printer> {
        self.0.1.wait_timeout_while(self.printer(), patience, |printer| !is_so(printer)).unwrap().0
    }

    /// Waits until the printer is as it should be.
    pub(crate) fn until(&self, is_so: impl Fn(&Printer) -> bool) {
        let printer = self.soon(Duration::from_mins(1), &is_so);
        assert!(is_so(&printer), "it never came to it: {:?}", printer.log);
    }

    /// Lets those who wait look again.
    pub(crate) fn told(&self) {
        self.0.1.notify_all();
    }
}

/// The folders that the child takes for `/sys` and `/dev`.
pub(crate) struct Bus {
    folder: tempfile::TempDir,
}

impl Bus {
    pub(crate) fn new() -> Self {
        let bus = Self { folder: tempfile::tempdir().unwrap() };
        let hub = [&device(9, 0x1D6B, 2, 0)[..], &configuration(9)].concat();
        bus.describe("usb1", 1, &hub);
        bus
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Plugs a printer in, or something of another class.
    pub(crate) fn plug(&self, port: u8, class: u8, serial: Option<&'static str>) -> Socket {
        let printer = Printer {
            machine: Machine::new(Model { speed: Speed::Instant, ..Model::epson_80mm() }),
            plugged: true,
            driver: true,
            claimed: false,
            acts: VecDeque::new(),
            always: Act::Takes(usize::MAX),
            received: 0,
            log: Vec::new(),
            serial,
            waiting: Vec::new(),
            done: VecDeque::new(),
        };
        let socket = Socket(Arc::new((Mutex::new(printer), Condvar::new())));
        self.appear(port, class, &socket);
        socket
    }

    /// Puts what was pulled into another port.
    pub(crate) fn move_to(&self, port: u8, socket: &Socket) {
        let mut printer = socket.printer();
        printer.machine = Machine::new(printer.machine.model().clone());
        (printer.plugged, printer.driver, printer.claimed) = (true, true, false);
        (printer.waiting, printer.done) = (Vec::new(), VecDeque::new());
        drop(printer);
        self.appear(port, 7, socket);
    }

    /// As the kernel does when it sees that a device is gone.
    pub(crate) fn forget(&self, port: u8) {
        fs::remove_file(self.folder().join(format!("sys/bus/usb/devices/1-{port}"))).unwrap();
        fs::remove_file(self.node(port + 1)).unwrap();
        fs::remove_file(self.folder().join("ioctl").join(format!("dev/bus/usb/001/{:03}", port + 1)))
            .unwrap();
    }

    fn appear(&self, port: u8, class: u8, socket: &Socket) {
        let serial = u8::from(socket.printer().serial.is_some()) * 3;
        let about = [&device(0, VENDOR, PRODUCT, serial)[..], &configuration(class)].concat();
        self.describe(&format!("1-{port}"), port + 1, &about);
        let path = self.folder().join("ioctl").join(format!("dev/bus/usb/001/{:03}", port + 1));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let listener = UnixListener::bind(path).unwrap();
        let socket = socket.clone();
        std::thread::spawn(move || {
            for child in listener.incoming().map_while(Result::ok) {
                let socket = socket.clone();
                std::thread::spawn(move || Kernel::new(child, socket).serve());
            }
        });
    }

    fn node(&self, number: u8) -> PathBuf {
        self.folder().join(format!("dev/bus/usb/001/{number:03}"))
    }

    fn describe(&self, name: &str, number: u8, about: &[u8]) {
        let device = self.folder().join("sys/devices/usb1").join(if name == "usb1" { "" } else { name });
        let list = self.folder().join("sys/bus/usb/devices");
        for folder in [&device, &list, self.node(number).parent().unwrap()] {
            fs::create_dir_all(folder).unwrap();
        }
        let uevent =
            format!("DEVTYPE=usb_device\nDEVNAME=bus/usb/001/{number:03}\nBUSNUM=001\nDEVNUM={number:03}\n");
        let files = [
            ("busnum", "1\n".to_owned()),
            ("devnum", format!("{number}\n")),
            ("speed", "12\n".to_owned()),
            ("bConfigurationValue", "1\n".to_owned()),
            ("uevent", uevent),
        ];
        for (file, text) in files {
            fs::write(device.join(file), text).unwrap();
        }
        fs::write(device.join("descriptors"), about).unwrap();
        fs::write(self.node(number), about).unwrap();
        symlink(&list, device.join("subsystem")).or_else(already).unwrap();
        symlink(&device, list.join(name)).unwrap();
    }
}

fn already(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::AlreadyExists { Ok(()) } else { Err(error) }
}

fn device(class: u8, vendor: u16, product: u16, serial: u8) -> [u8; 18] {
    let ([v, w], [p, q]) = (vendor.to_le_bytes(), product.to_le_bytes());
    [18, 1, 0, 2, class, 0, 0, 64, v, w, p, q, 0, 1, 1, 2, serial, 1]
}

/// One configuration with one interface, a way there and a way back.
fn configuration(class: u8) -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes[..9].copy_from_slice(&[9, 2, 32, 0, 1, 1, 0, 0xC0, 0]);
    bytes[9..18].copy_from_slice(&[9, 4, 0, 0, 2, class, 1, 2, 0]);
    bytes[18..25].copy_from_slice(&[7, 5, 0x02, 2, 64, 0, 0]);
    bytes[25..].copy_from_slice(&[7, 5, 0x81, 2, 64, 0, 0]);
    bytes
}
