//! What kind of printer it is: width, speed, code tables, and which questions its firmware answers.

use std::time::Duration;

use crate::codepage::CodeTables;
use crate::paper::DOTS_PER_MM;

/// How fast paper moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speed {
    /// Paper moves in no time at all, for fast tests.
    Instant,
    MmPerSecond(u32),
}

/// What the firmware does with `GS ( H` function 48.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProcessIdSupport {
    Answered,
    /// Skipped without an answer.
    Swallowed,
    /// The parameters come out as text on the paper.
    PrintedAsJunk,
}

/// Which questions the firmware answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is one question that a firmware knows or not")]
pub struct Answers {
    /// `DLE EOT n`, by n − 1.
    pub real_time: [bool; 4],
    /// `GS r n`
    pub fence: bool,
    /// `GS ( H`
    pub process_id: ProcessIdSupport,
    /// `GS a n`
    pub auto_status: bool,
    /// `GS I n`
    pub identity: bool,
    /// A question that the firmware does not know ends up as letters in the line.
    pub unknown_as_text: bool,
}

impl Answers {
    pub fn all() -> Self {
        Self {
            real_time: [true; 4],
            fence: true,
            process_id: ProcessIdSupport::Answered,
            auto_status: true,
            identity: true,
            unknown_as_text: false,
        }
    }

    /// A two-way clone: fence and states, no process id.
    pub fn fence_only() -> Self {
        Self { process_id: ProcessIdSupport::Swallowed, ..Self::all() }
    }

    /// States now, but no proof about a job.
    pub fn state_only() -> Self {
        Self { fence: false, process_id: ProcessIdSupport::Swallowed, identity: false, ..Self::all() }
    }

    /// A one-way printer.
    pub fn none() -> Self {
        Self { real_time: [false; 4], auto_status: false, ..Self::state_only() }
    }
}

/// Everything that does not change while the printer is on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Model {
    /// Plain characters per line: 48 on 80 mm paper, 32 on 58 mm.
    pub columns: u16,
    pub speed: Speed,
    /// How long a cut takes, in milliseconds.
    pub cut_ms: u32,
    /// Size of the receive buffer.
    pub buffer_bytes: usize,
    pub code_tables: CodeTables,
    pub answers: Answers,
    /// The firmware starts in, and `ESC @` returns to, Chinese mode.
    pub starts_in_chinese: bool,
    /// Distance from the print head to the cutter: a cut without feeding leaves this much paper inside.
    pub head_to_cutter_mm: u32,
    pub maker: String,
    pub product: String,
}

impl Model {
    /// An 80 mm printer of the leading make.
    pub fn epson_80mm() -> Self {
        Self {
            columns: 48,
            speed: Speed::MmPerSecond(150),
            cut_ms: 500,
            buffer_bytes: 4096,
            code_tables: CodeTables::epson(),
            answers: Answers::all(),
            starts_in_chinese: false,
            head_to_cutter_mm: 12,
            maker: "EPSON".to_owned(),
            product: "TM-SIM80".to_owned(),
        }
    }

    /// A low-cost 58 mm clone that starts in Chinese mode, numbers its code tables its own way and has no
    /// process id.
    pub fn clone_58mm() -> Self {
        Self {
            columns: 32,
            speed: Speed::MmPerSecond(70),
            code_tables: CodeTables::clone_numbering(),
            answers: Answers::fence_only(),
            starts_in_chinese: true,
            maker: "GENERIC".to_owned(),
            product: "POS-58".to_owned(),
            ..Self::epson_80mm()
        }
    }

    /// Width of the printable area in dots.
    pub fn width_dots(&self) -> u32 {
        u32::from(self.columns) * 12
    }

    pub(crate) fn travel_time(&self, dots: u32, slow: bool) -> Duration {
        let mm_per_second = match (slow, self.speed) {
            (true, _) => SLOW_MM_PER_SECOND,
            (false, Speed::Instant) => return Duration::ZERO,
            (false, Speed::MmPerSecond(speed)) => speed.max(1),
        };
        Duration::from_micros(u64::from(dots) * 1_000_000 / u64::from(mm_per_second * DOTS_PER_MM))
    }

    pub(crate) fn cut_time(&self) -> Duration {
        match self.speed {
            Speed::Instant => Duration::ZERO,
            Speed::MmPerSecond(_) => Duration::from_millis(u64::from(self.cut_ms)),
        }
    }
}

const SLOW_MM_PER_SECOND: u32 = 20;
