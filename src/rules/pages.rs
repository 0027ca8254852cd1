//! The examples on the pages of the rules are what they say: whoever tries one gets that finding.

use crate::markup::Format;

use super::{RULES, Rule, fixture};

/// Rules whose findings take more than a few lines: files, an authority, many mentions of a name.
const NEED_MORE: &[&str] = &[
    "name-variant",
    "name-misprint",
    "unknown-reference",
    "unknown-figure",
    "link-target",
    "encoding",
    "markup-error",
];

/// The indented passages of a page with carets under what is reported, each as a snippet.
fn examples(rule: &Rule) -> Vec<String> {
    let mut passages = vec![String::new()];
    for line in rule.explanation.lines() {
        let passage = passages.last_mut().expect("one at least");
        match line.strip_prefix("    ") {
            Some(text) => *passage += &format!("{text}\n"),
            // A gap within an example is part of it.
            None if line.is_empty() => passage.push('\n'),
            None => passages.push(String::new()),
        }
    }
    let has_carets =
        |passage: &String| passage.lines().any(|line| line.trim_start().starts_with('^'));
    passages.into_iter().filter(has_carets).collect()
}

#[test]
fn the_examples_on_the_pages_give_the_findings_they_show() {
    for rule in RULES {
        let examples = examples(rule);
        assert!(!examples.is_empty() || NEED_MORE.contains(&rule.name), "{}", rule.name);
        for example in examples {
            let is_markup = example.contains("-->") || example.contains("</");
            let is_tei = example.contains("<TEI") || example.contains("xml:id");
            let format = match (is_tei, is_markup) {
                (true, _) => Format::Tei,
                (false, true) => Format::Html,
                (false, false) => Format::Plain,
            };
            fixture::check(rule, format, &example);
        }
    }
}
