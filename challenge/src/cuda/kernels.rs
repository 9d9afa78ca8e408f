//! The kernels of `kernels.cu` and `hopper.cu`, with their parameters.
#![allow(unsafe_code)]

use super::driver::{parameter, Address, Context, Device, Kernel, Memory, TensorMap};
use crate::{EngineError, Hash};
use std::{ffi::CStr, rc::Rc};

/// Threads of a block where a kernel does not say.
const THREADS: u32 = 256;
/// The smallest matrices that are multiplied in tiles.
const MIN_TILED: u32 = 256;
/// Entries of a tile.
const TILE: u32 = 128 * 256;

/// PTX for the driver, from the file of this name.
macro_rules! ptx {
	($file:literal) => {
		match CStr::from_bytes_with_nul(concat!(include_str!($file), "\0").as_bytes()) {
			Ok(text) => text,
			Err(_) => panic!("a text has no zeros"),
		}
	};
}

const GENERIC: &CStr = ptx!("kernels.ptx");
const HOPPER: &CStr = ptx!("hopper.ptx");

/// All kernels, on one device. What is started runs in order; errors of one show when memory is read.
pub struct Kernels {
	fill: Kernel,
	fill_columns: Kernel,
	product_small: Kernel,
	product: Kernel,
	hopper: Option<Kernel>,
	leaves: Kernel,
	nodes: Kernel,
	reduce: Kernel,
	places: Kernel,
	advance: Kernel,
}

/// Enough blocks for so many threads.
fn blocks(threads: u64) -> u32 {
	threads.div_ceil(u64::from(THREADS)) as u32
}

// SAFETY of all launches below: the parameters are those of the kernel of the same name in `kernels.cu`.
impl Kernels {
	/// Loads them. Products take the fastest way that the device has, or the one that all have.
	pub fn load(context: &Rc<Context>, device: &Device, fastest: bool) -> Result<Self, EngineError> {
		let module = context.load(GENERIC)?;
		let kernel = |name| module.kernel(name, 0);
		// A driver that is too old for it has the other one.
		let hopper = match device.capability()? {
			(9, 0) if fastest => {
				context.load(HOPPER).and_then(|module| module.kernel(c"product", 4 * 49_152 + 1_024)).ok()
			}
			_ => None,
		};
		Ok(Self {
			fill: kernel(c"fill")?,
			fill_columns: kernel(c"fill_columns")?,
			product_small: kernel(c"product_small")?,
			product: module.kernel(c"product", 4 * 24_576)?,
			hopper,
			leaves: kernel(c"leaves")?,
			nodes: kernel(c"nodes")?,
			reduce: kernel(c"reduce")?,
			places: kernel(c"places")?,
			advance: kernel(c"advance")?,
		})
	}

	/// The matrix with this key, row-major.
	pub fn fill(&self, key: &[u32; 4], to: &Memory, n: u32) -> Result<(), EngineError> {
		let (to, vectors) = (to.address(), n * n / 16);
		let parameters = [parameter(key), parameter(&to), parameter(&vectors)];
		unsafe { self.fill.launch(blocks(vectors.into()), THREADS, parameters) }
	}

	/// The matrix with this key, column-major.
	pub fn fill_columns(&self, key: &[u32; 4], to: &Memory, n: u32) -> Result<(), EngineError> {
		let to = to.address();
		let parameters = [parameter(key), parameter(&to), parameter(&n)];
		unsafe { self.fill_columns.launch(blocks((n * n / 64).into()), THREADS, parameters) }
	}

	/// `c = x · b`, where `b` is column-major.
	pub fn product(&self, x: &Memory, b: &Memory, c: &Memory, n: u32) -> Result<(), EngineError> {
		let to = c.address();
		if n < MIN_TILED {
			let (x, b) = (x.address(), b.address());
			let parameters = [parameter(&x), parameter(&b), parameter(&to), parameter(&n)];
			return unsafe { self.product_small.launch(blocks((n * n).into()), THREADS, parameters) };
		}
		let tiles = n * n / TILE;
		if let Some(hopper) = &self.hopper {
			let (x, b) = (TensorMap::new(x, n, 128)?, TensorMap::new(b, n, 256)?);
			let parameters = [parameter(&x), parameter(&b), parameter(&to), parameter(&n)];
			return unsafe { hopper.launch(tiles, 384, parameters) };
		}
		let (x, b) = (x.address(), b.address());
		let parameters = [parameter(&x), parameter(&b), parameter(&to), parameter(&n)];
		unsafe { self.product.launch(tiles, 256, parameters) }
	}

	/// The Merkle tree over the rows of `c`: all levels one after the other, the leaves first.
	pub fn tree(&self, c: &Memory, tree: &Memory, n: u32) -> Result<(), EngineError> {
		const LEAF_THREADS: u32 = 128;
		let (c, leaves) = (c.address(), tree.address());
		let threads = n * (n / 256).max(1);
		let parameters = [parameter(&c), parameter(&leaves), parameter(&n)];
		unsafe { self.leaves.launch(threads.div_ceil(LEAF_THREADS), LEAF_THREADS, parameters)? };
		let (mut below, mut count) = (leaves, n);
		while count > 1 {
			let level: Address = below + 32 * u64::from(count);
			count /= 2;
			let parameters = [parameter(&below), parameter(&level), parameter(&count)];
			unsafe { self.nodes.launch(blocks(count.into()), THREADS, parameters)? };
			below = level;
		}
		Ok(())
	}

	/// Reduces `c` by a key to the stored matrix at `to`.
	pub fn reduce(&self, c: &Memory, to: Address, key: u32, n: u32) -> Result<(), EngineError> {
		let (c, vectors) = (c.address(), n * n / 4);
		let parameters = [parameter(&c), parameter(&to), parameter(&key), parameter(&vectors)];
		unsafe { self.reduce.launch(blocks(vectors.into()), THREADS, parameters) }
	}

	/// The places that link `link` reads.
	pub fn places(&self, key: &Hash, to: &Memory, link: u32, window: u32, n: u32) -> Result<(), EngineError> {
		let to = to.address();
		let parameters =
			[parameter(key), parameter(&to), parameter(&link), parameter(&window), parameter(&n)];
		unsafe { self.places.launch(blocks((n / 8).into()), THREADS, parameters) }
	}

	/// The next operand: the rows of the stored matrix at `last` plus the rows of `stored` at `places`.
	pub fn advance(
		&self,
		stored: &Memory,
		last: Address,
		places: &Memory,
		operand: &Memory,
		n: u32,
	) -> Result<(), EngineError> {
		let (stored, places, operand) = (stored.address(), places.address(), operand.address());
		let parameters =
			[parameter(&stored), parameter(&last), parameter(&places), parameter(&operand), parameter(&n)];
		unsafe { self.advance.launch(blocks((n * n / 16).into()), THREADS, parameters) }
	}
}
