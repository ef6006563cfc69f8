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
    /// Batches of several tickets.
    pub(super) batches: usize,
    /// Lines that went onto a ticket that waited.
    pub(super) merged: usize,
    /// Lines that were taken off a ticket that waited, and those of which a paper had to say so.
    pub(super) taken_off: usize,
    pub(super) voids: usize,
    /// What people had tried anew, gave up, and hurried.
    pub(super) retried: usize,
    pub(super) cleared: usize,
    pub(super) hurried: usize,
}

impl Counts {
    pub(super) const fn all(&self) -> [usize; 15] {
        [
            self.taken_over,
            self.moved,
            self.refused,
            self.spared,
            self.slips,
            self.answers,
            self.outlet,
            self.handed_over,
            self.batches,
            self.merged,
            self.taken_off,
            self.voids,
            self.retried,
            self.cleared,
            self.hurried,
        ]
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
        self.batches += other.batches;
        self.merged += other.merged;
        self.taken_off += other.taken_off;
        self.voids += other.voids;
        self.retried += other.retried;
        self.cleared += other.cleared;
        self.hurried += other.hurried;
    }
}
