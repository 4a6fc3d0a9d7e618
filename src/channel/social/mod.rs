//! Posts and complaints in public.

mod heimao;
mod twitter;
mod weibo;

use super::Adapter;

pub(super) static ADAPTERS: &[&dyn Adapter] = &[&twitter::ADAPTER, &weibo::Weibo, &heimao::ADAPTER];
