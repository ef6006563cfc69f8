//! The pulse of the stations: what waits, how long it takes, and what is wrong, on every screen.
//!
//! It beats ([`signs`]), so that a screen can tell "nothing to do" from "disconnected", and the pulse goes out soon
//! after a change. A new trouble of a printer waits for nothing, not even for the store: what waits is told with it as
//! it was last known. A store that cannot be read is told at once.

use crate::catalogue::Facts;
use crate::refusal::Refusal;
use crate::wire::{BreakerState, Event, LaneView, PulseState, StationPulse, StoreState, Text};
use crate::{App, Inner, pace};
use fastops_domain::breaker::Breaker;
use fastops_domain::ids::{PrinterId, StationId};
use fastops_domain::job::{Cause, Priority};
use fastops_domain::signs;
use fastops_domain::station::Printer;
use fastops_domain::user::Language;
use fastops_printing::words;
use fastops_queue::LaneFacts;
use fastops_store::StoreError;
use fastops_store::job::{self, JobRow, LaneCount};
use std::sync::{Arc, PoisonError, Weak};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

/// Time between two heartbeats.
const HEARTBEAT: Duration = Duration::from_millis(signs::BEAT_MS);
/// Least time between two pulses, and the same in turbo.
const PULSE: Duration = Duration::from_millis(200);
pub(crate) const TURBO_PULSE: Duration = Duration::from_secs(1);
/// How long the store may take to say what waits: a heart that waits for it still beats before screens call the core
/// lost.
const READ: Duration = Duration::from_millis(signs::READ_MS);
/// How long a new trouble waits for the names of what it is about, when they are not at hand.
const WORDS: Duration = Duration::from_millis(signs::WORDS_MS);
/// A ticket that waits longer than this without a known trouble wants attention, in milliseconds.
const SLOW_MS: i64 = 30_000;

/// What is told of everything that waits for paper.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Pulses {
    stations: Vec<StationPulse>,
    papers_failed: i64,
    turbo: bool,
}

impl From<Pulses> for Event {
    fn from(Pulses { stations, papers_failed, turbo }: Pulses) -> Self {
        Self::PulseChanged { stations, papers_failed, turbo }
    }
}

/// Beats until the core stops.
pub(crate) async fn beat(inner: Weak<Inner>, mut stopped: watch::Receiver<bool>) {
    let mut last = Pulses::default();
    let mut next_heartbeat = Instant::now();
    let Some(strong) = inner.upgrade() else { return };
    let (mut health, mut troubles) = (strong.store.health(), strong.engine.troubles_changed());
    let [mut lanes, mut services] = App { inner: strong }.services_changed();
    loop {
        let Some(due) = inner.upgrade().map(|inner| Arc::clone(&inner.pulse_due)) else { return };
        let heartbeat = tokio::select! {
            biased;
            _ = stopped.changed() => return,
            _ = troubles.changed() => {
                let Some(inner) = inner.upgrade() else { return };
                App { inner }.tell_trouble(&mut last).await;
                continue;
            }
            () = due.notified() => false,
            _ = health.changed() => true,
            _ = lanes.changed() => true,
            _ = services.changed() => true,
            () = sleep_until(next_heartbeat) => true,
        };
        let Some(strong) = inner.upgrade() else { return };
        let app = App { inner: strong };
        let turbo = app.engine.engine_facts().turbo.is_on();
        let pulses = async {
            if heartbeat {
                app.look_at_paces().await?;
            }
            app.pulses().await
        };
        let read = tokio::time::timeout(READ, pulses).await.unwrap_or(Err(StoreError::TooSlow.into()));
        // A beat that became due meanwhile is not put off by what was read for less.
        let heartbeat = heartbeat || Instant::now() >= next_heartbeat;
        match read {
            Ok(now) if heartbeat => {
                last.clone_from(&now);
                app.beat_once(now, StoreState::Ok);
            }
            Ok(now) if now != last => {
                last.clone_from(&now);
                app.events.emit(app.env.now(), now.into());
            }
            Ok(_) => {}
            Err(error) => {
                tracing::warn!(%error, "the pulse cannot be read");
                app.beat_once(Pulses { turbo, ..last.clone() }, StoreState::Away);
            }
        }
        if heartbeat {
            next_heartbeat = Instant::now() + HEARTBEAT;
        }
        drop(app);
        let rested = Instant::now() + if turbo { TURBO_PULSE } else { PULSE };
        tokio::select! {
            () = sleep_until(rested.min(next_heartbeat)) => {}
            _ = troubles.changed() => troubles.mark_changed(),
            _ = stopped.changed() => return,
        }
    }
}

