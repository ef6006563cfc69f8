//! What of a customer cannot be kept, and why.

use fastops_domain::customer::BadDetails;

pub(super) fn spanish(why: BadDetails) -> &'static str {
    match why {
        BadDetails::NoName => "El cliente no tiene nombre. Escríbalo con letras o números.",
        BadDetails::BadPhone => "El teléfono no tiene ningún número. Corríjalo o déjelo vacío.",
        BadDetails::BadTaxNumber => "El documento no tiene letras ni números. Corríjalo o déjelo vacío.",
        BadDetails::TooLong => "Un dato del cliente es demasiado largo. Acórtelo.",
    }
}

pub(super) fn english(why: BadDetails) -> &'static str {
    match why {
        BadDetails::NoName => "The customer has no name. Write it with letters or digits.",
        BadDetails::BadPhone => "The telephone number has no digit. Correct it or leave it empty.",
        BadDetails::BadTaxNumber => {
            "The tax number has neither letters nor digits. Correct it or leave it empty."
        }
        BadDetails::TooLong => "One of the customer's details is too long. Shorten it.",
    }
}
