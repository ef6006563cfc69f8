//! A serial line on Windows, with the flow control that its cable has.

use super::port::{CALL, Input, Opened, Output};
use fastops_domain::station::{Flow, Parity, SerialAddress};
use serialport::{FlowControl, SerialPort};
use std::io::{self, Read, Write};
use std::path::Path;

/// Most bytes in one call: less than any system's buffer keeps free when it says that it is writable.
const PIECE: usize = 256;

/// Opens the line for this program alone.
pub(super) fn open(address: &SerialAddress) -> io::Result<Opened> {
    let port = serialport::new(&address.device, address.baud)
        .parity(match address.parity {
            Parity::None => serialport::Parity::None,
            Parity::Odd => serialport::Parity::Odd,
            Parity::Even => serialport::Parity::Even,
        })
        .flow_control(match address.flow {
            Flow::None => FlowControl::None,
            Flow::Hardware => FlowControl::Hardware,
            Flow::Software => FlowControl::Software,
        })
        .timeout(CALL)
        .open()
        .map_err(|error| refused(error, &address.device))?;
    let listener = port.try_clone()?;
    Ok((Box::new(Line(port)), Some(Box::new(Line(listener)))))
}

/// A line that another program has is told apart from one that is not there: the library gives both one name.
fn refused(error: serialport::Error, device: &str) -> io::Error {
    let lacks_device = matches!(
        error.kind(),
        serialport::ErrorKind::NoDevice | serialport::ErrorKind::Io(io::ErrorKind::NotFound)
    );
    if lacks_device && Path::new(device).exists() {
        return io::Error::new(io::ErrorKind::ResourceBusy, error);
    }
    error.into()
}

struct Line(Box<dyn SerialPort>);

impl Output for Line {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(&bytes[..bytes.len().min(PIECE)])
    }
}

impl Input for Line {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.0.read(buffer)? {
            // A line that was hung up: the adapter is unplugged.
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            count => Ok(count),
        }
    }
}
