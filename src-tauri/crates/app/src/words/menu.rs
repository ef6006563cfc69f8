//! Why the menu, or a person who works here, cannot be as somebody wants them.

use super::{picture, price, product_file};
use crate::feature::menu_setup::{ComboProblem, MenuProblem};
use fastops_domain::user::BadPerson;

pub(super) fn spanish(problem: &MenuProblem) -> String {
    match problem {
        MenuProblem::NameTaken { name } => {
            format!(
                "Ya hay una categoría llamada {name}. Use otro nombre, o vuelva a poner aquella en la carta."
            )
        }
        MenuProblem::CodeTaken { code, product } => {
            format!("El código {code} es el de {product}. Escriba otro, o deje a {product} sin él.")
        }
        MenuProblem::UnknownProduct => "Ese producto ya no existe. Actualice la carta.".into(),
        MenuProblem::UnknownVariant => {
            "Una de las variantes no tiene tamaño ni color que exista, o está dos veces. Actualice la carta y elíjalas de nuevo.".into()
        }
        MenuProblem::WordTaken { name } => {
            format!("Ya hay un tamaño o un color llamado {name}. Elíjalo de la lista, o use otro nombre.")
        }
        MenuProblem::CodeTwice { code } => {
            format!("El código {code} está dos veces. Deje a cada variante el suyo.")
        }
        MenuProblem::UnknownCategory => "Esa categoría ya no existe. Actualice la carta y elija otra.".into(),
        MenuProblem::UnknownTax => {
            "Uno de los impuestos no existe o está dos veces. Actualice la carta y elíjalos de nuevo.".into()
        }
        MenuProblem::TaxNameTaken { name } => {
            format!("Ya hay un impuesto llamado {name}. Use otro nombre, o cambie aquel.")
        }
        MenuProblem::TaxBorne { name, products: 1 } => {
            format!("{name} no se puede quitar: lo lleva un producto. Quíteselo primero.")
        }
        MenuProblem::TaxBorne { name, products } => {
            format!("{name} no se puede quitar: lo llevan {products} productos. Quíteselo primero, o cámbiele el valor.")
        }
        MenuProblem::UnknownGroup => {
            "Una de las preguntas no existe o está dos veces. Actualice la carta y elíjalas de nuevo.".into()
        }
        MenuProblem::Prices(problem) => price::spanish(problem),
        MenuProblem::File(problem) => product_file::spanish(problem),
        MenuProblem::Photo(why) => picture::photo_es(*why),
        MenuProblem::UnknownColor => "Ese color no existe. Elija uno de la lista.".into(),
        MenuProblem::BadQuestion { min, max, answers } => format!(
            "Con {answers} respuestas no se puede pedir de {min} a {max}. Agregue respuestas, o cambie cuántas se eligen."
        ),
        MenuProblem::OtherKind { product } => format!(
            "{product} no puede pasar de producto a combo ni al revés. Agregue otro y saque este de la carta."
        ),
        MenuProblem::Combo(problem) => combo_es(problem),
    }
}

fn combo_es(problem: &ComboProblem) -> String {
    match problem {
        ComboProblem::SlotCount { most } => {
            format!("Un combo tiene de 1 a {most} grupos. Agregue uno o quite los que sobran.")
        }
        ComboProblem::SlotEmpty { slot } => {
            format!("El grupo «{slot}» está vacío. Agregue al menos un producto, o quite el grupo.")
        }
        ComboProblem::SlotTwice { slot } => {
            format!("Hay dos grupos llamados «{slot}». Cambie el nombre de uno.")
        }
        ComboProblem::SlotBounds { slot, min, max, choices } => format!(
            "En «{slot}» no se puede pedir de {min} a {max} con {choices} productos. Agregue productos, o cambie cuántos se eligen."
        ),
        ComboProblem::ChoiceTwice { slot, product } => {
            format!("{product} está dos veces en «{slot}». Quite una.")
        }
        ComboProblem::NotAChoice { slot, product } => format!(
            "{product} no se vende solo y no puede estar en «{slot}»: es un combo o un ingrediente. Quítelo y elija un producto."
        ),
        ComboProblem::OffMenu { slot, product } => format!(
            "{product} no está en la carta y no puede estar en «{slot}». Quítelo, o vuelva a ponerlo en la carta."
        ),
    }
}

