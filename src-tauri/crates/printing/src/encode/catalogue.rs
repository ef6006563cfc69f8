//! The words of our own on paper, in both languages.

use fastops_domain::contact::Promise;
use fastops_domain::document::BillPart;
use fastops_domain::money::{Currency, Money};
use fastops_domain::order::OrderType;
use fastops_domain::ticket::{Moved, TicketContent, TicketKind};
use fastops_domain::time::LocalTime;
use fastops_domain::user::Language;

/// First words of a modifier that takes something away, in either language: the menu's language need
/// not be the ticket's, and "+ Sin sal" would send the cook the wrong way.
const REMOVALS: [&str; 3] = ["sin", "no", "without"];

/// Whether a modifier takes something away, by its first word.
pub(super) fn removes(modifier: &str) -> bool {
    let first = modifier.split(' ').next().unwrap_or_default().to_lowercase();
    REMOVALS.contains(&first.as_str())
}

/// One language's words.
#[derive(Debug)]
pub(super) struct Words {
    language: Language,
    pub(super) reprint: &'static str,
    pub(super) possible_duplicate: &'static str,
    pub(super) urgent: &'static str,
    pub(super) allergy: &'static str,
    pub(super) voided: &'static str,
    pub(super) void_reason: &'static str,
    pub(super) table: &'static str,
    pub(super) waiter: &'static str,
    pub(super) customer: &'static str,
    pub(super) phone: &'static str,
    pub(super) address: &'static str,
    pub(super) courier_note: &'static str,
    promised: &'static str,
    pub(super) order: &'static str,
    pub(super) ticket: &'static str,
    course: &'static str,
    seat: &'static str,
    pub(super) items: &'static str,
    pub(super) voided_items: &'static str,
    pub(super) pre_bill: &'static str,
    pub(super) receipt: &'static str,
    pub(super) receipt_number: &'static str,
    pub(super) net: &'static str,
    pub(super) total: &'static str,
    pub(super) part_total: &'static str,
    pub(super) whole_bill: &'static str,
    pub(super) paid: &'static str,
    pub(super) tip: &'static str,
    pub(super) no_receipt: &'static str,
    pub(super) catch_up: &'static str,
    pub(super) oldest_first: &'static str,
    pub(super) made: &'static str,
    pub(super) test_title: &'static str,
    pub(super) test_letters: &'static str,
    pub(super) test_picture: &'static str,
    pub(super) test_columns: &'static str,
    pub(super) test_sizes: &'static str,
    pub(super) test_end: &'static str,
    pub(super) choose_row: &'static str,
    pub(super) moved: &'static str,
    pub(super) before: &'static str,
    only_table: &'static str,
    only_serving: &'static str,
    pub(super) report_x: &'static str,
    pub(super) report_z: &'static str,
    pub(super) session: &'static str,
    pub(super) opened: &'static str,
    pub(super) closed: &'static str,
    pub(super) printed: &'static str,
    pub(super) sales: &'static str,
    pub(super) orders: &'static str,
    pub(super) by_method: &'static str,
    pub(super) nothing: &'static str,
    pub(super) moves: &'static str,
    pub(super) moved_in: &'static str,
    pub(super) moved_out: &'static str,
    pub(super) drawer: &'static str,
    pub(super) float: &'static str,
    pub(super) taken: &'static str,
    pub(super) refunded: &'static str,
    pub(super) expected: &'static str,
    pub(super) counted: &'static str,
    pub(super) exact: &'static str,
    pub(super) surplus: &'static str,
    pub(super) missing: &'static str,
    pub(super) still_open: &'static str,
    pub(super) signature: &'static str,
    pub(super) check_title: &'static str,
    pub(super) check_end: &'static str,
}

