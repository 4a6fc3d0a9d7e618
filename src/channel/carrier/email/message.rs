//! One message as a record.

use super::cut::{self, Parts};
use super::nested;
use crate::channel::parse::encoding;
use crate::channel::parse::time::Clock;
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::{Attachment, Channel, Customer, Extra, Feedback, Format, Source};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use mail_parser::{
    Address, DateTime, Encoding, HeaderValue, Message, MessageParser, MessagePart, MimeHeaders, PartType,
};
use serde_json::{Value, json};
use std::borrow::Cow;
use std::{iter, ptr};

/// Reads a message; `fallback` is the id of one without a Message-ID.
pub(super) fn read(raw: &[u8], fallback: String) -> Result<Feedback> {
    let raw = &*with_readable_headers(raw);
    let message = MessageParser::new().parse(raw).filter(|message| !message.headers().is_empty());
    let message =
        message.ok_or_else(|| Error::new(ErrorKind::Syntax, "expected the headers of a message"))?;
    if let Some(reason) = automatic(&message) {
        return Err(Error::new(ErrorKind::NotFeedback, format!("the message is automatic: {reason}")));
    }
    let inner = nested::messages(&message);
    let (writer, body, parts) = writer(&message, &inner);
    let mut extra = kept(&message, &parts);
    carried(&message, writer, &inner, &mut extra);
    let id = message.message_id().map(str::to_owned);
    let mut builder = Feedback::builder(id.clone().unwrap_or(fallback))
        .generated_id(id.is_none())
        .source(Source::EMAIL)
        .channel(Channel::EMAIL)
        .parent_id(parent(&message))
        .title(subject(&message).or(subject(writer)).unwrap_or_default())
        .text(parts.text.trim_end())
        .format(body.format)
        .language(text(message.header("Content-Language")))
        .customer(customer(sender(writer).or(sender(&message))))
        .attachments([&message].into_iter().chain(inner).flat_map(attachments).collect())
        .encoding_repaired(body.repaired);
    match written(writer).or_else(|| written(&message)) {
        Some(at) => builder = builder.created_at(at),
        None => {
            if let Some(words) = message.header_raw("Date").map(str::trim).filter(|words| !words.is_empty()) {
                extra.insert("created_at", words.into());
            }
        }
    }
    builder.extra(extra).build()
}

/// The body that is read, and its parts.
fn words(message: &Message<'_>) -> (Body, Parts) {
    let body = body(message);
    let parts = if body.format == Format::Html { cut::html(&body.text) } else { cut::plain(&body.text) };
    (body, parts)
}

/// The message whose words are read: the outer one, unless only one inside has any.
fn writer<'m>(message: &'m Message<'m>, inner: &[&'m Message<'m>]) -> (&'m Message<'m>, Body, Parts) {
    let all = iter::once(message).chain(inner.iter().copied());
    let mut read = all.map(|message| (message, words(message)));
    let (writer, (body, parts)) =
        read.find(|(_, (_, parts))| has_words(parts)).unwrap_or_else(|| (message, words(message)));
    (writer, body, parts)
}

/// Keeps what stands around the words that are read.
fn carried(message: &Message<'_>, writer: &Message<'_>, inner: &[&Message<'_>], extra: &mut Extra) {
    let forwarder = address(message.from()).filter(|_| !ptr::eq(message, writer));
    if let Some(forwarder) = forwarder {
        extra.insert("forwarded_by", forwarder.into());
    }
    let others = inner.iter().filter(|inner| !ptr::eq(**inner, writer));
    let others: Vec<Value> = others.filter_map(|inner| quoted(inner)).collect();
    if !others.is_empty() {
        extra.insert("forwarded", others.into());
    }
}

fn has_words(parts: &Parts) -> bool {
    !parts.text.trim().is_empty()
}

/// A carried message that is not read but must not be lost.
fn quoted(message: &Message<'_>) -> Option<Value> {
    let (_, parts) = words(message);
    let at = written(message).map(|at| at.to_string());
    let text = [parts.text.as_str(), &parts.quoted, &parts.signature].concat();
    has_words(&parts).then(|| {
        json!({
            "from": address(message.from()),
            "subject": subject(message),
            "at": at,
            "text": text.trim(),
        })
    })
}

fn subject<'m>(message: &'m Message<'_>) -> Option<&'m str> {
    message.subject().map(str::trim).filter(|subject| !subject.is_empty())
}

fn sender<'m>(message: &'m Message<'m>) -> Option<&'m Address<'m>> {
    message.from().or(message.sender())
}

