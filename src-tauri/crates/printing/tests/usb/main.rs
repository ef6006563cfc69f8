//! Printers on USB through libusb itself, on a bus that umockdev plays: this binary runs a second time as a child, in
//! which every call on a device goes to a simulated printer here.
//!
//! What is played is the kernel: its lists of devices, its transfers and its words for what goes wrong. libusb, the
//! search for a printer, the claim, the transfers, their counts and their ends are the product's own.
//!
//! On Linux, whose kernel it is. Elsewhere libusb speaks to the system in other ways, which nothing plays.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod bus;
mod kernel;

use bus::{Act, Bus, PRODUCT, Socket, VENDOR};
use fastops_domain::job::Cause;
use fastops_domain::station::{PrinterAddress, ProofLevel, UsbAddress};
use fastops_printing::find::usb_devices;
use fastops_printing::{Deadlines, Link, Proof};
use std::io::{BufRead, BufReader, Write};
use std::process::{ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;
use tokio::time::timeout;

const GENEROUS: Duration = Duration::from_mins(1);
/// Tells the child which of its parts it plays.
const PART: &str = "FASTOPS_USB_PART";
/// Begins each line that the child says to its parent.
const SAYS: &str = "child says ";
const PRINTER_CLASS: u8 = 7;
const STICK_CLASS: u8 = 8;

/// This binary, as another process whose bus is played.
struct Child {
    process: std::process::Child,
    says: std::io::Lines<BufReader<ChildStdout>>,
    hears: ChildStdin,
}

impl Child {
    fn plays(part: &str, bus: &Bus) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "the_child_s_part", "--nocapture"]);
        command
            .env(PART, part)
            .env("UMOCKDEV_DIR", bus.folder())
            .env("LD_PRELOAD", "libumockdev-preload.so.0");
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (says, hears) = (process.stdout.take().unwrap(), process.stdin.take().unwrap());
        let mut child = Self { process, says: BufReader::new(says).lines(), hears };
        child.until("begins");
        child
    }

    /// Waits until the child says this.
    fn until(&mut self, word: &str) {
        let lines = self.says.by_ref().map(Result::unwrap);
        let said = lines.filter_map(|line| line.split_once(SAYS).map(|(_, word)| word.to_owned()));
        assert_eq!(said.take(1).next().as_deref(), Some(word), "the child ended before");
    }

    fn go_on(&mut self) {
        writeln!(self.hears, "go on").unwrap();
    }

    /// Its end, which is a good one only if all that it expected came.
    fn ends(mut self) {
        self.until("ends");
        for line in self.says.by_ref() {
            drop(line.unwrap());
        }
        assert!(self.process.wait().unwrap().success());
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Says something to the parent.
fn say(word: &str) {
    std::io::stdout().write_all(format!("{SAYS}{word}\n").as_bytes()).unwrap();
}

/// Waits for the parent.
fn hear() {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).unwrap();
    assert_eq!(line, "go on\n", "the parent is gone");
}

/// In an ordinary run it does nothing.
#[tokio::test]
async fn the_child_s_part() {
    let Ok(part) = std::env::var(PART) else { return };
    let loaded = std::fs::read_to_string("/proc/self/maps").unwrap().contains("libumockdev-preload");
    assert!(
        loaded,
        "umockdev is not installed: `cargo xtask setup` does it, or your system's package umockdev"
    );
    say("begins");
    match part.as_str() {
        "lists" => lists().await,
        "prints" => prints().await,
        "a stall" => stall().await,
        "takes nothing" => takes_nothing().await,
        "is pulled" => is_pulled().await,
        part => panic!("{part}"),
    }
    say("ends");
}

fn address(serial: Option<&str>, path: Option<&str>) -> UsbAddress {
    let owned = |text: &str| text.to_owned();
    UsbAddress { vendor: VENDOR, product: PRODUCT, serial: serial.map(owned), path: path.map(owned) }
}

