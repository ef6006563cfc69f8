//! The print engine: each figure beside what the same machine does without it in the same run.

mod backlog;
mod claim;
mod cluster;
mod hung;
mod idle;
mod instant;
mod rate;
mod recovery;
mod rush;

pub(crate) use backlog::waiting;

use super::{Figure, Site, event_to_screen};
use crate::args::Part;
use crate::exit::Stop;
use crate::output::Output;
use crate::words::Phrase;
use fastops_app::Database;
use fastops_printer_sim::{Model, Speed};
use std::path::Path;

/// How large each figure is measured.
#[derive(Clone, Debug)]
pub(crate) struct Queue {
    /// Only this one.
    pub(crate) only: Option<Part>,
    /// How much faster than a real one the printers of the rush are.
    pub(crate) speed_up: u32,
    /// Orders at once in the rush, and orders beside the hung printer.
    pub(crate) rush: usize,
    /// Tickets of a run with instant printers, and how many printers there are.
    pub(crate) jobs: u32,
    pub(crate) printers: usize,
    /// Tickets that wait when the core starts, and when its memory is taken.
    pub(crate) backlog: u32,
    pub(crate) waiting: u32,
    /// Orders of the past beside which a job is claimed.
    pub(crate) history: u32,
    /// An empty database; without it a server of our own is started.
    pub(crate) postgres: Option<String>,
}

impl Queue {
    fn wants(&self, part: Part) -> bool {
        self.only.is_none_or(|only| only == part)
    }
}

/// Measures in folders of their own below `folder`.
pub(crate) async fn queue(plan: &Queue, folder: &Path, output: Output) -> Result<Vec<Figure>, Stop> {
    let mut figures = Vec::new();
    if plan.wants(Part::FirstByte) {
        output.say(&Phrase::MeasuringFirstByte);
        figures.extend(idle::first_byte_at_idle(&folder.join("idle")).await?);
    }
    if plan.wants(Part::Rush) {
        output.say(&Phrase::MeasuringRush { orders: plan.rush, speed_up: plan.speed_up });
        figures.extend(rush::rush(&folder.join("rush"), plan.rush, plan.speed_up).await?);
    }
    if plan.wants(Part::Hung) {
        output.say(&Phrase::MeasuringHung);
        figures.extend(hung::hung(&folder.join("hung"), plan.rush, plan.speed_up).await?);
    }
    if plan.wants(Part::Rate) {
        output.say(&Phrase::MeasuringRate { jobs: plan.jobs, printers: plan.printers });
        figures.extend(rate::rate(plan, &folder.join("rate"), output).await?);
    }
    if plan.wants(Part::Recovery) {
        output.say(&Phrase::MeasuringRecovery { jobs: plan.backlog });
        figures.extend(recovery::recovery(&folder.join("recovery"), plan.backlog).await?);
    }
    if plan.wants(Part::Memory) {
        output.say(&Phrase::MeasuringBacklog { jobs: plan.waiting });
        figures.extend(backlog::memory(&folder.join("memory"), plan.waiting).await?);
    }
    if plan.wants(Part::Claim) {
        output.say(&Phrase::MeasuringClaim { orders: plan.history });
        figures.extend(claim::claim(&folder.join("claim"), plan.history).await?);
    }
    if plan.wants(Part::Screen) {
        output.say(&Phrase::MeasuringScreen);
        let (site, _) = Site::open(&folder.join("screen"), Database::Folder, Speed::Instant).await?;
        figures.extend(event_to_screen(&site).await?);
        site.close().await;
    }
    Ok(figures)
}

/// A real printer made faster: paper and cutter alike.
fn faster(times: u32) -> Model {
    let model = Model::epson_80mm();
    let speed = match model.speed {
        Speed::MmPerSecond(mm) => Speed::MmPerSecond(mm * times),
        Speed::Instant => Speed::Instant,
    };
    Model { speed, cut_ms: model.cut_ms / times, ..model }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fastops_app::Language;

    fn plan(part: Part) -> Queue {
        Queue {
            only: Some(part),
            speed_up: 100,
            rush: 3,
            jobs: 20,
            printers: 2,
            backlog: 12,
            waiting: 12,
            history: 100,
            postgres: None,
        }
    }

    /// Every figure with small numbers. That of the memory is taken in a process of its own: see [`backlog`].
    #[tokio::test(flavor = "multi_thread")]
    async fn every_figure_is_measured() {
        let folder = tempfile::tempdir().unwrap();
        let output = Output::new(Language::En, true);
        for (part, key) in [
            (Part::FirstByte, "queue_first_byte_ratio"),
            (Part::Rush, "queue_rush_ratio"),
            (Part::Hung, "queue_hung_ratio"),
            (Part::Rate, "queue_10_jobs_per_second"),
            (Part::Recovery, "queue_recovery_ms"),
            (Part::Claim, "queue_claim_ratio"),
            (Part::Screen, "event_to_screen_p95_ms"),
        ] {
            let figures = Box::pin(queue(&plan(part), folder.path(), output)).await.unwrap();
            let found = figures.iter().find(|figure| figure.key() == key);
            assert!(found.is_some_and(|figure| figure.value() >= 0.0), "{key}: {figures:?}");
        }
    }
}
