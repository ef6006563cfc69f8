//! Why stations cannot be as somebody wants them.

use crate::feature::stations::StationProblem;

pub(super) fn spanish(problem: &StationProblem) -> String {
    match problem {
        StationProblem::NameTaken { name } => {
            format!("Ya hay una estación llamada {name}. Use otro nombre.")
        }
        StationProblem::PapersWait { station, count } => format!(
            "{station} no se puede cerrar: {} por imprimir. Espere a que salgan, o resuélvalas en la cola.",
            tickets_es(*count)
        ),
        StationProblem::TicketsShown { station, count } => format!(
            "{station} no se puede cerrar: {} en su pantalla de cocina. Márquelas listas y ciérrela después.",
            tickets_es(*count)
        ),
        StationProblem::NobodySucceeds { station } => format!(
            "{station} todavía prepara productos o pedidos abiertos. Elija la estación que los recibe; si no hay otra, agréguela primero."
        ),
    }
}

pub(super) fn english(problem: &StationProblem) -> String {
    match problem {
        StationProblem::NameTaken { name } => {
            format!("There is a station called {name} already. Use another name.")
        }
        StationProblem::PapersWait { station, count } => format!(
            "{station} cannot be closed: {} to be printed. Wait until they come out, or settle them in the queue.",
            tickets_en(*count)
        ),
        StationProblem::TicketsShown { station, count } => format!(
            "{station} cannot be closed: {} on its kitchen screen. Mark them done, and close it then.",
            tickets_en(*count)
        ),
        StationProblem::NobodySucceeds { station } => format!(
            "{station} still makes products or open orders. Choose the station that gets them; if there is no other, add one first."
        ),
    }
}

fn tickets_es(count: i64) -> String {
    if count == 1 { "queda 1 comanda".into() } else { format!("quedan {count} comandas") }
}

fn tickets_en(count: i64) -> String {
    if count == 1 { "1 ticket is left".into() } else { format!("{count} tickets are left") }
}