/// What the lanes of a branch hold at a moment.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counts {
    pub(crate) waiting: Vec<LaneCount>,
    failed: Vec<(Option<StationId>, i64)>,
}

impl Counts {
    /// Tickets of a station that failed.
    fn failed(&self, station: StationId) -> i64 {
        self.failed_of(Some(station))
    }

    /// Papers of no station that failed: bills, drawers, reports.
    fn papers_failed(&self) -> i64 {
        self.failed_of(None)
    }

    fn failed_of(&self, station: Option<StationId>) -> i64 {
        self.failed.iter().filter(|(of, _)| *of == station).map(|(_, count)| count).sum()
    }
}

impl App {
    /// Tells what is wrong now with what is known to wait.
    async fn tell_trouble(&self, last: &mut Pulses) {
        let Ok(Ok(facts)) = tokio::time::timeout(WORDS, self.catalogue.facts()).await else { return };
        let counts = self.counted.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let now = self.pulses_of(&facts, &counts);
        if now != *last {
            last.clone_from(&now);
            self.events.emit(self.env.now(), now.into());
        }
    }

    fn beat_once(&self, Pulses { stations, papers_failed, turbo }: Pulses, store: StoreState) {
        let services = self.service_troubles();
        let beat = Event::Heartbeat { stations, papers_failed, store, turbo, services };
        self.events.emit(self.env.now(), beat);
    }

    /// The pulse of every station, in the branch's order, and what is of no station.
    pub(crate) async fn pulses(&self) -> Result<Pulses, Refusal> {
        let facts = self.catalogue.facts().await?;
        let counts = self.lane_counts(&facts).await?;
        Ok(self.pulses_of(&facts, &counts))
    }

    fn pulses_of(&self, facts: &Facts, counts: &Counts) -> Pulses {
        let stations = facts.stations.iter().map(|station| self.pulse(facts, counts, station.id));
        let turbo = self.engine.engine_facts().turbo.is_on();
        Pulses { stations: stations.collect(), papers_failed: counts.papers_failed(), turbo }
    }

    pub(crate) async fn lane_counts(&self, facts: &Facts) -> Result<Counts, Refusal> {
        let branch = facts.branch.id;
        let read = self.store.read::<_, StoreError, _>(move |tx| {
            Box::pin(async move {
                let waiting = job::waiting_counts(tx, branch).await?;
                let failed = job::failed_counts(tx, branch).await?;
                Ok(Counts { waiting, failed })
            })
        });
        let counts = read.await?;
        self.counted.lock().unwrap_or_else(PoisonError::into_inner).clone_from(&counts);
        Ok(counts)
    }

    /// Tickets in a lane as the last pulse counted them: fresh enough to say "of 12" with, and free.
    pub(crate) fn lane_length(&self, printer: PrinterId) -> i64 {
        let counts = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        counts.waiting.iter().filter(|count| count.printer == printer).map(|count| count.count).sum()
    }

    /// One station's pulse: that of the printer its tickets go to, and what is wrong with its own.
    pub(crate) fn pulse(&self, facts: &Facts, counts: &Counts, station: StationId) -> StationPulse {
        let name = facts.station(station).map(|station| station.name.clone()).unwrap_or_default();
        let own = facts.first_printer(station);
        let serving = self.engine.serving(station, None).and_then(|id| facts.printer(id)).or(own);
        let stand_in = serving.filter(|printer| self.engine.is_backup(station, printer.id));
        // What is wrong with the station's own printer is said even while another stands in for it.
        let told = if stand_in.is_some() { own } else { serving };
        let lane = told.map(|printer| self.engine.facts(printer.id)).unwrap_or_default();
        let speed = serving.map(|printer| self.engine.facts(printer.id).speed).unwrap_or_default();
        let mine = || counts.waiting.iter().filter(|count| count.station == Some(station));
        let waiting: i64 = mine().map(|count| count.count).sum();
        let now = self.env.now();
        let oldest_ms =
            mine().map(|count| count.oldest_created_at).min().map(|oldest| now.since_ms(oldest).max(0));
        let problem = match told {
            Some(printer) => problem(lane.trouble, &lane, &printer.name, stand_in),
            None => Some(no_printer(&name)),
        };
        let problem = with_failed(problem, counts.failed(station));
        let ahead = serving.map_or(0, |printer| {
            let of = counts.waiting.iter().filter(|count| count.printer == printer.id);
            of.map(|count| count.count).sum()
        });
        let failed = counts.failed(station);
        StationPulse {
            station_id: station.0,
            station: name,
            state: match state(lane.trouble, &lane, stand_in.is_some(), waiting, oldest_ms) {
                PulseState::Calm | PulseState::Busy if failed > 0 || told.is_none() => PulseState::Warn,
                state => state,
            },
            has_printer: told.is_some(),
            stand_in: stand_in.map(|printer| printer.name.clone()),
            waiting,
            failed,
            oldest_ms,
            to_paper_ms: speed.wait_ms(ahead + 1),
            ready_in_minutes: pace::minutes(&self.paces(), station),
            cause: lane.trouble.map(Into::into),
            problem,
        }
    }

