//! Rows about variants, compared with a menu.

use super::*;
use fastops_domain::menu::MAX_VARIANTS;

/// A shirt in red S, with a code, a barcode and a price, and in blue; and a soup.
fn dressed_menu() -> Menu {
    let (small, red, blue) = (Some(SizeId(id(1))), Some(ColorId(id(1))), Some(ColorId(id(2))));
    let own = variant(0, small, red);
    let own = KeptVariant { code: "9R".into(), barcodes: vec!["770".into()], price: Some(Money(100)), ..own };
    let other = KeptVariant { id: VariantId(id(501)), ..variant(0, None, blue) };
    let products = vec![kept(1, "9", "Camiseta"), kept(2, "307", "Ajiaco")];
    Menu { variants: vec![own, other], ..menu(products) }
}

#[test]
fn a_row_with_a_size_or_a_colour_is_about_that_variant_and_no_other() {
    let menu = dressed_menu();
    let file = "Código;Nombre;Categoría;Precio;Talla;Color;Códigos de barras;En la carta\n\
                9R;camiseta;SOPAS;2;s;ROJO;;\n\
                ;Camiseta;;-;;Azul;;no\n\
                9X;Camiseta;Sopas;;XL;azul;771;\n\
                ;Camiseta;Sopas;5;xl;Verde;;\n\
                9R;;;;S;Rojo;;\n";
    let plan = planned(&menu, file);
    let amount = Value::Amount;
    let Outcome::ChangedVariant { variant: 0, changes, .. } = &plan.rows[0].outcome else {
        panic!("{:?}", plan.rows[0]);
    };
    let change = |at: usize| (&changes[at].before, &changes[at].after);
    assert_eq!((changes.len(), change(0)), (1, (&Some(amount(Money(100))), &amount(Money(200)))));
    assert_eq!(plan.rows[0].name, "Camiseta · Rojo S");
    let Outcome::ChangedVariant { variant: 1, wish, .. } = &plan.rows[1].outcome else {
        panic!("{:?}", plan.rows[1]);
    };
    assert_eq!((wish.price, wish.active), (None, false));
    let wishes: Vec<&VariantWish> = plan.rows[2..4]
        .iter()
        .map(|row| match &row.outcome {
            Outcome::NewVariant { wish, .. } => wish,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(wishes[0].owner, Owner::Kept(0));
    assert_eq!((wishes[0].code.as_str(), &wishes[0].barcodes[..]), ("9X", &["771".to_owned()][..]));
    assert_eq!(wishes[1].size, Some(Named::New("XL".into())), "one size, however it is written");
    assert_eq!((&plan.new_sizes[..], &plan.new_colors[..]), (&["XL".into()][..], &["Verde".into()][..]));
    assert_eq!(problems(&plan), [(6, Column::Size, CellProblem::Repeats { row: 2 })], "found by its code");
}

#[test]
fn a_variant_without_a_price_costs_what_its_product_costs_and_a_jump_from_that_stands_out() {
    let menu = dressed_menu();
    let plan = planned(&menu, "Nombre;Color;Precio\nCamiseta;Azul;99.000\n");
    let Outcome::ChangedVariant { changes, .. } = &plan.rows[0].outcome else { panic!("{:?}", plan.rows) };
    assert_eq!(changes[0].before, Some(Value::OfTheProduct(Money(3_800_000))));
    assert!(changes[0].is_sharp());
    let said = changes[0].before.as_ref().unwrap().shown(&menu.writing.currency, Language::En);
    assert_eq!(said, "38.000 (the product's)".replace('.', ","));
}

#[test]
fn a_new_product_comes_with_its_variants_wherever_its_row_stands() {
    let menu = dressed_menu();
    let file = "Nombre;Categoría;Precio;Talla;Impuestos\n\
                Gorra;Sopas;;S;INC 8 %\n\
                Gorra;Sopas;40000;;INC 8 %\n\
                Gorra;Sopas;45000;M;\n\
                Bufanda;Sopas;poco;;\n\
                Bufanda;Sopas;;S;\n\
                Bufanda;Bebidas frías;;S;\n";
    let plan = planned(&menu, file);
    for at in [0, 2] {
        let Outcome::NewVariant { wish, .. } = &plan.rows[at].outcome else { panic!("{:?}", plan.rows[at]) };
        assert_eq!(wish.owner, Owner::Row(1));
    }
    // What another row takes from a product's row is taken from its variants too.
    let twins =
        "Código;Nombre;Categoría;Precio;Talla\n9X;Gorra;Sopas;1;\n9X;Bolso;Sopas;1;\n;Bolso;Sopas;;S\n";
    assert_eq!(
        problems(&planned(&menu, twins)),
        [
            (3, Column::Code, CellProblem::CodeTaken { product: "Gorra".into() }),
            (4, Column::Name, CellProblem::ProductFails { row: 3 }),
        ]
    );
    let price = CellProblem::Price(BadWriting::NotANumber);
    assert_eq!(
        problems(&plan),
        [
            (5, Column::Price, price),
            (6, Column::Name, CellProblem::ProductFails { row: 5 }),
            (7, Column::Name, CellProblem::NoProduct { name: "Bufanda".into() }),
        ]
    );
}

#[test]
fn of_two_products_of_one_name_a_variant_is_of_the_one_above_it() {
    let mut menu = dressed_menu();
    menu.products = vec![kept(1, "9", "Camiseta"), kept(2, "10", "Camiseta")];
    let plan = planned(
        &menu,
        "Código;Nombre;Color\n;Camiseta;Rojo\n10;Camiseta;\n;Camiseta;Azul\n9;Camiseta;\n;Camiseta;Rojo\n",
    );
    assert_eq!(problems(&plan), [(2, Column::Name, CellProblem::SeveralProducts { count: 2 })]);
    let owners = plan.rows.iter().filter_map(|row| match &row.outcome {
        Outcome::NewVariant { wish, .. } => Some(wish.owner),
        _ => None,
    });
    assert_eq!(owners.collect::<Vec<_>>(), [Owner::Kept(1), Owner::Kept(0)]);
}

#[test]
fn a_bad_row_of_a_variant_says_which_cell_and_why() {
    let mut menu = dressed_menu();
    menu.products.push(Kept { is_combo: true, ..kept(3, "310", "Combo") });
    let file = "Código;Nombre;Precio;Tamaño;Color;Impuestos;EAN
;Camisa;1;S;;;
;Camiseta;12,500;S;;;
;Camiseta;;Azul;;;
;Camiseta;;;S;;
;Camiseta;;S;Azul;IVA \\| 19, y más;
;Combo;;S;;;
9;Camiseta;;M;;;
307;Camiseta;;L;;;
;Camiseta;;XL;;;770
9R;Ajiaco;;;;;
;;;S;;;
";
    let plan = planned(&menu, file);
    let ambiguous = BadWriting::Ambiguous { thousands: "12500".into(), decimals: "12,5".into() };
    let other = |name: &str, column| CellProblem::OfTheOther { name: name.into(), column };
    let code = |product: &str| CellProblem::CodeTaken { product: product.into() };
    assert_eq!(
        problems(&plan),
        [
            (2, Column::Name, CellProblem::NoProduct { name: "Camisa".into() }),
            (3, Column::Price, CellProblem::Price(ambiguous)),
            (4, Column::Size, other("Azul", Column::Color)),
            (5, Column::Color, other("S", Column::Size)),
            (6, Column::Taxes, CellProblem::OfTheProduct),
            (7, Column::Size, CellProblem::OfACombo),
            (8, Column::Code, code("Camiseta")),
            (9, Column::Code, code("Ajiaco")),
            (10, Column::Barcodes, CellProblem::BarcodeTaken { product: "Camiseta · Rojo S".into() }),
            (11, Column::Code, code("Camiseta · Rojo S")),
            (12, Column::Name, CellProblem::Missing),
        ]
    );
    let crowd = (0..MAX_VARIANTS - 1).map(|n| format!(";Camiseta;T{n}\n")).collect::<Vec<_>>().concat();
    let crowded = planned(&menu, &format!("Código;Nombre;Talla\n{crowd}"));
    let many = CellProblem::TooManyVariants { most: MAX_VARIANTS };
    assert_eq!(problems(&crowded), [(200, Column::Size, many)], "two are there already");
}

/// What a variant gives up another may have; what comes back onto the menu must find its codes free.
#[test]
fn codes_of_variants_pass_from_one_to_another_and_come_back_with_their_product() {
    let mut menu = dressed_menu();
    let given = "Código;Nombre;Talla;Color;EAN\n-;Camiseta;S;Rojo;-\n9R;Camiseta;;Azul;770\n";
    assert_eq!(problems(&planned(&menu, given)), []);
    menu.products[0].active = false;
    let free = planned(&menu, "Código;Nombre\n9R;Ajiaco\n");
    assert_eq!(problems(&free), [], "what is off the menu keeps no code");
    menu.products[1].code = "9R".into();
    let back = planned(&menu, "Código;Nombre;En la carta\n9;Camiseta;sí\n");
    assert_eq!(problems(&back), [(2, Column::Code, CellProblem::CodeTaken { product: "Ajiaco".into() })]);
}
