//! Microdata: items that HTML elements with `itemscope` and `itemprop` spell out.

use crate::channel::parse::text::unescape;
use serde_json::{Map, Value};

/// An outermost item and where it begins.
pub(super) struct Item {
    pub(super) value: Value,
    pub(super) at: usize,
}

/// Elements that have no end tag.
const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// Elements that may be open at a time; bounds time and memory.
const DEEPEST: usize = 256;

/// An open element.
struct Open {
    tag: String,
    /// Names of the property it is the value of.
    names: Vec<String>,
    item: Option<(Map<String, Value>, usize)>,
    text: String,
}

/// The items of a page in JSON-LD's form.
pub(super) fn items(page: &str) -> Vec<Item> {
    let mut reader = Reader { page, lower: page.to_ascii_lowercase(), open: Vec::new(), found: Vec::new() };
    if !page.contains("itemscope") {
        return reader.found;
    }
    let mut rest = page;
    while let Some((words, tagged)) = rest.split_once('<') {
        reader.words(words);
        let at = page.len() - tagged.len() - 1;
        rest = reader.tag(tagged, at);
    }
    reader.words(rest);
    while let Some(last) = reader.open.pop() {
        reader.close(last);
    }
    reader.found
}

struct Reader<'p> {
    page: &'p str,
    lower: String,
    open: Vec<Open>,
    found: Vec<Item>,
}

impl<'p> Reader<'p> {
    fn words(&mut self, words: &str) {
        // Words belong to the innermost element that is a value; it hands them on when it ends.
        if let Some(open) =
            self.open.iter_mut().rev().find(|open| !open.names.is_empty() && open.item.is_none())
        {
            open.text.push_str(words);
        }
    }

    /// Reads the tag that begins here; returns what follows it.
    fn tag(&mut self, tagged: &'p str, at: usize) -> &'p str {
        if let Some(comment) = tagged.strip_prefix("!--") {
            return comment.split_once("-->").map_or("", |(_, rest)| rest);
        }
        let Some((inside, rest)) = split_tag(tagged) else { return "" };
        let name_end = inside.find(|c: char| c.is_whitespace() || c == '/').filter(|end| *end > 0);
        let name = inside.get(..name_end.unwrap_or(inside.len())).unwrap_or_default().to_ascii_lowercase();
        if let Some(ended) = inside.strip_prefix('/') {
            self.end(&ended.trim().to_ascii_lowercase());
            return rest;
        }
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return rest;
        }
        let attributes = attributes(inside.get(name.len()..).unwrap_or_default());
        self.start(&name, &attributes, at);
        if matches!(name.as_str(), "script" | "style") {
            let from = self.page.len() - rest.len();
            let lower = self.lower.get(from..).unwrap_or_default();
            let end = lower.find(&format!("</{name}")).unwrap_or(rest.len());
            return rest.get(end..).unwrap_or_default();
        }
        rest
    }

    fn start(&mut self, tag: &str, attributes: &[(String, String)], at: usize) {
        let get = |name: &str| attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value);
        let names: Vec<String> = get("itemprop")
            .map(|names| names.split_whitespace().map(str::to_owned).collect())
            .unwrap_or_default();
        // What is nested too deeply is no property of anything.
        let void = VOID.contains(&tag) || self.open.len() >= DEEPEST;
        if get("itemscope").is_some() {
            let mut item = Map::new();
            if let Some(kind) = get("itemtype") {
                item.insert("@type".to_owned(), kind.trim().into());
            }
            if let Some(id) = get("itemid") {
                item.insert("@id".to_owned(), id.as_str().into());
            }
            let open = Open { tag: tag.to_owned(), names, item: Some((item, at)), text: String::new() };
            if void {
                self.close(open);
            } else {
                self.open.push(open);
            }
            return;
        }
        let value = get("content").or_else(|| match tag {
            "a" | "link" | "area" => get("href"),
            "img" | "source" | "video" | "audio" | "embed" | "iframe" => get("src"),
            "time" => get("datetime"),
            "data" | "meter" => get("value"),
            _ => None,
        });
        let names = match value.filter(|_| !names.is_empty()) {
            Some(value) => {
                self.set(&names, &value.as_str().into());
                Vec::new()
            }
            None => names,
        };
        if !void {
            self.open.push(Open { tag: tag.to_owned(), names, item: None, text: String::new() });
        }
    }

    /// Closes the innermost element of this name with everything left open inside.
    fn end(&mut self, tag: &str) {
        if tag == "br" || tag == "p" && !self.open.iter().any(|open| open.tag == "p") {
            return;
        }
        let Some(depth) = self.open.iter().rposition(|open| open.tag == tag) else { return };
        while self.open.len() > depth {
            if let Some(last) = self.open.pop() {
                self.close(last);
            }
        }
    }

    fn close(&mut self, open: Open) {
        if let Some((item, at)) = open.item {
            let value = Value::Object(item);
            if open.names.is_empty() || !self.open.iter().any(|outer| outer.item.is_some()) {
                self.found.push(Item { value, at });
            } else {
                self.set(&open.names, &value);
            }
            return;
        }
        if !open.names.is_empty() {
            let words = unescape(&open.text).split_whitespace().collect::<Vec<_>>().join(" ");
            self.set(&open.names, &words.into());
        }
        self.words(&open.text);
    }

    /// Sets a property of the innermost item; a second value makes it a list.
    fn set(&mut self, names: &[String], value: &Value) {
        let Some((item, _)) = self.open.iter_mut().rev().find_map(|open| open.item.as_mut()) else { return };
        for name in names {
            match item.get_mut(name) {
                None => _ = item.insert(name.clone(), value.clone()),
                Some(Value::Array(all)) => all.push(value.clone()),
                Some(first) => *first = Value::Array(vec![first.take(), value.clone()]),
            }
        }
    }
}

/// The inside of a tag and what follows its `>`; one in quotes does not count.
fn split_tag(tagged: &str) -> Option<(&str, &str)> {
    let mut quote = None;
    let end = tagged.find(|c| {
        match (quote, c) {
            (Some(open), _) if open == c => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '>') => return true,
            _ => {}
        }
        false
    })?;
    Some((tagged.get(..end)?, tagged.get(end + 1..)?))
}

/// Names and values of attributes.
fn attributes(mut text: &str) -> Vec<(String, String)> {
    let mut all = Vec::new();
    loop {
        text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let end = text.find(|c: char| c.is_whitespace() || matches!(c, '=' | '/')).unwrap_or(text.len());
        let Some((name, rest)) = text.split_at_checked(end).filter(|(name, _)| !name.is_empty()) else {
            return all;
        };
        let name = name.to_ascii_lowercase();
        let Some(rest) = rest.trim_start().strip_prefix('=') else {
            all.push((name, String::new()));
            text = rest;
            continue;
        };
        let rest = rest.trim_start();
        let (value, rest) = match rest.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let inner = rest.get(1..).unwrap_or_default();
                inner.split_once(quote).unwrap_or((inner, ""))
            }
            _ => rest
                .split_at_checked(rest.find(char::is_whitespace).unwrap_or(rest.len()))
                .unwrap_or((rest, "")),
        };
        all.push((name, unescape(value)));
        text = rest;
    }
}
