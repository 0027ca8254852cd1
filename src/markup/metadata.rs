//! Where blocks of metadata stand in Markdown: at its head, and for Pandoc also further on. Two rules
//! with text between them look the same to the parser.

/// Where the front matter ends, in bytes with its last line; 0 if there is none.
pub(super) fn front_end(source: &str) -> usize {
    block_end(source, "---").or_else(|| block_end(source, "+++")).unwrap_or(0)
}

/// Whether what stands between lines of three hyphens, of which `text` has some, is always YAML. Linear.
pub(super) fn are_there(text: &str) -> bool {
    let mut are_there = false;
    let mut at = 0;
    while let Some(line) = text[at..].split_inclusive('\n').next() {
        if is_fence(line, "---")
            && let Some(length) = block_end(&text[at..], "---")
        {
            if !is_yaml(&text[at + line.len()..at + length]) {
                return false;
            }
            are_there = true;
            at += length;
        } else {
            at += line.len();
        }
    }
    are_there
}

/// Where the block ends that a text begins with. Its first line is neither empty nor its last, as the
/// parser has it.
fn block_end(text: &str, fence: &str) -> Option<usize> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().filter(|line| is_fence(line, fence))?;
    let mut end = first.len();
    for (number, line) in lines.enumerate() {
        let is_last = is_close(line, fence) || fence == "---" && is_close(line, "...");
        if number == 0 && (is_last || line.trim().is_empty()) {
            return None;
        }
        end += line.len();
        if is_last {
            return Some(end);
        }
    }
    None
}

fn is_close(line: &str, fence: &str) -> bool {
    is_fence(line, fence) && !line.contains('\t')
}

fn is_fence(line: &str, fence: &str) -> bool {
    line.starts_with(fence) && line[fence.len()..].trim().is_empty()
}

/// Whether lines are those of a mapping: keys, and what is set in or listed below them.
fn is_yaml(lines: &str) -> bool {
    let mut lines = lines.lines().filter(|line| {
        let is_fence = is_fence(line, "---") || is_fence(line, "...");
        !is_fence && !line.trim().is_empty() && !line.starts_with([' ', '\t'])
    });
    let is_comment = |line: &str| line.starts_with("# ");
    let is_item = |line: &str| line.starts_with(['-', ']', '}']);
    let mut has_key = false;
    let are_right = lines.all(|line| {
        has_key |= is_key(line);
        is_key(line) || is_comment(line) || has_key && is_item(line)
    });
    are_right && has_key
}

/// `title: …`
fn is_key(line: &str) -> bool {
    let Some((key, value)) = line.split_once(':') else {
        return false;
    };
    key.starts_with(|c: char| c.is_alphabetic() || c == '_' || c == '"')
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '"'))
        && (value.is_empty() || value.starts_with(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_front_matter_ends_with_its_last_line() {
        for (source, end) in [
            ("---\ntitle: A\n---\nText", 17),
            ("---\r\ntitle: A\r\n...\r\nText", 20),
            ("+++\ntitle = 'A'\n+++", 19),
            ("---\n\nText\n\n---\n", 0),
            ("---\n---\n", 0),
            ("---\ntitle: A\n", 0),
            ("Text\n---\nmore\n---\n", 0),
        ] {
            assert_eq!(front_end(source), end, "{source}");
        }
    }

    #[test]
    fn text_between_rules_is_no_metadata() {
        for (text, expected) in [
            ("Text.\n\n---\nreferences:\n- id: a\n  title: B\n...\n", true),
            ("Text.\n\n---\n# Comment\nlang: de\n---\n", true),
            ("Text.\n\n---\n## Part\n\nText.\n\n---\n", false),
            ("Text.\n\n---\nlang: de\n---\n\n---\nMore: and so it was.\nHe left.\n---\n", false),
            ("Text.\n\n---\n\nText.\n\n---\n", false),
            ("Text.\n", false),
        ] {
            assert_eq!(are_there(text), expected, "{text}");
        }
    }
}
