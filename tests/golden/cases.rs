//! The tickets of the golden files: what a kitchen meets in a week.

use fastops_domain::ids::LineId;
use fastops_domain::order::OrderType;
use fastops_domain::station::PrinterProfile;
use fastops_domain::ticket::{TicketContent, TicketKind, TicketLine};
use fastops_domain::time::LocalTime;
use fastops_domain::user::Language;
use fastops_printing::Stamp;
use uuid::Uuid;

/// One ticket (or the test page, without content) for one printer.
pub(super) struct Case {
    pub(super) title: &'static str,
    pub(super) content: Option<TicketContent>,
    pub(super) stamp: Stamp,
    pub(super) profile: PrinterProfile,
}

impl Case {
    pub(super) fn name(&self) -> String {
        format!("{}.{}.{}", self.title, self.profile.columns, self.stamp.language.code())
    }

    fn stamped(mut self, change: impl FnOnce(&mut Stamp)) -> Self {
        change(&mut self.stamp);
        self
    }
}

pub(super) fn cases() -> Vec<Case> {
    use Language::{En, Es};
    vec![
        case("order", order(), 48, Es),
        case("order", order(), 42, Es),
        case("order", order(), 32, Es),
        case("order", order(), 48, En),
        case("order", order(), 32, En),
        case("change", change(), 48, Es),
        case("change", change(), 32, En),
        case("void", void(), 48, Es),
        case("void", void(), 32, En),
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
        Case { content: None, ..case("test_page", order(), 48, Es) },
        Case { content: None, ..case("test_page", order(), 32, En) },
    ]
}

fn case(title: &'static str, content: TicketContent, columns: u8, language: Language) -> Case {
    let printed_at = LocalTime { year: 2026, month: 3, day: 7, hour: 19, minute: 5, second: 9 };
    Case {
        title,
        content: Some(content),
        stamp: Stamp { printed_at, language, copy: 0, possible_duplicate: false, backup: false },
        profile: PrinterProfile { columns, ..PrinterProfile::default() },
    }
}

fn line(quantity: i64, name: &str) -> TicketLine {
    TicketLine {
        line: LineId(Uuid::nil()),
        quantity,
        name: name.into(),
        modifiers: Vec::new(),
        note: None,
        allergy: None,
        course: 1,
        voided: false,
    }
}

fn order() -> TicketContent {
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
    }
}

fn change() -> TicketContent {
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

fn void() -> TicketContent {
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
