#![doc = include_str!("../README.md")]
// NVML is a C interface: exported symbols and raw pointers are all there is to it. Each function names the
// contract under which its use of them is sound.
#![allow(unsafe_code)]
// The names are NVML's.
#![allow(non_snake_case)]

mod scenario;

use scenario::{Device, Effect, Scenario};
use std::{
	collections::BTreeMap,
	ffi::{c_char, c_uint, c_ulonglong, c_void},
	sync::{Mutex, PoisonError},
	thread,
	time::Duration,
};

const SUCCESS: c_uint = 0;
const ERROR_UNINITIALIZED: c_uint = 1;
const ERROR_INVALID_ARGUMENT: c_uint = 2;
const ERROR_NOT_SUPPORTED: c_uint = 3;
const ERROR_INSUFFICIENT_SIZE: c_uint = 7;
const ERROR_ARGUMENT_VERSION_MISMATCH: c_uint = 25;
const ERROR_UNKNOWN: c_uint = 999;

const CLOCK_SM: c_uint = 1;
const CLOCK_MEMORY: c_uint = 2;
const TEMPERATURE_GPU: c_uint = 0;
const ERRORS_UNCORRECTED: c_uint = 1;
const COUNTER_VOLATILE: c_uint = 0;

/// `nvmlUtilization_t`: shares of time in percent.
#[repr(C)]
pub struct Utilization {
	/// Time in which a kernel ran.
	pub gpu: c_uint,
	/// Time in which memory was read or written.
	pub memory: c_uint,
}

/// `nvmlMemory_v2_t`: device memory in bytes.
#[repr(C)]
pub struct Memory {
	/// Size of this struct and version 2, as the caller believes them to be.
	pub version: c_uint,
	/// All memory of the device.
	pub total: c_ulonglong,
	/// Memory kept by the driver.
	pub reserved: c_ulonglong,
	/// Memory not in use.
	pub free: c_ulonglong,
	/// Memory in use.
	pub used: c_ulonglong,
}

/// The device handle given to callers: never dereferenced, it only carries the device's index plus one.
pub type Handle = *mut c_void;

