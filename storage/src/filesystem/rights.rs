//! Who may read and write what we make, and opening files that nobody put a trap in the place of.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;

use super::{Access, Likeness};

/// Returns an open file if it is an ordinary one.
pub(super) fn regular(file: File) -> io::Result<File> {
    if file.metadata()?.is_file() {
        return Ok(file);
    }
    let why = "it is not a regular file";
    Err(io::Error::new(io::ErrorKind::InvalidInput, why))
}

#[cfg(unix)]
pub(super) use unix::{follow_no_link, give_folder, resemble, restrict, share, share_again};

#[cfg(unix)]
mod unix {
    use std::fs::Metadata;
    use std::os::fd::OwnedFd;
    use std::os::unix::fs::fchown;
    use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _};

    use super::{Access, File, Likeness, OpenOptions, Path, fs, io};

    /// Refuses a link, and does not wait for the other end of a pipe.
    pub(in super::super) fn follow_no_link(options: &mut OpenOptions) {
        options.custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK);
    }

    pub(in super::super) fn restrict(options: &mut OpenOptions, access: Access) {
        if access == Access::Private {
            options.mode(0o600);
        }
    }

    /// Gives a folder of ours the owner, the group and the mode of the one that it lies in, whatever the umask.
    ///
    /// It is opened first, and never through a link: somebody may put another one in its place meanwhile. One that is
    /// not ours stays as it is.
    pub(in super::super) fn give_folder(folder: &Path) -> io::Result<()> {
        let mut options = OpenOptions::new();
        options.read(true);
        options.custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK | libc::O_DIRECTORY);
        let itself = options.open(folder)?;
        let outer = fs::metadata(above(folder))?;
        if !is_ours(&itself.metadata()?, &outer)? {
            return Ok(());
        }
        let group = take_owner(&itself, &outer)?;
        set_mode(&itself, for_group(outer.mode() & 0o7777, group))
    }

    /// Lets everybody write to a new file who may write to its folder, whatever the umask.
    pub(in super::super) fn share(file: &File, path: &Path) -> io::Result<()> {
        let folder = fs::metadata(above(path))?;
        let group = take_owner(file, &folder)?;
        let writers = (folder.mode() >> 1) & 0o111;
        set_mode(file, for_group((writers * 6) | 0o600, group))
    }

    /// Does the same for a lock that was there: who may write to the folder can have changed since it was made.
    ///
    /// A file that is not ours, has another name too, or holds something is no lock of ours, and stays as it is.
    pub(in super::super) fn share_again(file: &File, path: &Path) -> io::Result<()> {
        let (own, folder) = (file.metadata()?, fs::metadata(above(path))?);
        if own.nlink() == 1 && own.len() == 0 && is_ours(&own, &folder)? {
            return share(file, path);
        }
        Ok(())
    }

    /// Returns whether something belongs to us, or to the owner of the folder that it lies in.
    fn is_ours(own: &Metadata, folder: &Metadata) -> io::Result<bool> {
        if own.uid() == folder.uid() {
            return Ok(true);
        }
        // Whatever we make is ours, and a pipe is made without a name.
        let (end, _) = io::pipe()?;
        Ok(own.uid() == File::from(OwnedFd::from(end)).metadata()?.uid())
    }

    pub(in super::super) fn resemble(
        file: &File,
        other: &Path,
        likeness: Likeness,
    ) -> io::Result<()> {
        let model = fs::metadata(other)?;
        let given = model.mode() & 0o7777;
        if likeness == Likeness::NoWider {
            let own = file.metadata()?;
            let given = for_group(given, own.gid() == model.gid());
            return set_mode(file, own.mode() & (given | 0o200));
        }
        let group = take_owner(file, &model)?;
        let writers = || -> io::Result<u32> {
            let folder = fs::metadata(above(other))?;
            Ok((folder.mode() >> 1) & (given >> 2) & 0o111)
        };
        let mode = match likeness {
            Likeness::Same | Likeness::NoWider => given,
            Likeness::Writable => given | 0o200,
            Likeness::Record => (given & 0o444) | (writers()? * 2) | 0o600,
            Likeness::Secret => (writers()? * 6) | 0o600,
        };
        set_mode(file, for_group(mode, group))
    }

    /// Returns a mode for a file whose group is the one that it is meant for, or another, which gets no more than
    /// everybody.
    const fn for_group(mode: u32, meant: bool) -> u32 {
        if meant {
            mode
        } else {
            mode & (!0o070 | ((mode & 0o007) << 3))
        }
    }

    /// Gives a file another owner and group as far as we may; tells whether the group is the wanted one.
    fn take_owner(file: &File, model: &Metadata) -> io::Result<bool> {
        let own = file.metadata()?;
        if same_owner(&own, model) {
            return Ok(true);
        }
        let given = fchown(file, Some(model.uid()), Some(model.gid()))
            .or_else(|_| fchown(file, None, Some(model.gid())));
        Ok(given.is_ok() || own.gid() == model.gid())
    }

    fn same_owner(own: &Metadata, other: &Metadata) -> bool {
        (own.uid(), own.gid()) == (other.uid(), other.gid())
    }

    fn set_mode(file: &File, mode: u32) -> io::Result<()> {
        if file.metadata()?.mode() & 0o7777 == mode {
            return Ok(());
        }
        file.set_permissions(fs::Permissions::from_mode(mode))
    }

    fn above(path: &Path) -> &Path {
        match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        }
    }
}

