//! What La Candelaria sells: eight categories of a menu as one finds it in the centre of Bogotá.
//!
//! Prices are in whole pesos with the consumption tax in them, as menus in Colombia print them.

use super::questions::Question;
use Question::{
    Additions, Dough, Flavours, Fruit, Milk, Portion, Serving, Sides, Size, Soda, Sweetener, Temper, Without,
};

/// The stations by their codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Makes {
    Kitchen,
    Bar,
    Desserts,
}

/// A category and who makes what is in it.
#[derive(Debug)]
pub(super) struct Category {
    pub(super) name: &'static str,
    /// A chip of the design system.
    pub(super) color: &'static str,
    pub(super) station: Makes,
    pub(super) products: &'static [Product],
}

/// Something that is sold.
#[derive(Debug)]
pub(super) struct Product {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    pub(super) pesos: i64,
    /// Minutes that the station usually needs.
    pub(super) minutes: i32,
    pub(super) questions: &'static [Question],
    pub(super) exempt: bool,
    pub(super) sold_out: bool,
    /// Units on the shelf on the first day; none of what is not counted.
    pub(super) stock: Option<i64>,
    /// What it has the guest choose; nothing unless it is a combo.
    pub(super) slots: &'static [Slot],
}

/// Something that a combo has the guest choose.
#[derive(Debug)]
pub(super) struct Slot {
    pub(super) name: &'static str,
    /// Fewest and most choices.
    pub(super) choices: (u32, u32),
    /// Products by their codes, with what each adds to the combo's price in whole pesos.
    pub(super) products: &'static [(&'static str, i64)],
}

const fn product(code: &'static str, name: &'static str, pesos: i64, minutes: i32) -> Product {
    Product {
        code,
        name,
        pesos,
        minutes,
        questions: &[],
        exempt: false,
        sold_out: false,
        stock: None,
        slots: &[],
    }
}

impl Product {
    const fn asks(mut self, questions: &'static [Question]) -> Self {
        self.questions = questions;
        self
    }

    const fn exempt(mut self) -> Self {
        self.exempt = true;
        self
    }

    const fn counted(mut self, stock: i64) -> Self {
        self.stock = Some(stock);
        self
    }

    const fn choosing(mut self, slots: &'static [Slot]) -> Self {
        self.slots = slots;
        self
    }

    const fn sold_out(mut self) -> Self {
        self.sold_out = true;
        self
    }
}

pub(super) const MENU: &[Category] = &[
    Category { name: "Entradas", color: "amber", station: Makes::Kitchen, products: STARTERS },
    Category { name: "Sopas", color: "tomato", station: Makes::Kitchen, products: SOUPS },
    Category { name: "Platos fuertes", color: "leaf", station: Makes::Kitchen, products: MAINS },
    Category { name: "Parrilla", color: "rose", station: Makes::Kitchen, products: GRILL },
    Category { name: "Acompañamientos", color: "teal", station: Makes::Kitchen, products: SIDES },
    Category { name: "Bebidas", color: "sky", station: Makes::Bar, products: DRINKS },
    Category { name: "Cocteles y cervezas", color: "indigo", station: Makes::Bar, products: COCKTAILS },
    Category { name: "Postres", color: "plum", station: Makes::Desserts, products: DESSERTS },
];

/// Codes of what is sold most, in the order in which the house wants it in reach.
pub(super) const FAVOURITES: [&str; 8] = ["301", "201", "101", "602", "605", "701", "608", "801"];

const STARTERS: &[Product] = &[
    product("101", "Empanadas de carne (4)", 16_000, 8).asks(&[Without]),
    product("102", "Patacones con hogao", 17_500, 9).asks(&[Additions, Without]),
    product("103", "Arepitas con chicharrón", 22_000, 10).asks(&[Dough]),
    product("104", "Chorizo santarrosano", 19_500, 10),
    product("105", "Carimañolas de queso (4)", 18_000, 9),
    product("106", "Ceviche de camarón", 36_000, 12).asks(&[Without]),
    product("107", "Marranitas vallunas (3)", 19_000, 10),
    product("108", "Aborrajados", 17_000, 9).sold_out(),
];

const SOUPS: &[Product] = &[
    product("201", "Ajiaco santafereño", 38_000, 12).asks(&[Portion, Without]),
    product("202", "Sancocho de gallina", 36_000, 12).asks(&[Portion, Additions, Without]),
    product("203", "Mondongo", 34_000, 12).asks(&[Portion, Without]),
    product("204", "Cazuela de mariscos", 56_000, 18).asks(&[Without]),
    product("205", "Crema de ahuyama", 19_000, 8).asks(&[Portion]),
    product("206", "Caldo de costilla", 18_500, 8).asks(&[Without]),
];

