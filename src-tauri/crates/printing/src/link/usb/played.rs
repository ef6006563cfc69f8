//! A bus that is played: printers that stall, run out of time, are unplugged, and hang in another socket.
//!
//! The paper is a simulated printer's, so that what is said of a ticket can be held against it.

use super::{Bus, Opening, PRINTER_CLASS, Plugged, Setting, open_on};
use crate::link::port::Port;
use crate::link::wire::Wire;
use crate::link::{Deadlines, Link, Proof, Trouble};
use fastops_domain::job::Cause;
use fastops_domain::station::{ProofLevel, UsbAddress};
use fastops_printer_sim::{Machine, MachineEvent, Model, Speed};
use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;
use tokio::time::{Instant, timeout};

const GENEROUS: Duration = Duration::from_secs(30);
const VENDOR: u16 = 0x04B8;
const PRODUCT: u16 = 0x0202;
const OUTPUT: u8 = 0x02;
const INPUT: u8 = 0x81;

/// What a printer does with the next transfers to it.
#[derive(Clone, Copy, Debug)]
enum Act {
    /// Takes so many bytes at most.
    Takes(usize),
    Fails(rusb::Error),
    /// Is unplugged in the middle, having taken nothing of this one.
    Leaves,
}

struct Printer {
    path: String,
    serial: Option<&'static str>,
    plugged: bool,
    machine: Machine,
    /// The system's driver has it.
    driver: bool,
    claimed: bool,
    configuration: u8,
    acts: VecDeque<Act>,
    /// What it does when there is no act.
    always: Act,
    received: u64,
    log: Vec<&'static str>,
}

#[derive(Clone)]
struct Desk(Arc<Mutex<Vec<Printer>>>);

#[derive(Clone)]
struct Hung {
    desk: Desk,
    place: usize,
    refuses: Option<rusb::Error>,
}

struct Handle {
    desk: Desk,
    place: usize,
    aside: Mutex<bool>,
    claimed: Mutex<bool>,
}

impl Desk {
    fn with(serials: &[Option<&'static str>]) -> Self {
        let model = Model { speed: Speed::Instant, ..Model::epson_80mm() };
        let printer = |(place, serial): (usize, Option<&'static str>)| Printer {
            path: format!("1-{}", place + 1),
            serial,
            plugged: true,
            machine: Machine::new(model.clone()),
            driver: true,
            claimed: false,
            configuration: 1,
            acts: VecDeque::new(),
            always: Act::Takes(usize::MAX),
            received: 0,
            log: Vec::new(),
        };
        Self(Arc::new(Mutex::new(serials.iter().copied().enumerate().map(printer).collect())))
    }

    fn printers(&self) -> MutexGuard<'_, Vec<Printer>> {
        self.0.lock().unwrap()
    }

    fn first<R>(&self, change: impl FnOnce(&mut Printer) -> R) -> R {
        change(&mut self.printers()[0])
    }

    fn slips(&self) -> usize {
        self.first(|printer| {
            let events = printer.machine.take_events().into_iter();
            events.filter(|event| matches!(event, MachineEvent::SlipCut { .. })).count()
        })
    }
}

impl Bus for Desk {
    type Device = Hung;

    fn devices(&self) -> rusb::Result<Vec<Hung>> {
        let printers = self.printers();
        let plugged = (0..printers.len()).filter(|place| printers[*place].plugged);
        Ok(plugged.map(|place| Hung { desk: self.clone(), place, refuses: None }).collect())
    }
}

/// The same with a computer that lets nobody have a printer.
#[derive(Clone)]
struct Refusing(Desk, rusb::Error);

impl Bus for Refusing {
    type Device = Hung;

    fn devices(&self) -> rusb::Result<Vec<Hung>> {
        let devices = self.0.devices()?.into_iter();
        Ok(devices.map(|device| Hung { refuses: Some(self.1), ..device }).collect())
    }
}

impl Plugged for Hung {
    type Open = Handle;

    fn make(&self) -> Option<(u16, u16)> {
        Some((VENDOR, PRODUCT))
    }

    fn path(&self) -> String {
        self.desk.printers()[self.place].path.clone()
    }

    fn serial(&self) -> Option<String> {
        self.desk.printers()[self.place].serial.filter(|_| self.refuses.is_none()).map(str::to_owned)
    }

