//! A ticket of twelve lines written for a printer, beside the same words written plainly.

use crate::bench::Figure;
use crate::exit::Stop;
use fastops_app::bench::{Encoding, encoding};
use tokio::time::Duration;

const ENGINE: &str = "encoder";

pub(super) fn encoder(tickets: usize) -> Result<Vec<Figure>, Stop> {
    let Encoding { text, drawn, plain, text_bytes, drawn_bytes } = encoding(tickets)?;
    let figure = |key, es, en, value, unit| Figure::new(ENGINE, key, es, en, value, unit);
    let us = |time: Duration| time.as_secs_f64() * 1e6;
    let bytes = |count| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    Ok(vec![
        figure("encode_text_us", "comanda de 12 líneas, texto", "12-line ticket, text", us(text), "µs")
            .wanted("< 50"),
        figure(
            "encode_drawn_us",
            "lo mismo con una línea dibujada",
            "the same with one line drawn",
            us(drawn),
            "µs",
        )
        .wanted("< 5000"),
        figure("encode_plain_us", "las mismas palabras a secas", "the same words plainly", us(plain), "µs"),
        figure(
            "encode_text_ratio",
            "comanda / palabras a secas",
            "ticket / words plainly",
            us(text) / us(plain).max(f64::MIN_POSITIVE),
            "",
        ),
        figure("encode_text_bytes", "bytes de la comanda", "bytes of the ticket", bytes(text_bytes), ""),
        figure(
            "encode_drawn_bytes",
            "bytes con una línea dibujada",
            "bytes with one line drawn",
            bytes(drawn_bytes),
            "",
        ),
    ])
}
