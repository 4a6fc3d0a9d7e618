//! The versioned JSON form of a record.
