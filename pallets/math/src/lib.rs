#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub mod aggregate;
pub mod auction;
pub mod challenge;
pub mod delegation;
pub mod efficiency;
pub mod forecast;
pub mod intelligence;
pub mod issuance;
pub mod merkle;
pub mod penalty;
pub mod placement;
pub mod pricing;
pub mod settlement;
pub mod slashing;
