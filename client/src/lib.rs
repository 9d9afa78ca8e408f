#![doc = include_str!("../README.md")]

mod client;
pub mod moves;

pub use client::Client;
