//! The bus of this computer, by libusb.

use super::{Bus, Opening, Plugged, Setting, failed, place};
use crate::link::cables::UsbDevice;
use fastops_domain::station::{UsbAddress, is_usb_serial};
use rusb::{Context, Device, DeviceDescriptor, DeviceHandle, Direction, TransferType, UsbContext};
use std::io;
use std::time::Duration;

pub(super) struct Computer(Context);

impl Computer {
    pub(super) fn new() -> io::Result<Self> {
        Context::new().map(Self).map_err(failed)
    }
}

impl Bus for Computer {
    type Device = Device<Context>;

    fn devices(&self) -> rusb::Result<Vec<Device<Context>>> {
        Ok(self.0.devices()?.iter().collect())
    }
}

impl Plugged for Device<Context> {
    type Open = DeviceHandle<Context>;

    fn make(&self) -> Option<(u16, u16)> {
        let about = self.device_descriptor().ok()?;
        Some((about.vendor_id(), about.product_id()))
    }

    fn path(&self) -> String {
        let ports = self.port_numbers().unwrap_or_default();
        let ports: Vec<String> = ports.iter().map(u8::to_string).collect();
        format!("{}-{}", self.bus_number(), ports.join("."))
    }

    fn serial(&self) -> Option<String> {
        let about = self.device_descriptor().ok()?;
        Self::open(self).ok()?.read_serial_number_string_ascii(&about).ok()
    }

    fn settings(&self) -> io::Result<Vec<Setting>> {
        let configuration = self.active_config_descriptor().or_else(|_| self.config_descriptor(0));
        let configuration = configuration.map_err(failed)?;
        let described = configuration.interfaces().flat_map(|interface| {
            let settings = interface.descriptors().map(|setting| {
                let bulk = |direction| {
                    let mut endpoints = setting.endpoint_descriptors();
                    let fits = endpoints.find(|endpoint| {
                        endpoint.transfer_type() == TransferType::Bulk && endpoint.direction() == direction
                    });
                    fits.map(|endpoint| endpoint.address())
                };
                Setting {
                    class: setting.class_code(),
                    configuration: configuration.number(),
                    interface: setting.interface_number(),
                    number: setting.setting_number(),
                    output: bulk(Direction::Out),
                    input: bulk(Direction::In),
                }
            });
            settings.collect::<Vec<_>>()
        });
        Ok(described.collect())
    }

    fn open(&self) -> rusb::Result<DeviceHandle<Context>> {
        Self::open(self)
    }
}

impl Opening for DeviceHandle<Context> {
    fn set_drivers_aside(&self) -> rusb::Result<()> {
        self.set_auto_detach_kernel_driver(true)
    }

    fn configuration(&self) -> rusb::Result<u8> {
        self.active_configuration()
    }

    fn configure(&self, configuration: u8) -> rusb::Result<()> {
        self.set_active_configuration(configuration)
    }

    fn claim(&self, interface: u8) -> rusb::Result<()> {
        self.claim_interface(interface)
    }

    fn choose(&self, interface: u8, setting: u8) -> rusb::Result<()> {
        self.set_alternate_setting(interface, setting)
    }

    fn write(&self, endpoint: u8, bytes: &[u8], patience: Duration) -> rusb::Result<usize> {
        self.write_bulk(endpoint, bytes, patience)
    }

    fn read(&self, endpoint: u8, buffer: &mut [u8], patience: Duration) -> rusb::Result<usize> {
        self.read_bulk(endpoint, buffer, patience)
    }

    fn clear_halt(&self, endpoint: u8) -> rusb::Result<()> {
        Self::clear_halt(self, endpoint)
    }
}

/// Every printer that is plugged in. One without a serial number that can be written is named by its socket.
pub(in crate::link) fn list() -> io::Result<Vec<UsbDevice>> {
    let devices = Computer::new()?.devices().map_err(failed)?;
    let printers = devices.iter().filter(|device| device.settings().and_then(|found| place(&found)).is_ok());
    Ok(printers.filter_map(about).collect())
}

fn about(device: &Device<Context>) -> Option<UsbDevice> {
    let about = device.device_descriptor().ok()?;
    let handle = Device::open(device).ok();
    let read = |string: fn(&DeviceHandle<Context>, &DeviceDescriptor) -> rusb::Result<String>| {
        let text = handle.as_ref().and_then(|handle| string(handle, &about).ok())?;
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    };
    let serial = read(DeviceHandle::read_serial_number_string_ascii).filter(|text| is_usb_serial(text));
    let names =
        [read(DeviceHandle::read_manufacturer_string_ascii), read(DeviceHandle::read_product_string_ascii)];
    let name = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let path = serial.is_none().then(|| Plugged::path(device));
    let (vendor, product) = (about.vendor_id(), about.product_id());
    let address = UsbAddress { vendor, product, serial, path };
    Some(UsbDevice { address, name: Some(name).filter(|name| !name.is_empty()) })
}
