//! What Windows says of a job and of its printer, as bits, and what it means.

use super::super::PrinterStatus;
use fastops_domain::job::Cause;

/// What `GetJobW` says of a job.
pub(in crate::link) mod job {
    pub(in crate::link) const PAUSED: u32 = 0x0001;
    pub(in crate::link) const ERROR: u32 = 0x0002;
    pub(in crate::link) const DELETING: u32 = 0x0004;
    pub(in crate::link) const OFFLINE: u32 = 0x0020;
    pub(in crate::link) const PAPER_OUT: u32 = 0x0040;
    pub(in crate::link) const PRINTED: u32 = 0x0080;
    pub(in crate::link) const DELETED: u32 = 0x0100;
    pub(in crate::link) const BLOCKED: u32 = 0x0200;
    pub(in crate::link) const USER_INTERVENTION: u32 = 0x0400;
    pub(in crate::link) const COMPLETE: u32 = 0x1000;
}

/// What `GetPrinterW` says of a printer.
pub(in crate::link) mod printer {
    pub(in crate::link) const PAUSED: u32 = 0x0000_0001;
    pub(in crate::link) const ERROR: u32 = 0x0000_0002;
    pub(in crate::link) const PENDING_DELETION: u32 = 0x0000_0004;
    pub(in crate::link) const PAPER_JAM: u32 = 0x0000_0008;
    pub(in crate::link) const PAPER_OUT: u32 = 0x0000_0010;
    pub(in crate::link) const PAPER_PROBLEM: u32 = 0x0000_0040;
    pub(in crate::link) const OFFLINE: u32 = 0x0000_0080;
    pub(in crate::link) const NOT_AVAILABLE: u32 = 0x0000_1000;
    pub(in crate::link) const USER_INTERVENTION: u32 = 0x0010_0000;
    pub(in crate::link) const DOOR_OPEN: u32 = 0x0040_0000;
    pub(in crate::link) const SERVER_OFFLINE: u32 = 0x0200_0000;
    /// An attribute, not a state: a person or the port has set the printer off line.
    pub(in crate::link) const WORK_OFFLINE: u32 = 0x0400;
}

/// Where a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// On its way, and nothing is known to be in the way.
    Queued,
    /// Someone has to act.
    Held(Fault),
    /// A person took it out of the queue.
    Deleted,
    /// The queue is through with it: the port took every byte.
    Left,
}

/// Why a job does not go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    PaperOut,
    CoverOpen,
    Offline,
    /// The printer asks for a person, and the port does not know why.
    UserIntervention,
    /// The port or the driver failed.
    Error,
    /// A person paused it.
    Paused,
}

impl Fault {
    /// What it means to the person who looks after the printer.
    pub(super) const fn cause(self) -> Cause {
        match self {
            Self::PaperOut => Cause::PaperOut,
            Self::CoverOpen => Cause::CoverOpen,
            Self::Offline | Self::UserIntervention | Self::Error | Self::Paused => Cause::Offline,
        }
    }

    /// Why a printer holds its queue, if it says so.
    pub(super) const fn of(status: PrinterStatus) -> Option<Self> {
        if status.cover_open {
            Some(Self::CoverOpen)
        } else if status.paper_out {
            Some(Self::PaperOut)
        } else if matches!(status.online, Some(false)) {
            Some(Self::Offline)
        } else if status.broken {
            Some(Self::Error)
        } else {
            None
        }
    }
}

/// Reads the state of a job. `None`: the queue does not know it any more.
///
/// A job that is through is taken out by the queue itself, so its end counts before the deletion; the reason that
/// tells a person most counts before the others.
pub(super) fn fate(state: Option<u32>) -> Fate {
    let Some(bits) = state else { return Fate::Left };
    let any = |of: u32| bits & of != 0;
    if any(job::PRINTED | job::COMPLETE) {
        Fate::Left
    } else if any(job::DELETED | job::DELETING) {
        Fate::Deleted
    } else if any(job::PAPER_OUT) {
        Fate::Held(Fault::PaperOut)
    } else if any(job::OFFLINE) {
        Fate::Held(Fault::Offline)
    } else if any(job::USER_INTERVENTION) {
        Fate::Held(Fault::UserIntervention)
    } else if any(job::ERROR | job::BLOCKED) {
        Fate::Held(Fault::Error)
    } else if any(job::PAUSED) {
        Fate::Held(Fault::Paused)
    } else {
        Fate::Queued
    }
}

