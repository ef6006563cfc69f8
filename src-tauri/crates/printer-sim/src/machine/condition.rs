//! What can be wrong with a printer, its cable or its firmware, as switches for tests and demonstrations: one alone,
//! or several at once.

/// One thing that is wrong with the printer, or that nothing is.
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
    /// Prints and says how it is, but keeps its answers to `GS r` until this is over.
    HoldsProof,
    /// The same with its answers to the process id of `GS ( H`.
    HoldsProcessId,
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

    /// Whether both are the same thing, however far each has gone.
    pub fn is_like(self, other: Self) -> bool {
        std::mem::discriminant(&self) == std::mem::discriminant(&other)
    }

    /// How much of what the printer does it hides, most last.
    fn weight(self) -> u8 {
        match self {
            Self::Ready => 0,
            Self::PoweredOff => 4,
            dead if dead.is_dead() => 3,
            offline if offline.is_offline() => 2,
            _ => 1,
        }
    }
}

/// All that is wrong with a printer at one time, each thing once. Nothing of it is a printer that is ready.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Conditions(Vec<Condition>);

impl From<Condition> for Conditions {
    fn from(condition: Condition) -> Self {
        Self::default().with(condition)
    }
}

impl Conditions {
    /// These and another one, which takes the place of one like it.
    #[must_use]
    pub fn with(self, condition: Condition) -> Self {
        let mut all = self.without(condition).0;
        if condition != Condition::Ready {
            all.push(condition);
        }
        Self(all)
    }

    /// These without what is like `condition`.
    #[must_use]
    pub fn without(mut self, condition: Condition) -> Self {
        self.0.retain(|known| !known.is_like(condition));
        self
    }

    /// In the order in which they came.
    pub fn iter(&self) -> impl Iterator<Item = Condition> + '_ {
        self.0.iter().copied()
    }

    /// Whether something like `condition` is among them.
    pub fn has(&self, condition: Condition) -> bool {
        self.iter().any(|known| known.is_like(condition))
    }

    /// The one that hides the others.
    pub fn worst(&self) -> Condition {
        self.iter().max_by_key(|condition| condition.weight()).unwrap_or_default()
    }

    pub fn is_offline(&self) -> bool {
        self.iter().any(Condition::is_offline)
    }

    pub(crate) fn is_dead(&self) -> bool {
        self.iter().any(Condition::is_dead)
    }

    /// True when the paper moves.
    pub(crate) fn prints(&self) -> bool {
        !self.is_offline() && !self.is_dead()
    }

    /// Bytes a second of a line that drips.
    pub(crate) fn drip(&self) -> Option<u32> {
        self.iter().find_map(|condition| match condition {
            Condition::Drip { bytes_per_second } => Some(bytes_per_second),
            _ => None,
        })
    }

    /// Bytes that it takes before it takes none, or resets its connection.
    pub(crate) fn bytes_left(&self) -> Option<usize> {
        let left = self.iter().filter_map(|condition| match condition {
            Condition::Stalled { after_bytes } | Condition::ResetsLink { after_bytes } => Some(after_bytes),
            _ => None,
        });
        left.min()
    }

    /// Counts bytes against what lasts for a number of them.
    pub(crate) fn spend(&mut self, count: usize) {
        for condition in &mut self.0 {
            if let Condition::Stalled { after_bytes } | Condition::ResetsLink { after_bytes } = condition {
                *after_bytes = after_bytes.saturating_sub(count);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_thing_is_there_once_and_the_worst_hides_the_others() {
        let low = Conditions::from(Condition::PaperNearEnd);
        let both = low.clone().with(Condition::CoverOpen).with(Condition::PaperNearEnd);
        assert_eq!(both.iter().collect::<Vec<_>>(), [Condition::CoverOpen, Condition::PaperNearEnd]);
        assert!(both.is_offline() && !both.prints() && !both.is_dead());
        assert_eq!(both.worst(), Condition::CoverOpen);
        assert_eq!(both.clone().without(Condition::CoverOpen), low);
        assert_eq!(both.with(Condition::PoweredOff).worst(), Condition::PoweredOff);
        let stalled = Conditions::from(Condition::Stalled { after_bytes: 9 });
        assert!(stalled.has(Condition::Stalled { after_bytes: 0 }), "however far it has gone");
        assert_eq!(Conditions::from(Condition::Ready), Conditions::default());
        assert_eq!(Conditions::default().worst(), Condition::Ready);
    }
}
