//! Counts under a newer taxonomy.

use super::Aggregate;
use super::aggregate::{Group, Key};
use crate::error::Result;
use crate::taxonomy::{Migration, Moved};

impl Aggregate {
    /// The same counts under the paths of a newer taxonomy.
    ///
    /// Of topics that fall together, customers stay exact: who had a problem with both counts once. Items are added up,
    /// so that an item with both counts twice. The counts of a split topic, which has no words left to decide by, go
    /// where the [`Migration`] says, and are told as undecided. The fingerprints stay: merged with counts of
    /// a newer engine, the summary is [`is_mixed`](super::Summary::is_mixed). Time and memory are linear in the counts.
    ///
    /// ```
    /// use candor::{Engine, Feedback, metrics::{Aggregate, SummaryOptions}};
    /// let engine = Engine::builder().build()?;
    /// let mut counts = Aggregate::new();
    /// for (feedback, insight) in engine.analyze_iter([Feedback::from_text("Delivery was far too slow")]) {
    ///     counts.push(&feedback, &insight);
    /// }
    /// let taxonomy = engine.taxonomy();
    /// let map = "[[topic]]\nfrom = \"delivery/speed\"\nto = [\"delivery/courier\"]";
    /// let (counts, moved) = counts.migrated(&taxonomy.migrate(taxonomy, "v2.toml", map)?)?;
    /// assert_eq!(moved.moved(), 1);
    /// let summary = counts.summary(&SummaryOptions::default());
    /// assert_eq!(summary.topic("delivery/courier", None).unwrap().items, 1);
    /// # Ok::<(), candor::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::Unknown`](crate::ErrorKind::Unknown) for counts of a topic that the older taxonomy does not have.
    pub fn migrated(&self, migration: &Migration) -> Result<(Self, Moved)> {
        let (mut newer, mut moved) =
            (Self { bucket_days: self.bucket_days, ..Self::default() }, Moved::default());
        for (key, cell) in &self.cells {
            let group = newer.adopt(self, key.group, migration)?;
            newer.cells.entry(Key { group, bucket: key.bucket }).or_default().merge(cell);
            if let Some(topic) = key.group.topic.filter(|_| key.group.scope.is_none()) {
                let older = self.strings.name(topic);
                moved.note(older, migration.home(older)?, cell.items);
            }
        }
        for (group, best) in &self.quotes {
            let group = newer.adopt(self, *group, migration)?;
            newer.quotes.entry(group).or_default().merge(best);
        }
        newer.fingerprints.clone_from(&self.fingerprints);
        Ok((newer, moved))
    }

    /// The group of another state under the paths of a newer taxonomy.
    fn adopt(&mut self, other: &Self, group: Group, migration: &Migration) -> Result<Group> {
        let topic = match group.topic {
            Some(topic) => Some(self.strings.intern(migration.home(other.strings.name(topic))?.path)),
            None => None,
        };
        let mut number = |id: u32| self.strings.intern(other.strings.name(id));
        let scope = group.scope.map(|(dimension, value)| (number(dimension), number(value)));
        Ok(Group { topic, scope })
    }
}

#[cfg(test)]
mod tests;
