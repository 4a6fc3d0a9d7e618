//! How long customers waited for answers.

use super::{Direction, Feedback, Role};
use jiff::{SignedDuration, Timestamp};

/// A wait of the customer that a person ended.
///
/// ```
/// use candor::feedback::{Feedback, Role, Turn};
/// let turn = |role, at: &str| Turn { role, at: at.parse().ok(), text: "…".into(), ..Turn::default() };
/// let chat = Feedback::builder("chat-3")
///     .turn(turn(Role::Customer, "2024-03-01T09:00:00Z"))
///     .turn(turn(Role::Bot, "2024-03-01T09:00:01Z"))
///     .turn(turn(Role::Customer, "2024-03-01T09:01:00Z"))
///     .turn(turn(Role::Agent, "2024-03-01T09:04:00Z"))
///     .build()?;
/// let waits: Vec<_> = chat.replies().iter().map(|reply| reply.wait().as_secs()).collect();
/// assert_eq!(waits, [240]);
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reply {
    /// When the customer first said what was open then.
    pub asked: Timestamp,
    /// When a person answered.
    pub answered: Timestamp,
}

impl Reply {
    /// Time between the two, by the wall clock.
    pub fn wait(self) -> SignedDuration {
        self.answered.duration_since(self.asked)
    }
}

impl Feedback {
    /// The answers of agents, each with what it ended the wait for, in order.
    ///
    /// The first wait begins with the item itself where it has words or a rating of its own, any other with the first
    /// message of the customer after an answer. Bots and the system end no wait. Where the time of either side is
    /// not known, there is no entry. Linear in the number of turns; see [`Reply`] for an example.
    pub fn replies(&self) -> Vec<Reply> {
        let own = !self.text.is_empty() || !self.title.is_empty() || self.rating.is_some();
        let mut asked = self.created_at.filter(|_| own && self.direction == Direction::Customer);
        let mut replies = Vec::new();
        for turn in &self.turns {
            match turn.role {
                Role::Customer | Role::Unknown => asked = asked.or(turn.at),
                Role::Agent => {
                    let both = asked.take().zip(turn.at).filter(|(asked, answered)| asked <= answered);
                    replies.extend(both.map(|(asked, answered)| Reply { asked, answered }));
                }
                Role::Bot | Role::System => {}
            }
        }
        replies
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feedback::Turn;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn turn(role: Role, second: Option<i64>) -> Turn {
        Turn { role, at: second.map(at), text: "x".to_owned(), ..Turn::default() }
    }

    fn waits(item: &Feedback) -> Vec<i64> {
        item.replies().into_iter().map(|reply| reply.wait().as_secs()).collect()
    }

    #[test]
    fn only_people_end_a_wait() {
        use Role::{Agent, Bot, Customer, System, Unknown};
        let turns = [
            turn(Agent, Some(0)),
            turn(Customer, Some(10)),
            turn(Bot, Some(11)),
            turn(Customer, Some(20)),
            turn(System, Some(25)),
            turn(Agent, Some(40)),
            turn(Agent, Some(50)),
            turn(Unknown, Some(60)),
            turn(Agent, None),
            turn(Agent, Some(90)),
            turn(Customer, None),
            turn(Agent, Some(99)),
        ];
        let chat = Feedback::builder("1").turns(turns.to_vec()).created_at(at(1)).build().unwrap();
        assert_eq!(waits(&chat), [30]);
    }

    #[test]
    fn an_item_waits_for_its_first_answer() {
        let review = |direction| {
            let answer = turn(Role::Agent, Some(86_400));
            Feedback::builder("1").text("late").direction(direction).created_at(at(0)).turn(answer).build()
        };
        assert_eq!(waits(&review(Direction::Customer).unwrap()), [86_400]);
        assert_eq!(waits(&review(Direction::Agent).unwrap()), [0; 0]);
    }
}