/// The message with its headers in UTF-8: some mailers write other bytes without encoding them.
fn with_readable_headers(raw: &[u8]) -> Cow<'_, [u8]> {
    let ends = |pair: &[u8]| pair == b"\n\n" || pair == b"\n\r";
    let end = raw.windows(2).position(ends).unwrap_or(raw.len());
    let Some((headers, rest)) = raw.split_at_checked(end) else { return Cow::Borrowed(raw) };
    if std::str::from_utf8(headers).is_ok() {
        return Cow::Borrowed(raw);
    }
    Cow::Owned([encoding::head(headers).as_bytes(), rest].concat())
}

/// The header by which a message shows that no person wrote it.
fn automatic(message: &Message<'_>) -> Option<String> {
    let header = |name: &str| Some(message.header_raw(name)?.trim().to_ascii_lowercase());
    let told = |name: &str, value: String| Some(format!("{name} is {value}"));
    if let Some(value) = header("Auto-Submitted").filter(|value| !value.starts_with("no")) {
        return told("Auto-Submitted", value);
    }
    for name in ["X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress"] {
        if let Some(value) = header(name).filter(|value| !matches!(value.as_str(), "no" | "none")) {
            return told(name, value);
        }
    }
    let bulk = |value: &String| matches!(value.as_str(), "bulk" | "junk" | "auto_reply");
    if let Some(value) = header("Precedence").filter(bulk) {
        return told("Precedence", value);
    }
    if message
        .content_type()
        .is_some_and(|kind| kind.ctype() == "multipart" && kind.subtype() == Some("report"))
    {
        return told("Content-Type", "multipart/report".to_owned());
    }
    if header("Return-Path").is_some_and(|path| path == "<>") {
        return told("Return-Path", "<>".to_owned());
    }
    let sender = address(message.from())?.to_ascii_lowercase();
    let robot = sender.starts_with("mailer-daemon") || sender.starts_with("postmaster@");
    if robot { told("From", sender) } else { None }
}

/// The part that is read.
struct Body {
    text: String,
    format: Format,
    repaired: bool,
}

/// The plain parts unless they are blank, else the HTML parts.
fn body(message: &Message<'_>) -> Body {
    let plain = message.text_bodies().filter(|part| matches!(part.body, PartType::Text(_)));
    let rich = message.html_bodies().filter(|part| matches!(part.body, PartType::Html(_)));
    let (mut text, mut repaired) = joined(message, plain);
    let mut format = Format::Plain;
    if text.trim().is_empty() {
        let (html, broken) = joined(message, rich);
        if !html.trim().is_empty() {
            (text, repaired, format) = (html, broken, Format::Html);
        }
    }
    if text.trim().is_empty() {
        text.clear();
    }
    Body { text, format, repaired }
}

/// The words of these parts, and whether bytes were replaced on the way.
fn joined<'m>(message: &'m Message<'m>, parts: impl Iterator<Item = &'m MessagePart<'m>>) -> (String, bool) {
    let mut all = String::new();
    let mut repaired = false;
    for part in parts {
        let (PartType::Text(text) | PartType::Html(text)) = &part.body else { continue };
        let (text, broken) = decoded(message, part, text);
        let mended = encoding::mended(&text);
        repaired |= broken || mended.is_some();
        let text = mended.unwrap_or(text);
        if !all.is_empty() && !all.ends_with('\n') {
            all.push('\n');
        }
        all.push_str(&text.replace("\r\n", "\n"));
    }
    (all, repaired)
}

