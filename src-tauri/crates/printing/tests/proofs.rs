//! What printers can prove, found out without a trace on paper, and used.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use fastops_domain::job::Cause;
use fastops_domain::station::{PrinterAddress, PrinterProfile, ProofLevel};
use fastops_domain::time::LocalTime;
use fastops_domain::user::Language;
use fastops_printer_sim::paper::Block;
use fastops_printer_sim::{Answers, Condition, Model, ProcessIdSupport, Simulator, SimulatorConfig};
use fastops_printing::{Deadlines, Encoded, Link, Proof, Stamp, probe, test_page};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// No test waits this long unless it fails.
const GENEROUS: Duration = Duration::from_secs(30);

/// Short for what is waited out in vain.
fn deadlines() -> Deadlines {
    Deadlines { proof_base_ms: 1_000, watch_ms: 50, ..Deadlines::default() }
}

/// For a printer that answers.
fn patient() -> Deadlines {
    let never = 10 * 60_000;
    Deadlines {
        status_ms: 20_000,
        proof_base_ms: never,
        proof_longest_ms: never,
        watch_ms: 50,
        ..Deadlines::default()
    }
}

async fn printer(answers: Answers) -> Simulator {
    let mut config = SimulatorConfig::instant("Cocina", Arc::new(|| 0));
    config.model.answers = answers;
    Simulator::start(config).await.unwrap()
}

fn address(printer: &Simulator) -> PrinterAddress {
    PrinterAddress::Tcp { host: printer.addr().ip().to_string(), port: printer.addr().port() }
}

async fn link(printer: &Simulator, deadlines: &Deadlines) -> Link {
    Link::open(&address(printer), deadlines).await.unwrap()
}

fn page(proof: ProofLevel) -> Encoded {
    let printed_at = LocalTime { year: 2026, month: 3, day: 7, hour: 19, minute: 5, second: 9 };
    let stamp =
        Stamp { printed_at, language: Language::Es, copy: 0, possible_duplicate: false, backup: false };
    test_page("Cocina", &PrinterProfile { proof, ..PrinterProfile::default() }, &stamp).unwrap()
}

/// Asks again while someone has to act.
async fn settle(link: &mut Link, mut proof: Proof) -> Proof {
    while let Proof::Waiting(_) = proof {
        proof = link.prove_again().await;
    }
    proof
}

/// A firmware, and the strongest proof that it has.
fn firmwares() -> [(&'static str, Answers, ProofLevel); 7] {
    let junk = |answers| Answers { unknown_as_text: true, ..answers };
    [
        ("all", Answers::all(), ProofLevel::ProcessId),
        ("no process id", Answers::fence_only(), ProofLevel::Fence),
        (
            "process id as letters",
            Answers { process_id: ProcessIdSupport::PrintedAsJunk, ..Answers::all() },
            ProofLevel::Fence,
        ),
        ("state", Answers::state_only(), ProofLevel::State),
        ("state, questions as letters", junk(Answers::state_only()), ProofLevel::State),
        ("one way", Answers::none(), ProofLevel::None),
        ("one way, questions as letters", junk(Answers::none()), ProofLevel::None),
    ]
}

#[tokio::test]
async fn the_probe_finds_the_strongest_proof_and_leaves_no_ink() {
    for (name, answers, expected) in firmwares() {
        let printer = printer(answers).await;
        let found = probe(&address(&printer), &deadlines()).await.unwrap();
        assert_eq!(found.proof, Some(expected), "{name}");
        assert_eq!(found.model_id.as_deref(), answers.identity.then_some("TM-SIM80"), "{name}");
        assert_eq!(found.status.answered, answers.real_time[0], "{name}");
        // Whatever stands in the printer's line now comes out with the next line feed.
        let mut stream = TcpStream::connect(printer.addr()).await.unwrap();
        stream.write_all(b"\nend\n\x1DVB\x00").await.unwrap();
        let slips = printer.wait_for_slips(1, GENEROUS).await.unwrap();
        assert_eq!(slips[0].text().trim(), "end", "{name}");
    }
}

/// A printer that answers in order, its name only after `slow`.
async fn slow_of_name(slow: Duration) -> PrinterAddress {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut heard = Vec::new();
        loop {
            let answer = match heard.as_slice() {
                [0x10, 4, _, ..] => (3, vec![0x12]),
                [0x1D, b'I', _, ..] => {
                    tokio::time::sleep(slow).await;
                    (3, b"_TM-T88V\0".to_vec())
                }
                [0x1D, b'(', b'H', _, _, _, _, a, b, c, d, ..] => (11, vec![0x37, 0x22, *a, *b, *c, *d, 0]),
                [0x1D, b'(', ..] | [] | [0x10 | 0x1B | 0x1D] | [0x10 | 0x1D, _] => {
                    if stream.read_buf(&mut heard).await.unwrap_or_default() == 0 {
                        return;
                    }
                    continue;
                }
                [0x1D, b'r', _, ..] => (3, vec![0]),
                [0x1B, b'@', ..] => (2, vec![]),
                [0x1D, ..] => (3, vec![]),
                other => panic!("{other:02x?}"),
            };
            heard.drain(..answer.0);
            stream.write_all(&answer.1).await.unwrap();
        }
    });
    PrinterAddress::Tcp { host: address.ip().to_string(), port: address.port() }
}

