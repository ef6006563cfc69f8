//! From a ticket to its bytes, and from a job to its last byte and its proof, without the queue.

use crate::wire::{Failure, FailureCode};
use fastops_domain::ids::LineId;
use fastops_domain::order::OrderType;
use fastops_domain::station::{PrinterAddress, PrinterProfile, ProofLevel};
use fastops_domain::ticket::{TicketContent, TicketKind, TicketLine};
use fastops_domain::time::LocalTime;
use fastops_domain::user::Language;
use fastops_printing::encode::Sheet;
use fastops_printing::{Deadlines, Encoded, Link, Proof, Stamp, folder, kitchen_ticket, pdf};
use std::fmt::Write as _;
use std::hint::black_box;
use std::path::Path;
use tokio::time::{Duration, Instant, sleep};
use uuid::Uuid;

/// What a kitchen makes, as many lines as a large table orders.
const DISHES: [&str; 12] = [
    "Ajiaco santafereño",
    "Bandeja paisa",
    "Sobrebarriga en salsa criolla",
    "Trucha al ajillo",
    "Mojarra frita con patacón",
    "Sancocho de gallina",
    "Lechona tolimense",
    "Arroz con coco",
    "Cazuela de mariscos",
    "Posta negra cartagenera",
    "Tamal de mazorca",
    "Caldo de costilla",
];
/// A name that no page of a printer has, so that its row is drawn.
const DRAWN: &str = "Борщ по-украински";
/// After it was let go of, a cable is free within this.
const LET_GO: Duration = Duration::from_millis(300);

/// How long a ticket of twelve lines takes to be written, each the median of many.
#[derive(Clone, Copy, Debug)]
pub struct Encoding {
    /// All of it as text.
    pub text: Duration,
    /// One of its rows drawn.
    pub drawn: Duration,
    /// The same words written one after the other, without anything that a printer needs.
    pub plain: Duration,
    pub text_bytes: usize,
    pub drawn_bytes: usize,
}

/// How long jobs took over one cable.
#[derive(Clone, Debug, Default)]
pub struct Passages {
    /// To the last byte, the cable opened anew.
    pub opened: Vec<Duration>,
    /// To the last byte, the cable open still.
    pub kept: Vec<Duration>,
    /// From the last byte to the proof.
    pub proof: Vec<Duration>,
}

/// What goes over a cable when a ticket of twelve lines does.
pub fn ticket_bytes() -> Result<Vec<u8>, Failure> {
    Ok(written(&ticket(None), ProofLevel::Fence)?.bytes)
}

/// Writes tickets again and again.
pub fn encoding(runs: usize) -> Result<Encoding, Failure> {
    let (text, drawn) = (ticket(None), ticket(Some(DRAWN)));
    let (text_bytes, drawn_bytes) =
        (written(&text, ProofLevel::Fence)?.bytes.len(), written(&drawn, ProofLevel::Fence)?.bytes.len());
    let timed = |content: &TicketContent| {
        let run = || written(black_box(content), ProofLevel::Fence).map(|encoded| drop(black_box(encoded)));
        median(runs, run)
    };
    Ok(Encoding {
        text: timed(&text)?,
        drawn: timed(&drawn)?,
        plain: median(runs, || {
            black_box(plain(black_box(&text)));
            Ok(())
        })?,
        text_bytes,
        drawn_bytes,
    })
}

/// Sends the ticket over a cable, `runs` times with the cable opened anew and as often with it open still.
pub async fn passages(address: &str, level: ProofLevel, runs: usize) -> Result<Passages, Failure> {
    let address: PrinterAddress = address.parse().map_err(|_| failed("misconfigured"))?;
    let (deadlines, encoded) = (Deadlines::default(), written(&ticket(None), level)?);
    let mut passages = Passages::default();
    for _ in 0..runs {
        let began = Instant::now();
        let mut link = open(&address, &deadlines).await?;
        passages.opened.push(handed_over(&mut link, &encoded, began).await?);
        passages.proof.push(proved(&mut link, &encoded, level).await?);
        link.close().await;
        sleep(LET_GO).await;
    }
    let mut link = open(&address, &deadlines).await?;
    for _ in 0..runs {
        let began = Instant::now();
        passages.kept.push(handed_over(&mut link, &encoded, began).await?);
        passages.proof.push(proved(&mut link, &encoded, level).await?);
    }
    link.close().await;
    Ok(passages)
}

/// Lays the same ticket out as a page and puts it into a folder, as often; gives how large the page is, too.
pub async fn folder_passages(folder: &Path, runs: usize) -> Result<(Vec<Duration>, usize), Failure> {
    let (content, stamp) = (ticket(None), stamp());
    let (path, mut times, mut bytes) = (folder.display().to_string(), Vec::with_capacity(runs), 0);
    for run in 0..runs {
        let began = Instant::now();
        let sheet =
            Sheet::of(&content, &stamp, stamp.printed_at).map_err(|error| failed(error.cause().code()))?;
        let page = pdf::pages(&sheet);
        bytes = page.len();
        let name = format!("{run}-{}", sheet.file_name);
        folder::put(&path, &run.to_string(), &name, page)
            .await
            .map_err(|broke| failed(broke.cause.code()))?;
        times.push(began.elapsed());
    }
    Ok((times, bytes))
}

