//! The chain on an NVIDIA GPU, through the driver alone: operands, results and stored rows stay in its memory, and so
//! does the Merkle tree, of which only the root comes out of each link.

mod driver;
mod kernels;

use crate::{derive::LinkKey, Engine, EngineError, Hash, RowOpening, Size, Tree};
use driver::{Context, Device, Driver, Memory};
use kernels::Kernels;
use std::rc::Rc;

/// The least compute capability that the kernels run on.
const LEAST: (i32, i32) = (8, 0);

/// A GPU that the driver shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gpu {
	/// The product's name.
	pub name: String,
	/// Bytes of memory that programs can have.
	pub memory: u64,
	/// Major and minor compute capability.
	pub capability: (i32, i32),
}

/// The GPUs of this machine in the order of their PCI addresses, or why there are none.
pub fn gpus() -> Result<Vec<Gpu>, EngineError> {
	let gpu = |device: Device| {
		let (name, memory, capability) = (device.name()?, device.memory()?, device.capability()?);
		Ok(Gpu { name, memory, capability })
	};
	Driver::get()?.devices()?.into_iter().map(gpu).collect()
}

/// Computes the chain on a GPU.
pub struct CudaEngine {
	chain: Option<Chain>,
	kernels: Kernels,
	context: Rc<Context>,
}

impl CudaEngine {
	/// On the GPU with this number in [`gpus`], in the fastest way that it has.
	pub fn new(number: usize) -> Result<Self, EngineError> {
		Self::with(number, true)
	}

	/// In the way that any GPU has: to compare.
	pub fn portable(number: usize) -> Result<Self, EngineError> {
		Self::with(number, false)
	}

	fn with(number: usize, fastest: bool) -> Result<Self, EngineError> {
		let devices = Driver::get()?.devices()?;
		let missing = || EngineError::Device(format!("GPU {number} is not among {}", devices.len()));
		let device = devices.get(number).ok_or_else(missing)?;
		let capability = device.capability()?;
		if capability < LEAST {
			let (major, minor) = capability;
			return Err(EngineError::Device(format!("compute capability {major}.{minor} is not enough")));
		}
		let context = Context::new(*device)?;
		let kernels = Kernels::load(&context, device, fastest)?;
		Ok(Self { chain: None, kernels, context })
	}

	/// The bytes that a chain of `size` takes there: the results in memory, both operands, the result of 32 bits, its
	/// tree, and the places that are read.
	pub fn footprint(size: &Size) -> u64 {
		size.memory() + 6 * size.entries() + 68 * u64::from(size.n())
	}

	fn chain(&mut self) -> Result<(&Kernels, &mut Chain), EngineError> {
		self.context.enter()?;
		let chain = self.chain.as_mut().ok_or_else(|| EngineError::Device("no chain has begun".into()))?;
		Ok((&self.kernels, chain))
	}
}

impl Engine for CudaEngine {
	fn begin(&mut self, size: Size, first: &LinkKey) -> Result<(), EngineError> {
		self.chain = None;
		self.context.enter()?;
		let needed = Self::footprint(&size);
		let chain = Chain::new(size, &self.context).map_err(|error| match error {
			EngineError::Memory { .. } => EngineError::Memory { needed },
			other => other,
		})?;
		self.kernels.fill(first.operand(), &chain.operand, chain.n)?;
		self.chain = Some(chain);
		Ok(())
	}

	fn multiply(&mut self, key: &LinkKey) -> Result<(), EngineError> {
		let (kernels, chain) = self.chain()?;
		kernels.fill_columns(key.matrix(), &chain.matrix, chain.n)?;
		kernels.product(&chain.operand, &chain.matrix, &chain.result, chain.n)
	}

	fn root(&mut self) -> Result<Hash, EngineError> {
		let (kernels, chain) = self.chain()?;
		kernels.tree(&chain.result, &chain.tree, chain.n)?;
		let mut root = [0; 32];
		chain.tree.read(32 * (2 * u64::from(chain.n) - 2), &mut root)?;
		Ok(root)
	}

	fn open(&mut self, rows: &[u32]) -> Result<Vec<RowOpening>, EngineError> {
		let (_, chain) = self.chain()?;
		let mut leaves = vec![0; 32 * chain.n as usize];
		chain.tree.read(0, &mut leaves)?;
		let tree = Tree::new(leaves.as_chunks().0.to_vec());
		let mut bytes = vec![0; 4 * chain.n as usize];
		let open = |row: &u32| {
			chain.result.read(u64::from(*row) * bytes.len() as u64, &mut bytes)?;
			let entries = bytes.as_chunks().0.iter().map(|entry| i32::from_le_bytes(*entry)).collect();
			Ok(RowOpening { entries, path: tree.path(*row as usize) })
		};
		rows.iter().map(open).collect()
	}

	fn advance(&mut self, next: &LinkKey) -> Result<(), EngineError> {
		let (kernels, chain) = self.chain()?;
		let (n, window) = (chain.n, chain.window);
		let slot = u64::from((next.link() - 1) % window);
		let last = chain.stored.address() + slot * u64::from(n) * u64::from(n);
		kernels.reduce(&chain.result, last, next.reduction(), n)?;
		kernels.places(next.places_key(), &chain.places, next.link(), window, n)?;
		kernels.advance(&chain.stored, last, &chain.places, &chain.operand, n)
	}

	fn end(&mut self) {
		self.chain = None;
	}
}

/// The chain under way.
struct Chain {
	n: u32,
	window: u32,
	/// The left side of the next product, row-major.
	operand: Memory,
	/// Its right side, column-major.
	matrix: Memory,
	result: Memory,
	/// All levels, the leaves first.
	tree: Memory,
	/// The rows that go into the next operand, by their numbers among all that are stored.
	places: Memory,
	/// Reduced results: that of link `i` at `i % window`.
	stored: Memory,
}

impl Chain {
	fn new(size: Size, context: &Rc<Context>) -> Result<Self, EngineError> {
		let (n, entries) = (size.n(), size.entries());
		Ok(Self {
			n,
			window: size.window(),
			operand: context.allocate(entries)?,
			matrix: context.allocate(entries)?,
			result: context.allocate(4 * entries)?,
			tree: context.allocate(64 * u64::from(n))?,
			places: context.allocate(4 * u64::from(n))?,
			stored: context.allocate(size.memory())?,
		})
	}
}
