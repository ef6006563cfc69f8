//! Which printers a core drives, as `queue::owners` goes, with the store's own statements.

use super::bug::Bug;
use super::desk::{LEASE, STRETCHED};
use super::oracle::Driver;
use super::run::{Facts, Seat, Sim, core_id};
use fastops_domain::ids::{ComputerId, CoreId};
use fastops_domain::owner::{Lease, Verdict};
use fastops_domain::time::Time;
use fastops_store::owner::{self, Holder};
use fastops_store::{StoreError, Tx};
use uuid::Uuid;

/// How a core stands to a printer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    Mine,
    HandingOver,
    Elsewhere,
}

impl Sim {
    fn holder(&self, core: usize) -> Holder {
        let computer = computer(core);
        let (branch, core) = (self.base.branch, self.core_id(core));
        Holder { branch, core, computer, name: String::from("Caja"), lease_ms: STRETCHED }
    }

    /// One sign of life; takes the printers whose turn is this core's.
    pub(super) async fn claim(
        &mut self,
        tx: &mut Tx,
        core: usize,
        before: Option<CoreId>,
        heirs: &[Vec<usize>],
    ) -> Result<(), StoreError> {
        let me = self.holder(core);
        owner::sign(tx, &me).await?;
        if self.cores[core].lives() == 1 {
            self.name_owners(tx, core, heirs).await?;
        }
        for driver in self.oracle.drivers.values_mut().filter(|driver| driver.core == me.core) {
            driver.until = self.now.plus_ms(LEASE.for_ms);
        }
        self.cores[core].signed_at = self.now;
        for mut standing in owner::standings(tx, &me).await? {
            if !self.base.printers[..self.devices.len()].contains(&standing.printer) {
                continue;
            }
            if standing.claim.lease == Lease::Others && before.is_some() && standing.holder == before {
                standing.claim.lease = Lease::Free;
            }
            if standing.claim.verdict() == Verdict::Take {
                let taken = owner::take(tx, &me, before, standing.printer).await?;
                standing.claim.lease = if taken { Lease::Mine } else { Lease::Others };
                if taken {
                    self.say(|| format!("core {core} takes printer {}", standing.printer));
                    let driver = Driver { core: me.core, until: self.now.plus_ms(LEASE.for_ms) };
                    let last = self.oracle.drivers.insert(standing.printer, driver);
                    self.counts.handed_over += usize::from(last.is_some_and(|last| last.core != me.core));
                }
            }
            let seat = match standing.claim.verdict() {
                Verdict::Hold => Standing::Mine,
                Verdict::HandOver => Standing::HandingOver,
                Verdict::Take | Verdict::Leave => Standing::Elsewhere,
            };
            let printer = self.printer_at(standing.printer);
            if self.cores[core].seats[printer] != seat {
                self.cores[core].seats[printer] = seat;
                self.wake_lane(core, standing.printer);
            }
        }
        Ok(())
    }

    /// Says to whom printers belong, as soon as the computer is known.
    async fn name_owners(
        &mut self,
        tx: &mut Tx,
        core: usize,
        heirs: &[Vec<usize>],
    ) -> Result<(), StoreError> {
        for (printer, heirs) in heirs.iter().enumerate() {
            let known = |heir: &&usize| self.cores[**heir].lives() > 0;
            let named: Vec<ComputerId> = heirs.iter().filter(known).map(|heir| computer(*heir)).collect();
            if heirs.contains(&core) {
                owner::set_owners(tx, self.printer_id(printer), &named).await?;
            }
        }
        Ok(())
    }

    /// Whether a core drives a printer now; past its own lease it is sure of none.
    pub(super) fn is_mine(&self, seat: Seat) -> bool {
        let core = &self.cores[seat.core];
        self.plan.heirs.is_none()
            || self.bug == Bug::OwnersIgnored
            || (core.seats[seat.printer] == Standing::Mine
                && self.now.since_ms(core.signed_at) < LEASE.for_ms)
    }

    /// What a core knows of a printer: what it found out itself, or what the core that drives it tells.
    pub(super) fn told_facts(&self, core: usize, printer: usize) -> Facts {
        let drives = |other: &usize| {
            let other = &self.cores[*other];
            other.life.is_some() && matches!(other.seats[printer], Standing::Mine | Standing::HandingOver)
        };
        let teller = (0..self.cores.len()).find(drives).filter(|_| self.plan.heirs.is_some());
        self.facts(Seat { core: teller.unwrap_or(core), printer })
    }

    /// Whether a lane may look at its queue. One that is to give its printer up does so here, between two tickets.
    pub(super) async fn drives(&mut self, tx: &mut Tx, seat: Seat) -> Result<bool, StoreError> {
        if self.is_mine(seat) {
            return Ok(true);
        }
        self.close(seat);
        if self.cores[seat.core].seats[seat.printer] == Standing::HandingOver {
            let (core, printer) = (self.core_id(seat.core), self.printer_id(seat.printer));
            owner::release(tx, core, printer).await?;
            self.say(|| format!("{seat:?} is given up"));
            self.cores[seat.core].seats[seat.printer] = Standing::Elsewhere;
            if let Some(driver) = self.oracle.drivers.get_mut(&printer).filter(|driver| driver.core == core) {
                driver.until = self.now;
            }
        }
        Ok(false)
    }

    /// A lane opens a connection.
    pub(super) fn asks(&mut self, seat: Seat) {
        let began = self.lane(seat).tried.at.max(self.lane(seat).looked_at);
        if self.plan.heirs.is_some() && !self.slept_since(seat.core, began) {
            let (printer, core) = (self.printer_id(seat.printer), self.core_id(seat.core));
            self.oracle.asked_by(printer, core, self.now);
        }
    }

    pub(super) fn slept_since(&self, core: usize, since: Time) -> bool {
        self.cores[core].asleep_until.0 > since.0
    }
}

/// The folder of data in which a core's lives follow each other.
fn computer(core: usize) -> ComputerId {
    ComputerId(Uuid::from_u128(core_id(core, 0).0.as_u128()))
}
