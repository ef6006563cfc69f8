//! Every fault of a printer on every cable: a socket, a serial line and a device file, the same promises on each.
//!
//! What only one kind of cable has (clients that are refused, an idle connection that is reset, a line that is
//! stopped) is tried where that cable is: `wire.rs` and `cables.rs`.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use fastops_domain::job::Cause;
use fastops_domain::station::{PrinterAddress, PrinterProfile, ProofLevel};
use fastops_domain::time::LocalTime;
use fastops_domain::user::Language;
use fastops_printer_sim::{Answers, Condition, Model, SerialFlow, Simulator, SimulatorConfig};
use fastops_printing::{Deadlines, Encoded, Link, Proof, Stamp, test_page};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

const GENEROUS: Duration = Duration::from_mins(1);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cable {
    Tcp,
    Serial,
    File,
}

const CABLES: [Cable; 3] = [Cable::Tcp, Cable::Serial, Cable::File];

/// For a printer that answers: what is waited for here comes by a signal and never by a deadline.
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
        connect_ms: 20_000,
        progress_ms: 400,
        proof_base_ms: 500,
        proof_longest_ms: 600,
        watch_ms: 50,
        ..Deadlines::default()
    }
}

/// A printer at the end of a cable whose paper moves in no time.
async fn printer(cable: Cable, change: impl FnOnce(&mut SimulatorConfig)) -> (Simulator, PrinterAddress) {
    let mut config = SimulatorConfig::instant("Cocina", Arc::new(|| 0));
    change(&mut config);
    if cable == Cable::Tcp {
        let printer = Simulator::start(config).await.unwrap();
        let address = format!("tcp://{}", printer.addr()).parse().unwrap();
        return (printer, address);
    }
    // Who opens a device file hears XOFF and XON as letters.
    let flow = if cable == Cable::Serial { SerialFlow::Software } else { SerialFlow::Hardware };
    let (printer, device) = Simulator::start_serial(config, flow).await.unwrap();
    // A name of its own: those of the system's lines are used again, and what is owed is remembered by name.
    let name = tempfile::tempdir().unwrap().keep().join("line");
    std::os::unix::fs::symlink(device, &name).unwrap();
    let device = name.display();
    let address = match cable {
        Cable::Serial => format!("serial:{device}?baud=115200&flow=software"),
        _ => format!("file:{device}"),
    };
    (printer, address.parse().unwrap())
}

async fn open(address: &PrinterAddress, deadlines: &Deadlines) -> Link {
    timeout(GENEROUS, Link::open(address, deadlines)).await.unwrap().unwrap()
}

fn page_for(profile: PrinterProfile) -> Encoded {
    let printed_at = LocalTime { year: 2026, month: 3, day: 7, hour: 19, minute: 5, second: 9 };
    let stamp =
        Stamp { printed_at, language: Language::Es, copy: 0, possible_duplicate: false, backup: false };
    test_page("Cocina", &profile, &stamp).unwrap()
}

fn page() -> Encoded {
    page_for(PrinterProfile::default())
}

async fn prove(link: &mut Link, page: &Encoded, level: ProofLevel) -> Proof {
    timeout(GENEROUS, link.prove(page.paper_mm, level)).await.unwrap()
}

/// Asks again while someone has to act.
async fn settle(link: &mut Link, mut proof: Proof) -> Proof {
    while let Proof::Waiting(_) = proof {
        proof = timeout(GENEROUS, link.prove_again()).await.unwrap();
    }
    proof
}