const SPANISH: Words = Words {
    language: Language::Es,
    reprint: "REIMPRESIÓN",
    possible_duplicate: "POSIBLE DUPLICADO",
    urgent: "URGENTE",
    allergy: "ALERGIA",
    voided: "ANULADO",
    void_reason: "Motivo",
    table: "Mesa",
    waiter: "Mesero",
    customer: "Cliente",
    phone: "Teléfono",
    address: "Dirección",
    courier_note: "Para entregar",
    promised: "Prometido",
    order: "Orden",
    ticket: "Comanda",
    course: "TIEMPO",
    seat: "Asiento",
    items: "Total ítems",
    voided_items: "Anulados",
    pre_bill: "CUENTA",
    receipt: "RECIBO",
    receipt_number: "Recibo n.º",
    net: "Subtotal",
    total: "TOTAL",
    part_total: "SU PARTE",
    whole_bill: "Toda la cuenta",
    paid: "Pagado",
    tip: "propina",
    no_receipt: "Este papel no es un recibo de pago.",
    catch_up: "PENDIENTES",
    oldest_first: "la más vieja primero",
    made: "Ya listas",
    test_title: "PRUEBA DE IMPRESIÓN",
    test_letters: "Estas letras deben verse bien:",
    test_picture: "Lo que la tabla no tiene se dibuja:",
    test_columns: "La regla ocupa una sola línea:",
    test_sizes: "Tamaños:",
    test_end: "Si todo se lee, la impresora está lista.",
    choose_row: "Elija la fila que se lee bien:",
    moved: "CAMBIO DE MESA",
    before: "Antes",
    only_table: "Solo cambia de mesa: no se prepara de nuevo.",
    only_serving: "Solo cambia el servicio: no se prepara de nuevo.",
    report_x: "INFORME X",
    report_z: "INFORME Z",
    session: "Turno de caja",
    opened: "Abrió",
    closed: "Cerró",
    printed: "Impreso",
    sales: "VENTAS",
    orders: "Órdenes pagadas",
    by_method: "FORMAS DE PAGO",
    nothing: "Ninguna",
    moves: "MOVIMIENTOS DE EFECTIVO",
    moved_in: "Entradas",
    moved_out: "Salidas",
    drawer: "CAJÓN",
    float: "Base",
    taken: "Recibido en efectivo",
    refunded: "Devoluciones",
    expected: "DEBE HABER",
    counted: "CONTADO",
    exact: "CUADRA",
    surplus: "SOBRA",
    missing: "FALTA",
    still_open: "La caja sigue abierta: este papel no la cierra.",
    signature: "Firma de quien contó",
    check_title: "PRUEBA DE APERTURA",
    check_end: "Imprime.",
};

const ENGLISH: Words = Words {
    language: Language::En,
    reprint: "REPRINT",
    possible_duplicate: "POSSIBLE DUPLICATE",
    urgent: "URGENT",
    allergy: "ALLERGY",
    voided: "VOID",
    void_reason: "Reason",
    table: "Table",
    waiter: "Waiter",
    customer: "Customer",
    phone: "Phone",
    address: "Address",
    courier_note: "To deliver",
    promised: "Promised",
    order: "Order",
    ticket: "Ticket",
    course: "COURSE",
    seat: "Seat",
    items: "Total items",
    voided_items: "Voided",
    pre_bill: "BILL",
    receipt: "RECEIPT",
    receipt_number: "Receipt no.",
    net: "Subtotal",
    total: "TOTAL",
    part_total: "YOUR PART",
    whole_bill: "The whole bill",
    paid: "Paid",
    tip: "tip",
    no_receipt: "This paper is no receipt.",
    catch_up: "PENDING",
    oldest_first: "the oldest first",
    made: "Done already",
    test_title: "PRINT TEST",
    test_letters: "These letters must look right:",
    test_picture: "What the table lacks is drawn:",
    test_columns: "The ruler fills exactly one line:",
    test_sizes: "Sizes:",
    test_end: "If all of it reads well, the printer is ready.",
    choose_row: "Choose the row that reads right:",
    moved: "TABLE CHANGED",
    before: "Before",
    only_table: "Only the table changes: do not make it again.",
    only_serving: "Only how it is served changes: do not make it again.",
    report_x: "X REPORT",
    report_z: "Z REPORT",
    session: "Cash session",
    opened: "Opened by",
    closed: "Closed by",
    printed: "Printed",
    sales: "SALES",
    orders: "Orders paid",
    by_method: "BY METHOD",
    nothing: "None",
    moves: "CASH MOVEMENTS",
    moved_in: "Paid in",
    moved_out: "Paid out",
    drawer: "DRAWER",
    float: "Float",
    taken: "Cash taken",
    refunded: "Refunds",
    expected: "EXPECTED",
    counted: "COUNTED",
    exact: "EXACT",
    surplus: "OVER",
    missing: "SHORT",
    still_open: "The drawer is still open: this paper does not close it.",
    signature: "Signature of who counted",
    check_title: "OPENING CHECK",
    check_end: "It prints.",
};

