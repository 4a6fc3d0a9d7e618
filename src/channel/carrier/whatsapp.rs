//! `WhatsApp`: the text file of an exported chat, from iOS or Android, in any language of the app.
//!
//! A message is one record; a line that does not begin like a message continues the one before. The order of day
//! and month is told by all dates together: one above 12, a point between the numbers, or the one order in which
//! time does not run backwards. Where even that leaves it open, the time stays in `extra` as it was written, beside
//! `date_order`. The zone is not in the file. Who is the customer is told by [`ReadOptions::agents`]: what the
//! customer writes is the text, what others write is a turn with their role.
//!
//! Files that came along are attachments; what was left out of the export is named in `extra` as `omitted`.
//! Notices of the app, deleted messages and missed calls are no feedback and set aside with that reason.

mod line;
mod marker;
mod order;

use super::speaker::{assign, bare, customer};
use crate::channel::parse::cursor::Cursor;
use crate::channel::parse::encoding;
use crate::channel::parse::time::Clock;
use crate::channel::{Adapter, Confidence, ReadOptions, Reject};
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::{Attachment, Channel, Extra, Feedback, FeedbackBuilder, Role, Source, Turn};
use line::Head;
use marker::Meaning;
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
        if let Err(error) = chat.fill(Cursor::new(input, options.limit()), options.limit()) {
            let raw = chat.messages.first().map(|first| first.text.clone()).unwrap_or_default();
            return Box::new(std::iter::once(Err(Reject::new(0, error, raw.as_bytes()))));
        }
        let stray = (!chat.stray.is_empty()).then(|| {
            let begins = "no line begins like a message, with date, time and name";
            let message = if chat.messages.is_empty() { begins } else { "the line belongs to no message" };
            let error = Error::new(ErrorKind::Syntax, message).at_line(chat.line);
            (error, std::mem::take(&mut chat.stray))
        });
        let found = stray.map(Err).into_iter().chain(chat.records(options));
        Box::new(found.enumerate().map(|(index, found)| {
            found.map_err(|(error, raw)| Reject::new(index as u64, error, raw.as_bytes()))
        }))
    }
}

/// One message with its continuation lines.
struct Message {
    line: u64,
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
    repaired: bool,
}

impl Chat {
    fn fill(&mut self, mut cursor: Cursor<'_>, limit: usize) -> Result<()> {
        let mut bytes = 0;
        while let Some(record) = cursor.line()? {
            bytes += record.bytes.len() + 1;
            if record.overflow || bytes > limit {
                let at = self.messages.first().map_or(record.start.line, |first| first.line);
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
            self.messages.push(Message {
                line: at,
                when,
                author: author.map(str::to_owned),
                text: text.to_owned(),
            });
        } else if let Some(last) = self.messages.last_mut() {
            last.text.push('\n');
            last.text.push_str(line);
        } else if !bare(line).is_empty() {
            self.line = if self.stray.is_empty() { at } else { self.line };
            self.stray.push_str(line);
            self.stray.push('\n');
        }
    }

    /// A record a message, or why there is none.
    fn records(self, options: &ReadOptions) -> impl Iterator<Item = Result<Feedback, (Error, String)>> {
        let order = options.order().or_else(|| order::told(&self.messages.iter().map(|m| m.when.as_str())));
        let clock = Clock::new(options.time_zone().clone(), order);
        let mut turns: Vec<Turn> = self.messages.iter().map(|message| turn(message, &clock)).collect();
        assign(&mut turns, options.agent_names());
        let (source, repaired) = (options.source_or("whatsapp").to_owned(), self.repaired);
        self.messages.into_iter().zip(turns).map(move |(message, turn)| {
            if turn.role == Role::System {
                let error = Error::new(ErrorKind::NotFeedback, "a notice of the app is no message");
                return Err((error.at_line(message.line), message.text));
            }
            let builder = Feedback::builder(format!("{source}:{}", message.line))
                .generated_id(true)
                .encoding_repaired(repaired);
            let record = fill(builder, &message, turn, order.is_none());
            record.build().map_err(|error| (error.at_line(message.line), message.text))
        })
    }
}

/// A message as a turn; what the app says of itself is the system's.
fn turn(message: &Message, clock: &Clock) -> Turn {
    let (text, _) = marker::unedited(&message.text);
    let (role, text) = match (marker::meaning(text), &message.author) {
        (_, None) | (Some(Meaning::System), _) => (Role::System, text),
        (Some(Meaning::Omitted(_, rest) | Meaning::Attached(_, rest)), _) => (Role::Unknown, rest),
        (None, _) => (Role::Unknown, text),
    };
    let at = clock.read(&message.when).ok();
    Turn { role, author: message.author.clone(), at, text: bare(text).to_owned(), question: None }
}

fn fill(builder: FeedbackBuilder, message: &Message, turn: Turn, open: bool) -> FeedbackBuilder {
    let (text, edited) = marker::unedited(&message.text);
    let mut extra = Extra::default();
    let mut builder = builder.source(Source::WHATSAPP).channel(Channel::CHAT);
    match turn.at {
        Some(at) => builder = builder.created_at(at),
        None => extra.insert("created_at", message.when.as_str().into()),
    }
    if turn.at.is_none() && open {
        extra.insert("date_order", "unknown".into());
    }
    match marker::meaning(text) {
        Some(Meaning::Omitted(kind, _)) => extra.insert("omitted", kind.into()),
        Some(Meaning::Attached(file, _)) => {
            let kind = marker::kind(file).into();
            builder = builder.attachments(vec![Attachment { kind, url: file.into() }]);
        }
        _ => {}
    }
    if edited {
        extra.insert("edited", true.into());
    }
    let builder = builder.customer(customer(std::slice::from_ref(&turn))).extra(extra);
    match (turn.role, &turn.author) {
        (Role::Customer, _) if !turn.text.is_empty() => builder.text(turn.text),
        (Role::Agent, Some(name)) => builder.agent(name.clone()).turn(turn),
        _ => builder.turn(turn),
    }
}
