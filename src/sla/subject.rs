//! What a target may depend on.

use crate::annotate::SeverityLevel;
use crate::taxonomy::ComplaintClass;

/// The case that a target is looked up for.
///
/// ```
/// use candor::{annotate::SeverityLevel, sla::Subject, taxonomy::ComplaintClass};
/// let subject = Subject::new(ComplaintClass::Service, SeverityLevel::Major).segment("vip").channel("chat");
/// assert_eq!(subject.severity(), SeverityLevel::Major);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject<'a> {
    class: ComplaintClass,
    severity: SeverityLevel,
    segment: Option<&'a str>,
    channel: Option<&'a str>,
}

impl<'a> Subject<'a> {
    /// A case of this class and severity, of no known segment and channel.
    #[must_use]
    pub const fn new(class: ComplaintClass, severity: SeverityLevel) -> Self {
        Self { class, severity, segment: None, channel: None }
    }

    /// The customer's segment, such as `vip`; an [`Option`] is taken as it is.
    #[must_use]
    pub fn segment(mut self, segment: impl Into<Option<&'a str>>) -> Self {
        self.segment = segment.into();
        self
    }

    /// The channel, such as `chat`; an [`Option`] is taken as it is.
    #[must_use]
    pub fn channel(mut self, channel: impl Into<Option<&'a str>>) -> Self {
        self.channel = channel.into();
        self
    }

    /// Class of the complaint.
    pub const fn class(&self) -> ComplaintClass {
        self.class
    }

    /// How bad it is.
    pub const fn severity(&self) -> SeverityLevel {
        self.severity
    }

    /// Segment of the customer, if known: the host's own name.
    pub const fn of_segment(&self) -> Option<&'a str> {
        self.segment
    }

    /// Channel of the feedback, if known.
    pub const fn of_channel(&self) -> Option<&'a str> {
        self.channel
    }
}
