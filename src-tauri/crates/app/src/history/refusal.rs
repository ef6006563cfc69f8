//! Why no history is made, and what to do about it.

use crate::refusal::Refusal;
use crate::wire::FailureCode;
use fastops_domain::business_day::BusinessDay;
use fastops_store::history::PourError;
use thiserror::Error;

/// Why no history is made; nothing was changed.
#[derive(Debug, Error)]
pub enum NoHistory {
    #[error("no orders were asked for")]
    Nothing,
    #[error("{orders} orders do not fit between the last order and {until}")]
    NoRoom { orders: u32, until: BusinessDay },
    #[error("{day} is not over")]
    NotOver { day: BusinessDay },
    #[error("there is nothing to sell")]
    NothingToSell,
    #[error("every till's drawer is open")]
    NoTill,
    #[error("there is no manager, no way to pay or no type of order")]
    NobodyInCharge,
    #[error("the numbering range of receipts is spent")]
    NoReceiptNumbers,
    #[error("another program uses the database")]
    InUse,
    #[error("the history is not whole: {0}")]
    Unsound(String),
    #[error("{0} cannot be written")]
    File(String, #[source] std::io::Error),
    #[error("the work was interrupted")]
    Interrupted,
}

impl From<NoHistory> for Refusal {
    fn from(why: NoHistory) -> Self {
        Self::NoHistory(why)
    }
}

impl From<PourError> for Refusal {
    fn from(error: PourError) -> Self {
        match error {
            PourError::Store(error) => error.into(),
            PourError::Open(error) => error.into(),
            PourError::File { path, source } => NoHistory::File(path.display().to_string(), source).into(),
            PourError::InUse => NoHistory::InUse.into(),
            PourError::Unsound(what) => NoHistory::Unsound(what).into(),
            PourError::Interrupted => NoHistory::Interrupted.into(),
        }
    }
}

impl NoHistory {
    pub(crate) const fn code(&self) -> FailureCode {
        match self {
            Self::InUse => FailureCode::AlreadyRunning,
            Self::File(..) => FailureCode::FolderUnwritable,
            Self::Unsound(_) | Self::Interrupted => FailureCode::Internal,
            Self::Nothing | Self::NoRoom { .. } | Self::NotOver { .. } => FailureCode::OutOfBounds,
            Self::NothingToSell | Self::NoTill | Self::NobodyInCharge | Self::NoReceiptNumbers => {
                FailureCode::NotSetUp
            }
        }
    }

    pub(crate) fn spanish(&self) -> String {
        match self {
            Self::Nothing => "No se pidió ningún pedido. Diga cuántos con --orders.".into(),
            Self::NoRoom { orders, until } => format!(
                "{orders} pedidos no caben entre el último pedido que hay y el {until}. Pida menos, o use otra carpeta."
            ),
            Self::NotOver { day } => {
                format!("El {day} todavía no termina. Elija con --until un día que ya pasó.")
            }
            Self::NothingToSell => {
                "La carta está vacía. Agregue productos antes de crear un historial.".into()
            }
            Self::NoTill => {
                "Todas las cajas están abiertas o no hay equipos. Cierre una caja y repita.".into()
            }
            Self::NobodyInCharge => {
                "Falta un gerente, una forma de pago o un tipo de pedido. Créelos y repita.".into()
            }
            Self::NoReceiptNumbers => {
                "Se acabó la numeración de recibos. Agregue un rango nuevo o pida menos pedidos.".into()
            }
            Self::InUse => {
                "Otro FastOps está usando esa base de datos. Ciérrelo y repita; no se cambió nada.".into()
            }
            Self::Unsound(what) => {
                format!("El historial no pasó la revisión ({what}). No se cambió nada; avise a soporte.")
            }
            Self::File(path, source) => {
                format!(
                    "No se puede escribir {path} ({source}). Revise el espacio y los permisos; no se cambió nada."
                )
            }
            Self::Interrupted => "El trabajo se interrumpió. No se cambió nada; repita.".into(),
        }
    }

    pub(crate) fn english(&self) -> String {
        match self {
            Self::Nothing => "No orders were asked for. Say how many with --orders.".into(),
            Self::NoRoom { orders, until } => format!(
                "{orders} orders do not fit between the last order there is and {until}. Ask for fewer, or use another folder."
            ),
            Self::NotOver { day } => format!("{day} is not over yet. Choose a day that is with --until."),
            Self::NothingToSell => "The menu is empty. Add products before making a history.".into(),
            Self::NoTill => {
                "Every drawer is open, or there is no terminal. Close a drawer and repeat.".into()
            }
            Self::NobodyInCharge => {
                "There is no manager, no way to pay or no type of order. Make them and repeat.".into()
            }
            Self::NoReceiptNumbers => {
                "The numbers for receipts are spent. Add a new range, or ask for fewer orders.".into()
            }
            Self::InUse => {
                "Another FastOps uses that database. Close it and repeat; nothing was changed.".into()
            }
            Self::Unsound(what) => {
                format!("The history did not pass its check ({what}). Nothing was changed; tell support.")
            }
            Self::File(path, source) => {
                format!(
                    "Cannot write {path} ({source}). Check the space and the permissions; nothing was changed."
                )
            }
            Self::Interrupted => "The work was interrupted. Nothing was changed; repeat.".into(),
        }
    }
}
