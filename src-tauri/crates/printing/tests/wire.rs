//! The link against a simulated printer over TCP, and against peers that no printer should be.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use fastops_domain::job::Cause;
use fastops_domain::station::{PrinterAddress, PrinterProfile, ProofLevel};
use fastops_domain::time::LocalTime;
use fastops_domain::user::Language;
use fastops_printer_sim::{Answers, Condition, ConnectionPolicy, Model, Simulator, SimulatorConfig};
use fastops_printing::{Deadlines, Encoded, Link, Proof, Stamp, test_page};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// No test waits this long unless it fails.
const GENEROUS: Duration = Duration::from_secs(30);

/// Short for what is waited out in vain, long for what must be waited for on a busy machine.
fn deadlines() -> Deadlines {
    Deadlines { progress_ms: 400, proof_base_ms: 1_000, watch_ms: 50, ..Deadlines::default() }
}

/// For a printer that answers: what is waited for here comes by a signal and never by a deadline.
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

fn address(socket: SocketAddr) -> PrinterAddress {
    PrinterAddress::Tcp { host: socket.ip().to_string(), port: socket.port() }
}

async fn printer(change: impl FnOnce(&mut SimulatorConfig)) -> Simulator {
    let mut config = SimulatorConfig::instant("Cocina", Arc::new(|| 0));
    change(&mut config);
    Simulator::start(config).await.unwrap()
}

async fn link(printer: &Simulator, deadlines: &Deadlines) -> Link {
    Link::open(&address(printer.addr()), deadlines).await.unwrap()
}

fn page() -> Encoded {
    let printed_at = LocalTime { year: 2026, month: 3, day: 7, hour: 19, minute: 5, second: 9 };
    let stamp =
        Stamp { printed_at, language: Language::Es, copy: 0, possible_duplicate: false, backup: false };
    test_page("Cocina", &PrinterProfile::default(), &stamp).unwrap()
}

/// Asks again while someone has to act.
async fn settle(link: &mut Link, mut proof: Proof) -> Proof {
    while let Proof::Waiting(_) = proof {
        proof = link.prove_again().await;
    }
    proof
}

#[tokio::test]
async fn the_fence_proves_paper_and_the_link_is_used_again() {
    let printer = printer(|_| {}).await;
    let mut link = link(&printer, &patient()).await;
    let page = page();
    for printed in 1..=3 {
        let status = link.status().await.unwrap();
        assert!(status.answered && status.online == Some(true) && status.obstruction().is_none());
        link.send(&page.bytes).await.unwrap();
        assert_eq!(link.prove(page.paper_mm, ProofLevel::Fence).await, Proof::Printed);
        assert_eq!(printer.slips().len(), printed, "the proof came after the paper");
    }
    assert_eq!(printer.connections(), 1);
    link.close().await;
}

#[tokio::test]
async fn the_proof_waits_for_real_paper() {
    let printer = printer(|config| config.model = Model::epson_80mm()).await;
    let mut link = link(&printer, &patient()).await;
    let page = page();
    link.send(&page.bytes).await.unwrap();
    assert_eq!(link.prove(page.paper_mm, ProofLevel::Fence).await, Proof::Printed);
    assert_eq!(printer.slips().len(), 1);
}

#[tokio::test]
async fn each_obstruction_is_named_before_a_byte_is_sent() {
    let printer = printer(|_| {}).await;
    let mut link = link(&printer, &patient()).await;
    for (condition, cause) in [
        (Condition::PaperOut, Some(Cause::PaperOut)),
        (Condition::CoverOpen, Some(Cause::CoverOpen)),
        (Condition::CutterJam, Some(Cause::CutterJam)),
        (Condition::Overheated, Some(Cause::Overheated)),
        (Condition::Offline, Some(Cause::Offline)),
        (Condition::PaperNearEnd, None),
        (Condition::Ready, None),
    ] {
        printer.set(condition);
        let status = link.status().await.unwrap();
        assert_eq!((status.answered, status.obstruction()), (true, cause), "{condition:?}");
        assert_eq!(status.paper_near_end, matches!(condition, Condition::PaperNearEnd | Condition::PaperOut));
    }
}

