//! Stock: what a day used, and what was delivered in the morning so that it sufficed.

use super::dice::Dice;
use super::setting::{MINUTE_MS, Setting};
use fastops_domain::ids::{LineId, ProductId, UserId};
use fastops_domain::time::Time;
use fastops_store::history::{House, StockMoveFact};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Minutes after midnight at which suppliers come.
const DELIVERY: i64 = 450;
/// How many days like this one a delivery lasts.
const DAYS: i64 = 3;

/// Something taken out of stock, or put back.
#[derive(Clone, Debug)]
pub(super) struct Use {
    pub(super) at: Time,
    pub(super) product: ProductId,
    /// In thousandths; negative when it leaves.
    pub(super) milli: i64,
    pub(super) kind: &'static str,
    pub(super) line: LineId,
    pub(super) command: Uuid,
    pub(super) user: UserId,
}

/// What lies at the branch's location, day after day.
#[derive(Debug)]
pub(super) struct Stock {
    /// On hand, and the least that must stay.
    levels: BTreeMap<ProductId, (i64, i64)>,
}

impl Stock {
    pub(super) fn new(house: &House) -> Self {
        let level = |level: &fastops_store::history::Level| {
            (level.product, (level.on_hand, level.least.unwrap_or_default()))
        };
        Self { levels: house.levels.iter().map(level).collect() }
    }

    /// The day's moves in the order in which they happened.
    pub(super) fn moves(
        &mut self,
        setting: &Setting,
        dice: &mut Dice,
        midnight: Time,
        uses: &mut Vec<Use>,
    ) -> Vec<StockMoveFact> {
        let mut moves = self.deliveries(setting, dice, midnight, uses);
        let mut uses = std::mem::take(uses);
        uses.sort_by_key(|used| used.at);
        let mut positions: BTreeMap<Uuid, i64> = BTreeMap::new();
        for used in uses {
            let position = positions.entry(used.command).or_default();
            self.levels.entry(used.product).or_default().0 += used.milli;
            moves.push(StockMoveFact {
                id: dice.id(used.at),
                location_id: setting.house.location,
                item_id: used.product.0,
                product_id: used.product,
                quantity_milli: used.milli,
                kind: used.kind,
                order_line_id: Some(used.line),
                command_id: used.command,
                position: *position,
                reason: None,
                at: used.at,
                user_id: used.user,
            });
            *position += 1;
        }
        moves
    }

    /// One delivery in the morning of everything that would not last the day.
    fn deliveries(
        &mut self,
        setting: &Setting,
        dice: &mut Dice,
        midnight: Time,
        uses: &[Use],
    ) -> Vec<StockMoveFact> {
        let mut needed: BTreeMap<ProductId, i64> = BTreeMap::new();
        for used in uses {
            *needed.entry(used.product).or_default() -= used.milli.min(0);
        }
        let at = midnight.plus_ms(DELIVERY * MINUTE_MS);
        let (command, manager) = (dice.id(at), setting.managers[0].id);
        let mut moves = Vec::new();
        for (product, needed) in needed {
            let (on_hand, least) = self.levels.entry(product).or_default();
            if *on_hand - needed >= *least {
                continue;
            }
            let quantity = *least - *on_hand + needed * DAYS;
            *on_hand += quantity;
            moves.push(StockMoveFact {
                id: dice.id(at),
                location_id: setting.house.location,
                item_id: product.0,
                product_id: product,
                quantity_milli: quantity,
                kind: "receive",
                order_line_id: None,
                command_id: command,
                position: i64::try_from(moves.len()).unwrap_or_default(),
                reason: None,
                at,
                user_id: manager,
            });
        }
        moves
    }
}
