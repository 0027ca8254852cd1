//! Comments that say a place is right as it stands, in Markdown, HTML and XML.
//!
//! `<!-- rubricator: ignore RULE -->` speaks of the next block, `ignore-file` of the whole
//! file, `off` and `on` of what stands between them; without a rule they mean all rules.

use crate::text::Span;

use super::{Ignore, IgnoreScope};

/// Gathers the ignore comments of a document while it is read.
#[derive(Debug, Default)]
pub(super) struct IgnoreComments {
    done: Vec<Ignore>,
    /// Comments whose next block has not begun.
    waiting: Vec<(Option<String>, Span)>,
    /// `off` without an `on` so far.
    open: Vec<(Option<String>, Span)>,
}

impl IgnoreComments {
    /// Reads the text of a comment at `span`; one that is not ours is passed over.
    pub(super) fn comment(&mut self, text: &str, span: Span) {
        let Some(directive) = text.trim().strip_prefix("rubricator:") else {
            return;
        };
        let mut words = directive.split_whitespace();
        let verb = words.next().unwrap_or("");
        let mut rules: Vec<Option<String>> = words
            .flat_map(|word| word.split(','))
            .take_while(|word| !word.starts_with("--"))
            .filter(|word| !word.is_empty())
            .map(|word| Some(word.to_owned()))
            .collect();
        if rules.is_empty() {
            rules.push(None);
        }
        for rule in rules {
            match verb {
                "ignore" => self.waiting.push((rule, span)),
                "ignore-file" => {
                    self.done.push(Ignore { rule, scope: IgnoreScope::File, span });
                }
                "off" => self.open.push((rule, span)),
                "on" => self.close(rule.as_deref(), span.start),
                _ => {}
            }
        }
    }

    /// Says that a block starts and ends here.
    pub(super) fn block(&mut self, block: Span) {
        for (rule, span) in std::mem::take(&mut self.waiting) {
            let scope = IgnoreScope::Stretch(Span::new(span.start.min(block.start), block.end));
            self.done.push(Ignore { rule, scope, span });
        }
    }

    /// `on` ends every `off` of the rule, or all of them.
    fn close(&mut self, rule: Option<&str>, at: usize) {
        let (ended, open) = std::mem::take(&mut self.open)
            .into_iter()
            .partition(|(off, _)| rule.is_none() || off.as_deref() == rule);
        self.open = open;
        self.end(ended, at);
    }

    fn end(&mut self, ended: Vec<(Option<String>, Span)>, at: usize) {
        for (rule, span) in ended {
            let scope = IgnoreScope::Stretch(Span::new(span.start, at.max(span.start)));
            self.done.push(Ignore { rule, scope, span });
        }
    }

    /// All of them, at the end of a document of `length` bytes.
    pub(super) fn finish(mut self, length: usize) -> Vec<Ignore> {
        let open = std::mem::take(&mut self.open);
        self.end(open, length);
        self.done.sort_by_key(|ignore| ignore.span.start);
        self.done
    }
}
