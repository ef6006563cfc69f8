//! Customers through the core's own door: kept once, found by what people type, refused with a sentence.

use crate::house::{Engine, House, new_id};
use fastops_app::Caller;
use fastops_app::wire::{
    ChangeCustomer, CreateCustomer, CustomerDetails, FailureCode, FindCustomers, FoundBy, SetCustomerActive,
};

super::on_both_engines!(a_customer_is_kept_once_and_found_again);

fn details(name: &str, phone: Option<&str>) -> CustomerDetails {
    CustomerDetails {
        name: name.into(),
        phone: phone.map(Into::into),
        email: None,
        address: None,
        tax_number: None,
        note: None,
    }
}

async fn names(house: &House, caller: &Caller, by: FoundBy, text: &str) -> Vec<String> {
    let (mut names, mut after) = (Vec::new(), None);
    loop {
        let request = FindCustomers { by, text: text.into(), after, limit: 2 };
        let page = house.app.perform(caller, request).await.unwrap();
        names.extend(page.customers.into_iter().map(|customer| customer.details.name));
        match page.end {
            Some(end) => after = Some(end),
            None => return names,
        }
    }
}

async fn a_customer_is_kept_once_and_found_again(engine: Engine) {
    let house = House::open(engine).await;
    let ana = house.sign_in("Ana").await;
    let mut ids = Vec::new();
    for name in ["Muñoz", "Munera", " Munévar "] {
        let (command_id, customer_id) = (new_id(), new_id());
        let create = CreateCustomer { command_id, customer_id, details: details(name, Some("300 1")) };
        for _ in 0..2 {
            let kept = house.app.perform(&ana, create.clone()).await.unwrap();
            assert_eq!((kept.details.name.as_str(), kept.active), (name.trim(), true));
        }
        ids.push(customer_id);
    }
    assert_eq!(names(&house, &ana, FoundBy::Name, "mun").await, ["Munera", "Munévar", "Muñoz"]);
    assert_eq!(names(&house, &ana, FoundBy::Name, "¿?").await, [""; 0]);
    let change = ChangeCustomer { command_id: new_id(), customer_id: ids[0], details: details("Zoé", None) };
    house.app.perform(&ana, change).await.unwrap();
    let gone = SetCustomerActive { command_id: new_id(), customer_id: ids[1], active: false };
    assert!(!house.app.perform(&ana, gone).await.unwrap().active);
    assert_eq!(names(&house, &ana, FoundBy::Phone, "3001").await, ["Munévar"]);

    let long = "x".repeat(201);
    let create = |name, phone| CreateCustomer {
        command_id: new_id(),
        customer_id: new_id(),
        details: details(name, phone),
    };
    house.refused(&ana, create("¿?", None), FailureCode::BadCustomer).await;
    house.refused(&ana, create("Ana", Some("casa")), FailureCode::BadCustomer).await;
    house.refused(&ana, create(&long, None), FailureCode::OutOfBounds).await;
    let taken = CreateCustomer { customer_id: ids[0], ..create("Otra", None) };
    house.refused(&ana, taken, FailureCode::IdTaken).await;
    let nobody = SetCustomerActive { command_id: new_id(), customer_id: new_id(), active: false };
    house.refused(&ana, nobody, FailureCode::UnknownCustomer).await;
    let none = FindCustomers { by: FoundBy::Name, text: "x".into(), after: None, limit: 0 };
    house.refused(&ana, none, FailureCode::OutOfBounds).await;
    house.close().await;
}
