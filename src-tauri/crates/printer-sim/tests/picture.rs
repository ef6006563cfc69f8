//! The picture of a slip: a file that any viewer opens, with ink where the ticket has text.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::time::Duration;

use fastops_printer_sim::{Machine, MachineEvent, Model, Slip, Speed};

/// A kitchen ticket with everything the face of a ticket can show.
const KITCHEN_TICKET: &[&[u8]] = &[
    b"\x1B@\x1C.\x1BR\x00\x1Bt\x10\n\n\n",
    b"\x1Ba\x01\x1D!\x11\x1DB\x01  POSIBLE DUPLICADO   \x1DB\x00\n\x1D!\x00\n",
    b"\x1D!\x10COCINA CALIENTE\x1D!\x00\n\n",
    b"\x1Ba\x00\x1D!\x33MESA 12\x1D!\x00\n",
    b"\x1BE\x01Terraza\x1BE\x00 \xB7 4 comensales \xB7 Luc\xEDa\n",
    b"21:47   Pedido #1043              Comanda 2 de 3\n",
    b"------------------------------------------------\n",
    b"\x1Ba\x01\x1BE\x01PRIMEROS\x1BE\x00\n\x1Ba\x00",
    b"\x1D!\x012 \xD7 CREMA DE CALABAC\xCDN\x1D!\x00\n",
    b"    + crujiente de jam\xF3n\n    SIN pi\xF1ones\n",
    b"\x1D!\x011 \xD7 ENSALADA ALI\xD1ADA\x1D!\x00\n",
    b"    >> \xBFse puede sin cebolla? \xA1gracias!\n",
    b"\x1DB\x01\x1BE\x01  ALERGIA: FRUTOS SECOS                         \x1BE\x00\x1DB\x00\n",
    b"\x1Ba\x01\x1BE\x01SEGUNDOS\x1BE\x00\n\x1Ba\x00",
    b"\x1D!\x013 \xD7 CHULET\xD3N 1 KG (AL PUNTO)\x1D!\x00\n",
    b"\x1Br\x01\x1DB\x01 ANULADO \x1DB\x00\x1Br\x00 1 \xD7 Merluza a la plancha\n",
    b"------------------------------------------------\n",
    b"\x1BE\x01\x1D!\x11Total 7\x1D!\x00\x1BE\x00\n",
    b"\x1BM\x01019a8c1e-7f21  impreso 22/11 21:47:09  terminal BARRA-1\x1BM\x00\n\n",
    b"\x1Ba\x01\x1Dh\x50\x1Dw\x02\x1DH\x02\x1Dk\x49\x0B{BPED-10432\n",
    b"\x1D(k\x03\x001C\x05\x1D(k\x12\x001P0https://fo.es/1\x1D(k\x03\x001Q0\x1Ba\x00",
    b"\x1DVB\x00",
];

fn print(bytes: &[u8]) -> Slip {
    let mut machine = Machine::new(Model { speed: Speed::Instant, ..Model::epson_80mm() });
    machine.receive(Duration::ZERO, bytes);
    let cut = machine.take_events().into_iter().find_map(|event| match event {
        MachineEvent::SlipCut { slip, .. } => Some(slip),
        _ => None,
    });
    cut.unwrap()
}

/// A decoded picture: for each pixel whether it is paper, dark ink or red ink.
struct Picture {
    width: usize,
    height: usize,
    rgba: Vec<[u8; 4]>,
}

