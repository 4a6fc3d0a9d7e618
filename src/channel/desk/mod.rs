//! Help desks and chats.

mod chatwoot;
mod freshdesk;
mod gorgias;
mod help_scout;
mod intercom;
mod livechat;
mod slack;
mod tawk;
mod zendesk;

use super::Adapter;

pub(super) static ADAPTERS: &[&dyn Adapter] = &[
    &zendesk::ADAPTER,
    &intercom::ADAPTER,
    &freshdesk::ADAPTER,
    &gorgias::ADAPTER,
    &slack::ADAPTER,
    &livechat::ADAPTER,
    &tawk::ADAPTER,
    &chatwoot::ADAPTER,
    &help_scout::ADAPTER,
];
