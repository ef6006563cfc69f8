//! Why a bill is not divided so, or a part of it not printed.

pub(super) fn for_nobody_es(product: &str) -> String {
    format!("Nadie pagaría {product}. Dele al menos una parte y guarde de nuevo.")
}

pub(super) fn for_nobody_en(product: &str) -> String {
    format!("Nobody would pay for {product}. Give it to one part at least and save again.")
}

pub(super) fn no_such_part_es(order: i64) -> String {
    format!(
        "La cuenta del pedido {order} ya no tiene esa parte: se dividió de otro modo o se unió. Mire el pedido de nuevo."
    )
}

pub(super) fn no_such_part_en(order: i64) -> String {
    format!(
        "The bill of order {order} no longer has that part: it was divided otherwise or joined. Look at the order again."
    )
}

pub(super) fn empty_part_es(part: u8) -> String {
    format!("La parte {part} no tiene nada que cobrar. Imprima otra parte, o divida la cuenta de otro modo.")
}

pub(super) fn empty_part_en(part: u8) -> String {
    format!("Part {part} comes to nothing. Print another part, or divide the bill otherwise.")
}
