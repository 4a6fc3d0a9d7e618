//! Runs of Han characters.

use super::mark::Marks;
use super::phrase::{Found, MOST_CHARS};
use crate::text::{Token, Tokens};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Bytes of the shortest new word: two characters.
const SHORTEST: usize = 6;

/// Where a character may not stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Cut,
    Start,
    End,
    Both,
}

static EDGES: LazyLock<FxHashMap<char, Place>> = LazyLock::new(|| {
    let lines = include_str!("data/edge.tsv").lines().filter(|l| !l.starts_with('#'));
    lines
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(c, place)| Some((c.chars().next()?, named(place)?)))
        .collect()
});

fn named(place: &str) -> Option<Place> {
    Some(match place {
        "cut" => Place::Cut,
        "start" => Place::Start,
        "end" => Place::End,
        "both" => Place::Both,
        _ => return None,
    })
}

/// Calls `each` with the phrases of a cleaned text.
pub(super) fn phrases<'a>(text: &'a str, marks: &Marks, mut each: impl FnMut(Found<'a>)) {
    for token in Tokens::new(text) {
        let Token::Han { start, end } = token else { continue };
        let run = text.get(start..end).unwrap_or_default();
        let cut = |(i, c): (usize, char)| marks.is_closed(start + i) || EDGES.get(&c) == Some(&Place::Cut);
        let mut from = None;
        for (i, c) in run.char_indices() {
            match (cut((i, c)), from) {
                (false, None) => from = Some(i),
                (true, Some(first)) => {
                    of_run(text, start + first..start + i, start..end, marks, &mut each);
                    from = None;
                }
                _ => {}
            }
        }
        if let Some(first) = from {
            of_run(text, start + first..end, start..end, marks, &mut each);
        }
    }
}

/// The phrases of a stretch without cuts; `clause` is the run of characters around it.
fn of_run<'a>(
    text: &'a str,
    run: std::ops::Range<usize>,
    clause: std::ops::Range<usize>,
    marks: &Marks,
    each: &mut impl FnMut(Found<'a>),
) {
    // Characters of the main block have three bytes.
    for start in run.clone().step_by(3) {
        let last = run.end.min(start + 3 * MOST_CHARS);
        for end in (start + 6..=last).step_by(3) {
            let Some(words) = text.get(start..end) else { continue };
            if has_edge(words) || !marks.is_new(start..end, SHORTEST) {
                continue;
            }
            let before =
                text.get(clause.start..start).and_then(|t| t.chars().next_back()).map_or(0, u32::from);
            let behind = text.get(end..clause.end).and_then(|t| t.chars().next()).map_or(0, u32::from);
            each(Found { words, start, before, behind });
        }
    }
}

fn has_edge(words: &str) -> bool {
    let place = |c: Option<char>| c.and_then(|c| EDGES.get(&c));
    matches!(place(words.chars().next()), Some(Place::Start | Place::Both))
        || matches!(place(words.chars().next_back()), Some(Place::End | Place::Both))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Engine;

    fn found(text: &str) -> Vec<(&str, u32, u32)> {
        let insight = Engine::default_engine().unwrap().insight();
        let (mut marks, mut out) = (Marks::default(), Vec::new());
        marks.set(text, &insight.catalog);
        phrases(text, &marks, |found| out.push((found.words, found.before, found.behind)));
        out
    }

    #[test]
    fn runs_without_particles_and_topics() {
        let phrases: Vec<&str> = found("我的防尘网掉了，物流太慢").into_iter().map(|f| f.0).collect();
        assert_eq!(phrases, ["防尘", "防尘网", "防尘网掉", "尘网", "尘网掉", "网掉"]);
    }

    #[test]
    fn neighbours_stand_next_to_it() {
        let first = found("我的防尘网")[0];
        assert_eq!(first, ("防尘", u32::from('的'), u32::from('网')));
        assert_eq!(found("防尘网")[1], ("防尘网", 0, 0));
    }

    #[test]
    fn the_list_is_sorted_and_read_completely() {
        let lines: Vec<&str> =
            include_str!("data/edge.tsv").lines().filter(|l| !l.starts_with('#')).collect();
        assert!(lines.is_sorted());
        assert_eq!(EDGES.len(), lines.len());
    }
}
