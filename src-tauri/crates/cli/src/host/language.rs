//! Which of the program's languages a request wants.

use axum::http::{HeaderMap, header};
use fastops_app::Language;

/// The first language of `Accept-Language` that the program speaks, by the caller's preference.
pub(super) fn wanted(headers: &HeaderMap) -> Language {
    let spoken = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let mut best = None;
    for range in spoken.unwrap_or_default().split(',') {
        let (tag, parameters) = range.split_once(';').unwrap_or((range, ""));
        let weight = parameters.trim().strip_prefix("q=").map_or(1.0, |q| q.parse().unwrap_or(0.0));
        let primary = tag.trim().split('-').next().unwrap_or_default().to_ascii_lowercase();
        if let Some(language) = Language::from_code(&primary)
            && weight > best.map_or(0.0, |(_, weight): (Language, f32)| weight)
        {
            best = Some((language, weight));
        }
    }
    best.map_or(Language::default(), |(language, _)| language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_callers_preference_decides_and_spanish_is_the_first_language() {
        let table = [
            ("en", Language::En),
            ("es-CO,es;q=0.9,en;q=0.8", Language::Es),
            ("fr-FR, en-GB;q=0.7", Language::En),
            ("es;q=0.2, en;q=0.9", Language::En),
            ("EN-us", Language::En),
            ("de", Language::Es),
            ("en;q=0", Language::Es),
            ("", Language::Es),
        ];
        for (text, expected) in table {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, text.parse().unwrap());
            assert_eq!(wanted(&headers), expected, "{text:?}");
        }
        assert_eq!(wanted(&HeaderMap::new()), Language::Es);
    }
}
