//! Figures as Wikidata has them: the JSON of `Special:EntityData/Q….json` and of
//! `wbgetentities` (<https://www.mediawiki.org/wiki/Wikibase/DataModel/JSON>).

use rustc_hash::FxHashSet;
use serde_json::{Map, Value, json};

use super::super::{Figure, FigureKind, Problem, id_of};

/// Date of birth.
const BORN: &str = "P569";
/// Date of death.
const DIED: &str = "P570";
/// Name in native language.
const NATIVE: &str = "P1559";
/// Instance of.
const INSTANCE: &str = "P31";
/// What a figure of each kind is an instance of: human, organization, geographic location, term.
const CLASSES: [(FigureKind, &str); 4] = [
    (FigureKind::Person, "Q5"),
    (FigureKind::Organisation, "Q43229"),
    (FigureKind::Place, "Q2221906"),
    (FigureKind::Term, "Q1969448"),
];
/// A member of an item that Wikidata does not have: what only this program knows of a figure, so
/// that nothing is lost when it reads what it has written. Other programs pass over it.
const OWN: &str = "rubricator";
/// Coordinates, which only places have.
const COORDINATES: &str = "P625";

/// The calendar of dates that are not of the Gregorian one.
const JULIAN: &str = "http://www.wikidata.org/entity/Q1985786";

/// The figures among the entities; what has no English label is left out.
pub(super) fn read(text: &str) -> Result<Vec<Figure>, Problem> {
    let value: Value = serde_json::from_str(text).map_err(|error| Problem {
        offset: offset_of(text, error.line(), error.column()),
        message: format!("this is no JSON: {error}"),
    })?;
    let Some(entities) = value["entities"].as_object() else {
        let message = "there is no `entities` object, which Wikidata puts its items in";
        return Err(Problem { offset: 0, message: message.to_owned() });
    };
    let figures = entities.iter().filter_map(|(id, entity)| Some((id, figure(id, entity)?)));
    let mut ids = FxHashSet::default();
    Ok(figures
        .map(|(item, mut figure)| {
            // Two of one surname, or of one name.
            if ids.contains(&figure.id) {
                figure.id = id_of(&figure.name);
            }
            if ids.contains(&figure.id) {
                figure.id = format!("{}-{}", figure.id, id_of(item));
            }
            ids.insert(figure.id.clone());
            figure
        })
        .collect())
}

fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    text.floor_char_boundary(before + column.saturating_sub(1))
}

fn figure(item: &str, entity: &Value) -> Option<Figure> {
    let label = |of: &str| entity[of]["en"]["value"].as_str().unwrap_or("").to_owned();
    let name = label("labels");
    if name.is_empty() {
        return None;
    }
    let claims = &entity["claims"];
    let native = &value(claims, NATIVE)["text"];
    let language = &value(claims, NATIVE)["language"];
    let class = value(claims, INSTANCE)["id"].as_str();
    let of_class = CLASSES.iter().find(|(_, known)| class == Some(known)).map(|(kind, _)| *kind);
    let kind = match (of_class, class) {
        _ if !value(claims, COORDINATES).is_null() => FigureKind::Place,
        (Some(kind), _) => kind,
        (None, None) => FigureKind::Person,
        (None, Some(_)) => FigureKind::Organisation,
    };
    let family = kind.family_in(&name).to_owned();
    let aliases = entity["aliases"]["en"].as_array().into_iter().flatten();
    let link = format!("https://www.wikidata.org/entity/{item}");
    let figure = Figure {
        id: if is_item(item) { id_of(&family) } else { item.to_owned() },
        is_id_made: is_item(item) && entity[OWN]["id"].is_null(),
        accepted: aliases.filter_map(|alias| alias["value"].as_str()).map(str::to_owned).collect(),
        native: native.as_str().unwrap_or("").to_owned(),
        language: language.as_str().unwrap_or("").to_owned(),
        born: date(value(claims, BORN)),
        died: date(value(claims, DIED)),
        role: label("descriptions"),
        links: if is_item(item) { vec![link] } else { Vec::new() },
        name,
        family,
        kind,
        ..Figure::default()
    };
    Some(with_own(figure, &entity[OWN]))
}

