//! The commands of ESC/POS, as a printer understands them after framing.

use crate::paper::{Align, Raster};

/// One complete command. Dots are print dots (203 per inch, 8 per millimetre).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// One byte of text, undecoded: the page that is set decides what it prints.
    Text(u8),
    LineFeed,
    CarriageReturn,
    Tab,
    FormFeed,
    /// `ESC @`
    Initialize,
    /// `ESC t n`
    CodeTable(u8),
    /// `ESC R n`
    NationalSet(u8),
    /// `ESC ! n`: font, bold, double height, double width and underline at once.
    PrintMode(u8),
    /// `ESC E n`, and `ESC G n` (double strike), which looks the same on thermal paper.
    Bold(bool),
    /// `ESC - n`: thickness in dots, 0 to 2.
    Underline(u8),
    /// `ESC M n`: `true` is the small font B.
    FontB(bool),
    /// `GS B n`
    Inverse(bool),
    /// `ESC r n`: the second colour, on two-colour paper.
    Red(bool),
    /// `ESC { n`
    UpsideDown(bool),
    /// `GS ! n`: magnification, 1 to 8 each way.
    Size {
        width: u8,
        height: u8,
    },
    /// `ESC a n`
    Justify(Align),
    /// `ESC 3 n` in dots; `None` is `ESC 2`, the default.
    LineSpacing(Option<u8>),
    /// `ESC SP n`: dots to the right of every character.
    CharacterGap(u8),
    /// `ESC d n`
    FeedLines(u8),
    /// `ESC J n`
    FeedDots(u8),
    /// `ESC D n1 … NUL`: columns.
    TabStops(Vec<u8>),
    /// `ESC $ nL nH`: dots from the left margin.
    MoveTo(u16),
    /// `GS L nL nH`
    LeftMargin(u16),
    /// `GS W nL nH`
    AreaWidth(u16),
    /// `GS V …`, `ESC i`, `ESC m`. `feed` is `None` when the command cuts where the paper stands, else the
    /// dots to feed beyond the cutting position.
    Cut {
        partial: bool,
        feed: Option<u8>,
    },
    /// `ESC p m t1 t2`
    DrawerKick {
        pin: DrawerPin,
        on_ms: u16,
        off_ms: u16,
    },
    /// `ESC ( A` function 48 and, on clones, `ESC B`.
    Buzz {
        times: u8,
    },
    /// `GS v 0`
    Picture(Raster),
    /// `GS ( L` / `GS 8 L` function 112.
    StorePicture(Raster),
    /// `GS ( L` function 50.
    PrintStoredPicture,
    /// `GS ( L` function 67: a picture for the memory that outlives the power.
    KeepPicture {
        key: [u8; 2],
        raster: Raster,
    },
    /// `GS ( L` function 66.
    DropKeptPicture([u8; 2]),
    /// `GS ( L` function 69.
    PrintKeptPicture([u8; 2]),
    /// `GS h n`
    BarcodeHeight(u8),
    /// `GS w n`
    BarcodeModule(u8),
    /// `GS H n`: where the readable text stands.
    BarcodeLabel(BarcodeLabel),
    /// `GS f n`
    BarcodeLabelFontB(bool),
    /// `GS k m …`
    Barcode {
        symbology: Symbology,
        data: Vec<u8>,
    },
    /// `GS ( k` function 67: dots per module.
    QrModule(u8),
    /// `GS ( k` function 69.
    QrLevel(QrLevel),
    /// `GS ( k` function 80.
    QrStore(Vec<u8>),
    /// `GS ( k` function 81.
    QrPrint,
    /// `FS &` and `FS .`
    ChineseMode(bool),
    /// `GS a n`
    AutoStatus(u8),
    /// `GS r n`
    TransmitStatus(u8),
    /// `GS I n`
    Identify(u8),
    /// `GS ( H` function 48.
    ProcessId([u8; 4]),
    /// `GS ( D`: which real-time commands are obeyed, as pairs (function, enabled).
    RealTimeSwitch(Vec<(u8, bool)>),
    /// A known setting that changes nothing on this paper.
    Accepted(Vec<u8>),
    /// A real-time command that arrived between other commands; obeyed on arrival already.
    RealTime(RealTime),
    /// Bytes that mean nothing to this printer.
    Unknown(Vec<u8>),
}

/// Commands that are obeyed as they arrive, whatever waits in the buffer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RealTime {
    /// `DLE EOT n`
    Status(u8),
    /// `DLE ENQ n`: 1 recovers and goes on, 2 recovers and clears the buffers.
    Recover(u8),
    /// `DLE DC4 1 m t`
    DrawerPulse { pin: DrawerPin, on_ms: u16 },
    /// `DLE DC4 2 1 8`
    PowerOff,
    /// `DLE DC4 8 …`
    ClearBuffers,
}

/// The connector pin that a drawer hangs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DrawerPin {
    Two,
    Five,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BarcodeLabel {
    #[default]
    None,
    Above,
    Below,
    Both,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Symbology {
    UpcA,
    UpcE,
    Ean13,
    Ean8,
    Code39,
    Itf,
    Codabar,
    Code93,
    Code128,
}

/// Error correction of a QR code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum QrLevel {
    #[default]
    Low,
    Medium,
    Quartile,
    High,
}