    /// One printer's lane, for the queue's view.
    pub(crate) fn lane_view(&self, facts: &Facts, counts: &Counts, id: PrinterId) -> Option<LaneView> {
        let printer = facts.printer(id)?;
        let lane = self.engine.facts(id);
        let waiting = |priority: Priority| {
            let of = counts.waiting.iter().filter(|count| count.printer == id && count.priority == priority);
            of.map(|count| count.count).sum()
        };
        Some(LaneView {
            printer_id: id.0,
            printer: printer.name.clone(),
            address: printer.address.to_string(),
            urgent: waiting(Priority::Urgent),
            normal: waiting(Priority::Normal),
            low: waiting(Priority::Low),
            printing: lane.printing,
            ms_per_ticket: lane.speed.ms_per_ticket(),
            cause: lane.trouble.map(Into::into),
            problem: match lane.trouble {
                Some(cause) => Some(text(cause, &printer.name)),
                None => lane.unproved.then(|| unproved(&printer.name)),
            },
            paper_near_end: lane.paper_near_end,
            breaker: match lane.breaker {
                Breaker::Closed { .. } => BreakerState::Closed,
                Breaker::Open { .. } => BreakerState::Open,
                Breaker::HalfOpen { .. } => BreakerState::HalfOpen,
            },
            breaker_since: lane.breaker_since.map(|since| since.0),
            breaker_until: match lane.breaker {
                Breaker::Open { until } => until.map(|until| until.0),
                Breaker::Closed { .. } | Breaker::HalfOpen { .. } => None,
            },
        })
    }
}

fn state(
    cause: Option<Cause>,
    lane: &LaneFacts,
    stand_in: bool,
    waiting: i64,
    oldest_ms: Option<i64>,
) -> PulseState {
    if cause.is_some() && !stand_in {
        PulseState::Alarm
    } else if stand_in || lane.paper_near_end || lane.unproved || oldest_ms.is_some_and(|age| age > SLOW_MS) {
        PulseState::Warn
    } else if waiting > 0 {
        PulseState::Busy
    } else {
        PulseState::Calm
    }
}

/// What is wrong with a printer and what to do, in every language.
pub(crate) fn text(cause: Cause, printer: &str) -> Text {
    Text {
        es: words::sentence(cause, printer, Language::Es),
        en: words::sentence(cause, printer, Language::En),
    }
}

/// The same about a paper, of which not every kind is printed again by itself.
pub(crate) fn text_about(row: &JobRow, cause: Cause, printer: &str) -> Text {
    let about = (row.work.kind(), row.progress.state);
    Text {
        es: words::sentence_about(about, cause, printer, Language::Es),
        en: words::sentence_about(about, cause, printer, Language::En),
    }
}

/// What a person should know of a station's paper: what is wrong with its printer, and which one it uses
/// meanwhile.
fn problem(
    cause: Option<Cause>,
    lane: &LaneFacts,
    printer: &str,
    stand_in: Option<&Printer>,
) -> Option<Text> {
    let wrong = match cause {
        Some(cause) => Some(text(cause, printer)),
        None if lane.paper_near_end => Some(paper_near_end(printer)),
        None => lane.unproved.then(|| unproved(printer)),
    };
    let Some(other) = stand_in else { return wrong };
    let meanwhile = crate::words::stand_in(printer, other, wrong.is_some());
    Some(match wrong {
        Some(wrong) => Text {
            es: format!("{} {}", wrong.es, meanwhile.es),
            en: format!("{} {}", wrong.en, meanwhile.en),
        },
        None => meanwhile,
    })
}

