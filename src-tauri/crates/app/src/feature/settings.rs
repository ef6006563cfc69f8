//! What the house decides for itself: seen and changed by whoever may, and written down each time.

use crate::catalogue::Facts;
use crate::once::{self, once};
use crate::refusal::Refusal;
use crate::wire::{GetSettings, SaidView, SetSetting, SettingValue, SettingView, SettingsView};
use crate::{Actor, App, Command as _, Who, words};
use fastops_domain::ids::{CommandId, TerminalId};
use fastops_domain::setting::{Key, Kind, Level, Value};
use fastops_domain::user::Language;
use fastops_store::audit::AuditRow;
use fastops_store::hint::HouseNews;
use fastops_store::setting::Owner;
use fastops_store::{audit, setting};
use serde_json::json;

pub(crate) async fn get_settings(app: &App, who: &Who, _: GetSettings) -> Result<SettingsView, Refusal> {
    let facts = app.catalogue.facts().await?;
    Ok(view(&facts, who.actor()?, who.language))
}

pub(crate) async fn set_setting(app: &App, who: &Who, request: SetSetting) -> Result<SettingsView, Refusal> {
    let (actor, now) = (who.actor()?, app.env.now());
    let facts = app.catalogue.facts().await?;
    let key = Key::from_code(&request.key).ok_or(Refusal::UnknownSetting)?;
    let (owner, value) = (owner(&facts, actor, &request)?, request.value.clone().map(Value::from));
    // Taking a word back needs a place where it may stand, whatever its value.
    let checked = key.check(value.as_ref().unwrap_or(&key.definition().default), owner.level());
    checked.map_err(|why| Refusal::BadSetting { key, why })?;
    let (branch, terminal, user) = (facts.branch.id, actor.live.terminal.id, actor.user());
    let audit_id = app.env.new_id();
    let command = CommandId(request.command_id);
    let said = once(app, actor, command, SetSetting::NAME, now, move |tx| {
        let value = value.clone();
        Box::pin(async move {
            let before = setting::settings(tx, branch).await?.said(meant(owner));
            let before = before.iter().find(|said| said.key == key && said.level == owner.level());
            let row = AuditRow {
                id: audit_id,
                branch,
                at: now,
                user: Some(user),
                terminal: Some(terminal),
                action: SetSetting::NAME.into(),
                subject_kind: owner.level().code().into(),
                subject: owner.id(),
                detail: json!({
                    "key": key.code(),
                    "before": before.map(|said| said.value.to_json()),
                    "after": value.as_ref().map(Value::to_json),
                }),
            };
            setting::say(tx, owner, key, value.as_ref()).await?;
            audit::insert_audit(tx, &row).await?;
            Ok(())
        })
    })
    .await?;
    if said.fresh {
        app.tell_house(&[HouseNews::Settings]);
        app.alerts_due.notify_one();
    }
    once::done(get_settings(app, who, GetSettings {}).await)
}

/// Whose setting is meant.
fn owner(facts: &Facts, actor: &Actor, request: &SetSetting) -> Result<Owner, Refusal> {
    let (company, branch) = (facts.company.id, facts.branch.id);
    Ok(match request.level.into() {
        Level::Company => Owner::Company(company),
        Level::Branch => Owner::Branch(company, branch),
        Level::Terminal => {
            let id = request.terminal_id.map_or(actor.live.terminal.id, TerminalId);
            let known = facts.terminals.iter().any(|terminal| terminal.id == id);
            if !known {
                return Err(Refusal::UnknownTerminal);
            }
            Owner::Terminal(company, branch, id)
        }
    })
}

const fn meant(owner: Owner) -> Option<TerminalId> {
    match owner {
        Owner::Company(_) | Owner::Branch(..) => None,
        Owner::Terminal(_, _, terminal) => Some(terminal),
    }
}

fn view(facts: &Facts, actor: &Actor, language: Language) -> SettingsView {
    let here = Some(actor.live.terminal.id);
    let (holds, said) = (facts.settings(here), facts.said.said(here));
    let one = |key: &Key| {
        let definition = key.definition();
        let (unit, least, most) = match definition.kind {
            Kind::Whole { least, most, unit } => (Some(unit.into()), Some(least), Some(most)),
            Kind::Switch | Kind::Text { .. } => (None, None, None),
        };
        let (rows, letters, blanks) = match definition.kind {
            Kind::Text { rows, letters, blanks } => {
                (u32::try_from(rows).ok(), u32::try_from(letters).ok(), blanks)
            }
            Kind::Switch | Kind::Whole { .. } => (None, None, &[][..]),
        };
        let mut words: Vec<_> = said.iter().filter(|said| said.key == *key).collect();
        words.sort_by_key(|said| said.level as u8);
        SettingView {
            key: key.code().into(),
            name: words::setting_name(*key, language).into(),
            unit,
            least,
            most,
            rows,
            letters,
            blanks: blanks.iter().map(|blank| (*blank).to_owned()).collect(),
            default: definition.default.into(),
            value: holds.value(*key).into(),
            nearest: definition.nearest.into(),
            said: words
                .into_iter()
                .map(|said| SaidView { level: said.level.into(), value: said.value.clone().into() })
                .collect(),
        }
    };
    SettingsView { settings: Key::ALL.iter().map(one).collect() }
}

impl From<Value> for SettingValue {
    fn from(value: Value) -> Self {
        match value {
            Value::Whole(value) => Self::Whole(value),
            Value::Switch(value) => Self::Switch(value),
            Value::Text(value) => Self::Text(value.as_str().to_owned()),
        }
    }
}

impl From<SettingValue> for Value {
    fn from(value: SettingValue) -> Self {
        match value {
            SettingValue::Whole(value) => Self::Whole(value),
            SettingValue::Switch(value) => Self::Switch(value),
            SettingValue::Text(value) => Self::Text(value.as_str().into()),
        }
    }
}
