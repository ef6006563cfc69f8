//! The tickets of the golden files: what a kitchen meets in a week.

use super::reports::{count, quiet_report, report};
use fastops_domain::contact::Promise;
use fastops_domain::document::{
    Bill, BillLine, BillPart, BillPayment, BillShare, BillTax, CashReport, CatchUp, ComboPart, Document,
    OpeningCheck, Pending, TestPage,
};
use fastops_domain::ids::LineId;
use fastops_domain::money::{Currency, Money};
use fastops_domain::order::OrderType;
use fastops_domain::station::{Abilities, Buzzer, Candidate, CodePage, PrinterProfile};
use fastops_domain::ticket::{Moved, TicketContent, TicketKind, TicketLine};
use fastops_domain::time::{LocalTime, Time};
use fastops_domain::user::Language;
use fastops_printing::Stamp;
use uuid::Uuid;

/// One paper for one printer: a ticket, a document, or what is printed on a printer that is not set up yet, which
/// is a test page, or the rows of which a person chooses.
#[derive(Clone)]
pub(super) struct Case {
    pub(super) title: &'static str,
    pub(super) content: Option<TicketContent>,
    pub(super) document: Option<Document>,
    pub(super) candidates: Vec<Candidate>,
    pub(super) stamp: Stamp,
    pub(super) profile: PrinterProfile,
}

impl Case {
    /// Where its golden files are, without their ending.
    pub(super) fn name(&self) -> String {
        format!("{}/{}.{}", self.title, self.profile.columns, self.stamp.language.code())
    }

    /// For an old impact printer: no pictures, no knife, a page without capitals with accents, and a buzzer.
    fn impact(mut self) -> Self {
        let abilities =
            Abilities { cutter: false, pictures: false, qr: false, red: false, buzzer: Buzzer::Clone };
        self.profile =
            PrinterProfile { code_page: CodePage::Cp437, code_table: 0, abilities, ..self.profile };
        self
    }

    fn stamped(mut self, change: impl FnOnce(&mut Stamp)) -> Self {
        change(&mut self.stamp);
        self
    }
}

/// Papers beside the samples of every sort.
pub(super) fn cases() -> Vec<Case> {
    use Language::{En, Es};
    vec![
        case("moved_since", moved_since(), 32, Es).stamped(|stamp| stamp.copy = 1),
        case("served_otherwise", served_otherwise(), 48, Es),
        case("served_otherwise", served_otherwise(), 32, En),
        case("served_otherwise_since", served_otherwise_since(), 42, Es).stamped(|stamp| stamp.copy = 1),
        case("later_course", later_course(), 42, Es),
        case("duplicate", order(), 48, Es).stamped(|stamp| stamp.possible_duplicate = true),
        case("duplicate", order(), 32, En).stamped(|stamp| stamp.possible_duplicate = true),
        case("reprint", take_away(), 48, Es).stamped(|stamp| stamp.copy = 2),
        case("backup", order(), 48, Es).stamped(|stamp| stamp.backup = true),
        case("backup", order(), 32, En).stamped(|stamp| stamp.backup = true),
        case("all_banners", void(), 32, Es).stamped(|stamp| {
            stamp.copy = 12;
            stamp.possible_duplicate = true;
            stamp.backup = true;
        }),
        case("long_words", long_words(), 48, Es),
        case("long_words", long_words(), 32, Es),
        case("allergy", allergy(), 42, Es),
        case("allergy", allergy(), 32, En),
        case("drawn", drawn(), 48, Es),
        case("drawn", drawn(), 32, En),
        case("take_away", take_away(), 48, Es),
        case("take_away", take_away(), 42, En),
        case("delivery", delivery(), 48, Es),
        case("delivery", delivery(), 32, En),
        case("combo", combo(), 48, Es),
        case("combo", combo(), 32, En),
        papers("pre_bill_combo", Document::PreBill(combo_bill()), 48, Es),
        papers("pre_bill_combo", Document::PreBill(combo_bill()), 32, En),
        papers("pre_bill_part_combo", part_of_combo(), 48, Es),
        papers("pre_bill_part_combo", part_of_combo(), 32, En),
        papers("report_x_blind", Document::CashReport(CashReport { drawer: None, ..report(None) }), 32, En),
        papers("report_z_again", Document::CashReport(report(Some(count()))), 32, En)
            .stamped(|stamp| stamp.copy = 1),
        papers("impact_report_z", Document::CashReport(quiet_report()), 32, Es).impact(),
        case("impact", drawn(), 42, Es).impact(),
        case("impact_urgent", void(), 33, En).impact(),
        Case { content: None, ..case("impact_test_page", order(), 42, Es).impact() },
        papers("pre_bill_delivery", Document::PreBill(delivered(Vec::new())), 48, Es),
        papers("receipt_delivery", Document::Receipt(delivered(paid())), 32, En),
        papers("receipt_in_doubt", receipt(), 42, Es).stamped(|stamp| stamp.possible_duplicate = true),
        papers("receipt_again", receipt(), 32, En).stamped(|stamp| stamp.copy = 1),
        papers("catch_up_backup", Document::CatchUp(catch_up()), 32, En).stamped(|stamp| {
            stamp.possible_duplicate = true;
            stamp.backup = true;
        }),
    ]
}

