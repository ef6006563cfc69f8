//! Who works here is the house's to say: it counts at once, everywhere; there is always somebody who can take it back.

use crate::house::{Engine, House, new_id};
use crate::laws::questions::{self, count};
use fastops_app::wire::{
    Event, FailureCode, GetPeople, GetSession, GetTerminal, Language, LogIn, PersonView, Role, SavePerson,
    Secret,
};
use fastops_app::{Caller, Language as Spoken};

super::on_both_engines!(
    a_new_person_signs_in_with_their_pin,
    whoever_is_taken_off_is_out_at_once,
    another_pin_ends_what_was_open_with_the_old_one,
    there_is_always_an_admin,
    a_person_who_cannot_be_is_refused_with_a_sentence,
);

fn person(name: &str, role: Role, pin: Option<&str>) -> SavePerson {
    SavePerson {
        command_id: new_id(),
        user_id: new_id(),
        name: name.into(),
        role,
        language: Language::Es,
        active: true,
        pin: pin.map(|pin| Secret(pin.into())),
    }
}

/// The same person again, for a change.
fn again(view: &PersonView) -> SavePerson {
    let PersonView { id, name, role, language, active } = view.clone();
    SavePerson { command_id: new_id(), user_id: id, name, role, language, active, pin: None }
}

async fn of(house: &House, admin: &Caller, name: &str) -> PersonView {
    let people = house.app.perform(admin, GetPeople {}).await.unwrap().people;
    people.into_iter().find(|person| person.name == name).unwrap()
}

fn log_in(house: &House, person: &SavePerson, pin: &str) -> LogIn {
    LogIn { user_id: person.user_id, pin: pin.into(), terminal_id: house.terminal.terminals[0].id }
}

async fn a_new_person_signs_in_with_their_pin(engine: Engine) {
    let house = House::open(engine).await;
    let camila = house.sign_in("Camila").await;
    let mut events = house.app.subscribe();
    let new = person(" Íngrid  Peña ", Role::Waiter, Some("8256"));
    for _ in 0..2 {
        let kept = house.app.perform(&camila, new.clone()).await.unwrap();
        assert_eq!((kept.name.as_str(), kept.role, kept.active), ("Íngrid Peña", Role::Waiter, true));
    }
    let heard = std::iter::from_fn(|| events.try_recv().ok());
    assert_eq!(heard.filter(|heard| matches!(heard.event, Event::PeopleChanged)).count(), 1);
    assert_eq!(count(&house.app.store_for_faults(), questions::PEOPLE_CHANGED).await, 1);
    let nobody = Caller::default();
    let terminal = house.app.perform(&nobody, GetTerminal {}).await.unwrap();
    assert!(terminal.users.iter().any(|user| user.id == new.user_id), "they stand on the pad");
    house.refused(&nobody, log_in(&house, &new, "0000"), FailureCode::WrongPin).await;
    let answer = house.app.perform(&nobody, log_in(&house, &new, "8256")).await.unwrap();
    let caller = Caller { session: Some(answer.session), ..nobody };
    house.app.perform(&caller, house.take_away(&[("307", 1)])).await.unwrap();
    house.refused(&caller, GetPeople {}, FailureCode::NotAllowed).await;
    house.close().await;
}

async fn whoever_is_taken_off_is_out_at_once(engine: Engine) {
    let house = House::open(engine).await;
    let (camila, ana) = (house.sign_in("Camila").await, house.sign_in("Ana").await);
    house.app.perform(&ana, GetSession {}).await.unwrap();
    let gone = SavePerson { active: false, ..again(&of(&house, &camila, "Ana").await) };
    house.app.perform(&camila, gone.clone()).await.unwrap();
    house.refused(&ana, GetSession {}, FailureCode::NotSignedIn).await;
    let nobody = Caller::default();
    house.refused(&nobody, log_in(&house, &gone, "4444"), FailureCode::WrongPin).await;
    let terminal = house.app.perform(&nobody, GetTerminal {}).await.unwrap();
    assert!(terminal.users.iter().all(|user| user.id != gone.user_id));
    let back = SavePerson { command_id: new_id(), active: true, ..gone };
    house.app.perform(&camila, back.clone()).await.unwrap();
    house.refused(&ana, GetSession {}, FailureCode::NotSignedIn).await;
    house.app.perform(&nobody, log_in(&house, &back, "4444")).await.expect("the PIN is as it was");
    house.close().await;
}