/// Tickets that failed are told beside whatever else is wrong: nobody would wait for them otherwise.
fn with_failed(problem: Option<Text>, failed: i64) -> Option<Text> {
    if failed == 0 {
        return problem;
    }
    let (es, en) = match failed {
        1 => (
            "1 comanda no se pudo imprimir: ábrala en la fila de impresión.".to_owned(),
            "1 ticket could not be printed: open it in the print queue.".to_owned(),
        ),
        _ => (
            format!("{failed} comandas no se pudieron imprimir: ábralas en la fila de impresión."),
            format!("{failed} tickets could not be printed: open them in the print queue."),
        ),
    };
    Some(match problem {
        None => Text { es, en },
        Some(wrong) => Text { es: format!("{} {es}", wrong.es), en: format!("{} {en}", wrong.en) },
    })
}

/// Nothing is broken: its printer is not there yet, or was taken away.
fn no_printer(station: &str) -> Text {
    Text {
        es: format!("{station} todavía no tiene impresora: agréguela en Impresoras."),
        en: format!("{station} has no printer yet: add one under Printers."),
    }
}

fn paper_near_end(printer: &str) -> Text {
    Text {
        es: format!("Queda poco papel en {printer}: tenga listo un rollo."),
        en: format!("Paper is low in {printer}: have a roll ready."),
    }
}

/// What is sent there comes out, and nobody hears of it.
fn unproved(printer: &str) -> Text {
    Text {
        es: format!(
            "{printer} no confirma lo que imprime: sus comandas quedan sin confirmar. Pruébela de nuevo en Impresoras."
        ),
        en: format!(
            "{printer} does not confirm what it prints: its tickets stay unconfirmed. Test it again under Printers."
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fastops_domain::station::PrinterProfile;

    #[test]
    fn a_stand_in_is_named_beside_what_is_wrong() {
        let lane = LaneFacts { paper_near_end: true, ..LaneFacts::default() };
        let calm = LaneFacts::default();
        assert_eq!(problem(None, &calm, "Cocina", None), None);
        assert!(problem(None, &lane, "Cocina", None).unwrap().en.contains("Paper is low in Cocina"));
        let bar = Printer {
            id: PrinterId(uuid::Uuid::nil()),
            name: "Bar".into(),
            address: "tcp://bar".parse().unwrap(),
            profile: PrinterProfile::default(),
        };
        let alone = problem(None, &calm, "Cocina", Some(&bar)).unwrap();
        assert!(alone.es.starts_with("Bar imprime en lugar de Cocina"), "{alone:?}");
        let both = problem(Some(Cause::PaperOut), &lane, "Cocina", Some(&bar)).unwrap();
        assert!(both.es.starts_with("Sin papel en Cocina") && both.es.contains("Bar imprime"), "{both:?}");
    }

    /// P8: whatever the store does, a core that lives is heard before screens call it lost.
    #[test]
    fn a_living_core_is_heard_before_it_counts_as_lost() {
        let longest = HEARTBEAT + READ;
        assert!(longest < Duration::from_millis(signs::SILENCE_MS), "{longest:?}");
    }

    #[test]
    fn failed_tickets_are_told_beside_what_is_wrong() {
        assert_eq!(with_failed(None, 0), None);
        assert!(with_failed(None, 1).unwrap().es.starts_with("1 comanda no se pudo"));
        let wrong = Text { es: "Sin papel.".into(), en: "Out of paper.".into() };
        let both = with_failed(Some(wrong), 3).unwrap();
        assert!(both.en.starts_with("Out of paper. 3 tickets could not be printed"), "{both:?}");
    }

    #[test]
    fn the_worst_news_of_a_lane_comes_first() {
        let calm = LaneFacts::default();
        let low = LaneFacts { paper_near_end: true, ..calm };
        assert_eq!(state(None, &calm, false, 0, None), PulseState::Calm);
        assert_eq!(state(None, &calm, false, 3, Some(10)), PulseState::Busy);
        assert_eq!(state(None, &calm, false, 3, Some(SLOW_MS + 1)), PulseState::Warn);
        assert_eq!(state(None, &low, false, 0, None), PulseState::Warn);
        let unproved = LaneFacts { unproved: true, ..calm };
        assert_eq!(state(None, &unproved, false, 0, None), PulseState::Warn);
        let told = |lane| problem(None, lane, "Bar", None).unwrap().es;
        assert!(told(&unproved).starts_with("Bar no confirma"));
        assert!(told(&LaneFacts { unproved: true, ..low }).contains("poco papel"), "a roll comes first");
        assert_eq!(state(Some(Cause::PaperOut), &low, false, 3, Some(10)), PulseState::Alarm);
        assert_eq!(
            state(Some(Cause::PaperOut), &calm, true, 3, Some(10)),
            PulseState::Warn,
            "tickets go out"
        );
        assert_eq!(state(None, &calm, true, 0, None), PulseState::Warn, "not where they should");
    }
}
