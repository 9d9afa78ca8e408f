//! Off-chain local storage: how native code of the node hands results to off-chain workers.
//!
//! One writer per key: the node writes and prunes; a worker only reads, signs and submits. The exceptions are
//! [`salt_key`], which the anchoring worker writes before it commits, and what workers note for themselves. Values are SCALE-encoded, and the keys
//! live in the persistent local storage (`StorageKind::PERSISTENT`).

use crate::{
	keys::{anchor, machine},
	telemetry::{DeviceIds, TelemetryReport},
	LeaseId, MachineId, Measurement, RoundIndex, Sample, WindowIndex, MAX_ACCESS, MAX_SAMPLES,
};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;

/// Result of a lease's provision hook: access for the tenant, encrypted to the tenant's key.
#[derive(Encode, Decode, DecodeWithMemTracking, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct Provisioned {
	/// What the tenant needs to connect, encrypted.
	pub access: BoundedVec<u8, ConstU32<MAX_ACCESS>>,
}

/// A window's telemetry, as the machine will report it.
#[derive(Encode, Decode, Clone, PartialEq, Eq, Debug)]
pub struct WindowReport {
	/// The report.
	pub report: TelemetryReport,
	/// The devices that it is of.
	pub devices: DeviceIds,
}

/// Key of a [`WindowReport`]; written by the telemetry reporter.
pub fn report_key(machine: &machine::Id, window: WindowIndex) -> Vec<u8> {
	(b"exabits/report", machine, window).encode()
}

/// Key of a window's samples: the SCALE-encoded leaves, in order, of the Merkle tree whose root is in the report;
/// written by the telemetry reporter before the report, and kept until no anchor can demand one of them any more.
pub fn samples_key(machine: &machine::Id, window: WindowIndex) -> Vec<u8> {
	(b"exabits/samples", machine, window).encode()
}

/// What an anchor found of a machine in a round, with all that it takes to show it later.
#[derive(Encode, Decode, Clone, PartialEq, Eq, Debug)]
pub struct Measured {
	/// What it found.
	pub measurement: Measurement,
	/// How many probes it sent.
	pub sent: u16,
	/// The answers to those that were answered, each at its place.
	pub samples: BoundedVec<Sample, ConstU32<{ MAX_SAMPLES as u32 }>>,
}

/// Key of what the anchor with this key [`Measured`] of a machine; written by the prober when the round has ended.
pub fn measurement_key(anchor: &anchor::Id, machine: MachineId, round: RoundIndex) -> Vec<u8> {
	(b"exabits/measurement", anchor, machine, round).encode()
}

/// Key of the salt and measurements that an anchor has committed to; written by the anchoring worker.
pub fn salt_key(anchor: &anchor::Id, round: RoundIndex) -> Vec<u8> {
	(b"exabits/salt", anchor, round).encode()
}

/// Key of a lease's [`Provisioned`] on one machine; written by the provisioner when the hook succeeded there. Access to
/// a machine that the lease has left is never taken for access to the one that it moved to.
pub fn provisioned_key(lease: LeaseId, machine: MachineId) -> Vec<u8> {
	(b"exabits/provisioned", lease, machine).encode()
}
