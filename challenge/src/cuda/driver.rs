//! NVIDIA's driver, opened while the program runs: the few functions that the engine needs.
#![allow(unsafe_code)]

use crate::EngineError;
use libloading::Library;
use std::{
	ffi::{c_char, c_int, c_uint, c_void, CStr},
	ptr,
	rc::Rc,
	sync::OnceLock,
};

type Status = c_int;
type Handle = *mut c_void;
/// An address in a device's memory.
pub type Address = u64;

const SUCCESS: Status = 0;
const OUT_OF_MEMORY: Status = 2;
/// `CU_DEVICE_ATTRIBUTE_...`
const PCI_BUS: c_uint = 33;
const PCI_DEVICE: c_uint = 34;
const PCI_DOMAIN: c_uint = 50;
const CAPABILITY_MAJOR: c_uint = 75;
const CAPABILITY_MINOR: c_uint = 76;
/// `CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES`
const SHARED_BYTES: c_uint = 8;

#[cfg(windows)]
const LIBRARY: &str = "nvcuda.dll";
#[cfg(not(windows))]
const LIBRARY: &str = "libcuda.so.1";

/// The driver's functions. The library stays open for the rest of the process.
pub struct Driver {
	error_name: unsafe extern "C" fn(Status, *mut *const c_char) -> Status,
	count: unsafe extern "C" fn(*mut c_int) -> Status,
	device: unsafe extern "C" fn(*mut c_int, c_int) -> Status,
	name: unsafe extern "C" fn(*mut c_char, c_int, c_int) -> Status,
	attribute: unsafe extern "C" fn(*mut c_int, c_uint, c_int) -> Status,
	total_memory: unsafe extern "C" fn(*mut usize, c_int) -> Status,
	retain: unsafe extern "C" fn(*mut Handle, c_int) -> Status,
	release: unsafe extern "C" fn(c_int) -> Status,
	set_current: unsafe extern "C" fn(Handle) -> Status,
	load: unsafe extern "C" fn(*mut Handle, *const c_void) -> Status,
	unload: unsafe extern "C" fn(Handle) -> Status,
	function: unsafe extern "C" fn(*mut Handle, Handle, *const c_char) -> Status,
	set_attribute: unsafe extern "C" fn(Handle, c_uint, c_int) -> Status,
	allocate: unsafe extern "C" fn(*mut Address, usize) -> Status,
	free: unsafe extern "C" fn(Address) -> Status,
	copy: unsafe extern "C" fn(*mut c_void, Address, usize) -> Status,
	#[allow(clippy::type_complexity)]
	launch: unsafe extern "C" fn(
		Handle,
		c_uint,
		c_uint,
		c_uint,
		c_uint,
		c_uint,
		c_uint,
		c_uint,
		Handle,
		*mut *mut c_void,
		*mut *mut c_void,
	) -> Status,
	/// Not in drivers before CUDA 12.
	tensor_map: Option<EncodeTensorMap>,
}

type EncodeTensorMap = unsafe extern "C" fn(
	*mut TensorMap,
	c_uint,
	c_uint,
	Address,
	*const u64,
	*const u64,
	*const u32,
	*const u32,
	c_uint,
	c_uint,
	c_uint,
	c_uint,
) -> Status;

