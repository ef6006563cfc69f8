//! A drawer from its float to its count.

use super::{Walk, until_printed};
use crate::house::new_id;
use fastops_app::Caller;
use fastops_app::wire::{
    CashDirection, CloseCashSession, GetCashSession, GetTillPrinters, MoveCash, OpenCashSession,
    PrintCashReport,
};

impl Walk<'_> {
    pub(super) async fn till(&mut self, admin: &Caller) {
        let session_id = new_id();
        let open = OpenCashSession { command_id: new_id(), session_id, float_minor: 20_000_000 };
        self.ask(admin, open).await;
        let (direction, reason) = (CashDirection::In, "monedas".to_owned());
        let moved = MoveCash { command_id: new_id(), session_id, direction, amount_minor: 500_000, reason };
        self.ask(admin, moved).await;
        self.ask(admin, GetCashSession { session_id: None }).await;
        let (command_id, note) = (new_id(), None);
        self.ask(admin, CloseCashSession { command_id, session_id, counted_minor: 20_500_000, note }).await;
        let printers = self.house.app.perform(admin, GetTillPrinters {}).await.unwrap().printers;
        let printer_id = Some(printers[0].id);
        self.ask(admin, PrintCashReport { command_id: new_id(), session_id, printer_id }).await;
        until_printed(self.house, admin).await;
    }
}
