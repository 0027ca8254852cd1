//! References: which pointer leads to which anchor.

mod link;

pub use link::{References, link};
