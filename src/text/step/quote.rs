//! Words of others: quoted mail lines and repost chains go, so that only the customer's are read.

use super::Step;
use crate::text::{Rewriter, Signals};

/// The step.
pub(in crate::text) struct Quote;

impl Step for Quote {
    fn applies(&self, signals: Signals) -> bool {
        signals.may_hold_quotes()
    }

    fn run(&self, text: &str, out: &mut Rewriter<'_>) {
        // A repost chain (`//@name: …`) holds nothing of the customer's after its first mark.
        let chain = text.find("//@").unwrap_or(text.len());
        let mut at = 0;
        for line in text.get(..chain).unwrap_or_default().split_inclusive('\n') {
            if is_quoted(line) {
                out.replace(at, at + line.len(), "");
            }
            at += line.len();
        }
        if chain < text.len() {
            out.replace(chain, text.len(), "");
        }
    }

    fn removes_quotes(&self) -> bool {
        true
    }
}

/// `> words`, `>words` and `>> words`, but not `>_<` and `>:(`.
fn is_quoted(line: &str) -> bool {
    let next = line.strip_prefix('>').and_then(|rest| rest.chars().next());
    next.is_some_and(|c| c.is_alphanumeric() || c.is_whitespace() || c == '>')
}

#[cfg(test)]
mod tests {
    use super::*;

    super::super::step_contract!(Quote, [
        "Still broken.\n> We fixed it.\n> Regards\nThanks" => "Still broken.\nThanks",
        "不好用//@客服小美: 很好用的 //@路人: 好" => "不好用",
        "a > b" => "a > b",
        ">_< too slow" => ">_< too slow",
        "> only others" => "",
    ]);
}
