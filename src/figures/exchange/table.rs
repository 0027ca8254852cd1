//! Figures as a table of comma-separated values (RFC 4180).

use super::super::{Figure, FigureKind, Problem, id_of};

const COLUMNS: [&str; 15] = [
    "id", "name", "family", "given", "native", "language", "variants", "accepted", "born", "died",
    "role", "note", "links", "source", "kind",
];

/// The figures of a table; its head line names the columns, of which only `name` must be there.
pub(super) fn read(text: &str) -> Result<Vec<Figure>, Problem> {
    if let Some(offset) = unclosed_quote(text) {
        let message = "this quotation mark has no partner; the cell that it begins does not end";
        return Err(Problem { offset, message: message.to_owned() });
    }
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let head = reader.headers().map_err(problem)?.clone();
    for column in head.iter().map(str::trim) {
        if !COLUMNS.contains(&column) {
            let near = COLUMNS
                .iter()
                .max_by(|a, b| strsim::jaro(a, column).total_cmp(&strsim::jaro(b, column)));
            let near = near.map_or("", |near| near);
            let message = format!("there is no column `{column}`; did you mean `{near}`?");
            return Err(Problem { offset: 0, message });
        }
    }
    let mut figures = Vec::new();
    for row in reader.records() {
        let row = row.map_err(problem)?;
        let cell = |name: &str| {
            let at = head.iter().position(|column| column.trim() == name);
            at.and_then(|at| row.get(at)).unwrap_or("").trim().to_owned()
        };
        let list = |name: &str| -> Vec<String> {
            let cell = cell(name);
            let values = cell.split(';').map(str::trim).filter(|value| !value.is_empty());
            values.map(str::to_owned).collect()
        };
        let name = cell("name");
        if name.is_empty() {
            let before = row.position().map_or(0, |place| place.byte() as usize);
            // The line feed of the row before, and empty rows, stand before the row.
            let blank = text[before..].bytes().take_while(|byte| matches!(byte, b'\r' | b'\n'));
            let offset = before + blank.count();
            return Err(Problem { offset, message: "a figure must have a name".to_owned() });
        }
        let kind = FigureKind::of(&cell("kind"));
        let family = match (cell("family"), kind) {
            (family, _) if !family.is_empty() => family,
            (_, FigureKind::Person) => name.rsplit(' ').next().unwrap_or(&name).to_owned(),
            _ => name.clone(),
        };
        let id = Some(cell("id")).filter(|id| !id.is_empty()).unwrap_or_else(|| id_of(&family));
        figures.push(Figure {
            id,
            name,
            family,
            kind,
            given: cell("given"),
            native: cell("native"),
            language: cell("language"),
            variants: list("variants"),
            accepted: list("accepted"),
            born: cell("born"),
            died: cell("died"),
            role: cell("role"),
            note: cell("note"),
            links: list("links"),
            source: cell("source"),
            ..Figure::default()
        });
    }
    Ok(figures)
}

/// The mark that begins a cell which does not end.
fn unclosed_quote(text: &str) -> Option<usize> {
    let mut open = None;
    let mut is_head = true;
    let mut bytes = text.bytes().enumerate().peekable();
    while let Some((at, byte)) = bytes.next() {
        match (byte, open) {
            (b'"', None) if is_head => open = Some(at),
            // Two of them stand for one.
            (b'"', Some(_)) if bytes.next_if(|(_, next)| *next == b'"').is_none() => open = None,
            _ => {}
        }
        is_head = open.is_none() && matches!(byte, b',' | b'\r' | b'\n');
    }
    open
}

fn problem(error: csv::Error) -> Problem {
    let offset = error.position().map_or(0, |place| place.byte() as usize);
    Problem { offset, message: format!("this is no table: {error}") }
}

pub(super) fn write(figures: &[Figure]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let rows = figures.iter().map(|figure| {
        let lists = [&figure.variants, &figure.accepted, &figure.links].map(|list| list.join("; "));
        let [variants, accepted, links] = lists;
        [
            figure.id.clone(),
            figure.name.clone(),
            figure.family.clone(),
            figure.given.clone(),
            figure.native.clone(),
            figure.language.clone(),
            variants,
            accepted,
            figure.born.clone(),
            figure.died.clone(),
            figure.role.clone(),
            figure.note.clone(),
            links,
            figure.source.clone(),
            figure.kind.name().to_owned(),
        ]
    });
    let written = writer
        .write_record(COLUMNS)
        .and_then(|()| rows.into_iter().try_for_each(|row| writer.write_record(row)));
    let bytes = written.ok().and_then(|()| writer.into_inner().ok());
    String::from_utf8(bytes.expect("memory takes every row")).expect("strings are UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_table_is_told_in_its_own_line() {
        for (text, place, message) in [
            ("id,name\r\n,No Id\r\nd,\r\n", "d,\r\n", "must have a name"),
            ("id,name\na,\"Anna \"\"A\"\" Kern\"\nb,\"Boris\nc,C\n", "\"Boris", "no partner"),
        ] {
            let problem = read(text).expect_err(text);
            assert!(text[problem.offset..].starts_with(place), "{text}: {problem:?}");
            assert!(problem.message.contains(message), "{}", problem.message);
        }
        let one = read("id,name\na,5\" Anna\n").expect("a mark within a cell is one");
        assert_eq!(one[0].name, "5\" Anna");
    }
}
