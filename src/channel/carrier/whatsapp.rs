//! `WhatsApp`: the text file of an exported chat, from iOS or Android, in any language of the app.
//!
//! A file is one conversation and becomes one record with a turn a message; a line that does not begin like a
//! message continues the one before. The order of day and month is told by all dates together: one above 12, a
//! point between the numbers, or the one order in which time does not run backwards. Where even that leaves it
//! open, the times stay unread in `extra` (`unread_times`, by turn) beside `date_order`. The zone is not in the
//! file. Who is the customer is told by [`ReadOptions::agents`].
//!
//! Files that came along are attachments; those left out of the export are counted in `extra` as `omitted`.
//! Notices of the app, deleted messages and missed calls are turns of the system.

mod line;
mod marker;
mod order;

use super::speaker::{bare, converse};
use crate::channel::parse::cursor::Cursor;
use crate::channel::parse::encoding;
use crate::channel::parse::time::Clock;
use crate::channel::{Adapter, Confidence, ReadOptions, Reject};
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::{Attachment, Channel, Extra, Feedback, Role, Source, Turn};
use line::Head;
use marker::Meaning;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::io::BufRead;

/// `whatsapp`.
pub(super) struct WhatsApp;

/// Lines looked at.
const LOOK: usize = 50;

impl Adapter for WhatsApp {
    fn name(&self) -> &'static str {
        "whatsapp"
    }

    fn sniff(&self, head: &[u8]) -> Confidence {
        let text = encoding::head(head);
        let mut lines = text.lines().filter(|line| !line.trim().is_empty()).take(LOOK).map(line::head);
        let first = lines.next().is_some_and(|head| head.is_some());
        match (first, lines.flatten().count()) {
            (true, 1..) => Confidence::Certain,
            (true, 0) | (false, 2..) => Confidence::Likely,
            (false, _) => Confidence::No,
        }
    }

    fn read<'a>(
        &'a self,
        input: Box<dyn BufRead + 'a>,
        options: &'a ReadOptions,
    ) -> Box<dyn Iterator<Item = Result<Feedback, Reject>> + 'a> {
        let mut chat = Chat::default();
        let item = match chat.fill(Cursor::new(input, options.limit()), options.limit()) {
            Ok(()) if chat.messages.is_empty() && chat.stray.is_empty() => None,
            Ok(()) if chat.messages.is_empty() => {
                let message = "no line begins like a message, with date, time and name";
                let error = Error::new(ErrorKind::Syntax, message).at_line(chat.line);
                return Box::new(std::iter::once(Err(Reject::new(0, error, chat.stray.as_bytes()))));
            }
            Ok(()) => Some(chat.record(options)),
            Err(error) => Some(Err(error)),
        };
        let raw = chat.messages.first().map(|first| first.text.clone()).unwrap_or_default();
        let item = item.map(|item| item.map_err(|error| Reject::new(0, error, raw.as_bytes())));
        let stray = (!chat.stray.is_empty() && !chat.messages.is_empty()).then(|| {
            let error = Error::new(ErrorKind::Syntax, "the line belongs to no message").at_line(chat.line);
            Err(Reject::new(1, error, chat.stray.as_bytes()))
        });
        Box::new(item.into_iter().chain(stray))
    }
}

/// One message with its continuation lines.
struct Message {
    when: String,
    author: Option<String>,
    text: String,
}

/// A whole export.
#[derive(Default)]
struct Chat {
    messages: Vec<Message>,
    /// What stands before the first message, and where.
    stray: String,
    line: u64,
    first: u64,
    repaired: bool,
}

impl Chat {
    fn fill(&mut self, mut cursor: Cursor<'_>, limit: usize) -> Result<()> {
        let mut bytes = 0;
        while let Some(record) = cursor.line()? {
            bytes += record.bytes.len() + 1;
            if record.overflow || bytes > limit {
                let at = if self.first == 0 { record.start.line } else { self.first };
                return Err(Error::new(ErrorKind::Limit, "the item is longer than the limit").at_line(at));
            }
            self.repaired |= record.repaired;
            self.take(&String::from_utf8_lossy(&record.bytes), record.start.line);
        }
        Ok(())
    }

    fn take(&mut self, line: &str, at: u64) {
        if let Some(Head { when, rest }) = line::head(line) {
            let (author, text) = line::author(rest);
            self.messages.push(Message { when, author: author.map(str::to_owned), text: text.to_owned() });
            self.first = if self.first == 0 { at } else { self.first };
        } else if let Some(last) = self.messages.last_mut() {
            last.text.push('\n');
            last.text.push_str(line);
        } else if !bare(line).is_empty() {
            self.line = if self.stray.is_empty() { at } else { self.line };
            self.stray.push_str(line);
            self.stray.push('\n');
        }
    }

    fn record(&self, options: &ReadOptions) -> Result<Feedback> {
        let order = options.order().or_else(|| order::told(&self.messages.iter().map(|m| m.when.as_str())));
        let clock = Clock::new(options.time_zone().clone(), order);
        let mut found = Found::default();
        for (index, message) in self.messages.iter().enumerate() {
            let at = clock.read(&message.when);
            if at.is_err() {
                found.unread.insert(index.to_string(), message.when.as_str().into());
            }
            found.turn(message, at.ok());
        }
        let id = format!("{}:{}", options.source_or("whatsapp"), self.first);
        let builder = Feedback::builder(id)
            .generated_id(true)
            .source(Source::WHATSAPP)
            .channel(Channel::CHAT)
            .attachments(found.attachments)
            .encoding_repaired(self.repaired);
        let mut extra = Extra::default();
        if !found.unread.is_empty() {
            if order.is_none() {
                extra.insert("date_order", "unknown".into());
            }
            extra.insert("unread_times", found.unread.into());
        }
        if !found.omitted.is_empty() {
            let counts = found.omitted.into_iter().map(|(kind, count)| (kind.to_owned(), count.into()));
            extra.insert("omitted", Value::Object(counts.collect()));
        }
        if found.edited > 0 {
            extra.insert("edited", found.edited.into());
        }
        converse(builder, found.turns, options.agent_names()).extra(extra).build()
    }
}

/// What the messages hold.
#[derive(Default)]
struct Found {
    turns: Vec<Turn>,
    attachments: Vec<Attachment>,
    omitted: BTreeMap<&'static str, u64>,
    edited: u64,
    unread: Map<String, Value>,
}

impl Found {
    fn turn(&mut self, message: &Message, at: Option<jiff::Timestamp>) {
        let (mut text, edited) = marker::unedited(&message.text);
        self.edited += u64::from(edited);
        let mut role = if message.author.is_some() { Role::Unknown } else { Role::System };
        match marker::meaning(text) {
            _ if role == Role::System => {}
            Some(Meaning::System) => role = Role::System,
            Some(Meaning::Omitted(kind, rest)) => {
                *self.omitted.entry(kind).or_default() += 1;
                text = rest;
            }
            Some(Meaning::Attached(file, rest)) => {
                self.attachments.push(Attachment { kind: marker::kind(file).into(), url: file.into() });
                text = rest;
            }
            None => {}
        }
        let author = message.author.clone();
        self.turns.push(Turn { role, author, at, text: bare(text).to_owned(), question: None });
    }
}
