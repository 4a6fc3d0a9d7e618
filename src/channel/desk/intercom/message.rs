//! The messages of a conversation and who wrote them.

use crate::channel::parse::talk::Talk;
use crate::channel::parse::text::Word;
use crate::feedback::Role;
use crate::feedback::schema::nullable;
use serde::Deserialize;

/// The first message (`source`) or a part.
#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
pub(super) struct Message {
    pub(super) r#type: Word,
    pub(super) delivered_as: Word,
    pub(super) subject: Word,
    pub(super) url: Word,
    pub(super) author: Option<Author>,
    pub(super) created_at: Word,
    #[serde(deserialize_with = "nullable")]
    pub(super) attachments: Vec<File>,
    body: Word,
    part_type: Word,
    redacted: Option<bool>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
pub(super) struct Author {
    r#type: Word,
    pub(super) id: Word,
    pub(super) name: Word,
    pub(super) email: Word,
    from_ai_agent: Option<bool>,
    is_ai_answer: Option<bool>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
pub(super) struct File {
    pub(super) content_type: Word,
    pub(super) url: Word,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
pub(super) struct Parts {
    #[serde(deserialize_with = "nullable")]
    pub(super) conversation_parts: Vec<Message>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
pub(super) struct TicketParts {
    #[serde(deserialize_with = "nullable")]
    pub(super) ticket_parts: Vec<Message>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
pub(super) struct Contacts {
    #[serde(deserialize_with = "nullable")]
    pub(super) contacts: Vec<Contact>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
pub(super) struct Contact {
    pub(super) id: Word,
    pub(super) external_id: Word,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
pub(super) struct Tags {
    #[serde(deserialize_with = "nullable")]
    tags: Vec<Tag>,
}

#[derive(Deserialize, Default)]
#[serde(default, expecting = "an object")]
struct Tag {
    name: Word,
}

impl Message {
    /// Adds the words, if they are the author's own and not private.
    pub(super) fn say(&self, talk: &mut Talk<'_>, at: &Word) {
        let private = self.part_type.as_deref().is_some_and(|kind| kind.contains("note"));
        if private || self.redacted == Some(true) {
            return;
        }
        let role = self.author.as_ref().map_or(Role::Unknown, Author::role);
        let name = self.author.as_ref().map(|author| author.name.clone().or(author.id.clone()));
        talk.say(role, name.unwrap_or_default(), at, self.body.clone());
    }
}

impl Author {
    pub(super) fn is_contact(&self) -> bool {
        self.role() == Role::Customer
    }

    fn role(&self) -> Role {
        let machine = self.from_ai_agent == Some(true) || self.is_ai_answer == Some(true);
        match self.r#type.as_deref() {
            Some("user" | "lead" | "contact" | "visitor") => Role::Customer,
            Some("bot" | "operator") => Role::Bot,
            Some("admin" | "team" | "teammate") if machine => Role::Bot,
            Some("admin" | "team" | "teammate") => Role::Agent,
            _ => Role::Unknown,
        }
    }
}

impl Tags {
    pub(super) fn names(self) -> Vec<String> {
        self.tags.into_iter().filter_map(|tag| tag.name.into_option()).collect()
    }
}
