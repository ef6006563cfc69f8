//! A kitchen whose printer hangs on a cable, through the core's own door: a serial line at its speed, and a device
//! file. Both are pseudo-terminals with a simulated printer at the far end, under a name that stays when the cable
//! is pulled and put back, as adapters have it.

use super::targets::Setup;
use crate::house::{Engine, PATIENCE, new_id, ticket_number};
use fastops_app::SystemClock;
use fastops_app::wire::{
    Cause, ChainPlace, DeviceProfile, GetQueueStatus, JobState, LaneView, OrderView, SaveDevice,
    SetStationChain,
};
use fastops_domain::time::Clock as _;
use fastops_printer_sim::{Condition, SerialFlow, Simulator, SimulatorConfig, SimulatorEvent, Slip};
use std::path::PathBuf;
use std::sync::Arc;
use tempfile::TempDir;

super::on_both_engines!(a_kitchen_on_a_serial_line_has_a_service, a_kitchen_on_a_device_file_has_a_service,);

const BAUD: u32 = 38_400;
/// Bytes after which the printer takes no more, so that the cable can be pulled in the middle of a ticket. It says
/// XOFF some 250 bytes before.
const HALF_A_TICKET: usize = 400;
const DUPLICATE: &str = "POSIBLE DUPLICADO";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cable {
    Serial,
    DeviceFile,
}

/// A cable with a printer at its end, or with none.
struct Plug {
    folder: TempDir,
    printer: Option<Simulator>,
}

impl Plug {
    async fn new() -> Self {
        let mut plug = Self { folder: tempfile::tempdir().unwrap(), printer: None };
        plug.put_in().await;
        plug
    }

    fn name(&self) -> PathBuf {
        self.folder.path().join("usb-Kitchen_Printer-if00")
    }

    fn address(&self, cable: Cable) -> String {
        let name = self.name();
        match cable {
            Cable::Serial => format!("serial:{}?baud={BAUD}&flow=software", name.display()),
            Cable::DeviceFile => format!("file:{}", name.display()),
        }
    }

    async fn put_in(&mut self) {
        let clock: fastops_printer_sim::Clock = Arc::new(|| SystemClock.now().0);
        let config = SimulatorConfig { baud: Some(BAUD), ..SimulatorConfig::instant("Línea", clock) };
        let (printer, device) = Simulator::start_serial(config, SerialFlow::Software).await.unwrap();
        std::os::unix::fs::symlink(device, self.name()).unwrap();
        self.printer = Some(printer);
    }

    async fn pull_out(&mut self) {
        std::fs::remove_file(self.name()).unwrap();
        self.printer.take().unwrap().stop().await;
    }

    fn printer(&self) -> &Simulator {
        self.printer.as_ref().unwrap()
    }

    fn papers(&self, order: &OrderView) -> Vec<Arc<Slip>> {
        let number = Some(order.tickets[0].number);
        self.printer().slips().into_iter().filter(|slip| ticket_number(slip) == number).collect()
    }
}

async fn a_kitchen_on_a_serial_line_has_a_service(engine: Engine) {
    service(engine, Cable::Serial).await;
}

async fn a_kitchen_on_a_device_file_has_a_service(engine: Engine) {
    service(engine, Cable::DeviceFile).await;
}

async fn service(engine: Engine, cable: Cable) {
    let setup = Setup::open(engine).await;
    let mut plug = Plug::new().await;
    let line = add(&setup, &plug.address(cable)).await;
    kitchen(&setup, &[line]).await;

    // Every ticket is proved by its paper.
    let order = setup.send().await;
    let done = setup.until(&order, JobState::Printed).await;
    assert!(!done.tickets[0].possible_duplicate);
    let papers = plug.papers(&order);
    assert_eq!((papers.len(), papers[0].unknown_commands.len()), (1, 0), "{}", papers[0].text());
    assert!(papers[0].contains("Cocina") && !papers[0].contains(DUPLICATE));

    no_paper(&setup, &plug).await;
    pulled_in_the_middle(&setup, &mut plug).await;
    gone_for_good(&setup, &mut plug, line).await;
    setup.house.close().await;
}

