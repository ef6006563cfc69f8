//! The printers: each figure beside what the same machine does without them in the same run.

mod busy;
mod cables;
mod encoder;

use super::Figure;
use crate::exit::Stop;
use crate::output::Output;
use crate::words::Phrase;
use std::path::Path;

/// How large each figure is measured.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Printing {
    /// How much faster than real ones the printers of the rush are.
    pub(crate) speed_up: u32,
    /// Orders of the rush, each of them a ticket for three printers.
    pub(crate) orders: usize,
    /// Tickets that are written.
    pub(crate) tickets: usize,
    /// Tickets that go over each cable.
    pub(crate) runs: usize,
}

/// Measures in folders of their own below `folder`.
pub(crate) async fn printing(plan: Printing, folder: &Path, output: Output) -> Result<Vec<Figure>, Stop> {
    output.say(&Phrase::MeasuringEncoder { tickets: plan.tickets });
    let mut figures = encoder::encoder(plan.tickets)?;
    output.say(&Phrase::MeasuringCables { runs: plan.runs });
    figures.extend(cables::cables(&folder.join("pages"), plan.runs).await?);
    output.say(&Phrase::MeasuringBusy { tickets: plan.orders * 3, speed: 150 * plan.speed_up });
    figures.extend(busy::busy(&folder.join("busy"), plan.orders, plan.speed_up).await?);
    Ok(figures)
}

#[cfg(test)]
mod tests {
    use super::*;
    use fastops_app::Language;

    /// Every figure with small numbers.
    #[tokio::test(flavor = "multi_thread")]
    async fn every_figure_is_measured() {
        let folder = tempfile::tempdir().unwrap();
        let plan = Printing { speed_up: 100, orders: 2, tickets: 5, runs: 2 };
        let figures = Box::pin(printing(plan, folder.path(), Output::new(Language::En, true))).await.unwrap();
        let value = |key| figures.iter().find(|figure| figure.key() == key).map(Figure::value);
        for key in
            ["encode_text_us", "encode_drawn_us", "last_byte_kept_ms", "proof_mark_ms", "busy_idle_percent"]
        {
            assert!(value(key).is_some_and(|value| value > 0.0), "{key}: {figures:?}");
        }
        assert!(value("busy_idle_percent").unwrap() < 100.0, "{figures:?}");
    }
}
