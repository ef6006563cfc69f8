//! What screens and printers ask all day long, asked of a store that may hold years: the answers are about
//! today, so they must not take longer for what came before.

use super::durable::{DurableOrders, failure};
use crate::refusal::Refusal;
use crate::wire::Failure;
use fastops_domain::ids::{BranchId, CommandId, JobId, OrderId, PrinterId, StationId, TicketId};
use fastops_domain::job::Work;
use fastops_domain::time::Time;
use fastops_store::{StoreError, Tx, command, job, order, ticket};
use tokio::time::{Duration, Instant};

/// How far back a kitchen and the figures of the day look, in milliseconds.
const LOOK_BACK_MS: i64 = 3_600_000;

/// A question that is asked for each touch of a screen, or for each paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HotQuery {
    OpenOrders,
    LinesOfOpenOrders,
    TicketsOfOpenOrders,
    Order,
    Lines,
    TicketsOfOrder,
    JobsInLanes,
    Ticket,
    KitchenTickets,
    Job,
    LaneHead,
    Lane,
    WaitingCounts,
    ReadyPrinters,
    SettledSince,
    Answered,
}

impl HotQuery {
    pub const ALL: [Self; 16] = [
        Self::OpenOrders,
        Self::LinesOfOpenOrders,
        Self::TicketsOfOpenOrders,
        Self::Order,
        Self::Lines,
        Self::TicketsOfOrder,
        Self::JobsInLanes,
        Self::Ticket,
        Self::KitchenTickets,
        Self::Job,
        Self::LaneHead,
        Self::Lane,
        Self::WaitingCounts,
        Self::ReadyPrinters,
        Self::SettledSince,
        Self::Answered,
    ];

    async fn ask(self, tx: &mut Tx, about: &Subject) -> Result<(), StoreError> {
        match self {
            Self::OpenOrders => order::open_orders(tx, about.branch).await.map(drop),
            Self::LinesOfOpenOrders => order::lines_of_open_orders(tx, about.branch).await.map(drop),
            Self::TicketsOfOpenOrders => ticket::tickets_of_open_orders(tx, about.branch).await.map(drop),
            Self::Order => order::order(tx, about.order).await.map(drop),
            Self::Lines => order::lines(tx, about.order).await.map(drop),
            Self::TicketsOfOrder => ticket::tickets_of_order(tx, about.order).await.map(drop),
            Self::JobsInLanes => job::jobs_in_lanes(tx, about.order).await.map(drop),
            Self::Ticket => ticket::ticket(tx, about.ticket).await.map(drop),
            Self::KitchenTickets => {
                ticket::kitchen_tickets(tx, about.station, about.since, 50).await.map(drop)
            }
            Self::Job => job::job(tx, about.job).await.map(drop),
            Self::LaneHead => job::head(tx, about.printer).await.map(drop),
            Self::Lane => job::lane(tx, about.printer).await.map(drop),
            Self::WaitingCounts => job::waiting_counts(tx, about.branch).await.map(drop),
            Self::ReadyPrinters => job::ready_printers(tx, about.branch).await.map(drop),
            Self::SettledSince => job::settled_since(tx, about.branch, about.since).await.map(drop),
            Self::Answered => command::answered(tx, about.command).await.map(drop),
        }
    }
}

/// What is asked about: the last open order and what belongs to it.
#[derive(Clone, Copy, Debug)]
struct Subject {
    branch: BranchId,
    order: OrderId,
    ticket: TicketId,
    job: JobId,
    station: StationId,
    printer: PrinterId,
    command: CommandId,
    since: Time,
}

impl DurableOrders {
    /// How long each hot query takes, the median of `runs`. There must be an open order.
    pub async fn hot_queries(&self, runs: usize) -> Result<Vec<(HotQuery, Duration)>, Failure> {
        let mut medians = Vec::with_capacity(HotQuery::ALL.len());
        let about = self.subject().await.map_err(failure)?;
        for query in HotQuery::ALL {
            medians.push((query, self.median(query, about, runs).await.map_err(failure)?));
        }
        Ok(medians)
    }

    async fn subject(&self) -> Result<Subject, Refusal> {
        let (branch, since) = (self.facts.branch.id, Time(self.env.now().0 - LOOK_BACK_MS));
        let command = CommandId(self.env.new_id());
        self.store
            .read(move |tx| {
                Box::pin(async move {
                    let open = order::open_orders(tx, branch).await?;
                    let order = open.last().ok_or(Refusal::UnknownOrder)?.id;
                    let jobs = job::jobs_of_order(tx, order).await?;
                    let last = jobs.last().ok_or(Refusal::UnknownOrder)?;
                    let Work::Ticket { ticket, station, .. } = last.work else {
                        return Err(Refusal::UnknownTicket);
                    };
                    let (job, printer) = (last.id, last.printer);
                    Ok(Subject { branch, order, ticket, job, station, printer, command, since })
                })
            })
            .await
    }

    /// The clock runs in the reader's own thread, so that what is measured is the query alone.
    async fn median(&self, query: HotQuery, about: Subject, runs: usize) -> Result<Duration, Refusal> {
        self.store
            .read(move |tx| {
                Box::pin(async move {
                    let mut times = Vec::with_capacity(runs);
                    for _ in 0..runs {
                        let began = Instant::now();
                        query.ask(tx, &about).await?;
                        times.push(began.elapsed());
                    }
                    times.sort_unstable();
                    Ok(times.get(runs / 2).copied().unwrap_or_default())
                })
            })
            .await
    }
}
