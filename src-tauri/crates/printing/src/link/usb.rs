//! A printer of USB's printer class, whatever driver the system has given it.
//!
//! It is looked for anew at each opening, so one that was unplugged is found again when it is back. The
//! system's own driver is set aside while the printer is open and put back afterwards.
//!
//! What is done with a bus stands here; the bus itself (`real`, by libusb) is behind three small traits, so that
//! a played one can stall, run out of time and be unplugged.

#[cfg(test)]
mod played;
mod real;

pub(super) use real::list;

use super::port::{CALL, Input, Opened, Output};
use fastops_domain::station::UsbAddress;
use std::io;
use std::sync::Arc;
use std::time::Duration;

/// USB's number for printers.
const PRINTER_CLASS: u8 = 7;

/// What hangs on a computer.
trait Bus {
    type Device: Plugged;

    fn devices(&self) -> rusb::Result<Vec<Self::Device>>;
}

/// A device on it.
trait Plugged {
    type Open: Opening + 'static;

    /// Vendor and product.
    fn make(&self) -> Option<(u16, u16)>;
    /// Bus and ports, as `1-2.3`: the socket that it is plugged into.
    fn path(&self) -> String;
    fn serial(&self) -> Option<String>;
    /// What it offers, in its own order.
    fn settings(&self) -> io::Result<Vec<Setting>>;
    fn open(&self) -> rusb::Result<Self::Open>;
}

/// An opened device. Dropping it gives back what was claimed, to the system's driver if that was set aside.
trait Opening: Send + Sync {
    fn set_drivers_aside(&self) -> rusb::Result<()>;
    fn configuration(&self) -> rusb::Result<u8>;
    fn configure(&self, configuration: u8) -> rusb::Result<()>;
    fn claim(&self, interface: u8) -> rusb::Result<()>;
    fn choose(&self, interface: u8, setting: u8) -> rusb::Result<()>;
    /// How many bytes a transfer moved; one that ran out of time without any is `Timeout`.
    fn write(&self, endpoint: u8, bytes: &[u8], patience: Duration) -> rusb::Result<usize>;
    fn read(&self, endpoint: u8, buffer: &mut [u8], patience: Duration) -> rusb::Result<usize>;
    fn clear_halt(&self, endpoint: u8) -> rusb::Result<()>;
}

/// One way to speak to a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Setting {
    class: u8,
    configuration: u8,
    interface: u8,
    number: u8,
    /// Endpoints of bulk transfers.
    output: Option<u8>,
    input: Option<u8>,
}

/// A device of the wanted make, as far as it can be told from its like.
#[derive(Debug, PartialEq, Eq)]
struct Seen {
    path: String,
    serial: Option<String>,
}

pub(super) fn open(address: &UsbAddress) -> io::Result<Opened> {
    open_on(&real::Computer::new()?, address)
}

fn open_on(bus: &impl Bus, address: &UsbAddress) -> io::Result<Opened> {
    let mut devices = Vec::new();
    let mut seen = Vec::new();
    for device in bus.devices().map_err(failed)? {
        if device.make() == Some((address.vendor, address.product)) {
            seen.push(Seen { path: device.path(), serial: device.serial() });
            devices.push(device);
        }
    }
    let device = devices.swap_remove(choose(&seen, address)?);
    let (setting, output) = place(&device.settings()?)?;
    let handle = device.open().map_err(failed)?;
    // Where the system cannot set a driver aside, there is none in the way.
    let _ = handle.set_drivers_aside();
    if handle.configuration().ok() != Some(setting.configuration) {
        handle.configure(setting.configuration).map_err(failed)?;
    }
    handle.claim(setting.interface).map_err(failed)?;
    if setting.number != 0 {
        handle.choose(setting.interface, setting.number).map_err(failed)?;
    }
    let handle = Arc::new(handle);
    let input = setting.input.map(|endpoint| Box::new(Pipe { handle: Arc::clone(&handle), endpoint }) as _);
    Ok((Box::new(Pipe { handle, endpoint: output }), input))
}

/// The one that is meant. A serial number counts wherever the printer is plugged in; the path decides among
/// those that share one or have none; two that cannot be told apart are nobody's.
fn choose(seen: &[Seen], address: &UsbAddress) -> io::Result<usize> {
    let by = |keep: &dyn Fn(&Seen) -> bool| -> Vec<usize> {
        (0..seen.len()).filter(|index| keep(&seen[*index])).collect()
    };
    let named = match &address.serial {
        Some(serial) => by(&|seen| seen.serial.as_ref() == Some(serial)),
        None => by(&|_| true),
    };
    let placed = |candidates: &[usize]| match &address.path {
        Some(path) => candidates.iter().copied().filter(|index| seen[*index].path == *path).collect(),
        None => candidates.to_vec(),
    };
    match (named.as_slice(), address.serial.is_some()) {
        ([], _) => Err(io::ErrorKind::NotFound.into()),
        ([only], true) => Ok(*only),
        (several, _) => match placed(several).as_slice() {
            [only] => Ok(*only),
            [] => Err(io::ErrorKind::NotFound.into()),
            _ => Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "several printers are alike: name the socket",
            )),
        },
    }
}

