//! A serial line on Unix, with the flow control that its cable has.
//!
//! By hand and not by the crate `serialport`, which is used on Windows: its calls block on a line that was
//! stopped, so what a hung printer took could not be told, and the thread would not come back.

use super::device::{Device, wait_for};
use super::port::{Input, Opened, Output};
use fastops_domain::station::{Flow, Parity, SerialAddress};
use rustix::event::PollFlags;
use rustix::termios::{ControlModes, InputModes, OptionalActions, Termios};
use std::fs::File;
use std::io::{self, Read};

/// Opens the line for this program alone.
pub(super) fn open(address: &SerialAddress) -> io::Result<Opened> {
    let file = super::device::options(true).open(&address.device)?;
    // Programs that agree on it lock the line; the others are kept out by the terminal itself.
    file.try_lock().map_err(|_| io::Error::from(io::ErrorKind::ResourceBusy))?;
    let mut settings = rustix::termios::tcgetattr(&file)?;
    fit(&mut settings, address)?;
    rustix::termios::tcsetattr(&file, OptionalActions::Now, &settings)?;
    rustix::termios::ioctl_tiocexcl(&file)?;
    let listener = Listener(file.try_clone()?);
    Ok((Box::new(Line(Device(file))), Some(Box::new(listener))))
}

/// Eight bits, one stop bit, and every byte as it is.
fn fit(settings: &mut Termios, address: &SerialAddress) -> io::Result<()> {
    settings.make_raw();
    settings.set_speed(address.baud)?;
    let control = &mut settings.control_modes;
    control.insert(ControlModes::CREAD | ControlModes::CLOCAL);
    control.remove(ControlModes::CSTOPB);
    control.set(ControlModes::PARENB, address.parity != Parity::None);
    control.set(ControlModes::PARODD, address.parity == Parity::Odd);
    control.set(ControlModes::CRTSCTS, address.flow == Flow::Hardware);
    settings.input_modes.set(InputModes::IXON, address.flow == Flow::Software);
    settings.input_modes.remove(InputModes::IXOFF | InputModes::IXANY);
    Ok(())
}

struct Line(Device);

impl Output for Line {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        // The terminal would stay closed to others as long as anybody has it open.
        let _ = rustix::termios::ioctl_tiocnxcl(&self.0.0);
    }
}

struct Listener(File);

impl Input for Listener {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        wait_for(&self.0, PollFlags::IN)?;
        match self.0.read(buffer)? {
            // A line that was hung up: the adapter is unplugged.
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            count => Ok(count),
        }
    }
}
