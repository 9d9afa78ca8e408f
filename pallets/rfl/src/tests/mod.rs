//! Tests, grouped by call.

mod acknowledge;
mod classes;
mod close_commitment;
mod commit;
mod cost;
mod count_windows;
mod departures;
mod efficiency;
mod evacuate;
mod histories;
mod idle_devices;
mod improve;
mod machines;
mod place;
mod prune_lease;
mod quotes;
mod ran;
mod register_machine;
mod reject;
mod set_weights;
mod sweep_acknowledgement;
mod uncommit;
mod windows;
mod worker;
