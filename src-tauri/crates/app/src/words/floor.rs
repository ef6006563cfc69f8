//! Why the floor cannot be as somebody wants it.

use fastops_domain::floor::FloorProblem;

pub(super) fn spanish(problem: &FloorProblem) -> String {
    match problem {
        FloorProblem::UnknownRoom => "Ese salón ya no existe. Actualice el plano y elija otro.".into(),
        FloorProblem::UnknownTable => {
            "Una de las mesas ya no está en ese salón. Actualice el plano y elíjala de nuevo.".into()
        }
        FloorProblem::RoomNameTaken { name } => {
            format!("Ya hay un salón llamado {name}. Use otro nombre, o vuelva a poner aquel en el plano.")
        }
        FloorProblem::TableNameTaken { name, room } => {
            format!("Ya hay una mesa {name} en {room}. Use otro nombre o número.")
        }
        FloorProblem::OffTableHasName { name, room } => format!(
            "La mesa {name} de {room} está fuera del plano. Vuelva a ponerla desde la lista de mesas fuera del plano, o use otro número."
        ),
        FloorProblem::LastRoom { room } => {
            format!("{room} es el único salón. Ponga antes otro en el plano.")
        }
        FloorProblem::TableBusy { table, number } => format!(
            "La mesa {table} tiene abierto el pedido {number}. Ciérrelo, o llévelo a otra mesa, y vuelva a intentarlo."
        ),
        FloorProblem::RoomBusy { room, table, number } => format!(
            "En {room} está abierto el pedido {number}, en la mesa {table}. Ciérrelo, o llévelo a otro salón, y vuelva a intentarlo."
        ),
        FloorProblem::OffGrid { table } => {
            format!(
                "La mesa {table} no cabe ahí. Póngala dentro del plano, o hágala más pequeña o más grande."
            )
        }
        FloorProblem::Overlap { table, other } => {
            format!("La mesa {table} quedaría encima de la {other}. Póngala donde haya espacio.")
        }
        FloorProblem::Twice => {
            "Una mesa está dos veces en la lista. Actualice el plano e intente de nuevo.".into()
        }
    }
}

pub(super) fn english(problem: &FloorProblem) -> String {
    match problem {
        FloorProblem::UnknownRoom => {
            "That room is not there any more. Refresh the floor plan and choose another.".into()
        }
        FloorProblem::UnknownTable => {
            "One of the tables is not in that room any more. Refresh the floor plan and choose it again."
                .into()
        }
        FloorProblem::RoomNameTaken { name } => {
            format!(
                "There is a room called {name} already. Use another name, or put that one back on the floor."
            )
        }
        FloorProblem::TableNameTaken { name, room } => {
            format!("There is a table {name} in {room} already. Use another name or number.")
        }
        FloorProblem::OffTableHasName { name, room } => format!(
            "Table {name} of {room} is off the floor. Put it back from the list of tables off the floor, or use another number."
        ),
        FloorProblem::LastRoom { room } => {
            format!("{room} is the only room. Put another on the floor first.")
        }
        FloorProblem::TableBusy { table, number } => format!(
            "Order {number} is open at table {table}. Close it, or take it to another table, and try again."
        ),
        FloorProblem::RoomBusy { room, table, number } => format!(
            "Order {number} is open in {room}, at table {table}. Close it, or take it to another room, and try again."
        ),
        FloorProblem::OffGrid { table } => {
            format!("Table {table} does not fit there. Put it inside the plan, or make it smaller or larger.")
        }
        FloorProblem::Overlap { table, other } => {
            format!("Table {table} would lie over table {other}. Put it where there is room.")
        }
        FloorProblem::Twice => "A table is in the list twice. Refresh the floor plan and try again.".into(),
    }
}
