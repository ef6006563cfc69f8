//! What is wrong with a file of products, or with a cell of it.

use crate::products_file::{BadCell, CellProblem, Column, FileProblem};
use crate::sheet::BadFile;
use fastops_domain::menu::{MAX_BARCODE, MAX_MENU_NAME, MAX_PREPARATION_MINUTES, MAX_SHORT_CODE};
use fastops_domain::user::Language;
use fastops_domain::written::{BadWriting, Writing};

pub(super) fn spanish(problem: &FileProblem) -> String {
    match problem {
        FileProblem::Bad(bad) => bad_es(*bad),
        FileProblem::Twice { header } => {
            format!("La columna «{header}» está dos veces en el archivo. Borre una de las dos y ábralo de nuevo.")
        }
        FileProblem::NoKey => {
            "El archivo no tiene columna Código ni columna Nombre, y sin ellas no se sabe de qué productos habla. Agregue una y ábralo de nuevo.".into()
        }
        FileProblem::NoRows => {
            "El archivo solo tiene títulos, sin productos debajo. Escriba al menos una fila y ábralo de nuevo.".into()
        }
        FileProblem::Errors { rows: 1 } => {
            "No se importó nada: 1 fila tiene errores. Corríjala en el archivo, o elija importar solo las filas sin errores.".into()
        }
        FileProblem::Errors { rows } => format!(
            "No se importó nada: {rows} filas tienen errores. Corríjalas en el archivo, o elija importar solo las filas sin errores."
        ),
        FileProblem::Moved { rows } if rows.is_empty() => {
            "No se importó nada: el archivo no es el que se mostró. Ábralo de nuevo y revise los cambios.".into()
        }
        FileProblem::Moved { rows } => format!(
            "No se importó nada: la carta cambió desde que vio los cambios, en {}. Revíselos de nuevo antes de importar.",
            rows_es(rows)
        ),
        FileProblem::NotWritten => {
            "Un producto tiene más texto del que cabe en una hoja de cálculo. Acorte sus códigos de barras o preguntas y exporte de nuevo.".into()
        }
    }
}

pub(super) fn english(problem: &FileProblem) -> String {
    match problem {
        FileProblem::Bad(bad) => bad_en(*bad),
        FileProblem::Twice { header } => {
            format!("The column “{header}” is in the file twice. Delete one of them and open it again.")
        }
        FileProblem::NoKey => {
            "The file has no Code column and no Name column, so nobody knows which products it is about. Add one and open it again.".into()
        }
        FileProblem::NoRows => {
            "The file has headers only, and no products below them. Write at least one row and open it again.".into()
        }
        FileProblem::Errors { rows: 1 } => {
            "Nothing was imported: 1 row has errors. Correct it in the file, or choose to import only the rows without errors.".into()
        }
        FileProblem::Errors { rows } => format!(
            "Nothing was imported: {rows} rows have errors. Correct them in the file, or choose to import only the rows without errors."
        ),
        FileProblem::Moved { rows } if rows.is_empty() => {
            "Nothing was imported: the file is not the one that was shown. Open it again and look at the changes.".into()
        }
        FileProblem::Moved { rows } => format!(
            "Nothing was imported: the menu has changed since you saw the changes, in {}. Look at them again before you import.",
            rows_en(rows)
        ),
        FileProblem::NotWritten => {
            "A product has more text than a spreadsheet can hold. Shorten its barcodes or questions and export again.".into()
        }
    }
}

fn rows_es(rows: &[u32]) -> String {
    match rows {
        [one] => format!("la fila {one}"),
        rows => format!("las filas {}", listed(rows, "y")),
    }
}

fn rows_en(rows: &[u32]) -> String {
    match rows {
        [one] => format!("row {one}"),
        rows => format!("rows {}", listed(rows, "and")),
    }
}

fn listed(rows: &[u32], and: &str) -> String {
    let numbers: Vec<String> = rows.iter().map(ToString::to_string).collect();
    match numbers.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} {and} {last}", rest.join(", ")),
        _ => numbers.concat(),
    }
}

