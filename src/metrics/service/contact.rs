//! One request of a customer and how it was served.

use crate::feedback::{Feedback, RatingKind, Role};
use crate::metrics::{Level, csat};
use jiff::{SignedDuration, Timestamp};

/// After this much silence a customer who writes again had to come back.
const SILENCE: SignedDuration = SignedDuration::from_hours(24);

/// Where a request stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Resolution {
    /// Nobody told.
    #[default]
    Unknown,
    /// Not resolved yet.
    Open,
    /// Resolved at this instant.
    At(Timestamp),
}

/// One request: what a host knows from its desk, or what the turns of a conversation tell.
///
/// ```
/// use candor::metrics::service::{Contact, Resolution};
/// let opened = "2026-03-02T10:00:00Z".parse().unwrap();
/// let contact = Contact { agent: Some("Mei".into()), ..Contact::new(opened) };
/// assert_eq!((contact.contacts, contact.resolution), (1, Resolution::Unknown));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Contact {
    /// Agent who served.
    pub agent: Option<String>,
    /// Team that served.
    pub team: Option<String>,
    /// When the customer asked.
    pub opened: Timestamp,
    /// When a human agent first answered; `None` when none has.
    pub first_reply: Option<Timestamp>,
    /// Where it stands.
    pub resolution: Resolution,
    /// How often the customer had to get in touch, at least 1.
    pub contacts: u32,
    /// Whether it had to be opened again.
    pub is_reopened: bool,
    /// Whether the customer said to be satisfied, where asked.
    pub satisfied: Option<bool>,
}

impl Contact {
    /// A request of which only the time is known.
    pub fn new(opened: Timestamp) -> Self {
        let (agent, team, first_reply, satisfied) = (None, None, None, None);
        let resolution = Resolution::Unknown;
        Self { agent, team, opened, first_reply, resolution, contacts: 1, is_reopened: false, satisfied }
    }

    /// What a conversation tells: the first turn of the customer, the first of an agent behind it, how often the
    /// customer came back after a day of silence, and the rating of kind `csat`. Whether it was resolved is not
    /// in the turns. `None` when no turn of the customer has a time.
    ///
    /// ```
    /// use candor::{Feedback, feedback::{Role, Turn}, metrics::service::Contact};
    /// let turn = |role, at: &str| Turn { role, at: at.parse().ok(), text: "…".into(), ..Turn::default() };
    /// let turns = vec![turn(Role::Customer, "2026-03-02T10:00:00Z"), turn(Role::Agent, "2026-03-02T10:04:00Z")];
    /// let feedback = Feedback::builder("chat-1").turns(turns).agent("Mei").build()?;
    /// let contact = Contact::of(&feedback).unwrap();
    /// assert_eq!(contact.first_reply.unwrap().duration_since(contact.opened).as_mins(), 4);
    /// # Ok::<(), candor::Error>(())
    /// ```
    pub fn of(feedback: &Feedback) -> Option<Self> {
        let turns = feedback.turns();
        let opened = turns.iter().filter(|turn| turn.role.is_read()).find_map(|turn| turn.at)?;
        let answers = turns.iter().filter(|turn| turn.role == Role::Agent).filter_map(|turn| turn.at);
        let mut times: Vec<Timestamp> = turns.iter().filter_map(|turn| turn.at).collect();
        times.sort_unstable();
        let pairs = times.iter().zip(times.iter().skip(1));
        let back = pairs
            .filter(|(before, after)| after.duration_since(**before) >= SILENCE && asks(feedback, **after));
        let rating = feedback.rating().filter(|rating| rating.kind() == RatingKind::Csat);
        Some(Self {
            agent: feedback.agent().map(str::to_owned),
            team: feedback.team().map(str::to_owned),
            first_reply: answers.filter(|at| *at >= opened).min(),
            contacts: 1 + back.count() as u32,
            satisfied: rating.and_then(|rating| csat::is_satisfied(&Level::of(rating))),
            ..Self::new(opened)
        })
    }
}

/// Whether the customer speaks at this instant.
fn asks(feedback: &Feedback, at: Timestamp) -> bool {
    feedback.turns().iter().any(|turn| turn.role.is_read() && turn.at == Some(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feedback::{Rating, Turn};

    fn turn(role: Role, at: &str) -> Turn {
        Turn { role, at: at.parse().ok(), text: "x".into(), ..Turn::default() }
    }

    #[test]
    fn coming_back_after_a_day_is_a_second_contact() {
        let turns = vec![
            turn(Role::Bot, "2026-03-02T09:59:00Z"),
            turn(Role::Customer, "2026-03-02T10:00:00Z"),
            turn(Role::Bot, "2026-03-02T10:00:01Z"),
            turn(Role::Agent, "2026-03-02T11:00:00Z"),
            turn(Role::Customer, "2026-03-02T20:00:00Z"),
            turn(Role::Customer, "2026-03-04T08:00:00Z"),
        ];
        let rating = Rating::new(4.0, 1.0, 5.0, RatingKind::Csat).unwrap();
        let feedback = Feedback::builder("t").turns(turns).rating(rating).build().unwrap();
        let contact = Contact::of(&feedback).unwrap();
        assert_eq!((contact.contacts, contact.satisfied), (2, Some(true)));
        assert_eq!(contact.first_reply, "2026-03-02T11:00:00Z".parse().ok());
        assert_eq!(Contact::of(&Feedback::from_text("no turns")), None);
    }
}
