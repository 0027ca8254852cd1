//! Bytes and positions: the ground floor, which knows nothing of formats or rules.

mod buffer;
mod declaration;
mod decode;
mod faulty_utf8;
mod lines;
mod nearest;
mod numeral;
mod position;
mod repertoire;
mod span;
mod toml;
mod units;

pub use buffer::{Buffer, Change};
pub use decode::{DecodeError, Encoding, SourceFile};
pub use faulty_utf8::is_stand_in;
pub use lines::{LineColumn, LineIndex};
pub use nearest::{likest, nearest};
pub use numeral::number_at;
pub use position::{Position, PositionEncoding};
pub use repertoire::{Reader, Repertoire};
pub use span::{ProseSpan, Span};
pub use toml::{TomlError, read_toml};
