//! JSON, by line and as one array.

use std::io::{self, Write};

use serde::Serialize;

use super::super::located::Located;

pub(super) fn line(out: &mut dyn Write, finding: &Located) -> io::Result<()> {
    serde_json::to_writer(&mut *out, finding)?;
    out.write_all(b"\n")
}

pub(super) fn element(
    out: &mut dyn Write,
    finding: &impl Serialize,
    is_first: bool,
) -> io::Result<()> {
    out.write_all(if is_first { b"[\n" } else { b",\n" })?;
    serde_json::to_writer(&mut *out, finding)?;
    Ok(())
}

pub(super) fn end(out: &mut dyn Write, is_empty: bool) -> io::Result<()> {
    out.write_all(if is_empty { b"[]\n" } else { b"\n]\n" })
}