impl Picture {
    fn of(slip: &Slip) -> Self {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(slip.png()));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut bytes).unwrap();
        assert_eq!(info.color_type, png::ColorType::Rgba);
        let rgba = bytes.as_chunks::<4>().0.to_vec();
        Self { width: info.width as usize, height: info.height as usize, rgba }
    }

    fn count(&self, matches: impl Fn([u8; 4]) -> bool) -> usize {
        self.rgba.iter().filter(|pixel| matches(**pixel)).count()
    }

    /// Width and height of the smallest rectangle that holds all ink.
    fn ink_extent(&self) -> (usize, usize) {
        let ink: Vec<(usize, usize)> = (0..self.rgba.len())
            .filter(|index| is_ink(self.rgba[*index]))
            .map(|index| (index % self.width, index / self.width))
            .collect();
        let span = |values: &dyn Fn(&(usize, usize)) -> usize| {
            ink.iter().map(values).max().unwrap() - ink.iter().map(values).min().unwrap() + 1
        };
        (span(&|(x, _)| *x), span(&|(_, y)| *y))
    }
}

fn is_ink([red, green, _, alpha]: [u8; 4]) -> bool {
    alpha == 255 && red < 100 && green < 100
}

fn is_red([red, green, _, alpha]: [u8; 4]) -> bool {
    alpha == 255 && red > 150 && green < 80
}

#[test]
fn a_kitchen_ticket_is_a_sheet_with_ink_edges_and_a_second_colour() {
    let slip = print(&KITCHEN_TICKET.concat());
    assert!(slip.unknown_commands.is_empty(), "{:?}", slip.unknown_commands);
    let picture = Picture::of(&slip);
    assert!(picture.height > picture.width);
    assert!(picture.count(is_ink) > 100_000);
    assert!(picture.count(is_red) > 5_000);
    assert!(picture.count(|pixel| pixel[3] == 0) > 0, "nothing around the paper is transparent");
    assert_eq!(slip.png(), slip.png(), "the same slip makes the same file");
}

#[test]
fn blank_paper_has_no_ink() {
    let slip = print(b"\n\n\n\x1DVB\x00");
    assert_eq!(Picture::of(&slip).count(is_ink), 0);
}

#[test]
fn magnified_characters_grow_in_the_right_direction() {
    let extent =
        |size: u8| Picture::of(&print(&[b"\x1D!", &[size][..], b"H\n\x1DVB\x00"].concat())).ink_extent();
    let (width, height) = extent(0x00);
    let near = |value: usize, expected: usize| value.abs_diff(expected) <= 4;
    let (wide, same_height) = extent(0x10);
    assert!(near(wide, 2 * width) && near(same_height, height), "{wide}×{same_height} of {width}×{height}");
    let (same_width, tall) = extent(0x01);
    assert!(near(same_width, width) && near(tall, 2 * height), "{same_width}×{tall} of {width}×{height}");
    let (huge_width, huge_height) = extent(0x33);
    assert!(near(huge_width, 4 * width) && near(huge_height, 4 * height));
}

#[test]
fn an_inverse_bar_spans_the_line() {
    let bar = Picture::of(&print(format!("\x1DB\x01{}\n\x1DVB\0", " ".repeat(48)).as_bytes()));
    // 48 columns of 12 dots, a line of 32 dots; two pixels per dot.
    assert_eq!(bar.ink_extent(), (48 * 12 * 2, 32 * 2));
    assert_eq!(bar.count(is_ink), 48 * 12 * 2 * 32 * 2);
}

#[test]
fn pictures_are_drawn_dot_for_dot() {
    let slip = print(b"\x1Dv0\x00\x02\x00\x03\x00\xFF\xFF\x80\x01\xFF\xFF\x1DVB\x00");
    let picture = Picture::of(&slip);
    assert_eq!(picture.ink_extent(), (16 * 2, 3 * 2));
    assert_eq!(picture.count(is_ink), (16 + 2 + 16) * 4);
}

#[test]
fn upside_down_text_has_the_same_ink_elsewhere() {
    let upright = Picture::of(&print(b"L\n\x1DVB\x00"));
    let turned = Picture::of(&print(b"\x1B{\x01L\n\x1DVB\x00"));
    assert_eq!(upright.ink_extent(), turned.ink_extent());
    assert_ne!(upright.rgba, turned.rgba);
}
