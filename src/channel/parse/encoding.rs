//! Bytes of any encoding in, UTF-8 out, a block at a time.

pub(super) mod escaped;
mod mojibake;

use encoding_rs::{BIG5, Decoder, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;
use std::io::{self, BufRead, Read};
use std::ops::Range;

/// Bytes read at a time, and looked at to tell the encoding.
const BLOCK: usize = 64 * 1024;

/// Decodes a stream. The encoding is told by the byte order mark, else by the first block that is not ASCII.
/// Lines of UTF-8 that were once taken for Windows-1252 are mended.
#[expect(clippy::struct_excessive_bools, reason = "facts that do not depend on each other")]
pub(crate) struct Utf8Reader<'a> {
    input: Box<dyn BufRead + 'a>,
    decoder: Option<Decoder>,
    raw: Vec<u8>,
    out: Vec<u8>,
    at: usize,
    started: bool,
    finished: bool,
    replaced: bool,
    /// Whether lines are mended at all.
    mends: bool,
    /// Where lines in `out` were mended, in order.
    mended: Vec<Range<usize>>,
    /// The line that a block ends in, because it is mended as a whole; of a very long one only its last run.
    held: String,
}

impl<'a> Utf8Reader<'a> {
    pub(crate) fn new(input: Box<dyn BufRead + 'a>) -> Self {
        Self {
            input,
            decoder: None,
            raw: Vec::with_capacity(BLOCK),
            out: Vec::new(),
            at: 0,
            started: false,
            finished: false,
            replaced: false,
            mends: true,
            mended: Vec::new(),
            held: String::new(),
        }
    }

    /// Leaves lines as they are.
    pub(crate) const fn unmended(mut self) -> Self {
        self.mends = false;
        self
    }

    /// The decoded bytes at hand, at least one unless the input is at its end.
    pub(crate) fn fill(&mut self) -> io::Result<&[u8]> {
        while self.at >= self.out.len() && !self.finished {
            self.advance()?;
        }
        Ok(self.at_hand())
    }

    /// What the last [`fill`](Self::fill) returned and was not consumed since.
    pub(crate) fn at_hand(&self) -> &[u8] {
        self.out.get(self.at..).unwrap_or_default()
    }

    /// Passes bytes; whether a line that any of them lies in was mended.
    pub(crate) fn consume(&mut self, bytes: usize) -> bool {
        let (from, to) = (self.at, self.out.len().min(self.at + bytes));
        self.at = to;
        let next = self.mended.partition_point(|range| range.end <= from);
        self.mended.get(next).is_some_and(|range| range.start < to)
    }

    /// Whether bytes had to be replaced so far.
    pub(crate) fn is_replaced(&self) -> bool {
        self.replaced
    }

    /// Puts decoded bytes back before everything not yet consumed.
    pub(crate) fn push_back(&mut self, bytes: &[u8]) {
        let before = self.at.checked_sub(bytes.len());
        if before.and_then(|start| self.out.get(start..self.at)) == Some(bytes) {
            self.at -= bytes.len();
            return;
        }
        let shift = |place: usize| (place + bytes.len()).saturating_sub(self.at);
        self.mended = self.mended.iter().map(|range| shift(range.start)..shift(range.end)).collect();
        self.out = [bytes, self.at_hand()].concat();
        self.at = 0;
    }

    /// Whole blocks only, so that the outcome does not depend on how the input is cut into reads.
    fn advance(&mut self) -> io::Result<()> {
        self.raw.clear();
        self.input.by_ref().take(BLOCK as u64).read_to_end(&mut self.raw)?;
        self.finished = self.raw.len() < BLOCK;
        self.at = 0;
        self.mended.clear();
        let first = !std::mem::replace(&mut self.started, true);
        if self.decoder.is_none() {
            let wide = first.then(|| byte_order(&self.raw)).flatten();
            if wide.is_none() && self.raw.is_ascii() {
                std::mem::swap(&mut self.raw, &mut self.out);
                return Ok(());
            }
            let encoding = wide.unwrap_or_else(|| detect(&self.raw, self.finished));
            self.decoder = Some(if first {
                encoding.new_decoder_with_bom_removal()
            } else {
                encoding.new_decoder_without_bom_handling()
            });
        }
        self.decode(first);
        Ok(())
    }

