//! What XML is written in. A folder of texts has other XML in it, reports, schemas, pictures,
//! configuration, that would be misread as TEI; so the root decides, by its namespace or, where it has none,
//! by its name.

use quick_xml::NsReader;
use quick_xml::events::Event;
use quick_xml::name::{Namespace, ResolveResult};

use crate::text::Span;

use super::{Format, prolog};

/// The namespaces of TEI P5 (`…/1.0`, and `…/Examples` for what its guidelines show).
const TEI: &str = "http://www.tei-c.org/ns/";

/// The namespace of XHTML.
const XHTML: &str = "http://www.w3.org/1999/xhtml";

/// The namespace of XSLT: there TEI is what a program writes, not what somebody wrote.
const XSLT: &str = "http://www.w3.org/1999/XSL/Transform";

/// Whole texts of TEI, P4 and older ones included, which had no namespace; SGML did not tell capitals from
/// small letters.
const WHOLE: &[&str] = &["TEI", "TEI.2", "teiCorpus", "teiCorpus.2", "teiHeader"];

/// What a text of TEI is put together from: each is kept in a file of its own in some project (TEI P5
/// Guidelines, elements as named there). Names that are as common elsewhere, `object`, `event`, `category`,
/// are not among them.
const PARTS: &[&[&str]] = &[
    // The text and its divisions.
    &["text", "front", "body", "back", "group", "floatingText", "titlePage", "epigraph"],
    &["div", "div0", "div1", "div2", "div3", "div4", "div5", "div6", "div7", "argument"],
    &["opener", "closer", "postscript", "castList", "prologue", "epilogue", "set", "performance"],
    // Paragraphs, verse, speech, and what stands between them.
    &["p", "ab", "lg", "l", "sp", "u", "annotationBlock", "head", "quote", "cit", "q", "said"],
    &["note", "noteGrp", "list", "item", "table", "figure", "entry", "entryFree", "superEntry"],
    // Who, where and what.
    &["listPerson", "listPlace", "listOrg", "listBibl", "listEvent", "listRelation", "listNym"],
    &["listObject", "listWit", "person", "personGrp", "place", "org", "bibl", "biblStruct"],
    // The header and what stands apart from the text.
    &["fileDesc", "titleStmt", "sourceDesc", "msDesc", "encodingDesc", "profileDesc"],
    &["revisionDesc", "particDesc", "settingDesc", "correspDesc", "classDecl", "taxonomy"],
    &["charDecl", "listPrefixDef", "standOff", "listAnnotation", "spanGrp", "linkGrp"],
    &["interpGrp", "facsimile", "sourceDoc", "surface", "surfaceGrp", "schemaSpec", "specGrp"],
];

/// What stands right below a root of a project's own if the rest is TEI.
const BELOW: &[&str] = &["teiHeader", "div", "div0", "div1", "p", "ab", "lg", "sp", "pb"];

/// The format in which the source of an XML file is to be read, or `None` where it is neither TEI nor
/// XHTML. What has no root that can be read counts as TEI, so that what is wrong with it is told. As long as
/// the head of `source`; where the root tells nothing, linear.
pub(super) fn format_in(source: &str) -> Option<Format> {
    let start = prolog::root(source);
    let mut xml = NsReader::from_str(&source[start..]);
    let Ok((namespace, Event::Start(root) | Event::Empty(root))) = xml.read_resolved_event() else {
        return Some(Format::Tei);
    };
    let local = root.local_name();
    let local = local.as_ref();
    if !local.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        return Some(Format::Tei);
    }
    let by_name = |names: &[&str]| names.contains(&local);
    let is_tei = match namespace {
        ResolveResult::Bound(Namespace(XHTML)) => return Some(Format::Html),
        ResolveResult::Bound(Namespace(XSLT)) => false,
        ResolveResult::Bound(Namespace(name)) if name.starts_with(TEI) => true,
        _ if is_whole(local) => true,
        ResolveResult::Bound(_) => holds_tei(&mut xml, &[]),
        _ if local.eq_ignore_ascii_case("html") => return Some(Format::Html),
        _ => match public_identifier(source) {
            Some(public) => public.split(|c: char| !c.is_alphanumeric()).any(|word| word == "TEI"),
            None => PARTS.iter().any(|names| by_name(names)) || holds_tei(&mut xml, BELOW),
        },
    };
    is_tei.then_some(Format::Tei)
}

/// What to say of a source in which there is nothing to proofread, if the name of its file tells this
/// format: it is XML in none of our vocabularies. As long as [`format_in`].
pub fn foreign(source: &str, named: Format) -> Option<String> {
    if named != Format::Tei || format_in(source).is_some() {
        return None;
    }
    let rest = source.get(prolog::root(source) + 1..).unwrap_or_default();
    let end = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'));
    let name = &rest[..end.unwrap_or(rest.len())];
    Some(format!("this XML is neither TEI nor XHTML: its root is <{name}>"))
}

fn is_whole(local: &str) -> bool {
    WHOLE.iter().any(|name| name.eq_ignore_ascii_case(local))
}

