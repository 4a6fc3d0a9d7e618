//! XML feeds: a scanner cuts out one item at a time, a pull parser reads it.
//!
//! Names count without their prefixes. Entities a document declares itself are left as they stand.

mod cut;
pub(crate) mod feed;
mod tag;

use super::text::{Word, unescape};
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::Extra;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde_json::{Map, Value};

/// Elements that may be open at a time; bounds memory.
const DEEPEST: usize = 64;

/// An element with all that is in it.
#[derive(Debug, Default)]
pub(crate) struct Node {
    pub(crate) name: String,
    attributes: Vec<(String, String)>,
    children: Vec<Node>,
    text: String,
    /// Byte at which it begins.
    at: usize,
}

impl Node {
    /// The element that a text consists of; an error tells the byte in [`Malformed`].
    fn parse(text: &str) -> Result<Self, Malformed> {
        let mut reader = Reader::from_str(text);
        reader.config_mut().allow_dangling_amp = true;
        let mut open: Vec<Self> = Vec::new();
        loop {
            let at = reader.buffer_position() as usize;
            let event = reader.read_event().map_err(|e| {
                let error = Error::new(ErrorKind::Syntax, e.to_string()).with_source(e);
                Malformed { error, at: reader.error_position() as usize }
            })?;
            let done = match event {
                Event::Start(_) if open.len() == DEEPEST => {
                    let error = Error::new(ErrorKind::Limit, "elements are nested too deep");
                    return Err(Malformed { error, at });
                }
                Event::Start(tag) => {
                    open.push(Self::of(&tag, at));
                    None
                }
                Event::Empty(tag) => close(&mut open, Self::of(&tag, at)),
                Event::End(_) => open.pop().and_then(|node| close(&mut open, node)),
                Event::Eof => {
                    let error = Error::new(ErrorKind::Syntax, "the input ends inside the item");
                    return Err(Malformed { error, at });
                }
                event => {
                    if let Some(node) = open.last_mut() {
                        node.add(event);
                    }
                    None
                }
            };
            if let Some(mut node) = done {
                node.trim();
                return Ok(node);
            }
        }
    }

    fn of(tag: &BytesStart<'_>, at: usize) -> Self {
        let mut all = tag.html_attributes();
        let attributes = all.with_checks(false).flatten().map(|attribute| {
            let name = attribute.key.local_name().as_ref().to_owned();
            (name, unescape(&attribute.value))
        });
        let name = tag.local_name().as_ref().to_owned();
        Self { name, attributes: attributes.collect(), at, ..Self::default() }
    }

    fn add(&mut self, event: Event<'_>) {
        match event {
            Event::Text(text) => self.text.push_str(&text),
            Event::CData(text) => self.text.push_str(&text),
            Event::GeneralRef(name) => self.text.push_str(&unescape(&format!("&{};", &*name))),
            _ => {}
        }
    }

    /// Blanks around words belong to the layout of the file.
    fn trim(&mut self) {
        self.text = self.text.trim().to_owned();
        for child in &mut self.children {
            child.trim();
        }
    }

    /// The first element at a path such as `reviewer/name`.
    pub(crate) fn find(&self, path: &str) -> Option<&Self> {
        self.all(path).next()
    }

