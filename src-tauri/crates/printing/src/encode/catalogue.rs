//! The words of our own on paper, in both languages.

use fastops_domain::order::OrderType;
use fastops_domain::ticket::TicketKind;
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
    pub(super) table: &'static str,
    pub(super) waiter: &'static str,
    pub(super) customer: &'static str,
    pub(super) order: &'static str,
    pub(super) ticket: &'static str,
    pub(super) course: &'static str,
    pub(super) items: &'static str,
    pub(super) voided_items: &'static str,
    pub(super) test_title: &'static str,
    pub(super) test_letters: &'static str,
    pub(super) test_picture: &'static str,
    pub(super) test_columns: &'static str,
    pub(super) test_sizes: &'static str,
    pub(super) test_end: &'static str,
    pub(super) choose_row: &'static str,
}

const SPANISH: Words = Words {
    language: Language::Es,
    reprint: "REIMPRESIÓN",
    possible_duplicate: "POSIBLE DUPLICADO",
    urgent: "URGENTE",
    allergy: "ALERGIA",
    voided: "ANULADO",
    table: "Mesa",
    waiter: "Mesero",
    customer: "Cliente",
    order: "Orden",
    ticket: "Comanda",
    course: "TIEMPO",
    items: "Total ítems",
    voided_items: "Anulados",
    test_title: "PRUEBA DE IMPRESIÓN",
    test_letters: "Estas letras deben verse bien:",
    test_picture: "Lo que la tabla no tiene se dibuja:",
    test_columns: "La regla ocupa una sola línea:",
    test_sizes: "Tamaños:",
    test_end: "Si todo se lee, la impresora está lista.",
    choose_row: "Elija la fila que se lee bien:",
};

const ENGLISH: Words = Words {
    language: Language::En,
    reprint: "REPRINT",
    possible_duplicate: "POSSIBLE DUPLICATE",
    urgent: "URGENT",
    allergy: "ALLERGY",
    voided: "VOID",
    table: "Table",
    waiter: "Waiter",
    customer: "Customer",
    order: "Order",
    ticket: "Ticket",
    course: "COURSE",
    items: "Total items",
    voided_items: "Voided",
    test_title: "PRINT TEST",
    test_letters: "These letters must look right:",
    test_picture: "What the table lacks is drawn:",
    test_columns: "The ruler fills exactly one line:",
    test_sizes: "Sizes:",
    test_end: "If all of it reads well, the printer is ready.",
    choose_row: "Choose the row that reads right:",
};

impl Words {
    pub(super) const fn of(language: Language) -> &'static Self {
        match language {
            Language::Es => &SPANISH,
            Language::En => &ENGLISH,
        }
    }

    /// The banner of a kind of ticket; a new one needs none.
    pub(super) const fn kind(&self, kind: TicketKind) -> Option<&'static str> {
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
    fn removals_are_seen_by_their_first_word() {
        assert!(removes("SIN cebolla") && removes("sin") && removes("No picante"));
        assert!(removes("Without onion"));
        assert!(!removes("Sincronizado") && !removes("Con ajo") && !removes(""));
    }
}