#[tokio::test]
async fn what_is_in_the_way_is_named_before_a_byte_is_sent() {
    for cable in CABLES {
        let (printer, address) = printer(cable, |_| {}).await;
        let mut link = open(&address, &patient()).await;
        for (condition, cause) in [
            (Condition::PaperOut, Some(Cause::PaperOut)),
            (Condition::CoverOpen, Some(Cause::CoverOpen)),
            (Condition::CutterJam, Some(Cause::CutterJam)),
            (Condition::Overheated, Some(Cause::Overheated)),
            (Condition::Offline, Some(Cause::Offline)),
            (Condition::PaperNearEnd, None),
            (Condition::Slow, None),
            (Condition::Ready, None),
        ] {
            printer.set(condition);
            let status = link.status().await.unwrap();
            assert_eq!((status.answered, status.obstruction()), (true, cause), "{cable:?} {condition:?}");
            let low = matches!(condition, Condition::PaperNearEnd | Condition::PaperOut);
            assert_eq!(status.paper_near_end, low, "{cable:?} {condition:?}");
        }
        link.close().await;
    }
}

#[tokio::test]
async fn what_comes_in_the_way_is_waited_for_and_the_paper_comes_once() {
    for cable in CABLES {
        let (printer, address) = printer(cable, |_| {}).await;
        let mut link = open(&address, &patient()).await;
        for (condition, cause) in [
            (Condition::PaperOut, Cause::PaperOut),
            (Condition::CoverOpen, Cause::CoverOpen),
            (Condition::CutterJam, Cause::CutterJam),
            (Condition::Overheated, Cause::Overheated),
        ] {
            for level in [ProofLevel::Fence, ProofLevel::ProcessId] {
                printer.reset_log();
                let page = page_for(PrinterProfile { proof: level, ..PrinterProfile::default() });
                assert!(link.status().await.unwrap().answered);
                printer.set(condition);
                link.send(&page.bytes).await.unwrap();
                let proof = prove(&mut link, &page, level).await;
                assert_eq!(proof, Proof::Waiting(cause), "{cable:?} {condition:?} {level:?}");
                assert_eq!(printer.slips().len(), 0);
                printer.set(Condition::Ready);
                let proof = settle(&mut link, proof).await;
                let slips = printer.slips().len();
                assert_eq!((proof, slips), (Proof::Printed, 1), "{cable:?} {condition:?} {level:?}");
            }
        }
        link.close().await;
    }
}

#[tokio::test]
async fn paper_that_ends_in_the_middle_is_proved_late_and_a_low_roll_prints() {
    for cable in CABLES {
        let (printer, address) = printer(cable, |_| {}).await;
        let (mut link, page) = (open(&address, &patient()).await, page());
        printer.set(Condition::PaperNearEnd);
        assert!(link.status().await.unwrap().paper_near_end);
        link.send(&page.bytes).await.unwrap();
        assert_eq!(prove(&mut link, &page, ProofLevel::Fence).await, Proof::Printed, "{cable:?}");
        printer.set(Condition::PaperRunsOut { after_mm: 20 });
        link.send(&page.bytes).await.unwrap();
        let proof = prove(&mut link, &page, ProofLevel::Fence).await;
        assert_eq!(proof, Proof::Waiting(Cause::PaperOut), "{cable:?}");
        assert!(!printer.uncut().is_empty(), "part of it hangs out of the printer");
        printer.set(Condition::Ready);
        assert_eq!((settle(&mut link, proof).await, printer.slips().len()), (Proof::Printed, 2), "{cable:?}");
        link.close().await;
    }
}

#[tokio::test]
async fn a_printer_that_hangs_proves_nothing() {
    for cable in CABLES {
        let (printer, address) = printer(cable, |_| {}).await;
        let (mut link, page) = (open(&address, &short()).await, page());
        printer.set(Condition::Hung);
        assert!(!link.status().await.unwrap().answered);
        let sent = timeout(GENEROUS, link.send(&page.bytes)).await.unwrap();
        if cable == Cable::Serial {
            // It has asked for a stop: surely nothing was taken.
            let broke = sent.unwrap_err();
            assert_eq!((broke.cause, broke.bytes_accepted), (Cause::NoProgress, Some(0)));
            continue;
        }
        sent.unwrap();
        let proof = prove(&mut link, &page, ProofLevel::Fence).await;
        assert_eq!((proof, printer.slips().len()), (Proof::Lost(Cause::NoProof), 0), "{cable:?}");
    }
}