    fn settings(&self) -> io::Result<Vec<Setting>> {
        let setting = |class, interface, number, input| Setting {
            class,
            configuration: 1,
            interface,
            number,
            output: Some(OUTPUT),
            input,
        };
        // A stick's interface first, then the printer's, at first without a way back.
        Ok(vec![
            setting(8, 0, 0, Some(INPUT)),
            setting(PRINTER_CLASS, 1, 0, None),
            setting(PRINTER_CLASS, 1, 1, Some(INPUT)),
        ])
    }

    fn open(&self) -> rusb::Result<Handle> {
        match self.refuses {
            Some(error) => Err(error),
            None => Ok(Handle {
                desk: self.desk.clone(),
                place: self.place,
                aside: Mutex::new(false),
                claimed: Mutex::new(false),
            }),
        }
    }
}

impl Handle {
    fn on<R>(&self, change: impl FnOnce(&mut Printer) -> rusb::Result<R>) -> rusb::Result<R> {
        let mut printers = self.desk.printers();
        let printer = &mut printers[self.place];
        if printer.plugged { change(printer) } else { Err(rusb::Error::NoDevice) }
    }
}

impl Opening for Handle {
    fn set_drivers_aside(&self) -> rusb::Result<()> {
        *self.aside.lock().unwrap() = true;
        Ok(())
    }

    fn configuration(&self) -> rusb::Result<u8> {
        self.on(|printer| Ok(printer.configuration))
    }

    fn configure(&self, configuration: u8) -> rusb::Result<()> {
        self.on(|printer| {
            printer.log.push("configured");
            printer.configuration = configuration;
            Ok(())
        })
    }

    fn claim(&self, interface: u8) -> rusb::Result<()> {
        assert_eq!(interface, 1, "the printer's own interface");
        let aside = *self.aside.lock().unwrap();
        self.on(|printer| {
            if printer.claimed || (printer.driver && !aside) {
                return Err(rusb::Error::Busy);
            }
            printer.log.push("claimed");
            (printer.driver, printer.claimed) = (false, true);
            *self.claimed.lock().unwrap() = true;
            Ok(())
        })
    }

    fn choose(&self, interface: u8, setting: u8) -> rusb::Result<()> {
        assert_eq!((interface, setting), (1, 1), "the setting with a way back");
        self.on(|printer| {
            assert!(printer.claimed, "only who has claimed it may choose");
            printer.log.push("chosen");
            Ok(())
        })
    }

    fn write(&self, endpoint: u8, bytes: &[u8], _: Duration) -> rusb::Result<usize> {
        assert_eq!(endpoint, OUTPUT);
        self.on(|printer| {
            let act = printer.acts.pop_front().unwrap_or(printer.always);
            match act {
                Act::Takes(most) => {
                    let taken = printer.machine.receive(Duration::ZERO, &bytes[..bytes.len().min(most)]);
                    printer.received += taken as u64;
                    if taken == 0 { Err(rusb::Error::Timeout) } else { Ok(taken) }
                }
                Act::Fails(error) => Err(error),
                Act::Leaves => {
                    printer.plugged = false;
                    Err(rusb::Error::NoDevice)
                }
            }
        })
    }

    fn read(&self, endpoint: u8, buffer: &mut [u8], _: Duration) -> rusb::Result<usize> {
        assert_eq!(endpoint, INPUT);
        self.on(|printer| {
            let said = printer.machine.take_answers();
            if said.is_empty() {
                return Err(rusb::Error::Timeout);
            }
            buffer[..said.len()].copy_from_slice(&said);
            Ok(said.len())
        })
    }

    fn clear_halt(&self, _: u8) -> rusb::Result<()> {
        self.on(|printer| {
            printer.log.push("halt cleared");
            Ok(())
        })
    }
}

impl Drop for Handle {
    /// As libusb does when a handle is closed.
    fn drop(&mut self) {
        if *self.claimed.get_mut().unwrap() {
            let aside = *self.aside.get_mut().unwrap();
            let printer = &mut self.desk.printers()[self.place];
            printer.log.push("given back");
            (printer.claimed, printer.driver) = (false, aside);
        }
    }
}