    fn decode(&mut self, first: bool) {
        let Some(decoder) = &mut self.decoder else { return };
        let room = decoder.max_utf8_buffer_length(self.raw.len()).unwrap_or(4 * BLOCK);
        self.out.resize(room, 0);
        let (_, _, written, replaced) = decoder.decode_to_utf8(&self.raw, &mut self.out, self.finished);
        self.out.truncate(written);
        self.replaced |= replaced;
        let unicode = [UTF_8, UTF_16LE, UTF_16BE].contains(&decoder.encoding());
        if self.mends && unicode && !(self.held.is_empty() && self.out.is_ascii()) {
            self.mend(first);
        }
    }

    fn mend(&mut self, first: bool) {
        let Ok(block) = std::str::from_utf8(&self.out) else { return };
        let mut text = std::mem::take(&mut self.held) + block;
        if !self.finished {
            let line = text.rfind('\n').map_or(0, |end| end + 1);
            let is_short = text.len() - line <= BLOCK;
            self.held = text.split_off(if is_short { line } else { mojibake::open_run(&text) });
        }
        if let Some((mended, ranges)) = mojibake::mend(&text) {
            (text, self.mended) = (mended, ranges);
        }
        // A byte order mark that was garbled as well.
        let mark = if first && text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        self.out = text.into_bytes();
        self.at = mark;
    }
}

/// The head of an input as text, for sniffing.
pub(crate) fn head(bytes: &[u8]) -> Cow<'_, str> {
    let block = bytes.get(..BLOCK).unwrap_or(bytes);
    let encoding = byte_order(block).unwrap_or_else(|| detect(block, false));
    let text = encoding.decode_with_bom_removal(block).0;
    match mended(&text).filter(|_| [UTF_8, UTF_16LE, UTF_16BE].contains(&encoding)) {
        Some(mended) => Cow::Owned(mended.trim_start_matches('\u{feff}').to_owned()),
        None => text,
    }
}

/// The text with the lines mended that were UTF-8 taken for Windows-1252; nothing when there are none.
pub(crate) fn mended(text: &str) -> Option<String> {
    mojibake::mend(text).map(|(mended, _)| mended)
}

/// The encoding told by a byte order mark, or UTF-16 told by the zero bytes of its ASCII characters: text in
/// Latin letters has many, Chinese text those of digits and line ends.
fn byte_order(block: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(block) {
        return Some(encoding);
    }
    let (mut high, mut low) = (0, 0);
    for pair in block.chunks_exact(2).take(512) {
        high += usize::from(pair.first() == Some(&0) && pair.last() != Some(&0));
        low += usize::from(pair.last() == Some(&0) && pair.first() != Some(&0));
    }
    let pairs = (block.len() / 2).min(512);
    // Some characters, such as 一 (U+4E00), have a zero byte of their own.
    let (wide, zeros) = match (high, low) {
        _ if high > 4 * low => (UTF_16BE, high),
        _ if low > 4 * high => (UTF_16LE, low),
        _ => return None,
    };
    let many = zeros * 5 > pairs * 2;
    // A few zeros are damage in a text that is whole without them.
    let few = || zeros * 50 > pairs && std::str::from_utf8(block).is_err() && reads_as(wide, block);
    (many || few()).then_some(wide)
}

/// Whether the block is whole in this encoding, its last character aside.
fn reads_as(encoding: &'static Encoding, block: &[u8]) -> bool {
    let even = block.get(..block.len() & !3).unwrap_or(block);
    let (text, broken) = encoding.decode_without_bom_handling(even);
    !broken || text.chars().filter(|c| *c == '\u{fffd}').count() == 1 && text.ends_with('\u{fffd}')
}