/// A cable that is out at the printer's end: everything is taken, nothing arrives.
#[tokio::test]
async fn a_cable_into_nothing_proves_nothing() {
    for cable in CABLES {
        let (printer, address) = printer(cable, |_| {}).await;
        let (mut link, page) = (open(&address, &short()).await, page());
        printer.set(Condition::BlackHole);
        assert!(!link.status().await.unwrap().answered);
        link.send(&page.bytes).await.unwrap();
        let proof = prove(&mut link, &page, ProofLevel::Fence).await;
        assert_eq!((proof, printer.slips().len()), (Proof::Lost(Cause::NoProof), 0), "{cable:?}");
        drop(link);
        printer.set(Condition::Ready);
        let mut link = open(&address, &patient()).await;
        assert!(link.status().await.unwrap().answered, "{cable:?}");
        timeout(GENEROUS, link.hear_out(ProofLevel::Fence)).await.unwrap().unwrap();
        link.send(&page.bytes).await.unwrap();
        assert_eq!(prove(&mut link, &page, ProofLevel::Fence).await, Proof::Printed, "{cable:?}");
        assert_eq!(printer.slips().len(), 1, "{cable:?}: what fell into nothing does not come out later");
    }
}

/// The count is never less than what the printer got, and what stopped is never proved.
#[tokio::test]
async fn a_printer_that_takes_some_bytes_and_then_none_is_given_up_with_its_count() {
    for cable in CABLES {
        let (printer, address) = printer(cable, |_| {}).await;
        let mut link = open(&address, &short()).await;
        printer.set(Condition::Stalled { after_bytes: 1_500 });
        let job = vec![b'x'; 8 * 1024 * 1024];
        let broke = timeout(GENEROUS, link.send(&job)).await.unwrap().unwrap_err();
        let accepted = broke.bytes_accepted.unwrap();
        assert_eq!((broke.cause, printer.received_total()), (Cause::NoProgress, 1_500), "{cable:?}");
        assert!(accepted >= 1_500 && accepted < job.len() as u64, "{cable:?}: {accepted}");
        assert_eq!(printer.slips().len(), 0);
    }
}

#[tokio::test]
async fn a_trickle_arrives_whole() {
    for cable in CABLES {
        let (printer, address) = printer(cable, |_| {}).await;
        let (mut link, page) = (open(&address, &patient()).await, page());
        printer.set(Condition::Drip { bytes_per_second: 4_000 });
        link.send(&page.bytes).await.unwrap();
        let proof = prove(&mut link, &page, ProofLevel::Fence).await;
        assert_eq!((proof, printer.slips().len()), (Proof::Printed, 1), "{cable:?}");
        assert_eq!(printer.slips()[0].unknown_commands, Vec::<Vec<u8>>::new());
        link.close().await;
    }
}

/// The buffer is gone with the power. A socket ends; on a line the proof never comes.
#[tokio::test]
async fn a_ticket_that_was_lost_with_the_power_is_never_proved() {
    for cable in CABLES {
        let (printer, address) = printer(cable, |_| {}).await;
        let deadlines = Deadlines { proof_base_ms: 1_500, proof_longest_ms: 1_500, ..patient() };
        let (mut link, page) = (open(&address, &deadlines).await, page());
        assert!(link.status().await.unwrap().answered);
        printer.set(Condition::CoverOpen);
        link.send(&page.bytes).await.unwrap();
        let proof = prove(&mut link, &page, ProofLevel::Fence).await;
        assert_eq!(proof, Proof::Waiting(Cause::CoverOpen), "{cable:?}");
        printer.power_cycle();
        let proof = settle(&mut link, proof).await;
        let cause = if cable == Cable::Tcp { Cause::LinkLost } else { Cause::NoProof };
        assert_eq!((proof, printer.slips().len()), (Proof::Lost(cause), 0), "{cable:?}");
    }
}

