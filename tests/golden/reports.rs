//! Reports of a drawer, for the golden files.

use fastops_domain::cash::{CashDirection, Drawer};
use fastops_domain::document::{BillTax, CashReport, ReportCount, ReportDrawer, ReportMethod, ReportMove};
use fastops_domain::money::{Currency, Money};
use fastops_domain::time::LocalTime;

fn moment(hour: u8, minute: u8) -> LocalTime {
    LocalTime { year: 2026, month: 3, day: 7, hour, minute, second: 0 }
}

/// What went through a drawer on a good day.
pub(super) fn report(closed: Option<ReportCount>) -> CashReport {
    let method = |method: &str, payments, amount, tip| ReportMethod {
        method: method.into(),
        payments,
        amount: Money(amount),
        tip: Money(tip),
    };
    let moved = |at, direction, amount, reason: &str| ReportMove {
        at,
        direction,
        amount: Money(amount),
        reason: reason.into(),
        by: "Señora Muñoz".into(),
    };
    let figures = Drawer {
        float: Money(20_000_000),
        taken: Money(134_500_000),
        refunded: Money(3_200_000),
        moved_in: Money(5_000_000),
        moved_out: Money(90_000_000),
    };
    CashReport {
        house: "Restaurante La Candelaria".into(),
        branch: "Sede centro".into(),
        currency: Currency { code: "COP".into(), minor_digits: 2, shown_digits: 0 },
        terminal: "Caja 1".into(),
        number: 87,
        opened_at: moment(7, 30),
        opened_by: "Ana María Peña".into(),
        closed,
        orders: 143,
        net: Money(271_296_296),
        taxes: vec![BillTax { name: "Impoconsumo 8 %".into(), amount: Money(21_703_704) }],
        total: Money(293_000_000),
        methods: vec![
            method("Efectivo", 61, 134_500_000, 0),
            method("Tarjeta débito o crédito", 70, 150_500_050, 9_800_000),
            method("Transferencia", 12, 7_999_950, 0),
        ],
        moves: vec![
            moved(moment(11, 5), CashDirection::In, 5_000_000, "Más monedas"),
            moved(moment(15, 0), CashDirection::Out, 90_000_000, "A la caja fuerte, con la firma de los dos"),
        ],
        drawer: Some(ReportDrawer { figures, expected: Money(66_300_000) }),
    }
}

pub(super) fn count() -> ReportCount {
    ReportCount {
        at: moment(22, 15),
        by: "Ana María Peña".into(),
        counted: Money(65_500_000),
        difference: Money(-800_000),
        note: Some("Faltó el vuelto de la mesa 12; la clienta vuelve mañana".into()),
    }
}

/// A drawer through which nothing went.
pub(super) fn quiet_report() -> CashReport {
    let float = Money(20_000_000);
    CashReport {
        orders: 0,
        net: Money::ZERO,
        taxes: Vec::new(),
        total: Money::ZERO,
        methods: Vec::new(),
        moves: Vec::new(),
        drawer: Some(ReportDrawer { figures: Drawer { float, ..Drawer::default() }, expected: float }),
        ..report(Some(ReportCount { counted: float, difference: Money::ZERO, note: None, ..count() }))
    }
}