/// Whether there is TEI below the root, whose tag was read, or one of these elements right below it.
fn holds_tei(xml: &mut NsReader<&[u8]>, below: &[&str]) -> bool {
    let mut depth = 0_usize;
    loop {
        let Ok((namespace, event)) = xml.read_resolved_event() else {
            return false;
        };
        let is_of_tei =
            matches!(namespace, ResolveResult::Bound(Namespace(name)) if name.starts_with(TEI));
        match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                if is_of_tei
                    || is_whole(tag.local_name().as_ref())
                    || depth == 0 && below.contains(&tag.local_name().as_ref())
                {
                    return true;
                }
                depth += usize::from(matches!(event, Event::Start(_)));
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Eof => return false,
            _ => {}
        }
    }
}

/// The public identifier of the document type, of which every vocabulary of the years before
/// namespaces has its own.
fn public_identifier(source: &str) -> Option<&str> {
    let Span { start, end } = prolog::doctype(source)?.span;
    let declaration = source[start..end].split('[').next()?;
    let rest = declaration.split_once("PUBLIC")?.1.trim_start();
    let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    rest[1..].split(quote).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_are(sources: &[&str], format: Option<Format>) {
        for source in sources {
            assert_eq!(format_in(source), format, "{source}");
        }
    }

    #[test]
    fn tei_is_known_however_it_is_kept() {
        assert_are(
            &[
                "<?xml version='1.0'?>\n<TEI xmlns='http://www.tei-c.org/ns/1.0'><text/></TEI>",
                "<tei:TEI xmlns:tei=\"http://www.tei-c.org/ns/1.0\"/>",
                "<tei:TEI><tei:text/></tei:TEI>",
                "<TEI xmlns='http://www.example.org/ns/ours'/>",
                "<teiCorpus><TEI/></teiCorpus>",
                "<tei.2><teiheader/></tei.2>",
                "<!DOCTYPE TEI.2 PUBLIC '-//TEI P4//DTD Main Document Type//EN' 'tei2.dtd'>\n<TEI.2 id='a'/>",
                "<!DOCTYPE TEI.2 [<!ENTITY ch1 SYSTEM 'ch1.xml'>]><TEI.2>&ch1;</TEI.2>",
                "<letter xmlns='http://www.tei-c.org/ns/1.0'/>",
                // Parts that are put into a whole.
                "<div type='chapter'><p>One.</p></div>",
                "<listPerson><person/></listPerson>",
                "<p>One.</p>\n<p>Two.</p>",
                // Roots of a project's own.
                "<letter><p>Dear comrade,</p></letter>",
                "<bncDoc><teiHeader/></bncDoc>",
                "<corpus><book><TEI/></book></corpus>",
                "<OAI-PMH xmlns='http://www.openarchives.org/OAI/2.0/'><metadata><TEI xmlns='http://www.tei-c.org/ns/1.0'/></metadata></OAI-PMH>",
                "<mets xmlns='http://www.loc.gov/METS/'><tei:div xmlns:tei='http://www.tei-c.org/ns/1.0'/></mets>",
            ],
            Some(Format::Tei),
        );
    }

    #[test]
    fn what_has_no_root_counts_as_tei_so_that_its_faults_are_told() {
        assert_are(
            &["", "He went.", "<", "< p>", "<!DOCTYPE TEI [", "<TEI", "</p>"],
            Some(Format::Tei),
        );
    }

    #[test]
    fn xhtml_is_known_by_its_root() {
        assert_are(
            &[
                "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>",
                "<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN' 'x'><html><body/></html>",
                "<HTML/>",
                "<h:div xmlns:h='http://www.w3.org/1999/xhtml'/>",
            ],
            Some(Format::Html),
        );
    }

    #[test]
    fn other_xml_is_left_alone() {
        assert_are(
            &[
                "<testsuites><testsuite><testcase><failure>‘so</failure></testcase></testsuite></testsuites>",
                "<checkstyle version='4.3'><file name='a'><error/></file></checkstyle>",
                "<rss version='2.0'><channel><title>News</title></channel></rss>",
                "<svg xmlns='http://www.w3.org/2000/svg'><text>‘so</text></svg>",
                "<svg><text>‘so</text></svg>",
                "<xsl:stylesheet xmlns:xsl='http://www.w3.org/1999/XSL/Transform' xmlns='http://www.tei-c.org/ns/1.0'><xsl:template><TEI/></xsl:template></xsl:stylesheet>",
                "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns:tei='http://www.tei-c.org/ns/1.0'/>",
                "<!DOCTYPE plist PUBLIC '-//Apple//DTD PLIST 1.0//EN' 'x'><plist><dict><key>‘</key></dict></plist>",
                // The same names in another vocabulary.
                "<!DOCTYPE figure PUBLIC \"-//OASIS//DTD DocBook XML V4.5//EN\" \"x\"><figure><title>‘</title></figure>",
                "<book><title>It’s</title><chapter><para>So.</para></chapter></book>",
                "<component><description><p>It’s</p></description></component>",
                // What stands in data is none of its markup.
                "<log><![CDATA[<TEI>]]><!-- <TEI> --></log>",
                // What is wrong with it is not told either.
                "<testsuites><testsuite a=></testsuites>",
            ],
            None,
        );
        let told = "this XML is neither TEI nor XHTML: its root is <a:b>";
        assert_eq!(foreign("<!-- so --><a:b\n c='d'/>", Format::Tei).as_deref(), Some(told));
        assert_eq!(foreign("<a:b/>", Format::Html), None);
    }
}
