//! The batch face: `rubricator check`.
