//! A printer of USB's printer class, whatever driver the system has given it.
//!
//! It is looked for anew at each opening, so one that was unplugged is found again when it is back. The
//! system's own driver is set aside while the printer is open and put back afterwards.

use super::cables::UsbDevice;
use super::port::{CALL, Input, Opened, Output};
use fastops_domain::station::{UsbAddress, is_usb_serial};
use rusb::{Context, Device, DeviceHandle, Direction, TransferType, UsbContext};
use std::io;
use std::sync::Arc;

/// USB's number for printers.
const PRINTER_CLASS: u8 = 7;

/// A device of the wanted make, as far as it can be told from its like.
#[derive(Debug, PartialEq, Eq)]
struct Seen {
    path: String,
    serial: Option<String>,
}

/// Where a printer takes and gives bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    configuration: u8,
    interface: u8,
    setting: u8,
    output: u8,
    input: Option<u8>,
}

pub(super) fn open(address: &UsbAddress) -> io::Result<Opened> {
    let context = Context::new().map_err(failed)?;
    let mut devices = Vec::new();
    let mut seen = Vec::new();
    for device in context.devices().map_err(failed)?.iter() {
        let Ok(about) = device.device_descriptor() else { continue };
        if (about.vendor_id(), about.product_id()) == (address.vendor, address.product) {
            let path = path(&device);
            let serial =
                device.open().ok().and_then(|handle| handle.read_serial_number_string_ascii(&about).ok());
            seen.push(Seen { path, serial });
            devices.push(device);
        }
    }
    let device = devices.swap_remove(choose(&seen, address)?);
    let place = place(&device)?;
    let handle = device.open().map_err(failed)?;
    // Where the system cannot set a driver aside, there is none in the way.
    let _ = handle.set_auto_detach_kernel_driver(true);
    if handle.active_configuration().ok() != Some(place.configuration) {
        handle.set_active_configuration(place.configuration).map_err(failed)?;
    }
    handle.claim_interface(place.interface).map_err(failed)?;
    if place.setting != 0 {
        handle.set_alternate_setting(place.interface, place.setting).map_err(failed)?;
    }
    let handle = Arc::new(handle);
    let input = place.input.map(|endpoint| Box::new(Pipe { handle: Arc::clone(&handle), endpoint }) as _);
    Ok((Box::new(Pipe { handle, endpoint: place.output }), input))
}

/// Every printer that is plugged in. One without a serial number that can be written is named by its socket.
pub(super) fn list() -> io::Result<Vec<UsbDevice>> {
    let context = Context::new().map_err(failed)?;
    let devices = context.devices().map_err(failed)?;
    let printers = devices.iter().filter(|device| place(device).is_ok());
    Ok(printers.filter_map(|device| about(&device)).collect())
}

fn about(device: &Device<Context>) -> Option<UsbDevice> {
    let about = device.device_descriptor().ok()?;
    let handle = device.open().ok();
    let read = |string: fn(&DeviceHandle<Context>, &rusb::DeviceDescriptor) -> rusb::Result<String>| {
        let text = handle.as_ref().and_then(|handle| string(handle, &about).ok())?;
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    };
    let serial = read(DeviceHandle::read_serial_number_string_ascii).filter(|text| is_usb_serial(text));
    let names =
        [read(DeviceHandle::read_manufacturer_string_ascii), read(DeviceHandle::read_product_string_ascii)];
    let name = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let path = serial.is_none().then(|| path(device));
    let (vendor, product) = (about.vendor_id(), about.product_id());
    let address = UsbAddress { vendor, product, serial, path };
    Some(UsbDevice { address, name: Some(name).filter(|name| !name.is_empty()) })
}

/// Bus and ports, as `1-2.3`: the socket that it is plugged into.
fn path(device: &Device<Context>) -> String {
    let ports = device.port_numbers().unwrap_or_default();
    let ports: Vec<String> = ports.iter().map(u8::to_string).collect();
    format!("{}-{}", device.bus_number(), ports.join("."))
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

/// The interface of the printer class, with a way back if it has one.
fn place(device: &Device<Context>) -> io::Result<Place> {
    let configuration = device.active_config_descriptor().or_else(|_| device.config_descriptor(0));
    let configuration = configuration.map_err(failed)?;
    let mut found: Option<Place> = None;
    let settings =
        configuration.interfaces().flat_map(|interface| interface.descriptors().collect::<Vec<_>>());
    for setting in settings.filter(|setting| setting.class_code() == PRINTER_CLASS) {
        let bulk = |direction| {
            let mut endpoints = setting.endpoint_descriptors();
            let fits = endpoints.find(|endpoint| {
                endpoint.transfer_type() == TransferType::Bulk && endpoint.direction() == direction
            });
            fits.map(|endpoint| endpoint.address())
        };
        let Some(output) = bulk(Direction::Out) else { continue };
        let place = Place {
            configuration: configuration.number(),
            interface: setting.interface_number(),
            setting: setting.setting_number(),
            output,
            input: bulk(Direction::In),
        };
        if found.is_none_or(|found| found.input.is_none() && place.input.is_some()) {
            found = Some(place);
        }
    }
    found.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "this device is no printer"))
}

struct Pipe {
    handle: Arc<DeviceHandle<Context>>,
    endpoint: u8,
}

impl Output for Pipe {
    /// A transfer that ran out of time has moved what it says, which is the count that other libraries drop.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.handle.write_bulk(self.endpoint, bytes, CALL).map_err(|error| self.stopped(error))
    }
}

impl Input for Pipe {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.handle.read_bulk(self.endpoint, buffer, CALL).map_err(|error| self.stopped(error))
    }
}

impl Pipe {
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