const MAINS: &[Product] = &[
    product("301", "Bandeja paisa", 44_000, 18).asks(&[Additions, Without]),
    product("302", "Sobrebarriga en salsa criolla", 45_000, 18).asks(&[Sides, Additions, Without]),
    product("303", "Posta cartagenera", 49_000, 20).asks(&[Sides, Without]),
    product("304", "Mojarra frita", 48_000, 20).asks(&[Sides, Without]),
    product("305", "Trucha al ajillo", 47_000, 18).asks(&[Sides, Without]),
    product("306", "Lechona tolimense", 37_000, 10).asks(&[Dough]),
    product("307", "Arroz con pollo", 34_000, 14).asks(&[Additions, Without]),
    product("308", "Fríjoles con garra", 35_000, 14).asks(&[Additions, Without]),
    product("309", "Tamal tolimense", 25_000, 10).asks(&[Dough]),
    product("310", "Combo ejecutivo", 42_000, 0).choosing(EXECUTIVE),
    product("311", "Combo parrilla", 69_000, 0).choosing(GRILLED),
];

const EXECUTIVE: &[Slot] = &[
    Slot {
        name: "Plato",
        choices: (1, 1),
        products: &[("307", 0), ("201", 0), ("306", 2_000), ("301", 8_000)],
    },
    Slot { name: "Bebida", choices: (1, 1), products: &[("606", 0), ("605", 0), ("601", 0), ("602", 4_500)] },
];

const GRILLED: &[Slot] = &[
    Slot {
        name: "Carne",
        choices: (1, 1),
        products: &[("404", 0), ("406", 0), ("403", 9_000), ("401", 12_000)],
    },
    Slot { name: "Bebida", choices: (1, 1), products: &[("701", 0), ("702", 500), ("602", 0), ("607", 0)] },
    Slot { name: "Postre", choices: (0, 1), products: &[("804", 5_000), ("806", 6_000), ("801", 8_000)] },
];

const GRILL: &[Product] = &[
    product("401", "Churrasco (350 g)", 64_000, 20).asks(&[Temper, Sides, Additions]),
    product("402", "Punta de anca (300 g)", 58_000, 20).asks(&[Temper, Sides, Additions]),
    product("403", "Baby beef (250 g)", 59_000, 18).asks(&[Temper, Sides, Additions]),
    product("404", "Lomo de cerdo (250 g)", 43_000, 18).asks(&[Sides, Additions]),
    product("405", "Costillas a la brasa", 52_000, 22).asks(&[Sides, Additions]),
    product("406", "Pechuga a la parrilla", 38_000, 16).asks(&[Sides, Additions, Without]),
    product("407", "Salmón a la parrilla", 61_000, 18).asks(&[Sides, Without]),
    product("408", "Picada La Candelaria (2 personas)", 82_000, 25).asks(&[Additions]),
];

const SIDES: &[Product] = &[
    product("501", "Papas a la francesa", 11_000, 8),
    product("502", "Papa criolla", 11_500, 8),
    product("503", "Yuca frita", 10_000, 8),
    product("504", "Arroz con coco", 9_500, 4),
    product("505", "Ensalada de la casa", 14_000, 6).asks(&[Without]),
    product("506", "Porción de aguacate", 7_500, 3),
    product("507", "Arepas para llevar (5)", 9_000, 2).exempt(),
];

const DRINKS: &[Product] = &[
    product("601", "Limonada natural", 9_500, 4).asks(&[Size, Sweetener]),
    product("602", "Limonada de coco", 15_000, 5).asks(&[Size]),
    product("603", "Jugo en agua", 10_500, 5).asks(&[Fruit, Size, Sweetener]),
    product("604", "Jugo en leche", 12_500, 5).asks(&[Fruit, Milk, Sweetener]),
    product("605", "Gaseosa (350 ml)", 7_500, 1).asks(&[Soda]).counted(480),
    product("606", "Agua sin gas (500 ml)", 6_500, 1),
    product("607", "Agua con gas (500 ml)", 7_000, 1).counted(240),
    product("608", "Café americano", 6_500, 3).asks(&[Sweetener]),
    product("609", "Capuchino", 9_500, 4).asks(&[Milk, Sweetener]),
    product("610", "Aromática de frutas", 8_000, 4).asks(&[Sweetener]),
    product("611", "Chocolate santafereño", 15_000, 6).asks(&[Milk]),
];

const COCKTAILS: &[Product] = &[
    product("701", "Cerveza dorada (330 ml)", 12_000, 1).asks(&[Serving]).counted(480),
    product("702", "Cerveza roja (330 ml)", 12_500, 1).asks(&[Serving]).counted(480),
    product("703", "Cerveza artesanal porter", 18_500, 1).asks(&[Serving]).counted(96),
    product("704", "Refajo (jarra)", 36_000, 3),
    product("705", "Mojito", 31_000, 6),
    product("706", "Margarita de lulo", 33_000, 6),
    product("707", "Canelazo", 19_000, 5),
    product("708", "Copa de vino tinto", 27_000, 2),
];

const DESSERTS: &[Product] = &[
    product("801", "Torta tres leches", 17_000, 4),
    product("802", "Brevas con arequipe y queso", 16_000, 4),
    product("803", "Merengón de guanábana", 18_000, 5).sold_out(),
    product("804", "Arroz con leche", 12_500, 3),
    product("805", "Cuajada con melao", 14_500, 3).counted(12),
    product("806", "Helado artesanal", 13_500, 3).asks(&[Flavours]),
    product("807", "Obleas con arequipe", 11_500, 4),
];
