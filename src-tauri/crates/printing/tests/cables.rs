//! The same promises on a serial line and a device file as on a socket: a printer at the far end of a
//! pseudo-terminal, and lines that hang, stop and end.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use fastops_domain::job::Cause;
use fastops_domain::station::{PrinterAddress, PrinterProfile, ProofLevel};
use fastops_domain::time::LocalTime;
use fastops_domain::user::Language;
use fastops_printer_sim::{Condition, Model, SerialFlow, Simulator, SimulatorConfig};
use fastops_printing::{Deadlines, Encoded, Link, Proof, Stamp, probe, test_page};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

const GENEROUS: Duration = Duration::from_mins(1);

fn patient() -> Deadlines {
    let never = 10 * 60_000;
    Deadlines {
        connect_ms: 20_000,
        status_ms: 20_000,
        progress_ms: 20_000,
        proof_base_ms: never,
        proof_longest_ms: never,
        watch_ms: 50,
        ..Deadlines::default()
    }
}

/// Short for what is waited out in vain.
fn short() -> Deadlines {
    Deadlines {
        connect_ms: 3_000,
        progress_ms: 400,
        proof_base_ms: 500,
        watch_ms: 50,
        ..Deadlines::default()
    }
}

async fn printer(flow: SerialFlow, change: impl FnOnce(&mut SimulatorConfig)) -> (Simulator, String) {
    let mut config = SimulatorConfig::instant("Cocina", Arc::new(|| 0));
    change(&mut config);
    let (simulator, device) = Simulator::start_serial(config, flow).await.unwrap();
    (simulator, device.to_str().unwrap().to_owned())
}

/// A pseudo-terminal has no wires for flow control, so the line is asked for characters or for nothing.
fn serial(device: &str, flow: &str) -> PrinterAddress {
    format!("serial:{device}?baud=115200&flow={flow}").parse().unwrap()
}

fn file(device: impl AsRef<Path>) -> PrinterAddress {
    format!("file:{}", device.as_ref().display()).parse().unwrap()
}

fn page(proof: ProofLevel) -> Encoded {
    let printed_at = LocalTime { year: 2026, month: 3, day: 7, hour: 19, minute: 5, second: 9 };
    let stamp =
        Stamp { printed_at, language: Language::Es, copy: 0, possible_duplicate: false, backup: false };
    test_page("Cocina", &PrinterProfile { proof, ..PrinterProfile::default() }, &stamp).unwrap()
}

/// Every way to the printer at the end of a pseudo-terminal.
fn ways(device: &str) -> [PrinterAddress; 3] {
    [serial(device, "none"), serial(device, "software"), file(device)]
}

#[tokio::test]
async fn a_printer_on_a_cable_is_probed_and_proves_its_paper() {
    let (printer, device) = printer(SerialFlow::Software, |_| {}).await;
    let page = page(ProofLevel::ProcessId);
    for (address, printed) in ways(&device).iter().zip(1..) {
        let found = timeout(GENEROUS, probe(address, &patient())).await.unwrap().unwrap();
        assert_eq!(found.proof, Some(ProofLevel::ProcessId), "{address}");
        let mut link = Link::open(address, &patient()).await.unwrap();
        let status = link.status().await.unwrap();
        assert!(status.answered, "{address}: {:02x?}", printer.received_bytes());
        link.send(&page.bytes).await.unwrap();
        let proof = timeout(GENEROUS, link.prove(page.paper_mm, ProofLevel::ProcessId)).await.unwrap();
        assert_eq!(proof, Proof::Printed, "{address}");
        assert_eq!(printer.slips().len(), printed, "the proof came after the paper");
        link.close().await;
    }
}

#[tokio::test]
async fn paper_that_ends_midway_is_proved_late() {
    let (printer, device) = printer(SerialFlow::Software, |config| config.model = Model::epson_80mm()).await;
    let page = page(ProofLevel::Fence);
    for address in ways(&device) {
        printer.reset_log();
        printer.set(Condition::PaperRunsOut { after_mm: 20 });
        let mut link = Link::open(&address, &patient()).await.unwrap();
        link.status().await.unwrap();
        link.send(&page.bytes).await.unwrap();
        let mut proof = timeout(GENEROUS, link.prove(page.paper_mm, ProofLevel::Fence)).await.unwrap();
        assert_eq!(proof, Proof::Waiting(Cause::PaperOut), "{address}");
        printer.set(Condition::Ready);
        while let Proof::Waiting(_) = proof {
            proof = timeout(GENEROUS, link.prove_again()).await.unwrap();
        }
        assert_eq!((proof, printer.slips().len()), (Proof::Printed, 1), "{address}");
        link.close().await;
    }
}

/// A ticket far longer than the printer's buffer arrives whole: the line stops and goes on, by XOFF and XON or
/// because nobody reads.
#[tokio::test]
async fn a_full_buffer_stops_the_line_and_loses_nothing() {
    let (printer, device) = printer(SerialFlow::Software, |config| {
        config.model.speed = fastops_printer_sim::Speed::MmPerSecond(4_000);
    })
    .await;
    let mut job = Vec::new();
    for row in 0..2_000 {
        job.extend_from_slice(format!("row {row:05} of the long ticket\n").as_bytes());
    }
    job.extend_from_slice(b"\x1DVB\x00");
    let mut link = Link::open(&serial(&device, "software"), &patient()).await.unwrap();
    timeout(GENEROUS, link.send(&job)).await.unwrap().unwrap();
    assert_eq!(timeout(GENEROUS, link.prove(0, ProofLevel::Fence)).await.unwrap(), Proof::Printed);
    let slip = printer.slips().last().cloned().unwrap();
    assert_eq!(slip.lines().count(), 2_000);
    assert_eq!(slip.unknown_commands, Vec::<Vec<u8>>::new());
}

