//! Rules of the host: conditions on words and fields, with a topic, an intent or a tag as consequence.
//!
//! A [`RulePack`] is read from TOML, handed to [`EngineBuilder::rules`](crate::engine::EngineBuilder::rules), and
//! asked of every item in the same pass that reads its words. Of many rules only those are asked of which a word
//! was found, so that the cost follows the words of a text and not the number of rules.
//!
//! # The language
//!
//! | Written | Holds when |
//! |---|---|
//! | `refund` | the word or a regular form of it (refunds, refunded) stands there, in any case; Chinese words stand anywhere: `退款` |
//! | `"never again"` | these words stand side by side in just this form, within a sentence |
//! | `refund*`, `un*able` | a word with this beginning, and end; two letters must stand before the `*` |
//! | `退*款` | both parts, with at most four characters and no sign between them |
//! | `a AND b`, `a OR b`, `NOT a` | both, either, not; `a NOT b` is short for `a AND NOT b` |
//! | `a NEAR/5 b` | at most five words or Han characters stand between, in either order |
//! | `a ONEAR/5 b` | the same, and `a` comes first |
//! | `SENTENCE(a AND b)` | all of it in one sentence |
//! | `CLAUSE(a AND b)` | all of it in one clause: between commas, full stops and words such as "but" |
//! | `channel:review`, `product:"Aurora lamp"`, `product:aurora*` | the field has this value, or begins so; `segment:*` asks for any |
//! | `rating<=2`, `nps>=9` | the rating, of its kind where one is named, compares so (`<`, `<=`, `=`, `>=`, `>`) |
//! | `polarity:negative` | the item feels so; within `CLAUSE` or `SENTENCE` the words there do |
//!
//! Fields are `channel`, `source`, `touchpoint`, `segment`, `product`, `courier`, `region`, `store`, `agent`,
//! `team`, `order`, `tag`, `language` (`en`, `zh`, `zh-hans`, `zh-hant`, `mixed`, `und`), any `attributes.NAME` of
//! the host, and the numbers `rating`, `stars`, `nps`, `csat`, `ces`. `polarity` is `positive`, `negative`,
//! `neutral` or `mixed`.
//!
//! `NEAR` binds closest, then `NOT`, `AND`, `OR`; brackets go before all. Operators may be written in small letters;
//! the words themselves stand in quotes (`"not"`). `NEAR` joins words, phrases and groups of them by `OR`, and may be
//! chained: `a NEAR/3 b NEAR/3 c` wants `c` near the nearest `a` and `b`. `CLAUSE` and `SENTENCE` look where one of
//! their words stands, so one must be needed in them. Outside of them words may stand anywhere in the item; `NEAR`
//! stays in one field.
//!
//! ```text
//! rule     = and { "OR" and }
//! and      = not { [ "AND" ] not }          // without AND only before NOT
//! not      = "NOT" not | near
//! near     = operand { ("NEAR/" | "ONEAR/") number operand }
//! operand  = word | phrase | condition | "(" rule ")" | ("CLAUSE" | "SENTENCE") "(" rule ")"
//! phrase   = '"' words '"'
//! condition = field ":" (word | phrase) | number-field ("<" | "<=" | "=" | ">=" | ">" | ":") number
//! ```

mod ast;
mod compile;
mod eval;
mod field;
mod lint;
mod pack;
mod parse;
mod syntax;
#[cfg(test)]
mod testing;

pub(crate) use ast::Tone;
pub(crate) use compile::Program;
pub(crate) use eval::{Item, Lean, Matches, Place};
#[cfg(test)]
pub(crate) use field::BROUGHT;
pub use lint::{Finding, FindingKind};
pub(crate) use pack::in_file;
pub use pack::{Rule, RulePack};
