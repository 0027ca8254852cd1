//! `--diff`: what would be changed, in the bytes of the file, so that `patch` can change it.

use std::io::{self, Write};

use similar::TextDiff;

/// The difference between two states of a file of this name, unified; nothing if they are equal.
pub(super) fn unified(name: &str, before: &[u8], after: &[u8]) -> Vec<u8> {
    let mut shown = Vec::new();
    write(name, before, after, &mut shown).expect("memory takes all that is written to it");
    shown
}

fn write(name: &str, before: &[u8], after: &[u8], out: &mut Vec<u8>) -> io::Result<()> {
    let (old, new) = (lines(before), lines(after));
    let diff = TextDiff::configure().newline_terminated(true).diff_slices(&old, &new);
    for (number, hunk) in diff.unified_diff().iter_hunks().enumerate() {
        if number == 0 {
            write!(out, "--- {name}\n+++ {name}\n")?;
        }
        hunk.to_writer(&mut *out)?;
    }
    Ok(())
}

/// Lines as `patch` counts them: a carriage return alone ends none.
fn lines(bytes: &[u8]) -> Vec<&[u8]> {
    bytes.split_inclusive(|byte| *byte == b'\n').collect()
}

#[cfg(test)]
mod tests {
    use super::unified;

    #[test]
    fn the_bytes_of_the_file_are_shown() {
        let before = b"\xEF\xBB\xBFa\r\nb \x92x\x92\rc\nd";
        let after = b"\xEF\xBB\xBFa\r\nb \x91x\x92\rc\nd";
        let expected =
            b"--- a.txt\n+++ a.txt\n@@ -1,3 +1,3 @@\n \xEF\xBB\xBFa\r\n-b \x92x\x92\rc\n\
            +b \x91x\x92\rc\n d\n\\ No newline at end of file\n";
        assert_eq!(unified("a.txt", before, after), expected);
        assert_eq!(unified("a.txt", before, before), b"");
    }
}
