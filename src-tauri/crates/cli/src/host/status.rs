//! What a failure is in HTTP.

use axum::http::StatusCode;
use fastops_app::wire::FailureCode;

/// The status of a failure: 4xx when another request would do, 5xx when the host cannot.
pub(super) const fn of(code: FailureCode) -> StatusCode {
    match code {
        FailureCode::BadRequest => StatusCode::BAD_REQUEST,
        FailureCode::NotSignedIn | FailureCode::WrongPin => StatusCode::UNAUTHORIZED,
        FailureCode::LockedOut => StatusCode::TOO_MANY_REQUESTS,
        FailureCode::NotAllowed => StatusCode::FORBIDDEN,
        FailureCode::UnknownProduct
        | FailureCode::UnknownTable
        | FailureCode::UnknownOrder
        | FailureCode::UnknownLine
        | FailureCode::UnknownUser
        | FailureCode::UnknownCustomer
        | FailureCode::UnknownTicket
        | FailureCode::UnknownStation
        | FailureCode::UnknownTerminal => StatusCode::NOT_FOUND,
        FailureCode::EmptyOrder
        | FailureCode::BadQuantity
        | FailureCode::OutOfBounds
        | FailureCode::ModifierMissing
        | FailureCode::BadModifier
        | FailureCode::BadCombo
        | FailureCode::BadSetting
        | FailureCode::BadCustomer
        | FailureCode::BadMailFrom
        | FailureCode::BadPin
        | FailureCode::BadFile
        | FailureCode::BadPrinter => StatusCode::UNPROCESSABLE_ENTITY,
        FailureCode::SoldOut
        | FailureCode::OrderClosed
        | FailureCode::NothingToHandOver
        | FailureCode::LineAlreadyVoided
        | FailureCode::LinesHeld
        | FailureCode::TicketMoved
        | FailureCode::TillMoved
        | FailureCode::NoRoute
        | FailureCode::MustKeep
        | FailureCode::IdTaken
        | FailureCode::NameTaken
        | FailureCode::MenuMoved
        | FailureCode::AlreadyRunning
        | FailureCode::NotSetUp
        | FailureCode::SetUpAlready => StatusCode::CONFLICT,
        FailureCode::DiskFull | FailureCode::FolderUnwritable => StatusCode::INSUFFICIENT_STORAGE,
        FailureCode::DatabaseAway | FailureCode::Unsure => StatusCode::SERVICE_UNAVAILABLE,
        FailureCode::DataTooNew
        | FailureCode::DataDamaged
        | FailureCode::DataMissing
        | FailureCode::BackupFailed
        | FailureCode::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_can_tell_its_own_mistakes_from_the_hosts_troubles() {
        assert!(of(FailureCode::EmptyOrder).is_client_error());
        assert!(of(FailureCode::SoldOut).is_client_error());
        assert_eq!(of(FailureCode::NotSignedIn), StatusCode::UNAUTHORIZED);
        assert_eq!(of(FailureCode::NotAllowed), StatusCode::FORBIDDEN);
        assert!(of(FailureCode::DiskFull).is_server_error());
        assert!(of(FailureCode::DatabaseAway).is_server_error());
        assert!(of(FailureCode::Unsure).is_server_error());
    }
}