async fn another_pin_ends_what_was_open_with_the_old_one(engine: Engine) {
    let house = House::open(engine).await;
    let (camila, ana) = (house.sign_in("Camila").await, house.sign_in("Ana").await);
    let nobody = Caller::default();
    for _ in 0..5 {
        let _refused = house.app.perform(&nobody, house.log_in_request("Ana", "0000")).await.unwrap_err();
    }
    let other = SavePerson { pin: Some(Secret("7351".into())), ..again(&of(&house, &camila, "Ana").await) };
    house.app.perform(&camila, other.clone()).await.unwrap();
    house.refused(&ana, GetSession {}, FailureCode::NotSignedIn).await;
    house.refused(&nobody, log_in(&house, &other, "4444"), FailureCode::WrongPin).await;
    house.app.perform(&nobody, log_in(&house, &other, "7351")).await.expect("the lock went with the old PIN");
    let own = SavePerson { pin: Some(Secret("2468".into())), ..again(&of(&house, &camila, "Camila").await) };
    house.app.perform(&camila, own).await.unwrap();
    house.app.perform(&camila, GetSession {}).await.expect("whoever changes their own PIN goes on");
    house.close().await;
}

async fn there_is_always_an_admin(engine: Engine) {
    let house = House::open(engine).await;
    let camila = house.sign_in("Camila").await;
    let own = again(&of(&house, &camila, "Camila").await);
    let steps_down = SavePerson { command_id: new_id(), role: Role::Waiter, ..own.clone() };
    house.refused(&camila, steps_down.clone(), FailureCode::MustKeep).await;
    let second = person("Segunda", Role::Admin, Some("1357"));
    house.app.perform(&camila, second.clone()).await.unwrap();
    house.refused(&camila, steps_down.clone(), FailureCode::MustKeep).await;
    let answer = house.app.perform(&Caller::default(), log_in(&house, &second, "1357")).await.unwrap();
    let other = Caller { session: Some(answer.session), ..Caller::default() };
    // Both at the same moment: whoever is second is the last one.
    let off = SavePerson { command_id: new_id(), pin: None, active: false, ..second.clone() };
    let (one, two) = tokio::join!(
        house.app.perform(&camila, off),
        house.app.perform(&other, SavePerson { active: false, ..steps_down })
    );
    assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
    let left = if one.is_ok() { camila } else { other };
    let people = house.app.perform(&left, GetPeople {}).await.unwrap().people;
    let admins = people.iter().filter(|person| person.role == Role::Admin && person.active);
    assert_eq!(admins.count(), 1);
    house.close().await;
}

async fn a_person_who_cannot_be_is_refused_with_a_sentence(engine: Engine) {
    let house = House::open(engine).await;
    let camila = house.sign_in("Camila").await;
    let before = house.app.perform(&camila, GetPeople {}).await.unwrap();
    let cases = [
        (person("", Role::Waiter, Some("1234")), FailureCode::OutOfBounds),
        (person(&"x".repeat(41), Role::Waiter, Some("1234")), FailureCode::OutOfBounds),
        (person("Ana", Role::Waiter, Some("1234")), FailureCode::NameTaken),
        (person("Sin", Role::Waiter, None), FailureCode::BadPin),
        (person("Corto", Role::Waiter, Some("123")), FailureCode::BadPin),
        (person("Letras", Role::Waiter, Some("12a4")), FailureCode::BadPin),
    ];
    for (request, code) in cases {
        let spanish = house.refused(&camila, request.clone(), code).await;
        let english = Caller { language: Spoken::En, ..camila.clone() };
        assert_ne!(spanish.message, house.refused(&english, request, code).await.message, "{code:?}");
    }
    assert_eq!(house.app.perform(&camila, GetPeople {}).await.unwrap(), before, "nothing of it happened");
    house.close().await;
}
