//! Why a price list cannot be as somebody wants it, and how lists are called that the program makes.

use crate::feature::price_lists::PriceProblem;
use fastops_domain::business_day::BusinessDay;
use fastops_domain::price_list::BadTerms;
use fastops_domain::user::Language;

pub(super) fn spanish(problem: &PriceProblem) -> String {
    match problem {
        PriceProblem::NameTaken { name } => {
            format!("Ya hay una lista de precios llamada {name}. Use otro nombre, o cambie aquella.")
        }
        PriceProblem::UnknownList => {
            "Esa lista de precios ya no existe o es de otra sede. Actualice las listas y elija otra.".into()
        }
        PriceProblem::BadPriority => "Esa prioridad no existe. Elija una de las que se ofrecen.".into(),
        PriceProblem::Twice => {
            "Un producto tiene dos precios en la misma lista. Deje uno solo y guarde de nuevo.".into()
        }
        PriceProblem::Terms(BadTerms::EndsBeforeItBegins) => {
            "La lista termina antes de empezar. Cambie la fecha en que termina, o déjela sin fin.".into()
        }
        PriceProblem::Terms(BadTerms::BadHours) => {
            "Hay horas que no existen, o que empiezan dos veces el mismo día a la misma hora. Corríjalas o quítelas."
                .into()
        }
    }
}

pub(super) fn english(problem: &PriceProblem) -> String {
    match problem {
        PriceProblem::NameTaken { name } => {
            format!("There is a price list called {name} already. Use another name, or change that one.")
        }
        PriceProblem::UnknownList => {
            "That price list is not there any more, or belongs to another branch. Refresh the lists and choose another."
                .into()
        }
        PriceProblem::BadPriority => "There is no such priority. Choose one of those on offer.".into(),
        PriceProblem::Twice => {
            "A product has two prices in the same list. Leave one of them and save again.".into()
        }
        PriceProblem::Terms(BadTerms::EndsBeforeItBegins) => {
            "The list ends before it begins. Change the date on which it ends, or leave it without an end.".into()
        }
        PriceProblem::Terms(BadTerms::BadHours) => {
            "Some hours do not exist, or begin twice on the same day at the same time. Correct them or take them out."
                .into()
        }
    }
}

/// The name of the list of what things ordinarily cost from a day on.
pub(crate) fn scheduled_list(day: BusinessDay, language: Language) -> String {
    match language {
        Language::Es => {
            let (year, month, date) = (day.ymd() / 10_000, day.ymd() / 100 % 100, day.ymd() % 100);
            format!("Precios desde el {date:02}/{month:02}/{year}")
        }
        Language::En => format!("Prices from {day}"),
    }
}
