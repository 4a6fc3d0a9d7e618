//! Many items on many threads (feature `parallel`).

use super::Engine;
use crate::annotate::Insight;
use crate::feedback::Feedback;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use std::borrow::Borrow;

impl Engine {
    /// The insights of many items, read on all threads of the present [`rayon`] pool: in the order of the items and
    /// with the same bytes as one after another.
    ///
    /// Takes slices (`&items`), vectors and whatever else rayon iterates over. Every thread keeps a scratch of its own;
    /// the insights are all held at once, so a long stream is best read in chunks of some thousands.
    ///
    /// ```
    /// use candor::{Engine, Feedback};
    /// let engine = Engine::builder().build()?;
    /// let items: Vec<Feedback> = ["很好用", "awful", "Great lamp!"].map(Feedback::from_text).into();
    /// let insights = engine.analyze_parallel(&items);
    /// assert_eq!(insights.len(), 3);
    /// assert!(insights[1].sentiment().score < 0.0);
    /// # Ok::<(), candor::Error>(())
    /// ```
    pub fn analyze_parallel<I>(&self, items: I) -> Vec<Insight>
    where
        I: IntoParallelIterator,
        I::Item: Borrow<Feedback>,
    {
        let read = |scratch: &mut _, item: I::Item| {
            let mut insight = self.insight();
            self.analyze_into(item.borrow(), scratch, &mut insight);
            insight
        };
        items.into_par_iter().map_init(|| self.scratch(), read).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_change_neither_order_nor_bytes() {
        let engine = Engine::builder().build().unwrap();
        let texts = ["送货太慢，客服很耐心。", "It broke after two days!", "ok", "", "¡No funciona!"];
        let items: Vec<Feedback> = (0..400)
            .map(|n| Feedback::from_text(format!("{} {}", texts[n % 5], texts[(n / 5) % 5])))
            .collect();
        let wire =
            |item: &Feedback, insight: &Insight| serde_json::to_string(&insight.to_wire(item)).unwrap();
        let serial: Vec<String> = items.iter().map(|item| wire(item, &engine.analyze(item))).collect();
        let insights = engine.analyze_parallel(&items);
        let parallel: Vec<String> = items.iter().zip(&insights).map(|(item, i)| wire(item, i)).collect();
        assert_eq!(serial, parallel);
    }
}
