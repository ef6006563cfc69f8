//! Whose a printer is: said by whoever may, in their words, once, and written down.

use crate::house::{Engine, House, new_id};
use crate::laws::questions;
use fastops_app::Caller;
use fastops_app::Language;
use fastops_app::wire::{FailureCode, GetPrinterOwners, OwnedPrinter, SaveDevice, SetPrinterOwners};
use uuid::Uuid;

super::on_both_engines!(
    a_printer_gets_an_owner_and_nonsense_is_refused,
    what_hangs_on_a_computer_belongs_to_the_one_where_that_was_said,
);

async fn a_printer_gets_an_owner_and_nonsense_is_refused(engine: Engine) {
    let house = House::open(engine).await;
    let admin = house.sign_in("Camila").await;
    let seen = house.app.perform(&admin, GetPrinterOwners {}).await.unwrap();
    let here = seen.computers.iter().find(|computer| computer.here).unwrap();
    assert!(here.alive && !here.name.is_empty());
    assert!(seen.printers.iter().all(|printer| printer.driven_by == Some(here.id)));
    let printer_id = seen.printers[0].printer_id;
    let give = |computer_ids| SetPrinterOwners { command_id: new_id(), printer_id, computer_ids };
    for request in [
        give(vec![new_id()]),
        give(vec![here.id, here.id]),
        SetPrinterOwners { printer_id: new_id(), ..give(vec![]) },
    ] {
        let spanish = house.refused(&admin, request.clone(), FailureCode::BadPrinter).await;
        let english = Caller { language: Language::En, ..admin.clone() };
        let english = house.refused(&english, request, FailureCode::BadPrinter).await;
        assert_ne!(spanish.message, english.message);
    }
    let request = give(vec![here.id]);
    for _ in 0..2 {
        let after = house.app.perform(&admin, request.clone()).await.unwrap();
        assert_eq!(after.printers[0].computer_ids, [here.id]);
        assert_eq!(after.printers[0].driven_by, Some(here.id));
    }
    let after = house.app.perform(&admin, give(vec![])).await.unwrap();
    assert!(after.printers[0].computer_ids.is_empty());
    assert_eq!(questions::count(&house.app.store_for_faults(), questions::OWNERS_NAMED).await, 2);
    house.close().await;
}

async fn owned(house: &House, admin: &Caller, device: Uuid) -> OwnedPrinter {
    let seen = house.app.perform(admin, GetPrinterOwners {}).await.unwrap();
    seen.printers.into_iter().find(|printer| printer.printer_id == device).unwrap()
}

async fn what_hangs_on_a_computer_belongs_to_the_one_where_that_was_said(engine: Engine) {
    let house = House::open(engine).await;
    let admin = house.sign_in("Camila").await;
    let seen = house.app.perform(&admin, GetPrinterOwners {}).await.unwrap();
    let here = seen.computers.iter().find(|computer| computer.here).unwrap().id;
    let said = |device_id, address: &str| SaveDevice {
        command_id: new_id(),
        device_id,
        name: "Caja".into(),
        address: address.into(),
        profile: None,
    };
    let device = new_id();
    // By network it is everybody's.
    house.app.perform(&admin, said(device, "tcp://10.9.9.9")).await.unwrap();
    assert!(owned(&house, &admin, device).await.computer_ids.is_empty());
    for _ in 0..2 {
        house.app.perform(&admin, said(device, "serial:/dev/fastops-none")).await.unwrap();
        assert_eq!(owned(&house, &admin, device).await.computer_ids, [here]);
    }
    // A person's word that it is nobody's outlives another speed of the line.
    let nobody = SetPrinterOwners { command_id: new_id(), printer_id: device, computer_ids: Vec::new() };
    house.app.perform(&admin, nobody).await.unwrap();
    house.app.perform(&admin, said(device, "serial:/dev/fastops-none?baud=19200")).await.unwrap();
    assert!(owned(&house, &admin, device).await.computer_ids.is_empty());
    house.close().await;
}
