//! What went through a drawer, from its facts: for the paper, and for the screen from the paper's own words.

use crate::catalogue::Facts;
use crate::refusal::Refusal;
use crate::wire::{CashCountView, CashMoveView, CashSessionView, MethodTotalView, TaxTotalView};
use fastops_domain::cash::{CashDirection, Drawer};
use fastops_domain::document::{BillTax, CashReport, ReportCount, ReportDrawer, ReportMethod, ReportMove};
use fastops_domain::ids::{CashSessionId, CompanyId, UserId};
use fastops_domain::money::Money;
use fastops_domain::time::{LocalTime, Time};
use fastops_store::cash::{CashMove, CashSession, Count, MethodTotal, Sales};
use fastops_store::payment::Method;
use fastops_store::{StoreError, Tx, cash, payment};

/// What a session's facts add up to. The store adds; nothing is added up here.
pub(super) struct Figures {
    sales: Sales,
    totals: Vec<MethodTotal>,
    moves: Vec<CashMove>,
    methods: Vec<Method>,
}

impl Figures {
    pub(super) async fn read(
        tx: &mut Tx,
        company: CompanyId,
        session: CashSessionId,
    ) -> Result<Self, StoreError> {
        Ok(Self {
            sales: cash::sales(tx, session).await?,
            totals: cash::totals_by_method(tx, session).await?,
            moves: cash::moves(tx, session).await?,
            methods: payment::methods(tx, company).await?,
        })
    }

    /// The X of an open session, which does not say what must lie in the drawer.
    pub(super) fn so_far(self, facts: &Facts, session: &CashSession) -> CashReport {
        self.report(facts, session, None, None)
    }

    /// The Z of a session that was counted.
    pub(super) fn counted(
        self,
        facts: &Facts,
        session: &CashSession,
        figures: Drawer,
        count: &Count,
    ) -> Result<CashReport, Refusal> {
        let closed = ReportCount {
            at: local(facts, count.at),
            by: name(facts, count.by),
            counted: count.counted,
            difference: figures.difference(count.counted)?,
            note: count.note.clone(),
        };
        let drawer = ReportDrawer { figures, expected: count.expected };
        Ok(self.report(facts, session, Some(closed), Some(drawer)))
    }

    fn report(
        self,
        facts: &Facts,
        session: &CashSession,
        closed: Option<ReportCount>,
        drawer: Option<ReportDrawer>,
    ) -> CashReport {
        let Self { sales, totals, moves, methods } = self;
        let terminal = facts.terminals.iter().find(|terminal| terminal.id == session.terminal);
        CashReport {
            house: facts.company.name.clone(),
            branch: facts.branch.name.clone(),
            currency: facts.company.currency.clone(),
            terminal: terminal.map(|terminal| terminal.name.clone()).unwrap_or_default(),
            number: session.number,
            opened_at: local(facts, session.opened_at),
            opened_by: name(facts, session.opened_by),
            closed,
            orders: sales.orders,
            net: sales.net,
            taxes: sales.taxes.into_iter().map(|(name, amount)| BillTax { name, amount }).collect(),
            total: sales.total,
            methods: totals.into_iter().map(|total| method(&methods, total)).collect(),
            moves: moves.into_iter().map(|moved| report_move(facts, moved)).collect(),
            drawer,
        }
    }
}

fn local(facts: &Facts, at: Time) -> LocalTime {
    LocalTime::at(at, facts.branch.utc_offset_minutes)
}

fn name(facts: &Facts, id: UserId) -> String {
    facts.users.iter().find(|user| user.id == id).map(|user| user.name.clone()).unwrap_or_default()
}

fn method(methods: &[Method], total: MethodTotal) -> ReportMethod {
    let known = methods.iter().find(|method| method.code == total.method);
    ReportMethod {
        method: known.map_or(total.method, |method| method.name.clone()),
        payments: total.payments,
        amount: total.amount,
        tip: total.tip,
    }
}

fn report_move(facts: &Facts, moved: CashMove) -> ReportMove {
    ReportMove {
        at: local(facts, moved.at),
        direction: moved.direction,
        amount: moved.amount,
        reason: moved.reason,
        by: name(facts, moved.user),
    }
}

/// A session as a screen shows it: the figures are those of its report.
pub(super) fn view(session: &CashSession, report: &CashReport) -> Result<CashSessionView, Refusal> {
    let moved = |direction: CashDirection| {
        let moves = report.moves.iter().filter(|moved| moved.direction == direction);
        Money::sum(moves.map(|moved| moved.amount))
    };
    let count = session.closed.as_ref().zip(report.closed.as_ref());
    Ok(CashSessionView {
        id: session.id.0,
        number: report.number,
        terminal: report.terminal.clone(),
        opened_at: session.opened_at.0,
        opened_by: report.opened_by.clone(),
        float_minor: session.float.0,
        closed: count.map(|(count, said)| CashCountView {
            at: count.at.0,
            by: said.by.clone(),
            counted_minor: said.counted.0,
            expected_minor: count.expected.0,
            difference_minor: said.difference.0,
            note: said.note.clone(),
        }),
        orders: report.orders,
        net_minor: report.net.0,
        taxes: report.taxes.iter().map(tax_view).collect(),
        total_minor: report.total.0,
        methods: report.methods.iter().map(method_view).collect(),
        moved_in_minor: moved(CashDirection::In)?.0,
        moved_out_minor: moved(CashDirection::Out)?.0,
        moves: report.moves.iter().map(move_view).collect(),
    })
}

fn move_view(moved: &ReportMove) -> CashMoveView {
    CashMoveView {
        direction: moved.direction.into(),
        amount_minor: moved.amount.0,
        reason: moved.reason.clone(),
        by: moved.by.clone(),
        hour: moved.at.hour,
        minute: moved.at.minute,
    }
}

fn tax_view(tax: &BillTax) -> TaxTotalView {
    TaxTotalView { name: tax.name.clone(), amount_minor: tax.amount.0 }
}

fn method_view(total: &ReportMethod) -> MethodTotalView {
    MethodTotalView {
        method: total.method.clone(),
        payments: total.payments,
        amount_minor: total.amount.0,
        tip_minor: total.tip.0,
    }
}
