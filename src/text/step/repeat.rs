//! Repeats: a run of one character is cut to three, which still shows the emphasis.

use super::Step;
use crate::text::{Rewriter, Signals};

/// Length to which a run is cut; "soooooo" → "sooo", 哈哈哈哈哈 → 哈哈哈.
const KEPT: usize = 3;

/// The step.
pub(in crate::text) struct Repeat;

impl Step for Repeat {
    fn applies(&self, signals: Signals) -> bool {
        signals.may_hold_runs()
    }

    fn run(&self, text: &str, out: &mut Rewriter<'_>) {
        let mut run = Run::default();
        // The surplus is replaced in one piece, so that the kept characters stand for the whole run.
        let mut surplus: Option<(usize, usize)> = None;
        for (i, c) in text.char_indices() {
            if run.next(c) > KEPT {
                surplus = Some((surplus.map_or(i, |(start, _)| start), i + c.len_utf8()));
            } else if let Some((start, end)) = surplus.take() {
                out.replace(start, end, "");
            }
        }
        if let Some((start, end)) = surplus {
            out.replace(start, end, "");
        }
    }
}

/// Digits and blanks mean what they count.
const fn cuttable(c: char) -> bool {
    !c.is_ascii_digit() && c != ' ' && c != '\n' && c != '.'
}

#[derive(Default)]
struct Run {
    of: Option<char>,
    length: usize,
}

impl Run {
    /// Length of the run that ends with `c`; 1 for what is never cut.
    fn next(&mut self, c: char) -> usize {
        self.length = if self.of == Some(c) && cuttable(c) { self.length + 1 } else { 1 };
        self.of = Some(c);
        self.length
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    super::super::step_contract!(Repeat, [
        "soooooo good!!!!!!" => "sooo good!!!",
        "哈哈哈哈哈哈好" => "哈哈哈好",
        "call 10000000" => "call 10000000",
        "aaab" => "aaab",
    ]);
}
