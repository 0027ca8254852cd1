//! The language server: `rubricator server`.
