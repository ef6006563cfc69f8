//! What only Windows itself can be asked: its print spooler, and when a socket acknowledges.
//!
//! Everything unsafe of printing stands in this file. What is done with the spooler stands in `winspool`, which
//! knows it by two small traits.
#![expect(unsafe_code, reason = "the system's functions take pointers; each call says why its own are good")]

use super::winspool::{Printer, Queue, Spooler, bits};
use std::ffi::c_void;
use std::io;
use std::mem::{offset_of, size_of};
use std::os::windows::io::{AsRawSocket, AsSocket};
use std::ptr::{null, null_mut};
use windows_sys::Win32::Foundation::{
    ERROR_INSUFFICIENT_BUFFER, ERROR_INVALID_PARAMETER, ERROR_SUCCESS, SetLastError,
};
use windows_sys::Win32::Graphics::Printing as sys;
use windows_sys::Win32::Networking::WinSock::{SIO_TCP_SET_ACK_FREQUENCY, SOCKET, WSAIoctl};
use windows_sys::core::BOOL;

// The numbers of `bits` are those of the system.
const _: () = assert!(
    bits::job::PAUSED == sys::JOB_STATUS_PAUSED
        && bits::job::ERROR == sys::JOB_STATUS_ERROR
        && bits::job::DELETING == sys::JOB_STATUS_DELETING
        && bits::job::OFFLINE == sys::JOB_STATUS_OFFLINE
        && bits::job::PAPER_OUT == sys::JOB_STATUS_PAPEROUT
        && bits::job::PRINTED == sys::JOB_STATUS_PRINTED
        && bits::job::DELETED == sys::JOB_STATUS_DELETED
        && bits::job::BLOCKED == sys::JOB_STATUS_BLOCKED_DEVQ
        && bits::job::USER_INTERVENTION == sys::JOB_STATUS_USER_INTERVENTION
        && bits::job::COMPLETE == sys::JOB_STATUS_COMPLETE
        && bits::printer::PAUSED == sys::PRINTER_STATUS_PAUSED
        && bits::printer::ERROR == sys::PRINTER_STATUS_ERROR
        && bits::printer::PENDING_DELETION == sys::PRINTER_STATUS_PENDING_DELETION
        && bits::printer::PAPER_JAM == sys::PRINTER_STATUS_PAPER_JAM
        && bits::printer::PAPER_OUT == sys::PRINTER_STATUS_PAPER_OUT
        && bits::printer::PAPER_PROBLEM == sys::PRINTER_STATUS_PAPER_PROBLEM
        && bits::printer::OFFLINE == sys::PRINTER_STATUS_OFFLINE
        && bits::printer::NOT_AVAILABLE == sys::PRINTER_STATUS_NOT_AVAILABLE
        && bits::printer::USER_INTERVENTION == sys::PRINTER_STATUS_USER_INTERVENTION
        && bits::printer::DOOR_OPEN == sys::PRINTER_STATUS_DOOR_OPEN
        && bits::printer::SERVER_OFFLINE == sys::PRINTER_STATUS_SERVER_OFFLINE
        && bits::printer::WORK_OFFLINE == sys::PRINTER_ATTRIBUTE_WORK_OFFLINE
);

/// What a list may grow by between the question for its size and the question for itself.
const TRIES: usize = 4;

/// A queue of this computer.
pub(super) type Spool = Queue<Winspool>;

