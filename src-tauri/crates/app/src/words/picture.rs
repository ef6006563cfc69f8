//! Why a picture cannot be printed, or shown.

use fastops_domain::photo::{BadPhoto, MAX_PHOTO_BYTES};
use fastops_domain::picture::{BadPicture, LEAST, TALLEST, WIDEST};

pub(super) fn spanish(why: BadPicture) -> String {
    match why {
        BadPicture::Size { width, rows } => format!(
            "La imagen mide {width} × {rows} puntos y no cabe: de {LEAST} a {WIDEST} de ancho y de {LEAST} a {TALLEST} de alto. Elija otra."
        ),
        BadPicture::Uneven { .. } => "La imagen llegó incompleta. Elíjala de nuevo.".into(),
        BadPicture::Blank => {
            "La imagen es toda blanca y en el papel no se vería nada. Elija una con letras o dibujo oscuros."
                .into()
        }
    }
}

pub(super) fn english(why: BadPicture) -> String {
    match why {
        BadPicture::Size { width, rows } => format!(
            "The picture is {width} × {rows} dots and does not fit: {LEAST} to {WIDEST} wide and {LEAST} to {TALLEST} high. Choose another."
        ),
        BadPicture::Uneven { .. } => "The picture came incomplete. Choose it again.".into(),
        BadPicture::Blank => {
            "The picture is all white: nothing of it would be seen on paper. Choose one with dark letters or drawing.".into()
        }
    }
}

pub(super) fn photo_es(why: BadPhoto) -> String {
    match why {
        BadPhoto::TooLarge { bytes } => format!(
            "La foto ocupa {} KB y caben {}. Elíjala de nuevo, o use una más pequeña.",
            bytes.div_ceil(1024),
            MAX_PHOTO_BYTES / 1024
        ),
        BadPhoto::Unknown => {
            "Ese archivo no es una foto que las cajas puedan mostrar. Elija una JPEG, PNG o WebP.".into()
        }
    }
}

pub(super) fn photo_en(why: BadPhoto) -> String {
    match why {
        BadPhoto::TooLarge { bytes } => format!(
            "The photo takes {} KB and {} fit. Choose it again, or use a smaller one.",
            bytes.div_ceil(1024),
            MAX_PHOTO_BYTES / 1024
        ),
        BadPhoto::Unknown => "That file is no photo that tills can show. Choose a JPEG, PNG or WebP.".into(),
    }
}
