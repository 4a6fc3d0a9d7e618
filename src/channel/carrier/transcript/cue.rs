//! Files of cues: `WebVTT` and `SubRip`.

use super::label::Labels;
use super::voice::{self, Voice};
use super::{Piece, Script, Stray};
use crate::error::{Error, ErrorKind};
use regex::{Captures, Regex};
use std::sync::LazyLock;

static TIMING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let time = r"(?:(?<h>[0-9]{1,4}):)?(?<m>[0-9]{1,2}):(?<s>[0-9]{1,2})[.,](?<f>[0-9]{1,3})";
    let end = time.replace("?<", "?<e");
    Regex::new(&format!(r"^\s*{time}\s*-->\s*{end}(?:\s.*)?$")).ok()
});

pub(super) fn is_vtt(text: &str) -> bool {
    let rest = text.strip_prefix("WEBVTT").or_else(|| text.strip_prefix("\u{feff}WEBVTT"));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
}

/// Whether a line stands where times should, readable or not.
pub(super) fn is_timing(line: &str) -> bool {
    line.contains("-->") && line.trim_start().starts_with(|c: char| c.is_ascii_digit())
}

/// Start and end in milliseconds.
pub(super) fn times(line: &str) -> Option<(u64, u64)> {
    if !is_timing(line) {
        return None;
    }
    let found = TIMING.as_ref()?.captures(line)?;
    Some((millis(&found, "")?, millis(&found, "e")?))
}

fn millis(found: &Captures<'_>, prefix: &str) -> Option<u64> {
    let part = |name: &str| found.name(&format!("{prefix}{name}")).map(|part| part.as_str());
    let number = |name| part(name).map_or(Some(0), |text| text.parse::<u64>().ok());
    let fraction: u64 = format!("{:0<3}", part("f")?).parse().ok()?;
    Some(((number("h")? * 60 + number("m")?) * 60 + number("s")?) * 1000 + fraction)
}

/// One cue, its words line by line.
#[derive(Default)]
struct Cue {
    times: Option<(u64, u64)>,
    lines: Vec<String>,
}

/// A file taken apart, before anyone knows who speaks.
#[derive(Default)]
struct Blocks {
    cues: Vec<Cue>,
    open: bool,
    /// Lines before a cue: its name, or a block of its own.
    before: Vec<(u64, String)>,
    script: Script,
}

pub(super) fn read(lines: &[String], agents: &[String]) -> Script {
    let mut blocks = Blocks { script: Script { cues: true, ..Script::default() }, ..Blocks::default() };
    for (line, at) in lines.iter().zip(1..) {
        blocks.take(line, at);
    }
    blocks.close();
    let Blocks { cues, mut script, .. } = blocks;
    let labels = Labels::of(cues.iter().flat_map(|cue| cue.lines.iter()).map(String::as_str), agents);
    for cue in &cues {
        let voices = voice::split(&cue.lines.join("\n"));
        let first = script.pieces.len();
        for voice in &voices {
            said(voice, &labels, cue.times, first, &mut script.pieces);
        }
    }
    script
}

impl Blocks {
    fn take(&mut self, line: &str, at: u64) {
        let is_blank = line.trim().is_empty();
        if is_timing(line) {
            self.begin(line);
        } else if is_blank {
            self.close();
        } else if let Some(cue) = self.cues.last_mut().filter(|_| self.open) {
            cue.lines.push(line.to_owned());
        } else {
            self.before.push((at, line.to_owned()));
        }
    }

    fn begin(&mut self, line: &str) {
        // The number of this cue, where no blank line stands before it.
        if let Some(last) = self.cues.last_mut().filter(|_| self.open)
            && last.lines.last().is_some_and(|line| line.trim().bytes().all(|b| b.is_ascii_digit()))
        {
            last.lines.pop();
        }
        self.before.pop();
        self.close();
        let times = times(line);
        if times.is_none() {
            self.script.unread.push(line.trim().to_owned());
        }
        self.cues.push(Cue { times, lines: Vec::new() });
        self.open = true;
    }

    /// Ends a block at a blank line.
    fn close(&mut self) {
        self.open = false;
        let block = std::mem::take(&mut self.before);
        let Some((at, first)) = block.first() else { return };
        let whole = || block.iter().map(|(_, line)| line.as_str()).collect::<Vec<_>>().join("\n");
        let word = first.split_whitespace().next().unwrap_or_default();
        match word.trim_start_matches('\u{feff}') {
            "WEBVTT" => self.header(&block),
            "NOTE" => {
                let note = whole();
                let note = note.trim_start_matches("NOTE").trim();
                self.script.notes.extend((!note.is_empty()).then(|| note.to_owned()));
            }
            "STYLE" | "REGION" | "X-TIMESTAMP-MAP" => {}
            _ => {
                let error = Error::new(ErrorKind::Syntax, "the block has no times").at_line(*at);
                self.script.strays.push(Stray { error, raw: whole() });
            }
        }
    }

    /// `WEBVTT - title`, and lines such as `Language: en` below it.
    fn header(&mut self, block: &[(u64, String)]) {
        for (_, line) in block {
            let line = line.trim_start_matches('\u{feff}').trim();
            if let Some(title) = line.strip_prefix("WEBVTT") {
                let title = title.trim_matches(|c: char| c.is_whitespace() || c == '-');
                title.clone_into(&mut self.script.heading);
            } else if let Some(language) = line.strip_prefix("Language:") {
                language.trim().clone_into(&mut self.script.language);
            } else {
                self.script.notes.push(line.to_owned());
            }
        }
    }
}

/// Adds what one voice says, split where lines name other speakers; `first` is where the cue begins.
fn said(voice: &Voice, labels: &Labels, times: Option<(u64, u64)>, first: usize, out: &mut Vec<Piece>) {
    let (start, end) = (times.map(|(start, _)| start), times.map(|(_, end)| end));
    for line in voice.text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let piece = Piece { author: voice.name.clone(), start, end, ..Piece::default() };
        if voice.name.is_some() {
            out.push(Piece { text: line.to_owned(), ..piece });
            continue;
        }
        let own = ["- ", "– ", "— ", ">>"].iter().find_map(|dash| line.strip_prefix(dash));
        let words = own.unwrap_or(line).trim();
        if let Some(found) = labels.split(words) {
            let author = Some(found.name.to_owned());
            out.push(Piece { author, text: found.text.to_owned(), ..piece });
            continue;
        }
        // A second line of a cue is said by the speaker that the first names.
        let above = out.get(first..).and_then(<[Piece]>::last).filter(|_| own.is_none());
        let author = above.and_then(|piece| piece.author.clone());
        out.push(Piece { author, text: words.to_owned(), change: own.is_some(), ..piece });
    }
}