async fn open(serial: Option<&str>, path: Option<&str>) -> Result<Link, Cause> {
    let never = 10 * 60_000;
    let deadlines = Deadlines {
        connect_ms: 30_000,
        status_ms: 30_000,
        progress_ms: 1_000,
        proof_base_ms: never,
        proof_longest_ms: never,
        watch_ms: 50,
        ..Deadlines::default()
    };
    let address = PrinterAddress::Usb(address(serial, path));
    Link::open(&address, &deadlines).await.map_err(|trouble| trouble.cause)
}

fn job(rows: usize) -> Vec<u8> {
    let mut job: Vec<u8> = (0..rows).flat_map(|row| format!("row {row:04}\n").into_bytes()).collect();
    job.extend_from_slice(b"\x1DVB\x00");
    job
}

async fn print(link: &mut Link) {
    timeout(GENEROUS, link.send(&job(3))).await.unwrap().unwrap();
    assert_eq!(timeout(GENEROUS, link.prove(0, ProofLevel::Fence)).await.unwrap(), Proof::Printed);
}

#[test]
fn printers_are_listed_by_what_tells_them_apart() {
    let bus = Bus::new();
    bus.plug(1, PRINTER_CLASS, Some("A1"));
    bus.plug(2, PRINTER_CLASS, None);
    bus.plug(3, STICK_CLASS, Some("S9"));
    Child::plays("lists", &bus).ends();
}

async fn lists() {
    let mut found = usb_devices(GENEROUS).await.unwrap();
    found.sort_by(|one, other| other.address.serial.cmp(&one.address.serial));
    let addresses: Vec<UsbAddress> = found.iter().map(|device| device.address.clone()).collect();
    assert_eq!(addresses, [address(Some("A1"), None), address(None, Some("1-2"))]);
    assert!(found.iter().all(|device| device.name.as_deref() == Some("EPSON TM-T20")), "{found:?}");
}

#[test]
fn a_ticket_goes_to_the_printer_that_is_meant_and_proves_its_paper() {
    let bus = Bus::new();
    let (other, meant) = (bus.plug(1, PRINTER_CLASS, Some("B2")), bus.plug(2, PRINTER_CLASS, Some("A1")));
    let mute = bus.plug(3, PRINTER_CLASS, None);
    // The printer takes some transfers by halves, so that they run out of time.
    meant.printer().acts = [Act::Takes(5), Act::Takes(600), Act::Takes(1), Act::Takes(700)].into();
    let mut child = Child::plays("prints", &bus);
    child.until("printed");
    {
        let mut printer = meant.printer();
        assert_eq!(printer.slips(), 1);
        assert!(printer.received >= job(500).len() as u64 && printer.claimed && !printer.driver);
    }
    child.go_on();
    child.until("printed by path");
    // Its threads let go of it by themselves.
    meant.until(|printer| printer.driver);
    assert_eq!(mute.printer().slips(), 1);
    child.go_on();
    child.ends();
    assert_eq!(meant.printer().log, ["driver aside", "claimed", "given back", "driver back"]);
    assert_eq!(other.printer().received, 0, "its like got nothing");
    assert_eq!(meant.printer().slips() + other.printer().slips(), 0);
}

async fn prints() {
    let mut link = open(Some("A1"), Some("1-9")).await.unwrap();
    assert!(link.status().await.unwrap().answered);
    timeout(GENEROUS, link.send(&job(500))).await.unwrap().unwrap();
    assert_eq!(timeout(GENEROUS, link.prove(0, ProofLevel::ProcessId)).await.unwrap(), Proof::Printed);
    say("printed");
    hear();
    link.close().await;
    let mut link = open(None, Some("1-3")).await.unwrap();
    print(&mut link).await;
    say("printed by path");
    hear();
    link.close().await;
    assert_eq!(open(None, None).await.unwrap_err(), Cause::Misconfigured, "never one of three by chance");
    assert_eq!(open(Some("C3"), None).await.unwrap_err(), Cause::Unreachable);
}

