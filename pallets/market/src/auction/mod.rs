//! Frequent batch auctions.

mod book;
mod calls;
mod claims;
mod clearing;
mod offers;
mod queue;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
mod types;
mod views;
mod winding;

pub use queue::SHARDS;
pub use types::{
	Batch, BookRecord, Clearing, Depth, OrderId, OrderRecord, OrderState, OrderView, REMEMBERED,
};

#[cfg(feature = "runtime-benchmarks")]
pub(crate) use book::Stored;
#[cfg(any(feature = "try-runtime", test))]
pub(crate) use clearing::KEPT_WINDOWS;
pub(crate) use clearing::{MOST_LEVELS, MOST_PAGES};
