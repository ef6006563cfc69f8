//! From a ticket that came to paper to the event that says so at a screen: its commit, the news, and the text that
//! goes over the wire are all in it.

use super::latency::Latencies;
use super::{Figure, Site};
use crate::clock::now_ms;
use crate::exit::Stop;
use fastops_app::wire::{Event, JobState};
use std::collections::HashMap;
use tokio::time::{Duration, timeout};
use uuid::Uuid;

const ORDERS: usize = 200;
/// A core that says nothing for so long is broken, not slow.
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) async fn event_to_screen(site: &Site) -> Result<Vec<Figure>, Stop> {
    let mut events = site.events();
    let mut times = Vec::with_capacity(ORDERS);
    for _ in 0..ORDERS {
        let order = site.waiter().order_one().await?;
        let mut heard: HashMap<Uuid, i64> = HashMap::new();
        while heard.len() < order.tickets.len() {
            let next = timeout(PATIENCE, events.recv()).await;
            let envelope = next
                .map_err(|_| Stop::failure("no event came"))?
                .map_err(|error| Stop::failure(error.to_string()))?;
            // What a screen has to take in before it can show anything.
            let text = serde_json::to_string(&envelope).map_err(|error| Stop::failure(error.to_string()))?;
            if let Event::TicketChanged { order_id, ticket_id, paper: Some(paper), .. } = envelope.event
                && (order_id, paper.job) == (order.id, JobState::Printed)
                && !text.is_empty()
            {
                heard.insert(ticket_id, now_ms());
            }
        }
        for ticket in site.waiter().look_at(order.id).await?.tickets {
            let (Some(heard), Some(settled)) = (heard.get(&ticket.id), ticket.settled_at) else { continue };
            times.push(Duration::from_millis(u64::try_from(heard - settled).unwrap_or(0)));
        }
    }
    let times = Latencies::new(times);
    let figure = |key, es, en, value| Figure::new("sqlite", key, es, en, value, "ms").wanted("< 50");
    Ok(vec![
        figure(
            "event_to_screen_p50_ms",
            "probado → evento en pantalla, commit incluido, p50",
            "proved → event at a screen, commit included, p50",
            times.percentile(50),
        ),
        figure(
            "event_to_screen_p95_ms",
            "probado → evento en pantalla, commit incluido, p95",
            "proved → event at a screen, commit included, p95",
            times.percentile(95),
        ),
    ])
}
