//! Figures as a table of comma-separated values (RFC 4180).

use super::super::{Figure, FigureKind, Problem, id_of, turned};

const COLUMNS: [&str; 15] = [
    "id", "name", "family", "given", "native", "language", "variants", "accepted", "born", "died",
    "role", "note", "links", "source", "kind",
];

/// The figures of a table; its head line names the columns, of which only `name` must be there. Cells are
/// parted by commas, or, as spreadsheets also write them, by semicolons or tabulators.
pub(super) fn read(text: &str) -> Result<Vec<Figure>, Problem> {
    let delimiter = delimiter(text);
    if let Some(offset) = unclosed_quote(text, delimiter) {
        let message = "this quotation mark has no partner; the cell that it begins does not end";
        return Err(Problem { offset, message: message.to_owned() });
    }
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let head = reader.headers().map_err(problem)?;
    let head: Vec<String> = head.iter().map(|column| column.trim().to_lowercase()).collect();
    for column in head.iter().map(String::as_str) {
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
            let at = head.iter().position(|column| column == name);
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
        let own_family = Some(cell("family")).filter(|family| !family.is_empty());
        let is_turnable = own_family.is_none() && kind == FigureKind::Person;
        let (name, family) = match turned(&name).filter(|_| is_turnable) {
            Some((name, family, _)) => (name, family.to_owned()),
            None => {
                let family = own_family.unwrap_or_else(|| kind.family_in(&name).to_owned());
                (name, family)
            }
        };
        let own_id = Some(cell("id")).filter(|id| !id.is_empty());
        figures.push(Figure {
            is_id_made: own_id.is_none(),
            id: own_id.unwrap_or_else(|| id_of(&family)),
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

/// What parts the cells: the sign at which the head line falls into the most columns that are known.
fn delimiter(text: &str) -> u8 {
    let head = text.lines().next().unwrap_or_default();
    let known = |delimiter: &u8| {
        let columns = head.split(char::from(*delimiter));
        let names = columns.map(|column| column.trim().trim_matches('"').to_lowercase());
        names.filter(|name| COLUMNS.contains(&name.as_str())).count()
    };
    // Of equals the last is taken.
    [b'\t', b';', b','].into_iter().max_by_key(known).unwrap_or(b',')
}

/// The mark that begins a cell which does not end.
fn unclosed_quote(text: &str, delimiter: u8) -> Option<usize> {
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
        is_head = open.is_none() && (byte == delimiter || matches!(byte, b'\r' | b'\n'));
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

    #[test]
    fn tables_are_read_as_spreadsheets_write_them() {
        for text in [
            "id,name,variants\na,\"Kern, Anna\",Cern; Körn\n",
            "Id;Name;Variants\r\na;Kern, Anna;\"Cern; Körn\"\r\n",
            "id\tname\tvariants\na\tAnna Kern\tCern; Körn\n",
        ] {
            let figures = read(text).expect(text);
            let [kern] = figures.as_slice() else { panic!("{figures:?}") };
            assert_eq!((kern.name.as_str(), kern.family.as_str()), ("Anna Kern", "Kern"), "{text}");
            assert_eq!(kern.variants, ["Cern", "Körn"], "{text}");
        }
    }
}
