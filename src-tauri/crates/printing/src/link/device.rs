//! A device file, such as `/dev/usb/lp0`.

use super::port::{Input, Opened, Output};
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};

/// Opens it for both directions, or for writing where it cannot be read.
pub(super) fn open(path: &str) -> io::Result<Opened> {
    let both = options(true).open(path);
    let (file, reads) = match both {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => (options(false).open(path)?, false),
        opened => (opened?, true),
    };
    if file.metadata()?.is_file() {
        // A ticket in a common file is no paper.
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let listener = if reads { Some(Box::new(Device(file.try_clone()?)) as Box<dyn Input>) } else { None };
    Ok((Box::new(Device(file)), listener))
}

/// Calls come back at once, so that a device that takes nothing can be given up.
pub(super) fn options(reads: bool) -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).read(reads);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOCTTY;
        options.custom_flags(i32::try_from(flags.bits()).unwrap_or_default());
    }
    options
}

/// Waits as long as a call may take for a device to be ready.
#[cfg(unix)]
pub(super) fn wait_for(file: &File, what: rustix::event::PollFlags) -> io::Result<()> {
    let patience = rustix::time::Timespec::try_from(super::port::CALL).map_err(io::Error::other)?;
    let mut asked = [rustix::event::PollFd::new(file, what)];
    match rustix::event::poll(&mut asked, Some(&patience))? {
        0 => Err(io::ErrorKind::TimedOut.into()),
        _ => Ok(()),
    }
}

pub(super) struct Device(pub(super) File);

impl Output for Device {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        #[cfg(unix)]
        wait_for(&self.0, rustix::event::PollFlags::OUT)?;
        self.0.write(bytes)
    }
}

impl Input for Device {
    /// Nothing is no end: a printer's device has none.
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        #[cfg(unix)]
        wait_for(&self.0, rustix::event::PollFlags::IN)?;
        self.0.read(buffer)
    }
}
