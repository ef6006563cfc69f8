//! A table and a menu, compared.

mod variants;

use super::plan::Value;
use super::*;
use crate::sheet::{self, Cell, Format, Row, Table};
use fastops_domain::ids::{
    CategoryId, ColorId, ModifierGroupId, ProductId, SizeId, StationId, TaxId, VariantId,
};
use fastops_domain::money::{Currency, Money};
use fastops_domain::user::Language;
use fastops_domain::written::{BadWriting, Writing};
use proptest::prelude::*;
use std::collections::HashMap;
use uuid::Uuid;

const fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn kept(n: u128, code: &str, name: &str) -> Kept {
    Kept {
        id: ProductId(id(n)),
        category: CategoryId(id(1)),
        name: name.into(),
        code: code.into(),
        price: Money(3_800_000),
        taxes: vec![TaxId(id(1))],
        groups: Vec::new(),
        minutes: 12,
        active: true,
        station: None,
        barcodes: Vec::new(),
        position: 0,
        is_combo: false,
    }
}

fn menu(products: Vec<Kept>) -> Menu {
    let currency = Currency { code: "COP".into(), minor_digits: 2, shown_digits: 0 };
    Menu {
        writing: Writing { currency, language: Language::Es },
        categories: vec![
            (CategoryId(id(1)), "Sopas".into(), "leaf".into()),
            (CategoryId(id(2)), "Bebidas frías".into(), "sky".into()),
        ],
        products,
        variants: Vec::new(),
        sizes: vec![(SizeId(id(1)), "S".into()), (SizeId(id(2)), "Única | grande".into())],
        colors: vec![(ColorId(id(1)), "Rojo".into()), (ColorId(id(2)), "Azul".into())],
        taxes: vec![(TaxId(id(1)), "INC 8 %".into()), (TaxId(id(2)), "IVA | 19, y más".into())],
        groups: vec![
            (ModifierGroupId(id(1)), "Término".into()),
            (ModifierGroupId(id(2)), "Salsa".into()),
            (ModifierGroupId(id(3)), "Salsa".into()),
        ],
        stations: vec![(StationId(id(1)), "Cocina".into()), (StationId(id(2)), "Bar".into())],
        other_barcodes: HashMap::from([("999".into(), "Camiseta".into())]),
    }
}

/// A table as somebody types it: a row of headers and rows below, columns parted by a semicolon.
fn table(text: &str) -> Table {
    sheet::read(text.as_bytes(), is_header).unwrap()
}

fn planned(menu: &Menu, text: &str) -> Plan {
    plan(menu, &table(text)).unwrap()
}

fn problems(plan: &Plan) -> Vec<(u32, Column, CellProblem)> {
    let of = |row: &RowPlan| match &row.outcome {
        Outcome::Error(bad) => bad.iter().map(|bad| (row.number, bad.column, bad.problem.clone())).collect(),
        _ => Vec::new(),
    };
    plan.rows.iter().flat_map(of).collect()
}