fn bad_es(bad: BadFile) -> String {
    match bad {
        BadFile::Empty => "El archivo está vacío. Elija el que tiene los productos.".into(),
        BadFile::TooBig { most } => format!(
            "El archivo pesa más de {most} MB. Quite imágenes y hojas que no sean de productos, o divídalo en varios."
        ),
        BadFile::TooManyRows { most } => format!(
            "El archivo tiene más de {most} filas de productos. Divídalo en varios e impórtelos uno por uno."
        ),
        BadFile::Pdf => {
            "Esto es un PDF, y de él no se pueden leer columnas. Abra la lista en su hoja de cálculo y guárdela como XLSX o CSV.".into()
        }
        BadFile::OldExcel => {
            "Este archivo es de un Excel anterior a 2007 (.xls). Ábralo en su hoja de cálculo y guárdelo como XLSX o CSV.".into()
        }
        BadFile::Protected => {
            "Este archivo está protegido con contraseña. Ábralo en Excel, quítele la contraseña y guárdelo de nuevo.".into()
        }
        BadFile::Unknown => {
            "Este archivo no es una tabla de productos. Elija un archivo XLSX o CSV.".into()
        }
        BadFile::Damaged => {
            "Este archivo XLSX está dañado y no se puede leer. Ábralo en su hoja de cálculo, guárdelo de nuevo e inténtelo otra vez.".into()
        }
        BadFile::NoHeaders => {
            "No se encontró una fila con los títulos de las columnas. Exporte los productos para ver los títulos, y cópielos en la primera fila.".into()
        }
    }
}

fn bad_en(bad: BadFile) -> String {
    match bad {
        BadFile::Empty => "The file is empty. Choose the one with the products.".into(),
        BadFile::TooBig { most } => format!(
            "The file is larger than {most} MB. Take out pictures and sheets that are not about products, or divide it."
        ),
        BadFile::TooManyRows { most } => {
            format!("The file has more than {most} rows of products. Divide it and import one after the other.")
        }
        BadFile::Pdf => {
            "This is a PDF, and no columns can be read from it. Open the list in your spreadsheet and save it as XLSX or CSV.".into()
        }
        BadFile::OldExcel => {
            "This file is of an Excel from before 2007 (.xls). Open it in your spreadsheet and save it as XLSX or CSV.".into()
        }
        BadFile::Protected => {
            "This file is protected by a password. Open it in Excel, take the password off and save it again.".into()
        }
        BadFile::Unknown => "This file is no table of products. Choose an XLSX or CSV file.".into(),
        BadFile::Damaged => {
            "This XLSX file is damaged and cannot be read. Open it in your spreadsheet, save it anew and try again.".into()
        }
        BadFile::NoHeaders => {
            "There is no row with the names of the columns. Export the products to see the names, and copy them into the first row.".into()
        }
    }
}

/// Why a cell cannot be taken, and what to do.
pub(crate) fn cell_problem(bad: &BadCell, writing: &Writing, language: Language) -> String {
    match language {
        Language::Es => cell_es(bad, writing),
        Language::En => cell_en(bad, writing),
    }
}

