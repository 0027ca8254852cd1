//! Comments that say a place is right as it stands, in Markdown, HTML and XML.
//!
//! `<!-- rubricator: ignore RULE -->` speaks of the next block, `ignore-file` of the whole
//! file, `off` and `on` of what stands between them; without a rule they mean all rules.

use crate::text::{Span, nearest};

use super::{Ignore, IgnoreScope};

/// What a comment of ours can say.
pub const VERBS: [&str; 4] = ["ignore", "ignore-file", "off", "on"];

/// The ignore comments of a document whose extent is not known yet, while it is read.
#[derive(Debug, Default)]
pub(super) struct IgnoreComments {
    /// Comments whose next block has not begun.
    waiting: Vec<(Option<String>, Span)>,
    /// `off` without an `on` so far.
    open: Vec<(Option<String>, Span)>,
}

impl IgnoreComments {
    /// Whether no comment waits for its end.
    pub(super) fn is_idle(&self) -> bool {
        self.waiting.is_empty() && self.open.is_empty()
    }

    /// Reads the text of a comment at `span`; one that is not ours is passed over.
    pub(super) fn comment(&mut self, text: &str, span: Span, done: &mut Vec<Ignore>) {
        let Some(directive) = text.trim().strip_prefix("rubricator:") else {
            return;
        };
        let mut words = directive.split_whitespace();
        let verb = words.next().unwrap_or("");
        // A remark of several words is meant for people.
        let is_order = directive.split_whitespace().count() <= 2 || nearest(verb, VERBS).is_some();
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
                    done.push(Ignore { rule, scope: IgnoreScope::File, span });
                }
                "off" => self.open.push((rule, span)),
                "on" => self.close(rule, span, done),
                _ if is_order => {
                    let rule = Some(verb.to_owned());
                    done.push(Ignore { rule, scope: IgnoreScope::Unknown, span });
                    return;
                }
                _ => {}
            }
        }
    }

    /// Says that a block starts and ends here.
    pub(super) fn block(&mut self, block: Span, done: &mut Vec<Ignore>) {
        for (rule, span) in std::mem::take(&mut self.waiting) {
            let scope = IgnoreScope::Stretch(Span::new(span.start.min(block.start), block.end));
            done.push(Ignore { rule, scope, span });
        }
    }

    /// `on` ends every `off` of the rule, or all of them.
    fn close(&mut self, rule: Option<String>, comment: Span, done: &mut Vec<Ignore>) {
        let (ended, open) = std::mem::take(&mut self.open)
            .into_iter()
            .partition(|(off, _)| rule.is_none() || *off == rule);
        self.open = open;
        end(ended, comment.start, done);
        if rule.is_some() {
            // It silences nothing by itself, but the rule it names may be none.
            let scope = IgnoreScope::Stretch(Span::gap(comment.start));
            done.push(Ignore { rule, scope, span: comment });
        }
    }

    /// The end of a document of `length` bytes.
    pub(super) fn finish(&mut self, length: usize, done: &mut Vec<Ignore>) {
        end(std::mem::take(&mut self.open), length, done);
    }
}

fn end(ended: Vec<(Option<String>, Span)>, at: usize, done: &mut Vec<Ignore>) {
    for (rule, span) in ended {
        let scope = IgnoreScope::Stretch(Span::new(span.start, at.max(span.start)));
        done.push(Ignore { rule, scope, span });
    }
}
