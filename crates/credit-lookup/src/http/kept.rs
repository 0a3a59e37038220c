//! The widgets of the releases before. A page that was opened before an upgrade
//! fetches its next file afterwards, and one that names files with their digest goes
//! on until its webmaster has changed them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// How many releases before the current one are kept: with one a quarter, nine
/// months. Each is about a megabyte.
const RELEASES: usize = 3;

/// What begins the name of a folder that is being written.
const UNFINISHED: char = '.';

/// Folders of releases, this one's too.
#[derive(Debug)]
pub struct KeptReleases {
    folder: PathBuf,
    names: Vec<String>,
}

impl KeptReleases {
    /// Keeps the files of `release` in `folder` and lets the oldest go.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn open<'a>(
        folder: &Path,
        release: &str,
        files: impl Iterator<Item = (String, &'a [u8])>,
    ) -> io::Result<Self> {
        let own = folder.join(release);
        if !own.is_dir() {
            // Another server on the same folder may be doing the same.
            let unfinished = folder.join(format!("{UNFINISHED}{release}-{}", std::process::id()));
            fs::create_dir_all(&unfinished)?;
            for (name, content) in files {
                fs::write(unfinished.join(name), content)?;
            }
            if fs::rename(&unfinished, &own).is_err() {
                fs::remove_dir_all(&unfinished)?;
            }
        }
        let mut found = Vec::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.file_type()?.is_dir() && !name.starts_with(UNFINISHED) {
                found.push((name != release, entry.metadata()?.modified()?, name));
            }
        }
        // This one first, then the latest.
        found.sort_by(|one, other| (one.0, other.1).cmp(&(other.0, one.1)));
        let mut names: Vec<String> = found.into_iter().map(|(_, _, name)| name).collect();
        for old in names.drain((RELEASES + 1).min(names.len())..) {
            fs::remove_dir_all(folder.join(old))?;
        }
        Ok(Self {
            folder: folder.to_owned(),
            names,
        })
    }

    /// A file of a release that is kept. Both come from outside: neither leads out of
    /// the folder.
    pub(super) fn file(&self, release: &str, file: &str) -> Option<Vec<u8>> {
        let release = self.names.iter().find(|name| *name == release)?;
        let is_name = file
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-'));
        if !is_name || file.starts_with('.') {
            return None;
        }
        fs::read(self.folder.join(release).join(file)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(folder: &Path, release: &str) -> KeptReleases {
        let files = [("element.js".to_owned(), release.as_bytes())];
        KeptReleases::open(folder, release, files.into_iter()).unwrap()
    }

    #[test]
    fn the_latest_are_kept_and_nothing_else_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        for release in ["0.1.0-a", "0.1.0-b", "0.2.0-c", "0.3.0-d", "0.4.0-e"] {
            open(folder, release);
            // The clock of some file systems counts in hundredths of a second.
            let begun = fs::metadata(folder.join(release))
                .unwrap()
                .modified()
                .unwrap();
            let probe = folder.join("probe");
            loop {
                fs::write(&probe, "").unwrap();
                if fs::metadata(&probe).unwrap().modified().unwrap() > begun {
                    break;
                }
            }
            fs::remove_file(&probe).unwrap();
        }
        let kept = open(folder, "0.4.0-e");
        assert_eq!(kept.names, ["0.4.0-e", "0.3.0-d", "0.2.0-c", "0.1.0-b"]);
        assert_eq!(kept.file("0.2.0-c", "element.js").unwrap(), b"0.2.0-c");
        fs::write(folder.join("secret"), "a").unwrap();
        for (release, file) in [
            ("0.1.0-a", "element.js"),
            ("0.2.0-c", "../secret"),
            ("0.2.0-c", ".."),
            ("..", "secret"),
            ("", "secret"),
            ("0.2.0-c", "other.js"),
        ] {
            assert!(kept.file(release, file).is_none(), "{release}/{file}");
        }
        // Going back to an older one takes nothing away.
        let kept = open(folder, "0.2.0-c");
        assert_eq!(kept.names.len(), 4);
        assert_eq!(kept.names[0], "0.2.0-c");
    }
}