fn cell_es(bad: &BadCell, writing: &Writing) -> String {
    match &bad.problem {
        CellProblem::Missing => format!("A un producto nuevo le falta «{}». Escríbalo.", header(bad, Language::Es)),
        CellProblem::BadName => {
            format!("Un nombre tiene de 1 a {MAX_MENU_NAME} caracteres que se puedan imprimir. Acórtelo o corríjalo.")
        }
        CellProblem::BadCode => {
            format!("Un código tiene hasta {MAX_SHORT_CODE} caracteres sin espacios. Acórtelo o corríjalo.")
        }
        CellProblem::Shortened => {
            "La hoja de cálculo acortó este número y perdió cifras. Dé formato de texto a la columna y escríbalo completo.".into()
        }
        CellProblem::Date => {
            "La hoja de cálculo convirtió esto en una fecha. Dé formato de texto a la celda y escríbalo de nuevo.".into()
        }
        CellProblem::Fault => "La fórmula de esta celda da un error. Corríjala, o escriba el valor.".into(),
        CellProblem::Price(why) => price_es(why, writing),
        CellProblem::BadMinutes => {
            format!("Los minutos son un número entero de 0 a {MAX_PREPARATION_MINUTES}. Corríjalo.")
        }
        CellProblem::BadYes => "Aquí va Sí o No. Corríjalo.".into(),
        CellProblem::BadBarcode => {
            format!("Un código de barras no lleva espacios ni más de {MAX_BARCODE} caracteres. Si son varios, sepárelos con |.")
        }
        CellProblem::Unknown { name } => format!(
            "No existe «{name}» entre {}. Corrija el nombre, o créelo antes de importar. Si son varios, sepárelos con |.",
            kind_es(bad.column)
        ),
        CellProblem::SeveralNamed { name } => {
            format!("Hay varios que se llaman «{name}» y no se sabe cuál es. Cambie el nombre de uno antes de importar.")
        }
        CellProblem::TwiceNamed { name } => format!("«{name}» está dos veces en la celda. Deje uno."),
        CellProblem::TooMany { most } => format!("Un producto hace hasta {most} preguntas. Quite las que sobran."),
        CellProblem::NoProduct { name } => format!(
            "No hay un producto que se llame «{name}» en la carta, o no en esa categoría. Escriba el nombre como está en la carta, o agregue una fila para el producto, sin tamaño ni color."
        ),
        CellProblem::ProductFails { row } => {
            format!("La fila {row}, la de su producto, tiene errores. Corrija esa primero.")
        }
        CellProblem::OfACombo => {
            "Un combo se vende de una sola forma. Quite el tamaño y el color de esta fila.".into()
        }
        CellProblem::OfTheProduct => {
            "Esto es de todo el producto, no de un tamaño o color. Cámbielo en la fila del producto y deje esta celda vacía.".into()
        }
        CellProblem::OfTheOther { name, column } => format!(
            "«{name}» ya está entre {}. Póngalo en su columna, o escriba otro nombre.",
            kind_es(*column)
        ),
        CellProblem::TooManyVariants { most } => {
            format!("Un producto se vende en hasta {most} tamaños y colores. Quite los que sobran.")
        }
        CellProblem::CodeTaken { product } => {
            format!("Ese código es el de {product}. Escriba otro, o deje a {product} sin él.")
        }
        CellProblem::BarcodeTaken { product } if product.is_empty() => {
            "Ese código de barras ya es de otro artículo. Quítelo de aquí.".into()
        }
        CellProblem::BarcodeTaken { product } => {
            format!("Ese código de barras es el de {product}. Quítelo de uno de los dos.")
        }
        CellProblem::Repeats { row } => format!(
            "La fila {row} ya habla de lo mismo. Deje una sola, o dé a cada producto su propio código."
        ),
        CellProblem::SeveralProducts { count } => format!(
            "Hay {count} productos que podrían ser este. Dé a cada uno su propio código en la carta y escríbalo aquí."
        ),
    }
}

fn cell_en(bad: &BadCell, writing: &Writing) -> String {
    match &bad.problem {
        CellProblem::Missing => format!("A new product lacks its “{}”. Write it.", header(bad, Language::En)),
        CellProblem::BadName => {
            format!("A name has 1 to {MAX_MENU_NAME} characters that can be printed. Shorten or correct it.")
        }
        CellProblem::BadCode => {
            format!("A code has up to {MAX_SHORT_CODE} characters and no blanks. Shorten or correct it.")
        }
        CellProblem::Shortened => {
            "The spreadsheet shortened this number and lost digits. Format the column as text and write it in full.".into()
        }
        CellProblem::Date => {
            "The spreadsheet turned this into a date. Format the cell as text and write it again.".into()
        }
        CellProblem::Fault => "The formula of this cell gives an error. Correct it, or write the value.".into(),
        CellProblem::Price(why) => price_en(why, writing),
        CellProblem::BadMinutes => {
            format!("Minutes are a whole number from 0 to {MAX_PREPARATION_MINUTES}. Correct it.")
        }
        CellProblem::BadYes => "This must be Yes or No. Correct it.".into(),
        CellProblem::BadBarcode => {
            format!("A barcode has no blanks and at most {MAX_BARCODE} characters. Separate several by |.")
        }
        CellProblem::Unknown { name } => format!(
            "There is no “{name}” among {}. Correct the name, or make it before you import. Separate several by |.",
            kind_en(bad.column)
        ),
        CellProblem::SeveralNamed { name } => {
            format!("Several are called “{name}”, and nobody knows which is meant. Rename one before you import.")
        }
        CellProblem::TwiceNamed { name } => format!("“{name}” is in the cell twice. Leave one."),
        CellProblem::TooMany { most } => format!("A product asks up to {most} questions. Take out some."),
        CellProblem::NoProduct { name } => format!(
            "There is no product called “{name}” on the menu, or not in that category. Write the name as it is on the menu, or add a row for the product, without a size or a colour."
        ),
        CellProblem::ProductFails { row } => {
            format!("Row {row}, the one of its product, has errors. Correct that one first.")
        }
        CellProblem::OfACombo => {
            "A combo is sold in one form. Take the size and the colour out of this row.".into()
        }
        CellProblem::OfTheProduct => {
            "This belongs to the whole product, not to a size or a colour. Change it in the product's row and leave this cell empty.".into()
        }
        CellProblem::OfTheOther { name, column } => format!(
            "“{name}” is among {} already. Put it into its column, or write another name.",
            kind_en(*column)
        ),
        CellProblem::TooManyVariants { most } => {
            format!("A product comes in up to {most} sizes and colours. Take out some.")
        }
        CellProblem::CodeTaken { product } => {
            format!("That code is the one of {product}. Write another, or leave {product} without it.")
        }
        CellProblem::BarcodeTaken { product } if product.is_empty() => {
            "That barcode is another item's already. Take it out here.".into()
        }
        CellProblem::BarcodeTaken { product } => {
            format!("That barcode is the one of {product}. Take it off one of the two.")
        }
        CellProblem::Repeats { row } => {
            format!("Row {row} is about the same already. Leave one of them, or give each product its own code.")
        }
        CellProblem::SeveralProducts { count } => format!(
            "There are {count} products that this could be. Give each its own code on the menu and write it here."
        ),
    }
}

