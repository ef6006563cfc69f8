//! What dies is on the screens while nobody has given it up yet, and the limits of core and screens fit together.

use crate::house::{Engine, House, PATIENCE, new_id};
use fastops_app::Caller;
use fastops_app::wire::{
    AlertKind, AlertsView, Cause, ChainPlace, Event, GetAlerts, GetPrintSetup, JobState, ListStuckJobs,
    SetBreaker, SetStationChain, StationPulse,
};
use fastops_domain::signs;
use fastops_printer_sim::Condition;
use fastops_printing::link::Deadlines;
use uuid::Uuid;

super::on_both_engines!(
    a_printer_that_dies_with_a_ticket_is_told_of_while_it_has_it,
    tickets_that_come_out_elsewhere_are_an_alert_until_the_first_target_is_back,
    a_paper_of_no_station_that_failed_is_told_with_every_beat,
);

/// Nothing is ever given up.
const FOR_EVER_MS: u64 = 3_600_000;

fn patient() -> Deadlines {
    Deadlines {
        progress_ms: FOR_EVER_MS,
        proof_base_ms: FOR_EVER_MS,
        proof_longest_ms: FOR_EVER_MS,
        ..Deadlines::default()
    }
}

/// Waits until the screens are told that the kitchen has this trouble, or none.
async fn told(house: &House, cause: Option<Cause>) -> StationPulse {
    let (mut events, kitchen) = (house.app.subscribe(), house.station("cocina"));
    let found = tokio::time::timeout(PATIENCE, async {
        loop {
            let (Event::Heartbeat { stations, .. } | Event::PulseChanged { stations, .. }) =
                events.recv().await.unwrap().event
            else {
                continue;
            };
            let pulse = stations.into_iter().find(|pulse| pulse.station_id == kitchen);
            if let Some(pulse) = pulse.filter(|pulse| pulse.cause == cause) {
                return pulse;
            }
        }
    });
    found.await.unwrap_or_else(|_| panic!("the screens never heard of {cause:?}"))
}

async fn a_printer_that_dies_with_a_ticket_is_told_of_while_it_has_it(engine: Engine) {
    let house = House::open(engine).await;
    let house = house.restart_with(|config| config.deadlines = patient()).await;
    let ana = house.sign_in("Ana").await;
    let send = || house.app.perform(&ana, house.take_away(&[("307", 1)]));
    // It has been heard: its silence says something.
    let first = send().await.unwrap();
    house.until(&ana, first.id, |order| order.tickets[0].job == JobState::Printed).await;
    house.printer("cocina").set(Condition::Stalled { after_bytes: 200 });
    let order = send().await.unwrap();
    let pulse = told(&house, Some(Cause::NoProgress)).await;
    assert!(pulse.problem.unwrap().es.contains("Cocina"));
    let held = house.order(&ana, order.id).await;
    assert!(matches!(held.tickets[0].job, JobState::Sending | JobState::Sent), "not given up: {held:?}");
    house.printer("cocina").set(Condition::Ready);
    told(&house, None).await;
    house.until(&ana, order.id, |order| order.tickets[0].job == JobState::Printed).await;
    house.close().await;
}

async fn device(house: &House, admin: &Caller, name: &str) -> Uuid {
    let setup = house.app.perform(admin, GetPrintSetup {}).await.unwrap();
    setup.devices.iter().find(|device| device.name == name).unwrap().id
}

async fn until_alerts(house: &House, who: &Caller, wanted: impl Fn(&AlertsView) -> bool) -> AlertsView {
    let mut events = house.app.subscribe();
    let found = tokio::time::timeout(PATIENCE, async {
        loop {
            let view = house.app.perform(who, GetAlerts {}).await.unwrap();
            if wanted(&view) {
                return view;
            }
            let _ = events.recv().await;
        }
    });
    found.await.expect("the alerts never became as wanted")
}

async fn tickets_that_come_out_elsewhere_are_an_alert_until_the_first_target_is_back(engine: Engine) {
    let house = House::open(engine).await;
    let (admin, ana) = (house.sign_in("Camila").await, house.sign_in("Ana").await);
    let (kitchen, bar) = (device(&house, &admin, "Cocina").await, device(&house, &admin, "Bar").await);
    let tiers = [kitchen, bar].map(|id| vec![ChainPlace::Device(id)]).to_vec();
    let station_id = house.station("cocina");
    let chain = SetStationChain { command_id: new_id(), station_id, tiers };
    house.app.perform(&admin, chain).await.unwrap();
    let steer = |open| SetBreaker { command_id: new_id(), printer_id: kitchen, open };
    house.app.perform(&admin, steer(true)).await.unwrap();
    let order = house.app.perform(&ana, house.take_away(&[("307", 1)])).await.unwrap();
    house.until(&ana, order.id, |order| order.tickets[0].job == JobState::Printed).await;

    // Whoever sent it sees it as whoever looks after the printers does.
    let kind = AlertKind::TicketsElsewhere;
    let is_open = |view: &AlertsView| view.open.iter().any(|alert| alert.kind == kind);
    for who in [&ana, &admin] {
        let view = until_alerts(&house, who, is_open).await;
        let text = &view.open.iter().find(|alert| alert.kind == kind).unwrap().text;
        for words in ["Cocina", "Bar imprime en lugar de Cocina", "vuelva a ponerla en uso"] {
            assert!(text.es.contains(words), "{text:?}");
        }
        assert!(
            text.en.contains("Bar prints in place of Cocina") && text.en.contains("back into use"),
            "{text:?}"
        );
    }
    house.app.perform(&admin, steer(false)).await.unwrap();
    let view = until_alerts(&house, &ana, |view| !is_open(view)).await;
    assert_eq!(view.past.iter().filter(|alert| alert.kind == kind).count(), 1, "raised once");
    house.close().await;
}

async fn a_paper_of_no_station_that_failed_is_told_with_every_beat(engine: Engine) {
    use super::papers::a_drawer_that_came_too_late;
    let house = House::open(engine).await;
    let admin = house.sign_in("Camila").await;
    a_drawer_that_came_too_late(&house, &admin).await;
    let mut events = house.app.subscribe();
    let found = tokio::time::timeout(PATIENCE, async {
        loop {
            if let Event::Heartbeat { papers_failed, stations, .. } = events.recv().await.unwrap().event
                && papers_failed == 1
            {
                assert!(stations.iter().all(|pulse| pulse.failed == 0), "{stations:?}");
                return;
            }
        }
    });
    found.await.expect("nobody was told of the drawer");
    let stuck = house.app.perform(&admin, ListStuckJobs {}).await.unwrap().jobs;
    assert!(stuck.iter().any(|job| job.ticket_id.is_none() && job.state == JobState::Failed), "{stuck:?}");
    house.close().await;
}

/// The screens count on the same limits as the core.
#[test]
fn the_screens_count_on_the_limits_of_the_core() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/src/lib/ipc/signs.ts");
    let text = std::fs::read_to_string(path).unwrap();
    let stated = |name: &str| {
        let start = format!("export const {name} = ");
        let line = text.lines().find_map(|line| line.strip_prefix(&start)).unwrap();
        line.trim_end_matches(';').replace('_', "").parse::<u64>().unwrap()
    };
    for (name, ms) in [
        ("WITHIN_MS", signs::WITHIN_MS),
        ("BEAT_MS", signs::BEAT_MS),
        ("READ_MS", signs::READ_MS),
        ("SILENCE_MS", signs::SILENCE_MS),
        ("PAINT_MS", signs::PAINT_MS),
    ] {
        assert_eq!(stated(name), ms, "{name}");
    }
}
