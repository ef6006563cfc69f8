//! A bill in as many parts as there can be, and whole again.

use super::Walk;
use crate::house::new_id;
use fastops_app::Caller;
use fastops_app::wire::{
    DivideBill, GetQueueStatus, LineShares, LineView, OrderView, PrintParts, QuoteDivision,
};

impl Walk<'_> {
    pub(super) async fn divide(&mut self, admin: &Caller, order: &OrderView) {
        let line = |line: &LineView| LineShares { line_id: line.id, weights: (1..=30).collect() };
        let shares: Vec<_> = order.lines.iter().map(line).collect();
        let (order_id, parts, seats) = (order.id, 30, Vec::new());
        let quote = QuoteDivision { order_id, parts, seats: seats.clone(), shares: shares.clone() };
        self.ask(admin, quote).await;
        self.ask(admin, DivideBill { command_id: new_id(), order_id, parts, seats: seats.clone(), shares })
            .await;
        let printer_id = self.house.app.perform(admin, GetQueueStatus {}).await.unwrap().lanes[0].printer_id;
        self.ask(admin, PrintParts { command_id: new_id(), order_id, printer_id, part: None }).await;
        let joined = DivideBill { command_id: new_id(), order_id, parts: 1, seats, shares: Vec::new() };
        self.ask(admin, joined).await;
    }
}
