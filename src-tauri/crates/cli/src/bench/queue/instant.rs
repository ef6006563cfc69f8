//! Printers that print in no time: they take every byte, answer every question at once and keep nothing, so that what
//! is measured is the engine.

use std::net::SocketAddr;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::Instant;

/// The answer to `DLE EOT`: all is well.
const WELL: u8 = 0b0001_0010;
const DLE: u8 = 0x10;
const GS: u8 = 0x1D;
/// `GS ( H`, function 48: what comes before the job's own mark.
const MARK: [u8; 7] = [GS, b'(', b'H', 6, 0, 48, 48];
/// Bytes of a job's mark.
const OWN: usize = 4;

/// Some of them, gone when dropped.
#[derive(Debug)]
pub(super) struct InstantPrinters {
    addresses: Vec<SocketAddr>,
    _listening: JoinSet<()>,
}

impl InstantPrinters {
    pub(super) async fn start(count: usize) -> std::io::Result<Self> {
        let (mut addresses, mut listening) = (Vec::with_capacity(count), JoinSet::new());
        for _ in 0..count {
            let listener = TcpListener::bind("127.0.0.1:0").await?;
            addresses.push(listener.local_addr()?);
            listening.spawn(async move {
                let mut serving = JoinSet::new();
                while let Ok((stream, _)) = listener.accept().await {
                    serving.spawn(serve(stream));
                }
            });
        }
        Ok(Self { addresses, _listening: listening })
    }

    pub(super) fn addresses(&self) -> Vec<String> {
        self.addresses.iter().map(|address| format!("tcp://{address}")).collect()
    }

    /// Questions and answers a second, `each` at every printer, all printers at once.
    pub(super) async fn round_trips_per_second(&self, each: u32) -> std::io::Result<f64> {
        let (began, mut asking) = (Instant::now(), JoinSet::new());
        for address in self.addresses.clone() {
            asking.spawn(async move {
                let mut stream = TcpStream::connect(address).await?;
                stream.set_nodelay(true)?;
                for _ in 0..each {
                    stream.write_all(&[DLE, 4, 1]).await?;
                    stream.read_u8().await?;
                }
                Ok::<(), std::io::Error>(())
            });
        }
        for asked in asking.join_all().await {
            asked?;
        }
        let all = f64::from(each) * f64::from(u32::try_from(self.addresses.len()).unwrap_or(0));
        Ok(all / began.elapsed().as_secs_f64())
    }
}

async fn serve(mut stream: TcpStream) {
    let (mut kept, mut answers) = (Vec::with_capacity(4096), Vec::new());
    // Without it small answers wait for the other side.
    let _ = stream.set_nodelay(true);
    while stream.read_buf(&mut kept).await.is_ok_and(|count| count > 0) {
        let done = answer(&kept, &mut answers);
        kept.drain(..done);
        if stream.write_all(&answers).await.is_err() {
            return;
        }
        answers.clear();
    }
}

/// Answers the questions in `bytes`; how many bytes were understood. The rest may be the beginning of a question.
fn answer(bytes: &[u8], answers: &mut Vec<u8>) -> usize {
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        let length = match rest {
            [DLE, 4, _, ..] => {
                answers.push(WELL);
                3
            }
            [GS, b'r', _, ..] => {
                answers.push(0);
                3
            }
            [DLE | GS] | [DLE, 4] | [GS, b'r'] => return at,
            [GS, ..] if rest.starts_with(&MARK) => {
                let Some(own) = rest.get(MARK.len()..MARK.len() + OWN) else { return at };
                answers.extend([0x37, 0x22]);
                answers.extend(own);
                answers.push(0);
                MARK.len() + OWN
            }
            [GS, ..] if MARK.starts_with(rest) => return at,
            _ => 1,
        };
        at += length;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_are_answered_wherever_the_stream_is_cut() {
        let stream = [b"ab\x10\x04\x01c\x1D(H\x06\x0000wxyz".as_slice(), b"\x1Dr\x01\x1DV\x42\x00"].concat();
        let expected = [&[WELL, 0x37, 0x22][..], b"wxyz", &[0, 0]].concat();
        for cut in 0..=stream.len() {
            let (mut answers, mut kept) = (Vec::new(), stream[..cut].to_vec());
            let done = answer(&kept, &mut answers);
            kept.drain(..done);
            kept.extend(&stream[cut..]);
            let done = answer(&kept, &mut answers);
            assert_eq!((answers, done), (expected.clone(), kept.len()), "cut at {cut}");
        }
    }
}
