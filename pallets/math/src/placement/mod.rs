//! Which machine, and which of its devices, a request gets.
//!
//! - [`shape`]: what a machine has free ([`Room`]), what a request asks for ([`Demand`]) and where on the
//!   machine it can go.
//! - [`typical`]: what a class is usually asked for, as a bounded and decayed histogram.
//! - [`fragmentation`]: what of a machine's free devices the typical requests cannot use, and the governed
//!   [`Weights`] by which placements are compared.
//! - [`choice`]: the choice made in a call. Machines lie in paged buckets by free shape; one choice and one
//!   change of a machine touch a bounded number of pages whatever the number of machines.
//! - [`memory`]: an index in memory that counts what it reads and writes.
//! - [`search`]: the choice made off-chain over all machines, offered as a hint.
//! - [`moves`]: what a batch of moves must fulfil, and its verification at a constant cost per move.

pub mod choice;
pub mod fragmentation;
pub mod memory;
pub mod moves;
pub mod search;
pub mod shape;
pub mod typical;

pub use choice::{
	choose, insert, remove, update, Bucket, Choice, Entry, Found, Index, Page, Place, Pool, Summary,
};
pub use fragmentation::{best_way, cost, unusable, Weights};
pub use memory::Memory;
pub use moves::{verify, Held, Move, MoveError, Outcome, View, MAX_MOVES};
pub use search::search;
pub use shape::{Demand, DeviceDemand, Room, Taken, WHOLE};
pub use typical::Typical;