fn address(serial: Option<&str>, path: Option<&str>) -> UsbAddress {
    let owned = |text: &str| text.to_owned();
    UsbAddress { vendor: VENDOR, product: PRODUCT, serial: serial.map(owned), path: path.map(owned) }
}

/// Opened as every cable is, on threads of its own. `name` is this test's alone.
async fn link<B: Bus + Send + 'static>(name: &str, bus: B, address: UsbAddress) -> Result<Link, Trouble> {
    let deadline = Instant::now() + GENEROUS;
    let port = Port::open(name.to_owned(), move || open_on(&bus, &address), deadline).await?;
    let never = 10 * 60_000;
    let deadlines = Deadlines {
        status_ms: 20_000,
        progress_ms: 400,
        proof_base_ms: never,
        proof_longest_ms: never,
        watch_ms: 50,
        ..Deadlines::default()
    };
    Ok(Link::over(Wire::Port(port), deadlines))
}

fn job(rows: usize) -> Vec<u8> {
    let mut job: Vec<u8> = (0..rows).flat_map(|row| format!("row {row:04}\n").into_bytes()).collect();
    job.extend_from_slice(b"\x1DVB\x00");
    job
}

/// Waits until the threads have let go of the printer.
async fn until_given_back(desk: &Desk) {
    let given_back = async {
        while desk.first(|printer| printer.claimed) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(GENEROUS, given_back).await.unwrap();
}

#[tokio::test]
async fn a_ticket_goes_over_the_bus_in_pieces_and_proves_its_paper() {
    let desk = Desk::with(&[Some("A1")]);
    desk.first(|printer| {
        printer.always = Act::Takes(61);
        // Transfers that ran out of time move nothing and are tried again.
        printer.acts = [Act::Takes(12), Act::Fails(rusb::Error::Timeout), Act::Takes(7)].into();
        printer.acts.extend([Act::Fails(rusb::Error::Timeout), Act::Fails(rusb::Error::Interrupted)]);
    });
    let mut link = link("played: pieces", desk.clone(), address(Some("A1"), None)).await.unwrap();
    assert!(link.status().await.unwrap().answered);
    let job = job(200);
    timeout(GENEROUS, link.send(&job)).await.unwrap().unwrap();
    let proof = timeout(GENEROUS, link.prove(0, ProofLevel::ProcessId)).await.unwrap();
    assert_eq!((proof, desk.slips()), (Proof::Printed, 1));
    desk.first(|printer| assert!(printer.received >= job.len() as u64 && !printer.driver));
    link.close().await;
    until_given_back(&desk).await;
    desk.first(|printer| {
        assert_eq!(printer.log, ["claimed", "chosen", "given back"], "its configuration was right already");
        assert!(printer.driver, "the system's driver has it again");
    });
}

#[tokio::test]
async fn a_printer_in_another_configuration_is_put_into_the_one_that_prints() {
    let desk = Desk::with(&[Some("A1")]);
    desk.first(|printer| printer.configuration = 0);
    let link = link("played: configuration", desk.clone(), address(Some("A1"), None)).await.unwrap();
    desk.first(|printer| assert_eq!(printer.log, ["configured", "claimed", "chosen"]));
    link.close().await;
}

#[tokio::test]
async fn who_may_not_have_a_printer_is_told_why() {
    let desk = Desk::with(&[Some("A1")]);
    desk.first(|printer| (printer.claimed, printer.driver) = (true, false));
    let taken = link("played: taken", desk.clone(), address(Some("A1"), None)).await.unwrap_err();
    assert_eq!(taken.cause, Cause::Busy, "another program has it");
    let forbidden = Refusing(Desk::with(&[Some("A1")]), rusb::Error::Access);
    let forbidden = link("played: forbidden", forbidden, address(None, None)).await.unwrap_err();
    assert_eq!(forbidden.cause, Cause::NoPermission);
    let none = link("played: none", Desk::with(&[]), address(None, None)).await.unwrap_err();
    assert_eq!(none.cause, Cause::Unreachable);
    let other =
        link("played: other", Desk::with(&[Some("B2")]), address(Some("A1"), None)).await.unwrap_err();
    assert_eq!(other.cause, Cause::Unreachable, "never another printer of its make");
}

#[tokio::test]
async fn a_stall_breaks_the_job_with_its_count_and_the_next_one_goes() {
    let desk = Desk::with(&[Some("A1")]);
    let mut first = link("played: stall", desk.clone(), address(Some("A1"), None)).await.unwrap();
    desk.first(|printer| printer.acts = [Act::Takes(300), Act::Fails(rusb::Error::Pipe)].into());
    let broke = timeout(GENEROUS, first.send(&job(200))).await.unwrap().unwrap_err();
    assert_eq!((broke.cause, broke.bytes_accepted), (Cause::PartialWrite, Some(300)));
    assert_eq!(desk.first(|printer| printer.received), 300);
    drop(first);
    until_given_back(&desk).await;
    assert!(desk.first(|printer| printer.log.contains(&"halt cleared")));
    let mut next = link("played: stall", desk.clone(), address(Some("A1"), None)).await.unwrap();
    timeout(GENEROUS, next.send(&job(3))).await.unwrap().unwrap();
    assert_eq!(timeout(GENEROUS, next.prove(0, ProofLevel::Fence)).await.unwrap(), Proof::Printed);
    assert_eq!(desk.slips(), 1);
}

#[tokio::test]
async fn a_printer_that_takes_nothing_is_given_up_with_its_exact_count() {
    for taken in [0, 450] {
        let desk = Desk::with(&[Some("A1")]);
        let name = format!("played: full {taken}");
        let mut link = link(&name, desk.clone(), address(Some("A1"), None)).await.unwrap();
        desk.first(|printer| {
            printer.acts = if taken > 0 { [Act::Takes(taken)].into() } else { VecDeque::new() };
            printer.always = Act::Fails(rusb::Error::Timeout);
        });
        let broke = timeout(GENEROUS, link.send(&job(200))).await.unwrap().unwrap_err();
        assert_eq!((broke.cause, broke.bytes_accepted), (Cause::NoProgress, Some(taken as u64)));
        assert_eq!(desk.first(|printer| printer.received), taken as u64);
    }
}

/// Pulled in the middle of a ticket, looked for in vain, and found again by its serial number in another socket,
/// beside one of its like.
#[tokio::test]
async fn a_printer_that_was_unplugged_is_found_again_wherever_it_hangs() {
    let desk = Desk::with(&[Some("A1"), Some("B2")]);
    let wanted = address(Some("A1"), Some("1-1"));
    let mut first = link("played: unplugged", desk.clone(), wanted.clone()).await.unwrap();
    desk.first(|printer| printer.acts = [Act::Takes(200), Act::Takes(200), Act::Leaves].into());
    let broke = timeout(GENEROUS, first.send(&job(200))).await.unwrap().unwrap_err();
    assert_eq!((broke.cause, broke.bytes_accepted), (Cause::PartialWrite, Some(400)));
    drop(first);
    let away = link("played: unplugged", desk.clone(), wanted.clone()).await.unwrap_err();
    assert_eq!(away.cause, Cause::Unreachable);
    desk.first(|printer| {
        printer.path = "2-4.1".into();
        (printer.plugged, printer.driver, printer.claimed) = (true, true, false);
        printer.machine = Machine::new(printer.machine.model().clone());
    });
    let mut again = link("played: unplugged", desk.clone(), wanted).await.unwrap();
    timeout(GENEROUS, again.send(&job(3))).await.unwrap().unwrap();
    assert_eq!(timeout(GENEROUS, again.prove(0, ProofLevel::Fence)).await.unwrap(), Proof::Printed);
    assert_eq!((desk.slips(), desk.printers()[1].received), (1, 0), "its like got nothing");
}

/// An idle printer that goes away is noticed without a ticket.
#[tokio::test]
async fn an_idle_printer_that_is_unplugged_loses_the_link() {
    let desk = Desk::with(&[Some("A1")]);
    let mut link = link("played: idle", desk.clone(), address(Some("A1"), None)).await.unwrap();
    assert!(link.status().await.unwrap().answered);
    desk.first(|printer| printer.plugged = false);
    let lost = timeout(GENEROUS, link.changed()).await.unwrap().unwrap_err();
    assert_eq!(lost.cause, Cause::LinkLost);
    let broke = link.send(&job(3)).await.unwrap_err();
    assert_eq!((broke.cause, broke.bytes_accepted), (Cause::LinkLost, Some(0)));
}
