//! Which windows were open beside the till and on which screens, so that they are there again after a restart.

use super::screens::Screen;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::{fs, io};

/// The file, in the folder of what the screens remember.
const FILE: &str = "windows.json";
/// How many screens are remembered of a window.
const MOST_SCREENS: usize = 4;

/// What is remembered of each window by its name, in a file.
#[derive(Clone, Debug)]
pub(super) struct Memory {
    file: PathBuf,
    kept: Arc<Mutex<Kept>>,
}

type Kept = BTreeMap<String, Remembered>;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Remembered {
    open: bool,
    /// Those that it filled, the dearest first.
    screens: Vec<Screen>,
}

impl Memory {
    /// What cannot be read is not remembered.
    pub(super) fn new(folder: &Path) -> Self {
        let file = folder.join(FILE);
        let kept = fs::read(&file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Self { file, kept: Arc::new(Mutex::new(kept.unwrap_or_default())) }
    }

    /// Whether the window was open, or a person closed it; nothing of one that was never opened here.
    pub(super) fn was_open(&self, label: &str) -> Option<bool> {
        self.kept().get(label).map(|one| one.open)
    }

    /// The screens that the window filled, the dearest first.
    pub(super) fn screens(&self, label: &str) -> Vec<Screen> {
        self.kept().get(label).map(|one| one.screens.clone()).unwrap_or_default()
    }

    /// Notes that a window is open, or that a person closed it.
    pub(super) fn note_open(&self, label: &str, is_open: bool) {
        self.change(label, |one| one.open = is_open);
    }

    /// Notes that a window fills one of `all` screens. It is the dearest from now on where a person moved the window there;
    /// else it is where the window goes when none of the dearer ones is there.
    pub(super) fn note_screen(&self, label: &str, screen: &Screen, all: &[Screen], is_moved: bool) {
        self.change(label, |one| {
            let known = one.screens.iter().position(|was| was.is(screen, all));
            match (known, is_moved) {
                (Some(at), false) => one.screens[at] = screen.clone(),
                (known, true) => {
                    if let Some(at) = known {
                        one.screens.remove(at);
                    }
                    one.screens.insert(0, screen.clone());
                    one.screens.truncate(MOST_SCREENS);
                }
                (None, false) => {
                    one.screens.truncate(MOST_SCREENS - 1);
                    one.screens.push(screen.clone());
                }
            }
        });
    }

    fn change(&self, label: &str, change: impl FnOnce(&mut Remembered)) {
        let mut kept = self.kept();
        let before = kept.get(label).cloned();
        let mut one = before.clone().unwrap_or_default();
        change(&mut one);
        if before.as_ref() == Some(&one) {
            return;
        }
        kept.insert(label.to_owned(), one);
        if let Err(error) = self.write(&kept) {
            tracing::warn!(%error, "which windows are open cannot be noted");
        }
    }

    /// In one step: whatever happens meanwhile, the file is whole.
    fn write(&self, kept: &Kept) -> io::Result<()> {
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder)?;
        }
        let new = self.file.with_extension("new");
        fs::write(&new, serde_json::to_vec_pretty(kept)?)?;
        fs::rename(new, &self.file)
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::super::screens::screen;
    use super::*;
    use std::slice::from_ref;

    #[test]
    fn what_was_open_is_known_after_a_restart_and_what_was_closed_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("screens");
        let again = || Memory::new(&inside);
        assert_eq!(again().was_open("kitchen"), None);
        again().note_open("kitchen", true);
        again().note_open("guests", true);
        assert_eq!((again().was_open("kitchen"), again().was_open("guests")), (Some(true), Some(true)));
        again().note_open("kitchen", false);
        assert_eq!((again().was_open("kitchen"), again().was_open("guests")), (Some(false), Some(true)));
        fs::write(inside.join(FILE), b"\xff\xfe").unwrap();
        assert_eq!(again().was_open("guests"), None);
    }

    #[test]
    fn screens_are_known_after_a_restart_the_dearest_first() {
        let folder = tempfile::tempdir().unwrap();
        let again = || Memory::new(folder.path());
        let [one, two, three] = [screen("B", 1_920), screen("C", 3_200), screen("D", 4_480)];
        let all = [one.clone(), two.clone(), three.clone()];
        again().note_screen("kitchen", &one, &all, false);
        again().note_screen("kitchen", &two, &all, false);
        assert_eq!(again().screens("kitchen"), [one.clone(), two.clone()], "the second one stands in");
        again().note_screen("kitchen", &three, &all, true);
        again().note_screen("kitchen", &two, &all, true);
        assert_eq!(again().screens("kitchen"), [two, three, one], "a person moved it");
        assert!(again().screens("guests").is_empty());
    }

    #[test]
    fn a_screen_that_stands_elsewhere_now_is_the_same_and_no_list_grows_on_and_on() {
        let folder = tempfile::tempdir().unwrap();
        let memory = Memory::new(folder.path());
        let (before, now) = (screen("B", 1_920), screen("B", -1_280));
        memory.note_screen("kitchen", &before, from_ref(&before), false);
        memory.note_screen("kitchen", &now, from_ref(&now), false);
        assert_eq!(memory.screens("kitchen"), from_ref(&now));
        for n in 0..10 {
            let other = screen(&n.to_string(), n);
            memory.note_screen("kitchen", &other, from_ref(&other), false);
        }
        let kept = memory.screens("kitchen");
        assert_eq!((kept.len(), &kept[0], &kept[3]), (MOST_SCREENS, &now, &screen("9", 9)));
    }
}