#[tokio::test]
async fn paper_that_ends_midway_is_proved_late_after_the_reload() {
    let printer = printer(|config| config.model = Model::epson_80mm()).await;
    printer.set(Condition::PaperRunsOut { after_mm: 20 });
    let mut link = link(&printer, &patient()).await;
    let page = page();
    link.status().await.unwrap();
    link.send(&page.bytes).await.unwrap();
    let named = tokio::time::timeout(GENEROUS, link.prove(page.paper_mm, ProofLevel::Fence)).await;
    assert_eq!(named.unwrap(), Proof::Waiting(Cause::PaperOut), "long before the proof's deadline");
    assert_eq!(link.prove_again().await, Proof::Waiting(Cause::PaperOut));
    assert_eq!(printer.slips().len(), 0);
    printer.set(Condition::Ready);
    let proof = link.prove_again().await;
    assert_eq!(settle(&mut link, proof).await, Proof::Printed);
    assert_eq!(printer.slips().len(), 1, "the rest was printed, not the whole again");
}

#[tokio::test]
async fn a_cover_opened_while_printing_waits_and_then_prints() {
    let printer = printer(|config| config.model = Model::epson_80mm()).await;
    let mut link = link(&printer, &patient()).await;
    let page = page();
    link.status().await.unwrap();
    link.send(&page.bytes).await.unwrap();
    printer.set(Condition::CoverOpen);
    assert_eq!(link.prove(page.paper_mm, ProofLevel::Fence).await, Proof::Waiting(Cause::CoverOpen));
    printer.set(Condition::Ready);
    let proof = link.prove_again().await;
    assert_eq!(settle(&mut link, proof).await, Proof::Printed);
    assert_eq!(printer.slips().len(), 1);
}

#[tokio::test]
async fn a_hung_printer_takes_some_bytes_and_the_count_is_told() {
    let printer = printer(|_| {}).await;
    printer.set(Condition::Hung);
    let mut link = link(&printer, &deadlines()).await;
    assert!(!link.status().await.unwrap().answered, "silence is unknown, not an error");
    let job = vec![b'x'; 4 * 1024 * 1024];
    let broke = link.send(&job).await.unwrap_err();
    assert_eq!(broke.cause, Cause::NoProgress);
    let accepted = broke.bytes_accepted.unwrap();
    assert!(accepted > 0 && accepted < job.len() as u64, "{accepted}");
}

#[tokio::test]
async fn the_count_is_never_less_than_what_the_printer_got() {
    let printer = printer(|_| {}).await;
    printer.set(Condition::Stalled { after_bytes: 1_000 });
    let mut link = link(&printer, &deadlines()).await;
    let broke = link.send(&vec![b'x'; 4 * 1024 * 1024]).await.unwrap_err();
    assert!(broke.bytes_accepted.unwrap() >= printer.received_total());
    assert_eq!(printer.received_total(), 1_000);
}

#[tokio::test]
async fn a_short_ticket_to_a_hung_printer_is_never_proved() {
    let printer = printer(|_| {}).await;
    printer.set(Condition::Hung);
    let mut link = link(&printer, &deadlines()).await;
    let page = page();
    link.send(&page.bytes).await.unwrap();
    assert_eq!(link.prove(0, ProofLevel::Fence).await, Proof::Lost(Cause::NoProof));
}

#[tokio::test]
async fn a_link_that_breaks_midway_is_a_partial_write_or_a_lost_link() {
    let printer = printer(|_| {}).await;
    printer.set(Condition::ResetsLink { after_bytes: 2_000 });
    let mut link = link(&printer, &patient()).await;
    let broke = link.send(&vec![b'\n'; 4 * 1024 * 1024]).await.unwrap_err();
    assert_eq!(broke.cause, Cause::PartialWrite);
    assert!(broke.bytes_accepted.unwrap() >= 2_000);
}

#[tokio::test]
async fn power_lost_while_a_proof_is_owed_loses_the_link() {
    let printer = printer(|_| {}).await;
    let mut link = link(&printer, &patient()).await;
    link.status().await.unwrap();
    printer.set(Condition::CoverOpen);
    let page = page();
    link.send(&page.bytes).await.unwrap();
    assert_eq!(link.prove(page.paper_mm, ProofLevel::Fence).await, Proof::Waiting(Cause::CoverOpen));
    printer.power_cycle();
    let proof = link.prove_again().await;
    assert_eq!(settle(&mut link, proof).await, Proof::Lost(Cause::LinkLost));
    assert_eq!(printer.slips().len(), 0);
}

