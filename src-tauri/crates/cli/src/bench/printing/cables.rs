//! From a job to its last byte, and from there to its proof, over each cable, beside the same bytes written by hand.
//!
//! The paper moves in no time, so that what is measured is the cable and the proof.

use crate::bench::Figure;
use crate::bench::latency::Latencies;
use crate::exit::Stop;
use fastops_app::bench::{Passages, ProofLevel, folder_passages, passages, ticket_bytes};
use fastops_printer_sim::{Simulator, SimulatorConfig};
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Duration, Instant};

/// What a printer on a free connection says to the bare question.
const ANSWER: u8 = 0x12;

pub(super) async fn cables(folder: &Path, runs: usize) -> Result<Vec<Figure>, Stop> {
    let mut figures = tcp(runs).await?;
    #[cfg(unix)]
    for (name, address) in [("serial", "serial:{}?baud=115200&flow=software"), ("file", "file:{}")] {
        figures.extend(line(name, address, runs).await?);
    }
    figures.extend(pages(folder, runs).await?);
    Ok(figures)
}

async fn tcp(runs: usize) -> Result<Vec<Figure>, Stop> {
    let printer = Simulator::start(printer("Cocina")).await.map_err(|error| broken(&error))?;
    let address = format!("tcp://{}", printer.addr());
    let mut figures = over("tcp", &address, runs).await?;
    let marked = passages(&address, ProofLevel::ProcessId, runs).await?.proof;
    let mark = Latencies::new(marked);
    figures.push(proof("tcp", "proof_mark_ms", "prueba por marca, p50", "proof by a mark, p50", &mark));
    printer.stop().await;
    let (written, asked) = bare(runs).await.map_err(|error| broken(&error))?;
    figures.extend([
        Figure::new(
            "tcp",
            "bare_written_ms",
            "conectar y escribir a secas, p50",
            "bare connect and write, p50",
            Latencies::new(written).percentile(50),
            "ms",
        ),
        Figure::new(
            "tcp",
            "bare_asked_ms",
            "pregunta y respuesta a secas, p50",
            "bare question and answer, p50",
            Latencies::new(asked).percentile(50),
            "ms",
        ),
    ]);
    Ok(figures)
}

/// A printer at the end of a pseudo-terminal; `address` says as what it is opened.
#[cfg(unix)]
async fn line(name: &'static str, address: &str, runs: usize) -> Result<Vec<Figure>, Stop> {
    let flow = fastops_printer_sim::SerialFlow::Software;
    let (printer, device) =
        Simulator::start_serial(printer(name), flow).await.map_err(|error| broken(&error))?;
    let figures = over(name, &address.replace("{}", &device.display().to_string()), runs).await;
    printer.stop().await;
    figures
}

async fn over(name: &'static str, address: &str, runs: usize) -> Result<Vec<Figure>, Stop> {
    let Passages { opened, kept, proof: proved } = passages(address, ProofLevel::Fence, runs).await?;
    let (opened, kept) = (Latencies::new(opened), Latencies::new(kept));
    let figure = |key, es, en, times: &Latencies| Figure::new(name, key, es, en, times.percentile(50), "ms");
    Ok(vec![
        figure(
            "last_byte_opened_ms",
            "de trabajo a último byte, cable recién abierto, p50",
            "job → last byte, cable just opened, p50",
            &opened,
        ),
        figure(
            "last_byte_kept_ms",
            "de trabajo a último byte, cable abierto, p50",
            "job → last byte, cable open, p50",
            &kept,
        ),
        proof(
            name,
            "proof_fence_ms",
            "prueba por orden, p50",
            "proof by order, p50",
            &Latencies::new(proved),
        ),
    ])
}

fn proof(
    name: &'static str,
    key: &'static str,
    es: &'static str,
    en: &'static str,
    times: &Latencies,
) -> Figure {
    Figure::new(name, key, es, en, times.percentile(50), "ms")
}

/// A page in a folder, beside as many bytes written and synced by hand.
async fn pages(folder: &Path, runs: usize) -> Result<Vec<Figure>, Stop> {
    std::fs::create_dir_all(folder).map_err(|error| broken(&error))?;
    let (times, bytes) = folder_passages(folder, runs).await?;
    let by_hand = by_hand(folder, bytes, runs).map_err(|error| broken(&error))?;
    let figure =
        |key, es, en, times| Figure::new("folder", key, es, en, Latencies::new(times).percentile(50), "ms");
    Ok(vec![
        figure(
            "page_ms",
            "de trabajo a página entera en la carpeta, p50",
            "job → whole page in the folder, p50",
            times,
        ),
        figure(
            "bare_page_ms",
            "esos bytes a secas, sincronizados, p50",
            "those bytes bare, synced, p50",
            by_hand,
        ),
    ])
}

fn by_hand(folder: &Path, bytes: usize, runs: usize) -> std::io::Result<Vec<Duration>> {
    let page = vec![b' '; bytes];
    let mut times = Vec::with_capacity(runs);
    for run in 0..runs {
        let began = Instant::now();
        let mut file = std::fs::File::create(folder.join(format!("bare-{run}")))?;
        file.write_all(&page)?;
        file.sync_all()?;
        times.push(began.elapsed());
    }
    Ok(times)
}

fn printer(name: &str) -> SimulatorConfig {
    SimulatorConfig::instant(name, Arc::new(crate::clock::now_ms))
}

/// The same bytes over a connection of their own, and a byte there and back.
async fn bare(runs: usize) -> Result<(Vec<Duration>, Vec<Duration>), std::io::Error> {
    let bytes = ticket_bytes().map_err(std::io::Error::other)?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let (address, expected) = (listener.local_addr()?, bytes.len());
    let peer = tokio::spawn(async move {
        for _ in 0..runs {
            let (mut stream, _) = listener.accept().await?;
            let mut taken = vec![0; expected];
            stream.read_exact(&mut taken).await?;
            stream.read_u8().await?;
            stream.write_u8(ANSWER).await?;
        }
        Ok::<(), std::io::Error>(())
    });
    let (mut written, mut asked) = (Vec::with_capacity(runs), Vec::with_capacity(runs));
    for _ in 0..runs {
        let began = Instant::now();
        let mut stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        stream.write_all(&bytes).await?;
        written.push(began.elapsed());
        let began = Instant::now();
        stream.write_u8(1).await?;
        stream.read_u8().await?;
        asked.push(began.elapsed());
    }
    peer.await.map_err(std::io::Error::other)??;
    Ok((written, asked))
}

fn broken(error: &std::io::Error) -> Stop {
    Stop::failure(error.to_string())
}
