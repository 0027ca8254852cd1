//! Lists of possessives: Workers’, Soldiers’ and Peasants’ Deputies.
//!
//! Where one member of such a list has its apostrophe and another lacks it, one of the two is a
//! slip. Only the last member of a list may be in the possessive alone (workers and soldiers’
//! deputies), never the first.

use crate::text::ProseSpan;

/// What is wrong with a list of possessives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slip {
    /// No other member has an apostrophe, and nothing stands there that they could possess.
    Alone,
    /// This member has none.
    Lacks(ProseSpan),
}

/// So many members are looked at.
const MOST_MEMBERS: usize = 6;

/// No word of a list is longer, in bytes.
const LONGEST_WORD: usize = 40;

/// A member of a list.
struct Member {
    span: ProseSpan,
    is_possessive: bool,
}

/// What is wrong with the list that begins with the plural whose apostrophe is `mark`.
pub(super) fn slip(text: &str, mark: ProseSpan) -> Option<Slip> {
    if !text[..mark.start].ends_with('s') {
        return None;
    }
    let mut at = mark.end + text[mark.end..].starts_with(", ").then_some(2)?;
    let mut members: Vec<Member> = Vec::new();
    loop {
        let (member, end) = member(text, at)?;
        let is_plural = member.is_possessive || is_plural(member.span.of(text));
        if !is_plural || members.len() >= MOST_MEMBERS {
            return None;
        }
        members.push(member);
        let (length, is_last) = joint(&text[end..])?;
        at = end + length;
        if is_last {
            break;
        }
    }
    let (last, end) = member(text, at)?;
    if !last.is_possessive && !is_plural(last.span.of(text)) {
        return None;
    }
    members.push(last);
    let mut lacking = members.iter().filter(|member| !member.is_possessive);
    let first = lacking.next()?;
    if lacking.count() + 1 < members.len() {
        return Some(Slip::Lacks(first.span));
    }
    let is_over = !text[end..].starts_with(|c: char| c == ' ' || c.is_alphanumeric());
    is_over.then_some(Slip::Alone)
}

/// The word at `at`, and where it ends with its apostrophe.
fn member(text: &str, at: usize) -> Option<(Member, usize)> {
    let rest = &text[at..];
    let length = rest.find(|c: char| !c.is_alphabetic() && c != '-').unwrap_or(rest.len());
    if length == 0 || length > LONGEST_WORD {
        return None;
    }
    let mark = rest[length..].chars().next().filter(|&c| matches!(c, '’' | '\''));
    let behind = &rest[length + mark.map_or(0, char::len_utf8)..];
    let ending = usize::from(mark.is_some() && behind.starts_with('s'));
    let end = rest.len() - behind.len() + ending;
    let span = ProseSpan::new(at, at + length);
    Some((Member { span, is_possessive: mark.is_some() }, at + end))
}

/// What joins a member to the next, and whether that is the last one.
fn joint(text: &str) -> Option<(usize, bool)> {
    let joints =
        [(", and ", true), (", or ", true), (" and ", true), (" or ", true), (", ", false)];
    let found = joints.into_iter().find(|(joint, _)| text.starts_with(joint))?;
    Some((found.0.len(), found.1))
}

/// Whether a word looks like a plural.
fn is_plural(word: &str) -> bool {
    word.len() > 3 && word.ends_with('s') && !["ss", "us", "is"].iter().any(|s| word.ends_with(s))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is wrong behind the first apostrophe.
    fn of(text: &str) -> Option<&str> {
        let at = text.find('’').expect("an apostrophe");
        match slip(text, ProseSpan::new(at, at + '’'.len_utf8()))? {
            Slip::Alone => Some(""),
            Slip::Lacks(word) => Some(word.of(text)),
        }
    }

    #[test]
    fn a_list_of_possessives_is_one_throughout() {
        for right in [
            "the Workers’, Soldiers’ and Peasants’ Deputies",
            "the miners’, and the dockers’, strike",
            "the boys’, girls’ and women’s gymnastics",
            "It was the Smiths’, and nobody denied it.",
            "They were her parents’, not hers.",
            "the workers’, peasants’, and intellectuals’ state",
            "at his parents’, where friends and neighbours had come",
            "the masters’, always in debt and in doubt",
        ] {
            assert_eq!(of(right), None, "{right}");
        }
    }

    #[test]
    fn the_member_without_its_apostrophe_is_told() {
        assert_eq!(of("the Workers’, Soldiers and Peasants’ Deputies"), Some("Soldiers"));
        assert_eq!(of("the miners’, dockers’, and railwaymens strike"), Some("railwaymens"));
        assert_eq!(of("the girls’, boys and women’s gymnastics"), Some("boys"));
    }

    #[test]
    fn an_apostrophe_that_no_other_member_has_is_one_too_many() {
        assert_eq!(of("the will of the workers’, soldiers and peasants, and so"), Some(""));
        assert_eq!(of("the workers’, soldiers, and peasants."), Some(""));
        // Something may stand behind that they possess.
        assert_eq!(of("the workers’, soldiers and peasants deputies"), None);
    }
}