pub(super) fn papers(title: &'static str, document: Document, columns: u8, language: Language) -> Case {
    Case { content: None, document: Some(document), ..case(title, order(), columns, language) }
}

pub(super) fn bill(payments: Vec<BillPayment>) -> Bill {
    let line = |quantity, name: &str, modifiers: &[&str], amount| BillLine {
        quantity,
        name: name.into(),
        modifiers: modifiers.iter().map(|modifier| (*modifier).to_owned()).collect(),
        amount: Money(amount),
        parts: Vec::new(),
        share: None,
    };
    Bill {
        house: "Restaurante La Candelaria".into(),
        branch: "Sede centro".into(),
        currency: Currency { code: "COP".into(), minor_digits: 2, shown_digits: 0 },
        order_number: 128,
        order_type: OrderType::DineIn,
        table: Some("12".into()),
        customer: Some("Señora Muñoz".into()),
        phone: None,
        address: None,
        courier_note: None,
        promised: None,
        waiter: "Ana María Peña".into(),
        lines: vec![
            line(2, "Bandeja paisa", &["Tres cuartos", "Aguacate extra"], 7_600_000),
            line(1, "Parrillada mixta especial de la casa para cuatro", &[], 12_345_650),
            line(12, "Limonada de coco", &[], 10_800_000),
        ],
        net: Money(28_468_194),
        taxes: vec![BillTax { name: "Impoconsumo 8 %".into(), amount: Money(2_277_456) }],
        total: Money(30_745_650),
        payments,
        number: None,
        head: vec!["Calle 12 #3-45, Bogotá".into(), "NIT 900.123.456-7".into()],
        foot: vec!["¡Gracias por su visita!".into()],
        qr: None,
        logo: None,
        part: None,
    }
}

/// A station's part of two combos, beside something of the menu.
fn combo() -> TicketContent {
    let of = |combo: &str, name, modifiers: &[&str]| TicketLine {
        combo: Some(combo.into()),
        modifiers: modifiers.iter().map(|modifier| (*modifier).to_owned()).collect(),
        ..line(2, name)
    };
    TicketContent {
        lines: vec![
            of("Combo ejecutivo", "Ajiaco santafereño", &["Media porción"]),
            TicketLine { voided: true, ..of("Combo parrilla", "Churrasco (350 g)", &["Tres cuartos"]) },
            line(1, "Sancocho de gallina"),
        ],
        ..order()
    }
}

/// A combo with what was chosen for it, of which one thing costs more.
fn combo_bill() -> Bill {
    let part = |name: &str, modifiers: &[&str], amount| ComboPart {
        name: name.into(),
        modifiers: modifiers.iter().map(|modifier| (*modifier).to_owned()).collect(),
        amount: Money(amount),
    };
    let mut bill = bill(Vec::new());
    bill.lines[0] = BillLine {
        quantity: 2,
        name: "Combo ejecutivo".into(),
        modifiers: vec!["Para llevar".into()],
        amount: Money(6_600_000),
        share: None,
        parts: vec![
            part("Ajiaco santafereño", &["Porción completa", "Sin crema"], 0),
            part("Limonada de coco con hierbabuena y limón mandarino", &["Jarra"], 1_000_000),
        ],
    };
    bill
}

/// The part of one of four guests: something for all, something that three shared, and something of their own.
pub(super) fn part() -> Document {
    let share = |of, whole| Some(BillShare { fraction: (1, of), whole: Money(whole) });
    let whole = bill(Vec::new());
    let amounts = [1_900_000, 4_115_200, 10_800_000].map(Money);
    let shares = [share(4, 7_600_000), share(3, 12_345_650), None];
    let lines = whole.lines.iter().zip(amounts.into_iter().zip(shares));
    Document::PreBill(Bill {
        lines: lines.map(|(line, (amount, share))| BillLine { amount, share, ..line.clone() }).collect(),
        net: Money(15_569_630),
        taxes: vec![BillTax { name: "Impoconsumo 8 %".into(), amount: Money(1_245_570) }],
        total: Money(16_815_200),
        part: Some(BillPart { number: 2, of: 4, seat: Some(3), whole: whole.total }),
        ..whole
    })
}

