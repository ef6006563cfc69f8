//! The cable, whatever it is: bytes that are taken one count at a time, and bytes that come back.
//!
//! A socket is asked by the runtime. A serial line, a USB port and a device file have calls that block, so each
//! has threads of its own (`port`). A queue of the operating system takes a whole job (`spool` for CUPS,
//! `winspool` for Windows).

#[cfg(windows)]
use super::com as serial;
use super::port::Port;
#[cfg(not(windows))]
use super::spool::Spool;
#[cfg(unix)]
use super::tty as serial;
#[cfg(windows)]
use super::winsys::Spool;
use super::{Deadlines, Trouble, device, tcp, usb};
use fastops_domain::job::Cause;
use fastops_domain::station::PrinterAddress;
use std::io;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::time::Instant;

#[derive(Debug)]
pub(super) enum Wire {
    Tcp(TcpStream),
    Port(Port),
    Spool(Spool),
}

/// What became of bytes that were handed over and not yet reported when patience ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Recalled {
    /// So many were taken, and no more will be.
    Exactly(usize),
    /// The device still holds the call: all of so many may yet be taken.
    AtMost(usize),
}

impl Wire {
    /// Opens it afresh, until the deadline for connecting.
    pub(super) async fn open(address: &PrinterAddress, deadlines: &Deadlines) -> Result<Self, Trouble> {
        let deadline = Instant::now() + std::time::Duration::from_millis(deadlines.connect_ms);
        match address.clone() {
            PrinterAddress::Tcp { host, port } => tcp::open(&host, port, deadline).await.map(Self::Tcp),
            PrinterAddress::Serial(line) => {
                let device = line.device.clone();
                Port::open(device, move || serial::open(&line), deadline).await.map(Self::Port)
            }
            PrinterAddress::Usb(device) => {
                Port::open(address.to_string(), move || usb::open(&device), deadline).await.map(Self::Port)
            }
            PrinterAddress::File(path) => {
                Port::open(path.clone(), move || device::open(&path), deadline).await.map(Self::Port)
            }
            PrinterAddress::Spooler(queue) => Ok(Self::Spool(Spool::new(queue))),
            PrinterAddress::Outlet(_) => Err(Trouble::of(Cause::Misconfigured)),
        }
    }

    /// Hands over what there is room for. `WouldBlock`: wait for [`Wire::writable`] and hand over the same
    /// bytes again.
    pub(super) fn try_write(&self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Tcp(stream) => stream.try_write(bytes),
            Self::Port(port) => port.try_write(bytes),
            Self::Spool(_) => Err(io::ErrorKind::Unsupported.into()),
        }
    }

    pub(super) fn try_read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Tcp(stream) => tcp::try_read(stream, buffer),
            Self::Port(port) => port.try_read(buffer),
            Self::Spool(_) => Err(io::ErrorKind::WouldBlock.into()),
        }
    }

    pub(super) async fn writable(&self) -> io::Result<()> {
        match self {
            Self::Tcp(stream) => stream.writable().await,
            Self::Port(port) => port.writable().await,
            Self::Spool(_) => Ok(()),
        }
    }

    pub(super) async fn readable(&self) -> io::Result<()> {
        match self {
            Self::Tcp(stream) => stream.readable().await,
            Self::Port(port) => port.readable().await,
            Self::Spool(_) => std::future::pending().await,
        }
    }

    /// Ends what is still on its way after patience ended.
    pub(super) async fn recall(&self) -> Recalled {
        match self {
            Self::Port(port) => port.recall().await,
            Self::Tcp(_) | Self::Spool(_) => Recalled::Exactly(0),
        }
    }

    /// Ends the sending side; `false` when there is nothing to wait for after it.
    pub(super) async fn shutdown(&mut self) -> bool {
        match self {
            Self::Tcp(stream) => stream.shutdown().await.is_ok(),
            Self::Port(_) | Self::Spool(_) => false,
        }
    }
}

/// Whether a device file is there that no driver answers for.
fn has_nothing_behind(error: &io::Error) -> bool {
    #[cfg(unix)]
    return [rustix::io::Errno::NXIO, rustix::io::Errno::NODEV]
        .map(|errno| Some(errno.raw_os_error()))
        .contains(&error.raw_os_error());
    #[cfg(not(unix))]
    {
        let _ = error;
        false
    }
}

/// What an error at opening means.
pub(super) fn refused(error: io::Error) -> Trouble {
    let cause = match error.kind() {
        // Locked by another program, or claimed by it.
        io::ErrorKind::ResourceBusy | io::ErrorKind::WouldBlock | io::ErrorKind::AddrInUse => Cause::Busy,
        io::ErrorKind::PermissionDenied => Cause::NoPermission,
        io::ErrorKind::Unsupported => Cause::NoDriver,
        io::ErrorKind::InvalidInput | io::ErrorKind::IsADirectory => Cause::Misconfigured,
        _ if has_nothing_behind(&error) => Cause::NoDriver,
        _ => Cause::Unreachable,
    };
    Trouble { cause, source: Some(error) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::error::Error as _;

    #[test]
    fn each_refusal_has_its_cause_and_keeps_the_system_s_words() {
        let cases = [
            (io::ErrorKind::ConnectionRefused, Cause::Unreachable),
            (io::ErrorKind::NotFound, Cause::Unreachable),
            (io::ErrorKind::ResourceBusy, Cause::Busy),
            (io::ErrorKind::InvalidInput, Cause::Misconfigured),
            (io::ErrorKind::IsADirectory, Cause::Misconfigured),
            (io::ErrorKind::PermissionDenied, Cause::NoPermission),
            (io::ErrorKind::Unsupported, Cause::NoDriver),
        ];
        for (kind, cause) in cases {
            let trouble = refused(kind.into());
            assert_eq!(trouble.cause, cause, "{kind:?}");
            assert!(trouble.source().is_some());
        }
    }
    #[cfg(unix)]
    #[test]
    fn a_device_file_without_a_driver_is_told_from_none() {
        use rustix::io::Errno;
        for (errno, cause) in [
            (Errno::NXIO, Cause::NoDriver),
            (Errno::NODEV, Cause::NoDriver),
            (Errno::NOENT, Cause::Unreachable),
            (Errno::ACCESS, Cause::NoPermission),
            (Errno::PERM, Cause::NoPermission),
            (Errno::BUSY, Cause::Busy),
        ] {
            assert_eq!(refused(errno.into()).cause, cause, "{errno:?}");
        }
    }
}
