//! The paper in the machine since the last cut, and the cut that makes a slip of it.

use crate::paper::{Block, Slip};

/// Bytes kept per slip; a stream without a cut would otherwise grow for ever.
const RAW_LIMIT: usize = 4 * 1024 * 1024;
const UNKNOWN_LIMIT: usize = 1_000;
/// Blocks of one piece of paper, some 80 m of lines; what is older leaves the log.
const BLOCK_LIMIT: usize = 20_000;

#[derive(Debug, Clone)]
pub(super) struct Roll {
    columns: u16,
    head_to_cutter_dots: u32,
    next_number: u64,
    blocks: Vec<Block>,
    raw: Vec<u8>,
    unknown_commands: Vec<Vec<u8>>,
    pub(super) drawer_kicks: u32,
    pub(super) beeps: u32,
}

impl Roll {
    pub(super) fn new(columns: u16, head_to_cutter_dots: u32) -> Self {
        Self {
            columns,
            head_to_cutter_dots,
            next_number: 1,
            blocks: vec![Block::Feed(head_to_cutter_dots)],
            raw: Vec::new(),
            unknown_commands: Vec::new(),
            drawer_kicks: 0,
            beeps: 0,
        }
    }

    pub(super) fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    pub(super) fn record(&mut self, byte: u8) {
        if self.raw.len() < RAW_LIMIT {
            self.raw.push(byte);
        }
    }

    pub(super) fn record_unknown(&mut self, bytes: Vec<u8>) {
        if self.unknown_commands.len() < UNKNOWN_LIMIT {
            self.unknown_commands.push(bytes);
        }
    }

    pub(super) fn push(&mut self, block: Block) {
        match (self.blocks.last_mut(), &block) {
            (Some(Block::Feed(before)), Block::Feed(more)) => *before += more,
            _ => self.blocks.push(block),
        }
        if self.blocks.len() > BLOCK_LIMIT {
            self.blocks.drain(..BLOCK_LIMIT / 2);
        }
    }

    /// Cuts at the knife. The knife stands above the head, so the last stretch of paper stays in the machine
    /// and becomes the top of the next slip: a cut without a feed leaves the last lines there.
    pub(super) fn cut(&mut self, full: bool) -> Slip {
        let mut inside = Vec::new();
        let mut still_dots = self.head_to_cutter_dots;
        while still_dots > 0 {
            let Some(block) = self.blocks.pop() else { break };
            match block {
                Block::Feed(dots) if dots > still_dots => {
                    self.blocks.push(Block::Feed(dots - still_dots));
                    inside.push(Block::Feed(still_dots));
                    still_dots = 0;
                }
                block => {
                    still_dots = still_dots.saturating_sub(block_dots(&block));
                    inside.push(block);
                }
            }
        }
        inside.reverse();
        let number = self.next_number;
        self.next_number += 1;
        Slip {
            number,
            cut_at_ms: 0,
            columns: self.columns,
            blocks: std::mem::replace(&mut self.blocks, inside),
            full_cut: full,
            unknown_commands: std::mem::take(&mut self.unknown_commands),
            drawer_kicks: std::mem::take(&mut self.drawer_kicks),
            beeps: std::mem::take(&mut self.beeps),
            raw: std::mem::take(&mut self.raw),
        }
    }
}

/// How much paper a block takes, in dots.
pub(crate) fn block_dots(block: &Block) -> u32 {
    match block {
        Block::Text(line) => line.feed_dots,
        Block::Picture { raster, .. } => u32::try_from(raster.height_dots()).unwrap_or(u32::MAX),
        Block::Barcode { barcode, .. } => crate::symbols::barcode_height_dots(barcode),
        Block::Qr { code, .. } => crate::symbols::qr_side_dots(code),
        Block::Feed(dots) => *dots,
    }
}
