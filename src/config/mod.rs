//! Configuration: which rules apply where, and how.
//!
//! A `rubricator.toml` is found upward from each file; it belongs to the corpus and is
//! shared by editors and CI. Nothing of the user's own machine is mixed in.

mod describe;
mod disk;
mod error;
mod file;
mod load;

pub use disk::{CACHE_FOLDER, Disk};
pub use error::{ConfigError, utf8};
pub use file::schema;
pub(crate) use load::unknown_rule;
pub use load::{Accept, CONFIG_NAME, Config, find};
