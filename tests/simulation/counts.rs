//! What happened in runs, so that a rule that was never put to the test is noticed.

/// What a run went through.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    pub(super) taken_over: usize,
    pub(super) moved: usize,
    /// Steps that were no longer true when they came to the store.
    pub(super) refused: usize,
    /// Repeats that a late proof made unnecessary.
    pub(super) spared: usize,
    /// Catch-up slips, and papers of which a person was asked.
    pub(super) slips: usize,
    pub(super) answers: usize,
    /// Tickets that an outlet took.
    pub(super) outlet: usize,
    /// Printers that went from one core to another.
    pub(super) handed_over: usize,
}

impl Counts {
    pub(super) const fn all(&self) -> [usize; 8] {
        let Self { taken_over, moved, refused, spared, slips, answers, outlet, handed_over } = *self;
        [taken_over, moved, refused, spared, slips, answers, outlet, handed_over]
    }

    pub(super) const fn join(&mut self, other: Self) {
        self.taken_over += other.taken_over;
        self.moved += other.moved;
        self.refused += other.refused;
        self.spared += other.spared;
        self.slips += other.slips;
        self.answers += other.answers;
        self.outlet += other.outlet;
        self.handed_over += other.handed_over;
    }
}
