//! A house from nothing to its first ticket: founded, opened, its printer set up, an order sent.

use crate::house::{self, Engine, House, instant_printer, new_id};
use crate::postgres::PrivateCluster;
use fastops_app::wire::{
    ChainPlace, FailureCode, FirstStepsView, GetFirstSteps, GetQueueStatus, GetTerminal, JobState, LogIn,
    PulseState, Role, SaveDevice, SavePerson, Secret, SetStationChain,
};
use fastops_app::{App, AppConfig, BusinessKind, Caller, Database, Founding, Language, found};
use fastops_printer_sim::Simulator;
use tempfile::TempDir;

super::on_both_engines!(
    a_house_comes_from_nothing_to_its_first_ticket,
    a_house_without_a_menu_or_tables_opens_too,
    the_first_steps_are_for_whoever_may_change_the_house,
);

fn founding() -> Founding {
    Founding {
        language: Language::Es.into(),
        country: "CO".into(),
        kind: BusinessKind::Cafe,
        name: "El Rincón".into(),
        tax_bp: 800,
        sample_menu: true,
        tables: 4,
        admin: "Rosa".into(),
        pin: Secret("2468".into()),
        utc_offset_minutes: -300,
    }
}

/// Data that nobody has used yet.
async fn empty(engine: Engine) -> (AppConfig, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let mut config = AppConfig::new(folder.path());
    if engine == Engine::Postgres {
        config.database = house::fresh_on(PrivateCluster::shared()).await;
    }
    (config, folder)
}

/// The house of a founding, with its first person signed in.
async fn open(engine: Engine, founding: Founding, printers: Vec<Simulator>) -> (House, Caller) {
    let (config, folder) = empty(engine).await;
    let (name, pin) = (founding.admin.clone(), founding.pin.0.clone());
    found(&config, founding).await.unwrap();
    let app = App::start(config.clone()).await.unwrap();
    let terminal = app.perform(&Caller::default(), GetTerminal {}).await.unwrap();
    let user_id = terminal.users.iter().find(|user| user.name == name).unwrap().id;
    let log_in = LogIn { user_id, pin, terminal_id: terminal.terminals[0].id };
    let session = app.perform(&Caller::default(), log_in).await.unwrap().session;
    let caller = Caller { session: Some(session), language: Language::Es, ..Caller::default() };
    let house = House::over(app, printers, terminal, (folder, config.database), &caller).await;
    (house, caller)
}

async fn steps(house: &House, caller: &Caller) -> FirstStepsView {
    house.app.perform(caller, GetFirstSteps {}).await.unwrap()
}

async fn a_house_comes_from_nothing_to_its_first_ticket(engine: Engine) {
    let (house, rosa) = open(engine, founding(), vec![instant_printer("Barra").await]).await;
    let fresh = steps(&house, &rosa).await;
    assert_eq!((fresh.stations, fresh.served_stations, fresh.people, fresh.tables), (2, 0, 1, 4));
    assert!(fresh.products > 5 && !fresh.has_printed);

    // Nothing is broken where there is no printer yet.
    for pulse in house.app.perform(&rosa, GetQueueStatus {}).await.unwrap().stations {
        assert_eq!((pulse.state, pulse.has_printer, pulse.cause), (PulseState::Warn, false, None));
        assert!(pulse.problem.unwrap().es.contains("todavía no tiene impresora"));
    }

    // A person, and a printer for both stations.
    let person = SavePerson {
        command_id: new_id(),
        user_id: new_id(),
        name: "Andrés".into(),
        role: Role::Waiter,
        language: Language::Es.into(),
        active: true,
        pin: Some(Secret("1357".into())),
    };
    house.app.perform(&rosa, person).await.unwrap();
    let device = SaveDevice {
        command_id: new_id(),
        device_id: new_id(),
        name: "Barra".into(),
        address: format!("tcp://{}", house.printers[0].addr()),
        profile: None,
    };
    let device_id = device.device_id;
    house.app.perform(&rosa, device).await.unwrap();
    for station in &house.terminal.stations {
        let tiers = vec![vec![ChainPlace::Device(device_id)]];
        let chain = SetStationChain { command_id: new_id(), station_id: station.id, tiers };
        house.app.perform(&rosa, chain).await.unwrap();
    }

    // A coffee and a croissant: two stations, one printer.
    let order = house.app.perform(&rosa, house.take_away(&[("501", 1), ("601", 2)])).await.unwrap();
    let printed = |order: &fastops_app::wire::OrderView| {
        order.tickets.len() == 2 && order.tickets.iter().all(|ticket| ticket.job == JobState::Printed)
    };
    house.until(&rosa, order.id, printed).await;
    let papers = house.printers[0].slips();
    assert!(papers.iter().any(|paper| paper.contains("Café negro")), "{papers:?}");
    let done = steps(&house, &rosa).await;
    assert_eq!((done.served_stations, done.people, done.has_printed), (2, 2, true));
    let pulses = house.app.perform(&rosa, GetQueueStatus {}).await.unwrap().stations;
    assert!(pulses.iter().all(|pulse| pulse.has_printer && pulse.problem.is_none()), "{pulses:?}");
    house.close().await;
}

async fn a_house_without_a_menu_or_tables_opens_too(engine: Engine) {
    let wish = Founding { kind: BusinessKind::Shop, sample_menu: false, tables: 0, ..founding() };
    let (house, rosa) = open(engine, wish, Vec::new()).await;
    let fresh = steps(&house, &rosa).await;
    assert_eq!((fresh.stations, fresh.products, fresh.tables), (1, 0, 0));
    house.close().await;
}

async fn the_first_steps_are_for_whoever_may_change_the_house(engine: Engine) {
    let house = House::open(engine).await;
    let (admin, waiter) = (house.sign_in("Camila").await, house.sign_in("Ana").await);
    let demo = steps(&house, &admin).await;
    assert_eq!((demo.stations, demo.served_stations, demo.people), (3, 3, 6));
    house.refused(&waiter, GetFirstSteps {}, FailureCode::NotAllowed).await;
    house.close().await;
}

/// P14, where two computers are set up on one server at once: one house is founded, whole, and the other computer
/// hears that there is one.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_computers_that_found_at_once_make_one_house() {
    let database: Database = house::fresh_on(PrivateCluster::shared()).await;
    for round in 0..3 {
        let database =
            if round == 0 { database.clone() } else { house::fresh_on(PrivateCluster::shared()).await };
        let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
        let config =
            |folder: &TempDir| AppConfig { database: database.clone(), ..AppConfig::new(folder.path()) };
        let wish = |name: &str| Founding { name: name.into(), ..founding() };
        let (one, other) = (config(&folders[0]), config(&folders[1]));
        // Both open what is there first, so that they meet at the founding and not at the making of the tables.
        for config in [&one, &other] {
            let failure = App::start(config.clone()).await.unwrap_err();
            assert_eq!(failure.code, FailureCode::NotSetUp, "{}", failure.message);
        }
        let (first, second) = tokio::join!(found(&one, wish("Una")), found(&other, wish("Otra")));
        let refused: Vec<_> = [first, second].into_iter().filter_map(Result::err).collect();
        assert_eq!(
            refused.iter().map(|failure| failure.code).collect::<Vec<_>>(),
            [FailureCode::SetUpAlready]
        );
        let app = App::start(one).await.unwrap();
        let terminal = app.perform(&Caller::default(), GetTerminal {}).await.unwrap();
        assert_eq!((terminal.users.len(), terminal.terminals.len()), (1, 2), "one house, whole");
        app.stop().await;
    }
}
