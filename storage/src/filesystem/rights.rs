//! Who may read and write what we make, and opening files that nobody put a trap in the place of.
#![expect(
    clippy::disallowed_methods,
    reason = "this is the one door to the disk"
)]

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;

use super::{Access, Likeness};

/// Returns an open file if it is an ordinary one.
pub(super) fn regular(file: File) -> io::Result<File> {
    if file.metadata()?.is_file() {
        return Ok(file);
    }
    let why = "it is not an ordinary file";
    Err(io::Error::new(io::ErrorKind::InvalidInput, why))
}

#[cfg(unix)]
pub(super) use unix::{follow_no_link, give_folder, resemble, restrict, share};

#[cfg(unix)]
mod unix {
    use std::fs::Metadata;
    use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _};
    use std::os::unix::fs::{chown, fchown};

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

    /// Gives a new folder the owner, the group and the mode of the one that it lies in, whatever the umask.
    pub(in super::super) fn give_folder(folder: &Path) -> io::Result<()> {
        let outer = fs::metadata(above(folder))?;
        let own = fs::metadata(folder)?;
        if !same_owner(&own, &outer) {
            // Only a privileged account may give files away; the group alone is often allowed.
            let _ = chown(folder, Some(outer.uid()), Some(outer.gid()))
                .or_else(|_| chown(folder, None, Some(outer.gid())));
        }
        fs::set_permissions(folder, fs::Permissions::from_mode(outer.mode() & 0o7777))
    }

    /// Lets everybody write to a new file who may write to its folder, whatever the umask.
    pub(in super::super) fn share(file: &File, path: &Path) -> io::Result<()> {
        let folder = fs::metadata(above(path))?;
        take_owner(file, &folder)?;
        let writers = (folder.mode() >> 1) & 0o111;
        set_mode(file, (writers * 6) | 0o600)
    }

    pub(in super::super) fn resemble(
        file: &File,
        other: &Path,
        likeness: Likeness,
    ) -> io::Result<()> {
        let model = fs::metadata(other)?;
        let given = model.mode() & 0o7777;
        if likeness == Likeness::NoWider {
            return set_mode(file, file.metadata()?.mode() & (given | 0o200));
        }
        let group = take_owner(file, &model)?;
        let writers = || -> io::Result<u32> {
            let folder = fs::metadata(above(other))?;
            let both = (folder.mode() >> 1) & (given >> 2) & 0o111;
            // Another group than the one that the rights are meant for gets none.
            Ok(if group { both } else { both & !0o010 })
        };
        let mode = match likeness {
            Likeness::Same | Likeness::NoWider => given,
            Likeness::Writable => given | 0o200,
            Likeness::Record => (given & 0o444) | (writers()? * 2) | 0o600,
            Likeness::Secret => (writers()? * 6) | 0o600,
        };
        set_mode(file, mode)
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
pub(super) use elsewhere::{follow_no_link, give_folder, resemble, restrict, share};

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
