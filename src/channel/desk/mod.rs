//! Help desks and chats.

mod zendesk;

use super::Adapter;

pub(super) static ADAPTERS: &[&dyn Adapter] = &[&zendesk::ADAPTER];