#[tokio::test]
async fn a_clone_without_proofs_is_unconfirmed_by_its_profile_and_never_printed() {
    let printer = printer(|config| config.model.answers = Answers::none()).await;
    let mut link = link(&printer, &deadlines()).await;
    assert!(!link.status().await.unwrap().answered);
    let page = page();
    link.send(&page.bytes).await.unwrap();
    assert_eq!(link.prove(page.paper_mm, ProofLevel::None).await, Proof::Unconfirmed);
    printer.wait_for_slips(1, GENEROUS).await.unwrap();
    link.send(&page.bytes).await.unwrap();
    assert_eq!(link.prove(0, ProofLevel::Fence).await, Proof::Lost(Cause::NoProof), "a wrong profile");
}

#[tokio::test]
async fn a_clone_that_answers_one_question_is_still_understood() {
    for answered in [0, 3] {
        let printer = printer(|config| {
            config.model.answers.real_time = [false; 4];
            config.model.answers.real_time[answered] = true;
        })
        .await;
        let mut link = link(&printer, &deadlines()).await;
        assert_eq!(link.status().await.unwrap().obstruction(), None);
        printer.set(Condition::PaperOut);
        let cause = link.status().await.unwrap().obstruction();
        let expected = if answered == 0 { Cause::Offline } else { Cause::PaperOut };
        assert_eq!(cause, Some(expected), "only DLE EOT {} is answered", answered + 1);
    }
}

#[tokio::test]
async fn garbled_answers_prove_nothing_and_name_no_cause() {
    let printer = printer(|_| {}).await;
    printer.set(Condition::GarbledStatus);
    let mut link = link(&printer, &deadlines()).await;
    let page = page();
    for _ in 0..3 {
        let status = link.status().await.unwrap();
        assert_eq!((status.answered, status.obstruction()), (false, None));
        link.send(&page.bytes).await.unwrap();
        assert_eq!(link.prove(0, ProofLevel::Fence).await, Proof::Unconfirmed);
    }
}

#[tokio::test]
async fn a_second_client_is_told_that_the_printer_is_busy() {
    for policy in [ConnectionPolicy::Refuse, ConnectionPolicy::Drop] {
        let printer = printer(|config| config.policy = policy).await;
        let mut first = link(&printer, &patient()).await;
        assert!(first.status().await.unwrap().answered);
        let mut second = link(&printer, &patient()).await;
        let trouble = second.status().await.unwrap_err();
        assert_eq!(trouble.cause, Cause::Busy, "{policy:?}: {:?}", trouble.source);
        assert!(first.status().await.unwrap().answered, "the first is not disturbed");
    }
}

#[tokio::test]
async fn an_idle_link_that_the_printer_closed_is_found_before_the_first_byte() {
    let printer = printer(|config| config.idle_reset = Some(Duration::from_millis(50))).await;
    let mut events = printer.subscribe();
    let mut link = link(&printer, &patient()).await;
    link.status().await.unwrap();
    let closed = async {
        while !matches!(
            events.recv().await.unwrap(),
            fastops_printer_sim::SimulatorEvent::Disconnected { .. }
        ) {}
    };
    tokio::time::timeout(GENEROUS, closed).await.unwrap();
    let broke = link.send(&page().bytes).await.unwrap_err();
    assert_eq!((broke.cause, broke.bytes_accepted), (Cause::LinkLost, Some(0)));
    assert_eq!(printer.jobs().len(), 0);
}

#[tokio::test]
async fn a_polite_goodbye_of_an_idle_printer_is_found_too() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut link = Link::open(&address(listener.local_addr().unwrap()), &patient()).await.unwrap();
    let (mut peer, _) = listener.accept().await.unwrap();
    let answer = async {
        peer.read_exact(&mut [0; 12]).await.unwrap();
        peer.write_all(&[0x12; 4]).await.unwrap();
    };
    let (status, ()) = tokio::join!(link.status(), answer);
    assert!(status.unwrap().answered);
    drop(peer);
    let broke = link.send(&page().bytes).await.unwrap_err();
    assert_eq!((broke.cause, broke.bytes_accepted), (Cause::LinkLost, Some(0)));
}

