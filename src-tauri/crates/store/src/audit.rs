//! Sensitive acts, written into the branch's chain in the unit of work that does them.
//!
//! The head's row is taken first and held to the end of the unit, so the chain has no gap and no fork
//! however many terminals write; a unit that fails gives its place back.

use crate::columns::{AsJson, Row};
use crate::sql::{execute, fetch_all, fetch_one, fetch_optional, statements};
use crate::{StoreError, Tx};
use fastops_domain::audit::{Act, Chained, Fault, Hash, Head, Verifier};
use fastops_domain::ids::{BranchId, TerminalId, UserId};
use fastops_domain::time::Time;
use serde::Serialize;
use uuid::Uuid;

pub use fastops_domain::audit::Act as AuditRow;

/// Acts that are held in memory at a time while a chain is walked.
const PAGE: i64 = 1_000;

statements! {
    TAKE_HEAD: both
        "INSERT INTO audit_head (branch_id, seq, hash) VALUES ($1, $2, $3)
         ON CONFLICT (branch_id) DO UPDATE SET seq = audit_head.seq + $2
         RETURNING seq, hash";
    INSERT_ACTS: each {
        sqlite:
            "INSERT INTO audit_log (id, branch_id, seq, previous_hash, hash, at, user_id, terminal_id, action,
                                    subject_kind, subject_id, detail)
             SELECT unhex(act.value ->> 'id', '-'), $1, act.value ->> 'seq', unhex(act.value ->> 'previous'),
                    unhex(act.value ->> 'hash'), act.value ->> 'at', unhex(act.value ->> 'user_id', '-'),
                    unhex(act.value ->> 'terminal_id', '-'), act.value ->> 'action',
                    act.value ->> 'subject_kind', unhex(act.value ->> 'subject_id', '-'), act.value -> 'detail'
             FROM json_each($2) AS act",
        postgres:
            "INSERT INTO audit_log (id, branch_id, seq, previous_hash, hash, at, user_id, terminal_id, action,
                                    subject_kind, subject_id, detail)
             SELECT id, $1, seq, decode(previous, 'hex'), decode(hash, 'hex'), at, user_id, terminal_id, action,
                    subject_kind, subject_id, COALESCE(detail, 'null')
             FROM jsonb_to_recordset($2) AS act (
                 id UUID, seq BIGINT, previous TEXT, hash TEXT, at BIGINT, user_id UUID, terminal_id UUID,
                 action TEXT, subject_kind TEXT, subject_id UUID, detail JSONB)
             ORDER BY seq",
    };
    SET_HEAD: both "UPDATE audit_head SET hash = $3 WHERE branch_id = $1 AND seq = $2";
    HEAD: both "SELECT seq, hash FROM audit_head WHERE branch_id = $1";
    CHAIN: both
        "SELECT id, branch_id, seq, previous_hash, hash, at, user_id, terminal_id, action, subject_kind,
                subject_id, detail
         FROM audit_log WHERE branch_id = $1 AND seq > $2 ORDER BY seq LIMIT $3";
    AUDIT_OF: both
        "SELECT id, branch_id, at, user_id, terminal_id, action, subject_kind, subject_id, detail
         FROM audit_log WHERE subject_kind = $1 AND subject_id = $2 ORDER BY at, id";
    UNCHAINED: both
        "SELECT id, branch_id, at, user_id, terminal_id, action, subject_kind, subject_id, detail
         FROM audit_log_unchained AS old
         WHERE NOT EXISTS (SELECT 1 FROM audit_log WHERE audit_log.id = old.id)
         ORDER BY branch_id, at, id LIMIT $1";
}

/// An act on its way into the database, as JSON; many go in one statement.
#[derive(Serialize)]
struct NewAct<'a> {
    id: Uuid,
    seq: i64,
    previous: String,
    hash: String,
    at: Time,
    user_id: Option<UserId>,
    terminal_id: Option<TerminalId>,
    action: &'a str,
    subject_kind: &'a str,
    subject_id: Uuid,
    detail: &'a serde_json::Value,
}

/// Adds an act to the chain of its branch.
pub async fn insert_audit(tx: &mut Tx, row: &AuditRow) -> Result<(), StoreError> {
    append(tx, row.branch, std::slice::from_ref(row)).await
}

/// Adds acts of one branch to its chain, in their order, in three statements however many they are.
pub async fn append(tx: &mut Tx, branch: BranchId, acts: &[Act]) -> Result<(), StoreError> {
    let Ok(count) = i64::try_from(acts.len()) else { return Err(StoreError::TooSlow) };
    if count == 0 {
        return Ok(());
    }
    let genesis = Head::genesis(branch).hash;
    let taken: Head = fetch_one!(tx, TAKE_HEAD, read_head, branch, count, genesis.0.as_slice())?;
    let mut head = Head { seq: taken.seq - count, hash: taken.hash };
    let chained: Vec<Chained> = acts
        .iter()
        .map(|act| {
            let next = head.append(act.clone());
            head = next.head();
            next
        })
        .collect();
    let new: Vec<NewAct<'_>> = chained.iter().map(new_act).collect();
    execute!(tx, INSERT_ACTS, branch, AsJson(&new))?;
    execute!(tx, SET_HEAD, branch, head.seq, head.hash.0.as_slice()).map(drop)
}

