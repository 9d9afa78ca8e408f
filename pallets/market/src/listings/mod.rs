//! Fixed-price listings.

mod calls;
mod expiry;
pub mod pricing;
mod types;

pub use types::{Listing, Purchase, MAX_PURCHASES};
