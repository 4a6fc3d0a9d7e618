//! The cleaning steps, one file each.

pub(super) mod entity;
pub(super) mod fold;
pub(super) mod html;
pub(super) mod quote;
pub(super) mod repeat;

use super::{Rewriter, Signals};

/// One step of cleaning.
///
/// A step is pure, idempotent, and writes every change through the [`Rewriter`], which keeps the way back.
pub(super) trait Step: Sync {
    /// Whether the text may hold anything for this step; wrong only on the side of yes.
    fn applies(&self, signals: Signals) -> bool;

    /// Does it.
    fn run(&self, text: &str, out: &mut Rewriter<'_>);

    /// Whether what it removes are the words of others.
    fn removes_quotes(&self) -> bool {
        false
    }
}

/// Checks what every step promises, on its own examples and on any string.
#[cfg(test)]
macro_rules! step_contract {
    ($step:expr, [$($input:expr => $output:expr,)*]) => {
        mod contract {
            use super::*;
            use crate::text::step::{Step, contract::run};
            use proptest::prelude::*;

            #[test]
            fn examples() {
                $(assert_eq!(run(&$step, $input).0, $output, "input {:?}", $input);)*
            }

            proptest! {
                #[test]
                fn any_text(text in "[a-c<>&;#/!好了， \\n\u{200b}😀>@\\-\\.\u{ff21}]{0,60}|\\PC{0,40}") {
                    let (clean, map) = run(&$step, &text);
                    if !$step.applies(crate::text::Signals::of(&text)) {
                        prop_assert_eq!(&clean, &text, "said there was nothing to do");
                    }
                    let mut last = 0;
                    for (i, c) in clean.char_indices() {
                        let end = i + c.len_utf8();
                        let span = map.original(crate::span::CleanSpan::new(i as u32, end as u32));
                        prop_assert!(span.slice(&text).is_some(), "off a boundary at {}", i);
                        prop_assert!(span.start >= last, "not monotone at {}", i);
                        last = span.start;
                    }
                }
            }
        }
    };
}
#[cfg(test)]
pub(super) use step_contract;

#[cfg(test)]
pub(super) mod contract {
    use super::Step;
    use crate::text::offset::{OffsetMap, Rewriter};

    /// Runs one step over a text.
    pub(in crate::text) fn run(step: &dyn Step, text: &str) -> (String, OffsetMap) {
        let (mut out, mut map) = (String::new(), OffsetMap::default());
        let mut writer = Rewriter::new(text, &mut out, &mut map);
        step.run(text, &mut writer);
        writer.finish();
        (out, map)
    }
}
