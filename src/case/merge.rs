//! Two cases about one thing, and one case about two.

use super::{Actor, Case, Event, EventKind};
use crate::error::{Error, ErrorKind, Result};
use crate::taxonomy::Taxonomy;
use jiff::Timestamp;

impl Case {
    /// Takes in another case about the same problem, which is closed; its customer gets what this one's gets.
    /// Reopening the other one takes it out again.
    ///
    /// # Errors
    /// As [`apply`](Case::apply), and [`ErrorKind::Conflict`] for a case and itself; both are then unchanged.
    ///
    /// ```
    /// use candor::{Engine, Feedback, case::Desk};
    /// let (engine, desk) = (Engine::builder().build()?, Desk::builtin()?);
    /// let at = jiff::Timestamp::UNIX_EPOCH;
    /// let open = |id: &str| {
    ///     let feedback = Feedback::builder(id).text("Delivery was far too slow").build()?;
    ///     candor::Result::Ok(desk.open(&feedback, &engine.analyze(&feedback), at))
    /// };
    /// let (mut first, mut second) = (open("r-1")?, open("r-2")?);
    /// first.merge(&mut second, "mia", at)?;
    /// assert_eq!((first.absorbed(), second.merged_into()), (&["host/r-2".to_owned()][..], Some("host/r-1")));
    /// assert!(!second.is_open());
    /// # Ok::<(), candor::Error>(())
    /// ```
    pub fn merge(&mut self, other: &mut Self, actor: impl Into<Actor>, at: Timestamp) -> Result<()> {
        if self.id() == other.id() {
            let message = format!("case \"{}\" cannot take in itself", self.id());
            return Err(Error::new(ErrorKind::Conflict, message));
        }
        self.check(EventKind::Absorb, at)?;
        other.check(EventKind::Merge, at)?;
        let actor = actor.into();
        let into = self.id().to_owned();
        self.apply(Event::Absorb { case: other.id().to_owned() }, actor.clone(), at)?;
        other.apply(Event::Merge { into }, actor, at)?;
        Ok(())
    }

    /// Gives some of the topics to a new case, so that another department can handle them. Class and department
    /// come from the first of them; its targets are those of this case and count from the same time.
    ///
    /// # Errors
    /// As [`apply`](Case::apply); [`ErrorKind::Unknown`] for a topic the case does not have; [`ErrorKind::Missing`]
    /// when no topic is named or none would stay. The case is then unchanged.
    pub fn split(
        &mut self,
        topics: &[&str],
        taxonomy: &Taxonomy,
        actor: impl Into<Actor>,
        at: Timestamp,
    ) -> Result<Self> {
        let fault = |kind, message: String| Error::new(kind, message).at_source(self.label());
        if let Some(strange) = topics.iter().find(|topic| !self.topics().iter().any(|own| own == *topic)) {
            let message =
                format!("topic \"{strange}\" is not one of its topics: {}", self.topics().join(", "));
            return Err(fault(ErrorKind::Unknown, message));
        }
        let goes = |topic: &&String| topics.contains(&topic.as_str());
        let moved: Vec<String> = self.topics().iter().filter(goes).cloned().collect();
        let Some(first) = moved.first().filter(|_| moved.len() < self.topics().len()) else {
            return Err(fault(
                ErrorKind::Missing,
                "a split leaves at least one topic on each side".to_owned(),
            ));
        };
        let mut opening = self.opening().clone();
        if let Some(topic) = taxonomy.find(first).and_then(|id| taxonomy.topic(id)) {
            opening.triage.class = topic.complaint_class();
            topic.department().clone_into(&mut opening.triage.department);
        }
        opening.id = format!("{}#{}", self.id(), self.splits() + 1);
        opening.triage.topics.clone_from(&moved);
        let case = opening.id.clone();
        self.apply(Event::Split { case, topics: moved }, actor, at)?;
        Ok(Self::from_opening(opening))
    }

    fn splits(&self) -> usize {
        self.log().iter().filter(|entry| entry.event.kind() == EventKind::Split).count()
    }
}
