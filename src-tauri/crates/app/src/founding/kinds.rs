//! Kinds of houses: who makes what, and a small menu to begin with.

use fastops_domain::user::Language;
use serde::{Deserialize, Serialize};

/// What kind of business it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BusinessKind {
    Restaurant,
    Cafe,
    Bar,
    Shop,
}

impl BusinessKind {
    pub const ALL: [Self; 4] = [Self::Restaurant, Self::Cafe, Self::Bar, Self::Shop];

    /// Its stations, the first of which makes what nobody else is named for.
    pub(super) const fn stations(self) -> &'static [Station] {
        match self {
            Self::Restaurant => &[KITCHEN, BAR],
            Self::Cafe => &[COUNTER, KITCHEN],
            Self::Bar => &[BAR, KITCHEN],
            Self::Shop => &[COUNTER],
        }
    }

    pub(super) const fn menu(self) -> &'static [Category] {
        match self {
            Self::Restaurant => &[STARTERS, MAINS, DESSERTS, DRINKS],
            Self::Cafe => &[COFFEE, BAKERY, DRINKS],
            Self::Bar => &[BEERS, COCKTAILS, SNACKS, DRINKS],
            Self::Shop => &[GOODS],
        }
    }
}

/// The same in Spanish and English.
#[derive(Clone, Copy, Debug)]
pub(super) struct Both(&'static str, &'static str);

impl Both {
    pub(super) fn of(self, language: Language) -> String {
        match language {
            Language::Es => self.0,
            Language::En => self.1,
        }
        .into()
    }
}

pub(super) const ROOM: Both = Both("Salón", "Dining room");
pub(super) const TERMINALS: [Both; 2] = [Both("Caja 1", "Till 1"), Both("Tableta 1", "Tablet 1")];
pub(super) const EXEMPT: Both = Both("Exento", "Exempt");

#[derive(Clone, Copy, Debug)]
pub(super) struct Station {
    /// Its short stable name.
    pub(super) code: &'static str,
    pub(super) name: Both,
}

const KITCHEN: Station = Station { code: "cocina", name: Both("Cocina", "Kitchen") };
const BAR: Station = Station { code: "bar", name: Both("Bar", "Bar") };
const COUNTER: Station = Station { code: "barra", name: Both("Barra", "Counter") };

/// A category of the sample menu. Of the stations of the kind that has it, the first with its code makes what is in
/// it, else the first one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Category {
    pub(super) name: Both,
    /// A chip of the design system.
    pub(super) color: &'static str,
    pub(super) station: &'static str,
    pub(super) products: &'static [Product],
}

/// A product of the sample menu: its code, name, price in tenths of a cup of coffee, minutes to make it, and what it has
/// the guest choose, of a combo.
#[derive(Clone, Copy, Debug)]
pub(super) struct Product {
    pub(super) code: &'static str,
    pub(super) name: Both,
    pub(super) tenths: i64,
    pub(super) minutes: i32,
    pub(super) slots: &'static [Slot],
}

/// Something that a combo of the sample menu has the guest choose.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot {
    pub(super) name: Both,
    /// So many of them, neither more nor fewer.
    pub(super) count: u32,
    pub(super) repeats: bool,
    /// Products by their codes, with what each adds in tenths of a cup of coffee.
    pub(super) choices: &'static [(&'static str, i64)],
}

const fn product(code: &'static str, name: Both, tenths: i64, minutes: i32) -> Product {
    Product { code, name, tenths, minutes, slots: &[] }
}

const fn combo(code: &'static str, name: Both, tenths: i64, slots: &'static [Slot]) -> Product {
    Product { code, name, tenths, minutes: 0, slots }
}

const STARTERS: Category = Category {
    name: Both("Entradas", "Starters"),
    color: "amber",
    station: "cocina",
    products: &[
        product("101", Both("Sopa del día", "Soup of the day"), 35, 8),
        product("102", Both("Ensalada de la casa", "House salad"), 40, 8),
        product("103", Both("Papas fritas", "French fries"), 25, 10),
    ],
};

