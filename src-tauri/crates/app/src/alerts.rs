//! Watches over what nobody looks at: printers, late tickets, the disk, the server, backups.
//!
//! Every two seconds what is wrong is compared with the alerts that are open. What is new is raised once,
//! what is over is resolved, and the screens hear of it. A core resolves what it has raised itself or has
//! found at its start, so that of several terminals none takes back what another one sees.

use crate::catalogue::Facts;
use crate::refusal::Refusal;
use crate::wire::{Event, Text};
use crate::{App, Inner, words};
use fastops_domain::alert::{AlertKind, LaneNow, disk_is_low, lane_alert};
use fastops_domain::ids::{AlertId, PrinterId};
use fastops_domain::time::Time;
use fastops_store::alert::{self, Alert};
use fastops_store::job::{self, JobRow};
use fastops_store::{Health, StoreError, order};
use serde_json::json;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, PoisonError, Weak};
use std::time::Duration;
use tokio::sync::watch;

/// How often it is looked whether something is wrong.
const LOOK: Duration = Duration::from_secs(2);

/// The one subject of alerts about the branch's data.
const DATA: &str = "data";

/// Something that is wrong now.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Trouble {
    kind: AlertKind,
    subject: String,
    text: Text,
}

impl Trouble {
    fn of(kind: AlertKind, subject: String, text: Text) -> Self {
        Self { kind, subject, text }
    }

    fn alert(&self, app: &App, raised_at: Time) -> Alert {
        Alert {
            id: AlertId(app.env.new_id()),
            kind: self.kind,
            subject: self.subject.clone(),
            severity: self.kind.severity(),
            raised_at,
            resolved_at: None,
            detail: json!(self.text),
        }
    }

    fn is_told_by(&self, alert: &Alert) -> bool {
        self.is_of(alert) && alert.detail == json!(self.text)
    }

    fn is_of(&self, alert: &Alert) -> bool {
        self.kind == alert.kind && self.subject == alert.subject
    }
}

/// What the watch remembers from one look to the next.
#[derive(Debug, Default)]
struct Memory {
    /// Since when a printer has been in trouble.
    trouble_since: HashMap<PrinterId, Time>,
    /// Since when the server has been away.
    away_since: Option<Time>,
    /// What this core may resolve; none before it has looked at what was open at the start.
    mine: Option<HashSet<(AlertKind, String)>>,
    /// The open alerts that the screens know of.
    told: Vec<Alert>,
}

/// Watches until the core stops.
pub(crate) async fn keep_watch(inner: Weak<Inner>, mut stopped: watch::Receiver<bool>) {
    let Some(mut health) = inner.upgrade().map(|inner| inner.store.health()) else { return };
    let mut memory = Memory::default();
    loop {
        let Some(due) = inner.upgrade().map(|inner| Arc::clone(&inner.alerts_due)) else { return };
        tokio::select! {
            () = due.notified() => {}
            _ = health.changed() => {}
            () = tokio::time::sleep(LOOK) => {}
            _ = stopped.changed() => return,
        }
        let Some(inner) = inner.upgrade() else { return };
        let app = App { inner };
        let now = app.env.now();
        if *health.borrow_and_update() == Health::Away {
            memory.away_since.get_or_insert(now);
            continue;
        }
        if let Err(error) = app.look(&mut memory, now).await {
            // The next look comes soon; until then the pulse says what it can.
            tracing::warn!(%error, "the alerts could not be brought up to date");
        }
    }
}

impl App {
    async fn look(&self, memory: &mut Memory, now: Time) -> Result<(), Refusal> {
        let branch = self.catalogue.facts().await?.branch.id;
        let troubles = self.troubles(memory, now).await?;
        let mut open = self.open_alerts().await?;
        let mine = memory.mine.get_or_insert_with(|| {
            let watched = open.iter().filter(|alert| alert.kind != AlertKind::BackupFailed);
            watched.map(|alert| (alert.kind, alert.subject.clone())).collect()
        });
        let new: Vec<Alert> = troubles
            .iter()
            .filter(|trouble| !open.iter().any(|alert| trouble.is_told_by(alert)))
            .map(|trouble| trouble.alert(self, now))
            .collect();
        let over: Vec<Alert> = open
            .iter()
            .filter(|alert| mine.contains(&(alert.kind, alert.subject.clone())))
            .filter(|alert| !troubles.iter().any(|trouble| trouble.is_of(alert)))
            .cloned()
            .collect();
        let away = memory.away_since.map(|since| {
            let trouble = Trouble::of(AlertKind::DatabaseAway, DATA.into(), words::database_was_away());
            trouble.alert(self, since)
        });
        if !new.is_empty() || !over.is_empty() || away.is_some() {
            for alert in &new {
                tracing::warn!(kind = alert.kind.code(), subject = alert.subject, "an alert is raised");
            }
            mine.extend(new.iter().map(|alert| (alert.kind, alert.subject.clone())));
            self.store
                .write::<_, StoreError, _>(move |tx| {
                    let (new, over, away) = (new.clone(), over.clone(), away.clone());
                    Box::pin(async move {
                        for alert in new.iter().chain(&away) {
                            alert::raise(tx, branch, alert).await?;
                        }
                        for alert in over.iter().chain(&away) {
                            alert::resolve(tx, branch, alert.kind, &alert.subject, now).await?;
                        }
                        Ok(())
                    })
                })
                .await?;
            memory.away_since = None;
            open = self.open_alerts().await?;
        }
        if open != memory.told {
            let count = i64::try_from(open.len()).unwrap_or(i64::MAX);
            self.events.emit(now, Event::AlertsChanged { open: count });
            memory.told = open;
        }
        Ok(())
    }

