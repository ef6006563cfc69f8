//! Why a picture cannot be printed.

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
