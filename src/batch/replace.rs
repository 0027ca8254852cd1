//! Writing files: through a temporary file beside them and a rename, so that a file is
//! replaced whole or not at all.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// A file that takes the place of another when it is finished; dropped before, it leaves
/// everything as it was.
#[derive(Debug)]
pub(super) struct Replacement {
    out: BufWriter<NamedTempFile>,
    target: PathBuf,
}

impl Replacement {
    /// What the names of files begin with that are not finished yet.
    pub(super) const PREFIX: &str = ".rubricator-";

    /// Begins to write what will stand at `path`.
    ///
    /// # Errors
    /// Where no file can be made in the folder.
    pub(super) fn of(path: &Path) -> io::Result<Self> {
        // A link stays a link: what it leads to is replaced.
        let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
        let mut builder = tempfile::Builder::new();
        builder.prefix(Self::PREFIX);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let temporary = builder.tempfile_in(folder.unwrap_or(Path::new(".")))?;
        Ok(Self { out: BufWriter::new(temporary), target })
    }

    /// Puts what was written in the place of the file, with the permissions it had.
    ///
    /// # Errors
    /// Where the disk is full or the file cannot be replaced; it is then as it was.
    pub(super) fn finish(self) -> io::Result<()> {
        self.put(true)
    }

    /// The same for what can be made again: it is not waited for until it is on the disk.
    ///
    /// # Errors
    /// Those of [`Replacement::finish`].
    pub(super) fn finish_lightly(self) -> io::Result<()> {
        self.put(false)
    }

    fn put(self, is_lasting: bool) -> io::Result<()> {
        let temporary = self.out.into_inner().map_err(io::IntoInnerError::into_error)?;
        if let Ok(metadata) = self.target.metadata() {
            temporary.as_file().set_permissions(metadata.permissions())?;
        }
        if is_lasting {
            temporary.as_file().sync_all()?;
        }
        temporary.persist(&self.target).map_err(|error| error.error)?;
        Ok(())
    }
}

impl Write for Replacement {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Where a report goes.
pub(super) enum Sink {
    /// Standard output, or a device that cannot be replaced.
    Stream(Box<dyn Write>),
    /// A file.
    File(Replacement),
}

impl Sink {
    /// Standard error.
    pub(super) fn stderr() -> Self {
        Self::Stream(Box::new(BufWriter::new(io::stderr())))
    }

    /// Opens a file for a report; `None`: standard output.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub(super) fn open(path: Option<&Path>) -> io::Result<Self> {
        let Some(path) = path else {
            return Ok(Self::Stream(Box::new(BufWriter::new(io::stdout().lock()))));
        };
        let is_device = fs::metadata(path).is_ok_and(|metadata| !metadata.is_file());
        if is_device {
            let device = fs::OpenOptions::new().write(true).open(path)?;
            return Ok(Self::Stream(Box::new(BufWriter::new(device))));
        }
        Replacement::of(path).map(Self::File)
    }

    /// Ends the report.
    ///
    /// # Errors
    /// Whatever the last write gives.
    pub(super) fn finish(self) -> io::Result<()> {
        match self {
            Self::Stream(mut out) => out.flush(),
            Self::File(file) => file.finish(),
        }
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stream(out) => out.write(bytes),
            Self::File(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stream(out) => out.flush(),
            Self::File(file) => file.flush(),
        }
    }
}

/// What went wrong with a file, for people.
pub(crate) fn file_error(path: &Path, error: &io::Error) -> String {
    format!("{}: {}", path.display(), plain(error))
}

/// The message of an I/O error without its number.
pub(super) fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_owned()
}