/// A printer that takes some bytes and then none: the count is told, no ticket is ever proved, and the core goes
/// on meanwhile.
#[tokio::test]
async fn a_printer_that_stops_reading_is_given_up_and_stalls_nobody() {
    let (printer, device) = printer(SerialFlow::Hardware, |_| {}).await;
    for address in ways(&device) {
        printer.set(Condition::Ready);
        printer.reset_log();
        printer.set(Condition::Stalled { after_bytes: 3_000 });
        let mut link = Link::open(&address, &short()).await.unwrap();
        let job = vec![b'x'; 1024 * 1024];
        let mut beats = 0;
        let broke = {
            let sending = link.send(&job);
            tokio::pin!(sending);
            loop {
                tokio::select! {
                    sent = &mut sending => break sent.unwrap_err(),
                    () = tokio::time::sleep(Duration::from_millis(10)) => beats += 1,
                }
            }
        };
        let accepted = broke.bytes_accepted.unwrap();
        assert_eq!(broke.cause, Cause::NoProgress, "{address}");
        assert!(accepted >= printer.received_total() && accepted < job.len() as u64, "{address}: {accepted}");
        assert_eq!(printer.received_total(), 3_000, "{address}");
        assert!(beats > 5, "the runtime's one thread was held: {beats} beats");
        drop(link);
        // What the line holds comes out when the printer works again, and the device is free.
        printer.set(Condition::Ready);
        let again = timeout(GENEROUS, Link::open(&address, &patient())).await.unwrap();
        again.unwrap().close().await;
    }
}

/// XOFF from the first byte: nothing was taken, and the count says so exactly.
#[tokio::test]
async fn a_line_that_is_stopped_from_the_start_takes_nothing() {
    let (printer, device) = printer(SerialFlow::Software, |_| {}).await;
    printer.set(Condition::Stalled { after_bytes: 100 });
    let mut link = Link::open(&serial(&device, "software"), &short()).await.unwrap();
    // The printer asks for a stop at once, since it has room for a hundred bytes only.
    let mut accepted = Vec::new();
    for _ in 0..3 {
        let broke = link.send(&vec![b'x'; 64 * 1024]).await.unwrap_err();
        assert_eq!(broke.cause, Cause::NoProgress);
        accepted.push(broke.bytes_accepted.unwrap());
    }
    assert_eq!(accepted[1..], [0, 0], "what was taken at first: {}", accepted[0]);
    assert!(!link.status().await.unwrap().answered, "a question waits for no room");
}

#[tokio::test]
async fn a_cable_that_is_pulled_loses_the_link_and_can_be_opened_again() {
    let (gone, device) = printer(SerialFlow::Software, |_| {}).await;
    for address in [serial(&device, "software"), file(&device)] {
        let mut link = Link::open(&address, &patient()).await.unwrap();
        let status = link.status().await.unwrap();
        assert!(status.answered, "{address}: {:02x?}", gone.received_bytes());
        link.close().await;
    }
    let mut link = Link::open(&serial(&device, "software"), &patient()).await.unwrap();
    assert!(link.status().await.unwrap().answered, "{:02x?}", gone.received_bytes());
    gone.stop().await;
    let lost = timeout(GENEROUS, link.changed()).await.unwrap().unwrap_err();
    assert_eq!(lost.cause, Cause::LinkLost);
    let broke = link.send(b"x\n").await.unwrap_err();
    assert_eq!((broke.cause, broke.bytes_accepted), (Cause::LinkLost, Some(0)));
    drop(link);
    let trouble = Link::open(&serial(&device, "software"), &short()).await.unwrap_err();
    assert_eq!(trouble.cause, Cause::Unreachable, "{:?}", trouble.source);
}

#[tokio::test]
async fn a_line_has_one_owner() {
    let (_printer, device) = printer(SerialFlow::Software, |_| {}).await;
    let address = serial(&device, "software");
    let first = Link::open(&address, &patient()).await.unwrap();
    let second = Link::open(&address, &short()).await.unwrap_err();
    assert_eq!(second.cause, Cause::Busy);
    drop(first);
    Link::open(&address, &patient()).await.unwrap().close().await;
    // Another program has it.
    let file = std::fs::File::open(&device).unwrap();
    file.lock().unwrap();
    let third = timeout(GENEROUS, Link::open(&address, &short())).await.unwrap().unwrap_err();
    assert_eq!(third.cause, Cause::Busy, "{:?}", third.source);
}

#[tokio::test]
async fn what_is_no_printer_is_refused_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let common = folder.path().join("ticket");
    std::fs::write(&common, "keep me").unwrap();
    let cases = [
        (file(&common), Cause::Misconfigured),
        (file(folder.path()), Cause::Misconfigured),
        (file(folder.path().join("lp0")), Cause::Unreachable),
        (serial("/nowhere/ttyUSB0", "none"), Cause::Unreachable),
        ("usb:ffff:ffff".parse().unwrap(), Cause::Unreachable),
    ];
    for (address, cause) in cases {
        let trouble = Link::open(&address, &short()).await.unwrap_err();
        assert_eq!(trouble.cause, cause, "{address}: {:?}", trouble.source);
    }
    assert_eq!(std::fs::read_to_string(common).unwrap(), "keep me");
}
