//! What the products of La Candelaria ask before they can be made.
//!
//! The answers stand on the kitchen's paper without their question, so each is clear by itself.

use fastops_domain::menu::Portioning;

/// A question that several products share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Question {
    Temper,
    Sides,
    Additions,
    Without,
    Portion,
    Dough,
    Fruit,
    Size,
    Milk,
    Sweetener,
    Soda,
    Serving,
    Flavours,
}

/// A question as it is asked.
#[derive(Debug)]
pub(super) struct Wording {
    pub(super) name: &'static str,
    /// Fewest and most answers.
    pub(super) choices: (u32, u32),
    /// Answers with what each adds to the price, in whole pesos.
    pub(super) answers: &'static [(&'static str, i64)],
}

impl Question {
    pub(super) const ALL: [Self; 13] = [
        Self::Temper,
        Self::Sides,
        Self::Additions,
        Self::Without,
        Self::Portion,
        Self::Dough,
        Self::Fruit,
        Self::Size,
        Self::Milk,
        Self::Sweetener,
        Self::Soda,
        Self::Serving,
        Self::Flavours,
    ];

    pub(super) const fn wording(self) -> Wording {
        let (name, choices, answers) = match self {
            Self::Temper => ("Término de la carne", (1, 1), TEMPERS),
            Self::Sides => ("Acompañamiento", (1, 2), SIDES),
            Self::Additions => ("Adiciones", (0, 3), ADDITIONS),
            Self::Without => ("Sin…", (0, 5), WITHOUT),
            Self::Portion => ("Porción", (1, 1), PORTIONS),
            Self::Dough => ("Arepa", (1, 1), DOUGHS),
            Self::Fruit => ("Fruta", (1, 1), FRUITS),
            Self::Size => ("Tamaño", (1, 1), SIZES),
            Self::Milk => ("Leche", (1, 1), MILKS),
            Self::Sweetener => ("Endulzante", (0, 1), SWEETENERS),
            Self::Soda => ("Sabor", (1, 1), SODAS),
            Self::Serving => ("Servida", (0, 1), SERVINGS),
            Self::Flavours => ("Sabores", (1, 2), FLAVOURS),
        };
        Wording { name, choices, answers }
    }

    /// Flavours share one cup.
    pub(super) const fn portioning(self) -> Portioning {
        match self {
            Self::Flavours => Portioning::Dearest,
            _ => Portioning::Whole,
        }
    }
}

type Answers = &'static [(&'static str, i64)];

const TEMPERS: Answers = &[("Término rojo", 0), ("Término medio", 0), ("Tres cuartos", 0), ("Bien asado", 0)];
const SIDES: Answers = &[
    ("Papas a la francesa", 0),
    ("Papa criolla", 0),
    ("Yuca frita", 0),
    ("Patacón", 0),
    ("Arroz con coco", 0),
    ("Ensalada", 0),
];
const ADDITIONS: Answers = &[
    ("Aguacate", 6_000),
    ("Huevo frito", 3_500),
    ("Chicharrón", 9_500),
    ("Chorizo", 8_500),
    ("Queso costeño", 6_500),
    ("Hogao", 2_500),
];
const WITHOUT: Answers =
    &[("Sin cebolla", 0), ("Sin cilantro", 0), ("Sin ajo", 0), ("Sin tomate", 0), ("Sin sal", 0)];
const PORTIONS: Answers = &[("Porción completa", 0), ("Media porción", -9_000)];
const DOUGHS: Answers = &[("Arepa blanca", 0), ("Arepa de chócolo", 2_000), ("Sin arepa", 0)];
const FRUITS: Answers = &[("Lulo", 0), ("Maracuyá", 0), ("Mora", 0), ("Mango", 0), ("Guanábana", 1_500)];
const SIZES: Answers = &[("Vaso", 0), ("Jarra", 15_000)];
const MILKS: Answers = &[
    ("Leche entera", 0),
    ("Leche deslactosada", 0),
    ("Leche de almendras", 3_000),
    ("Leche de avena", 3_000),
];
const SWEETENERS: Answers = &[("Con azúcar", 0), ("Con panela", 0), ("Con estevia", 0), ("Sin endulzar", 0)];
const SODAS: Answers = &[("Cola", 0), ("Cola sin azúcar", 0), ("Manzana", 0), ("Naranja", 0)];
const SERVINGS: Answers = &[("Michelada", 4_000), ("Con vaso helado", 0)];
const FLAVOURS: Answers =
    &[("Vainilla", 0), ("Chocolate", 0), ("Arequipe", 1_500), ("Maracuyá", 1_500), ("Coco", 2_000)];
