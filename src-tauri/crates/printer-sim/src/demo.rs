//! The printers of the demonstration: a few simulators in the process of the host, their paper and their
//! switches as wire types for a screen.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use base64::Engine as _;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tokio::sync::{broadcast::error::RecvError, watch};
use tokio::task::JoinSet;
use ts_rs::TS;

use crate::machine::{Condition, Model};
use crate::paper::Slip;
use crate::server::{Clock, Simulator, SimulatorConfig, SimulatorEvent};

/// Slips that a listing shows, per printer.
const LISTED_SLIPS: usize = 20;
/// Slips that stay in memory, per printer.
const KEPT_SLIPS: usize = 100;

/// A simulated printer as a screen shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct DemoPrinter {
    pub name: String,
    /// Host and port, ready to be entered as the printer's address.
    pub address: String,
    /// The worst of what is wrong with it.
    pub condition: DemoCondition,
    /// All that is wrong with it; nothing when it is ready.
    pub conditions: Vec<DemoCondition>,
    /// The last slips, newest first.
    pub slips: Vec<DemoSlip>,
}

/// One piece of paper. Its picture is fetched by itself: see [`DemoPrinters::slip_png`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct DemoSlip {
    /// Counts from 1 since the printer started.
    #[ts(type = "number")]
    pub number: u64,
    /// When it was cut, milliseconds since 1970.
    #[ts(type = "number")]
    pub at_ms: i64,
    /// The slip as plain text, one line per printed line.
    pub text: String,
}

/// What a person can do to a demonstration printer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum DemoCondition {
    Ready,
    PaperNearEnd,
    PaperOut,
    /// The roll ends a little further on, in the middle of a ticket.
    PaperRunsOut,
    CoverOpen,
    CutterJam,
    Offline,
    /// Accepts connections, reads nothing, answers nothing.
    Hung,
    Slow,
    /// The head is too hot.
    Overheated,
    /// Takes a few bytes a second.
    Dripping,
    /// Takes half a ticket, then nothing, and does not answer.
    Stalled,
    /// Breaks its connection once, in the middle of a ticket.
    ResetsLink,
    /// Prints, and answers nonsense.
    GarbledStatus,
    /// Prints, and keeps what would prove it to itself: its answers in turn.
    HoldsProof,
    /// The same with the marks of its jobs.
    HoldsProcessId,
    /// Without power: what it had in its memory is gone.
    Unplugged,
    /// Its network cable is out: everything is taken on the way, and nothing arrives.
    CableOut,
}

/// How much paper is left of a roll that is about to end.
const LAST_MM: u32 = 30;
/// How much it takes before it takes none, or breaks its connection: the middle of a ticket.
const STALLS_AFTER: usize = 500;
const RESETS_AFTER: usize = 200;
/// Bytes a second of a line that drips.
const DRIP: u32 = 100;

impl DemoCondition {
    pub const ALL: [Self; 18] = [
        Self::Ready,
        Self::PaperNearEnd,
        Self::PaperOut,
        Self::PaperRunsOut,
        Self::CoverOpen,
        Self::CutterJam,
        Self::Offline,
        Self::Hung,
        Self::Slow,
        Self::Overheated,
        Self::Dripping,
        Self::Stalled,
        Self::ResetsLink,
        Self::GarbledStatus,
        Self::HoldsProof,
        Self::HoldsProcessId,
        Self::Unplugged,
        Self::CableOut,
    ];
}

impl From<DemoCondition> for Condition {
    fn from(condition: DemoCondition) -> Self {
        match condition {
            DemoCondition::Ready => Self::Ready,
            DemoCondition::PaperNearEnd => Self::PaperNearEnd,
            DemoCondition::PaperOut => Self::PaperOut,
            DemoCondition::PaperRunsOut => Self::PaperRunsOut { after_mm: LAST_MM },
            DemoCondition::CoverOpen => Self::CoverOpen,
            DemoCondition::CutterJam => Self::CutterJam,
            DemoCondition::Offline => Self::Offline,
            DemoCondition::Hung => Self::Hung,
            DemoCondition::Slow => Self::Slow,
            DemoCondition::Overheated => Self::Overheated,
            DemoCondition::Dripping => Self::Drip { bytes_per_second: DRIP },
            DemoCondition::Stalled => Self::Stalled { after_bytes: STALLS_AFTER },
            DemoCondition::ResetsLink => Self::ResetsLink { after_bytes: RESETS_AFTER },
            DemoCondition::GarbledStatus => Self::GarbledStatus,
            DemoCondition::HoldsProof => Self::HoldsProof,
            DemoCondition::HoldsProcessId => Self::HoldsProcessId,
            DemoCondition::Unplugged => Self::PoweredOff,
            DemoCondition::CableOut => Self::BlackHole,
        }
    }
}

impl From<Condition> for DemoCondition {
    /// The same one, however far it has gone.
    fn from(condition: Condition) -> Self {
        match condition {
            Condition::Ready => Self::Ready,
            Condition::GarbledStatus => Self::GarbledStatus,
            Condition::HoldsProof => Self::HoldsProof,
            Condition::HoldsProcessId => Self::HoldsProcessId,
            Condition::Overheated => Self::Overheated,
            Condition::Drip { .. } => Self::Dripping,
            Condition::Stalled { .. } => Self::Stalled,
            Condition::ResetsLink { .. } => Self::ResetsLink,
            Condition::PaperNearEnd => Self::PaperNearEnd,
            Condition::PaperRunsOut { .. } => Self::PaperRunsOut,
            Condition::PaperOut => Self::PaperOut,
            Condition::CoverOpen => Self::CoverOpen,
            Condition::CutterJam => Self::CutterJam,
            Condition::Offline => Self::Offline,
            Condition::Hung => Self::Hung,
            Condition::PoweredOff => Self::Unplugged,
            Condition::BlackHole => Self::CableOut,
            Condition::Slow => Self::Slow,
        }
    }
}

