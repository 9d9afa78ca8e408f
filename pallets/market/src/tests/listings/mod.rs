//! Listings, by call.

mod buy;
mod buy_and_redeem;
mod cancel;
mod expire;
mod list;
mod offer;
mod sequence;
