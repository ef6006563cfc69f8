//! The arguments of `bench`.

use clap::Args;
use std::path::PathBuf;

#[derive(Args, Debug)]
pub(crate) struct Bench {
    /// What to measure
    #[arg(value_enum, default_value_t = Suite::Core)]
    pub(crate) suite: Suite,

    /// Orders of the sustained run
    #[arg(long, default_value_t = 20_000, value_parser = clap::value_parser!(u32).range(100..=5_000_000))]
    pub(crate) orders: u32,

    /// Clients that order at the same time in the sustained run
    #[arg(long, default_value_t = 256, value_parser = clap::value_parser!(u16).range(1..=4_096))]
    pub(crate) clients: u16,

    /// Orders of the history beside which the store's questions are asked
    #[arg(long, default_value_t = 200_000, value_parser = clap::value_parser!(u32).range(100..=5_000_000))]
    pub(crate) history: u32,

    /// Measure only this figure of the print engine's suite
    #[arg(long, value_enum, value_name = "NAME")]
    pub(crate) only: Option<Part>,

    /// Tickets of each run of the print engine with instant printers
    #[arg(long, default_value_t = 20_000, value_parser = clap::value_parser!(u32).range(100..=1_000_000))]
    pub(crate) jobs: u32,

    /// How much faster than a real one the printers of the rush and of the hung printer are; without it, ten times in
    /// the print engine's suite and as fast as real ones in that of the printers
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=100))]
    pub(crate) speed_up: Option<u32>,

    /// An empty PostgreSQL database to measure as well; without it, the print engine's suite starts a server of its own
    /// where the programs of one are installed
    #[arg(long, value_name = "URL", env = "FASTOPS_BENCH_POSTGRES", hide_env_values = true)]
    pub(crate) postgres: Option<String>,

    /// Folder to measure in, for its disk; without it, the system's temporary folder
    #[arg(long, value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,

    /// Write the table to this file as Markdown too
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

/// What a benchmark measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Suite {
    /// From a tap to paper: the whole core with printers
    Core,
    /// What is remembered: durable orders against plain SQLite on the same disk
    Store,
    /// The print engine: first byte, rush, a hung printer, jobs a second, recovery, memory, history, screens
    Queue,
    /// Printers: writing a ticket, each cable, the proof, a rush at the speed of real paper
    Printing,
    /// Be the core alone in `--dir`, for its memory; the store's suite starts it
    #[value(hide = true)]
    Alone,
    /// Be the core alone in `--dir` with what waits there, for its memory; the engine's suite starts it
    #[value(hide = true)]
    Waiting,
}

/// One figure of the print engine's suite.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Part {
    /// Accepted to the first byte at an idle printer
    FirstByte,
    /// 100 orders at once on three printers
    Rush,
    /// Healthy stations beside a hung printer
    Hung,
    /// Jobs a second with instant printers
    Rate,
    /// From start to the first ticket with a backlog
    Recovery,
    /// Memory with a backlog
    Memory,
    /// Claim of a job beside a history
    Claim,
    /// On paper to a screen
    Screen,
}
