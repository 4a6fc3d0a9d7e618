//! Help desks and chats.

mod freshdesk;
mod gorgias;
mod intercom;
mod slack;
mod zendesk;

use super::Adapter;

pub(super) static ADAPTERS: &[&dyn Adapter] =
    &[&zendesk::ADAPTER, &intercom::ADAPTER, &freshdesk::ADAPTER, &gorgias::ADAPTER, &slack::ADAPTER];