/// What the library knows between `nvmlInit_v2` and `nvmlShutdown`.
struct State {
	scenario: Scenario,
	/// Calls per function, for faults.
	calls: BTreeMap<&'static str, usize>,
	/// Calls per function, device and variant, for values over time.
	answers: BTreeMap<(&'static str, usize, c_uint), usize>,
}

static STATE: Mutex<Option<State>> = Mutex::new(None);

/// Counts a call of `function` and lets its faults act; the lock is free while a fault hangs.
fn enter(function: &'static str) -> Result<(), c_uint> {
	let effect = {
		let mut state = STATE.lock().unwrap_or_else(PoisonError::into_inner);
		let state = state.as_mut().ok_or(ERROR_UNINITIALIZED)?;
		let calls = state.calls.entry(function).or_default();
		let answered = *calls;
		*calls = answered.saturating_add(1);
		state.scenario.fault(function, answered)
	};
	match effect {
		None => Ok(()),
		Some(Effect::Error(code)) => Err(code),
		Some(Effect::Abort) => std::process::abort(),
		Some(Effect::Hang) => loop {
			thread::sleep(Duration::from_secs(3600));
		},
	}
}

/// Answers a call about one device: `read` gets the device and how often this was asked of it before.
fn ask<T>(
	function: &'static str,
	handle: Handle,
	variant: c_uint,
	read: impl FnOnce(&Device, usize) -> Option<T>,
) -> Result<T, c_uint> {
	enter(function)?;
	let mut state = STATE.lock().unwrap_or_else(PoisonError::into_inner);
	let State { scenario, answers, .. } = state.as_mut().ok_or(ERROR_UNINITIALIZED)?;
	let index = handle.addr().checked_sub(1).ok_or(ERROR_INVALID_ARGUMENT)?;
	let device = scenario.devices.get(index).ok_or(ERROR_INVALID_ARGUMENT)?;
	let asked = answers.entry((function, index, variant)).or_default();
	let before = *asked;
	*asked = before.saturating_add(1);
	read(device, before).ok_or(ERROR_NOT_SUPPORTED)
}

/// The value for the call number `before`, counted from zero; the last one stays.
fn at<T: Copy>(values: &[T], before: usize) -> Option<T> {
	values.get(before).or(values.last()).copied()
}

/// Writes an answer to where the caller wants it.
///
/// # Safety
///
/// `out` is null or valid for writing one `T`.
unsafe fn put<T>(out: *mut T, answer: Result<T, c_uint>) -> c_uint {
	match answer {
		Ok(_) if out.is_null() => ERROR_INVALID_ARGUMENT,
		Ok(value) => {
			// SAFETY: not null, so valid for writing one `T` by this function's contract.
			unsafe { out.write(value) };
			SUCCESS
		}
		Err(code) => code,
	}
}

/// Writes a text and its terminating zero to the caller's buffer.
///
/// # Safety
///
/// `out` is null or valid for writing `length` bytes.
unsafe fn put_text(out: *mut c_char, length: c_uint, answer: Result<String, c_uint>) -> c_uint {
	let text = match answer {
		Ok(text) => text,
		Err(code) => return code,
	};
	if out.is_null() {
		return ERROR_INVALID_ARGUMENT;
	}
	let fits = usize::try_from(length).is_ok_and(|length| text.len() < length);
	if !fits {
		return ERROR_INSUFFICIENT_SIZE;
	}
	// SAFETY: the buffer has room for the text and the zero after it, as just checked, and a text of the
	// scenario cannot overlap memory of the caller.
	unsafe {
		out.copy_from_nonoverlapping(text.as_ptr().cast(), text.len());
		out.add(text.len()).write(0);
	}
	SUCCESS
}

/// Reads the scenario; fails with a line on standard error when there is none or it is malformed.
#[no_mangle]
pub extern "C" fn nvmlInit_v2() -> c_uint {
	match Scenario::load() {
		Ok(scenario) => {
			let state = State { scenario, calls: BTreeMap::new(), answers: BTreeMap::new() };
			*STATE.lock().unwrap_or_else(PoisonError::into_inner) = Some(state);
			enter("nvmlInit_v2").err().unwrap_or(SUCCESS)
		}
		Err(reason) => {
			eprintln!("fake NVML: {reason}");
			ERROR_UNKNOWN
		}
	}
}

/// Forgets the scenario.
#[no_mangle]
pub extern "C" fn nvmlShutdown() -> c_uint {
	let was = STATE.lock().unwrap_or_else(PoisonError::into_inner).take();
	if was.is_some() {
		SUCCESS
	} else {
		ERROR_UNINITIALIZED
	}
}

/// The driver's version.
///
/// # Safety
///
/// `version` is null or valid for writing `length` bytes.
#[no_mangle]
pub unsafe extern "C" fn nvmlSystemGetDriverVersion(version: *mut c_char, length: c_uint) -> c_uint {
	let answer = enter("nvmlSystemGetDriverVersion").and_then(|()| {
		let state = STATE.lock().unwrap_or_else(PoisonError::into_inner);
		state.as_ref().map(|state| state.scenario.driver.clone()).ok_or(ERROR_UNINITIALIZED)
	});
	// SAFETY: passed on from this function's contract.
	unsafe { put_text(version, length, answer) }
}

/// The number of devices.
///
/// # Safety
///
/// `count` is null or valid for writing one `unsigned int`.
#[no_mangle]
pub unsafe extern "C" fn nvmlDeviceGetCount_v2(count: *mut c_uint) -> c_uint {
	let answer = enter("nvmlDeviceGetCount_v2").and_then(|()| {
		let state = STATE.lock().unwrap_or_else(PoisonError::into_inner);
		let state = state.as_ref().ok_or(ERROR_UNINITIALIZED)?;
		c_uint::try_from(state.scenario.devices.len()).map_err(|_| ERROR_UNKNOWN)
	});
	// SAFETY: passed on from this function's contract.
	unsafe { put(count, answer) }
}

/// The handle of the device with this index.
///
/// # Safety
///
/// `device` is null or valid for writing one handle.
#[no_mangle]
pub unsafe extern "C" fn nvmlDeviceGetHandleByIndex_v2(index: c_uint, device: *mut Handle) -> c_uint {
	let answer = enter("nvmlDeviceGetHandleByIndex_v2").and_then(|()| {
		let state = STATE.lock().unwrap_or_else(PoisonError::into_inner);
		let state = state.as_ref().ok_or(ERROR_UNINITIALIZED)?;
		let index = usize::try_from(index).map_err(|_| ERROR_INVALID_ARGUMENT)?;
		state.scenario.devices.get(index).ok_or(ERROR_INVALID_ARGUMENT)?;
		let number = index.checked_add(1).ok_or(ERROR_INVALID_ARGUMENT)?;
		Ok(std::ptr::without_provenance_mut(number))
	});
	// SAFETY: passed on from this function's contract.
	unsafe { put(device, answer) }
}

/// The device's universally unique identifier.
///
/// # Safety
///
/// `uuid` is null or valid for writing `length` bytes.
#[no_mangle]
pub unsafe extern "C" fn nvmlDeviceGetUUID(device: Handle, uuid: *mut c_char, length: c_uint) -> c_uint {
	let answer = ask("nvmlDeviceGetUUID", device, 0, |device, _| device.uuid.clone());
	// SAFETY: passed on from this function's contract.
	unsafe { put_text(uuid, length, answer) }
}

/// The board's serial number.
///
/// # Safety
///
/// `serial` is null or valid for writing `length` bytes.
#[no_mangle]
pub unsafe extern "C" fn nvmlDeviceGetSerial(device: Handle, serial: *mut c_char, length: c_uint) -> c_uint {
	let answer = ask("nvmlDeviceGetSerial", device, 0, |device, _| device.serial.clone());
	// SAFETY: passed on from this function's contract.
	unsafe { put_text(serial, length, answer) }
}

/// The product's name.
///
/// # Safety
///
/// `name` is null or valid for writing `length` bytes.
#[no_mangle]
pub unsafe extern "C" fn nvmlDeviceGetName(device: Handle, name: *mut c_char, length: c_uint) -> c_uint {
	let answer = ask("nvmlDeviceGetName", device, 0, |device, _| Some(device.name.clone()));
	// SAFETY: passed on from this function's contract.
	unsafe { put_text(name, length, answer) }
}

/// Memory in all and in use. `used` is written as the scenario says, even when it is more than there is.
///
/// # Safety
///
/// `memory` is null or valid for reading and writing one [`Memory`].
#[no_mangle]
pub unsafe extern "C" fn nvmlDeviceGetMemoryInfo_v2(device: Handle, memory: *mut Memory) -> c_uint {
	if memory.is_null() {
		return ERROR_INVALID_ARGUMENT;
	}
	let expected = c_uint::try_from(size_of::<Memory>()).unwrap_or_default() | (2 << 24);
	// SAFETY: not null, so valid for reading by this function's contract.
	let version = unsafe { (*memory).version };
	if version != expected {
		return ERROR_ARGUMENT_VERSION_MISMATCH;
	}
	let answer = ask("nvmlDeviceGetMemoryInfo_v2", device, 0, |device, before| {
		let (total, used) = (device.memory_total, at(&device.memory_used, before)?);
		Some(Memory { version, total, reserved: 0, free: total.saturating_sub(used), used })
	});
	// SAFETY: passed on from this function's contract.
	unsafe { put(memory, answer) }
}

/// How busy the device was.
///
/// # Safety
///
/// `utilization` is null or valid for writing one [`Utilization`].
#[no_mangle]
pub unsafe extern "C" fn nvmlDeviceGetUtilizationRates(
	device: Handle,
	utilization: *mut Utilization,
) -> c_uint {
	let answer = ask("nvmlDeviceGetUtilizationRates", device, 0, |device, before| {
		Some(Utilization { gpu: at(&device.utilisation, before)?, memory: 0 })
	});
	// SAFETY: passed on from this function's contract.
	unsafe { put(utilization, answer) }
}

/// Energy used since the driver was loaded, in millijoules.
///
/// # Safety
///
/// `energy` is null or valid for writing one `unsigned long long`.
#[no_mangle]
pub unsafe extern "C" fn nvmlDeviceGetTotalEnergyConsumption(
	device: Handle,
	energy: *mut c_ulonglong,
) -> c_uint {
	let answer =
		ask("nvmlDeviceGetTotalEnergyConsumption", device, 0, |device, before| at(&device.energy, before));
	// SAFETY: passed on from this function's contract.
	unsafe { put(energy, answer) }
}

/// Temperature of the GPU itself, in °C; there is no other sensor.
///
/// # Safety
///
/// `temperature` is null or valid for writing one `unsigned int`.
#[no_mangle]
pub unsafe extern "C" fn nvmlDeviceGetTemperature(
	device: Handle,
	sensor: c_uint,
	temperature: *mut c_uint,
) -> c_uint {
	let answer = ask("nvmlDeviceGetTemperature", device, sensor, |device, before| match sensor {
		TEMPERATURE_GPU => at(&device.temperature, before),
		_ => None,
	});
	// SAFETY: passed on from this function's contract.
	unsafe { put(temperature, answer) }
}

/// Memory errors; only uncorrected ones since the driver was loaded are counted.
///
/// # Safety
///
/// `count` is null or valid for writing one `unsigned long long`.
#[no_mangle]
pub unsafe extern "C" fn nvmlDeviceGetTotalEccErrors(
	device: Handle,
	kind: c_uint,
	counter: c_uint,
	count: *mut c_ulonglong,
) -> c_uint {
	let answer = ask("nvmlDeviceGetTotalEccErrors", device, kind, |device, before| match (kind, counter) {
		(ERRORS_UNCORRECTED, COUNTER_VOLATILE) => at(&device.ecc, before),
		_ => None,
	});
	// SAFETY: passed on from this function's contract.
	unsafe { put(count, answer) }
}

/// Why clocks are lower than they could be, as bits.
///
/// # Safety
///
/// `reasons` is null or valid for writing one `unsigned long long`.
#[no_mangle]
pub unsafe extern "C" fn nvmlDeviceGetCurrentClocksThrottleReasons(
	device: Handle,
	reasons: *mut c_ulonglong,
) -> c_uint {
	let answer = ask("nvmlDeviceGetCurrentClocksThrottleReasons", device, 0, |device, before| {
		at(&device.throttle, before)
	});
	// SAFETY: passed on from this function's contract.
	unsafe { put(reasons, answer) }
}

/// Clock of the streaming multiprocessors or of the memory, in MHz.
///
/// # Safety
///
/// `clock` is null or valid for writing one `unsigned int`.
#[no_mangle]
pub unsafe extern "C" fn nvmlDeviceGetClockInfo(device: Handle, kind: c_uint, clock: *mut c_uint) -> c_uint {
	let answer = ask("nvmlDeviceGetClockInfo", device, kind, |device, before| match kind {
		CLOCK_SM => at(&device.sm_clock, before),
		CLOCK_MEMORY => at(&device.memory_clock, before),
		_ => None,
	});
	// SAFETY: passed on from this function's contract.
	unsafe { put(clock, answer) }
}
