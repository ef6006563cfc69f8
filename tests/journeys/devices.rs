//! What tickets come out of, set up through the core's own door: what is refused, what is written down, what counts
//! at once.

use super::targets::Setup;
use crate::house::{Engine, instant_printer, new_id};
use crate::laws::questions::{self, count};
use fastops_app::wire::{
    ChainPlace, DeviceAbilities, DeviceKind, DeviceProfile, FailureCode, JobState, MailSecurity, MailServer,
    OrderView, RemoveDevice, SaveDevice, SetMailServer, SetStationChain, SetTerminalPrinter, ShowStation,
};
use fastops_app::{Caller, Language};
use fastops_domain::ids::{PrinterId, StationId, TargetId};
use fastops_domain::station::{ChainTarget, Target};
use fastops_printer_sim::Condition;
use fastops_store::{StoreError, company, device};
use uuid::Uuid;

super::on_both_engines!(
    a_device_counts_at_once_and_is_written_down_once,
    what_cannot_be_is_refused_with_a_sentence,
    what_waits_for_a_device_that_is_removed_comes_out_elsewhere,
);

fn save(name: &str, address: &str) -> SaveDevice {
    let (command_id, device_id) = (new_id(), new_id());
    SaveDevice { command_id, device_id, name: name.into(), address: address.into(), profile: None }
}

fn chain(station_id: Uuid, tiers: &[&[ChainPlace]]) -> SetStationChain {
    let tiers = tiers.iter().map(|tier| tier.to_vec()).collect();
    SetStationChain { command_id: new_id(), station_id, tiers }
}

/// P13, and no restart: a new printer prints the next ticket.
async fn a_device_counts_at_once_and_is_written_down_once(engine: Engine) {
    let setup = Setup::open(engine).await;
    let app = &setup.house.app;
    let store = app.store_for_faults();
    let new = instant_printer("Nueva").await;
    let mut request = save("Nueva", &format!("tcp://{}", new.addr()));
    let abilities =
        DeviceAbilities { cutter: false, pictures: false, qr: false, red: true, buzzer: "clone".into() };
    request.profile = Some(DeviceProfile {
        columns: 32,
        code_page: "cp850".into(),
        code_table: 2,
        proof: "fence".into(),
        abilities: Some(abilities.clone()),
        drawer: None,
    });
    for _ in 0..2 {
        app.perform(&setup.admin, request.clone()).await.unwrap();
    }
    let device = ChainPlace::Device(request.device_id);
    let station = setup.house.station("cocina");
    let said = chain(station, &[&[device], &[ChainPlace::Sender]]);
    for _ in 0..2 {
        let view = app.perform(&setup.admin, said.clone()).await.unwrap();
        let kept = view.chains.iter().find(|chain| chain.station_id == station).unwrap();
        assert_eq!(kept.tiers, said.tiers);
    }
    assert_eq!(count(&store, questions::DEVICES_SAID).await, 2, "each act once");
    let view = setup.setup().await;
    let known = view.devices.iter().find(|known| known.id == request.device_id).unwrap();
    assert_eq!((known.kind, known.profile.columns), (DeviceKind::Printer, 32));
    let order = app.perform(&setup.ana, setup.house.take_away(&[("307", 1)])).await.unwrap();
    setup.house.until(&setup.ana, order.id, |order| order.tickets[0].job == JobState::Printed).await;
    assert_eq!(new.slips().len(), 0, "it has no knife");
    new.tear_off();
    assert!(new.slips()[0].contains("Cocina") && new.slips()[0].beeps > 0);
    let renamed = SaveDevice { command_id: new_id(), name: "Otra".into(), profile: None, ..request };
    let view = app.perform(&setup.admin, renamed).await.unwrap();
    let known = view.devices.iter().find(|known| known.name == "Otra").unwrap();
    assert_eq!(known.profile.columns, 32, "what is not said stays");
    assert_eq!(known.profile.abilities, Some(abilities));
    setup.house.close().await;
    new.stop().await;
}

