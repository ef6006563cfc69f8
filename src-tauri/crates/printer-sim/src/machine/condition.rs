//! What can be wrong with a printer, its cable or its firmware, as one switch for tests and demonstrations.

/// The state that a test or a person puts the printer in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Condition {
    #[default]
    Ready,
    /// Prints, and says that the roll is nearly used up.
    PaperNearEnd,
    /// Stops; keeps its buffer and prints the rest after reloading.
    PaperOut,
    /// Prints this much more paper, then is out of paper.
    PaperRunsOut {
        after_mm: u32,
    },
    CoverOpen,
    /// The cutter is jammed: stops, keeps its buffer.
    CutterJam,
    /// The head is too hot: stops, keeps its buffer.
    Overheated,
    /// Taken off line at its panel.
    Offline,
    /// The firmware hangs: connections are accepted, nothing is read, nothing is answered.
    Hung,
    /// Prints at 20 mm/s.
    Slow,
    /// Takes bytes at a trickle.
    Drip {
        bytes_per_second: u32,
    },
    /// The cable is out: every write succeeds, nothing arrives.
    BlackHole,
    /// Takes this many more bytes, then nothing, and does not answer.
    Stalled {
        after_bytes: usize,
    },
    /// Takes this many more bytes, then resets the connection (once); afterwards works.
    ResetsLink {
        after_bytes: usize,
    },
    /// Prints, but every status answer is nonsense.
    GarbledStatus,
    /// Prints and says how it is, but keeps its answers to `GS r` until the condition changes.
    HoldsProof,
    /// Switched off: buffer and unprinted line gone, nothing listens.
    PoweredOff,
}

impl Condition {
    /// True when the mechanism stands still and the printer calls itself off line.
    pub fn is_offline(self) -> bool {
        matches!(self, Self::PaperOut | Self::CoverOpen | Self::CutterJam | Self::Overheated | Self::Offline)
    }

    /// True when the firmware neither works nor answers.
    pub(crate) fn is_dead(self) -> bool {
        matches!(self, Self::Hung | Self::PoweredOff | Self::Stalled { after_bytes: 0 })
    }

    /// True when the paper moves.
    pub(crate) fn prints(self) -> bool {
        !self.is_offline() && !self.is_dead()
    }
}
