//! Papers of a large evening: prices of seven digits, quantities of three, names that no column was made for.

use super::cases::{Case, bill, papers};
use super::reports::{count, report};
use fastops_domain::cash::Drawer;
use fastops_domain::document::{
    Bill, BillLine, BillPayment, BillTax, CashReport, Document, ReportCount, ReportDrawer, ReportMethod,
};
use fastops_domain::money::Money;
use fastops_domain::user::Language;

pub(super) fn cases() -> Vec<Case> {
    let widths = [(32, Language::Es), (48, Language::En)];
    let banquet = |(columns, language)| {
        let paid = Document::Receipt(Bill { number: Some("FE-1043".into()), ..banquet(payments()) });
        [
            papers("banquet_pre_bill", Document::PreBill(banquet(Vec::new())), columns, language),
            papers("banquet_receipt", paid, columns, language),
            papers("banquet_report_z", Document::CashReport(evening()), columns, language),
        ]
    };
    widths.into_iter().flat_map(banquet).collect()
}

fn banquet(payments: Vec<BillPayment>) -> Bill {
    let line = |quantity, name: &str, modifiers: &[&str], amount| BillLine {
        quantity,
        name: name.into(),
        modifiers: modifiers.iter().map(|modifier| (*modifier).to_owned()).collect(),
        amount: Money(amount),
        parts: Vec::new(),
        share: None,
    };
    Bill {
        house: "Restaurante y salón de eventos La Candelaria de los Andes".into(),
        branch: "Sede centro histórico, segundo piso".into(),
        table: Some("Salón privado del segundo piso".into()),
        customer: Some("Cooperativa de Caficultores del Suroeste".into()),
        waiter: "Maximiliano Alejandro de la Santísima Trinidad Restrepo".into(),
        lines: vec![
            line(
                120,
                "Menú de banquete: lomo al trapo con papa criolla y ensalada de la casa",
                &["Término medio, con la salsa aparte y sin picante para los niños"],
                816_000_000,
            ),
            line(1, "Torta", &[], 123_456_700),
            line(250, "Copa de espumoso", &[], 987_654_300),
        ],
        net: Money(1_784_362_037),
        taxes: vec![
            BillTax { name: "Impoconsumo 8 %".into(), amount: Money(142_748_963) },
            BillTax { name: "Contribución parafiscal al turismo 0,25 %".into(), amount: Money(4_460_905) },
        ],
        total: Money(1_931_571_905),
        ..bill(payments)
    }
}

fn payments() -> Vec<BillPayment> {
    let pay = |method: &str, amount, tip| BillPayment {
        method: method.into(),
        amount: Money(amount),
        tip: Money(tip),
    };
    vec![
        pay("Transferencia bancaria con referencia 0012345678", 1_500_000_000, 150_000_000),
        pay("Efectivo", 431_571_905, 0),
    ]
}

fn evening() -> CashReport {
    let figures = Drawer {
        float: Money(20_000_000),
        taken: Money(1_431_571_905),
        refunded: Money(123_456_700),
        moved_in: Money::ZERO,
        moved_out: Money(1_000_000_000),
    };
    let counted = Money(328_115_205);
    CashReport {
        terminal: "Caja principal del salón de eventos".into(),
        opened_by: "Maximiliano Alejandro de la Santísima Trinidad Restrepo".into(),
        methods: vec![ReportMethod {
            method: "Transferencia bancaria con referencia".into(),
            payments: 1_204,
            amount: Money(1_234_567_800),
            tip: Money(123_456_780),
        }],
        drawer: Some(ReportDrawer { figures, expected: Money(328_115_205) }),
        ..report(Some(ReportCount { counted, difference: Money::ZERO, note: None, ..count() }))
    }
}
