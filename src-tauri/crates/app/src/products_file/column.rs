//! The columns of a table of products, and the names under which they are known.

use fastops_domain::search::folded;
use fastops_domain::user::Language;

/// What a column says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Column {
    Code,
    Name,
    Category,
    Price,
    /// In which size a product comes: a row with one, or with a colour, is about a variant.
    Size,
    Color,
    Taxes,
    Station,
    Minutes,
    Active,
    Questions,
    Barcodes,
}

impl Column {
    /// In the order in which they are written.
    pub(crate) const ALL: [Self; 12] = [
        Self::Code,
        Self::Name,
        Self::Category,
        Self::Price,
        Self::Size,
        Self::Color,
        Self::Taxes,
        Self::Station,
        Self::Minutes,
        Self::Active,
        Self::Questions,
        Self::Barcodes,
    ];

    /// The header that is written.
    pub(crate) const fn header(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Code, Language::Es) => "Código",
            (Self::Code, Language::En) => "Code",
            (Self::Name, Language::Es) => "Nombre",
            (Self::Name, Language::En) => "Name",
            (Self::Category, Language::Es) => "Categoría",
            (Self::Category, Language::En) => "Category",
            (Self::Price, Language::Es) => "Precio",
            (Self::Price, Language::En) => "Price",
            (Self::Size, Language::Es) => "Tamaño",
            (Self::Size, Language::En) => "Size",
            (Self::Color, Language::Es) => "Color",
            (Self::Color, Language::En) => "Colour",
            (Self::Taxes, Language::Es) => "Impuestos",
            (Self::Taxes, Language::En) => "Taxes",
            (Self::Station, Language::Es) => "Estación",
            (Self::Station, Language::En) => "Station",
            (Self::Minutes, Language::Es) => "Minutos de preparación",
            (Self::Minutes, Language::En) => "Preparation minutes",
            (Self::Active, Language::Es) => "En la carta",
            (Self::Active, Language::En) => "On the menu",
            (Self::Questions, Language::Es) => "Preguntas",
            (Self::Questions, Language::En) => "Questions",
            (Self::Barcodes, Language::Es) => "Códigos de barras",
            (Self::Barcodes, Language::En) => "Barcodes",
        }
    }

    /// Other words for it that people write, folded.
    const fn others(self) -> &'static [&'static str] {
        match self {
            Self::Code => &["cod", "codigo corto", "short code", "sku", "referencia", "reference"],
            Self::Name => &["producto", "product", "nombre del producto", "product name"],
            Self::Category => &["categorias", "categories"],
            Self::Price => &["precio de venta", "valor", "sale price", "unit price"],
            Self::Size => &["talla", "tallas", "tamanos", "presentacion", "sizes"],
            Self::Color => &["colores", "colors", "colours"],
            Self::Taxes => &["impuesto", "tax"],
            Self::Station => &["estaciones", "stations"],
            Self::Minutes => &["minutos", "minutes", "preparacion", "preparation"],
            Self::Active => &["activo", "activa", "active"],
            Self::Questions => &["pregunta", "question", "modificadores", "modifiers"],
            Self::Barcodes => &["codigo de barras", "barcode", "ean"],
        }
    }

    /// The width of its cells, in characters.
    pub(crate) const fn width(self) -> u8 {
        match self {
            Self::Name => 40,
            Self::Category | Self::Taxes | Self::Questions | Self::Barcodes => 24,
            Self::Minutes => 22,
            _ => 14,
        }
    }

    /// Whether it says any number of things: none, in an empty cell of a new product.
    pub(crate) const fn is_list(self) -> bool {
        matches!(self, Self::Taxes | Self::Questions | Self::Barcodes)
    }

    /// Whether a variant has it from its product.
    pub(crate) const fn is_the_product_s(self) -> bool {
        matches!(self, Self::Taxes | Self::Station | Self::Minutes | Self::Questions)
    }

    /// The column with this header, in any language.
    pub(crate) fn of_header(text: &str) -> Option<Self> {
        let header = folded(text);
        let named = |column: &Self| {
            [Language::Es, Language::En].iter().any(|language| folded(column.header(*language)) == header)
        };
        let known = |column: &Self| named(column) || column.others().contains(&header.as_str());
        Self::ALL.into_iter().find(known)
    }
}

/// Whether a cell names a column of products.
pub(crate) fn is_header(text: &str) -> bool {
    Column::of_header(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_header_is_read_in_both_languages_whatever_its_case_and_accents() {
        for column in Column::ALL {
            for language in [Language::Es, Language::En] {
                let header = column.header(language);
                for written in [header.to_owned(), header.to_uppercase(), format!("  {header}: ")] {
                    assert_eq!(Column::of_header(&written), Some(column), "{written:?}");
                }
            }
        }
        assert_eq!(Column::of_header("CODIGO"), Some(Column::Code));
        assert_eq!(Column::of_header("Costo"), None);
        let mut seen = HashSet::new();
        assert!(Column::ALL.iter().flat_map(|column| column.others()).all(|word| seen.insert(*word)));
        assert!(seen.iter().all(|word| folded(word) == **word), "they are compared folded");
    }
}