    /// Every element at a path.
    pub(crate) fn all<'n>(&'n self, path: &str) -> Box<dyn Iterator<Item = &'n Self> + 'n> {
        let (name, rest) = path.split_once('/').map_or((path, None), |(name, rest)| (name, Some(rest)));
        let (name, rest) = (name.to_owned(), rest.map(str::to_owned));
        let here = self.children.iter().filter(move |child| child.name == name);
        match rest {
            Some(rest) => Box::new(here.flat_map(move |child| child.all(&rest))),
            None => Box::new(here),
        }
    }

    pub(crate) fn children(&self) -> impl Iterator<Item = &Self> {
        self.children.iter()
    }

    /// Its own words.
    pub(crate) fn words(&self) -> Word {
        Word::from(self.text.as_str())
    }

    /// The words of the first element at a path that has any.
    pub(crate) fn word(&self, path: &str) -> Word {
        self.all(path).map(Self::words).find(Word::is_some).unwrap_or_default()
    }

    /// The words of all elements at a path, in one line.
    pub(crate) fn joined(&self, path: &str) -> Word {
        let all: Vec<String> = self.all(path).filter_map(|node| node.words().into_option()).collect();
        Word::from(all.join(", ").as_str())
    }

    pub(crate) fn attribute(&self, name: &str) -> Word {
        let found = self.attributes.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| Word::from(value.as_str())).unwrap_or_default()
    }

    /// Elements that are none of `known` go to `extra`.
    pub(crate) fn keep_rest(&self, known: &[&str], extra: &mut Extra) {
        let rest = self.children.iter().filter(|child| !known.contains(&child.name.as_str()));
        for child in rest.filter(|child| !child.is_empty()) {
            extra.insert(child.name.clone(), child.to_value());
        }
    }

    fn is_empty(&self) -> bool {
        self.text.is_empty() && self.attributes.is_empty() && self.children.iter().all(Self::is_empty)
    }

    /// Words alone are a string; attributes get an `@`; elements of one name are a list.
    fn to_value(&self) -> Value {
        if self.attributes.is_empty() && self.children.is_empty() {
            return Value::from(self.text.as_str());
        }
        let mut object: Map<String, Value> = Map::new();
        for (name, value) in &self.attributes {
            object.insert(format!("@{name}"), value.as_str().into());
        }
        for child in &self.children {
            let value = child.to_value();
            match object.get_mut(&child.name) {
                Some(Value::Array(all)) => all.push(value),
                Some(first) => *first = Value::Array(vec![first.take(), value]),
                None => _ = object.insert(child.name.clone(), value),
            }
        }
        if !self.text.is_empty() {
            object.insert("#text".to_owned(), self.text.as_str().into());
        }
        Value::Object(object)
    }
}

/// Puts a whole element where it belongs; the outermost one is handed back.
fn close(open: &mut [Node], node: Node) -> Option<Node> {
    match open.last_mut() {
        Some(parent) => {
            parent.children.push(node);
            None
        }
        None => Some(node),
    }
}

/// Why a text is no element, and the byte where.
#[derive(Debug)]
struct Malformed {
    error: Error,
    at: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_read_whole() {
        let text = "<a:review id=\"7 &amp; 8\">\n <b>x &lt; y &#33; &own; &</b><b><![CDATA[<i>]]></b><c><d k='v'/></c></a:review>";
        let node = Node::parse(text).unwrap();
        assert_eq!((node.name.as_str(), node.attribute("id")), ("review", Word::from("7 & 8")));
        assert_eq!(
            (node.word("b"), node.joined("b")),
            ("x < y ! &own; &".into(), "x < y ! &own; &, <i>".into())
        );
        assert_eq!(node.find("c/d").map(|d| d.attribute("k")), Some("v".into()));
        let value = r#"{"@id":"7 & 8","b":["x < y ! &own; &","<i>"],"c":{"d":{"@k":"v"}}}"#;
        assert_eq!(node.to_value().to_string(), value);
    }

    #[test]
    fn what_is_no_element_is_told() {
        let deep = "<a>".repeat(DEEPEST + 1);
        for (text, message, at) in [
            ("<a><b></a>", "ill-formed document: expected `</b>`, but `</a>` was found", 6),
            ("<a>words", "the input ends inside the item", 8),
            (deep.as_str(), "elements are nested too deep", 3 * DEEPEST),
        ] {
            let malformed = Node::parse(text).unwrap_err();
            assert_eq!((malformed.error.message(), malformed.at), (message, at), "{text}");
        }
    }
}
