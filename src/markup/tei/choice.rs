//! Alternatives: of `choice` and `app` only one reading is read.

/// The alternatives that are open.
#[derive(Debug, Default)]
pub(super) struct Choices {
    open: Vec<Choice>,
}

#[derive(Debug)]
struct Choice {
    name: &'static str,
    /// Whether a reading was read already.
    has_read: bool,
    /// How many elements were open around it.
    depth: usize,
}

impl Choices {
    /// Whether no alternative is open.
    pub(super) fn is_idle(&self) -> bool {
        self.open.is_empty()
    }

    /// Whether the element, a direct reading of the innermost alternative or not, is one
    /// that is not read.
    ///
    /// What the editor would print is read: `corr`, `reg`, `expan`, `lem`. Of readings of one
    /// rank the first is read.
    pub(super) fn hides(&mut self, name: &str) -> bool {
        let Some(choice) = self.open.last_mut() else {
            return false;
        };
        match (choice.name, name) {
            // What stands in the source, which its alternative replaces.
            ("choice", "sic" | "orig" | "abbr") => true,
            ("choice", "corr" | "reg" | "expan" | "unclear" | "seg") | ("app", "lem" | "rdg") => {
                std::mem::replace(&mut choice.has_read, true)
            }
            ("app", "note" | "witDetail" | "wit") => true,
            _ => false,
        }
    }

    /// An element starts while `depth` others are open.
    pub(super) fn open(&mut self, name: &str, depth: usize) {
        let known = match name {
            "choice" => "choice",
            "app" => "app",
            // What stands inside a reading is not a reading.
            "corr" | "reg" | "expan" | "lem" | "rdg" | "sic" | "orig" | "abbr" => "",
            _ => return,
        };
        self.open.push(Choice { name: known, has_read: false, depth });
    }

    /// Elements have ended, with or without an end tag of their own, and `depth` are still open.
    pub(super) fn close(&mut self, depth: usize) {
        while self.open.last().is_some_and(|last| last.depth >= depth) {
            self.open.pop();
        }
    }
}