/// Adds what only this program writes.
fn with_own(figure: Figure, own: &Value) -> Figure {
    let text = |key: &str, known: String| own[key].as_str().map_or(known, str::to_owned);
    let list = |key: &str, known: Vec<String>| match own[key].as_array() {
        Some(all) => all.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        None => known,
    };
    Figure {
        id: text("id", figure.id),
        family: text("family", figure.family),
        given: text("given", figure.given),
        note: text("note", figure.note),
        source: text("source", figure.source),
        variants: list("variants", figure.variants),
        links: list("links", figure.links),
        ..figure
    }
}

/// `Q5`; what is not from Wikidata has an id of its own.
fn is_item(id: &str) -> bool {
    id.strip_prefix('Q').is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The first value of a property.
fn value<'v>(claims: &'v Value, property: &str) -> &'v Value {
    &claims[property][0]["mainsnak"]["datavalue"]["value"]
}

/// `+1894-04-15T00:00:00Z` to the day, the month or the year, as its precision says.
fn date(value: &Value) -> String {
    let Some(time) = value["time"].as_str().and_then(|time| time.strip_prefix('+')) else {
        return String::new();
    };
    let day = time.split('T').next().unwrap_or("");
    match value["precision"].as_u64() {
        Some(11) if value["calendarmodel"] == JULIAN => {
            gregorian(day).unwrap_or_else(|| day.to_owned())
        }
        Some(11) => day.to_owned(),
        Some(10) => day.get(..7).unwrap_or("").to_owned(),
        Some(9) => day.get(..4).unwrap_or("").to_owned(),
        _ => String::new(),
    }
}

