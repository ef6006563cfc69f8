//! What is broken on purpose, so that the simulation shows that it would be seen.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bug {
    None,
    /// The paper of a marked job does not carry the mark.
    MarkDropped,
    /// A lane writes about a job without asking whether it is as it was read.
    SeenIgnored,
    /// The first byte goes before `sending` is on disk.
    SentBeforeDisk,
    /// A core takes over what another has, however short the time.
    LeaseIgnored,
    /// A core writes about a job whoever has it, and however it is.
    HolderIgnored,
    /// A lane goes by its own order and does not ask where earlier revisions are.
    RevisionsIgnored,
    /// What the device took counts as printed.
    BelievedTooSoon,
    /// Nobody looks after the jobs of a core that is gone.
    NothingTakenOver,
    /// A paper about money comes again by itself, as a ticket does.
    BillAgain,
    /// A drawer opens again by itself.
    DrawerAgain,
    /// A drawer opens however long ago it was asked for.
    DrawerLate,
    /// A slip comes out, and its tickets do not learn of it.
    SlipAlone,
    /// A slip does not say which of its tickets may be on paper already.
    SlipUnmarked,
    /// What a screen was given counts as shown.
    ScreenBelieved,
    /// The words of a ticket are read when its lane sees it, and not where it is held.
    WordsEarly,
    /// The words of a slip are read before its tickets are held.
    SlipEarly,
    /// A line goes onto a ticket whose printing began.
    MergedBlind,
    /// A line is taken off a ticket that may be on paper.
    VoidOfMarked,
    /// A ticket whose line was taken back on paper still asks for it.
    NotStruck,
    /// Two revisions of an order go with one write.
    BatchMixed,
    /// A ticket of a batch that broke waits again as if no byte of it had gone out.
    BatchPutBack,
    /// What stood behind a ticket that broke is not put back.
    BatchForgotten,
    /// What a person has tried anew loses its mark.
    RetryUnmarked,
    /// What a person gives up is not given up.
    ClearForgotten,
    /// What a person hurries stays where it is.
    HurryForgotten,
    /// A printer that a person took out of use serves on.
    HandIgnored,
    /// A core keeps as many printers busy as it likes.
    WorkersIgnored,
    /// A core drives printers without asking whose they are.
    OwnersIgnored,
}
