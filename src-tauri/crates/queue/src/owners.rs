//! Which printers this core drives, of those that several cores could.
//!
//! A core without a printer's lease opens no link to it and leaves its tickets; what it shows of the lane is
//! what the core that has the lease tells. Where the database is this program's alone, every printer is its own
//! and nothing of this costs a statement.

use crate::engine::{EngineConfig, Shared};
use fastops_domain::ids::{CoreId, PrinterId};
use fastops_domain::lane::LaneFacts;
use fastops_domain::lease::LeasePolicy;
use fastops_domain::owner::{Lease, Verdict};
use fastops_domain::signs::CORE_SILENT_MS;
use fastops_domain::time::Time;
use fastops_store::owner::{self, Holder, Standing};
use fastops_store::{StoreError, Tx};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;
use tokio::time::{Duration, Instant};

/// How this core stands to a printer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Seat {
    /// It drives the printer.
    Mine,
    /// It has the lease, and gives it up as soon as no ticket is in its hands.
    HandingOver,
    /// Another core drives it, or soon does.
    Elsewhere,
    /// Nobody drives it, and nobody who lives may.
    Orphaned,
}

/// What this core knows of whose the printers are.
#[derive(Debug)]
pub(crate) struct Owners {
    /// None where there are no other cores.
    pub(crate) me: Option<Holder>,
    policy: LeasePolicy,
    known: Mutex<Known>,
    /// Notified when a printer may be free for this core.
    pub(crate) claim_due: Notify,
}

#[derive(Debug, Default)]
struct Known {
    seats: HashMap<PrinterId, Seat>,
    /// When the last sign of life was given, by the clock that stands still while the computer sleeps, and by
    /// the one on the wall, which does not.
    signed: Option<(Instant, Time)>,
}

/// What one sign of life found.
#[derive(Debug)]
pub(crate) struct Signed {
    at: (Instant, Time),
    standings: Vec<Standing>,
}

impl Signed {
    /// Whether a printer is this core's to drive.
    pub(crate) fn drives(&self, printer: PrinterId) -> bool {
        let mut standings = self.standings.iter();
        standings.any(|standing| standing.printer == printer && standing.claim.verdict() == Verdict::Hold)
    }
}

impl Owners {
    pub(crate) fn of(config: &EngineConfig) -> Self {
        let me = config.store.is_shared().then(|| Holder {
            branch: config.branch,
            core: config.core,
            computer: config.computer,
            name: config.computer_name.clone(),
            lease_ms: config.lease.for_ms,
        });
        Self { me, policy: config.lease, known: Mutex::default(), claim_due: Notify::new() }
    }

    /// How this core stands to a printer at `now`. Past its own lease it is sure of none.
    pub(crate) fn seat(&self, printer: PrinterId, now: Time) -> Seat {
        if self.me.is_none() {
            return Seat::Mine;
        }
        let known = self.known();
        match known.seats.get(&printer) {
            Some(Seat::Mine) if !known.is_sure(now, self.policy.for_ms) => Seat::Elsewhere,
            Some(seat) => *seat,
            None => Seat::Elsewhere,
        }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a core that was last heard this long before the end of its lease is silent.
    fn is_silent(&self, left_ms: i64) -> bool {
        let two_beats = i64::try_from(self.policy.beat_ms.saturating_mul(2)).unwrap_or(i64::MAX);
        self.policy.for_ms - left_ms >= two_beats.max(CORE_SILENT_MS.cast_signed())
    }
}

impl Known {
    /// Whether the last sign of life still holds, by both clocks.
    fn is_sure(&self, now: Time, for_ms: i64) -> bool {
        let Some((at, wall)) = self.signed else { return false };
        let lease = Duration::from_millis(for_ms.unsigned_abs());
        at.elapsed() < lease && (0..for_ms).contains(&now.since_ms(wall))
    }
}

/// Gives a sign of life and takes the printers whose turn is this core's, also those that `before` had; none
/// where there are no other cores.
pub(crate) async fn claim(
    config: &EngineConfig,
    owners: &Owners,
    before: Option<CoreId>,
) -> Result<Option<Signed>, StoreError> {
    let Some(me) = owners.me.clone() else { return Ok(None) };
    // The lease lasts from before the sign was given.
    let at = (Instant::now(), config.clock.now());
    let signing = config.store.write::<_, StoreError, _>(move |tx| {
        let me = me.clone();
        Box::pin(async move { sign(tx, &me, before).await })
    });
    Ok(Some(Signed { at, standings: signing.await? }))
}

async fn sign(tx: &mut Tx, me: &Holder, before: Option<CoreId>) -> Result<Vec<Standing>, StoreError> {
    owner::sign(tx, me).await?;
    let mut standings = owner::standings(tx, me).await?;
    for standing in &mut standings {
        // What the core before this one in its folder had is as good as free.
        if standing.claim.lease == Lease::Others && before.is_some() && standing.holder == before {
            standing.claim.lease = Lease::Free;
        }
        if standing.claim.verdict() == Verdict::Take {
            let taken = owner::take(tx, me, before, standing.printer).await?;
            standing.claim.lease = if taken { Lease::Mine } else { Lease::Others };
        }
    }
    Ok(standings)
}

impl Shared {
    /// How this core stands to a printer now.
    pub(crate) fn seat(&self, printer: PrinterId) -> Seat {
        self.owners.seat(printer, self.config.clock.now())
    }

