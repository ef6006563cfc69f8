//! Who is signed in where. Only the hash of a session's token is kept.

use crate::columns::Row;
use crate::company::{self, Branch, Company, Terminal};
use crate::sql::{execute, fetch_optional, statements};
use crate::user::{self, User};
use crate::{StoreError, Tx, role};
use fastops_domain::ids::{SessionId, TerminalId, UserId};
use fastops_domain::time::Time;
use fastops_domain::user::Permissions;

statements! {
    INSERT_SESSION: both
        "INSERT INTO session (id, user_id, terminal_id, token_hash, opened_at) VALUES ($1, $2, $3, $4, $5)";
    LIVE_SESSION: both
        "SELECT session.id AS session_id,
                app_user.id AS user_id, app_user.name AS user_name, role, pin_hash,
                app_user.language AS user_language, app_user.active,
                terminal.id AS terminal_id, terminal.name AS terminal_name,
                branch.id AS branch_id, branch.name AS branch_name, branch.language AS language,
                utc_offset_minutes, day_starts_minute, default_location_id,
                company.id AS company_id, company.name AS company_name, currency_code, minor_digits, shown_digits
         FROM session
         JOIN app_user ON app_user.id = session.user_id
         JOIN terminal ON terminal.id = session.terminal_id
         JOIN branch ON branch.id = terminal.branch_id
         JOIN company ON company.id = branch.company_id AND company.id = app_user.company_id
         WHERE token_hash = $1 AND session.closed_at IS NULL AND app_user.active AND terminal.active";
    CLOSE_SESSIONS: both
        "UPDATE session SET closed_at = $2 WHERE user_id = $1 AND closed_at IS NULL AND id <> $3";
    CLOSE_SESSION: both "UPDATE session SET closed_at = $2 WHERE id = $1 AND closed_at IS NULL";
}

/// A signed-in person at a terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub id: SessionId,
    pub user: UserId,
    pub terminal: TerminalId,
    pub token_hash: Vec<u8>,
    pub opened_at: Time,
}

/// An open session with everything that a command must know of its sender.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveSession {
    pub session: SessionId,
    pub user: User,
    pub terminal: Terminal,
    pub branch: Branch,
    pub company: Company,
    /// What the person may do, by what the company has given their role.
    pub permissions: Permissions,
}

pub async fn insert_session(tx: &mut Tx, session: &Session) -> Result<(), StoreError> {
    execute!(
        tx,
        INSERT_SESSION,
        session.id,
        session.user,
        session.terminal,
        session.token_hash.as_slice(),
        session.opened_at
    )
    .map(drop)
}

/// Ends all of a person's sessions but one.
pub async fn close_sessions(tx: &mut Tx, user: UserId, now: Time, but: SessionId) -> Result<(), StoreError> {
    execute!(tx, CLOSE_SESSIONS, user, now, but).map(drop)
}

/// The open session of an active person that a token belongs to, in two statements.
pub async fn live_session(tx: &mut Tx, token_hash: &[u8]) -> Result<Option<LiveSession>, StoreError> {
    let found: Option<LiveSession> = fetch_optional!(
        tx,
        LIVE_SESSION,
        |row: &Row<'_>| Ok(LiveSession {
            session: row.get("session_id")?,
            user: user::read(row)?,
            terminal: Terminal {
                id: row.get("terminal_id")?,
                branch: row.get("branch_id")?,
                name: row.get("terminal_name")?,
            },
            branch: company::branch(row)?,
            company: company::company(row)?,
            permissions: Permissions::default(),
        }),
        token_hash
    )?;
    let Some(live) = found else { return Ok(None) };
    let permissions = role::permissions(tx, live.company.id, live.user.role).await?;
    Ok(Some(LiveSession { permissions, ..live }))
}

/// Closes a session; false when it was closed already or never was.
pub async fn close_session(tx: &mut Tx, session: SessionId, at: Time) -> Result<bool, StoreError> {
    Ok(execute!(tx, CLOSE_SESSION, session, at)? == 1)
}
