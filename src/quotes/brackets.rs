//! The round brackets around what is quoted.

/// Where the bracket begins in which a text ends: the byte of its sign.
pub(super) fn begin(text: &str) -> Option<usize> {
    memchr::memrchr2(b'(', b')', text.as_bytes()).filter(|&at| text.as_bytes()[at] == b'(')
}

/// Where the bracket ends in which `text` begins, which stands behind `before`: the byte of its sign in `text`.
pub(super) fn end(before: &str, text: &str) -> Option<usize> {
    let first = memchr::memchr2(b'(', b')', text.as_bytes());
    first.filter(|&at| text.as_bytes()[at] == b')' && begin(before).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bracket_is_told_by_the_signs_that_are_nearest() {
        assert_eq!(begin("He (and she"), Some(3));
        assert_eq!(begin("He (and she) went"), None);
        assert_eq!(end("He (and ", "she) went (home)"), Some(3));
        // 1) bread and 2) peace
        assert_eq!(end("1", ") bread"), None);
        assert_eq!(end("He (", "and (she) went)"), None);
    }
}