fn header(bad: &BadCell, language: Language) -> &'static str {
    bad.column.header(language)
}

fn price_es(why: &BadWriting, writing: &Writing) -> String {
    let example = example(writing);
    match why {
        BadWriting::NotANumber => {
            format!("Esto no es un precio. Escríbalo solo con números, por ejemplo {example}.")
        }
        BadWriting::Ambiguous { thousands, decimals } => {
            format!(
                "Puede ser {thousands} o {decimals}, y un precio no se adivina. Escríbalo sin separador de miles, por ejemplo {thousands}."
            )
        }
        BadWriting::Negative => "Un precio no puede ser menor que cero. Corríjalo.".into(),
        BadWriting::TooFine { most: 0 } => {
            format!("Los precios de esta casa no llevan decimales. Escríbalo entero, por ejemplo {example}.")
        }
        BadWriting::TooFine { most } => {
            format!(
                "Los precios de esta casa llevan hasta {most} decimales. Redondéelo, por ejemplo {example}."
            )
        }
        BadWriting::TooLarge => "El precio es demasiado grande. Revise los ceros.".into(),
    }
}

fn price_en(why: &BadWriting, writing: &Writing) -> String {
    let example = example(writing);
    match why {
        BadWriting::NotANumber => format!("This is no price. Write it in digits alone, such as {example}."),
        BadWriting::Ambiguous { thousands, decimals } => {
            format!(
                "It could be {thousands} or {decimals}, and a price is not guessed. Write it without a sign between thousands, such as {thousands}."
            )
        }
        BadWriting::Negative => "A price cannot be below zero. Correct it.".into(),
        BadWriting::TooFine { most: 0 } => {
            format!("Prices of this house have no decimals. Write a whole number, such as {example}.")
        }
        BadWriting::TooFine { most } => {
            format!("Prices of this house have up to {most} decimals. Round it, such as {example}.")
        }
        BadWriting::TooLarge => "The price is too large. Check its zeros.".into(),
    }
}

/// A price as the house writes one.
fn example(writing: &Writing) -> String {
    let unit = 10_i64.pow(u32::from(writing.currency.minor_digits));
    writing.plain(fastops_domain::money::Money(12_500 * unit))
}

const fn kind_es(column: Column) -> &'static str {
    match column {
        Column::Taxes => "los impuestos",
        Column::Station => "las estaciones",
        Column::Questions => "las preguntas",
        Column::Size => "los tamaños",
        Column::Color => "los colores",
        _ => "lo que hay",
    }
}

const fn kind_en(column: Column) -> &'static str {
    match column {
        Column::Taxes => "the taxes",
        Column::Station => "the stations",
        Column::Questions => "the questions",
        Column::Size => "the sizes",
        Column::Color => "the colours",
        _ => "what there is",
    }
}
