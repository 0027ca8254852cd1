//! Registers of persons and places whose numbers editions give: `<idno type="viaf">`.

/// The registers by the `type` that editions write, with the address that a number is put behind. The
/// addresses are those that Wikidata gives as the formatters of these identifiers.
const REGISTERS: [(&str, &str); 9] = [
    ("wikidata", "https://www.wikidata.org/entity/"),
    ("viaf", "https://viaf.org/viaf/"),
    ("gnd", "https://d-nb.info/gnd/"),
    ("isni", "https://isni.org/isni/"),
    ("lccn", "https://id.loc.gov/authorities/"),
    ("bnf", "https://catalogue.bnf.fr/ark:/12148/cb"),
    ("orcid", "https://orcid.org/"),
    ("geonames", "https://www.geonames.org/"),
    ("pleiades", "https://pleiades.stoa.org/places/"),
];

/// What stands before a number of the register to make it an address.
pub(super) fn address(register: &str) -> Option<&'static str> {
    let named = |name: &str| register.eq_ignore_ascii_case(name);
    REGISTERS.iter().find(|(name, _)| named(name)).map(|(_, address)| *address)
}