/// UTF-8, else GB18030 or Big5, else Windows-1252. A few broken bytes do not change the verdict: one damaged
/// character must not turn a whole file into gibberish.
fn detect(block: &[u8], whole: bool) -> &'static Encoding {
    let (valid, broken) = utf8_quality(block, whole);
    if broken * 8 <= valid {
        return UTF_8;
    }
    match is_gb18030(block) {
        true if is_big5(block) => BIG5,
        true => GB18030,
        false => WINDOWS_1252,
    }
}

/// How many characters beyond ASCII are valid UTF-8, and how many byte sequences are not.
fn utf8_quality(block: &[u8], whole: bool) -> (usize, usize) {
    let (mut valid, mut broken) = (0, 0);
    let mut chunks = block.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        // The block may end inside a character, and so may a file that was cut off.
        let begun =
            || valid > 0 && std::str::from_utf8(chunk.invalid()).is_err_and(|e| e.error_len().is_none());
        let cut_off = chunks.peek().is_none() && (!whole || begun());
        broken += usize::from(!chunk.invalid().is_empty() && !cut_off);
    }
    (valid, broken)
}

/// Whether the bytes read as Chinese in GB18030. Latin text of one byte a character also makes valid pairs,
/// but rarely ones of the GB2312 area, where most characters of Chinese text lie.
fn is_gb18030(block: &[u8]) -> bool {
    let (mut common, mut rare, mut broken) = (0_usize, 0_usize, 0_usize);
    let mut bytes = block.iter().copied().peekable();
    while let Some(lead) = bytes.next() {
        if lead.is_ascii() {
            continue;
        }
        match bytes.peek().copied() {
            Some(0xA1..=0xFE) if (0xA1..=0xF7).contains(&lead) => common += 1,
            Some(0x40..=0x7E | 0x80..=0xFE) if (0x81..=0xFE).contains(&lead) => rare += 1,
            Some(b'0'..=b'9') if (0x81..=0xFE).contains(&lead) => {
                rare += 1;
                bytes.nth(1);
            }
            // The block may end inside a character.
            None if common > 0 => continue,
            _ => {
                broken += 1;
                continue;
            }
        }
        bytes.next();
    }
    broken * 8 <= common + rare && rare <= 2 * common
}

