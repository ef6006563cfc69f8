//! The printers, serial lines and queues of this computer, by the names under which they stay the same.

#[cfg(not(windows))]
use super::spool as spooler;
use super::usb;
#[cfg(windows)]
use super::winsys as spooler;
use fastops_domain::station::{Flow, Parity, SerialAddress, UsbAddress};
use std::io;
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::timeout;

/// A printer of USB's printer class that is plugged in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsbDevice {
    pub address: UsbAddress,
    /// What it calls itself.
    pub name: Option<String>,
}

/// A serial line. Whether a printer is at its other end is only known by asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SerialDevice {
    pub address: SerialAddress,
    pub name: String,
}

/// The printers on USB.
pub async fn usb_devices(patience: Duration) -> io::Result<Vec<UsbDevice>> {
    apart(patience, usb::list).await
}

/// The serial lines.
pub async fn serial_devices(patience: Duration) -> io::Result<Vec<SerialDevice>> {
    apart(patience, lines).await
}

/// The queues of the system, by name. Which of them is a printer of tickets only a person knows.
pub async fn queues(patience: Duration) -> io::Result<Vec<String>> {
    apart(patience, spooler::queues).await
}

/// Asks the system on a thread of its own, which may hang there alone.
async fn apart<T: Send + 'static>(
    patience: Duration,
    look: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    let (tell, told) = oneshot::channel();
    std::thread::Builder::new().name("cables".into()).spawn(move || drop(tell.send(look())))?;
    match timeout(patience, told).await {
        Ok(Ok(found)) => found,
        Ok(Err(_)) | Err(_) => Err(io::ErrorKind::TimedOut.into()),
    }
}

fn line(device: String, name: String) -> SerialDevice {
    let address = SerialAddress { device, baud: 9_600, parity: Parity::None, flow: Flow::Hardware };
    SerialDevice { address, name }
}

#[cfg(unix)]
fn lines() -> io::Result<Vec<SerialDevice>> {
    unix::lines(std::path::Path::new("/dev"), std::path::Path::new("/sys/class/tty"))
}

#[cfg(windows)]
fn lines() -> io::Result<Vec<SerialDevice>> {
    let named = |port: serialport::SerialPortInfo| {
        let name = match &port.port_type {
            serialport::SerialPortType::UsbPort(usb) => usb.product.clone(),
            _ => None,
        };
        let name = name.unwrap_or_else(|| port.port_name.clone());
        line(port.port_name, name)
    };
    Ok(serialport::available_ports()?.into_iter().map(named).collect())
}

#[cfg(unix)]
mod unix {
    use super::{SerialDevice, line};
    use std::collections::HashSet;
    use std::fs;
    use std::io;
    use std::path::{Path, PathBuf};

    /// Adapters by their own names first, since the numbers change with the sockets; then adapters without one, and
    /// the lines of the computer itself that have a chip behind them.
    pub(super) fn lines(devices: &Path, known: &Path) -> io::Result<Vec<SerialDevice>> {
        let mut found = Vec::new();
        let mut named: HashSet<PathBuf> = HashSet::new();
        for link in entries(&devices.join("serial/by-id"))? {
            let Ok(device) = fs::canonicalize(&link) else { continue };
            if named.insert(device) {
                found.push(line(link.display().to_string(), spoken(&link)));
            }
        }
        for device in entries(devices)? {
            let Some(name) = device.file_name().and_then(|name| name.to_str()) else { continue };
            let adapter = ["ttyUSB", "ttyACM", "cu.usb"].iter().any(|start| name.starts_with(start));
            let own = name.starts_with("ttyS") && has_chip(&known.join(name));
            let device = fs::canonicalize(&device).unwrap_or(device.clone());
            if (adapter || own) && !named.contains(&device) {
                found.push(line(device.display().to_string(), name.to_owned()));
            }
        }
        Ok(found)
    }

    /// What is in a folder, in order; nothing when there is no such folder.
    fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
        let listed = match fs::read_dir(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            listed => listed?,
        };
        let mut paths: Vec<PathBuf> = listed.filter_map(Result::ok).map(|entry| entry.path()).collect();
        paths.sort();
        Ok(paths)
    }

    /// `usb-Prolific_USB-Serial_Controller-if00-port0` as people say it.
    fn spoken(link: &Path) -> String {
        let name = link.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let name = name.strip_prefix("usb-").unwrap_or(name);
        let name = name.split("-if0").next().unwrap_or(name);
        name.replace('_', " ")
    }

    /// The system keeps names for lines that no chip is behind; those have the type 0.
    fn has_chip(line: &Path) -> bool {
        fs::read_to_string(line.join("type")).is_ok_and(|kind| kind.trim() != "0")
    }

    #[cfg(test)]
    mod tests {
        use super::*;
        use std::os::unix::fs::symlink;

        #[test]
        fn a_line_is_listed_once_by_its_best_name() {
            let folder = tempfile::tempdir().unwrap();
            let (devices, known) = (folder.path().join("dev"), folder.path().join("tty"));
            let by_id = devices.join("serial/by-id");
            fs::create_dir_all(&by_id).unwrap();
            for name in ["ttyUSB0", "ttyUSB1", "ttyS0", "ttyS1", "ttyS2", "tty1", "null"] {
                fs::write(devices.join(name), "").unwrap();
            }
            for (name, kind) in [("ttyS0", "4\n"), ("ttyS1", "0\n")] {
                fs::create_dir_all(known.join(name)).unwrap();
                fs::write(known.join(name).join("type"), kind).unwrap();
            }
            let link = by_id.join("usb-Prolific_USB-Serial_Controller-if00-port0");
            symlink(devices.join("ttyUSB0"), &link).unwrap();
            symlink(devices.join("gone"), by_id.join("usb-Gone-if00")).unwrap();
            let found = lines(&devices, &known).unwrap();
            let names: Vec<&str> = found.iter().map(|line| line.name.as_str()).collect();
            assert_eq!(names, ["Prolific USB-Serial Controller", "ttyS0", "ttyUSB1"]);
            assert_eq!(found[0].address.device, link.display().to_string());
            assert_eq!(lines(&folder.path().join("none"), &known).unwrap(), []);
        }
    }
}
