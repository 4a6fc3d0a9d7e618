//! Where an item came from: channel, source, touchpoint.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

macro_rules! open_set {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $constant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Cow<'static, str>);

        impl $name {
            $($(#[$vdoc])* pub const $constant: Self = Self(Cow::Borrowed($text));)*

            /// Any other name; blanks at the ends are dropped and ASCII is lower-cased.
            pub fn new(name: impl AsRef<str>) -> Self {
                Self(Cow::Owned(name.as_ref().trim().to_ascii_lowercase()))
            }

            /// The name as it stands on the wire.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(name: &str) -> Self {
                Self::new(name)
            }
        }
    };
}

open_set! {
    /// The kind of channel; an open set, so hosts may name their own.
    ///
    /// ```
    /// use candor::feedback::Channel;
    /// assert_eq!(Channel::REVIEW.as_str(), "review");
    /// assert_eq!(Channel::new("Kiosk"), Channel::new("kiosk"));
    /// ```
    Channel {
        /// A product, app or place review.
        REVIEW = "review",
        /// A survey response.
        SURVEY = "survey",
        /// A help-desk ticket.
        TICKET = "ticket",
        /// A live chat or messenger conversation.
        CHAT = "chat",
        /// An e-mail.
        EMAIL = "email",
        /// A phone call, as transcript.
        CALL = "call",
        /// A post on a social network.
        SOCIAL = "social",
        /// A form on the host's own site.
        FORM = "form",
        /// A note taken in a store.
        STORE = "store",
        /// A post on a feedback board or forum.
        COMMUNITY = "community",
    }
}

open_set! {
    /// The vendor or system an item came from; an open set.
    ///
    /// ```
    /// use candor::feedback::Source;
    /// assert_eq!(Source::GOOGLE_PLAY.as_str(), "google_play");
    /// ```
    Source {
        /// Canonical records of the host itself.
        HOST = "host",
        /// Google Play.
        GOOGLE_PLAY = "google_play",
        /// Zendesk Support.
        ZENDESK = "zendesk",
        /// Intercom.
        INTERCOM = "intercom",
        /// Freshdesk.
        FRESHDESK = "freshdesk",
        /// Gorgias.
        GORGIAS = "gorgias",
        /// Slack.
        SLACK = "slack",
        /// `LiveChat`.
        LIVECHAT = "livechat",
        /// tawk.to.
        TAWK = "tawk",
        /// Chatwoot.
        CHATWOOT = "chatwoot",
        /// Help Scout.
        HELP_SCOUT = "help_scout",
        /// Wootric.
        WOOTRIC = "wootric",
        /// Survicate.
        SURVICATE = "survicate",
        /// Taobao and Tmall.
        TAOBAO = "taobao",
        /// JD.com.
        JD = "jd",
        /// Trustpilot.
        TRUSTPILOT = "trustpilot",
        /// Yotpo.
        YOTPO = "yotpo",
        /// Customer reviews of App Store Connect.
        APP_STORE_CONNECT = "app_store_connect",
        /// The public App Store.
        APP_STORE = "app_store",
        /// Amazon.
        AMAZON = "amazon",
        /// Yelp.
        YELP = "yelp",
        /// Judge.me.
        JUDGE_ME = "judge_me",
        /// Google Business Profile.
        GOOGLE_BUSINESS = "google_business",
        /// `WooCommerce`.
        WOO_COMMERCE = "woo_commerce",
        /// `BigCommerce`.
        BIG_COMMERCE = "big_commerce",
        /// Ratings and recommendations of Facebook pages.
        FACEBOOK = "facebook",
        /// Product reviews exported from Shopify.
        SHOPIFY = "shopify",
        /// Typeform.
        TYPEFORM = "typeform",
        /// Qualtrics.
        QUALTRICS = "qualtrics",
        /// `SurveyMonkey`.
        SURVEY_MONKEY = "survey_monkey",
        /// Delighted.
        DELIGHTED = "delighted",
        /// Formbricks.
        FORMBRICKS = "formbricks",
        /// Google Forms.
        GOOGLE_FORMS = "google_forms",
        /// X, once Twitter.
        TWITTER = "twitter",
        /// Weibo.
        WEIBO = "weibo",
        /// Heimao (黑猫投诉), complaints in public.
        HEIMAO = "heimao",
        /// A CSV or TSV file without a named vendor.
        CSV = "csv",
        /// A JSON Lines file without a named vendor.
        JSONL = "jsonl",
        /// A JSON document without a named vendor.
        JSON = "json",
        /// Schema.org reviews.
        SCHEMA_ORG = "schema_org",
        /// The product review feed of merchant programmes.
        PRODUCT_FEED = "product_feed",
        /// E-mail messages.
        EMAIL = "email",
        /// `WhatsApp` chat exports.
        WHATSAPP = "whatsapp",
        /// Transcripts of calls and chats.
        TRANSCRIPT = "transcript",
    }
}

open_set! {
    /// The step of the customer's journey an item is about; the known names are constants.
    ///
    /// ```
    /// use candor::feedback::Touchpoint;
    /// assert_eq!(Touchpoint::DELIVERY.to_string(), "delivery");
    /// ```
    Touchpoint {
        /// Home page, adverts, discovery.
        HOME = "home",
        /// Product page.
        PRODUCT = "product",
        /// Search and browsing.
        SEARCH = "search",
        /// Cart.
        CART = "cart",
        /// Payment.
        PAYMENT = "payment",
        /// Order tracking.
        TRACKING = "tracking",
        /// Delivery.
        DELIVERY = "delivery",
        /// Returns, exchanges, support after the sale.
        AFTER_SALES = "after_sales",
        /// Account and membership.
        ACCOUNT = "account",
        /// Store.
        STORE = "store",
        /// Anything else.
        OTHER = "other",
    }
}
