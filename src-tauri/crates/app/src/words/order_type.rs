//! Why an open order is not served as something else.

use fastops_domain::order::OrderType;

pub(super) fn served_so_es(order: i64, order_type: OrderType) -> String {
    let so = match order_type {
        OrderType::DineIn => "de mesa",
        OrderType::TakeAway => "para llevar",
        OrderType::Delivery => "a domicilio",
        OrderType::Counter => "de mostrador",
    };
    format!("El pedido {order} ya es {so}: quizá otro equipo lo acaba de cambiar. Revíselo antes de seguir.")
}

pub(super) fn served_so_en(order: i64, order_type: OrderType) -> String {
    let so = match order_type {
        OrderType::DineIn => "for a table",
        OrderType::TakeAway => "to take away",
        OrderType::Delivery => "for delivery",
        OrderType::Counter => "for the counter",
    };
    format!(
        "Order {order} is {so} already: another terminal may just have changed it. Check it before you go on."
    )
}

pub(super) fn table_needed_es(order: i64) -> String {
    format!("Para servir el pedido {order} en una mesa falta decir en cuál. Toque una mesa libre del salón.")
}

pub(super) fn table_needed_en(order: i64) -> String {
    format!("To serve order {order} at a table, say at which one. Touch a free table on the floor.")
}

pub(super) fn table_taken_es(table: &str) -> String {
    format!("La mesa {table} ya tiene un pedido abierto. Elija una mesa libre, o una los dos pedidos.")
}

pub(super) fn table_taken_en(table: &str) -> String {
    format!("An order is open at table {table} already. Choose a free table, or join the two orders.")
}
