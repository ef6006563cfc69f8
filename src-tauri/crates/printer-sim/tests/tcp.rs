//! The printer on a real socket.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::sync::Arc;
use std::time::Duration;

use fastops_printer_sim::{
    Condition, ConnectionPolicy, DemoCondition, DemoPrinters, DemoSetup, Manners, Simulator, SimulatorConfig,
    SimulatorEvent,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::broadcast::Receiver;
use tokio::time::timeout;

const DEADLINE: Duration = Duration::from_secs(30);
const CUT: &[u8] = b"\x1DVB\x00";
const WALL_CLOCK_MS: i64 = 1_800_000_000_000;

fn config() -> SimulatorConfig {
    SimulatorConfig::instant("Cocina", Arc::new(|| WALL_CLOCK_MS))
}

async fn started(config: SimulatorConfig) -> Simulator {
    Simulator::start(config).await.unwrap()
}

async fn connect(simulator: &Simulator) -> TcpStream {
    timeout(DEADLINE, TcpStream::connect(simulator.addr())).await.unwrap().unwrap()
}

async fn answer<const LENGTH: usize>(client: &mut TcpStream) -> [u8; LENGTH] {
    let mut bytes = [0; LENGTH];
    timeout(DEADLINE, client.read_exact(&mut bytes)).await.unwrap().unwrap();
    bytes
}

/// True when the printer ended the connection, politely or not.
async fn is_ended(client: &mut TcpStream) -> bool {
    let mut byte = [0];
    matches!(timeout(DEADLINE, client.read(&mut byte)).await.unwrap(), Ok(0) | Err(_))
}

async fn until(
    events: &mut Receiver<SimulatorEvent>,
    wanted: impl Fn(&SimulatorEvent) -> bool,
) -> SimulatorEvent {
    timeout(DEADLINE, async {
        loop {
            let event = events.recv().await.unwrap();
            if wanted(&event) {
                return event;
            }
        }
    })
    .await
    .unwrap()
}

#[tokio::test]
async fn a_ticket_becomes_a_slip_and_a_proof() {
    let simulator = started(SimulatorConfig::new("Cocina", Arc::new(|| WALL_CLOCK_MS))).await;
    let mut events = simulator.subscribe();
    let before = tokio::time::Instant::now();
    let mut client = connect(&simulator).await;
    let ticket = [b"\x1B@\x1Bt\x10ca\xF1a\n", CUT, b"\x1Dr\x01"].concat();
    client.write_all(&ticket).await.unwrap();
    assert_eq!(answer(&mut client).await, [0x00]);
    // The proof follows the paper, so there is nothing to wait for.
    let slips = simulator.slips();
    assert_eq!(slips.len(), 1);
    assert!(slips[0].contains("caña"));
    assert_eq!((slips[0].number, slips[0].cut_at_ms), (1, WALL_CLOCK_MS));
    assert_eq!(simulator.slip(1), Some(Arc::clone(&slips[0])));
    assert_eq!(simulator.received_bytes(), ticket);
    let job = simulator.jobs()[0];
    assert!(job.connection == 1 && job.first_byte_at >= before);
    until(&mut events, |event| matches!(event, SimulatorEvent::JobStarted(started) if *started == job)).await;
    until(&mut events, |event| matches!(event, SimulatorEvent::SlipCut(slip) if slip.number == 1)).await;
    simulator.reset_log();
    assert!(simulator.slips().is_empty() && simulator.received_total() == 0);
    simulator.stop().await;
}

#[tokio::test]
async fn a_full_buffer_pushes_back_and_still_says_why() {
    let simulator = started(config()).await;
    simulator.set(Condition::PaperOut);
    let mut client = connect(&simulator).await;
    let lines: Vec<u8> = (0..512).flat_map(|_| *b"1234567\n").collect();
    client.write_all(&lines).await.unwrap();
    // Exactly the buffer's size; the state is asked for when nothing else fits.
    client.write_all(b"\x10\x04\x01\x10\x04\x04").await.unwrap();
    assert_eq!(answer(&mut client).await, [0x1A, 0x7E]);
    assert_eq!(simulator.buffered(), 4096);
    client.write_all(&[b"the rest\n", CUT].concat()).await.unwrap();
    client.write_all(b"\x10\x04\x01").await.unwrap();
    simulator.set(Condition::Ready);
    let slips = simulator.wait_for_slips(1, DEADLINE).await.unwrap();
    assert_eq!(slips[0].lines().count(), 513);
    assert!(slips[0].contains("the rest"));
    simulator.stop().await;
}

#[tokio::test]
async fn a_hung_printer_accepts_reads_nothing_and_prints_late() {
    let simulator = started(config()).await;
    simulator.set(Condition::Hung);
    let mut client = connect(&simulator).await;
    client.write_all(&[b"late\n", CUT].concat()).await.unwrap();
    let mut second = connect(&simulator).await;
    second.write_all(&[b"later\n", CUT].concat()).await.unwrap();
    assert_eq!(simulator.received_total(), 0);
    drop((client, second));
    assert!(simulator.wait_for_slips(1, Duration::from_millis(1)).await.is_err());
    simulator.set(Condition::Ready);
    let slips = simulator.wait_for_slips(2, DEADLINE).await.unwrap();
    assert!(slips[0].contains("late") && slips[1].contains("later"));
    simulator.stop().await;
}

#[tokio::test]
async fn the_state_changes_are_told_on_the_open_line() {
    let simulator = started(config()).await;
    let mut client = connect(&simulator).await;
    client.write_all(b"\x1Da\xFF").await.unwrap();
    assert_eq!(answer(&mut client).await, [0x10, 0x00, 0x00, 0x0F]);
    simulator.set(Condition::CoverOpen);
    assert_eq!(answer(&mut client).await, [0x38, 0x00, 0x00, 0x0F]);
    simulator.set(Condition::Ready);
    assert_eq!(answer(&mut client).await, [0x10, 0x00, 0x00, 0x0F]);
    simulator.stop().await;
}

#[tokio::test]
async fn one_client_at_a_time() {
    for policy in [ConnectionPolicy::Refuse, ConnectionPolicy::Drop] {
        let simulator = started(SimulatorConfig { policy, ..config() }).await;
        let mut events = simulator.subscribe();
        let mut first = connect(&simulator).await;
        first.write_all(b"\x10\x04\x01").await.unwrap();
        assert_eq!(answer(&mut first).await, [0x12]);
        let mut second = connect(&simulator).await;
        assert!(is_ended(&mut second).await, "{policy:?}");
        until(&mut events, |event| matches!(event, SimulatorEvent::Refused)).await;
        drop(first);
        until(&mut events, |event| matches!(event, SimulatorEvent::Disconnected { .. })).await;
        let mut third = connect(&simulator).await;
        third.write_all(b"\x10\x04\x01").await.unwrap();
        assert_eq!(answer(&mut third).await, [0x12], "{policy:?}");
        simulator.stop().await;
    }
}

#[tokio::test]
async fn a_muted_second_client_is_served_when_the_first_leaves() {
    let simulator = started(SimulatorConfig { policy: ConnectionPolicy::Mute, ..config() }).await;
    let mut first = connect(&simulator).await;
    first.write_all(b"\x10\x04\x01").await.unwrap();
    answer::<1>(&mut first).await;
    let mut second = connect(&simulator).await;
    second.write_all(&[b"second\n", CUT, b"\x10\x04\x01"].concat()).await.unwrap();
    first.write_all(&[b"first\n", CUT, b"\x1Dr\x01"].concat()).await.unwrap();
    answer::<1>(&mut first).await;
    assert_eq!(simulator.slips().len(), 1, "the second client waits");
    drop(first);
    answer::<1>(&mut second).await;
    let slips = simulator.wait_for_slips(2, DEADLINE).await.unwrap();
    assert!(slips[0].contains("first") && slips[1].contains("second"));
    simulator.stop().await;
}

#[tokio::test]
async fn a_slow_printer_turns_to_its_second_client_late() {
    let simulator = started(SimulatorConfig { policy: ConnectionPolicy::Slow, ..config() }).await;
    let mut first = connect(&simulator).await;
    first.write_all(b"\x10\x04\x01").await.unwrap();
    answer::<1>(&mut first).await;
    let mut second = connect(&simulator).await;
    second.write_all(b"\x10\x04\x01").await.unwrap();
    let mut events = simulator.subscribe();
    drop(first);
    until(&mut events, |event| matches!(event, SimulatorEvent::Disconnected { .. })).await;
    let left = tokio::time::Instant::now();
    assert_eq!(answer(&mut second).await, [0x12]);
    assert!(left.elapsed() > Duration::from_secs(2), "it took its time: {:?}", left.elapsed());
    simulator.stop().await;
}

#[tokio::test]
async fn manners_change_while_it_runs() {
    let simulator = started(SimulatorConfig { idle_reset: None, ..config() }).await;
    let mut first = connect(&simulator).await;
    first.write_all(b"\x10\x04\x01").await.unwrap();
    answer::<1>(&mut first).await;
    assert!(is_ended(&mut connect(&simulator).await).await, "a second client is refused");

    let mute = Manners { policy: ConnectionPolicy::Mute, ..simulator.manners() };
    simulator.set_manners(mute);
    let mut second = connect(&simulator).await;
    second.write_all(b"\x10\x04\x01").await.unwrap();
    let soon = Some(Duration::from_millis(20));
    simulator.set_manners(Manners { idle_reset: soon, ..mute });
    assert!(is_ended(&mut first).await, "the one that was there is silent for too long");
    assert_eq!(answer(&mut second).await, [0x12], "and the next has its turn");

    simulator.lock_out(DEADLINE);
    assert!(is_ended(&mut connect(&simulator).await).await, "nobody is let in");
    simulator.set_manners(Manners { idle_reset: None, ..mute });
    simulator.lock_out(Duration::ZERO);
    drop(second);
    let mut last = connect(&simulator).await;
    last.write_all(b"\x10\x04\x01").await.unwrap();
    assert_eq!(answer(&mut last).await, [0x12], "until it is over");
    simulator.stop().await;
}

#[tokio::test]
async fn lines_that_break() {
    let simulator =
        started(SimulatorConfig { idle_reset: Some(Duration::from_millis(20)), ..config() }).await;
    assert!(is_ended(&mut connect(&simulator).await).await, "an idle connection is reset");
    simulator.stop().await;

    let simulator = started(config()).await;
    simulator.set(Condition::ResetsLink { after_bytes: 6 });
    let mut client = connect(&simulator).await;
    client.write_all(b"begin\nnever").await.unwrap();
    assert!(is_ended(&mut client).await, "reset in mid job");
    assert_eq!(simulator.condition(), Condition::Ready);
    simulator.tear_off();
    assert!(simulator.slips()[0].contains("begin") && !simulator.slips()[0].contains("never"));
    simulator.stop().await;
}

#[tokio::test]
async fn switching_off_closes_the_port_and_on_opens_it_again() {
    let simulator = started(config()).await;
    let mut client = connect(&simulator).await;
    client.write_all(b"\x10\x04\x01").await.unwrap();
    assert_eq!(answer(&mut client).await, [0x12]);
    simulator.set(Condition::PoweredOff);
    assert!(is_ended(&mut client).await);
    timeout(DEADLINE, async {
        while TcpStream::connect(simulator.addr()).await.is_ok() {
            tokio::task::yield_now().await;
        }
    })
    .await
    .unwrap();
    simulator.set(Condition::Ready);
    let mut client = timeout(DEADLINE, async {
        loop {
            if let Ok(client) = TcpStream::connect(simulator.addr()).await {
                return client;
            }
            tokio::task::yield_now().await;
        }
    })
    .await
    .unwrap();
    client.write_all(&[b"back\n", CUT].concat()).await.unwrap();
    assert!(simulator.wait_for_slips(1, DEADLINE).await.unwrap()[0].contains("back"));
    simulator.stop().await;
}

#[tokio::test]
async fn dripping_bytes_all_arrive() {
    let simulator = started(config()).await;
    simulator.set(Condition::Drip { bytes_per_second: 100 });
    let mut client = connect(&simulator).await;
    client.write_all(&[b"drop by drop by drop\n", CUT].concat()).await.unwrap();
    assert!(simulator.wait_for_slips(1, DEADLINE).await.unwrap()[0].contains("drop by drop by drop"));
    simulator.stop().await;
}

#[tokio::test]
async fn slips_are_written_as_files() {
    let folder = tempfile::tempdir().unwrap();
    let simulator =
        started(SimulatorConfig { paper_dir: Some(folder.path().join("paper")), ..config() }).await;
    let mut client = connect(&simulator).await;
    client.write_all(&[b"on file\n", CUT, b"\x1Dr\x01"].concat()).await.unwrap();
    answer::<1>(&mut client).await;
    simulator.stop().await;
    let text = std::fs::read_to_string(folder.path().join("paper/cocina-0001.txt")).unwrap();
    assert_eq!(text, "on file\n");
    assert!(std::fs::read(folder.path().join("paper/cocina-0001.png")).unwrap().starts_with(b"\x89PNG"));
    assert_eq!(std::fs::read_dir(folder.path().join("paper")).unwrap().count(), 2);
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_costs_no_paper() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("occupied");
    std::fs::write(&file, "a file where the folder should be").unwrap();
    let simulator = started(SimulatorConfig { paper_dir: Some(file), ..config() }).await;
    let mut client = connect(&simulator).await;
    client.write_all(&[b"one\n", CUT, b"two\n", CUT].concat()).await.unwrap();
    assert_eq!(simulator.wait_for_slips(2, DEADLINE).await.unwrap().len(), 2);
    simulator.stop().await;
}

#[tokio::test]
async fn demonstration_printers_list_their_paper() {
    let mut setups: Vec<DemoSetup> = ["Cocina", "Bar"].map(DemoSetup::new).into();
    for setup in &mut setups {
        setup.model = config().model;
    }
    let printers = DemoPrinters::start_with(setups, Arc::new(|| WALL_CLOCK_MS)).await.unwrap();
    let mut changes = printers.changes();
    let bar = printers.printer("Bar").unwrap();
    let mut client = connect(bar).await;
    for n in 1..=25 {
        client.write_all(&[format!("slip {n}\n").as_bytes(), CUT].concat()).await.unwrap();
    }
    bar.wait_for_slips(25, DEADLINE).await.unwrap();
    timeout(DEADLINE, changes.changed()).await.unwrap().unwrap();
    let listed = printers.list();
    assert_eq!(listed.iter().map(|printer| printer.name.as_str()).collect::<Vec<_>>(), ["Cocina", "Bar"]);
    assert_eq!(listed[1].address, bar.addr().to_string());
    assert_eq!(listed[1].slips.len(), 20);
    assert_eq!((listed[1].slips[0].number, listed[1].slips[0].text.as_str()), (25, "slip 25\n"));
    assert!(printers.slip_png("Bar", 25).unwrap().starts_with(b"\x89PNG"));
    assert!(printers.slip_png_data_url("Bar", 25).unwrap().starts_with("data:image/png;base64,iVBORw0KGgo"));
    assert_eq!(printers.slip_png("Bar", 99), None);
    for condition in DemoCondition::ALL {
        printers.set("Cocina", condition).unwrap();
        assert_eq!(printers.list()[0].condition, condition);
    }
    printers.set("Cocina", DemoCondition::PaperNearEnd).unwrap();
    printers.switch("Cocina", DemoCondition::CoverOpen, true).unwrap();
    let shown = &printers.list()[0];
    assert_eq!(shown.condition, DemoCondition::CoverOpen);
    assert_eq!(shown.conditions, [DemoCondition::PaperNearEnd, DemoCondition::CoverOpen]);
    printers.switch("Cocina", DemoCondition::CoverOpen, false).unwrap();
    assert_eq!(printers.list()[0].conditions, [DemoCondition::PaperNearEnd]);
    assert!(printers.set("Terraza", DemoCondition::Ready).is_err());
    assert!(printers.switch("Terraza", DemoCondition::Slow, true).is_err());
    printers.stop().await;
}
