//! What is waited for and for how long: slow paper, slow lines, and answers that belong to an earlier link.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use fastops_domain::job::Cause;
use fastops_domain::station::{PrinterAddress, ProofLevel};
use fastops_printer_sim::{Condition, Model, SerialFlow, Simulator, SimulatorConfig, Speed};
use fastops_printing::models::{models, pace};
use fastops_printing::{Deadlines, Link, Proof, probe};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

const GENEROUS: Duration = Duration::from_mins(1);
const ROW: &str = "una fila del tiquete largo\n";

/// Rows of text and a cut, and the paper that they take.
fn ticket(rows: u32) -> (Vec<u8>, u32) {
    let mut bytes = b"\x1B@".to_vec();
    (0..rows).for_each(|_| bytes.extend_from_slice(ROW.as_bytes()));
    bytes.extend_from_slice(b"\x1DVB\x00");
    (bytes, rows * 4)
}

fn short() -> Deadlines {
    Deadlines { connect_ms: 20_000, proof_base_ms: 500, ..Deadlines::default() }
}

async fn tcp(config: SimulatorConfig) -> (Simulator, PrinterAddress) {
    let printer = Simulator::start(config).await.unwrap();
    let address = format!("tcp://{}", printer.addr()).parse().unwrap();
    (printer, address)
}

/// A cable of its own name: those of the system's lines are used again, and what is owed is remembered by name.
async fn cable(config: SimulatorConfig, address: impl Fn(&str) -> String) -> (Simulator, PrinterAddress) {
    let (printer, device) = Simulator::start_serial(config, SerialFlow::Hardware).await.unwrap();
    let name = tempfile::tempdir().unwrap().keep().join("line");
    std::os::unix::fs::symlink(device, &name).unwrap();
    (printer, address(name.to_str().unwrap()).parse().unwrap())
}

async fn serial(config: SimulatorConfig, baud: u32) -> (Simulator, PrinterAddress) {
    cable(config, |name| format!("serial:{name}?baud={baud}&flow=none")).await
}

async fn file(config: SimulatorConfig) -> (Simulator, PrinterAddress) {
    cable(config, |name| format!("file:{name}")).await
}

fn instant() -> SimulatorConfig {
    SimulatorConfig::instant("Cocina", Arc::new(|| 0))
}

async fn prove(link: &mut Link, paper_mm: u32) -> Proof {
    timeout(GENEROUS, link.prove(paper_mm, ProofLevel::Fence)).await.unwrap()
}

/// A printer that strikes its letters takes five seconds for a ticket of a hand's length, whatever the cable.
#[tokio::test]
async fn slow_paper_is_waited_for_as_long_as_its_model_takes() {
    let known = models(None).unwrap();
    let struck = known.iter().find(|model| model.key == "epson-tm-u220b").unwrap();
    let pace = pace(&known, &struck.profile(ProofLevel::Fence).unwrap()).unwrap();
    let deadlines = Deadlines { paper_mm_per_s: pace.get().into(), ..short() };
    let ((first, wired), (second, serially)) = (tcp(instant()).await, serial(instant(), 115_200).await);
    let comes_out = |printer: Simulator, address: PrinterAddress| async move {
        printer.set(Condition::Slow);
        let mut link = Link::open(&address, &deadlines).await.unwrap();
        let (bytes, paper_mm) = ticket(25);
        link.send(&bytes).await.unwrap();
        let proof = prove(&mut link, paper_mm).await;
        assert_eq!((proof, printer.slips().len()), (Proof::Printed, 1), "{address}");
    };
    tokio::join!(comes_out(first, wired), comes_out(second, serially));
}

/// The system takes a whole ticket for a line at once; what is in the line is not on paper.
#[tokio::test]
async fn what_is_still_in_a_slow_line_is_waited_for() {
    // In truth four times as fast as it says, so that a busy machine is in time.
    let (printer, address) = serial(instant(), 1_200).await;
    printer.set(Condition::Drip { bytes_per_second: 480 });
    let mut link = Link::open(&address, &short()).await.unwrap();
    let (bytes, _) = ticket(50);
    link.send(&bytes).await.unwrap();
    assert!(printer.received_total() < 400, "the system took it, not the printer");
    assert_eq!(prove(&mut link, 0).await, Proof::Printed);
    assert_eq!(printer.slips().len(), 1);
}

/// A printer on a cable that owes the answer to a ticket of an earlier link, which is on paper.
async fn in_debt(cable: usize) -> (Simulator, PrinterAddress) {
    let mut config = instant();
    config.model.speed = Speed::MmPerSecond(40);
    let (printer, address) = if cable == 0 { serial(config, 115_200).await } else { file(config).await };
    printer.set(Condition::HoldsProof);
    let mut link = Link::open(&address, &Deadlines { paper_mm_per_s: 1_000, ..short() }).await.unwrap();
    link.send(&ticket(2).0).await.unwrap();
    assert_eq!(prove(&mut link, 8).await, Proof::Lost(Cause::NoProof));
    link.close().await;
    printer.wait_for_slips(1, GENEROUS).await.unwrap();
    (printer, address)
}

