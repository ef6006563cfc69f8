//! The secret that every request carries: made once for a folder of data, so that an open page goes on
//! after a restart, and compared without telling by the time how much of a guess was right.

use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use subtle::ConstantTimeEq;

/// 128 random bits, written as hexadecimal digits.
const BYTES: usize = 16;
const FILE: &str = "host-token";

#[derive(Clone)]
pub(crate) struct Token(String);

impl Token {
    /// The file that holds the token of a folder of data.
    pub(crate) fn file(folder: &Path) -> PathBuf {
        folder.join(FILE)
    }

    /// The token of `folder`, made when there is none or when the file holds something else.
    pub(crate) fn of(folder: &Path) -> io::Result<Self> {
        let path = Self::file(folder);
        match fs::read_to_string(&path) {
            Ok(text) if is_token(text.trim_end()) => {
                keep_private(&File::open(&path)?)?;
                Ok(Self(text.trim_end().to_owned()))
            }
            Ok(_) => Self::write_new(&path),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Self::write_new(&path),
            Err(error) => Err(error),
        }
    }

    /// Writes a fresh token beside its place and moves it there, so that no half of one is ever read.
    fn write_new(path: &Path) -> io::Result<Self> {
        let token = Self::random()?;
        let partial = path.with_extension("part");
        let _ = fs::remove_file(&partial);
        let mut file = private(OpenOptions::new().write(true).create_new(true)).open(&partial)?;
        writeln!(file, "{}", token.0)?;
        file.sync_all()?;
        fs::rename(&partial, path)?;
        Ok(token)
    }

    fn random() -> io::Result<Self> {
        let mut bytes = [0; BYTES];
        getrandom::fill(&mut bytes).map_err(io::Error::other)?;
        let mut text = String::with_capacity(BYTES * 2);
        for byte in bytes {
            let _ = write!(text, "{byte:02x}");
        }
        Ok(Self(text))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether `guess` is this token. Takes the same time for every guess of the right length.
    pub(crate) fn is(&self, guess: &str) -> bool {
        self.0.as_bytes().ct_eq(guess.as_bytes()).into()
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Token(…)")
    }
}

fn is_token(text: &str) -> bool {
    text.len() == BYTES * 2 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(unix)]
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600)
}

#[cfg(not(unix))]
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

/// Takes away what others were given to read.
#[cfg(unix)]
fn keep_private(file: &File) -> io::Result<()> {
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))
}

/// Elsewhere a file inherits who may read it from the folder, which is the user's own.
#[cfg(not(unix))]
fn keep_private(_file: &File) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_outlives_a_restart_and_another_folder_has_another() {
        let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let first = Token::of(one.path()).unwrap();
        assert_eq!(first.as_str().len(), 32);
        assert_eq!(Token::of(one.path()).unwrap().as_str(), first.as_str());
        assert_ne!(Token::of(two.path()).unwrap().as_str(), first.as_str());
    }

    #[test]
    fn only_the_whole_token_is_right() {
        let folder = tempfile::tempdir().unwrap();
        let token = Token::of(folder.path()).unwrap();
        assert!(token.is(token.as_str()));
        assert!(!token.is(""));
        assert!(!token.is(&token.as_str()[..31]));
        assert!(!token.is(&format!("{}0", token.as_str())));
        assert!(!token.is(&token.as_str().to_uppercase().replace(|c: char| c.is_ascii_digit(), "x")));
    }

    #[test]
    fn a_damaged_file_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        for content in ["", "short", &"z".repeat(32)] {
            fs::write(Token::file(folder.path()), content).unwrap();
            assert!(is_token(Token::of(folder.path()).unwrap().as_str()), "{content:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_may_read_it_even_when_they_could_before() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let mode = || fs::metadata(Token::file(folder.path())).unwrap().permissions().mode() & 0o777;
        Token::of(folder.path()).unwrap();
        assert_eq!(mode(), 0o600);
        fs::set_permissions(Token::file(folder.path()), fs::Permissions::from_mode(0o644)).unwrap();
        Token::of(folder.path()).unwrap();
        assert_eq!(mode(), 0o600);
    }

    #[test]
    fn the_secret_is_not_shown_by_accident() {
        let folder = tempfile::tempdir().unwrap();
        let token = Token::of(folder.path()).unwrap();
        assert!(!format!("{token:?}").contains(token.as_str()));
    }
}