#[tokio::test]
async fn a_name_that_comes_late_spoils_no_proof() {
    let deadlines = Deadlines { status_ms: 500, proof_base_ms: 60_000, ..Deadlines::default() };
    let address = slow_of_name(Duration::from_millis(900)).await;
    let found = tokio::time::timeout(GENEROUS, probe(&address, &deadlines)).await.unwrap().unwrap();
    assert_eq!((found.proof, found.model_id.as_deref()), (Some(ProofLevel::ProcessId), Some("TM-T88V")));
}

#[tokio::test]
async fn an_obstructed_printer_is_not_judged() {
    let printer = printer(Answers::all()).await;
    printer.set(Condition::PaperOut);
    let found = probe(&address(&printer), &patient()).await.unwrap();
    assert_eq!((found.status.obstruction(), found.proof), (Some(Cause::PaperOut), None));
    assert!(printer.uncut().iter().all(|block| matches!(block, Block::Feed(_))));
}

#[tokio::test]
async fn a_mark_proves_its_job() {
    let printer = printer(Answers::all()).await;
    let mut link = link(&printer, &patient()).await;
    let page = page(ProofLevel::ProcessId);
    for printed in 1..=3 {
        assert!(link.status().await.unwrap().answered);
        link.send(&page.bytes).await.unwrap();
        assert_eq!(link.prove(page.paper_mm, ProofLevel::ProcessId).await, Proof::Printed);
        assert_eq!(printer.slips().len(), printed, "the proof came after the paper");
    }
}

#[tokio::test]
async fn a_mark_comes_late_after_paper_was_put_in() {
    let mut config = SimulatorConfig::new("Cocina", Arc::new(|| 0));
    config.model = Model::epson_80mm();
    let printer = Simulator::start(config).await.unwrap();
    printer.set(Condition::PaperRunsOut { after_mm: 20 });
    let mut link = link(&printer, &patient()).await;
    let page = page(ProofLevel::ProcessId);
    link.status().await.unwrap();
    link.send(&page.bytes).await.unwrap();
    let named = tokio::time::timeout(GENEROUS, link.prove(page.paper_mm, ProofLevel::ProcessId)).await;
    assert_eq!(named.unwrap(), Proof::Waiting(Cause::PaperOut));
    printer.set(Condition::Ready);
    let proof = link.prove_again().await;
    assert_eq!(settle(&mut link, proof).await, Proof::Printed);
    assert_eq!(printer.slips().len(), 1);
}

/// A peer that answers everything with `answers`.
async fn peer(answers: &'static [u8]) -> PrinterAddress {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        while stream.read(&mut [0; 4096]).await.is_ok_and(|count| count > 0) {
            if stream.write_all(answers).await.is_err() {
                break;
            }
        }
    });
    PrinterAddress::Tcp { host: address.ip().to_string(), port: address.port() }
}

#[tokio::test]
async fn another_job_s_mark_and_a_fence_prove_nothing() {
    for answers in [b"\x37\x22!!!!\0".as_slice(), &[0x00], &[0x12]] {
        let mut link = Link::open(&peer(answers).await, &deadlines()).await.unwrap();
        assert_eq!(link.prove(0, ProofLevel::ProcessId).await, Proof::Lost(Cause::NoProof), "{answers:02x?}");
    }
}

#[tokio::test]
async fn a_printer_that_tells_its_state_is_waited_for_and_never_believed_to_have_printed() {
    let printer = printer(Answers::state_only()).await;
    let mut link = link(&printer, &patient()).await;
    let page = page(ProofLevel::State);
    assert!(link.status().await.unwrap().answered);
    link.send(&page.bytes).await.unwrap();
    assert_eq!(link.prove(page.paper_mm, ProofLevel::State).await, Proof::Unconfirmed);
    printer.set(Condition::PaperOut);
    link.send(&page.bytes).await.unwrap();
    assert_eq!(link.prove(page.paper_mm, ProofLevel::State).await, Proof::Waiting(Cause::PaperOut));
    assert_eq!(link.prove_again().await, Proof::Waiting(Cause::PaperOut));
    printer.set(Condition::Ready);
    let proof = link.prove_again().await;
    assert_eq!(settle(&mut link, proof).await, Proof::Unconfirmed);
    assert_eq!(printer.slips().len(), 2);
}

#[tokio::test]
async fn an_idle_printer_says_by_itself_what_it_wants() {
    let printer = printer(Answers::all()).await;
    let mut link = link(&printer, &patient()).await;
    let page = page(ProofLevel::ProcessId);
    link.send(&page.bytes).await.unwrap();
    assert_eq!(link.prove(page.paper_mm, ProofLevel::ProcessId).await, Proof::Printed);
    assert!(link.status().await.unwrap().obstruction().is_none());
    for (condition, cause) in
        [(Condition::CoverOpen, Some(Cause::CoverOpen)), (Condition::PaperOut, Some(Cause::PaperOut))]
    {
        printer.set(condition);
        let known = async {
            while link.obstruction() != cause {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(GENEROUS, known).await.expect("it is known without a question");
        let told = tokio::time::timeout(GENEROUS, link.changed()).await.unwrap().unwrap();
        assert_eq!(told.obstruction(), cause);
        printer.set(Condition::Ready);
        let told = tokio::time::timeout(GENEROUS, link.changed()).await.unwrap().unwrap();
        assert_eq!(told.obstruction(), None);
    }
    printer.set(Condition::PaperNearEnd);
    assert!(tokio::time::timeout(GENEROUS, link.changed()).await.unwrap().unwrap().paper_near_end);
    assert_eq!(printer.received_bytes().windows(2).filter(|pair| *pair == [0x10, 0x04]).count(), 4);
    drop(printer);
    assert!(tokio::time::timeout(GENEROUS, link.changed()).await.unwrap().is_err(), "it went away");
}
