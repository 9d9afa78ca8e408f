//! What is stored of a listing.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use exabits_primitives::{Balance, ListingId, MilliDevices, Slot, UtcId};
use scale_info::TypeInfo;

/// The most purchases of one call.
pub const MAX_PURCHASES: u32 = 32;

/// A purchase from a listing.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct Purchase {
	/// The listing.
	pub listing: ListingId,
	/// How much.
	pub amount: MilliDevices,
	/// The highest price of one whole UTC.
	#[codec(compact)]
	pub max_price: Balance,
}

/// An offer of UTC at a fixed price.
#[derive(
	Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug,
)]
pub struct Listing<AccountId> {
	/// Who sells, and gets back what is not sold.
	pub seller: AccountId,
	/// What is sold.
	pub utc: UtcId,
	/// Price of one whole UTC, which is 1,000 milli.
	pub price: Balance,
	/// What is still for sale; lies in escrow, unless it is minted at the sale.
	pub remaining: MilliDevices,
	/// Of UTC that is minted at the sale: what is left of what was set aside for its cover.
	pub offer: Option<Balance>,
	/// The slot under which the listing waits to be expired. `None` once its end has come and it could
	/// neither be given back nor queued again: then anyone may still expire it by id.
	pub due: Option<Slot>,
}
