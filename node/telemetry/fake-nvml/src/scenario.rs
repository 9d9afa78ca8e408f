//! The scenario file: devices, what they answer over time, and faults.

use serde::Deserialize;
use std::{env, ffi::c_uint, fs};

/// The variable that names the scenario file.
const VARIABLE: &str = "EXABITS_FAKE_NVML";

/// The functions that a fault may name.
const FUNCTIONS: [&str; 14] = [
	"nvmlInit_v2",
	"nvmlSystemGetDriverVersion",
	"nvmlDeviceGetCount_v2",
	"nvmlDeviceGetHandleByIndex_v2",
	"nvmlDeviceGetUUID",
	"nvmlDeviceGetSerial",
	"nvmlDeviceGetName",
	"nvmlDeviceGetMemoryInfo_v2",
	"nvmlDeviceGetUtilizationRates",
	"nvmlDeviceGetTotalEnergyConsumption",
	"nvmlDeviceGetTemperature",
	"nvmlDeviceGetTotalEccErrors",
	"nvmlDeviceGetCurrentClocksThrottleReasons",
	"nvmlDeviceGetClockInfo",
];

/// A whole scenario.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Scenario {
	pub(crate) driver: String,
	pub(crate) devices: Vec<Device>,
	#[serde(default)]
	faults: Vec<Fault>,
}

/// One device; a list holds the answers to the first, second, ... call, and the last one stays.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Device {
	pub(crate) uuid: Option<String>,
	pub(crate) serial: Option<String>,
	pub(crate) name: String,
	pub(crate) memory_total: u64,
	#[serde(default)]
	pub(crate) memory_used: Vec<u64>,
	#[serde(default)]
	pub(crate) utilisation: Vec<c_uint>,
	#[serde(default)]
	pub(crate) energy: Vec<u64>,
	#[serde(default)]
	pub(crate) temperature: Vec<c_uint>,
	#[serde(default)]
	pub(crate) ecc: Vec<u64>,
	#[serde(default)]
	pub(crate) throttle: Vec<u64>,
	#[serde(default)]
	pub(crate) sm_clock: Vec<c_uint>,
	#[serde(default)]
	pub(crate) memory_clock: Vec<c_uint>,
}

/// Something that goes wrong in one function after some calls of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fault {
	function: String,
	after: usize,
	effect: Effect,
}

/// What goes wrong.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Effect {
	/// The call never returns.
	Hang,
	/// The process dies.
	Abort,
	/// The call returns this code.
	Error(c_uint),
}

impl Scenario {
	/// Reads and checks the file that the variable names.
	pub(crate) fn load() -> Result<Self, String> {
		let path = env::var_os(VARIABLE).ok_or_else(|| format!("{VARIABLE} does not name a scenario"))?;
		let shown = path.to_string_lossy();
		let text = fs::read_to_string(&path).map_err(|error| format!("scenario {shown}: {error}"))?;
		let scenario: Self =
			serde_json::from_str(&text).map_err(|error| format!("scenario {shown}: {error}"))?;
		match scenario.faults.iter().find(|fault| !FUNCTIONS.contains(&fault.function.as_str())) {
			Some(fault) => Err(format!("scenario {shown}: no function {}", fault.function)),
			None => Ok(scenario),
		}
	}

	/// What goes wrong in a call of `function` of which `answered` calls came before.
	pub(crate) fn fault(&self, function: &str, answered: usize) -> Option<Effect> {
		let acts = |fault: &&Fault| fault.function == function && answered >= fault.after;
		self.faults.iter().find(acts).map(|fault| fault.effect)
	}
}
