//! The sentences of refusals, in every language: what, why, and what to do.

mod alert;
mod backup;
mod customer;
mod device;
mod division;
mod finder;
mod floor;
mod menu;
mod names;
mod order_type;
mod picture;
mod pin;
mod price;
mod product_file;
mod service;
mod setting;
mod station;
pub(crate) mod wiring;

use crate::refusal::Refusal;
pub(crate) use alert::{
    database_was_away, disk_low, failed_without_cause, paper_uncertain, ticket_late, tickets_elsewhere,
};
pub(crate) use backup::{backup_trouble, damage_in_service};
pub(crate) use device::{check_summary, code_pages, device_kind, moved, stand_in, went_to};
use fastops_domain::user::Language;
use fastops_store::floor::edit::TABLE_RULE;
use fastops_store::order::fire::CLOSE_RULE;
use fastops_store::{EngineError, OpenError, StoreError};
pub(crate) use finder::{models_problem, no_network, no_queues, no_serial, no_usb};
use names::{field_en, field_es, permission_en, permission_es, role_en, role_es};
pub(crate) use price::scheduled_list;
pub(crate) use product_file::cell_problem;
pub(crate) use service::service_broke;
pub(crate) use setting::setting_name;

/// The sentence for a person.
pub(crate) fn sentence(refusal: &Refusal, language: Language) -> String {
    match language {
        Language::Es => spanish(refusal),
        Language::En => english(refusal),
    }
}

