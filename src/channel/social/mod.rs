//! Posts and complaints in public.

use super::Adapter;

pub(super) static ADAPTERS: &[&dyn Adapter] = &[];