/// Reads the state of a printer and its attributes. Most ports never say more than that it is off line.
pub(super) const fn status(state: u32, attributes: u32) -> PrinterStatus {
    let absent = printer::PAUSED
        | printer::PENDING_DELETION
        | printer::OFFLINE
        | printer::NOT_AVAILABLE
        | printer::SERVER_OFFLINE;
    let broken = printer::ERROR | printer::PAPER_JAM | printer::PAPER_PROBLEM | printer::USER_INTERVENTION;
    PrinterStatus {
        answered: true,
        online: Some(state & absent == 0 && attributes & printer::WORK_OFFLINE == 0),
        cover_open: state & printer::DOOR_OPEN != 0,
        paper_out: state & printer::PAPER_OUT != 0,
        paper_near_end: false,
        cutter_jam: false,
        overheated: false,
        broken: state & broken != 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bits of a job from the one that counts most, with what they mean.
    const RANKS: [(u32, Fate); 10] = [
        (job::PRINTED, Fate::Left),
        (job::COMPLETE, Fate::Left),
        (job::DELETED, Fate::Deleted),
        (job::DELETING, Fate::Deleted),
        (job::PAPER_OUT, Fate::Held(Fault::PaperOut)),
        (job::OFFLINE, Fate::Held(Fault::Offline)),
        (job::USER_INTERVENTION, Fate::Held(Fault::UserIntervention)),
        (job::ERROR, Fate::Held(Fault::Error)),
        (job::BLOCKED, Fate::Held(Fault::Error)),
        (job::PAUSED, Fate::Held(Fault::Paused)),
    ];

    #[test]
    fn every_state_of_a_job_means_what_counts_most_in_it() {
        assert_eq!(fate(None), Fate::Left);
        for bits in 0..0x1_0000 {
            let expected = RANKS.iter().find(|(bit, _)| bits & bit != 0).map_or(Fate::Queued, |rank| rank.1);
            assert_eq!(fate(Some(bits)), expected, "{bits:#06x}");
        }
        // Spooling, printing, started again, kept after its end, drawn here.
        for bits in [0x8, 0x10, 0x800, 0x2000, 0x4000] {
            assert_eq!(fate(Some(bits)), Fate::Queued, "{bits:#06x}");
        }
    }

    #[test]
    fn a_printer_s_state_is_read_bit_by_bit() {
        let obstruction = |state, attributes| status(state, attributes).obstruction();
        let cases = [
            (0, None),
            (printer::PAUSED, Some(Cause::Offline)),
            (printer::ERROR, Some(Cause::Offline)),
            (printer::PENDING_DELETION, Some(Cause::Offline)),
            (printer::PAPER_JAM, Some(Cause::Offline)),
            (printer::PAPER_OUT, Some(Cause::PaperOut)),
            (printer::PAPER_PROBLEM, Some(Cause::Offline)),
            (printer::OFFLINE, Some(Cause::Offline)),
            (printer::NOT_AVAILABLE, Some(Cause::Offline)),
            (printer::USER_INTERVENTION, Some(Cause::Offline)),
            (printer::DOOR_OPEN, Some(Cause::CoverOpen)),
            (printer::SERVER_OFFLINE, Some(Cause::Offline)),
            (printer::OFFLINE | printer::PAPER_OUT, Some(Cause::PaperOut)),
        ];
        let meaning = cases.iter().fold(0, |all, (bits, _)| all | bits);
        for (bits, cause) in cases {
            assert_eq!(obstruction(bits, 0), cause, "{bits:#x}");
            assert_eq!(
                Fault::of(status(bits, 0)).map(Fault::cause),
                cause,
                "{bits:#x}: one meaning, two ways"
            );
        }
        for bit in (0..32).map(|place| 1 << place).filter(|bit| meaning & bit == 0) {
            assert_eq!(obstruction(bit, 0), None, "{bit:#x}: busy, printing, warming up, saving power");
        }
        assert_eq!(obstruction(0, printer::WORK_OFFLINE), Some(Cause::Offline));
        assert_eq!(obstruction(0, !printer::WORK_OFFLINE), None);
    }
}