/// Two thirds of a combo, of which one thing costs more, on the paper of one of two guests.
fn part_of_combo() -> Document {
    let mut whole = combo_bill();
    whole.lines.truncate(1);
    let share = Some(BillShare { fraction: (2, 3), whole: whole.lines[0].amount });
    let mut line = BillLine { amount: Money(4_400_000), share, ..whole.lines[0].clone() };
    line.parts[1].amount = Money(666_700);
    Document::PreBill(Bill {
        lines: vec![line],
        net: Money(4_691_400),
        taxes: vec![BillTax { name: "Impoconsumo 8 %".into(), amount: Money(375_300) }],
        total: Money(5_066_700),
        part: Some(BillPart { number: 1, of: 2, seat: None, whole: Money(7_600_000) }),
        ..whole
    })
}

fn promise() -> Promise {
    Promise { at: Time(0), hour: 20, minute: 5 }
}

fn delivered(payments: Vec<BillPayment>) -> Bill {
    Bill {
        order_type: OrderType::Delivery,
        table: None,
        phone: Some("+57 300 123 4567".into()),
        address: Some("Carrera 7 # 12-34, apartamento 1502, torre norte, barrio La Candelaria".into()),
        courier_note: Some("Timbre dañado; llamar al llegar. Lleva datáfono".into()),
        promised: Some(promise()),
        ..bill(payments)
    }
}

fn delivery() -> TicketContent {
    TicketContent { order_type: OrderType::Delivery, promised: Some(promise()), ..take_away() }
}

pub(super) fn receipt() -> Document {
    let qr = Some("https://candelaria.example/r/FE-1042?t=307456.50".into());
    Document::Receipt(Bill { number: Some("FE-1042".into()), qr, ..bill(paid()) })
}

fn paid() -> Vec<BillPayment> {
    vec![
        BillPayment { method: "Efectivo".into(), amount: Money(20_000_000), tip: Money::ZERO },
        BillPayment { method: "Tarjeta".into(), amount: Money(10_745_650), tip: Money(3_000_000) },
    ]
}

pub(super) fn opening_check() -> Document {
    Document::OpeningCheck(OpeningCheck { printer: "Cocina".into() })
}

pub(super) fn full_test_page() -> TestPage {
    TestPage {
        printer: "Cocina caliente".into(),
        address: "tcp://192.168.1.50:9100".into(),
        stations: vec!["Cocina".into(), "Parrilla y asados del patio trasero de la casa".into()],
        candidates: candidates(),
    }
}

pub(super) fn candidates() -> Vec<Candidate> {
    let row = |table, page| Candidate { table, page };
    vec![
        row(16, CodePage::Windows1252),
        row(19, CodePage::Cp858),
        row(2, CodePage::Cp850),
        row(0, CodePage::Cp437),
    ]
}

pub(super) fn catch_up() -> CatchUp {
    let pending = |content, hour, minute| Pending { content, hour, minute, possible_duplicate: false };
    CatchUp {
        station: "Cocina".into(),
        pending: vec![
            Pending { possible_duplicate: true, ..pending(order(), 19, 5) },
            pending(take_away(), 19, 7),
            pending(change(), 19, 31),
            pending(void(), 20, 0),
            pending(moved(), 20, 4),
            pending(moved_since(), 20, 7),
            pending(fired(), 20, 9),
        ],
        made: vec![42, 43],
    }
}

pub(super) fn case(title: &'static str, content: TicketContent, columns: u8, language: Language) -> Case {
    let printed_at = LocalTime { year: 2026, month: 3, day: 7, hour: 19, minute: 5, second: 9 };
    Case {
        title,
        content: Some(content),
        document: None,
        candidates: Vec::new(),
        stamp: Stamp { printed_at, language, copy: 0, possible_duplicate: false, backup: false },
        profile: PrinterProfile { columns, ..PrinterProfile::default() },
    }
}

fn line(quantity: i64, name: &str) -> TicketLine {
    TicketLine {
        line: LineId(Uuid::nil()),
        product: None,
        quantity,
        name: name.into(),
        modifiers: Vec::new(),
        combo: None,
        note: None,
        allergy: None,
        course: 1,
        seat: None,
        voided: false,
        void_reason: None,
    }
}

pub(super) fn order() -> TicketContent {
    TicketContent {
        kind: TicketKind::New,
        station: "Cocina".into(),
        number: 41,
        order_number: 128,
        order_type: OrderType::DineIn,
        table: Some("12".into()),
        room: Some("Terraza".into()),
        customer: None,
        covers: Some(4),
        waiter: "Ana María Peña".into(),
        terminal: "Caja 1".into(),
        note: Some("Salir todo junto, por favor".into()),
        urgent: false,
        preparation_minutes: 15,
        lines: vec![
            line(2, "Patacones con hogao"),
            TicketLine {
                modifiers: vec!["Tres cuartos".into(), "Sin chicharrón".into(), "Aguacate extra".into()],
                note: Some("El arroz aparte; ¿puede ir bien caliente?".into()),
                course: 2,
                ..line(1, "Bandeja paisa")
            },
            TicketLine {
                allergy: Some("maní y mariscos".into()),
                course: 2,
                ..line(12, "Ajiaco santafereño")
            },
        ],
        moved: None,
        fired: None,
        promised: None,
    }
}