impl Words {
    pub(super) const fn of(language: Language) -> &'static Self {
        match language {
            Language::Es => &SPANISH,
            Language::En => &ENGLISH,
        }
    }

    /// What a ticket is, across its head; a new one needs nothing.
    pub(super) fn banner(&self, content: &TicketContent) -> Option<&'static str> {
        let Some(moved) = content.moved.as_ref().filter(|_| content.is_move()) else {
            return self.kind(content.kind);
        };
        Some(if moved.was.is_some() { self.served_now(content.order_type) } else { self.moved })
    }

    /// A table as people call it: one that is only numbered gets the word before it.
    pub(super) fn table_called(&self, name: &str) -> String {
        let numbered = !name.is_empty() && name.chars().all(|c| c.is_ascii_digit());
        if numbered { format!("{} {name}", self.table) } else { name.to_owned() }
    }

    pub(super) fn course_called(&self, course: u8) -> String {
        format!("{} {course}", self.course)
    }

    /// When the house promised it.
    pub(super) fn promised(&self, promise: Promise) -> String {
        format!("{} {:02}:{:02}", self.promised, promise.hour, promise.minute)
    }

    pub(super) fn seat_called(&self, seat: u16) -> String {
        format!("{} {seat}", self.seat)
    }

    /// Which part of a bill it is, and whose.
    pub(super) fn part_called(&self, part: &BillPart) -> String {
        let BillPart { number, of, .. } = part;
        let called = match self.language {
            Language::Es => format!("Parte {number} de {of}"),
            Language::En => format!("Part {number} of {of}"),
        };
        match part.seat {
            Some(seat) => format!("{called} · {}", self.seat_called(seat)),
            None => called,
        }
    }

    /// How much of a line it is.
    pub(super) fn share_of(&self, (share, of): (u32, u32), whole: &str) -> String {
        match self.language {
            Language::Es => format!("{share}/{of} de {whole}"),
            Language::En => format!("{share}/{of} of {whole}"),
        }
    }

    /// Where moved things were to go or how they were to be served, and the tickets that told of them.
    pub(super) fn moved_from(&self, moved: &Moved, clean: impl Fn(&str) -> String) -> Vec<String> {
        let from = moved.from.as_deref();
        let was = moved.was.and_then(|was| self.order_type(was)).map(str::to_owned);
        let from = from.map(|from| self.table_called(&clean(from))).or(was);
        let from = from.map(|from| format!("{}: {from}", self.before));
        let numbers: Vec<String> = moved.numbers.iter().map(|number| format!("#{number:03}")).collect();
        let told = (!numbers.is_empty()).then(|| format!("{} {}", self.ticket, numbers.join(" ")));
        from.into_iter().chain(told).collect()
    }

    /// That nothing is made again for what a slip tells.
    pub(super) fn not_again(&self, moved: &Moved) -> &'static str {
        if moved.was.is_some() { self.only_serving } else { self.only_table }
    }

    /// The banner of a kind of ticket; a new one needs none.
    const fn kind(&self, kind: TicketKind) -> Option<&'static str> {
        match (self.language, kind) {
            (_, TicketKind::New) => None,
            (Language::Es, TicketKind::Change) => Some("CAMBIO"),
            (Language::Es, TicketKind::Void) => Some("ANULACIÓN"),
            (Language::En, TicketKind::Change) => Some("CHANGE"),
            (Language::En, TicketKind::Void) => Some("VOID"),
        }
    }

    /// How the guest eats, when it is not at a table.
    pub(super) const fn order_type(&self, order_type: OrderType) -> Option<&'static str> {
        match (self.language, order_type) {
            (_, OrderType::DineIn) => None,
            (Language::Es, OrderType::TakeAway) => Some("PARA LLEVAR"),
            (Language::Es, OrderType::Delivery) => Some("DOMICILIO"),
            (Language::Es, OrderType::Counter) => Some("MOSTRADOR"),
            (Language::En, OrderType::TakeAway) => Some("TAKE AWAY"),
            (Language::En, OrderType::Delivery) => Some("DELIVERY"),
            (Language::En, OrderType::Counter) => Some("COUNTER"),
        }
    }

    /// The banner of a slip that says how things are served now.
    const fn served_now(&self, order_type: OrderType) -> &'static str {
        match (self.language, order_type) {
            (Language::Es, OrderType::DineIn) => "AHORA EN MESA",
            (Language::Es, OrderType::TakeAway) => "AHORA PARA LLEVAR",
            (Language::Es, OrderType::Delivery) => "AHORA A DOMICILIO",
            (Language::Es, OrderType::Counter) => "AHORA EN MOSTRADOR",
            (Language::En, OrderType::DineIn) => "NOW AT A TABLE",
            (Language::En, OrderType::TakeAway) => "NOW TAKE AWAY",
            (Language::En, OrderType::Delivery) => "NOW FOR DELIVERY",
            (Language::En, OrderType::Counter) => "NOW AT THE COUNTER",
        }
    }

    /// The banner of a paper that comes out of another printer than the station's own.
    pub(super) fn backup_of(&self, station: &str) -> String {
        let station = station.to_uppercase();
        match self.language {
            Language::Es => format!("RESPALDO DE {station}"),
            Language::En => format!("BACKUP FOR {station}"),
        }
    }

    pub(super) fn covers(&self, covers: u32) -> String {
        let noun = match (self.language, covers) {
            (Language::Es, 1) => "persona",
            (Language::Es, _) => "personas",
            (Language::En, 1) => "cover",
            (Language::En, _) => "covers",
        };
        format!("{covers} {noun}")
    }

    pub(super) fn tickets(&self, count: usize) -> String {
        let noun = match (self.language, count) {
            (Language::Es, 1) => "comanda",
            (Language::Es, _) => "comandas",
            (Language::En, 1) => "ticket",
            (Language::En, _) => "tickets",
        };
        format!("{count} {noun}")
    }

    /// An amount as people write it. Digits that they do not show are written when they are not zero, so that
    /// no paper says less than the exact amount.
    pub(super) fn amount(&self, money: Money, currency: &Currency) -> String {
        let (thousands, decimals) = match self.language {
            Language::Es => ('.', ','),
            Language::En => (',', '.'),
        };
        let minor = usize::from(currency.minor_digits);
        let digits = format!("{:0>width$}", money.0.unsigned_abs(), width = minor + 1);
        let (whole, part) = digits.split_at(digits.len() - minor);
        let shown = usize::from(currency.shown_digits).min(minor);
        let hidden_is_zero = part.bytes().skip(shown).all(|digit| digit == b'0');
        let part = if hidden_is_zero { part.get(..shown).unwrap_or_default() } else { part };
        let mut text = if money.0 < 0 { String::from("-") } else { String::new() };
        for (place, digit) in whole.chars().enumerate() {
            if place > 0 && (whole.len() - place) % 3 == 0 {
                text.push(thousands);
            }
            text.push(digit);
        }
        if !part.is_empty() {
            text.push(decimals);
            text.push_str(part);
        }
        text
    }

    /// Day and minute.
    pub(super) fn moment(&self, at: LocalTime) -> String {
        format!("{} {:02}:{:02}", self.date(at), at.hour, at.minute)
    }

    pub(super) fn date(&self, at: LocalTime) -> String {
        let LocalTime { year, month, day, .. } = at;
        match self.language {
            Language::Es => format!("{day:02}/{month:02}/{year}"),
            Language::En => format!("{year}-{month:02}-{day:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_exact() {
        let pesos = Currency { code: "COP".into(), minor_digits: 2, shown_digits: 0 };
        let dollars = Currency { code: "USD".into(), minor_digits: 2, shown_digits: 2 };
        let yen = Currency { code: "JPY".into(), minor_digits: 0, shown_digits: 0 };
        for (money, currency, es, en) in [
            (1_900_000, &pesos, "19.000", "19,000"),
            (1_900_050, &pesos, "19.000,50", "19,000.50"),
            (5, &pesos, "0,05", "0.05"),
            (0, &pesos, "0", "0"),
            (-123_456_700, &pesos, "-1.234.567", "-1,234,567"),
            (123_456, &dollars, "1.234,56", "1,234.56"),
            (100, &dollars, "1,00", "1.00"),
            (1_234, &yen, "1.234", "1,234"),
            (i64::MIN, &yen, "-9.223.372.036.854.775.808", "-9,223,372,036,854,775,808"),
        ] {
            assert_eq!(Words::of(Language::Es).amount(Money(money), currency), es);
            assert_eq!(Words::of(Language::En).amount(Money(money), currency), en);
        }
    }

    #[test]
    fn removals_are_seen_by_their_first_word() {
        assert!(removes("SIN cebolla") && removes("sin") && removes("No picante"));
        assert!(removes("Without onion"));
        assert!(!removes("Sincronizado") && !removes("Con ajo") && !removes(""));
    }
}
