//! Slips as files. Never in the printer's way: a disk that is full costs the files, not the paper.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::sync::mpsc;

use crate::paper::Slip;

/// Writes each slip as `<name>-0001.txt` and `<name>-0001.png` until the sender is gone.
pub(super) async fn write_all(
    directory: PathBuf,
    name: String,
    mut slips: mpsc::UnboundedReceiver<Arc<Slip>>,
) {
    let stem = file_stem(&name);
    while let Some(slip) = slips.recv().await {
        let (directory, stem) = (directory.clone(), stem.clone());
        let number = slip.number;
        let written = tokio::task::spawn_blocking(move || write(&directory, &stem, &slip)).await;
        match written {
            Ok(Ok(())) => {}
            Ok(Err(error)) => {
                tracing::warn!(printer = name, number, %error, "a slip was not written to its file");
            }
            Err(error) => tracing::warn!(printer = name, number, %error, "a slip could not be drawn"),
        }
    }
}

fn write(directory: &Path, stem: &str, slip: &Slip) -> io::Result<()> {
    std::fs::create_dir_all(directory)?;
    let number = slip.number;
    replace(&directory.join(format!("{stem}-{number:04}.txt")), slip.text().as_bytes())?;
    replace(&directory.join(format!("{stem}-{number:04}.png")), &slip.png())
}

/// Whoever reads the folder sees whole files only.
fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut partial = path.as_os_str().to_owned();
    partial.push(".part");
    std::fs::write(&partial, content)?;
    std::fs::rename(&partial, path)
}

/// The printer's name as part of a file name that every system accepts.
fn file_stem(name: &str) -> String {
    let stem: String =
        name.chars().map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_') { c } else { '-' }).collect();
    if stem.is_empty() { "printer".to_owned() } else { stem.to_lowercase() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_leave_the_folder() {
        assert_eq!(file_stem("../Barra 2"), "---barra-2");
        assert_eq!(file_stem("Cocina"), "cocina");
        assert_eq!(file_stem(""), "printer");
    }
}
