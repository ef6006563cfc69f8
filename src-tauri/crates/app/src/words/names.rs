//! What roles, permissions and fields are called in a sentence, and what is wrong with a customer's details.

use crate::refusal::Field;
use fastops_domain::user::{Permission, Role};

pub(super) fn role_es(role: Role) -> &'static str {
    match role {
        Role::Admin => "administrador",
        Role::Manager => "gerente",
        Role::Cashier => "cajero",
        Role::Waiter => "mesero",
        Role::Kitchen => "cocina",
    }
}

pub(super) fn role_en(role: Role) -> &'static str {
    match role {
        Role::Admin => "administrator",
        Role::Manager => "manager",
        Role::Cashier => "cashier",
        Role::Waiter => "waiter",
        Role::Kitchen => "kitchen",
    }
}

pub(super) fn permission_es(permission: Permission) -> &'static str {
    match permission {
        Permission::SeeFloor => "ver la carta ni el salón",
        Permission::TakeOrders => "tomar pedidos",
        Permission::VoidLine => "anular lo que ya se envió",
        Permission::MarkUrgent => "marcar pedidos urgentes",
        Permission::ReprintTicket => "reimprimir comandas",
        Permission::SeeKitchen => "ver las comandas de una estación",
        Permission::BumpTickets => "marcar comandas como listas",
        Permission::SeeQueue => "ver la cola de impresión",
        Permission::ManageSettings => "cambiar los ajustes",
        Permission::ManageRoles => "cambiar los permisos",
        Permission::ManageCustomers => "ver ni cambiar los clientes",
        Permission::SteerQueue => "dirigir la cola de impresión",
        Permission::PrintBill => "imprimir cuentas",
        Permission::OpenDrawer => "abrir el cajón",
        Permission::KeepTill => "abrir ni cerrar la caja",
        Permission::SetAvailability => "decir qué se agotó ni cuánto queda",
    }
}

pub(super) fn permission_en(permission: Permission) -> &'static str {
    match permission {
        Permission::SeeFloor => "see the menu or the floor",
        Permission::TakeOrders => "take orders",
        Permission::VoidLine => "void what was sent",
        Permission::MarkUrgent => "mark orders urgent",
        Permission::ReprintTicket => "reprint tickets",
        Permission::SeeKitchen => "see a station's tickets",
        Permission::BumpTickets => "mark tickets as done",
        Permission::SeeQueue => "see the print queue",
        Permission::ManageSettings => "change the settings",
        Permission::ManageRoles => "change permissions",
        Permission::ManageCustomers => "see or change customers",
        Permission::SteerQueue => "steer the print queue",
        Permission::PrintBill => "print bills",
        Permission::OpenDrawer => "open the drawer",
        Permission::KeepTill => "open or close the till",
        Permission::SetAvailability => "say what has run out or how much is left",
    }
}

pub(super) fn field_es(field: Field) -> &'static str {
    match field {
        Field::Note => "El largo de la nota",
        Field::Allergy => "El largo de la alergia",
        Field::Customer => "El largo del nombre del cliente",
        Field::CustomerText => "El largo de cada dato del cliente",
        Field::Phone => "El largo del teléfono",
        Field::Address => "El largo de la dirección",
        Field::CourierNote => "El largo de la nota para quien entrega",
        Field::Promise => "La hora prometida, en milisegundos desde 1970,",
        Field::Reason => "El largo del motivo",
        Field::Covers => "El número de cubiertos",
        Field::Left => "Cuántas unidades quedan",
        Field::Course => "El tiempo del plato",
        Field::Photos => "El número de fotos",
        Field::Seat => "El número de asiento",
        Field::Variants => "El número de variantes",
        Field::Barcode => "El largo del código de barras",
        Field::Lines => "El número de líneas del pedido",
        Field::Parts => "El número de partes de la cuenta",
        Field::Weight => "El peso de una parte en una línea",
        Field::Tickets => "El número de comandas",
        Field::Results => "El número de resultados",
        Field::DeviceName | Field::MenuName | Field::PersonName | Field::PlaceName => "El largo del nombre",
        Field::TableSeats => "El número de puestos",
        Field::Tables => "El número de mesas",
        Field::Stations => "El número de estaciones",
        Field::ShortCode => "El largo del código",
        Field::Preparation => "El tiempo de preparación, en minutos,",
        Field::Columns => "El número de columnas",
        Field::DrawerPulse => "El pulso del cajón, en milésimas de segundo,",
        Field::Targets => "El número de destinos",
        Field::Pages => "El número de páginas",
        Field::HouseName => "El largo del nombre del negocio",
        Field::Prices => "El número de precios de la lista",
        Field::Discount => "El descuento, en centésimas de un punto,",
        Field::TaxRate => "El impuesto, en centésimas de un punto,",
    }
}

pub(super) fn field_en(field: Field) -> &'static str {
    match field {
        Field::Note => "The note's length",
        Field::Allergy => "The allergy's length",
        Field::Customer => "The customer name's length",
        Field::CustomerText => "The length of each of the customer's details",
        Field::Phone => "The phone number's length",
        Field::Address => "The address's length",
        Field::CourierNote => "The length of the note to whoever delivers",
        Field::Promise => "The promised time, in milliseconds since 1970,",
        Field::Reason => "The reason's length",
        Field::Covers => "The number of covers",
        Field::Left => "How many are left",
        Field::Course => "The course",
        Field::Photos => "The number of photos",
        Field::Seat => "The seat",
        Field::Variants => "The number of variants",
        Field::Barcode => "The barcode's length",
        Field::Lines => "The number of lines in the order",
        Field::Parts => "The number of parts of the bill",
        Field::Weight => "The weight of a part in a line",
        Field::Tickets => "The number of tickets",
        Field::Results => "The number of results",
        Field::DeviceName | Field::MenuName | Field::PersonName | Field::PlaceName => "The name's length",
        Field::TableSeats => "The number of seats",
        Field::Tables => "The number of tables",
        Field::Stations => "The number of stations",
        Field::ShortCode => "The code's length",
        Field::Preparation => "The preparation time, in minutes,",
        Field::Columns => "The number of columns",
        Field::DrawerPulse => "The drawer's pulse, in thousandths of a second,",
        Field::Targets => "The number of targets",
        Field::Pages => "The number of pages",
        Field::HouseName => "The business name's length",
        Field::Prices => "The number of prices in the list",
        Field::Discount => "The discount, in hundredths of a percent,",
        Field::TaxRate => "The tax, in hundredths of a percent,",
    }
}