impl Driver {
	/// The driver of this machine.
	pub fn get() -> Result<&'static Self, EngineError> {
		static DRIVER: OnceLock<Result<Driver, String>> = OnceLock::new();
		let driver = DRIVER.get_or_init(|| Self::open().map_err(|error| format!("no CUDA driver: {error}")));
		driver.as_ref().map_err(|error| EngineError::Device(error.clone()))
	}

	fn open() -> Result<Self, String> {
		// SAFETY: what the library does when it is opened is as trusted as the driver in the kernel.
		let library = unsafe { Library::new(LIBRARY) }.map_err(|error| error.to_string())?;
		// Handles outlive any order of clean-up.
		let library: &'static Library = Box::leak(Box::new(library));
		macro_rules! symbol {
			($name:literal) => {
				// SAFETY: the types are those of `cuda.h` for the function of this name.
				*unsafe { library.get($name) }.map_err(|error| error.to_string())?
			};
		}
		let initialise: unsafe extern "C" fn(c_uint) -> Status = symbol!(b"cuInit\0");
		let driver = Self {
			error_name: symbol!(b"cuGetErrorName\0"),
			count: symbol!(b"cuDeviceGetCount\0"),
			device: symbol!(b"cuDeviceGet\0"),
			name: symbol!(b"cuDeviceGetName\0"),
			attribute: symbol!(b"cuDeviceGetAttribute\0"),
			total_memory: symbol!(b"cuDeviceTotalMem_v2\0"),
			retain: symbol!(b"cuDevicePrimaryCtxRetain\0"),
			release: symbol!(b"cuDevicePrimaryCtxRelease_v2\0"),
			set_current: symbol!(b"cuCtxSetCurrent\0"),
			load: symbol!(b"cuModuleLoadData\0"),
			unload: symbol!(b"cuModuleUnload\0"),
			function: symbol!(b"cuModuleGetFunction\0"),
			set_attribute: symbol!(b"cuFuncSetAttribute\0"),
			allocate: symbol!(b"cuMemAlloc_v2\0"),
			free: symbol!(b"cuMemFree_v2\0"),
			copy: symbol!(b"cuMemcpyDtoH_v2\0"),
			launch: symbol!(b"cuLaunchKernel\0"),
			// SAFETY: as above.
			tensor_map: unsafe { library.get(b"cuTensorMapEncodeTiled\0") }.ok().map(|symbol| *symbol),
		};
		// SAFETY: the only argument that it takes is zero.
		let status = unsafe { initialise(0) };
		driver.check("cuInit", status).map_err(|error| error.to_string())?;
		Ok(driver)
	}

	fn check(&self, what: &str, status: Status) -> Result<(), EngineError> {
		if status == SUCCESS {
			return Ok(());
		}
		let mut name = ptr::null();
		// SAFETY: the name is written to `name`, and is a constant text of the library.
		let named = unsafe { (self.error_name)(status, &mut name) } == SUCCESS && !name.is_null();
		let name = match named {
			// SAFETY: as just said.
			true => unsafe { CStr::from_ptr(name) }.to_string_lossy().into_owned(),
			false => format!("error {status}"),
		};
		Err(EngineError::Device(format!("{what}: {name}")))
	}

	/// All devices, in the order of their PCI addresses, which is NVML's.
	pub fn devices(&'static self) -> Result<Vec<Device>, EngineError> {
		let mut count = 0;
		// SAFETY: the number is written to `count`.
		self.check("cuDeviceGetCount", unsafe { (self.count)(&mut count) })?;
		let mut devices = Vec::new();
		for ordinal in 0..count {
			let mut number = 0;
			// SAFETY: the handle is written to `number`.
			self.check("cuDeviceGet", unsafe { (self.device)(&mut number, ordinal) })?;
			let device = Device { driver: self, number };
			let at = [PCI_DOMAIN, PCI_BUS, PCI_DEVICE].map(|attribute| device.attribute(attribute));
			devices.push((at, device));
		}
		devices.sort_by_key(|(at, _)| at.clone().map(Result::ok));
		Ok(devices.into_iter().map(|(_, device)| device).collect())
	}
}

/// A device.
#[derive(Clone, Copy)]
pub struct Device {
	driver: &'static Driver,
	number: c_int,
}

impl Device {
	fn attribute(&self, attribute: c_uint) -> Result<c_int, EngineError> {
		let mut value = 0;
		// SAFETY: the value is written to `value`.
		let status = unsafe { (self.driver.attribute)(&mut value, attribute, self.number) };
		self.driver.check("cuDeviceGetAttribute", status).map(|()| value)
	}

	/// Major and minor compute capability.
	pub fn capability(&self) -> Result<(i32, i32), EngineError> {
		Ok((self.attribute(CAPABILITY_MAJOR)?, self.attribute(CAPABILITY_MINOR)?))
	}

