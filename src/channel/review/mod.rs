//! Reviews of products, apps and places.

mod google_play;
mod jd;
mod schema_org;
mod taobao;

use super::Adapter;
pub use schema_org::to_schema_org;

pub(super) static ADAPTERS: &[&dyn Adapter] =
    &[&google_play::ADAPTER, &taobao::ADAPTER, &jd::ADAPTER, &schema_org::SchemaOrg];
