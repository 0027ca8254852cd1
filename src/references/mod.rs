//! References: which pointer leads to which anchor.

mod link;
mod target;

pub use link::{References, link};
pub use target::{Target, target};