/// The interface of the printer class, with a way back if it has one, and where it takes bytes.
fn place(settings: &[Setting]) -> io::Result<(Setting, u8)> {
    let printers = settings.iter().filter(|setting| setting.class == PRINTER_CLASS);
    let mut found: Option<(Setting, u8)> = None;
    for setting in printers {
        let Some(output) = setting.output else { continue };
        if found.is_none_or(|(found, _)| found.input.is_none() && setting.input.is_some()) {
            found = Some((*setting, output));
        }
    }
    found.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "this device is no printer"))
}

struct Pipe<O> {
    handle: Arc<O>,
    endpoint: u8,
}

impl<O: Opening> Output for Pipe<O> {
    /// A transfer that ran out of time has moved what it says, which is the count that other libraries drop.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.handle.write(self.endpoint, bytes, CALL).map_err(|error| self.stopped(error))
    }
}

impl<O: Opening> Input for Pipe<O> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.handle.read(self.endpoint, buffer, CALL).map_err(|error| self.stopped(error))
    }
}

impl<O: Opening> Pipe<O> {
    fn stopped(&self, error: rusb::Error) -> io::Error {
        if error == rusb::Error::Pipe {
            // A stalled endpoint stays so until it is told; the job is lost either way.
            let _ = self.handle.clear_halt(self.endpoint);
        }
        failed(error)
    }
}

fn failed(error: rusb::Error) -> io::Error {
    let kind = match error {
        rusb::Error::NoDevice | rusb::Error::NotFound => io::ErrorKind::NotFound,
        rusb::Error::Access => io::ErrorKind::PermissionDenied,
        rusb::Error::Busy => io::ErrorKind::ResourceBusy,
        rusb::Error::Timeout => io::ErrorKind::TimedOut,
        rusb::Error::Interrupted => io::ErrorKind::Interrupted,
        rusb::Error::Pipe | rusb::Error::Io => io::ErrorKind::BrokenPipe,
        rusb::Error::NotSupported => io::ErrorKind::Unsupported,
        _ => io::ErrorKind::Other,
    };
    io::Error::new(kind, error)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(list: &[(&str, &str)]) -> Vec<Seen> {
        let serial = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        list.iter().map(|(path, text)| Seen { path: (*path).into(), serial: serial(text) }).collect()
    }

    fn chosen(list: &[(&str, &str)], serial: &str, path: &str) -> Result<usize, io::ErrorKind> {
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let address = UsbAddress { vendor: 1, product: 2, serial: given(serial), path: given(path) };
        choose(&seen(list), &address).map_err(|error| error.kind())
    }

    #[test]
    fn the_serial_number_counts_wherever_it_is_plugged_in() {
        let two = [("1-1", "A"), ("1-2", "B")];
        assert_eq!(chosen(&two, "B", ""), Ok(1));
        assert_eq!(chosen(&two, "B", "1-1"), Ok(1), "moved to another socket");
        assert_eq!(chosen(&two, "C", ""), Err(io::ErrorKind::NotFound));
    }

    #[test]
    fn the_socket_decides_among_those_that_are_alike() {
        let twins = [("1-1", "0000"), ("1-2", "0000")];
        assert_eq!(chosen(&twins, "0000", "1-2"), Ok(1));
        assert_eq!(
            chosen(&twins, "0000", ""),
            Err(io::ErrorKind::InvalidInput),
            "never one of two by chance"
        );
        assert_eq!(chosen(&twins, "0000", "1-3"), Err(io::ErrorKind::NotFound));
        let mute = [("1-1", ""), ("1-2.4", "")];
        assert_eq!(chosen(&mute, "", "1-2.4"), Ok(1));
        assert_eq!(chosen(&mute, "", ""), Err(io::ErrorKind::InvalidInput));
    }

    #[test]
    fn the_only_one_needs_no_name_but_a_named_socket_is_meant() {
        assert_eq!(chosen(&[("1-1", "")], "", ""), Ok(0));
        assert_eq!(chosen(&[("1-1", "")], "", "1-2"), Err(io::ErrorKind::NotFound));
        assert_eq!(chosen(&[], "", ""), Err(io::ErrorKind::NotFound));
    }
}
