//! How tickets are written for a device, on its way from the wire and back.

use crate::refusal::{Field, Refusal};
use crate::wire::{DeviceAbilities, DeviceProfile, DrawerSocket};
use fastops_domain::station::{
    Abilities, Buzzer, CodePage, DrawerPin, DrawerPulse, PULSE_MS, PrinterProfile, ProofLevel,
};

/// The profile that somebody gives to a device; `known` is the one that it had.
pub(super) fn profile(
    given: &DeviceProfile,
    known: Option<PrinterProfile>,
) -> Result<PrinterProfile, Refusal> {
    let columns = fastops_printing::encode::COLUMNS;
    if !columns.contains(&given.columns) {
        let (least, most) = (usize::from(*columns.start()), usize::from(*columns.end()));
        return Err(Refusal::OutOfBounds { field: Field::Columns, least, most });
    }
    let unknown = |word: &str| Refusal::BadRequest { detail: word.into() };
    Ok(PrinterProfile {
        columns: given.columns,
        code_page: CodePage::from_code(&given.code_page).ok_or_else(|| unknown(&given.code_page))?,
        code_table: given.code_table,
        proof: ProofLevel::from_code(&given.proof).ok_or_else(|| unknown(&given.proof))?,
        abilities: match &given.abilities {
            None => known.unwrap_or_default().abilities,
            Some(abilities) => Abilities {
                cutter: abilities.cutter,
                pictures: abilities.pictures,
                qr: abilities.qr,
                red: abilities.red,
                buzzer: Buzzer::from_code(&abilities.buzzer).ok_or_else(|| unknown(&abilities.buzzer))?,
            },
        },
        drawer: match &given.drawer {
            None => known.unwrap_or_default().drawer,
            Some(socket) => drawer(socket)?,
        },
    })
}

fn drawer(socket: &DrawerSocket) -> Result<DrawerPulse, Refusal> {
    let pin = DrawerPin::from_code(&socket.pin);
    let pin = pin.ok_or_else(|| Refusal::BadRequest { detail: socket.pin.clone() })?;
    DrawerPulse::new(pin, socket.pulse_ms).map_err(|_| {
        let (least, most) = (usize::from(*PULSE_MS.start()), usize::from(*PULSE_MS.end()));
        Refusal::OutOfBounds { field: Field::DrawerPulse, least, most }
    })
}

pub(super) fn profile_view(profile: PrinterProfile) -> DeviceProfile {
    let Abilities { cutter, pictures, qr, red, buzzer } = profile.abilities;
    let DrawerPulse { pin, on_ms } = profile.drawer;
    DeviceProfile {
        columns: profile.columns,
        code_page: profile.code_page.code().into(),
        code_table: profile.code_table,
        proof: profile.proof.code().into(),
        abilities: Some(DeviceAbilities { cutter, pictures, qr, red, buzzer: buzzer.code().into() }),
        drawer: Some(DrawerSocket { pin: pin.code().into(), pulse_ms: on_ms }),
    }
}

/// The profile of a model, which says nothing of the drawer that hangs on one of them.
pub(super) fn of_model(profile: PrinterProfile) -> DeviceProfile {
    DeviceProfile { drawer: None, ..profile_view(profile) }
}