/// Nothing is sent to a printer without paper, the queue says why, and a new roll is enough.
async fn no_paper(setup: &Setup, plug: &Plug) {
    plug.printer().set(Condition::PaperOut);
    let order = setup.send().await;
    let held = setup.until(&order, JobState::Blocked).await;
    assert_eq!(held.tickets[0].cause, Some(Cause::PaperOut));
    let lane = lane(setup, |lane| lane.cause == Some(Cause::PaperOut)).await;
    let problem = lane.problem.unwrap();
    assert!(problem.es.contains("Línea") && problem.es.contains("papel"), "{problem:?}");
    assert!(problem.en.contains("Línea") && problem.en.contains("paper"), "{problem:?}");
    assert!(plug.papers(&order).is_empty());
    plug.printer().set(Condition::Ready);
    let done = setup.until(&order, JobState::Printed).await;
    lane_is_well(setup).await;
    assert!(!done.tickets[0].possible_duplicate, "nothing was sent before");
    assert_eq!(plug.papers(&order).len(), 1);
}

/// The cable comes out while a ticket goes through it: its fate is unknown, so it comes out once more and says so.
async fn pulled_in_the_middle(setup: &Setup, plug: &mut Plug) {
    let mut events = plug.printer().subscribe();
    plug.printer().set(Condition::Stalled { after_bytes: HALF_A_TICKET });
    let order = setup.send().await;
    let begun = tokio::time::timeout(PATIENCE, async {
        while !matches!(events.recv().await.unwrap(), SimulatorEvent::JobStarted(_)) {}
    });
    begun.await.expect("no byte of the ticket came");
    plug.pull_out().await;
    lane(setup, |lane| lane.cause.is_some()).await;
    plug.put_in().await;
    let done = setup.until(&order, JobState::Printed).await;
    assert!(done.tickets[0].possible_duplicate);
    lane_is_well(setup).await;
    let next = setup.send().await;
    setup.until(&next, JobState::Printed).await;
    let marked: Vec<bool> = plug.papers(&order).iter().map(|slip| slip.contains(DUPLICATE)).collect();
    assert_eq!(marked, [true], "once more, and marked");
    let next: Vec<bool> = plug.papers(&next).iter().map(|slip| slip.contains(DUPLICATE)).collect();
    assert_eq!(next, [false]);
}

/// The cable stays out: the next printer of the kitchen takes what is sent.
async fn gone_for_good(setup: &Setup, plug: &mut Plug, line: ChainPlace) {
    kitchen(setup, &[line, ChainPlace::Device(setup.device("Bar").await)]).await;
    plug.pull_out().await;
    let order = setup.send().await;
    let done = setup.until(&order, JobState::Printed).await;
    assert!(!done.tickets[0].possible_duplicate, "no byte of it was sent");
    assert_eq!(setup.backups_at("bar", &order), 1);
    assert!(lane(setup, |lane| lane.cause.is_some()).await.problem.is_some());
}

async fn add(setup: &Setup, address: &str) -> ChainPlace {
    let device_id = new_id();
    let profile = DeviceProfile {
        columns: 42,
        code_page: "cp858".into(),
        code_table: 19,
        proof: "process_id".into(),
        abilities: None,
        drawer: None,
    };
    let save = SaveDevice {
        command_id: new_id(),
        device_id,
        name: "Línea".into(),
        address: address.into(),
        profile: Some(profile),
    };
    setup.house.app.perform(&setup.admin, save).await.unwrap();
    ChainPlace::Device(device_id)
}

/// The kitchen's printers, each a backup of those before.
async fn kitchen(setup: &Setup, places: &[ChainPlace]) {
    let tiers = places.iter().map(|place| vec![*place]).collect();
    let station_id = setup.house.station("cocina");
    let chain = SetStationChain { command_id: new_id(), station_id, tiers };
    setup.house.app.perform(&setup.admin, chain).await.unwrap();
}

async fn lane_is_well(setup: &Setup) {
    assert_eq!(lane(setup, |lane| lane.cause.is_none()).await.problem, None);
}

/// Waits until the queue shows the line as wanted.
async fn lane(setup: &Setup, wanted: impl Fn(&LaneView) -> bool) -> LaneView {
    let mut events = setup.house.app.subscribe();
    let found = tokio::time::timeout(PATIENCE, async {
        loop {
            let status = setup.house.app.perform(&setup.admin, GetQueueStatus {}).await.unwrap();
            let lane = status.lanes.into_iter().find(|lane| lane.printer == "Línea").unwrap();
            if wanted(&lane) {
                return lane;
            }
            let _ = events.recv().await;
        }
    });
    found.await.expect("the line never became as wanted")
}