/// There is no demonstration printer of this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no demonstration printer is called {name:?}")]
pub struct NoSuchPrinter {
    pub name: String,
}

/// How one demonstration printer is set up.
#[derive(Debug, Clone)]
pub struct DemoSetup {
    pub name: String,
    /// Loopback port; `None` or 0 picks a free one.
    pub port: Option<u16>,
    pub model: Model,
    pub paper_dir: Option<PathBuf>,
}

impl DemoSetup {
    /// An 80 mm printer at its true speed on a free port.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), port: None, model: Model::epson_80mm(), paper_dir: None }
    }
}

/// The printers of a demonstration.
#[derive(Debug)]
pub struct DemoPrinters {
    printers: Vec<Simulator>,
    revision: watch::Receiver<u64>,
    watchers: JoinSet<()>,
}

impl DemoPrinters {
    /// One 80 mm printer for each name, on free loopback ports.
    pub async fn start(names: &[&str], clock: Clock) -> io::Result<Self> {
        Self::start_with(names.iter().copied().map(DemoSetup::new).collect(), clock).await
    }

    pub async fn start_with(setups: Vec<DemoSetup>, clock: Clock) -> io::Result<Self> {
        let (revision_sender, revision) = watch::channel(0);
        let mut printers = Vec::with_capacity(setups.len());
        let mut watchers = JoinSet::new();
        for setup in setups {
            let mut config = SimulatorConfig::new(setup.name, Arc::clone(&clock));
            config.listen = SocketAddr::from((Ipv4Addr::LOCALHOST, setup.port.unwrap_or(0)));
            config.model = setup.model;
            config.paper_dir = setup.paper_dir;
            config.keep_slips = KEPT_SLIPS;
            let printer = Simulator::start(config).await?;
            watchers.spawn(count_changes(printer.subscribe(), revision_sender.clone()));
            printers.push(printer);
        }
        Ok(Self { printers, revision, watchers })
    }

    /// Every printer with its last twenty slips, without their pictures.
    pub fn list(&self) -> Vec<DemoPrinter> {
        self.printers
            .iter()
            .map(|printer| DemoPrinter {
                name: printer.name().to_owned(),
                address: printer.addr().to_string(),
                condition: printer.condition().into(),
                conditions: printer.conditions().iter().map(Into::into).collect(),
                slips: printer.last_slips(LISTED_SLIPS).iter().rev().map(|slip| listed(slip)).collect(),
            })
            .collect()
    }

    /// A number that rises whenever a slip is cut or a condition changes: the cue to list again.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.revision.clone()
    }

    /// The picture of a slip as a PNG file; `None` when there is no such printer or the slip is gone. Drawing
    /// takes some milliseconds of processor time.
    pub fn slip_png(&self, printer: &str, number: u64) -> Option<Vec<u8>> {
        Some(self.slip(printer, number)?.png())
    }

    /// [`DemoPrinters::slip_png`] as a `data:` address for an image element.
    pub fn slip_png_data_url(&self, printer: &str, number: u64) -> Option<String> {
        let png = self.slip_png(printer, number)?;
        Some(format!("data:image/png;base64,{}", base64::engine::general_purpose::STANDARD.encode(png)))
    }

    /// The slip itself, so that a host can draw it on a thread of its choice.
    pub fn slip(&self, printer: &str, number: u64) -> Option<Arc<Slip>> {
        self.printer(printer).ok()?.slip(number)
    }

    /// Puts a printer in this condition and no other.
    pub fn set(&self, printer: &str, condition: DemoCondition) -> Result<(), NoSuchPrinter> {
        self.printer(printer)?.set(condition.into());
        Ok(())
    }

    /// Puts a printer in a condition besides those that it is in, or ends it and leaves the others.
    pub fn switch(&self, printer: &str, condition: DemoCondition, on: bool) -> Result<(), NoSuchPrinter> {
        let printer = self.printer(printer)?;
        if on {
            printer.add(condition.into());
        } else {
            printer.clear(condition.into());
        }
        Ok(())
    }

    /// The simulator behind a name.
    pub fn printer(&self, name: &str) -> Result<&Simulator, NoSuchPrinter> {
        let found = self.printers.iter().find(|printer| printer.name() == name);
        found.ok_or_else(|| NoSuchPrinter { name: name.to_owned() })
    }

    pub fn printers(&self) -> &[Simulator] {
        &self.printers
    }

    /// Closes every port and waits until files are written.
    pub async fn stop(mut self) {
        self.watchers.abort_all();
        for printer in self.printers.drain(..) {
            printer.stop().await;
        }
    }
}

fn listed(slip: &Slip) -> DemoSlip {
    DemoSlip { number: slip.number, at_ms: slip.cut_at_ms, text: slip.text() }
}

async fn count_changes(
    mut events: tokio::sync::broadcast::Receiver<SimulatorEvent>,
    revision: watch::Sender<u64>,
) {
    loop {
        match events.recv().await {
            Ok(SimulatorEvent::SlipCut(_) | SimulatorEvent::ConditionsChanged(_))
            | Err(RecvError::Lagged(_)) => {
                revision.send_modify(|revision| *revision += 1);
            }
            Ok(_) => {}
            Err(RecvError::Closed) => return,
        }
    }
}