#[expect(clippy::too_many_lines, reason = "one table: a row for each refusal")]
fn spanish(refusal: &Refusal) -> String {
    match refusal {
        Refusal::BadRequest { detail } => {
            format!("El programa no entendió la solicitud ({detail}). Actualice la pantalla e intente de nuevo.")
        }
        Refusal::NotSignedIn => "Su sesión terminó. Ingrese de nuevo con su PIN; su pedido sigue aquí.".into(),
        Refusal::UnknownTerminal => {
            "Este equipo no está registrado en la sucursal. Actualice la pantalla y elija el equipo.".into()
        }
        Refusal::WrongPin { left } => pin::wrong_es(*left),
        Refusal::LockedOut { seconds } => pin::locked_es(*seconds),
        Refusal::NotAllowed { permission, role } => pin::not_allowed_es(*role, *permission),
        Refusal::ApproverNotAllowed { name, permission } => pin::not_either_es(name, *permission),
        Refusal::EmptyOrder => {
            "El pedido está vacío. Agregue al menos un producto antes de enviarlo.".into()
        }
        Refusal::BadQuantity { product, quantity, most } => {
            format!("La cantidad {quantity} de {product} no es válida. Use un número entre 1 y {most}.")
        }
        Refusal::OutOfBounds { field, least, most } => {
            format!("{} debe estar entre {least} y {most}. Corrija y envíe de nuevo.", field_es(*field))
        }
        Refusal::UnknownProduct => {
            "Un producto ya no está en la carta. Actualice la carta y quítelo del pedido.".into()
        }
        Refusal::UnknownVariant { product } => {
            format!("Esa variante de {product} ya no está en la carta. Quítela del pedido y elija otra.")
        }
        Refusal::VariantMissing { product } => {
            format!("Falta elegir la variante de {product}. Tóquelo y elija una.")
        }
        Refusal::SoldOut { product } => {
            format!("{product} está agotado. Quítelo del pedido u ofrezca otra cosa.")
        }
        Refusal::NotEnough { product, wanted, left: 1 } => format!(
            "De {product} queda 1 y se piden {wanted}. No se envió nada: baje la cantidad u ofrezca otra cosa."
        ),
        Refusal::NotEnough { product, wanted, left } => format!(
            "De {product} quedan {left} y se piden {wanted}. No se envió nada: baje la cantidad u ofrezca otra cosa."
        ),
        Refusal::StockMoved => {
            "Las existencias cambiaron justo ahora y no se envió nada. Envíe de nuevo.".into()
        }
        Refusal::ModifierMissing { product, group, min: 1 } => {
            format!("Falta elegir «{group}» para {product}. Tóquelo y elija una opción.")
        }
        Refusal::ModifierMissing { product, group, min } => {
            format!("Falta elegir «{group}» para {product}. Tóquelo y elija al menos {min} opciones.")
        }
        Refusal::TooManyModifiers { product, group, max } => {
            format!("{product} admite como máximo {max} de «{group}». Quite las que sobran.")
        }
        Refusal::BadModifier { product } => {
            format!("Una opción de {product} ya no existe o está repetida. Vuelva a elegir sus opciones.")
        }
        Refusal::AmountTooLarge(_) => {
            "El total es demasiado grande. Revise las cantidades del pedido.".into()
        }
        Refusal::UnknownTable => "Esa mesa no existe en esta sucursal. Vuelva al salón y elíjala de nuevo.".into(),
        Refusal::UnknownOrder => "Ese pedido no existe en esta sucursal. Vuelva al salón y ábralo de nuevo.".into(),
        Refusal::OrderClosed { number } => {
            format!("El pedido {number} ya está cerrado. Abra uno nuevo para agregar productos.")
        }
        Refusal::NothingToHandOver { number } => format!(
            "Del pedido {number} no hay nada por entregar: es de una mesa o quedó anulado. Revíselo en la lista."
        ),
        Refusal::ServedSo { number, order_type } => order_type::served_so_es(*number, *order_type),
        Refusal::TableNeeded { number } => order_type::table_needed_es(*number),
        Refusal::TableTaken { table } => order_type::table_taken_es(table),
        Refusal::SameOrder => "Un pedido no se puede pasar a sí mismo. Elija otro pedido u otra mesa.".into(),
        Refusal::NothingStays { number } => format!(
            "El pedido {number} quedaría vacío. Deje al menos una línea, o pase el pedido entero a otra mesa."
        ),
        Refusal::ForNobody { product } => division::for_nobody_es(product),
        Refusal::NoSuchPart { number } => division::no_such_part_es(*number),
        Refusal::EmptyPart { part } => division::empty_part_es(*part),
        Refusal::UnknownUser => "Esa persona no trabaja aquí. Actualice la lista y elija otra.".into(),
        Refusal::UnknownLine => "Esa línea no es de este pedido. Actualice el pedido e intente de nuevo.".into(),
        Refusal::LineAlreadyVoided { product } => {
            format!("{product} ya estaba anulado. No hay que hacer nada más.")
        }
        Refusal::PartOfCombo { product, combo } => format!(
            "{product} es parte de {combo} y no se puede separar. Anule o mueva {combo} completo."
        ),
        Refusal::NothingHeld { course } => format!(
            "Del tiempo {course} no queda nada retenido: ya se marchó o se anuló. Mire el pedido de nuevo."
        ),
        Refusal::Store(StoreError::RuleBroken { rule }) if rule == TABLE_RULE => {
            "Esa mesa acaba de salir del plano. Vuelva al salón y elija otra.".into()
        }
        Refusal::Store(StoreError::RuleBroken { rule }) if rule == CLOSE_RULE => {
            "El pedido todavía tiene platos retenidos que nadie ha preparado. Márchelos o anúlelos antes de cerrarlo.".into()
        }
        Refusal::MustKeep { role, permission } => format!(
            "El rol ({}) no puede quedarse sin {}: nadie podría devolverlo. Los demás permisos sí se pueden quitar.",
            role_es(*role),
            permission_es(*permission)
        ),
        Refusal::UnknownCustomer => "Ese cliente no existe en esta empresa. Búsquelo de nuevo.".into(),
        Refusal::BadCustomer { why } => customer::spanish(*why).into(),
        Refusal::UnknownSetting => "Ese ajuste no existe en esta versión. Actualice la pantalla.".into(),
        Refusal::BadSetting { key, why } => setting::spanish(*key, *why),
        Refusal::BadPicture(why) => picture::spanish(*why),
        Refusal::UnknownTicket => "Esa comanda no existe. Actualice la pantalla.".into(),
        Refusal::UnknownStation => "Esa estación no existe en esta sucursal. Elija otra.".into(),
        Refusal::UnknownPaper => "Ese papel ya no está en la fila. Actualice la pantalla.".into(),
        Refusal::NoPreview => {
            "Este papel no se puede mostrar como saldría en su impresora. Revise las columnas en los ajustes de la impresora.".into()
        }
        Refusal::PaperNotUncertain => {
            "De ese papel ya se sabe si salió. Actualice la pantalla y mire su estado.".into()
        }
        Refusal::UnknownCashSession => "Esa caja no existe en esta sucursal. Actualice la pantalla.".into(),
        Refusal::TillOpen { number } => {
            format!("La caja de este equipo ya está abierta (turno {number}). Ciérrela antes de abrir otra.")
        }
        Refusal::CashSessionClosed { number } => {
            format!("El turno {number} ya se contó y cerró. Imprima su Z, o abra la caja de nuevo.")
        }
        Refusal::BadAmount => "Ese monto no puede ser. Escriba un número de cero en adelante.".into(),
        Refusal::NoTillPrinter => {
            "Este equipo no tiene una impresora al lado. Elija una, o asígnela en los ajustes.".into()
        }
        Refusal::UnknownPrinter => "Esa impresora no existe en esta sucursal. Elija otra.".into(),
        Refusal::UnknownComputer => {
            "Ese computador no es de esta sucursal. Abra FastOps en él una vez y elíjalo de la lista.".into()
        }
        Refusal::OwnersTwice { printer } => {
            format!("Elija para {printer} cada computador una sola vez, y no más de veinte.")
        }
        Refusal::LocalPrinter { printer } => {
            format!("{printer} está conectada a un solo computador. Elija solamente ese.")
        }
        Refusal::NoSuchStation { code } => {
            format!("No hay una estación «{code}». Use cocina, bar o postres.")
        }
        Refusal::TicketMoved { number } => {
            format!("La comanda {number} cambió mientras tanto. Mírela de nuevo antes de seguir.")
        }
        Refusal::TicketStillWaiting { number } => {
            format!("La comanda {number} todavía no se ha impreso. Márquela urgente en vez de reimprimirla.")
        }
        Refusal::NothingStuck => {
            "Esa comanda ya no espera una decisión: otra persona se encargó o ya se imprime. Mire la lista de nuevo.".into()
        }
        Refusal::NoRoute { station } => {
            format!("{station} no tiene impresora. Asigne una en los ajustes; el pedido no se envió.")
        }
        Refusal::IdTaken | Refusal::Store(StoreError::Conflict { .. }) => {
            "Esta operación ya se usó para otra cosa. Actualice la pantalla e intente de nuevo.".into()
        }
        Refusal::FolderUnwritable { folder, source } => format!(
            "No se puede escribir en la carpeta {folder} ({source}). Dé permiso de escritura o elija otra carpeta."
        ),
        Refusal::Open(OpenError::Unwritable { path, source }) => format!(
            "No se puede escribir en {} ({source}). Dé permiso de escritura o elija otra carpeta.",
            path.display()
        ),
        Refusal::AlreadyRunning { folder } => format!(
            "FastOps ya está abierto con los datos de {folder}. Use la ventana que está abierta, o ciérrela primero."
        ),
        Refusal::NoHistory(why) => why.spanish(),
        Refusal::Archive(error) => crate::retention::spanish(error),
        Refusal::NoRetention => {
            "Nadie ha dicho después de cuántos días se archivan los pedidos. Dígalo con --older-than o en los ajustes.".into()
        }
        Refusal::NotSetUp => {
            "Todavía no hay un negocio en estos datos. Abra FastOps en este equipo y responda tres preguntas, o cree el de demostración con «fastops-cli demo».".into()
        }
        Refusal::SetUpAlready => {
            "Estos datos ya tienen una empresa y no se tocaron. Elija otra carpeta para la demostración.".into()
        }
        Refusal::BadPrinterAddress { address, source } => device::bad_address_es(address, source),
        Refusal::Device(problem) => device::spanish(problem),
        Refusal::Station(problem) => station::spanish(problem),
        Refusal::Menu(problem) => menu::spanish(problem),
        Refusal::Floor(problem) => floor::spanish(problem),
        Refusal::BadPerson { name, why } => menu::person_es(name, *why),
        Refusal::PersonNameTaken { name } => {
            format!("Ya hay alguien llamado {name}. Agregue el apellido o una inicial.")
        }
        Refusal::BadPin => "El PIN son cuatro números. Escríbalo de nuevo.".into(),
        Refusal::UnknownPrinterHost { host, .. } => format!(
            "La red no conoce la impresora «{host}». Revise el nombre, o use su dirección IP."
        ),
        Refusal::Open(OpenError::Full { .. }) | Refusal::Store(StoreError::Full(_)) => {
            "El disco está lleno: no se guardó nada. Libere espacio e intente de nuevo.".into()
        }
        Refusal::Open(OpenError::TooNew { found, known }) => format!(
            "Estos datos son de una versión más nueva de FastOps (datos {found}, programa {known}). Instale la versión nueva; los datos no se tocaron."
        ),
        Refusal::Open(OpenError::Damaged { path, .. }) => format!(
            "El archivo de datos {} está dañado. No lo borre: restaure una copia de seguridad o pida ayuda.",
            path.display()
        ),
        Refusal::Store(StoreError::Damaged(_)) => {
            "El archivo de datos está dañado. No lo borre: restaure una copia de seguridad o pida ayuda.".into()
        }
        Refusal::Open(OpenError::Unreachable { .. }) => {
            "No se puede llegar a la base de datos. Revise que el servidor esté encendido, la red y la dirección.".into()
        }
        Refusal::Store(StoreError::Away(_)) => {
            "El servidor de la base de datos no responde y no se guardó nada. Revise que esté encendido y la red; la pantalla avisa cuando vuelva y lo escrito no se pierde.".into()
        }
        Refusal::Store(StoreError::Busy | StoreError::TooSlow) => {
            "La base de datos está demasiado ocupada y no se guardó nada. Espere un momento e intente de nuevo.".into()
        }
        Refusal::Store(StoreError::Unsure(EngineError::Sqlite(_))) => {
            "El disco falló mientras guardaba y no se sabe si alcanzó. Envíelo de nuevo: si ya se había guardado, no se hará dos veces. Si se repite, cambie el disco antes de seguir.".into()
        }
        Refusal::Store(StoreError::Unsure(_)) => {
            "La conexión con la base de datos se cortó mientras guardaba y no se sabe si alcanzó. Envíelo de nuevo: si ya se había guardado, no se hará dos veces.".into()
        }
        Refusal::AnswerLost(_) => {
            "Se guardó, pero no se pudo leer cómo quedó. Envíelo de nuevo o actualice la pantalla: no se hará dos veces.".into()
        }
        Refusal::DataDamaged { .. } | Refusal::DataMissing { .. } | Refusal::NoData { .. } | Refusal::Backup(_) | Refusal::Open(OpenError::Backup(_) | OpenError::Missing { .. }) => backup::spanish(refusal),
        Refusal::Open(_) => {
            "La base de datos no se pudo abrir. El detalle está en el registro del programa.".into()
        }
        Refusal::Queue(_) | Refusal::Store(_) | Refusal::Unreadable(_) | Refusal::PinHash | Refusal::NoRandomness { .. } => {
            "Algo falló dentro del programa y no se guardó nada. Intente de nuevo; si sigue, pida ayuda con el registro.".into()
        }
    }
}