    async fn open_alerts(&self) -> Result<Vec<Alert>, Refusal> {
        let branch = self.catalogue.facts().await?.branch.id;
        Ok(self.store.read::<_, StoreError, _>(move |tx| Box::pin(alert::open(tx, branch))).await?)
    }

    /// Everything that is wrong now and that looking can tell.
    async fn troubles(&self, memory: &mut Memory, now: Time) -> Result<Vec<Trouble>, Refusal> {
        let facts = self.catalogue.facts().await?;
        let settings = facts.settings(None);
        let counts = self.counted.lock().unwrap_or_else(PoisonError::into_inner).waiting.clone();
        let mut troubles = Vec::new();
        for printer in facts.printers.iter() {
            let cause = self.engine.facts(printer.id).trouble;
            let trouble_since = cause.map(|_| *memory.trouble_since.entry(printer.id).or_insert(now));
            if cause.is_none() {
                memory.trouble_since.remove(&printer.id);
            }
            let waiting = counts.iter().filter(|count| count.printer == printer.id);
            let oldest_at = waiting.map(|count| count.oldest_created_at).min();
            let Some(kind) = lane_alert(LaneNow { trouble_since, oldest_at }, now, &settings) else {
                continue;
            };
            let text = match cause {
                Some(cause) => crate::pulse::text(cause, &printer.name),
                None => words::ticket_late(&printer.name, settings.late_ticket_seconds),
            };
            troubles.push(Trouble::of(kind, printer.id.to_string(), text));
        }
        troubles.extend(self.tickets_elsewhere(&facts));
        troubles.extend(self.uncertain_papers().await?);
        let custody = self.keeping.custody.clone();
        let free = tokio::task::spawn_blocking(move || custody.free_bytes()).await.ok().flatten();
        if free.is_some_and(|free| disk_is_low(free, &settings)) {
            troubles.push(Trouble::of(
                AlertKind::DiskLow,
                DATA.into(),
                words::disk_low(settings.free_disk_mib),
            ));
        }
        Ok(troubles)
    }

    /// The stations whose tickets come out elsewhere, until their own target is back.
    fn tickets_elsewhere(&self, facts: &Facts) -> Vec<Trouble> {
        let mut moved = self.moved.lock().unwrap_or_else(PoisonError::into_inner);
        let mut troubles = Vec::new();
        for station in facts.stations.iter() {
            let Some(own) = facts.first_printer(station.id) else { continue };
            let lane = self.engine.facts(own.id);
            let is_backup = |id: &PrinterId| self.engine.is_backup(station.id, *id);
            let serving = self.engine.serving(station.id, None).filter(is_backup);
            if serving.is_none() && lane.trouble.is_none() {
                moved.remove(&station.id);
            }
            // The printer beside whoever sent a ticket serves nobody else, so that only moves tell of it.
            let to = serving.or_else(|| moved.get(&station.id).copied()).and_then(|id| facts.printer(id));
            let Some(to) = to else { continue };
            let why = lane.trouble.map(|cause| crate::pulse::text(cause, &own.name));
            let text = words::tickets_elsewhere(&station.name, &own.name, to, why);
            troubles.push(Trouble::of(AlertKind::TicketsElsewhere, station.id.to_string(), text));
        }
        troubles
    }

    /// The papers of which a person has to say whether they came out.
    async fn uncertain_papers(&self) -> Result<Vec<Trouble>, Refusal> {
        let facts = self.catalogue.facts().await?;
        let branch = facts.branch.id;
        let read = self.store.read::<_, StoreError, _>(move |tx| {
            Box::pin(async move {
                let mut papers = Vec::new();
                for (row, _) in job::uncertain(tx, branch).await? {
                    let order = match row.work.order() {
                        Some(order) => order::order(tx, order).await?.map(|order| order.number),
                        None => None,
                    };
                    papers.push((row, order));
                }
                Ok(papers)
            })
        });
        let trouble = |(row, order): (JobRow, Option<i64>)| {
            let printer = facts.printer(row.printer).map_or("", |printer| printer.name.as_str());
            Trouble::of(AlertKind::PaperUncertain, row.id.to_string(), words::paper_uncertain(printer, order))
        };
        Ok(read.await?.into_iter().map(trouble).collect())
    }

    /// Tells people that a backup failed, or that the one after it was good. That it cannot be written down
    /// is no reason for the backup to fail.
    pub(crate) async fn alert_of_backup(&self, problem: Option<Text>) {
        let written = async {
            let (branch, now) = (self.catalogue.facts().await?.branch.id, self.env.now());
            let failed =
                problem.map(|text| Trouble::of(AlertKind::BackupFailed, DATA.into(), text).alert(self, now));
            let write = self.store.write::<_, StoreError, _>(move |tx| {
                let failed = failed.clone();
                Box::pin(async move {
                    match failed {
                        Some(alert) => alert::raise(tx, branch, &alert).await,
                        None => alert::resolve(tx, branch, AlertKind::BackupFailed, DATA, now).await,
                    }
                })
            });
            Ok::<_, Refusal>(write.await?)
        };
        match written.await {
            Ok(changed) if changed => self.alerts_due.notify_one(),
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "how a backup ended could not be written down"),
        }
    }
}