fn new_act(chained: &Chained) -> NewAct<'_> {
    let act = &chained.act;
    NewAct {
        id: act.id,
        seq: chained.seq,
        previous: chained.previous.to_string(),
        hash: chained.hash.to_string(),
        at: act.at,
        user_id: act.user,
        terminal_id: act.terminal,
        action: &act.action,
        subject_kind: &act.subject_kind,
        subject_id: act.subject,
        detail: &act.detail,
    }
}

/// How far a branch's chain reaches; none before its first act. A Z report shows it.
pub async fn head(tx: &mut Tx, branch: BranchId) -> Result<Option<Head>, StoreError> {
    fetch_optional!(tx, HEAD, read_head, branch)
}

/// Walks along a branch's whole chain and says at which act it is broken, or where it ends.
///
/// A [`Store::read`](crate::Store::read) sees one moment of it, whoever goes on writing.
pub async fn verify_chain(tx: &mut Tx, branch: BranchId) -> Result<Result<Head, Fault>, StoreError> {
    walk(tx, branch, Verifier::new(branch)).await
}

/// As [`verify_chain`], and demands that the chain contains a head that was noted outside the store.
pub async fn verify_chain_through(
    tx: &mut Tx,
    branch: BranchId,
    noted: Head,
) -> Result<Result<Head, Fault>, StoreError> {
    walk(tx, branch, Verifier::new(branch).passing_through(noted)).await
}

async fn walk(
    tx: &mut Tx,
    branch: BranchId,
    mut verifier: Verifier,
) -> Result<Result<Head, Fault>, StoreError> {
    let mut after = i64::MIN;
    loop {
        let page: Vec<Chained> = fetch_all!(tx, CHAIN, read_chained, branch, after, PAGE)?;
        let Some(last) = page.last() else { break };
        after = last.seq;
        if let Err(fault) = page.iter().try_for_each(|act| verifier.take(act)) {
            return Ok(Err(fault));
        }
    }
    Ok(verifier.finish(head(tx, branch).await?))
}

/// Brings the acts of the time before the chain into it, oldest first, and says how many there were.
///
/// For the opening of the store, while no other terminal opens it. Their old rows stay as they are; an
/// act that is in the chain already is not added again, so a second call adds nothing.
pub async fn chain_old_rows(tx: &mut Tx) -> Result<u64, StoreError> {
    let mut count = 0;
    loop {
        let page: Vec<Act> = fetch_all!(tx, UNCHAINED, read, PAGE)?;
        if page.is_empty() {
            return Ok(count);
        }
        for acts in page.chunk_by(|one, next| one.branch == next.branch) {
            append(tx, acts[0].branch, acts).await?;
            count += acts.len() as u64;
        }
    }
}

/// What was done to one thing, in order.
pub async fn audit_of(tx: &mut Tx, subject_kind: &str, subject: Uuid) -> Result<Vec<AuditRow>, StoreError> {
    fetch_all!(tx, AUDIT_OF, read, subject_kind, subject)
}

fn read_head(row: &Row<'_>) -> Result<Head, StoreError> {
    Ok(Head { seq: row.get("seq")?, hash: read_hash(row, "hash")? })
}

fn read_hash(row: &Row<'_>, column: &'static str) -> Result<Hash, StoreError> {
    let bytes: Vec<u8> = row.get(column)?;
    let length = bytes.len();
    let bytes = bytes
        .try_into()
        .map_err(|_| StoreError::Decode { column, reason: format!("a hash of {length} bytes is not known") })?;
    Ok(Hash(bytes))
}

fn read_chained(row: &Row<'_>) -> Result<Chained, StoreError> {
    Ok(Chained {
        seq: row.get("seq")?,
        previous: read_hash(row, "previous_hash")?,
        hash: read_hash(row, "hash")?,
        act: read(row)?,
    })
}

fn read(row: &Row<'_>) -> Result<Act, StoreError> {
    Ok(Act {
        id: row.get("id")?,
        branch: row.get("branch_id")?,
        at: row.get("at")?,
        user: row.get("user_id")?,
        terminal: row.get("terminal_id")?,
        action: row.get("action")?,
        subject_kind: row.get("subject_kind")?,
        subject: row.get("subject_id")?,
        detail: row.json("detail")?,
    })
}