const MAINS: Category = Category {
    name: Both("Platos fuertes", "Mains"),
    color: "leaf",
    station: "cocina",
    products: &[
        product("201", Both("Pollo a la parrilla", "Grilled chicken"), 75, 18),
        product("202", Both("Pescado del día", "Fish of the day"), 95, 18),
        product("203", Both("Pasta de la casa", "House pasta"), 70, 15),
        product("204", Both("Hamburguesa con papas", "Burger and fries"), 70, 15),
        product("205", Both("Plato vegetariano", "Vegetarian plate"), 65, 15),
        combo("206", Both("Combo del día", "Combo of the day"), 80, DAILY),
    ],
};

const DAILY: &[Slot] = &[
    Slot {
        name: Both("Plato", "Main"),
        count: 1,
        repeats: false,
        choices: &[("201", 0), ("203", 0), ("205", 0), ("202", 20)],
    },
    Slot {
        name: Both("Bebida", "Drink"),
        count: 1,
        repeats: false,
        choices: &[("401", 0), ("402", 0), ("403", 8)],
    },
];

const DESSERTS: Category = Category {
    name: Both("Postres", "Desserts"),
    color: "plum",
    station: "cocina",
    products: &[
        product("301", Both("Torta de chocolate", "Chocolate cake"), 30, 4),
        product("302", Both("Helado", "Ice cream"), 25, 3),
    ],
};

const DRINKS: Category = Category {
    name: Both("Bebidas", "Drinks"),
    color: "sky",
    station: "bar",
    products: &[
        product("401", Both("Agua", "Water"), 8, 1),
        product("402", Both("Gaseosa", "Soft drink"), 10, 1),
        product("403", Both("Jugo natural", "Fresh juice"), 18, 4),
        product("404", Both("Té frío", "Iced tea"), 14, 2),
    ],
};

const COFFEE: Category = Category {
    name: Both("Café", "Coffee"),
    color: "amber",
    station: "barra",
    products: &[
        product("501", Both("Café negro", "Black coffee"), 10, 2),
        product("502", Both("Espresso", "Espresso"), 10, 2),
        product("503", Both("Capuchino", "Cappuccino"), 16, 4),
        product("504", Both("Café con leche", "Latte"), 15, 4),
        product("505", Both("Chocolate caliente", "Hot chocolate"), 16, 5),
    ],
};

const BAKERY: Category = Category {
    name: Both("Panadería", "Bakery"),
    color: "rose",
    station: "cocina",
    products: &[
        product("601", Both("Croissant", "Croissant"), 14, 2),
        product("602", Both("Porción de torta", "Slice of cake"), 22, 2),
        product("603", Both("Sándwich de jamón y queso", "Ham and cheese sandwich"), 32, 6),
    ],
};

const BEERS: Category = Category {
    name: Both("Cervezas", "Beers"),
    color: "amber",
    station: "bar",
    products: &[
        product("701", Both("Cerveza nacional", "Local beer"), 20, 1),
        product("702", Both("Cerveza importada", "Imported beer"), 30, 1),
        product("703", Both("Cerveza de barril", "Draught beer"), 25, 2),
        combo("704", Both("Balde de 4 cervezas", "Bucket of 4 beers"), 70, BUCKET),
    ],
};

const BUCKET: &[Slot] =
    &[Slot { name: Both("Cervezas", "Beers"), count: 4, repeats: true, choices: &[("701", 0), ("702", 8)] }];

const COCKTAILS: Category = Category {
    name: Both("Cocteles", "Cocktails"),
    color: "indigo",
    station: "bar",
    products: &[
        product("801", Both("Margarita", "Margarita"), 55, 5),
        product("802", Both("Mojito", "Mojito"), 50, 5),
        product("803", Both("Gin tonic", "Gin and tonic"), 55, 4),
    ],
};

const SNACKS: Category = Category {
    name: Both("Para picar", "Snacks"),
    color: "tomato",
    station: "cocina",
    products: &[
        product("901", Both("Papas fritas", "French fries"), 25, 10),
        product("902", Both("Alitas", "Chicken wings"), 55, 15),
        product("903", Both("Nachos con queso", "Nachos with cheese"), 45, 10),
    ],
};

const GOODS: Category = Category {
    name: Both("Productos", "Products"),
    color: "teal",
    station: "barra",
    products: &[
        product("101", Both("Producto de ejemplo", "Sample product"), 50, 1),
        product("102", Both("Bolsa", "Bag"), 2, 1),
    ],
};
