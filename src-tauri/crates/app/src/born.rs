//! What a company and a branch are born with, in the words of the people who work there.
//!
//! The store makes both whole or not at all; here stands what "whole" is: five roles with the permissions
//! that the program gives them, sizes and colours to start from, the four ways of eating, three ways of
//! paying, and for a branch its storeroom and its numbers. All of it can be changed afterwards.

use fastops_domain::ids::{ColorId, NumberingRangeId, SizeId};
use fastops_domain::numbering::Numbering;
use fastops_domain::order::OrderType;
use fastops_domain::payment::MethodKind;
use fastops_domain::user::{Language, Permission, Role};
use fastops_store::born::{NewBranch, NewCompany, OrderTypeName, PaymentMethodRow};
use fastops_store::company::{Branch, Company};
use fastops_store::menu::TaxRow;
use fastops_store::numbering::NumberingRange;
use fastops_store::role::RoleRow;
use fastops_store::station::Station;
use fastops_store::variant::{ColorRow, SizeRow};
use uuid::Uuid;

/// Minute of the day at which a business day begins: five in the morning, when the last bar is closed.
pub(crate) const DAY_STARTS_MINUTE: u32 = 300;

/// The last number of a range that no tax office has limited.
const LAST_NUMBER: i64 = 999_999_999;

/// A word in every language.
#[derive(Clone, Copy, Debug)]
struct Word {
    es: &'static str,
    en: &'static str,
}

const fn word(es: &'static str, en: &'static str) -> Word {
    Word { es, en }
}

impl Word {
    fn of(self, language: Language) -> String {
        match language {
            Language::Es => self.es,
            Language::En => self.en,
        }
        .into()
    }
}

const SIZES: [Word; 3] = [word("Pequeño", "Small"), word("Mediano", "Medium"), word("Grande", "Large")];

const COLORS: [(Word, &str); 5] = [
    (word("Blanco", "White"), "#ffffff"),
    (word("Negro", "Black"), "#1a1a1a"),
    (word("Rojo", "Red"), "#c62828"),
    (word("Azul", "Blue"), "#1565c0"),
    (word("Verde", "Green"), "#2e7d32"),
];

/// Ways of paying; only cash needs the drawer.
const PAYMENT_METHODS: [(MethodKind, Word); 3] = [
    (MethodKind::Cash, word("Efectivo", "Cash")),
    (MethodKind::Card, word("Tarjeta", "Card")),
    (MethodKind::Transfer, word("Transferencia", "Transfer")),
];

const LOCATION: Word = word("Bodega", "Storeroom");

const fn role_name(role: Role) -> Word {
    match role {
        Role::Admin => word("Administrador", "Administrator"),
        Role::Manager => word("Gerente", "Manager"),
        Role::Cashier => word("Cajero", "Cashier"),
        Role::Waiter => word("Mesero", "Waiter"),
        Role::Kitchen => word("Cocina", "Kitchen"),
    }
}

const fn order_type_name(order_type: OrderType) -> Word {
    match order_type {
        OrderType::DineIn => word("En mesa", "Dine in"),
        OrderType::TakeAway => word("Para llevar", "Take away"),
        OrderType::Delivery => word("Domicilio", "Delivery"),
        OrderType::Counter => word("Mostrador", "Counter"),
    }
}

/// A company with everything that it cannot work without, in `language`; `taxes` depend on its country.
pub(crate) fn company(
    company: Company,
    taxes: Vec<TaxRow>,
    language: Language,
    new_id: &mut dyn FnMut() -> Uuid,
) -> NewCompany {
    let role = |role: Role| RoleRow {
        code: role,
        name: role_name(role).of(language),
        permissions: Permission::ALL
            .into_iter()
            .filter(|permission| role.is_born_with(*permission))
            .collect(),
    };
    let order_type = |code: OrderType| OrderTypeName { code, name: order_type_name(code).of(language) };
    let method = |(kind, name): (MethodKind, Word)| PaymentMethodRow {
        code: kind.code().into(),
        name: name.of(language),
        kind,
        opens_drawer: kind == MethodKind::Cash,
    };
    NewCompany {
        company,
        roles: Role::ALL.map(role).to_vec(),
        taxes,
        sizes: SIZES.map(|name| SizeRow { id: SizeId(new_id()), name: name.of(language) }).to_vec(),
        colors: COLORS
            .map(|(name, swatch)| ColorRow {
                id: ColorId(new_id()),
                name: name.of(language),
                swatch: swatch.into(),
            })
            .to_vec(),
        order_types: OrderType::ALL.map(order_type).to_vec(),
        payment_methods: PAYMENT_METHODS.map(method).to_vec(),
    }
}

/// A branch with everything that it cannot work without, in its own language.
pub(crate) fn branch(branch: Branch, stations: Vec<Station>, new_id: &mut dyn FnMut() -> Uuid) -> NewBranch {
    let numbering = Numbering {
        prefix: String::new(),
        first: 1,
        last: LAST_NUMBER,
        next: 1,
        valid_from: None,
        valid_until: None,
    };
    let range = NumberingRange { id: NumberingRangeId(new_id()), numbering };
    NewBranch {
        location_name: LOCATION.of(branch.language),
        branch,
        stations,
        ranges: vec![("receipt".into(), range)],
    }
}
