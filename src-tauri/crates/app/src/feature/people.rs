//! People who work here, as whoever employs them changes them. What is said counts at once, everywhere, and is written
//! down; a PIN never is, nor what it is kept as.

use super::session;
use crate::once::{self, once};
use crate::refusal::{Field, Refusal};
use crate::wire::{GetPeople, PeopleView, PersonView, SavePerson};
use crate::{App, Command as _, Who};
use fastops_domain::ids::{CommandId, UserId};
use fastops_domain::menu::menu_name;
use fastops_domain::user::{MAX_PERSON_NAME, PersonChange, Role, is_pin};
use fastops_store::audit::AuditRow;
use fastops_store::hint::HouseNews;
use fastops_store::user::{self, User};
use fastops_store::{StoreError, Tx, audit, session as sessions};
use serde_json::json;

pub(crate) async fn get_people(app: &App, _: &Who, _: GetPeople) -> Result<PeopleView, Refusal> {
    let company = app.catalogue.facts().await?.company.id;
    let read = app.store.read::<_, StoreError, _>(move |tx| Box::pin(user::everyone(tx, company)));
    Ok(PeopleView { people: read.await?.into_iter().map(view).collect() })
}

pub(crate) async fn save_person(app: &App, who: &Who, request: SavePerson) -> Result<PersonView, Refusal> {
    let (actor, now, facts) = (who.actor()?, app.env.now(), app.catalogue.facts().await?);
    let Some(name) = menu_name(&request.name).filter(|name| name.chars().count() <= MAX_PERSON_NAME) else {
        return Err(Refusal::OutOfBounds { field: Field::PersonName, least: 1, most: MAX_PERSON_NAME });
    };
    if request.pin.as_ref().is_some_and(|pin| !is_pin(&pin.0)) {
        return Err(Refusal::BadPin);
    }
    let has_new_pin = request.pin.is_some();
    let pin_hash = match request.pin {
        Some(pin) => session::hash_pin(pin.0).await?,
        None => String::new(),
    };
    let person = User {
        id: UserId(request.user_id),
        company: facts.company.id,
        name,
        role: request.role.into(),
        pin_hash,
        language: request.language.into(),
        active: request.active,
    };
    let audited = AuditRow {
        id: app.env.new_id(),
        branch: facts.branch.id,
        at: now,
        user: Some(actor.user()),
        terminal: Some(actor.live.terminal.id),
        action: SavePerson::NAME.into(),
        subject_kind: "user".into(),
        subject: person.id.0,
        detail: json!({}),
    };
    let (me, my_session) = (actor.user(), actor.live.session);
    let answer = view(person.clone());
    let kept = once(app, actor, CommandId(request.command_id), SavePerson::NAME, now, move |tx| {
        let (person, mut audited) = (person.clone(), audited.clone());
        Box::pin(async move {
            let before = save(tx, &person, me, has_new_pin).await?;
            if has_new_pin || !person.active {
                sessions::close_sessions(tx, person.id, now, my_session).await?;
            }
            let told = |name: &str, role: Role, active: bool| json!({ "name": name, "role": role.code(), "active": active });
            audited.detail = json!({
                "before": before.map(|before| told(&before.name, before.role, before.active)),
                "after": told(&person.name, person.role, person.active),
                "new_pin": has_new_pin,
            });
            Ok(audit::insert_audit(tx, &audited).await?)
        })
    })
    .await?;
    if kept.fresh {
        app.tell_house(&[HouseNews::People, HouseNews::Permissions]);
    }
    once::done(Ok(answer))
}

/// Adds or changes a person when that may be; gives them as they were.
async fn save(tx: &mut Tx, person: &User, me: UserId, has_new_pin: bool) -> Result<Option<User>, Refusal> {
    let before = user::user(tx, person.id).await?;
    if before.as_ref().is_some_and(|before| before.company != person.company) {
        return Err(Refusal::UnknownUser);
    }
    let same = user::user_named(tx, person.company, &person.name).await?;
    if same.is_some_and(|same| same != person.id) {
        return Err(Refusal::PersonNameTaken { name: person.name.clone() });
    }
    let change = PersonChange {
        before: before.as_ref().map(|before| (before.role, before.active)),
        after: (person.role, person.active),
        has_new_pin,
        is_oneself: me == person.id,
        other_admin: !user::other_admins(tx, person.company, person.id).await?.is_empty(),
    };
    change.check().map_err(|why| Refusal::BadPerson { name: person.name.clone(), why })?;
    if before.is_none() {
        user::insert_user(tx, person).await?;
    } else {
        user::change_user(tx, person).await?;
        if has_new_pin {
            user::set_pin(tx, person.id, &person.pin_hash).await?;
        }
    }
    Ok(before)
}

fn view(person: User) -> PersonView {
    PersonView {
        id: person.id.0,
        name: person.name,
        role: person.role.into(),
        language: person.language.into(),
        active: person.active,
    }
}
