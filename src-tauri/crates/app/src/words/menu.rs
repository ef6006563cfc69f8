//! Why the menu, or a person who works here, cannot be as somebody wants them.

use crate::feature::menu_setup::MenuProblem;
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
        MenuProblem::UnknownCategory => "Esa categoría ya no existe. Actualice la carta y elija otra.".into(),
        MenuProblem::UnknownTax => {
            "Uno de los impuestos no existe o está dos veces. Actualice la carta y elíjalos de nuevo.".into()
        }
        MenuProblem::UnknownGroup => {
            "Una de las preguntas no existe o está dos veces. Actualice la carta y elíjalas de nuevo.".into()
        }
        MenuProblem::UnknownColor => "Ese color no existe. Elija uno de la lista.".into(),
        MenuProblem::BadQuestion { min, max, answers } => format!(
            "Con {answers} respuestas no se puede pedir de {min} a {max}. Agregue respuestas, o cambie cuántas se eligen."
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
        MenuProblem::UnknownCategory => {
            "That category is not there any more. Refresh the menu and choose another.".into()
        }
        MenuProblem::UnknownTax => {
            "One of the taxes is not there, or there twice. Refresh the menu and choose them again.".into()
        }
        MenuProblem::UnknownGroup => {
            "One of the questions is not there, or there twice. Refresh the menu and choose them again."
                .into()
        }
        MenuProblem::UnknownColor => "There is no such colour. Choose one of the list.".into(),
        MenuProblem::BadQuestion { min, max, answers } => format!(
            "With {answers} answers nobody can choose from {min} to {max}. Add answers, or change how many are chosen."
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