#[tokio::test]
async fn nonsense_proves_nothing_and_names_no_cause() {
    for cable in CABLES {
        let (printer, address) = printer(cable, |_| {}).await;
        printer.set(Condition::GarbledStatus);
        let (mut link, page) = (open(&address, &short()).await, page());
        let status = link.status().await.unwrap();
        assert_eq!((status.answered, status.obstruction()), (false, None), "{cable:?}");
        link.send(&page.bytes).await.unwrap();
        assert_eq!(prove(&mut link, &page, ProofLevel::Fence).await, Proof::Unconfirmed, "{cable:?}");
        printer.wait_for_slips(1, GENEROUS).await.unwrap();
    }
}

#[tokio::test]
async fn a_proof_that_is_held_back_counts_when_it_comes() {
    for cable in CABLES {
        let (printer, address) = printer(cable, |_| {}).await;
        printer.set(Condition::HoldsProof);
        let (mut link, page) = (open(&address, &short()).await, page());
        link.send(&page.bytes).await.unwrap();
        let proof = prove(&mut link, &page, ProofLevel::Fence).await;
        assert_eq!(proof, Proof::Lost(Cause::NoProof), "{cable:?}");
        assert_eq!(link.late_proof(), None, "it is owed still");
        printer.set(Condition::Ready);
        let late = async {
            loop {
                if let Some(proof) = link.late_proof() {
                    return proof;
                }
                link.stirs().await;
            }
        };
        assert_eq!(timeout(GENEROUS, late).await.unwrap(), Proof::Printed, "{cable:?}");
        assert_eq!(printer.slips().len(), 1);
    }
}

/// Printers that know fewer questions: what they cannot prove is never `printed`.
#[tokio::test]
async fn a_clone_that_ignores_proofs_is_never_believed() {
    for cable in CABLES {
        for (answers, level, expected) in [
            (Answers::fence_only(), ProofLevel::Fence, Proof::Printed),
            (Answers::fence_only(), ProofLevel::ProcessId, Proof::Lost(Cause::NoProof)),
            (Answers::state_only(), ProofLevel::State, Proof::Unconfirmed),
            (Answers::state_only(), ProofLevel::Fence, Proof::Lost(Cause::NoProof)),
            (Answers::none(), ProofLevel::None, Proof::Unconfirmed),
            (Answers::none(), ProofLevel::Fence, Proof::Lost(Cause::NoProof)),
        ] {
            let (printer, address) = printer(cable, |config| config.model.answers = answers).await;
            // Only one that does prove is waited for as long as it takes.
            let deadlines = if expected == Proof::Printed { patient() } else { short() };
            let mut link = open(&address, &deadlines).await;
            let page = page_for(PrinterProfile { proof: level, ..PrinterProfile::default() });
            link.send(&page.bytes).await.unwrap();
            let proof = prove(&mut link, &page, level).await;
            assert_eq!(proof, expected, "{cable:?} {answers:?} {level:?}");
            printer.wait_for_slips(1, GENEROUS).await.unwrap();
        }
    }
}

/// A clone that begins in Chinese mode and numbers its tables its own way reads what its profile says, and with
/// another's numbers it does not: the paper is the witness.
#[tokio::test]
async fn letters_are_right_when_the_profile_is_and_wrong_when_it_is_not() {
    for cable in CABLES {
        let (printer, address) = printer(cable, |config| {
            let speed = config.model.speed;
            config.model = Model { speed, ..Model::clone_58mm() };
        })
        .await;
        let mut link = open(&address, &patient()).await;
        let right = PrinterProfile { columns: 32, code_table: 53, ..PrinterProfile::default() };
        for (profile, reads) in [(right, true), (PrinterProfile { code_table: 19, ..right }, false)] {
            let page = page_for(profile);
            link.send(&page.bytes).await.unwrap();
            assert_eq!(prove(&mut link, &page, ProofLevel::Fence).await, Proof::Printed, "{cable:?}");
            let text = printer.slips().last().unwrap().text();
            assert_eq!(text.contains('ñ') && text.contains('€'), reads, "{cable:?}: {text}");
        }
        link.close().await;
    }
}