impl Spool {
    pub(super) const fn new(name: String) -> Self {
        Self::over(Winspool, name)
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Winspool;

/// An open queue. It stays on the thread that opened it.
pub(super) struct Open(sys::PRINTER_HANDLE);

impl Spooler for Winspool {
    type Printer = Open;

    fn open(&self, queue: &str) -> io::Result<Open> {
        let name = wide(queue);
        let mut handle = sys::PRINTER_HANDLE::default();
        // SAFETY: the name ends in a NUL and outlives the call, the handle is this function's own.
        told(unsafe { sys::OpenPrinterW(name.as_ptr(), &raw mut handle, null()) })?;
        Ok(Open(handle))
    }
}

impl Printer for Open {
    fn state(&self) -> io::Result<(u32, u32)> {
        // SAFETY: for all three, the handle is open, and `filled` gives a buffer of the size that it says.
        let ask =
            |level, buffer, size, needed| unsafe { sys::GetPrinterW(self.0, level, buffer, size, needed) };
        let state = filled(|buffer, size, needed| ask(6, buffer, size, needed))?;
        let about = filled(|buffer, size, needed| ask(4, buffer, size, needed))?;
        let state = number(&state, offset_of!(sys::PRINTER_INFO_6, dwStatus))?;
        Ok((state, number(&about, offset_of!(sys::PRINTER_INFO_4W, Attributes))?))
    }

    fn begin(&mut self) -> io::Result<u32> {
        let (mut title, mut kind) = (wide("FastOps"), wide("RAW"));
        let about = sys::DOC_INFO_1W {
            pDocName: title.as_mut_ptr(),
            pOutputFile: null_mut(),
            pDatatype: kind.as_mut_ptr(),
        };
        // SAFETY: the handle is open; the description is of level 1, and its words outlive the call.
        match unsafe { sys::StartDocPrinterW(self.0, 1, &raw const about) } {
            0 => Err(io::Error::last_os_error()),
            number => Ok(number),
        }
    }

    fn begin_page(&mut self) -> io::Result<()> {
        // SAFETY: the handle is open.
        told(unsafe { sys::StartPagePrinter(self.0) })
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let size = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        let mut count = 0;
        // SAFETY: the handle is open, and no more is read than the bytes that were given.
        told(unsafe { sys::WritePrinter(self.0, bytes.as_ptr().cast::<c_void>(), size, &raw mut count) })?;
        Ok(usize::try_from(count).unwrap_or(usize::MAX))
    }

    fn end_page(&mut self) -> io::Result<()> {
        // SAFETY: the handle is open.
        told(unsafe { sys::EndPagePrinter(self.0) })
    }

    fn end(&mut self) -> io::Result<()> {
        // SAFETY: the handle is open.
        told(unsafe { sys::EndDocPrinter(self.0) })
    }

    fn abort(&mut self) {
        // SAFETY: the handle is open.
        let thrown_away = told(unsafe { sys::AbortPrinter(self.0) });
        if let Err(error) = thrown_away {
            tracing::debug!(%error, "the queue keeps a job that was broken off");
        }
    }

    fn job(&self, id: u32) -> io::Result<Option<u32>> {
        // SAFETY: the handle is open, and `filled` gives a buffer of the size that it says.
        let ask = |buffer, size, needed| unsafe { sys::GetJobW(self.0, id, 1, buffer, size, needed) };
        match filled(ask) {
            Ok(about) => number(&about, offset_of!(sys::JOB_INFO_1W, Status)).map(Some),
            // Wine gives no reason.
            Err(error) if is(&error, ERROR_INVALID_PARAMETER) || is(&error, ERROR_SUCCESS) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        // SAFETY: it was opened, is closed only here, and is gone after this.
        let _ = unsafe { sys::ClosePrinter(self.0) };
    }
}

/// The names of the queues of this computer, its own and those that it is connected to.
pub(super) fn queues() -> io::Result<Vec<String>> {
    let which = sys::PRINTER_ENUM_LOCAL | sys::PRINTER_ENUM_CONNECTIONS;
    let mut count = 0;
    let list = filled(|buffer, size, needed| {
        // SAFETY: `filled` gives a buffer of the size that it says; the count is this function's own.
        unsafe { sys::EnumPrintersW(which, null(), 4, buffer, size, needed, &raw mut count) }
    })?;
    let start = list.as_ptr().addr();
    let bytes = bytes_of(&list);
    let names = (0..usize::try_from(count).unwrap_or_default()).filter_map(|place| {
        let at = place * size_of::<sys::PRINTER_INFO_4W>() + offset_of!(sys::PRINTER_INFO_4W, pPrinterName);
        let pointer = bytes.get(at..at + size_of::<usize>())?;
        let words = usize::from_ne_bytes(pointer.try_into().ok()?).checked_sub(start)?;
        // The words stand in the same buffer, behind the list.
        let pairs = bytes.get(words..)?.chunks_exact(2).map(|pair| u16::from_ne_bytes([pair[0], pair[1]]));
        Some(String::from_utf16_lossy(&pairs.take_while(|unit| *unit != 0).collect::<Vec<u16>>()))
    });
    Ok(names.collect())
}

/// Has what this socket hears acknowledged at once and not after a while. Windows of long ago does not know it.
pub(super) fn acknowledge_at_once(socket: &impl AsSocket) -> io::Result<()> {
    let every: u32 = 1;
    let socket = socket.as_socket();
    let handle = SOCKET::try_from(socket.as_raw_socket()).map_err(io::Error::other)?;
    let size = u32::try_from(size_of::<u32>()).map_err(io::Error::other)?;
    let mut said = 0;
    // SAFETY: the socket is borrowed for the call; the number goes in, nothing comes out, nothing is left to run on.
    let failed = unsafe {
        WSAIoctl(
            handle,
            SIO_TCP_SET_ACK_FREQUENCY,
            (&raw const every).cast::<c_void>(),
            size,
            null_mut(),
            0,
            &raw mut said,
            null_mut(),
            None,
        )
    };
    if failed == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

/// Asks for the size of an answer and then for the answer. Eight bytes each, since structures want to be aligned.
fn filled(mut ask: impl FnMut(*mut u8, u32, *mut u32) -> BOOL) -> io::Result<Vec<u64>> {
    let mut buffer: Vec<u64> = Vec::new();
    for _ in 0..TRIES {
        let size = u32::try_from(buffer.len() * size_of::<u64>()).map_err(io::Error::other)?;
        let mut needed = 0;
        // SAFETY: a number of this thread, so that an old reason does not pass for a new one.
        unsafe { SetLastError(ERROR_SUCCESS) };
        let answered = told(ask(buffer.as_mut_ptr().cast::<u8>(), size, &raw mut needed));
        match answered {
            Ok(()) => return Ok(buffer),
            Err(error) if is(&error, ERROR_INSUFFICIENT_BUFFER) => {
                let words = usize::try_from(needed).map_err(io::Error::other)?.div_ceil(size_of::<u64>());
                buffer = vec![0; words];
            }
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::OutOfMemory.into())
}

fn bytes_of(buffer: &[u64]) -> Vec<u8> {
    buffer.iter().flat_map(|word| word.to_ne_bytes()).collect()
}

/// The number that stands at this place of an answer.
fn number(buffer: &[u64], at: usize) -> io::Result<u32> {
    let bytes = bytes_of(buffer);
    let four = bytes.get(at..at + size_of::<u32>()).ok_or(io::ErrorKind::UnexpectedEof)?;
    four.try_into().map(u32::from_ne_bytes).map_err(io::Error::other)
}

fn told(answer: BOOL) -> io::Result<()> {
    if answer == 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

fn is(error: &io::Error, number: u32) -> bool {
    error.raw_os_error().and_then(|own| u32::try_from(own).ok()) == Some(number)
}

/// As the system reads words: in pairs of bytes, with a NUL at the end.
fn wide(text: &str) -> Vec<u16> {
    text.encode_utf16().chain([0]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn the_queues_of_this_computer_can_be_listed_and_opened() {
        for queue in queues().unwrap() {
            let open = Winspool.open(&queue).unwrap();
            open.state().unwrap();
            assert_eq!(open.job(u32::MAX).unwrap(), None, "{queue} has no such job");
        }
    }

    #[tokio::test]
    async fn a_queue_that_is_not_there_takes_nothing() {
        let mut spool = Spool::new("no such queue".into());
        let patience = Duration::from_secs(30);
        let broke = spool.print(vec![b'x'; 100], patience).await.unwrap_err();
        assert_eq!(broke.bytes_accepted, Some(0));
        assert_eq!(broke.cause, fastops_domain::job::Cause::Misconfigured, "{:?}", broke.source);
        assert!(!spool.state(patience).await.answered);
    }

    /// `FASTOPS_QUEUE=<queue>` puts a line on its paper.
    #[tokio::test]
    async fn a_job_goes_through_a_queue_of_this_computer() {
        let Ok(queue) = std::env::var("FASTOPS_QUEUE") else { return };
        let patience = Duration::from_secs(60);
        let mut spool = Spool::new(queue);
        let status = spool.state(patience).await;
        assert!(status.answered);
        spool.print(b"FastOps\r\n\x1DVB\x00".to_vec(), patience).await.unwrap();
        assert_eq!(spool.fate(Some(patience)).await, crate::link::Proof::Unconfirmed, "{status:?}");
    }

    #[tokio::test]
    async fn a_socket_can_be_told_to_acknowledge() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let stream = tokio::net::TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        // Where the system does not know it, it says so and the socket is as good as before.
        let _ = acknowledge_at_once(&stream);
        stream.writable().await.unwrap();
    }
}