    /// Gives a sign of life for this core's printers, and takes those whose turn has come.
    pub(crate) async fn claim(&self) -> Result<(), StoreError> {
        match claim(&self.config, &self.owners, None).await? {
            Some(signed) => self.settle_seats(signed).await,
            None => Ok(()),
        }
    }

    /// Goes by what a sign of life found: which printers are this core's, and how the others are.
    pub(crate) async fn settle_seats(&self, signed: Signed) -> Result<(), StoreError> {
        let mut begun = Vec::new();
        {
            let mut known = self.owners.known();
            known.signed = Some(signed.at);
            for standing in &signed.standings {
                let seat = match standing.claim.verdict() {
                    Verdict::Hold => Seat::Mine,
                    Verdict::HandOver => Seat::HandingOver,
                    Verdict::Take | Verdict::Leave if standing.claim.is_orphaned() => Seat::Orphaned,
                    Verdict::Take | Verdict::Leave => Seat::Elsewhere,
                };
                let before = known.seats.insert(standing.printer, seat);
                if before != Some(seat) {
                    begun.push((standing, seat));
                }
            }
        }
        for (standing, seat) in begun {
            tracing::info!(printer = %standing.printer, ?seat, "whose a printer is");
            if seat == Seat::Mine {
                // What the core before knew of the printer is true until this one finds out more; what people said to
                // it, it may not have told any more.
                self.note(standing.printer, |facts| *facts = standing.lane);
                self.follow_people(standing.printer);
            }
            self.stir(standing.printer);
        }
        self.note_standings(&signed.standings).await
    }

    /// Looks at what the other cores tell of their lanes, and whether one of them is free or asked for.
    pub(crate) async fn look_around(&self) -> Result<(), StoreError> {
        let Some(me) = self.owners.me.clone() else { return Ok(()) };
        let read = self
            .config
            .store
            .read::<_, StoreError, _>(move |tx| Box::pin(async move { owner::standings(tx, &me).await }));
        let standings = read.await?;
        let mut due = false;
        {
            let mut known = self.owners.known();
            for Standing { printer, claim, .. } in &standings {
                let seat = known.seats.entry(*printer).or_insert(Seat::Elsewhere);
                if claim.lease == Lease::Others && matches!(*seat, Seat::Mine | Seat::HandingOver) {
                    *seat = Seat::Elsewhere;
                }
                due |= match claim.verdict() {
                    Verdict::Take => true,
                    Verdict::Hold => *seat != Seat::Mine,
                    Verdict::HandOver => *seat == Seat::Mine,
                    Verdict::Leave => claim.is_orphaned() != (*seat == Seat::Orphaned),
                };
            }
        }
        if due {
            self.owners.claim_due.notify_one();
        }
        self.note_standings(&standings).await
    }

    /// What others tell of their lanes, and what people at other computers want of this core's.
    async fn note_standings(&self, standings: &[Standing]) -> Result<(), StoreError> {
        for standing in standings {
            match self.seat(standing.printer) {
                Seat::Mine | Seat::HandingOver => self.answer(standing).await?,
                seat @ (Seat::Elsewhere | Seat::Orphaned) => {
                    let told = self.as_told(standing, seat);
                    self.note(standing.printer, |facts| *facts = told);
                }
            }
        }
        Ok(())
    }

    fn as_told(&self, standing: &Standing, seat: Seat) -> LaneFacts {
        use fastops_domain::job::Cause::CoreSilent;
        let silent = standing.claim.lease == Lease::Others && self.owners.is_silent(standing.left_ms);
        if seat != Seat::Orphaned && !silent {
            return standing.lane;
        }
        let known = self.facts(standing.printer);
        let since = known.trouble_since.filter(|_| known.trouble == Some(CoreSilent));
        let told = LaneFacts { printing: false, trouble_since: since, ..standing.lane };
        told.in_trouble(Some(CoreSilent), self.config.clock.now())
    }

    /// Does what was asked of the breaker of a printer that this core drives.
    async fn answer(&self, standing: &Standing) -> Result<(), StoreError> {
        let (Some(asked), core, printer) = (standing.asked, self.config.core, standing.printer) else {
            return Ok(());
        };
        self.set_breaker(printer, asked == owner::Asked::Open);
        let answered = self.config.store.write::<_, StoreError, _>(move |tx| {
            Box::pin(async move { owner::answer(tx, core, printer, asked).await })
        });
        answered.await.map(drop)
    }

    /// Frees a printer that another core waits for; its lane has nothing in its hands.
    pub(crate) async fn let_go(&self, printer: PrinterId) -> Result<(), StoreError> {
        let (core, facts) = (self.config.core, self.facts(printer));
        let freed = self.config.store.write::<_, StoreError, _>(move |tx| {
            Box::pin(async move {
                owner::tell(tx, core, &[(printer, facts)]).await?;
                owner::release(tx, core, printer).await
            })
        });
        freed.await?;
        let mut known = self.owners.known();
        if known.seats.get(&printer) == Some(&Seat::HandingOver) {
            known.seats.insert(printer, Seat::Elsewhere);
        }
        drop(known);
        self.hint(|hint| hint.lanes = true);
        Ok(())
    }
}