#[test]
fn a_stall_breaks_the_ticket_with_its_count_and_the_next_one_goes() {
    let bus = Bus::new();
    let socket = bus.plug(1, PRINTER_CLASS, Some("A1"));
    socket.printer().acts = [Act::Takes(300), Act::Stalls].into();
    let mut child = Child::plays("a stall", &bus);
    child.until("stalled");
    assert_eq!(socket.printer().received, 300);
    socket.until(|printer| printer.log.contains(&"halt cleared") && printer.driver);
    child.go_on();
    child.ends();
    assert_eq!(socket.printer().slips(), 1);
}

async fn stall() {
    let mut link = open(Some("A1"), None).await.unwrap();
    let broke = timeout(GENEROUS, link.send(&job(200))).await.unwrap().unwrap_err();
    assert_eq!((broke.cause, broke.bytes_accepted), (Cause::PartialWrite, Some(300)));
    drop(link);
    say("stalled");
    hear();
    let mut link = open(Some("A1"), None).await.unwrap();
    print(&mut link).await;
    link.close().await;
}

#[test]
fn a_printer_that_takes_nothing_more_is_given_up_with_its_exact_count() {
    let bus = Bus::new();
    let socket = bus.plug(1, PRINTER_CLASS, Some("A1"));
    {
        let mut printer = socket.printer();
        (printer.acts, printer.always) = ([Act::Takes(450)].into(), Act::Takes(0));
    }
    let mut child = Child::plays("takes nothing", &bus);
    child.until("given up");
    assert_eq!(socket.printer().received, 450);
    child.ends();
}

async fn takes_nothing() {
    let mut link = open(Some("A1"), None).await.unwrap();
    let broke = timeout(GENEROUS, link.send(&job(200))).await.unwrap().unwrap_err();
    assert_eq!((broke.cause, broke.bytes_accepted), (Cause::NoProgress, Some(450)));
    say("given up");
}

/// Pulled in the middle of a ticket, looked for in vain, and found again by its serial number at another port beside
/// one of its like; then pulled while it is idle.
#[test]
fn a_printer_that_is_pulled_is_found_again_wherever_it_hangs() {
    let bus = Bus::new();
    let socket = bus.plug(1, PRINTER_CLASS, Some("A1"));
    let other = bus.plug(2, PRINTER_CLASS, Some("B2"));
    socket.printer().acts = [Act::Takes(200), Act::Takes(200), Act::Leaves].into();
    let mut child = Child::plays("is pulled", &bus);
    child.until("broken");
    assert_eq!(socket.printer().received, 400);
    bus.forget(1);
    child.go_on();
    child.until("away");
    bus.move_to(4, &socket);
    child.go_on();
    child.until("printed again");
    assert_eq!(socket.printer().slips(), 1);
    pull(&socket);
    child.go_on();
    child.ends();
    assert_eq!(other.printer().received, 0, "its like got nothing");
}

fn pull(socket: &Socket) {
    socket.printer().pull();
    socket.told();
}

async fn is_pulled() {
    let mut link = open(Some("A1"), Some("1-1")).await.unwrap();
    let broke = timeout(GENEROUS, link.send(&job(200))).await.unwrap().unwrap_err();
    assert_eq!((broke.cause, broke.bytes_accepted), (Cause::PartialWrite, Some(400)));
    drop(link);
    say("broken");
    hear();
    assert_eq!(open(Some("A1"), Some("1-1")).await.unwrap_err(), Cause::Unreachable);
    say("away");
    hear();
    let mut link = open(Some("A1"), Some("1-1")).await.unwrap();
    print(&mut link).await;
    say("printed again");
    hear();
    let lost = timeout(GENEROUS, link.changed()).await.unwrap().unwrap_err();
    assert_eq!(lost.cause, Cause::LinkLost);
}
