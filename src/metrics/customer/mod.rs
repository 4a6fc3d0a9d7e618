//! Customers one by one: what they are worth, in which stage of the relation they are, whether they may leave, and
//! whom to call first.
//!
//! Orders come from `Customer.orders` of the items, words from their verdicts. Only customers with an id count.
//! Nothing here is shown to customers: a risk is a reason to call, not a verdict on a person.

mod history;
mod profile;
mod rfm;
mod risk;
mod stage;

pub use history::Customers;
pub use profile::Profile;
pub use rfm::{Rfm, RfmGroup};
pub use risk::{ChurnRisk, Reason};
pub use stage::Stage;