	/// The product's name.
	pub fn name(&self) -> Result<String, EngineError> {
		let mut text: [c_char; 128] = [0; 128];
		// SAFETY: at most 127 bytes and a zero are written to `text`.
		let status = unsafe { (self.driver.name)(text.as_mut_ptr(), 127, self.number) };
		self.driver.check("cuDeviceGetName", status)?;
		// SAFETY: the last byte of `text` is still zero.
		Ok(unsafe { CStr::from_ptr(text.as_ptr()) }.to_string_lossy().into_owned())
	}

	/// Bytes of memory that programs can have.
	pub fn memory(&self) -> Result<u64, EngineError> {
		let mut bytes = 0;
		// SAFETY: the number is written to `bytes`.
		let status = unsafe { (self.driver.total_memory)(&mut bytes, self.number) };
		self.driver.check("cuDeviceTotalMem", status).map(|()| bytes as u64)
	}
}

/// A device in use, and current for this thread since the last [`enter`](Self::enter).
pub struct Context {
	device: Device,
	handle: Handle,
}

impl Context {
	/// Begins to use a device.
	pub fn new(device: Device) -> Result<Rc<Self>, EngineError> {
		let mut handle = ptr::null_mut();
		// SAFETY: the context is written to `handle`; it is released when this is dropped.
		let status = unsafe { (device.driver.retain)(&mut handle, device.number) };
		device.driver.check("cuDevicePrimaryCtxRetain", status)?;
		let context = Rc::new(Self { device, handle });
		context.enter()?;
		Ok(context)
	}

	/// Makes this device the one that this thread works with.
	pub fn enter(&self) -> Result<(), EngineError> {
		let driver = self.device.driver;
		// SAFETY: the context is not released before this is dropped.
		driver.check("cuCtxSetCurrent", unsafe { (driver.set_current)(self.handle) })
	}

	/// Takes memory. Its content is anything.
	pub fn allocate(self: &Rc<Self>, bytes: u64) -> Result<Memory, EngineError> {
		let driver = self.device.driver;
		let too_much = || EngineError::Memory { needed: bytes };
		let length = usize::try_from(bytes).map_err(|_| too_much())?;
		let mut address = 0;
		// SAFETY: the address is written to `address`; the memory is freed when its owner is dropped.
		match unsafe { (driver.allocate)(&mut address, length) } {
			OUT_OF_MEMORY => Err(too_much()),
			status => {
				driver.check("cuMemAlloc", status)?;
				Ok(Memory { context: self.clone(), address, bytes })
			}
		}
	}

	/// Compiles PTX for this device, or takes what the driver keeps of the last time.
	pub fn load(self: &Rc<Self>, ptx: &CStr) -> Result<Rc<Module>, EngineError> {
		let driver = self.device.driver;
		let mut handle = ptr::null_mut();
		// SAFETY: the module is written to `handle`, and unloaded when it is dropped; the text ends with a zero.
		driver.check("cuModuleLoadData", unsafe { (driver.load)(&mut handle, ptx.as_ptr().cast()) })?;
		Ok(Rc::new(Module { context: self.clone(), handle }))
	}
}

impl Drop for Context {
	fn drop(&mut self) {
		// SAFETY: this was retained once. Nothing can be done about an error.
		unsafe { (self.device.driver.release)(self.device.number) };
	}
}

/// Memory of a device.
pub struct Memory {
	context: Rc<Context>,
	address: Address,
	bytes: u64,
}

impl Memory {
	/// Where it begins.
	pub fn address(&self) -> Address {
		self.address
	}

	/// Waits for all work on the device, and copies bytes from `from` on.
	pub fn read(&self, from: u64, to: &mut [u8]) -> Result<(), EngineError> {
		let driver = self.context.device.driver;
		let fits = from.checked_add(to.len() as u64).is_some_and(|end| end <= self.bytes);
		if !fits {
			return Err(EngineError::Device("there is no such memory".into()));
		}
		// SAFETY: so many bytes are written to `to`, and read from within this memory.
		let status = unsafe { (driver.copy)(to.as_mut_ptr().cast(), self.address + from, to.len()) };
		driver.check("cuMemcpyDtoH", status)
	}
}

