//! From the answer to the waiter to the first byte at an idle printer, beside what a bare connection and its first byte
//! take.

use crate::bench::latency::Latencies;
use crate::bench::{Figure, Site, first_byte};
use crate::exit::Stop;
use fastops_app::Database;
use fastops_printer_sim::Speed;
use std::path::Path;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Duration, Instant};

const ENGINE: &str = "sqlite";
const ROUNDS: usize = 200;

pub(super) async fn first_byte_at_idle(folder: &Path) -> Result<Vec<Figure>, Stop> {
    let (site, _) = Site::open(folder, Database::Folder, Speed::Instant).await?;
    let mut figures = first_byte(&site).await?;
    site.close().await;
    let bare = Latencies::new(bare().await.map_err(|error| Stop::failure(error.to_string()))?);
    let figure = |key, es, en, value, unit| Figure::new(ENGINE, key, es, en, value, unit);
    let p50 = figures.first().map_or(0.0, Figure::value);
    figures.extend([
        figure(
            "queue_bare_tcp_p50_ms",
            "TCP a secas: conectar, escribir, leer, p50",
            "bare TCP: connect, write, read, p50",
            bare.percentile(50),
            "ms",
        ),
        figure(
            "queue_bare_tcp_p95_ms",
            "TCP a secas: conectar, escribir, leer, p95",
            "bare TCP: connect, write, read, p95",
            bare.percentile(95),
            "ms",
        ),
        figure(
            "queue_first_byte_ratio",
            "primer byte / TCP a secas, p50",
            "first byte / bare TCP, p50",
            p50 / bare.percentile(50).max(f64::MIN_POSITIVE),
            "",
        ),
    ]);
    Ok(figures)
}

/// A connection, a byte there and a byte back, again and again.
async fn bare() -> std::io::Result<Vec<Duration>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let echo = tokio::spawn(async move {
        for _ in 0..ROUNDS {
            let (mut stream, _) = listener.accept().await?;
            let byte = stream.read_u8().await?;
            stream.write_u8(byte).await?;
        }
        Ok::<(), std::io::Error>(())
    });
    let mut times = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let began = Instant::now();
        let mut stream = TcpStream::connect(address).await?;
        stream.write_u8(1).await?;
        stream.read_u8().await?;
        times.push(began.elapsed());
    }
    echo.await.map_err(std::io::Error::other)??;
    Ok(times)
}
