//! The customer behind an item.

use super::schema::{label, nullable};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What the host knows of the customer; every part is optional.
///
/// ```
/// use candor::feedback::Customer;
/// let customer = Customer { id: Some("c-9".into()), segment: Some("gold".into()), ..Customer::default() };
/// assert!(customer.orders.is_empty());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Customer {
    /// Stable id in the host's system; customers are counted by it. Read from a string or a whole number.
    #[serde(deserialize_with = "label", skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Display name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// E-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Segment of the host (gold, new, b2b …).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub segment: Option<String>,
    /// Whether the purchase is verified.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verified: Option<bool>,
    /// Orders known, in any order.
    #[serde(deserialize_with = "nullable", skip_serializing_if = "Vec::is_empty")]
    pub orders: Vec<Order>,
    /// Value over the whole relation, in the host's currency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lifetime_value: Option<f64>,
}

/// One order of a customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Order {
    /// When it was placed.
    pub at: Timestamp,
    /// Its value in the host's currency.
    pub value: f64,
}
