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
    /// A core drives printers without asking whose they are.
    OwnersIgnored,
}
