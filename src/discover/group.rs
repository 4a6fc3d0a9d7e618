//! Near-synonyms: phrases that name one thing.

use super::phrase::is_chinese;
use super::rank::Ranked;
use crate::lexicon::stem;

/// Share of the items of the rarer phrase that hold the other one too, from which both are one theme.
const TOGETHER: f64 = 0.5;
/// The phrases by theme, the best first in each and among the themes: a phrase joins the first theme whose
/// leading phrase it is alike.
pub(super) fn together<'a>(ranked: &[Ranked<'a>]) -> Vec<Vec<Ranked<'a>>> {
    let mut groups: Vec<Vec<Ranked<'a>>> = Vec::new();
    for r in ranked {
        match groups.iter_mut().find(|group| group.first().is_some_and(|lead| are_alike(lead, r))) {
            Some(group) => group.push(*r),
            None => groups.push(vec![*r]),
        }
    }
    groups
}

/// The same words, or mostly the same items.
fn are_alike(a: &Ranked<'_>, b: &Ranked<'_>) -> bool {
    let spelled = match (is_chinese(a.phrase), is_chinese(b.phrase)) {
        (true, true) => chinese(a.phrase, b.phrase),
        (false, false) => english(a.phrase, b.phrase),
        _ => false,
    };
    spelled || a.tally.items.containment(&b.tally.items) >= TOGETHER
}

/// One holds the stems of the other.
fn english(a: &str, b: &str) -> bool {
    let stems = |phrase: &str| phrase.split(' ').map(stem).collect::<Vec<String>>();
    let (a, b) = (stems(a), stems(b));
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    short.iter().all(|stem| long.contains(stem))
}

/// Half of the pairs of characters are shared (Dice's coefficient).
fn chinese(a: &str, b: &str) -> bool {
    let pairs = |phrase: &str| phrase.chars().zip(phrase.chars().skip(1)).collect::<Vec<(char, char)>>();
    let (a, b) = (pairs(a), pairs(b));
    let shared = a.iter().filter(|pair| b.contains(pair)).count();
    4 * shared >= a.len() + b.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_are_alike() {
        assert!(english("magnetic latch", "latches") && english("latch", "magnetic latches"));
        assert!(!english("magnetic latch", "magnetic strap"));
        assert!(
            chinese("二维码贴纸", "码贴纸") && chinese("防尘网", "防尘网罩") && !chinese("防尘网", "防水袋")
        );
    }
}
