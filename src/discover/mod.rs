//! Many items → what they speak of that no topic knows yet.
//!
//! [`Themes`] counts the phrases of items one by one that hold more than words which already lead to a topic:
//! noun-like runs of English words, and runs of Han characters that stand in many contexts, so that no dictionary of words
//! is needed. [`Themes::summary`] ranks those that the bad items (or the good ones, or a later period) hold more often than
//! the others, puts near-synonyms together, and writes for each a topic that a person can accept into a pack.

mod chinese;
mod english;
mod group;
mod mark;
mod neighbour;
mod odds;
mod options;
mod phrase;
mod rank;
mod read;
mod sample;
mod state;
mod suggest;
mod tally;
#[cfg(test)]
mod tests;
mod theme;
mod themes;

pub use options::{Contrast, ThemeOptions};
pub use theme::Theme;
pub use themes::Themes;