pub(super) fn change() -> TicketContent {
    let mut content = order();
    content.kind = TicketKind::Change;
    content.number = 1042;
    content.note = None;
    content.lines = vec![
        line(1, "Sancocho de gallina"),
        TicketLine { voided: true, modifiers: vec!["Sin sal".into()], ..line(2, "Patacones con hogao") },
    ];
    content
}

/// A slip that tells of another table, for some of the things of two tickets.
pub(super) fn moved() -> TicketContent {
    let mut content = change();
    content.lines.clear();
    content.preparation_minutes = 0;
    content.moved = Some(Moved {
        from: Some("4".into()),
        was: None,
        numbers: vec![17, 1018],
        things: vec!["2 Patacones con hogao".into(), "1 Bandeja paisa especial con todo y aguacate".into()],
    });
    content
}

/// A ticket that is printed again after its order went to another table.
fn moved_since() -> TicketContent {
    let mut content = order();
    content.moved = Some(Moved { from: Some("Salón privado".into()), ..Moved::default() });
    content
}

/// A slip that tells that the guests of a table take their food away.
fn served_otherwise() -> TicketContent {
    let mut content = moved();
    content.order_type = OrderType::TakeAway;
    (content.table, content.room, content.covers) = (None, None, None);
    content.moved =
        content.moved.map(|moved| Moved { was: Some(OrderType::DineIn), things: Vec::new(), ..moved });
    content
}

/// A ticket that is printed again after whoever was to be brought it sat down.
fn served_otherwise_since() -> TicketContent {
    let mut content = order();
    content.moved = Some(Moved { was: Some(OrderType::Delivery), ..Moved::default() });
    content
}

/// The second course of a table, with who gets what.
pub(super) fn fired() -> TicketContent {
    let mut content = order();
    content.number = 57;
    content.note = None;
    content.fired = Some(2);
    content.lines.remove(0);
    content.lines[0].seat = Some(1);
    content.lines[1].seat = Some(12);
    content
}

/// Things of one later course that nobody held.
fn later_course() -> TicketContent {
    let mut content = fired();
    content.fired = None;
    content
}

pub(super) fn void() -> TicketContent {
    let mut content = order();
    content.kind = TicketKind::Void;
    content.urgent = true;
    content.note = None;
    content.lines =
        vec![TicketLine { voided: true, note: Some("Se equivocó".into()), ..line(1, "Bandeja paisa") }];
    content
}

fn take_away() -> TicketContent {
    let mut content = order();
    content.order_type = OrderType::TakeAway;
    content.table = None;
    content.room = None;
    content.covers = None;
    content.customer = Some("Señora Muñoz".into());
    content.note = None;
    content.lines.truncate(1);
    content
}

fn long_words() -> TicketContent {
    let mut content = order();
    content.station = "Parrilla y asados del patio".into();
    content.table = Some("Salón privado del segundo piso".into());
    content.waiter = "Maximiliano Alejandro de la Santísima Trinidad Restrepo".into();
    content.note = Some("Mesa de cumpleaños: sacar la torta con velas cuando el mesero avise, ni antes ni después, y apagar la luz del salón".into());
    content.lines = vec![
        TicketLine {
            modifiers: vec!["Con papa criolla, yuca frita, plátano maduro y ensalada de la casa".into()],
            note: Some(
                "Partir en dos platos iguales y llevar cubiertos de más para los niños que comparten".into(),
            ),
            ..line(100, "Parrillada mixta especial de la casa para cuatro con chorizo")
        },
        line(1, "Otorrinolaringólogoelectroencefalografista-al-ajillo-con-queso"),
    ];
    content
}

fn allergy() -> TicketContent {
    let mut content = order();
    content.lines = vec![TicketLine {
        allergy: Some("maní, nueces, almendras, mariscos, huevo, leche, gluten y cualquier cosa frita en el mismo aceite que los camarones; lleva adrenalina".into()),
        ..line(1, "Ensalada César")
    }];
    content
}

fn drawn() -> TicketContent {
    let mut content = order();
    content.note = None;
    content.waiter = "Олена".into();
    content.lines = vec![
        TicketLine {
            note: Some("muy picante 🌶️🌶️".into()), ..line(1, "Борщ со сметаной")
        },
        TicketLine {
            modifiers: vec!["extra 辣椒".into()],
            allergy: Some("花生 (maní)".into()),
            ..line(2, "宫保鸡丁")
        },
    ];
    content
}