async fn what_cannot_be_is_refused_with_a_sentence(engine: Engine) {
    let setup = Setup::open(engine).await;
    let (kitchen, bar) = (setup.device("Cocina").await, setup.device("Bar").await);
    let screen = setup.add("Pantalla", "screen:bar".into()).await;
    let folder = tempfile::tempdir().unwrap();
    let nowhere = format!("pdf:{}", folder.path().join("nada").display());
    let taken = setup.setup().await.devices.iter().find(|known| known.id == kitchen).unwrap().address.clone();
    let bad = FailureCode::BadPrinter;
    for (request, code) in [
        (save("", "tcp://a"), FailureCode::OutOfBounds),
        (save("Carpeta", &nowhere), bad),
        (save("Carpeta", "pdf:comandas"), bad),
        (save("Correo", "mailto:cocina"), bad),
        (save("Red", "http://a"), bad),
        (save("Bar", "tcp://a"), FailureCode::NameTaken),
        (save("Otra", &taken), bad),
        (save("Pantalla 2", "screen:sushi"), FailureCode::UnknownStation),
    ] {
        both(&setup, request, code).await;
    }
    let station = setup.house.station("cocina");
    let device = ChainPlace::Device;
    for (tiers, code) in [
        (&[][..], FailureCode::NoRoute),
        (&[&[device(kitchen)][..], &[device(kitchen)]][..], bad),
        (&[&[device(screen)][..]][..], bad),
        (&[&[device(new_id())][..]][..], bad),
    ] {
        both(&setup, chain(station, tiers), code).await;
    }
    both(&setup, chain(new_id(), &[&[device(bar)]]), FailureCode::UnknownStation).await;
    both(&setup, RemoveDevice { command_id: new_id(), device_id: bar }, bad).await;
    both(&setup, RemoveDevice { command_id: new_id(), device_id: new_id() }, bad).await;
    let terminal_id = setup.house.terminal.terminals[0].id;
    let beside = |terminal_id, printer| SetTerminalPrinter {
        command_id: new_id(),
        terminal_id,
        printer_id: Some(printer),
    };
    both(&setup, beside(terminal_id, screen), bad).await;
    both(&setup, beside(new_id(), bar), FailureCode::UnknownTerminal).await;
    let server = |host: &str, from: &str| {
        let (security, user) = (MailSecurity::Tls, None);
        let server = MailServer { host: host.into(), port: 465, security, user, from: from.into() };
        SetMailServer { command_id: new_id(), server: Some(server), password: None }
    };
    both(&setup, server("", "a@b.co"), FailureCode::BadSetting).await;
    both(&setup, server("smtp.b.co", "fonda"), FailureCode::BadMailFrom).await;
    let lost = ShowStation { screen_id: new_id(), station_id: Some(new_id()) };
    both(&setup, lost, FailureCode::UnknownStation).await;
    let store = setup.house.app.store_for_faults();
    assert_eq!(count(&store, questions::DEVICES_SAID).await, 1, "what is refused is no act");
    setup.house.close().await;
}

/// Refused in two languages, which do not say the same words.
async fn both<C: fastops_app::Command + Clone>(setup: &Setup, request: C, code: FailureCode)
where
    C::Answer: std::fmt::Debug,
{
    let spanish = setup.house.refused(&setup.admin, request.clone(), code).await;
    let english = Caller { language: Language::En, ..setup.admin.clone() };
    let english = setup.house.refused(&english, request, code).await;
    assert_ne!(spanish.message, english.message);
}

/// A printer without paper is thrown away with a ticket in its lane; nobody has to do anything about that ticket.
async fn what_waits_for_a_device_that_is_removed_comes_out_elsewhere(engine: Engine) {
    let setup = Setup::open(engine).await;
    let (app, station) = (&setup.house.app, StationId(setup.house.station("cocina")));
    let (kitchen, bar) = (PrinterId(setup.device("Cocina").await), PrinterId(setup.device("Bar").await));
    setup.house.printer("cocina").set(Condition::PaperOut);
    let order = app.perform(&setup.ana, setup.house.take_away(&[("307", 1)])).await.unwrap();
    let blocked = |order: &OrderView| order.tickets[0].job == JobState::Blocked;
    setup.house.until(&setup.ana, order.id, blocked).await;
    // At once, so that its lane has no time to pass anything on.
    let store = app.store_for_faults();
    let gone = store.write::<_, StoreError, _>(move |tx| {
        Box::pin(async move {
            let (_, branch) = company::first_branch(tx).await?.unwrap();
            let chain = [ChainTarget { target: Target::Device(bar), tier: 0 }];
            device::set_chain(tx, station, &chain, &[TargetId(new_id())]).await?;
            device::retire(tx, branch.id, kitchen, " (vieja)").await
        })
    });
    gone.await.unwrap();
    let printed = |order: &OrderView| order.tickets[0].job == JobState::Printed;
    let done = setup.house.until(&setup.ana, order.id, printed).await;
    let papers = setup.house.papers_of("bar", done.tickets[0].number);
    assert!(papers.iter().any(|slip| slip.contains("Cocina") && !slip.contains("RESPALDO")));
    assert!(setup.setup().await.devices.iter().all(|device| device.name != "Cocina"));

    let device_id = setup.add("Correo", "mailto:cocina@fonda.co".into()).await;
    let remove = RemoveDevice { command_id: new_id(), device_id };
    for _ in 0..2 {
        let view = app.perform(&setup.admin, remove.clone()).await.unwrap();
        assert!(view.devices.iter().all(|device| device.id != device_id));
    }
    setup.add("Correo", "mailto:cocina@fonda.co".into()).await;
    setup.house.close().await;
}
