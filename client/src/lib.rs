#![doc = include_str!("../README.md")]

mod client;
pub mod maker;
pub mod moves;
pub mod simulate;
pub mod speed;

pub use client::{Client, State};
