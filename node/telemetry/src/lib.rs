#![doc = include_str!("../README.md")]

pub mod source;
pub mod supervisor;
pub mod window;

pub use source::{Choice, DeviceInfo, DeviceSample, Inventory, Message, Sample, Source, SourceError};
pub use supervisor::{Config, Event, Failure, Handle, Supervisor};
pub use window::{ClosedWindow, WindowBuilder};