fn changes(plan: &Plan, at: usize) -> Vec<(Column, Option<Value>, Value)> {
    match &plan.rows[at].outcome {
        Outcome::Changed { changes, .. } => {
            changes.iter().map(|one| (one.column, one.before.clone(), one.after.clone())).collect()
        }
        other => panic!("{other:?}"),
    }
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

#[test]
fn a_row_finds_its_product_by_code_and_else_by_name_in_its_category() {
    let menu = menu(vec![kept(1, "307", "Ajiaco"), kept(2, "", "Changua"), kept(3, "12", "Caldo")]);
    let file = "Categoría;Nombre;Código;Precio\nSopas;Ajiaco santafereño;307;38.000\n sopas ; CHANGUA ;;40000\nSopas;Caldo;013;38000\nBebidas frías;Caldo;;5.000\n";
    let plan = planned(&menu, file);
    assert_eq!(changes(&plan, 0), [(Column::Name, Some(text("Ajiaco")), text("Ajiaco santafereño"))]);
    assert_eq!(
        changes(&plan, 1),
        [
            (Column::Name, Some(text("Changua")), text("CHANGUA")),
            (Column::Price, Some(Value::Amount(Money(3_800_000))), Value::Amount(Money(4_000_000))),
        ]
    );
    assert_eq!(changes(&plan, 2), [(Column::Code, Some(text("12")), text("013"))], "seen, not made anew");
    assert!(matches!(plan.rows[3].outcome, Outcome::New { .. }), "another category, another product");
}

#[test]
fn empty_cells_and_columns_that_are_not_there_leave_what_is() {
    let rich = Kept {
        station: Some(StationId(id(2))),
        barcodes: vec!["770".into()],
        groups: vec![ModifierGroupId(id(1))],
        ..kept(1, "307", "Ajiaco")
    };
    let menu = menu(vec![rich]);
    let empty = "Código;Nombre;Categoría;Precio;Impuestos;Estación;Minutos;Activo;Preguntas;Códigos de barras;Costo\n307;;;;;;;;;;9\n";
    let plan = planned(&menu, empty);
    assert_eq!(
        (&plan.rows[0].outcome, &plan.unknown_columns[..]),
        (&Outcome::Same, &["Costo".to_owned()][..])
    );
    let plan = planned(&menu, "Código;Estación;Preguntas;Códigos de barras;Impuestos\n307;-;ninguna;-;-\n");
    let columns: Vec<Column> = changes(&plan, 0).iter().map(|(column, ..)| *column).collect();
    assert_eq!(columns, [Column::Taxes, Column::Station, Column::Questions, Column::Barcodes]);
}

#[test]
fn a_new_product_is_what_its_row_says_and_else_like_its_category() {
    let menu = menu(vec![Kept { taxes: vec![TaxId(id(2))], ..kept(1, "307", "Ajiaco") }]);
    let plan = planned(
        &menu,
        "Nombre;Categoría;Precio\nMute;SOPAS;30.000\nArepa;Desayunos ricos;5000\nHuevos; desayunos  RICOS;9000\n",
    );
    let wishes: Vec<&Wish> = plan
        .rows
        .iter()
        .map(|row| match &row.outcome {
            Outcome::New { wish, .. } => wish,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(wishes[0].category, CategoryWish::Known(CategoryId(id(1))));
    assert_eq!((&wishes[0].taxes[..], wishes[0].minutes, wishes[0].active), (&[TaxId(id(2))][..], 12, true));
    assert_eq!((&wishes[1].taxes[..], wishes[1].minutes), (&[TaxId(id(1))][..], 10));
    assert_eq!(plan.new_categories, ["Desayunos ricos"], "one category, however it is written");
    assert_eq!(wishes[2].category, CategoryWish::New("Desayunos ricos".into()));
    let untaxed = planned(&menu, "Nombre;Categoría;Precio;Impuestos\nMute;Sopas;30.000;\n");
    assert!(matches!(&untaxed.rows[0].outcome, Outcome::New { wish, .. } if wish.taxes.is_empty()));
}

#[test]
fn every_bad_cell_says_which_it_is_and_why() {
    let menu = menu(vec![
        kept(1, "307", "Ajiaco"),
        kept(2, "308", "Caldo"),
        kept(3, "309", "Caldo"),
        kept(4, "", "Puchero"),
        kept(5, "", "Puchero"),
    ]);
    let file = "Código;Nombre;Categoría;Precio;Impuestos;Estación;Minutos;Activo;Preguntas;EAN
307;;;12,500;;;;;;
308;;;;IVA;;;;;
309;;;;;Parrilla;;;;
;Mute;Sopas;;;;;;;
310;;;5000;;;;;;
311;Mute;Sopas;-1;;;un rato;quizás;Salsa;999
3 1;Sancocho;Sopas;1;;;;;;
;Puchero;Sopas;9000;;;;;;
307;;;;;;;;;
";
    let plan = planned(&menu, file);
    let ambiguous = BadWriting::Ambiguous { thousands: "12500".into(), decimals: "12,5".into() };
    let unknown = |name: &str| CellProblem::Unknown { name: name.into() };
    assert_eq!(
        problems(&plan),
        [
            (2, Column::Price, CellProblem::Price(ambiguous)),
            (3, Column::Taxes, unknown("IVA")),
            (4, Column::Station, unknown("Parrilla")),
            (5, Column::Price, CellProblem::Missing),
            (6, Column::Name, CellProblem::Missing),
            (6, Column::Category, CellProblem::Missing),
            (7, Column::Price, CellProblem::Price(BadWriting::Negative)),
            (7, Column::Minutes, CellProblem::BadMinutes),
            (7, Column::Active, CellProblem::BadYes),
            (7, Column::Questions, CellProblem::SeveralNamed { name: "Salsa".into() }),
            (8, Column::Code, CellProblem::BadCode),
            (9, Column::Name, CellProblem::SeveralProducts { count: 2 }),
            (10, Column::Code, CellProblem::Repeats { row: 2 }),
        ]
    );
}

#[test]
fn no_two_products_end_with_one_code_whatever_the_order_of_the_rows() {
    let menu = menu(vec![kept(1, "1", "Ajiaco"), kept(2, "2", "Caldo"), kept(3, "3", "Mute")]);
    let taken = |product: &str| CellProblem::CodeTaken { product: product.into() };
    // By name: their codes are not known.
    let new = planned(&menu, "Código;Nombre;Categoría;Precio\n9;Lulada;Sopas;1\n9;Avena;Sopas;1\n");
    assert_eq!(problems(&new), [(3, Column::Code, taken("Lulada"))]);
    let off = Kept { active: false, ..kept(4, "3", "Mute viejo") };
    let menu = Menu { products: [menu.products.clone(), vec![off]].concat(), ..menu };
    let back = planned(
        &menu,
        "Código;Nombre;Categoría;Activo;Precio\n3;Mute viejo;Sopas;Sí;38000\n3;Mute;Sopas;Sí;39000\n",
    );
    assert_eq!(problems(&back), [(2, Column::Code, taken("Mute"))], "whoever has it keeps it");
    let barcodes = planned(&menu, "Nombre;Categoría;EAN\nAjiaco;Sopas;77\nCaldo;Sopas;77\nMute;Sopas;999\n");
    assert_eq!(
        problems(&barcodes),
        [
            (3, Column::Barcodes, CellProblem::BarcodeTaken { product: "Ajiaco".into() }),
            (4, Column::Barcodes, CellProblem::BarcodeTaken { product: "Camiseta".into() }),
        ]
    );
    let twins = planned(&menu, "Nombre;Categoría;Precio\nNuevo;Sopas;1\nnuevo;sopas;2\n");
    assert_eq!(problems(&twins), [(3, Column::Name, CellProblem::Repeats { row: 2 })]);
}

#[test]
fn a_row_with_an_error_keeps_its_code_and_so_refuses_it_to_another() {
    let menu = menu(vec![kept(1, "1", "Ajiaco"), kept(2, "2", "Caldo")]);
    let freed = planned(&menu, "Nombre;Categoría;Código;Precio\nLulada;Sopas;2x;5000\nCaldo;Sopas;7;38000\n");
    assert_eq!(problems(&freed), []);
    let swap = "Nombre;Categoría;Código;Precio\nCaldo;Sopas;7;nada\nPapas;Sopas;7;5000\n";
    assert_eq!(problems(&planned(&menu, swap)).len(), 1, "the code of a row that is not taken is free");
}

#[test]
fn a_price_that_jumps_stands_out() {
    let menu = menu(vec![kept(1, "1", "A"), kept(2, "2", "B"), kept(3, "3", "C")]);
    let plan = planned(&menu, "Código;Precio\n1;57.000\n2;57.001\n3;18.999\n");
    let sharp: Vec<bool> = plan
        .rows
        .iter()
        .map(|row| match &row.outcome {
            Outcome::Changed { changes, .. } => changes[0].is_sharp(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(sharp, [false, true, true]);
}

#[test]
fn a_file_without_a_key_or_with_a_column_twice_is_none() {
    let menu = menu(Vec::new());
    let refused = |text| plan(&menu, &table(text)).unwrap_err();
    assert_eq!(refused("Precio;Categoría\n1;2\n"), FileProblem::NoKey);
    assert_eq!(refused("Nombre;Precio;Price\na;1;2\n"), FileProblem::Twice { header: "Price".into() });
    assert_eq!(refused("Nombre;Precio\n"), FileProblem::NoRows);
}

fn variant(product: usize, size: Option<SizeId>, color: Option<ColorId>) -> KeptVariant {
    KeptVariant {
        id: VariantId(id(500)),
        product,
        size,
        color,
        price: None,
        code: String::new(),
        active: true,
        barcodes: Vec::new(),
    }
}

/// Numbers that a spreadsheet holds as numbers.
#[test]
fn numbers_of_a_workbook_are_prices_codes_and_minutes() {
    let menu = menu(vec![kept(1, "307", "Ajiaco")]);
    let headers = ["Código", "Precio", "Minutos", "Activo"].map(str::to_owned).to_vec();
    let cells = vec![Cell::Number(307.0), Cell::Number(38_000.0), Cell::Number(15.0), Cell::Bool(true)];
    let plan = plan(&menu, &Table { headers, rows: vec![Row { number: 2, cells }] }).unwrap();
    assert_eq!(changes(&plan, 0), [(Column::Minutes, Some(Value::Minutes(12)), Value::Minutes(15))]);
}

fn nasty_name() -> impl Strategy<Value = String> {
    let signs = prop::sample::select(vec![
        "a", "Z", "ñ", "Ú", "\"", "'", ";", ",", "|", "\\", "=", "+", "-", "@", " ", "🌶️", "0", "9", ".",
        "%", "E+",
    ]);
    prop::collection::vec(signs, 1..20)
        .prop_map(|parts| parts.concat())
        .prop_filter_map("a name", |text| fastops_domain::menu::menu_name(&text))
}

fn nasty_code() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["", "", "007", "=1", "-5", "+A", "1E5", "ñ|", "7,7E+12", "'=x", "12", "\\"])
        .prop_map(str::to_owned)
}

prop_compose! {
    fn nasty_product()(
        n in any::<u128>(), name in nasty_name(), code in nasty_code(), category in 1..=2_u128,
        price in 0..200_000_000_000_i64, taxes in 0..4_usize, group in 0..4_u128, minutes in 0..1_440_u32,
        active: bool, station in 0..3_u128, barcodes in 0..3_usize,
    ) -> Kept {
        let tax = |n| TaxId(id(n));
        let taxes = [vec![], vec![tax(1)], vec![tax(2), tax(1)], vec![tax(2)]][taxes].clone();
        let some = |n: u128| (n > 0).then(|| id(n));
        let barcodes = (0..barcodes).map(|at| format!("{n}|{at}")).collect();
        Kept {
            id: ProductId(id(n)), category: CategoryId(id(category)), name, code, price: Money(price), taxes,
            groups: some(group).map(ModifierGroupId).into_iter().collect(), minutes, active,
            station: some(station).map(StationId), barcodes, position: 0, is_combo: false,
        }
    }
}

/// A size and a colour, of which one may be missing, with a code, a price and whether it is sold.
type Form = ((Option<u128>, Option<u128>), String, Option<i64>, bool);

fn nasty_form() -> impl Strategy<Value = Form> {
    let pairs = [(Some(1), None), (None, Some(2)), (Some(2), Some(2)), (Some(1), Some(1)), (Some(2), None)];
    (
        prop::sample::select(pairs.to_vec()),
        nasty_code(),
        prop::option::of(0..200_000_000_000_i64),
        any::<bool>(),
    )
}

/// The variants of the product at a place, each pair once.
fn dressed(product: usize, forms: &[Form]) -> Vec<KeptVariant> {
    let mut variants: Vec<KeptVariant> = Vec::new();
    for ((size, color), code, price, active) in forms {
        let (size, color) = (size.map(|size| SizeId(id(size))), color.map(|color| ColorId(id(color))));
        if variants.iter().all(|other| (other.size, other.color) != (size, color)) {
            variants.push(KeptVariant {
                id: VariantId(id(1_000 * (product as u128 + 1) + variants.len() as u128)),
                ..variant(product, size, color)
            });
            let last = variants.last_mut().unwrap();
            (last.code, last.price, last.active) = (code.clone(), price.map(Money), *active);
        }
    }
    variants
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// What is written and read back changes nothing, whatever names, codes and amounts are like.
    #[test]
    fn a_file_that_was_written_says_that_all_is_the_same(
        products in prop::collection::vec(nasty_product(), 1..12), names in prop::collection::vec(nasty_name(), 4),
        variants in prop::collection::hash_map(0..12_usize, prop::collection::vec(nasty_form(), 1..4), 0..4),
        english: bool,
    ) {
        let mut menu = menu(products);
        menu.taxes[1].1 = names[0].clone();
        menu.groups[0].1 = names[1].clone();
        menu.stations[1].1 = names[2].clone();
        menu.categories[1].1 = names[3].clone();
        menu.sizes[1].1 = format!("{} L", names[0]);
        menu.colors[1].1 = format!("{} y azul", names[1]);
        let count = menu.products.len();
        menu.variants = variants.into_iter().flat_map(|(at, forms)| dressed(at % count, &forms)).collect();
        let mut seen = std::collections::HashSet::new();
        menu.variants.retain(|one| seen.insert((one.product, one.size, one.color)));
        if english {
            menu.writing.language = Language::En;
        }
        for format in [Format::Csv, Format::Xlsx] {
            let bytes = sheet::write(format, &draft(&menu, 0)).unwrap();
            let plan = plan(&menu, &sheet::read(&bytes, is_header).unwrap()).unwrap();
            prop_assert_eq!(plan.rows.len(), menu.products.len() + menu.variants.len());
            for row in &plan.rows {
                prop_assert_eq!(&row.outcome, &Outcome::Same, "{:?} in {:?}", row, format);
            }
        }
    }
}
