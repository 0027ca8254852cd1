//! Rubricator reads transcriptions the way a careful editor does.
//!
//! The library is a house of floors; a module uses only what stands below it, and
//! `tests/architecture.rs` holds it to that. From the ground up:
//!
//! 1. [`text`]: bytes, encodings, ropes and positions;
//! 2. [`markup`]: file formats, read into blocks of prose with an exact map to the source;
//! 3. [`quotes`], [`names`], [`references`]: what a block says, as facts;
//! 4. [`figures`]: the authority, who is who;
//! 5. [`corpus`]: all documents' facts and what they share;
//! 6. [`rules`]: facts in, findings out;
//! 7. [`config`]: which rules apply where;
//! 8. [`batch`] and [`server`]: the two faces, which carry and never judge.

pub mod batch;
pub mod cli;
pub mod config;
pub mod corpus;
pub mod figures;
pub mod markup;
pub mod names;
pub mod quotes;
pub mod references;
pub mod rules;
pub mod server;
pub mod text;