async fn open(address: &PrinterAddress, deadlines: &Deadlines) -> Result<Link, Failure> {
    Link::open(address, deadlines).await.map_err(|trouble| failed(trouble.cause.code()))
}

/// Asks how the printer is and hands the job over, as a lane does.
async fn handed_over(link: &mut Link, encoded: &Encoded, began: Instant) -> Result<Duration, Failure> {
    let status = link.status().await.map_err(|trouble| failed(trouble.cause.code()))?;
    if let Some(cause) = status.obstruction() {
        return Err(failed(cause.code()));
    }
    link.send(&encoded.bytes).await.map_err(|broke| failed(broke.cause.code()))?;
    Ok(began.elapsed())
}

async fn proved(link: &mut Link, encoded: &Encoded, level: ProofLevel) -> Result<Duration, Failure> {
    let began = Instant::now();
    match link.prove(encoded.paper_mm, level).await {
        Proof::Printed | Proof::Unconfirmed => Ok(began.elapsed()),
        Proof::Waiting(cause) | Proof::Lost(cause) => Err(failed(cause.code())),
    }
}

fn failed(cause: &str) -> Failure {
    Failure { code: FailureCode::BadPrinter, message: format!("the ticket did not pass: {cause}") }
}

fn written(content: &TicketContent, proof: ProofLevel) -> Result<Encoded, Failure> {
    let profile = PrinterProfile { proof, ..PrinterProfile::default() };
    kitchen_ticket(content, &stamp(), &profile).map_err(|error| failed(error.cause().code()))
}

const fn stamp() -> Stamp {
    Stamp {
        printed_at: LocalTime { year: 2026, month: 3, day: 7, hour: 19, minute: 5, second: 9 },
        language: Language::Es,
        copy: 0,
        possible_duplicate: false,
        backup: false,
    }
}

/// Twelve lines, a third of them with an answer and one with a note; the first may be called otherwise.
fn ticket(first: Option<&str>) -> TicketContent {
    let line = |(place, name): (usize, &&str)| TicketLine {
        line: LineId(Uuid::from_u128(place as u128 + 1)),
        product: None,
        quantity: 1 + i64::from(place % 4 == 1),
        name: first.filter(|_| place == 0).unwrap_or(name).to_owned(),
        modifiers: if place % 3 == 0 { vec!["Sin cebolla".into(), "+ Aguacate".into()] } else { Vec::new() },
        combo: None,
        note: (place == 5).then(|| "bien caliente, por favor".into()),
        allergy: None,
        course: 1,
        seat: None,
        voided: false,
        void_reason: None,
    };
    TicketContent {
        kind: TicketKind::New,
        station: "Cocina".into(),
        number: 87,
        order_number: 143,
        order_type: OrderType::DineIn,
        table: Some("12".into()),
        room: Some("Terraza".into()),
        customer: None,
        covers: Some(8),
        waiter: "Ana María".into(),
        terminal: "Tableta 3".into(),
        note: None,
        urgent: false,
        preparation_minutes: 15,
        lines: DISHES.iter().enumerate().map(line).collect(),
        fired: None,
        promised: None,
        moved: None,
    }
}

fn plain(content: &TicketContent) -> String {
    let mut text = String::new();
    // Writing into a string cannot fail.
    let _ = writeln!(text, "{} {} {}", content.station, content.number, content.waiter);
    for line in &content.lines {
        let _ = writeln!(text, "{} × {}", line.quantity, line.name);
        for modifier in &line.modifiers {
            let _ = writeln!(text, "   {modifier}");
        }
    }
    text
}

fn median(runs: usize, mut run: impl FnMut() -> Result<(), Failure>) -> Result<Duration, Failure> {
    let mut times = Vec::with_capacity(runs);
    for _ in 0..runs {
        let began = Instant::now();
        run()?;
        times.push(began.elapsed());
    }
    times.sort_unstable();
    Ok(times.get(times.len() / 2).copied().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ticket_has_twelve_lines_and_only_the_foreign_name_is_drawn() {
        let content = ticket(None);
        assert_eq!(content.lines.len(), 12);
        let (text, drawn) =
            (ticket_bytes().unwrap(), written(&ticket(Some(DRAWN)), ProofLevel::Fence).unwrap().bytes);
        let raster = |bytes: &[u8]| bytes.windows(3).filter(|window| *window == b"\x1Dv0").count();
        assert_eq!(raster(&text), 0);
        assert!(raster(&drawn) > 0 && drawn.len() > text.len(), "{} {}", text.len(), drawn.len());
        let encoding = encoding(3).unwrap();
        assert_eq!((encoding.text_bytes, encoding.drawn_bytes), (text.len(), drawn.len()));
        assert!(plain(&content).lines().count() > 12);
    }
}
