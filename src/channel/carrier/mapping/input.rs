//! What a mapping reads from: JSON in any wrapping, or a table.

use super::Mapping;
use super::rule::{Place as From, Record};
use crate::channel::parse::cursor::{Cursor, Place};
use crate::channel::parse::json::{Elements, Fault};
use crate::channel::parse::table::{self, Broken, Rows};
use crate::error::{Error, ErrorKind, Result, suggest};
use crate::feedback::schema::parse_json;
use serde_json::Value;
use std::rc::Rc;

/// The items of one input, before they are understood.
pub(super) enum Input<'a> {
    Json(Box<Elements<'a>>),
    Table(Box<Rows<'a>>, Rc<[String]>),
}

/// One item, where it stood, and what it holds unless it cannot be read.
pub(super) struct Piece {
    pub(super) raw: Vec<u8>,
    pub(super) place: Place,
    pub(super) path: String,
    pub(super) repaired: bool,
    pub(super) content: Result<Content>,
}

pub(super) enum Content {
    Json(Value),
    Row(Rc<[String]>, Vec<String>),
}

impl Content {
    pub(super) fn record(&self) -> Record<'_> {
        match self {
            Self::Json(value) => Record::Json(value),
            Self::Row(header, cells) => Record::Row { header, cells },
        }
    }
}

impl<'a> Input<'a> {
    /// Reads the header of a table and checks that the named columns are there; nothing when the input is empty.
    pub(super) fn open(mapping: &Mapping, mut cursor: Cursor<'a>) -> Result<Option<Self>, Broken> {
        if !mapping.table {
            return Ok(Some(Self::Json(Box::new(Elements::at(cursor, mapping.items.clone())))));
        }
        let delimiter = table::delimiter(cursor.ahead()?);
        let mut rows = Rows::new(cursor, delimiter);
        let Some(first) = rows.next().transpose()? else { return Ok(None) };
        let header: Rc<[String]> = first.cells.iter().map(|cell| cell.trim().to_owned()).collect();
        let missing = mapping.places().flat_map(From::names).find(|name| !header.iter().any(|h| h == name));
        if let Some(name) = missing {
            let hint = suggest(name, header.iter().map(String::as_str));
            let message = format!("the table has no column \"{name}\"{hint}");
            let error = Error::new(ErrorKind::Missing, message).at_line(first.place.line);
            return Err(Broken { error, raw: first.raw });
        }
        Ok(Some(Self::Table(Box::new(rows), header)))
    }

    /// The next item; `None` at the end.
    pub(super) fn piece(&mut self) -> Option<Result<Piece, Fault>> {
        match self {
            Self::Json(elements) => {
                let element = match elements.next()? {
                    Ok(element) => element,
                    Err(fault) => return Some(Err(fault)),
                };
                let content = parse_json::<Value>(&element.raw).map(Content::Json);
                let repaired = element.repaired;
                Some(Ok(Piece {
                    raw: element.raw,
                    place: element.place,
                    path: element.path,
                    repaired,
                    content,
                }))
            }
            Self::Table(rows, header) => Some(row(rows, header).transpose()?.map_err(|broken| {
                let Broken { error, raw } = broken;
                Fault { error, raw }
            })),
        }
    }
}

/// The next row that has as many cells as the header.
fn row(rows: &mut Rows<'_>, header: &Rc<[String]>) -> Result<Option<Piece>, Broken> {
    let Some(row) = rows.next().transpose()? else { return Ok(None) };
    let split = if row.cells.len() == header.len() { None } else { rows.split(&row, header.len()) };
    if let Some(broken) = split {
        return Err(broken);
    }
    let content = Content::Row(Rc::clone(header), row.cells.to_vec());
    let checked = content.record().check();
    Ok(Some(Piece {
        raw: row.raw,
        place: row.place,
        path: String::new(),
        repaired: row.repaired,
        content: checked.map(|()| content),
    }))
}
