//! Configuration: which rules apply where, and how.