#[expect(clippy::too_many_lines, reason = "one table: a row for each refusal")]
fn english(refusal: &Refusal) -> String {
    match refusal {
        Refusal::BadRequest { detail } => {
            format!("The program did not understand the request ({detail}). Refresh the screen and try again.")
        }
        Refusal::NotSignedIn => "Your session has ended. Sign in again with your PIN; your order is still here.".into(),
        Refusal::UnknownTerminal => {
            "This terminal is not registered in the branch. Refresh the screen and choose the terminal.".into()
        }
        Refusal::WrongPin { left } => pin::wrong_en(*left),
        Refusal::LockedOut { seconds } => pin::locked_en(*seconds),
        Refusal::NotAllowed { permission, role } => pin::not_allowed_en(*role, *permission),
        Refusal::ApproverNotAllowed { name, permission } => pin::not_either_en(name, *permission),
        Refusal::EmptyOrder => "The order is empty. Add at least one product before you send it.".into(),
        Refusal::BadQuantity { product, quantity, most } => {
            format!("The quantity {quantity} of {product} is not valid. Use a number from 1 to {most}.")
        }
        Refusal::OutOfBounds { field, least, most } => {
            format!("{} must be between {least} and {most}. Correct it and send again.", field_en(*field))
        }
        Refusal::UnknownProduct => {
            "A product is no longer on the menu. Refresh the menu and take it off the order.".into()
        }
        Refusal::UnknownVariant { product } => {
            format!("That variant of {product} is no longer on the menu. Take it off the order and choose another.")
        }
        Refusal::VariantMissing { product } => {
            format!("The variant of {product} is not chosen. Tap it and choose one.")
        }
        Refusal::SoldOut { product } => {
            format!("{product} is sold out. Take it off the order or offer something else.")
        }
        Refusal::NotEnough { product, wanted, left: 1 } => format!(
            "1 of {product} is left, and {wanted} are asked for. Nothing was sent: lower the quantity or offer something else."
        ),
        Refusal::NotEnough { product, wanted, left } => format!(
            "{left} of {product} are left, and {wanted} are asked for. Nothing was sent: lower the quantity or offer something else."
        ),
        Refusal::StockMoved => "The stock changed just now and nothing was sent. Send it again.".into(),
        Refusal::ModifierMissing { product, group, min: 1 } => {
            format!("“{group}” is not chosen for {product}. Tap it and choose one.")
        }
        Refusal::ModifierMissing { product, group, min } => {
            format!("“{group}” is not chosen for {product}. Tap it and choose at least {min}.")
        }
        Refusal::TooManyModifiers { product, group, max } => {
            format!("{product} takes at most {max} of “{group}”. Take off those that are too many.")
        }
        Refusal::BadModifier { product } => {
            format!("An option of {product} no longer exists or is repeated. Choose its options again.")
        }
        Refusal::AmountTooLarge(_) => "The total is too large. Check the quantities of the order.".into(),
        Refusal::UnknownTable => "That table does not exist in this branch. Go back to the floor and choose it again.".into(),
        Refusal::UnknownOrder => "That order does not exist in this branch. Go back to the floor and open it again.".into(),
        Refusal::OrderClosed { number } => {
            format!("Order {number} is closed already. Open a new one to add products.")
        }
        Refusal::NothingToHandOver { number } => format!(
            "Nothing of order {number} is to be handed over: it is for a table or was voided. Look at it in the list."
        ),
        Refusal::ServedSo { number, order_type } => order_type::served_so_en(*number, *order_type),
        Refusal::TableNeeded { number } => order_type::table_needed_en(*number),
        Refusal::TableTaken { table } => order_type::table_taken_en(table),
        Refusal::SameOrder => "An order cannot go into itself. Choose another order or another table.".into(),
        Refusal::NothingStays { number } => format!(
            "Nothing would stay on order {number}. Leave at least one line, or take the whole order to another table."
        ),
        Refusal::ForNobody { product } => division::for_nobody_en(product),
        Refusal::NoSuchPart { number } => division::no_such_part_en(*number),
        Refusal::EmptyPart { part } => division::empty_part_en(*part),
        Refusal::UnknownUser => "That person does not work here. Refresh the list and choose another.".into(),
        Refusal::UnknownLine => "That line is not of this order. Refresh the order and try again.".into(),
        Refusal::LineAlreadyVoided { product } => {
            format!("{product} was voided already. There is nothing more to do.")
        }
        Refusal::PartOfCombo { product, combo } => format!(
            "{product} is part of {combo} and cannot be taken out of it. Void or move all of {combo}."
        ),
        Refusal::NothingHeld { course } => format!(
            "Nothing of course {course} is held any more: it was fired or voided. Look at the order again."
        ),
        Refusal::Store(StoreError::RuleBroken { rule }) if rule == TABLE_RULE => {
            "That table was just taken off the floor. Go back to the floor and choose another.".into()
        }
        Refusal::Store(StoreError::RuleBroken { rule }) if rule == CLOSE_RULE => {
            "The order still holds things that nobody has made. Fire or void them before you close it.".into()
        }
        Refusal::MustKeep { role, permission } => format!(
            "The role ({}) cannot lose the right to {}: nobody could give it back. The other permissions can be taken.",
            role_en(*role),
            permission_en(*permission)
        ),
        Refusal::UnknownCustomer => "There is no such customer in this company. Look for them again.".into(),
        Refusal::BadCustomer { why } => customer::english(*why).into(),
        Refusal::UnknownSetting => "There is no such setting in this version. Refresh the screen.".into(),
        Refusal::BadSetting { key, why } => setting::english(*key, *why),
        Refusal::BadPicture(why) => picture::english(*why),
        Refusal::UnknownTicket => "That ticket does not exist. Refresh the screen.".into(),
        Refusal::UnknownStation => "That station does not exist in this branch. Choose another.".into(),
        Refusal::UnknownPaper => "That paper is no longer in the queue. Refresh the screen.".into(),
        Refusal::NoPreview => {
            "This paper cannot be shown as its printer would print it. Check the columns in the printer's settings.".into()
        }
        Refusal::PaperNotUncertain => {
            "It is known by now whether that paper came out. Refresh the screen and look at its state.".into()
        }
        Refusal::UnknownCashSession => "There is no such till in this branch. Refresh the screen.".into(),
        Refusal::TillOpen { number } => {
            format!("This terminal's till is open already (session {number}). Close it before you open another.")
        }
        Refusal::CashSessionClosed { number } => {
            format!("Session {number} was counted and closed. Print its Z, or open the till again.")
        }
        Refusal::BadAmount => "That amount cannot be. Write a number from zero upwards.".into(),
        Refusal::NoTillPrinter => {
            "No printer stands beside this terminal. Choose one, or say which in the settings.".into()
        }
        Refusal::UnknownPrinter => "That printer does not exist in this branch. Choose another.".into(),
        Refusal::UnknownComputer => {
            "That computer is not one of this branch. Open FastOps on it once and choose it from the list.".into()
        }
        Refusal::OwnersTwice { printer } => {
            format!("Choose each computer for {printer} once only, and no more than twenty.")
        }
        Refusal::LocalPrinter { printer } => {
            format!("{printer} is connected to one computer. Choose that one alone.")
        }
        Refusal::NoSuchStation { code } => format!("There is no station “{code}”. Use cocina, bar or postres."),
        Refusal::TicketMoved { number } => {
            format!("Ticket {number} changed in the meantime. Look at it again before you go on.")
        }
        Refusal::TicketStillWaiting { number } => {
            format!("Ticket {number} is not printed yet. Mark it urgent instead of reprinting it.")
        }
        Refusal::NothingStuck => {
            "That ticket no longer waits for a decision: somebody else took care of it, or it prints now. Look at the list again.".into()
        }
        Refusal::NoRoute { station } => {
            format!("{station} has no printer. Assign one in the settings; the order was not sent.")
        }
        Refusal::IdTaken | Refusal::Store(StoreError::Conflict { .. }) => {
            "This operation was used for something else. Refresh the screen and try again.".into()
        }
        Refusal::FolderUnwritable { folder, source } => format!(
            "The folder {folder} cannot be written ({source}). Allow writing to it or choose another folder."
        ),
        Refusal::Open(OpenError::Unwritable { path, source }) => format!(
            "{} cannot be written ({source}). Allow writing to it or choose another folder.",
            path.display()
        ),
        Refusal::AlreadyRunning { folder } => format!(
            "FastOps is already open with the data in {folder}. Use the window that is open, or close it first."
        ),
        Refusal::NoHistory(why) => why.english(),
        Refusal::Archive(error) => crate::retention::english(error),
        Refusal::NoRetention => {
            "Nobody has said after how many days orders are archived. Say it with --older-than or in the settings.".into()
        }
        Refusal::NotSetUp => {
            "There is no business in this data yet. Open FastOps on this computer and answer three questions, or make the demonstration with “fastops-cli demo”.".into()
        }
        Refusal::SetUpAlready => {
            "This data already has a company and was not touched. Choose another folder for the demo.".into()
        }
        Refusal::BadPrinterAddress { address, source } => device::bad_address_en(address, source),
        Refusal::Device(problem) => device::english(problem),
        Refusal::Station(problem) => station::english(problem),
        Refusal::Menu(problem) => menu::english(problem),
        Refusal::Floor(problem) => floor::english(problem),
        Refusal::BadPerson { name, why } => menu::person_en(name, *why),
        Refusal::PersonNameTaken { name } => {
            format!("Somebody is called {name} already. Add a surname or an initial.")
        }
        Refusal::BadPin => "A PIN is four digits. Type it again.".into(),
        Refusal::UnknownPrinterHost { host, .. } => {
            format!("The network does not know the printer “{host}”. Check the name, or use its IP address.")
        }
        Refusal::Open(OpenError::Full { .. }) | Refusal::Store(StoreError::Full(_)) => {
            "The disk is full: nothing was saved. Free some space and try again.".into()
        }
        Refusal::Open(OpenError::TooNew { found, known }) => format!(
            "This data is from a newer version of FastOps (data {found}, program {known}). Install the new version; the data was not touched."
        ),
        Refusal::Open(OpenError::Damaged { path, .. }) => format!(
            "The data file {} is damaged. Do not delete it: restore a backup or ask for help.",
            path.display()
        ),
        Refusal::Store(StoreError::Damaged(_)) => {
            "The data file is damaged. Do not delete it: restore a backup or ask for help.".into()
        }
        Refusal::Open(OpenError::Unreachable { .. }) => {
            "The database cannot be reached. Check that the server is on, the network and the address.".into()
        }
        Refusal::Store(StoreError::Away(_)) => {
            "The database server cannot be reached and nothing was saved. Check that it is on, and the network; the screen tells when it is back, and nothing typed is lost.".into()
        }
        Refusal::Store(StoreError::Busy | StoreError::TooSlow) => {
            "The database is too busy and nothing was saved. Wait a moment and try again.".into()
        }
        Refusal::Store(StoreError::Unsure(EngineError::Sqlite(_))) => {
            "The disk failed while it was saving, and it is not known whether it did. Send it again: if it was saved, it will not be done twice. If it happens again, change the disk before you go on.".into()
        }
        Refusal::Store(StoreError::Unsure(_)) => {
            "The connection to the database broke while it was saving, and it is not known whether it did. Send it again: if it was saved, it will not be done twice.".into()
        }
        Refusal::AnswerLost(_) => {
            "It was saved, but how it stands could not be read. Send it again or refresh the screen: it will not be done twice.".into()
        }
        Refusal::DataDamaged { .. } | Refusal::DataMissing { .. } | Refusal::NoData { .. } | Refusal::Backup(_) | Refusal::Open(OpenError::Backup(_) | OpenError::Missing { .. }) => backup::english(refusal),
        Refusal::Open(_) => "The database could not be opened. The program's log has the details.".into(),
        Refusal::Queue(_) | Refusal::Store(_) | Refusal::Unreadable(_) | Refusal::PinHash | Refusal::NoRandomness { .. } => {
            "Something failed inside the program and nothing was saved. Try again; if it goes on, ask for help with the log.".into()
        }
    }
}