pub(super) fn english(problem: &MenuProblem) -> String {
    match problem {
        MenuProblem::NameTaken { name } => {
            format!(
                "There is a category called {name} already. Use another name, or put that one back on the menu."
            )
        }
        MenuProblem::CodeTaken { code, product } => {
            format!("The code {code} is the one of {product}. Type another, or leave {product} without it.")
        }
        MenuProblem::UnknownProduct => "That product is not there any more. Refresh the menu.".into(),
        MenuProblem::UnknownVariant => {
            "One of the variants has no size or colour that is there, or stands twice. Refresh the menu and choose them again.".into()
        }
        MenuProblem::WordTaken { name } => {
            format!("There is a size or a colour called {name} already. Choose it of the list, or use another name.")
        }
        MenuProblem::CodeTwice { code } => {
            format!("The code {code} stands twice. Leave each variant its own.")
        }
        MenuProblem::UnknownCategory => {
            "That category is not there any more. Refresh the menu and choose another.".into()
        }
        MenuProblem::UnknownTax => {
            "One of the taxes is not there, or there twice. Refresh the menu and choose them again.".into()
        }
        MenuProblem::TaxNameTaken { name } => {
            format!("There is a tax called {name} already. Use another name, or change that one.")
        }
        MenuProblem::TaxBorne { name, products: 1 } => {
            format!("{name} cannot be taken away: one product bears it. Take it off that product first.")
        }
        MenuProblem::TaxBorne { name, products } => {
            format!("{name} cannot be taken away: {products} products bear it. Take it off them first, or change its rate.")
        }
        MenuProblem::UnknownGroup => {
            "One of the questions is not there, or there twice. Refresh the menu and choose them again."
                .into()
        }
        MenuProblem::Prices(problem) => price::english(problem),
        MenuProblem::File(problem) => product_file::english(problem),
        MenuProblem::Photo(why) => picture::photo_en(*why),
        MenuProblem::UnknownColor => "There is no such colour. Choose one of the list.".into(),
        MenuProblem::BadQuestion { min, max, answers } => format!(
            "With {answers} answers nobody can choose from {min} to {max}. Add answers, or change how many are chosen."
        ),
        MenuProblem::OtherKind { product } => format!(
            "{product} cannot turn from a product into a combo, or back. Add another and take this one off the menu."
        ),
        MenuProblem::Combo(problem) => combo_en(problem),
    }
}

fn combo_en(problem: &ComboProblem) -> String {
    match problem {
        ComboProblem::SlotCount { most } => {
            format!("A combo has 1 to {most} groups. Add one, or take off those that are too many.")
        }
        ComboProblem::SlotEmpty { slot } => {
            format!("The group “{slot}” is empty. Add at least one product, or take the group off.")
        }
        ComboProblem::SlotTwice { slot } => {
            format!("Two groups are called “{slot}”. Give one of them another name.")
        }
        ComboProblem::SlotBounds { slot, min, max, choices } => format!(
            "With {choices} products nobody can choose from {min} to {max} in “{slot}”. Add products, or change how many are chosen."
        ),
        ComboProblem::ChoiceTwice { slot, product } => {
            format!("{product} is in “{slot}” twice. Take one of them off.")
        }
        ComboProblem::NotAChoice { slot, product } => format!(
            "{product} is not sold by itself and cannot be in “{slot}”: it is a combo or an ingredient. Take it off and choose a product."
        ),
        ComboProblem::OffMenu { slot, product } => format!(
            "{product} is not on the menu and cannot be in “{slot}”. Take it off, or put it back on the menu."
        ),
    }
}

pub(super) fn person_es(name: &str, why: BadPerson) -> String {
    match why {
        BadPerson::NoPin => format!("{name} todavía no tiene PIN. Escriba cuatro números."),
        BadPerson::Yourself => {
            "Nadie se retira ni se cambia el cargo a sí mismo. Pídaselo a otra persona que administre.".into()
        }
        BadPerson::LastAdmin => {
            format!("{name} es la única persona que administra. Dele antes ese cargo a alguien más.")
        }
    }
}

pub(super) fn person_en(name: &str, why: BadPerson) -> String {
    match why {
        BadPerson::NoPin => format!("{name} has no PIN yet. Type four digits."),
        BadPerson::Yourself => {
            "Nobody takes themselves off, or changes their own role. Ask another administrator.".into()
        }
        BadPerson::LastAdmin => {
            format!("{name} is the only administrator. Give somebody else that role first.")
        }
    }
}
