//! The disk of a folder that gets a page for each ticket: it fills up, it cannot be written, its power goes.

use super::child::{Child, Parent, block_on};
use super::disk::{Disk, POWER_CUT, cut_power};
use fastops_domain::job::Cause;
use fastops_printing::folder::{check, put};
use std::path::{Path, PathBuf};

const FOLDER: &str = "FASTOPS_PAGES_FOLDER";
const MARKER: &str = "FASTOPS_PAGES_FULL";
const PAGE: &[u8] = b"%PDF a page that has to be whole %%EOF";

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// What a child did with a folder on a disk that is played.
struct Played {
    told: Vec<String>,
    status: Option<i32>,
    names: Vec<String>,
    /// The second page.
    page: Option<Vec<u8>>,
}

async fn played(function: &str, disk: impl FnOnce(Disk, &Path) -> Disk) -> Played {
    let (folder, aside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let marker = aside.path().join("full");
    let disk = disk(Disk::of(folder.path()), &marker);
    let function = format!("faults::folder::{function}");
    let child = Child::run(&function, |command| {
        disk.beneath(command);
        command.env(FOLDER, folder.path()).env(MARKER, &marker);
    });
    let (told, status) = child.await.rest().await;
    let page = std::fs::read(folder.path().join("b.pdf")).ok();
    Played { told, status: status.code(), names: names(folder.path()), page }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_takes_no_part_of_a_page() {
    let Played { told, status, names, .. } = played("the_folder_that_fills_up", Disk::full_while).await;
    assert_eq!(status, Some(0), "{told:?}");
    assert_eq!(told, ["taken", "folder_full Some(0)", "a.pdf", "folder_full", "well", "taken"]);
    assert_eq!(names, ["a.pdf", "b.pdf"], "nothing unfinished is left");
}

/// What was said to be there is there, whole, after the power went.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_that_was_taken_outlives_a_power_cut() {
    let Played { told, status, names, page } = played("the_folder_whose_power_goes", |disk, _| disk).await;
    assert_eq!((told.as_slice(), status), (&["taken".to_owned(), "taken".to_owned()][..], Some(POWER_CUT)));
    assert_eq!(names, ["a.pdf", "b.pdf"]);
    assert_eq!(page.as_deref(), Some(PAGE));
}

/// The control: on a disk whose syncs are lies the page is not whole, or not there.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_disk_that_lies_loses_the_page() {
    let Played { status, page, .. } =
        played("the_folder_whose_power_goes", |disk, _| disk.lies_about("")).await;
    assert_eq!(status, Some(POWER_CUT));
    assert_ne!(page.as_deref(), Some(PAGE));
}

/// Nobody may make files there, whoever they are.
#[tokio::test]
async fn a_folder_that_cannot_be_written_says_so() {
    assert_eq!(check("/sys", false).await.map_err(|trouble| trouble.cause), Ok(()));
    assert_eq!(check("/sys", true).await.unwrap_err().cause, Cause::FolderUnwritable);
    let broke = put("/sys", "part", "a.pdf", PAGE.to_vec()).await.unwrap_err();
    assert_eq!((broke.cause, broke.bytes_accepted), (Cause::FolderUnwritable, Some(0)));
    assert_eq!(check("/sys/nowhere", false).await.unwrap_err().cause, Cause::FolderMissing);
    assert_eq!(check("/etc/hostname", false).await.unwrap_err().cause, Cause::FolderMissing);
}

fn place(name: &str) -> PathBuf {
    PathBuf::from(std::env::var(name).unwrap())
}

async fn tell_put(parent: &mut Parent, folder: &str, name: &str) {
    let told = match put(folder, name, name, PAGE.to_vec()).await {
        Ok(()) => "taken".to_owned(),
        Err(broke) => format!("{} {:?}", broke.cause.code(), broke.bytes_accepted),
    };
    parent.tell(&told).await;
}

async fn tell_check(parent: &mut Parent, folder: &str) {
    let told = check(folder, true).await.map_or_else(|trouble| trouble.cause.code(), |()| "well");
    parent.tell(told).await;
}

/// Not a test of its own: pages for a folder whose disk fills up and is emptied again.
#[test]
fn the_folder_that_fills_up() {
    block_on(async {
        let Some(mut parent) = Parent::call().await else { return };
        let (folder, marker) = (place(FOLDER).display().to_string(), place(MARKER));
        tell_put(&mut parent, &folder, "a.pdf").await;
        std::fs::write(&marker, "").unwrap();
        tell_put(&mut parent, &folder, "b.pdf").await;
        parent.tell(&names(Path::new(&folder)).join(" ")).await;
        tell_check(&mut parent, &folder).await;
        std::fs::remove_file(&marker).unwrap();
        tell_check(&mut parent, &folder).await;
        tell_put(&mut parent, &folder, "b.pdf").await;
    });
}

/// Not a test of its own: pages for a folder whose power goes after the second.
#[test]
fn the_folder_whose_power_goes() {
    block_on(async {
        let Some(mut parent) = Parent::call().await else { return };
        let folder = place(FOLDER);
        let text = folder.display().to_string();
        for name in ["a.pdf", "b.pdf"] {
            tell_put(&mut parent, &text, name).await;
        }
        cut_power(&folder);
    });
}
