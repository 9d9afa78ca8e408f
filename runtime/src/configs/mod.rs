//! How the runtime configures its pallets.

mod compute;
mod consensus;
mod money;
mod system;

pub use compute::*;
pub use consensus::*;
pub use money::*;
pub use system::*;