/// Whether Chinese text is in Big5: its commonest characters lie where GB2312 has none, and half of its second
/// bytes are ASCII; the commonest of GB2312 lie where Big5 has its rarest.
fn is_big5(block: &[u8]) -> bool {
    let (mut big5, mut gb) = (0_usize, 0_usize);
    let mut bytes = block.iter().copied();
    while let Some(lead) = bytes.next() {
        if lead.is_ascii() {
            continue;
        }
        match (lead, bytes.next()) {
            (0x80..=0xA0 | 0xC7.., Some(_)) | (_, Some(0x80..=0xA0 | 0xFF)) => gb += 1,
            (0xA4..=0xAF, Some(_)) | (_, Some(0x40..=0x7E)) => big5 += 1,
            _ => {}
        }
    }
    big5 > gb
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, bool) {
        let mut reader = Utf8Reader::new(Box::new(bytes));
        let mut text = Vec::new();
        let mut repaired = false;
        loop {
            let block = reader.fill().unwrap();
            if block.is_empty() {
                break;
            }
            let length = block.len();
            text.extend_from_slice(block);
            repaired |= reader.consume(length);
        }
        (String::from_utf8(text).unwrap(), repaired || reader.is_replaced())
    }

    #[test]
    fn encodings_are_told_apart() {
        let text = "物流太慢，客服不耐烦 – 5 stars";
        let wide =
            |order: fn(u16) -> [u8; 2]| "物流 is slow".encode_utf16().flat_map(order).collect::<Vec<u8>>();
        assert_eq!(read(text.as_bytes()), (text.to_owned(), false));
        assert_eq!(read(format!("\u{feff}{text}").as_bytes()), (text.to_owned(), false));
        assert_eq!(read(&GB18030.encode(text).0), (text.to_owned(), false));
        assert_eq!(read(&wide(u16::to_le_bytes)), ("物流 is slow".to_owned(), false));
        assert_eq!(read(&wide(u16::to_be_bytes)), ("物流 is slow".to_owned(), false));
        for text in ["物流太慢，客服不耐煩", "很好", "包裝破損，請儘快退款。謝謝", "商品與描述不符"]
        {
            assert_eq!(read(&BIG5.encode(text).0), (text.to_owned(), false));
        }
        for text in [
            "物流太慢，客服不耐烦",
            "很好",
            "包装破损，请尽快退款。谢谢",
            "东西还行吧",
            "這個東西還行吧，下次再買",
        ] {
            assert_eq!(read(&GB18030.encode(text).0), (text.to_owned(), false));
        }
        assert_eq!(read(b"caf\xe9s, d\xe9j\xe0 vu"), ("cafés, déjà vu".to_owned(), false));
        assert_eq!(read(&[]), (String::new(), false));
    }

    #[test]
    fn utf_16_is_told_without_a_mark() {
        let lines = "编号,评价\r\n1,物流太慢，客服不耐烦\r\n2,😀还行\r\n";
        for order in [u16::to_le_bytes, u16::to_be_bytes] {
            let bytes: Vec<u8> = lines.encode_utf16().flat_map(order).collect();
            assert_eq!(read(&bytes), (lines.to_owned(), false));
        }
        assert_eq!(read("物流\0太慢".as_bytes()), ("物流\0太慢".to_owned(), false));
        assert_eq!(read(b"late\0 again"), ("late\0 again".to_owned(), false));
    }

    #[test]
    fn mended_lines_are_told_apart() {
        let garbled = WINDOWS_1252.decode_without_bom_handling("很好".as_bytes()).0.into_owned();
        let mut reader = Utf8Reader::new(Box::new(std::io::Cursor::new(format!("太慢\n{garbled}\n太慢\n"))));
        assert_eq!(reader.fill().unwrap(), "太慢\n很好\n太慢\n".as_bytes());
        assert_eq!([7, 3, 4, 7].map(|bytes| reader.consume(bytes)), [false, true, true, false]);
        assert_eq!(read("ï»¿très mal\n".replace('è', "Ã¨").as_bytes()), ("très mal\n".to_owned(), true));
        let line = format!("{}\n", garbled.repeat(700));
        assert_eq!(
            read(line.repeat(200).as_bytes()),
            (format!("{}\n", "很好".repeat(700)).repeat(200), true)
        );
        let endless = format!("a{}", garbled.repeat(50)).repeat(800);
        assert_eq!(read(endless.as_bytes()), (format!("a{}", "很好".repeat(50)).repeat(800), true));
        for ascii in 0..8 {
            let text = format!("{}{}", "a".repeat(BLOCK - ascii), garbled);
            assert_eq!(read(text.as_bytes()), (format!("{}很好", "a".repeat(BLOCK - ascii)), true));
        }
    }

    #[test]
    fn one_broken_byte_is_repaired() {
        let mut bytes = "物流太慢，客服不耐烦".as_bytes().to_vec();
        bytes.insert(3, 0xFF);
        assert_eq!(read(&bytes), ("物\u{fffd}流太慢，客服不耐烦".to_owned(), true));
        let mut bytes = GB18030.encode("物流太慢，客服不耐烦").0.into_owned();
        bytes.push(0xC8);
        assert_eq!(read(&bytes), ("物流太慢，客服不耐烦\u{fffd}".to_owned(), true));
    }

    #[test]
    fn blocks_may_end_inside_a_character() {
        for ascii in 0..4 {
            let text = format!("{}{}", "a".repeat(ascii), "好评".repeat(40_000));
            assert_eq!(read(text.as_bytes()), (text.clone(), false));
            assert_eq!(read(&GB18030.encode(&text).0), (text, false));
        }
        let late = format!("{}{}", "a".repeat(BLOCK + 10), "好评");
        assert_eq!(read(&GB18030.encode(&late).0), (late, false));
    }
}