#[tokio::test]
async fn a_fence_of_an_earlier_link_proves_nothing_while_it_is_owed() {
    for cable in 0..2 {
        let (printer, address) = in_debt(cable).await;
        // The answer comes while the repeat is being printed, to a link that asked first and to one that did not.
        for (heard, slips) in [(true, 1), (false, 2)] {
            printer.set(Condition::HoldsProof);
            let hasty = Deadlines { paper_mm_per_s: 200, ..short() };
            let mut link = Link::open(&address, &hasty).await.unwrap();
            if heard {
                timeout(GENEROUS, link.hear_out(ProofLevel::Fence)).await.unwrap().unwrap();
            }
            let (bytes, paper_mm) = ticket(25);
            link.send(&bytes).await.unwrap();
            printer.set(Condition::Ready);
            assert_eq!(prove(&mut link, paper_mm).await, Proof::Lost(Cause::NoProof), "{address}");
            link.close().await;
            printer.wait_for_slips(slips + 1, GENEROUS).await.unwrap();
        }
    }
}

#[tokio::test]
async fn a_link_that_heard_the_printer_out_proves_its_own_job() {
    for cable in 0..2 {
        let (printer, address) = in_debt(cable).await;
        printer.set(Condition::Ready);
        for slips in 2..4 {
            let mut link = Link::open(&address, &short()).await.unwrap();
            timeout(GENEROUS, link.hear_out(ProofLevel::Fence)).await.unwrap().unwrap();
            let (bytes, paper_mm) = ticket(20);
            link.send(&bytes).await.unwrap();
            let proof = prove(&mut link, paper_mm).await;
            assert_eq!((proof, printer.slips().len()), (Proof::Printed, slips), "{address}");
            link.close().await;
        }
    }
}

#[tokio::test]
async fn the_probe_is_not_misled_by_what_an_earlier_link_is_owed() {
    let (printer, address) = in_debt(0).await;
    printer.set(Condition::Ready);
    let found = timeout(GENEROUS, probe(&address, &Deadlines { status_ms: 20_000, ..short() })).await;
    let found = found.unwrap().unwrap();
    assert_eq!(found.proof, Some(ProofLevel::ProcessId));
    assert_eq!(found.model_id.as_deref(), Some(Model::epson_80mm().product.as_str()));
}

/// Nothing is given up in these.
fn endless() -> Deadlines {
    let for_ever = 3_600_000;
    Deadlines {
        progress_ms: for_ever,
        proof_base_ms: for_ever,
        proof_longest_ms: for_ever,
        still_ms: 50,
        watch_ms: 50,
        ..Deadlines::default()
    }
}

async fn stands(still: &mut tokio::sync::watch::Receiver<bool>, wanted: bool) {
    timeout(GENEROUS, still.wait_for(|still| *still == wanted)).await.unwrap().unwrap();
}

/// A printer that hangs with a ticket is told of while the ticket is still being tried, and one that goes on as well.
#[tokio::test]
async fn a_printer_that_stands_still_is_told_of_before_its_ticket_is_given_up() {
    let (printer, address) = tcp(instant()).await;
    let mut link = Link::open(&address, &endless()).await.unwrap();
    let mut still = link.stands_still();
    assert!(link.status().await.unwrap().answered);
    printer.set(Condition::Stalled { after_bytes: 100 });
    let (bytes, paper_mm) = ticket(25);
    let tried = async {
        link.send(&bytes).await.unwrap();
        prove(&mut link, paper_mm).await
    };
    let watched = async {
        stands(&mut still, true).await;
        printer.set(Condition::Ready);
        stands(&mut still, false).await;
    };
    let (proof, ()) = tokio::join!(tried, watched);
    assert_eq!(proof, Proof::Printed);
}

/// More than the system holds for it: the printer takes no more in the middle of sending.
#[tokio::test]
async fn a_printer_that_takes_no_more_is_told_of_while_it_is_sent_to() {
    let (printer, address) = tcp(instant()).await;
    printer.set(Condition::Stalled { after_bytes: 1_000 });
    let mut link = Link::open(&address, &endless()).await.unwrap();
    let mut still = link.stands_still();
    let bytes = vec![b' '; 16 << 20];
    tokio::select! {
        sent = link.send(&bytes) => panic!("nobody took that much: {sent:?}"),
        () = stands(&mut still, true) => {}
    }
}
