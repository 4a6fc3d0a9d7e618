//! The packs that come with the crate.

use crate::error::{Error, ErrorKind, Result, suggest};

/// Files of a pack with their names.
pub(super) type Files = &'static [(&'static str, &'static str)];

/// Every built-in pack by name.
const PACKS: &[(&str, Files)] = &[("commerce", COMMERCE), ("dining", DINING)];

/// The files of the pack with this name.
pub(super) fn files(name: &str) -> Result<Files> {
    let found = PACKS.iter().find(|(known, _)| *known == name);
    found.map(|(_, files)| *files).ok_or_else(|| {
        let known = PACKS.iter().map(|(name, _)| *name);
        let (hint, list) = (suggest(name, known.clone()), known.collect::<Vec<_>>().join(", "));
        let message = format!("pack \"{name}\" is not built in; known packs: {list}{hint}");
        Error::new(ErrorKind::Unknown, message)
    })
}

/// The built-in pack for shops, file by file.
const COMMERCE: Files = &[
    ("commerce/pack.toml", include_str!("pack/commerce/pack.toml")),
    ("commerce/overall.toml", include_str!("pack/commerce/overall.toml")),
    ("commerce/product.toml", include_str!("pack/commerce/product.toml")),
    ("commerce/product_more.toml", include_str!("pack/commerce/product_more.toml")),
    ("commerce/price.toml", include_str!("pack/commerce/price.toml")),
    ("commerce/packaging.toml", include_str!("pack/commerce/packaging.toml")),
    ("commerce/delivery.toml", include_str!("pack/commerce/delivery.toml")),
    ("commerce/order.toml", include_str!("pack/commerce/order.toml")),
    ("commerce/return.toml", include_str!("pack/commerce/return.toml")),
    ("commerce/service.toml", include_str!("pack/commerce/service.toml")),
    ("commerce/payment.toml", include_str!("pack/commerce/payment.toml")),
    ("commerce/account.toml", include_str!("pack/commerce/account.toml")),
    ("commerce/site.toml", include_str!("pack/commerce/site.toml")),
];

/// The built-in pack for restaurants, file by file.
const DINING: Files = &[
    ("dining/pack.toml", include_str!("pack/dining/pack.toml")),
    ("dining/overall.toml", include_str!("pack/dining/overall.toml")),
    ("dining/food.toml", include_str!("pack/dining/food.toml")),
    ("dining/service.toml", include_str!("pack/dining/service.toml")),
    ("dining/price.toml", include_str!("pack/dining/price.toml")),
    ("dining/ambience.toml", include_str!("pack/dining/ambience.toml")),
    ("dining/order.toml", include_str!("pack/dining/order.toml")),
];