/// A date of the Julian calendar as one of the Gregorian, by way of the Julian day number
/// (E. G. Richards, in the Explanatory Supplement to the Astronomical Almanac, 3rd edition,
/// section 15.11).
fn gregorian(day: &str) -> Option<String> {
    let mut parts = day.split('-').map(str::parse::<i64>);
    let (year, month, day) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
    let shift = (14 - month) / 12;
    let (years, months) = (year + 4800 - shift, month + 12 * shift - 3);
    let number = day + (153 * months + 2) / 5 + 365 * years + years / 4 - 32083;
    let f = number + 1401 + (((4 * number + 274_277) / 146_097) * 3) / 4 - 38;
    let e = 4 * f + 3;
    let h = 5 * ((e % 1461) / 4) + 2;
    let (day, month) = ((h % 153) / 5 + 1, (h / 153 + 2) % 12 + 1);
    let year = e / 1461 - 4716 + (12 + 2 - month) / 12;
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

pub(super) fn write(figures: &[Figure]) -> String {
    let entities: Map<String, Value> =
        figures.iter().map(|figure| (item_of(figure), entity(figure))).collect();
    let mut text = serde_json::to_string_pretty(&json!({ "entities": entities }))
        .expect("strings can be written");
    text.push('\n');
    text
}

/// The number that Wikidata has for a figure, or else the id of its entry.
fn item_of(figure: &Figure) -> String {
    let items = figure.links.iter().filter_map(|link| link.rsplit_once("/entity/"));
    let mut items = items.map(|(_, item)| item).filter(|item| is_item(item));
    items.next().unwrap_or(&figure.id).to_owned()
}

fn entity(figure: &Figure) -> Value {
    let english = |text: &str| json!({ "en": { "language": "en", "value": text } });
    let aliases: Vec<_> =
        figure.accepted.iter().map(|alias| json!({ "language": "en", "value": alias })).collect();
    let mut claims = Map::new();
    let mut claim = |property: &str, kind: &str, value: Value| {
        let snak = json!({
            "snaktype": "value",
            "property": property,
            "datavalue": { "value": value, "type": kind },
        });
        let statement = json!({ "type": "statement", "rank": "normal", "mainsnak": snak });
        claims.insert(property.to_owned(), json!([statement]));
    };
    for (_, class) in CLASSES.iter().filter(|(kind, _)| *kind == figure.kind) {
        claim(INSTANCE, "wikibase-entityid", json!({ "entity-type": "item", "id": class }));
    }
    if !figure.native.is_empty() {
        let native = json!({ "text": figure.native, "language": figure.language });
        claim(NATIVE, "monolingualtext", native);
    }
    for (property, day) in [(BORN, &figure.born), (DIED, &figure.died)] {
        if !day.is_empty() {
            claim(property, "time", time(day));
        }
    }
    json!({
        "type": "item",
        "labels": english(&figure.name),
        "descriptions": english(&figure.role),
        "aliases": { "en": aliases },
        "claims": claims,
        OWN: {
            "id": figure.id,
            "family": figure.family,
            "given": figure.given,
            "note": figure.note,
            "source": figure.source,
            "variants": figure.variants,
            "links": figure.links,
        },
    })
}

fn time(day: &str) -> Value {
    let parts = day.split('-').count();
    let padded = match parts {
        1 => format!("{day}-00-00"),
        2 => format!("{day}-00"),
        _ => day.to_owned(),
    };
    json!({
        "time": format!("+{padded}T00:00:00Z"),
        "timezone": 0,
        "before": 0,
        "after": 0,
        "precision": 8 + parts.min(3),
        "calendarmodel": "http://www.wikidata.org/entity/Q1985727",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_of_the_gregorian_calendar() {
        assert_eq!(gregorian("1894-04-03").as_deref(), Some("1894-04-15"));
        assert_eq!(gregorian("1917-10-25").as_deref(), Some("1917-11-07"));
        assert_eq!(gregorian("1900-02-29").as_deref(), Some("1900-03-13"));
    }

    #[test]
    fn two_of_one_surname_are_two_figures() {
        let entity = |name: &str| format!(r#"{{"labels": {{"en": {{"value": "{name}"}}}}}}"#);
        let (anna, boris) = (entity("Anna Rybin"), entity("Boris Rybin"));
        let text = format!(
            r#"{{"entities": {{"Q1": {anna}, "Q2": {boris}, "Q3": {boris}, "poet": {anna}}}}}"#
        );
        let figures = read(&text).expect("entities");
        let ids: Vec<_> = figures.iter().map(|figure| figure.id.as_str()).collect();
        assert_eq!(ids, ["rybin", "boris-rybin", "boris-rybin-q3", "poet"]);
    }

    #[test]
    fn an_entity_is_a_figure() {
        let text = r#"{"entities": {"Q35314": {
            "labels": {"en": {"language": "en", "value": "Nikita Khrushchev"}},
            "descriptions": {"en": {"language": "en", "value": "Soviet leader"}},
            "aliases": {"en": [{"language": "en", "value": "N. S. Khrushchev"}]},
            "claims": {
                "P569": [{"mainsnak": {"datavalue": {"value": {
                    "time": "+1894-04-03T00:00:00Z", "precision": 11,
                    "calendarmodel": "http://www.wikidata.org/entity/Q1985786"}}}}],
                "P570": [{"mainsnak": {"datavalue": {"value": {
                    "time": "+1971-00-00T00:00:00Z", "precision": 9}}}}],
                "P1559": [{"mainsnak": {"datavalue": {"value": {
                    "text": "Никита Хрущёв", "language": "ru"}}}}]}}}}"#;
        let figures = read(text).expect("entities");
        let Figure { id, name, native, born, died, accepted, links, .. } = &figures[0];
        assert_eq!((id.as_str(), name.as_str()), ("khrushchev", "Nikita Khrushchev"));
        assert_eq!(native, "Никита Хрущёв");
        assert_eq!((born.as_str(), died.as_str()), ("1894-04-15", "1971"));
        assert_eq!(accepted, &["N. S. Khrushchev"]);
        assert_eq!(links, &["https://www.wikidata.org/entity/Q35314"]);
    }
}
