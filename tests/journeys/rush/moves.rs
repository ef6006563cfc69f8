//! An order that goes elsewhere, and what stations hear of it.

use super::{Walk, an_order};
use crate::house::new_id;
use fastops_app::Caller;
use fastops_app::wire::{
    ChangeOrderType, CreateOrder, GetFloor, GiveOrder, MergeOrders, MoveLines, MoveOrder, OrderType,
    SeeTickets,
};
use uuid::Uuid;

impl Walk<'_> {
    /// Another table, another waiter, a bill of its own, another order; with tickets that a screen has shown and
    /// that wait, of which stations hear by slips.
    pub(super) async fn moves(&mut self, admin: &Caller) {
        let floor = self.house.app.perform(admin, GetFloor {}).await.unwrap();
        let tables: Vec<Uuid> =
            floor.rooms.iter().flat_map(|room| &room.tables).map(|table| table.id).collect();
        let at = |table: usize| CreateOrder {
            order_type: OrderType::DineIn,
            table_id: Some(tables[table]),
            ..an_order(self.house, self.size + 1)
        };
        let (first, other) = (at(0), at(2));
        let order = self.house.app.perform(admin, first).await.unwrap();
        let other = self.house.app.perform(admin, other).await.unwrap();
        let ticket_ids = order.tickets.iter().map(|ticket| ticket.id).collect();
        self.house.app.perform(admin, SeeTickets { command_id: new_id(), ticket_ids }).await.unwrap();
        let order_id = order.id;
        self.ask(admin, MoveOrder { command_id: new_id(), order_id, table_id: tables[1] }).await;
        self.serves_otherwise(admin, order_id, tables[1]).await;
        let luis = self.house.terminal.users.iter().find(|user| user.name == "Luis").unwrap().id;
        self.divide(admin, &order).await;
        self.ask(admin, GiveOrder { command_id: new_id(), order_id, user_id: luis }).await;
        let split = MoveLines {
            pieces: Vec::new(),
            command_id: new_id(),
            from_order_id: order_id,
            to_order_id: new_id(),
            new_order: true,
            line_ids: vec![order.lines[0].id],
        };
        self.ask(admin, split).await;
        let (from_order_id, to_order_id) = (order_id, other.id);
        self.ask(admin, MergeOrders { command_id: new_id(), from_order_id, to_order_id }).await;
    }

    /// To take away, and back at a table; each time with slips for all that hear of it.
    async fn serves_otherwise(&mut self, admin: &Caller, order_id: Uuid, table: Uuid) {
        for (order_type, table_id) in [(OrderType::TakeAway, None), (OrderType::DineIn, Some(table))] {
            let command_id = new_id();
            self.ask(
                admin,
                ChangeOrderType { command_id, order_id, order_type, table_id, share_table: false },
            )
            .await;
        }
    }
}
