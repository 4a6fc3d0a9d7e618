//! Reviews of products, apps and places.

mod amazon;
mod app_store;
mod app_store_connect;
mod big_commerce;
mod facebook;
mod google_business;
mod google_play;
mod jd;
mod judge_me;
#[cfg(feature = "xml")]
mod product_feed;
mod schema_org;
#[cfg(feature = "csv")]
mod shopify;
mod taobao;
mod trustpilot;
mod woo_commerce;
mod yelp;
mod yotpo;

use super::Adapter;
pub use schema_org::to_schema_org;

pub(super) static ADAPTERS: &[&dyn Adapter] = &[
    &google_play::ADAPTER,
    &taobao::ADAPTER,
    &jd::ADAPTER,
    &trustpilot::ADAPTER,
    &yotpo::ADAPTER,
    &app_store_connect::AppStoreConnect,
    &app_store::ADAPTER,
    &amazon::ADAPTER,
    &yelp::ADAPTER,
    &judge_me::ADAPTER,
    &google_business::ADAPTER,
    &woo_commerce::ADAPTER,
    &big_commerce::ADAPTER,
    &facebook::ADAPTER,
    #[cfg(feature = "csv")]
    &shopify::ADAPTER,
    #[cfg(feature = "xml")]
    &product_feed::ADAPTER,
    &schema_org::SchemaOrg,
];