/// A part that names no charset, or a wrong one, is read by what its bytes look like.
fn decoded(message: &Message<'_>, part: &MessagePart<'_>, text: &str) -> (String, bool) {
    if text.contains('\u{fffd}') && part.encoding == Encoding::None {
        let raw = message.raw_message().get(part.offset_body as usize..part.offset_end as usize);
        let text = encoding::head(raw.unwrap_or_default());
        if !text.contains('\u{fffd}') {
            return (text.into_owned(), false);
        }
    }
    (text.to_owned(), text.contains('\u{fffd}'))
}

/// What is not read but must not be lost.
fn kept(message: &Message<'_>, parts: &Parts) -> Extra {
    let to = message.all_to().flat_map(|to| to.iter()).filter_map(|to| to.address());
    let to = to.collect::<Vec<_>>().join(", ");
    let cc = message.all_cc().flat_map(|cc| cc.iter()).filter_map(|cc| cc.address());
    let cc = cc.collect::<Vec<_>>().join(", ");
    let reply_to = address(message.reply_to()).filter(|reply| Some(*reply) != address(message.from()));
    [
        ("to", to.as_str()),
        ("cc", cc.as_str()),
        ("reply_to", reply_to.unwrap_or_default()),
        ("quoted", parts.quoted.trim_end()),
        ("signature", parts.signature.trim_end()),
        ("attached_text", attached_text(message).trim()),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(name, value)| (name.to_owned(), value.into()))
    .collect()
}

/// The words of attached texts that have no name to be found by.
fn attached_text(message: &Message<'_>) -> String {
    let read = |part: &MessagePart<'_>| {
        message.text_bodies().chain(message.html_bodies()).any(|body| ptr::eq(body, part))
    };
    let is_text = |part: &MessagePart<'_>| part.content_type().is_none_or(|kind| kind.ctype() == "text");
    let nameless =
        message.attachments().filter(|part| part.attachment_name().is_none() && is_text(part) && !read(part));
    joined(message, nameless).0
}

fn parent(message: &Message<'_>) -> String {
    let parent = text(Some(message.in_reply_to()));
    if parent.is_empty() { text(Some(message.references())) } else { parent }
}

/// The value of a header; of a list the last entry.
fn text(value: Option<&HeaderValue<'_>>) -> String {
    value.and_then(HeaderValue::as_text).unwrap_or_default().trim().to_owned()
}

fn address<'m>(from: Option<&'m Address<'_>>) -> Option<&'m str> {
    from?.first()?.address()
}

/// The sender; customers are counted by their address.
fn customer(from: Option<&Address<'_>>) -> Customer {
    let email = address(from).map(|email| email.trim().to_ascii_lowercase());
    let name = from.and_then(Address::first).and_then(|from| from.name()).map(str::trim);
    let name = name.filter(|name| !name.is_empty()).map(str::to_owned);
    Customer { id: email.clone(), name, email, ..Customer::default() }
}

/// Attached files by their names.
fn attachments(message: &Message<'_>) -> Vec<Attachment> {
    let named = |part: &MessagePart<'_>| {
        let kind = part.content_type().map_or("file", |kind| kind.ctype()).to_ascii_lowercase();
        let kind =
            if matches!(kind.as_str(), "image" | "video" | "audio") { kind } else { "file".to_owned() };
        Some(Attachment { kind, url: part.attachment_name()?.to_owned() })
    };
    message.attachments().filter_map(named).collect()
}

/// When it was sent, else when it was last received; senders write what they like.
fn written(message: &Message<'_>) -> Option<Timestamp> {
    let clock = Clock::new(TimeZone::UTC, None);
    let sane = |at: &Timestamp| (SENT.0..SENT.1).contains(&at.as_second());
    let raw = message.header_raw("Date").and_then(|words| clock.read(words.trim()).ok()).filter(sane);
    let date = || message.date().and_then(instant).filter(sane);
    raw.or_else(date).or_else(|| instant(&message.received()?.date()?).filter(sane))
}

/// 1971 to 2100, in seconds.
const SENT: (i64, i64) = (31_536_000, 4_102_444_800);

fn instant(date: &DateTime) -> Option<Timestamp> {
    date.is_valid().then(|| Timestamp::from_second(date.to_timestamp()).ok())?
}