impl Drop for Memory {
	fn drop(&mut self) {
		if self.context.enter().is_ok() {
			// SAFETY: it was allocated once, and what works on it is done first.
			unsafe { (self.context.device.driver.free)(self.address) };
		}
	}
}

/// Kernels.
pub struct Module {
	context: Rc<Context>,
	handle: Handle,
}

impl Module {
	/// The kernel of this name, with so many bytes of shared memory.
	pub fn kernel(self: &Rc<Self>, name: &CStr, shared: u32) -> Result<Kernel, EngineError> {
		let driver = self.context.device.driver;
		let mut handle = ptr::null_mut();
		// SAFETY: the function is written to `handle`, which is as good as its module.
		let status = unsafe { (driver.function)(&mut handle, self.handle, name.as_ptr()) };
		driver.check("cuModuleGetFunction", status)?;
		// SAFETY: the function is one of this context.
		let status = unsafe { (driver.set_attribute)(handle, SHARED_BYTES, shared as c_int) };
		driver.check("cuFuncSetAttribute", status)?;
		Ok(Kernel { module: self.clone(), handle, shared })
	}
}

impl Drop for Module {
	fn drop(&mut self) {
		if self.context.enter().is_ok() {
			// SAFETY: it was loaded once, and no kernel is left, since each holds the module.
			unsafe { (self.context.device.driver.unload)(self.handle) };
		}
	}
}

/// A kernel.
pub struct Kernel {
	module: Rc<Module>,
	handle: Handle,
	shared: u32,
}

/// One parameter of a kernel, by its address.
pub fn parameter<T>(value: &T) -> *mut c_void {
	ptr::from_ref(value).cast_mut().cast()
}

impl Kernel {
	/// Starts so many blocks of so many threads, after what was started before.
	///
	/// # Safety
	///
	/// `parameters` are those of the kernel, in number, order and type.
	pub unsafe fn launch<const N: usize>(
		&self,
		blocks: u32,
		threads: u32,
		mut parameters: [*mut c_void; N],
	) -> Result<(), EngineError> {
		let driver = self.module.context.device.driver;
		let (parameters, none) = (parameters.as_mut_ptr(), ptr::null_mut());
		// SAFETY: the driver copies the parameters, which are the kernel's, before it returns.
		let status = unsafe {
			(driver.launch)(
				self.handle,
				blocks,
				1,
				1,
				threads,
				1,
				1,
				self.shared,
				ptr::null_mut(),
				parameters,
				none,
			)
		};
		driver.check("cuLaunchKernel", status)
	}
}

/// How the device's copy engine finds tiles of a matrix.
#[repr(C, align(64))]
pub struct TensorMap([u64; 16]);

impl TensorMap {
	/// For tiles of `rows` rows and 128 columns of a matrix of n × n bytes, laid into shared memory as the tensor
	/// cores read them.
	pub fn new(matrix: &Memory, n: u32, rows: u32) -> Result<Self, EngineError> {
		/// `CU_TENSOR_MAP_...`: bytes, no interleaving, swizzled over 128 bytes, in pieces of 256 bytes, zeros outside.
		const KIND: [c_uint; 5] = [0, 0, 3, 3, 0];
		let driver = matrix.context.device.driver;
		let encode = driver.tensor_map.ok_or_else(|| EngineError::Device("no tensor maps".into()))?;
		let mut map = Self([0; 16]);
		let (size, stride, tile, steps) = ([u64::from(n); 2], [u64::from(n)], [128, rows], [1, 1]);
		let [bytes, interleave, swizzle, promotion, outside] = KIND;
		// SAFETY: the map is written to `map`, and the arrays have as many numbers as the matrix has dimensions, the
		// strides one less.
		let status = unsafe {
			encode(
				&mut map,
				bytes,
				2,
				matrix.address,
				size.as_ptr(),
				stride.as_ptr(),
				tile.as_ptr(),
				steps.as_ptr(),
				interleave,
				swizzle,
				promotion,
				outside,
			)
		};
		driver.check("cuTensorMapEncodeTiled", status).map(|()| map)
	}
}