#[tokio::test]
async fn nobody_there_is_unreachable_and_a_wrong_name_is_told_apart() {
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let cause = |address| async move { Link::open(&address, &deadlines()).await.unwrap_err().cause };
    assert_eq!(cause(address(free)).await, Cause::Unreachable);
    let nowhere = PrinterAddress::Tcp { host: "cocina.invalid".into(), port: 9100 };
    assert_eq!(cause(nowhere).await, Cause::UnknownHost);
}

/// A peer that answers whatever is asked with `answers`, once for each read.
async fn peer(answers: &'static [u8]) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut buffer = [0; 4096];
        while stream.read(&mut buffer).await.is_ok_and(|count| count > 0) {
            if stream.write_all(answers).await.is_err() {
                break;
            }
        }
    });
    address
}

#[tokio::test]
async fn a_fence_answered_without_paper_is_no_proof() {
    let mut link = Link::open(&address(peer(&[0x0C]).await), &patient()).await.unwrap();
    assert_eq!(link.prove(0, ProofLevel::Fence).await, Proof::Lost(Cause::PaperOut));
}

#[tokio::test]
async fn states_alone_are_no_proof() {
    let mut link = Link::open(&address(peer(&[0x12; 4]).await), &deadlines()).await.unwrap();
    assert_eq!(link.prove(0, ProofLevel::Fence).await, Proof::Lost(Cause::NoProof));
}

#[tokio::test]
async fn an_answer_that_was_not_asked_for_proves_no_later_job() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut link = Link::open(&address(listener.local_addr().unwrap()), &deadlines()).await.unwrap();
    let (mut peer, _) = listener.accept().await.unwrap();
    peer.write_all(&[0x00, 0x00]).await.unwrap();
    peer.flush().await.unwrap();
    peer.write_all(&[0x10, 0x00, 0x00, 0x00]).await.unwrap();
    assert!(!link.status().await.unwrap().answered, "the stray answers are heard here");
    assert_eq!(link.prove(0, ProofLevel::Fence).await, Proof::Lost(Cause::NoProof));
}

#[tokio::test]
async fn a_peer_that_never_stops_talking_stalls_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut link = Link::open(&address(listener.local_addr().unwrap()), &deadlines()).await.unwrap();
    let (mut peer, _) = listener.accept().await.unwrap();
    let flood = tokio::spawn(async move { while peer.write_all(&[0xFF; 4096]).await.is_ok() {} });
    let talk = async {
        assert!(!link.status().await.unwrap().answered);
        link.send(b"hello\n").await.unwrap();
        assert_eq!(link.prove(0, ProofLevel::Fence).await, Proof::Unconfirmed);
        link.close().await;
    };
    tokio::time::timeout(GENEROUS, talk).await.unwrap();
    flood.abort();
}

#[tokio::test]
async fn closing_hears_the_printer_out_instead_of_resetting() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let link = Link::open(&address(listener.local_addr().unwrap()), &patient()).await.unwrap();
    let (mut peer, _) = listener.accept().await.unwrap();
    // Bytes that nobody has read turn a careless close into a reset.
    peer.write_all(&[0x12; 4]).await.unwrap();
    let printer = async move {
        assert_eq!(peer.read(&mut [0; 16]).await.unwrap(), 0, "the end of the stream, not a reset");
        peer.write_all(&[0x00]).await.and(peer.shutdown().await)
    };
    let ((), heard_out) = tokio::join!(link.close(), printer);
    heard_out.unwrap();
}

#[tokio::test]
async fn a_closed_link_leaves_the_printer_free_for_the_next() {
    let printer = printer(|config| config.lockout_after_reset = Some(GENEROUS)).await;
    for _ in 0..3 {
        let mut link = link(&printer, &patient()).await;
        assert!(link.status().await.unwrap().answered, "nobody is locked out");
        link.close().await;
    }
    assert_eq!(printer.connections(), 3);
}