#[cfg(not(unix))]
pub(super) use elsewhere::{follow_no_link, give_folder, resemble, restrict, share, share_again};

/// Where rights are inherited from the folder.
#[cfg(not(unix))]
mod elsewhere {
    use super::{Access, File, Likeness, OpenOptions, Path, fs, io};

    /// Opens a link itself, so that it is found to be one.
    pub(in super::super) fn follow_no_link(options: &mut OpenOptions) {
        #[cfg(windows)]
        {
            use std::os::windows::fs::OpenOptionsExt as _;

            const FILE_FLAG_OPEN_REPARSE_POINT: u32 = 0x0020_0000;
            options.custom_flags(FILE_FLAG_OPEN_REPARSE_POINT);
        }
        #[cfg(not(windows))]
        let _ = options;
    }

    pub(in super::super) fn restrict(_: &mut OpenOptions, _: Access) {}

    #[expect(clippy::unnecessary_wraps, reason = "it may fail elsewhere")]
    pub(in super::super) fn give_folder(_: &Path) -> io::Result<()> {
        Ok(())
    }

    #[expect(clippy::unnecessary_wraps, reason = "it may fail elsewhere")]
    pub(in super::super) fn share(_: &File, _: &Path) -> io::Result<()> {
        Ok(())
    }

    #[expect(clippy::unnecessary_wraps, reason = "it may fail elsewhere")]
    pub(in super::super) fn share_again(_: &File, _: &Path) -> io::Result<()> {
        Ok(())
    }

    pub(in super::super) fn resemble(
        file: &File,
        other: &Path,
        likeness: Likeness,
    ) -> io::Result<()> {
        match likeness {
            Likeness::Same => file.set_permissions(fs::metadata(other)?.permissions()),
            Likeness::Writable | Likeness::Record | Likeness::Secret | Likeness::NoWider => Ok(()),
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]

    use std::fs;
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::give_folder;

    /// A bug once: whoever swapped the new folder for a link was given what that led to.
    #[test]
    fn a_link_in_the_place_of_a_folder_gives_nothing_away() {
        let folder = tempfile::tempdir().unwrap();
        let (outer, victim) = (folder.path().join("outer"), folder.path().join("victim"));
        fs::create_dir(&outer).unwrap();
        fs::create_dir(&victim).unwrap();
        let mode = fs::Permissions::from_mode;
        fs::set_permissions(&outer, mode(0o777)).unwrap();
        fs::set_permissions(&victim, mode(0o700)).unwrap();
        symlink(&victim, outer.join("link")).unwrap();
        assert!(give_folder(&outer.join("link")).is_err());
        let left = fs::metadata(&victim).unwrap().permissions().mode();
        assert_eq!(left & 0o777, 0o700);
    }
}
