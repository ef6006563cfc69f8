//! Whose a printer is: said by whoever may, in their words, once, and written down.

use crate::house::{Engine, House, new_id};
use crate::laws::questions;
use fastops_app::Language;
use fastops_app::wire::{FailureCode, GetPrinterOwners, SetPrinterOwners};

super::on_both_engines!(a_printer_gets_an_owner_and_nonsense_is_refused);

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
        let english = fastops_app::Caller { language: Language::En, ..admin.clone() };
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
