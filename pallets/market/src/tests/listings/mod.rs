//! Listings, by call.

mod buy;
mod cancel;
mod expire;
mod list;
mod sequence;
