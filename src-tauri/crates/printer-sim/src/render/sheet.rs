//! The paper around the ink: off-white stock, the saw-tooth of the cutter, a soft shadow, and the PNG file.

use super::canvas::{Canvas, FULL_INK, SCALE};

/// Room for the shadow, in pixels.
const BORDER: usize = 14;
/// Depth and pitch of the cutter's teeth, in pixels.
const TOOTH_DEPTH: usize = 7;
const TOOTH_PITCH: usize = 14;

/// Palette: transparent, then shadows, then the inks from none to full.
const SHADOW_START: u8 = 1;
const SHADOW_LEVELS: u8 = 15;
const BLACK_START: u8 = 16;
const RED_START: u8 = 128;

const PAPER: [u8; 3] = [0xFB, 0xFA, 0xF4];
const BLACK_INK: [u8; 3] = [0x22, 0x21, 0x28];
const RED_INK: [u8; 3] = [0xB3, 0x26, 0x1E];

pub(super) fn encode(canvas: &Canvas) -> Vec<u8> {
    let width = canvas.width() + 2 * BORDER;
    let height = canvas.height() + 2 * BORDER;
    let mut pixels = Vec::with_capacity(width * height);
    for y in 0..height {
        for x in 0..width {
            pixels.push(pixel(canvas, x, y));
        }
    }
    write(width, height, &pixels).unwrap_or_default()
}

fn pixel(canvas: &Canvas, x: usize, y: usize) -> u8 {
    let inside = x >= BORDER && x < BORDER + canvas.width() && y >= BORDER && y < BORDER + canvas.height();
    if inside && !in_notch(canvas, x - BORDER, y - BORDER) {
        paper_pixel(canvas, x - BORDER, y - BORDER)
    } else {
        shadow_pixel(canvas, x, y)
    }
}

/// True in the gaps between the teeth at both ends.
fn in_notch(canvas: &Canvas, x: usize, y: usize) -> bool {
    let from_end = y.min(canvas.height() - 1 - y);
    if from_end >= TOOTH_DEPTH {
        return false;
    }
    let half = TOOTH_PITCH / 2;
    let phase = x % TOOTH_PITCH;
    let across = if phase < half { phase } else { TOOTH_PITCH - phase };
    // No two teeth are worn alike.
    let wear = usize::from(noise(x / TOOTH_PITCH, usize::from(y < TOOTH_DEPTH)) % 3);
    from_end + wear < across
}

fn paper_pixel(canvas: &Canvas, x: usize, y: usize) -> u8 {
    let (ink, red) = canvas.ink(x, y);
    let grain = noise(x, y);
    let scale = SCALE as usize;
    let tone = if ink == 0 {
        // A few darker fibres, and the faint edge of the sheet.
        let fibre = u8::from(grain < 2) * 3;
        let edge = u8::from(x < 2 || x + 2 >= canvas.width()) * 6;
        fibre.max(edge)
    } else {
        // The head's rows show as the faintest banding.
        let banding = u8::from((y / scale).is_multiple_of(2)) * 2 + u8::from(grain < 12) * 4;
        ink.saturating_sub(banding)
    };
    tone.min(FULL_INK) + if red && ink > 0 { RED_START } else { BLACK_START }
}

fn shadow_pixel(canvas: &Canvas, x: usize, y: usize) -> u8 {
    // Light from above: the shadow lies two pixels lower than the sheet.
    let distance = |at: usize, low: usize, high: usize| low.saturating_sub(at).max(at.saturating_sub(high));
    let dx = distance(x, BORDER + 2, BORDER + canvas.width() - 3);
    let dy = distance(y, BORDER + 4, BORDER + canvas.height() - 1);
    let far = (dx * dx + dy * dy).isqrt();
    let level = 11usize.saturating_sub(far);
    if level == 0 { 0 } else { SHADOW_START + u8::try_from(level).unwrap_or(0).min(SHADOW_LEVELS - 1) }
}

/// The same speckle every time, so that the same slip makes the same file.
fn noise(x: usize, y: usize) -> u8 {
    let mut hash =
        (x as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ (y as u64).wrapping_mul(0xC2B2_AE3D_27D4_EB4F);
    hash ^= hash >> 29;
    hash = hash.wrapping_mul(0xBF58_476D_1CE4_E5B9);
    hash.to_be_bytes()[1]
}

fn palette() -> (Vec<u8>, Vec<u8>) {
    let mut colours = vec![0; 3];
    let mut alphas = vec![0];
    for level in 1..=SHADOW_LEVELS {
        colours.extend([0x20, 0x1E, 0x1A]);
        alphas.push(level * level / 3);
    }
    for ink in [BLACK_INK, RED_INK] {
        for tone in 0..=u16::from(FULL_INK) {
            colours.extend(PAPER.iter().zip(ink).map(|(paper, ink)| mix(*paper, ink, tone)));
            alphas.push(255);
        }
    }
    (colours, alphas)
}

fn mix(paper: u8, ink: u8, tone: u16) -> u8 {
    let full = u16::from(FULL_INK);
    let mixed = (u16::from(paper) * (full - tone) + u16::from(ink) * tone) / full;
    u8::try_from(mixed).unwrap_or(u8::MAX)
}

fn write(width: usize, height: usize, pixels: &[u8]) -> Result<Vec<u8>, png::EncodingError> {
    let mut file = Vec::new();
    let size = |pixels: usize| u32::try_from(pixels).unwrap_or(u32::MAX);
    let mut encoder = png::Encoder::new(&mut file, size(width), size(height));
    let (colours, alphas) = palette();
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Balanced);
    encoder.set_filter(png::Filter::NoFilter);
    encoder.set_palette(colours);
    encoder.set_trns(alphas);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(pixels)?;
    writer.finish()?;
    Ok(file)
}
