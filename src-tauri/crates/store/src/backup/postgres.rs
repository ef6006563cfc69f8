//! Backups of a PostgreSQL database by its own tools, tried on the same server.
//!
//! `pg_dump` reads through a snapshot that another connection exported, and the totals are counted in that
//! very snapshot. The archive is restored into a scratch database, counted again, and the scratch database
//! is dropped. A restore goes into a new database, which then changes names with the present one.

use super::error::{BackupError, Problem, at};
use super::manifest::Contents;
use super::totals;
use crate::engine::Tx;
use crate::error::EngineError;
use percent_encoding::percent_decode_str;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::str::FromStr as _;
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::watch;

const SNAPSHOT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
/// Always there, and never the database that is worked on.
const MAINTENANCE: &str = "postgres";
/// How often a running tool is looked at.
const LOOK: Duration = Duration::from_millis(50);
/// The end of what a tool said that is told, in characters.
const SAID: usize = 400;

/// Where PostgreSQL's client programs are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PostgresTools {
    /// Their folder; none means that they are found as other programs are.
    pub folder: Option<PathBuf>,
}

impl PostgresTools {
    fn command(&self, program: &str) -> Command {
        Command::new(self.folder.as_ref().map_or_else(|| program.into(), |folder| folder.join(program)))
    }

    /// Refuses a program that is missing or older than the server.
    fn demand(&self, program: &str, server: i64) -> Result<(), BackupError> {
        let missing = |_| BackupError::ToolMissing { program: program.into() };
        let output = self.command(program).arg("--version").stdin(Stdio::null()).output().map_err(missing)?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        match major(&said) {
            Some(found) if found >= server => Ok(()),
            Some(found) => Err(BackupError::ToolTooOld { program: program.into(), found, server }),
            None => Err(BackupError::ToolFailed { program: program.into(), said: said.trim().into() }),
        }
    }
}

/// The major version in `pg_dump (PostgreSQL) 15.10 (Debian 15.10-0+deb12u1)`.
fn major(said: &str) -> Option<i64> {
    let version = said.split_once(") ")?.1;
    version.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// A server and one of its databases.
#[derive(Clone, Debug)]
pub(crate) struct Server {
    options: PgConnectOptions,
    tools: PostgresTools,
}

impl Server {
    pub(crate) fn of(url: &str, tools: &PostgresTools) -> Result<Self, BackupError> {
        let options = PgConnectOptions::from_str(url).map_err(EngineError::from)?;
        Ok(Self { options: options.application_name("fastops backup"), tools: tools.clone() })
    }

    pub(crate) fn database(&self) -> &str {
        self.options.get_database().unwrap_or(MAINTENANCE)
    }

    /// The address of another database of the same server.
    pub(crate) fn url_of(&self, database: &str) -> String {
        self.options.clone().database(database).to_url_lossy().to_string()
    }

    /// Dumps the database into the empty file `to` and counts what is in the moment it shows.
    pub(super) async fn dump(
        &self,
        to: &Path,
        stopped: &watch::Receiver<bool>,
    ) -> Result<Contents, BackupError> {
        self.demand("pg_dump").await?;
        let mut tx = self.look_into(self.database()).await?;
        let question = "SELECT pg_export_snapshot() AS snapshot";
        let snapshot: Option<String> = totals::ask(&mut tx, question, |row| row.get("snapshot")).await?.pop();
        let contents = totals::contents(&mut tx).await?;
        let mut command = self.command("pg_dump", self.database());
        command.args(["--format=custom", "--no-owner", "--no-privileges", "--no-password"]);
        command.arg("--snapshot").arg(snapshot.unwrap_or_default()).arg("--file").arg(to);
        let dumped = run("pg_dump", command, stopped.clone()).await;
        tx.roll_back().await;
        dumped.map(|()| contents)
    }

    /// Restores an archive into a scratch database and says what is in it, or what is wrong.
    pub(super) async fn examine(
        &self,
        archive: &Path,
        stopped: &watch::Receiver<bool>,
    ) -> Result<Result<Contents, Problem>, BackupError> {
        let scratch = self.scratch_name().await?;
        let tried = match self.load(archive, &scratch, stopped).await {
            Ok(()) => self.examine_rows(&scratch).await,
            Err(BackupError::ToolFailed { said, .. }) => Ok(Err(Problem::Damaged { finding: said })),
            Err(error) => Err(error),
        };
        let dropped = self.drop_database(&scratch).await;
        let found = tried?;
        dropped?;
        Ok(found)
    }

    /// A name that no other terminal's try has: the server makes it.
    async fn scratch_name(&self) -> Result<String, BackupError> {
        let mut connection = self.connect(MAINTENANCE).await?;
        let name =
            sqlx::query_scalar("SELECT 'fastops_scratch_' || replace(gen_random_uuid()::TEXT, '-', '')")
                .fetch_one(&mut connection)
                .await
                .map_err(EngineError::from)?;
        connection.close().await.map_err(EngineError::from)?;
        Ok(name)
    }

    async fn examine_rows(&self, database: &str) -> Result<Result<Contents, Problem>, BackupError> {
        let mut tx = self.look_into(database).await?;
        let contents = totals::contents(&mut tx).await?;
        let broken = totals::broken_chain(&mut tx).await?;
        tx.roll_back().await;
        Ok(broken.map_or(Ok(contents), |fault| Err(Problem::Audit { fault })))
    }

    /// What is in the database that is worked with.
    pub(super) async fn contents(&self) -> Result<Result<Contents, Problem>, BackupError> {
        self.examine_rows(self.database()).await
    }

    /// Restores an archive into a new database, in place of an earlier try under the same name.
    pub(crate) async fn load(
        &self,
        archive: &Path,
        database: &str,
        stopped: &watch::Receiver<bool>,
    ) -> Result<(), BackupError> {
        self.demand("pg_restore").await?;
        self.drop_database(database).await?;
        self.order(&format!("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'", quoted(database)))
            .await?;
        let mut command = self.command("pg_restore", database);
        command.args(["--exit-on-error", "--no-owner", "--no-privileges", "--no-password", "--dbname"]);
        command.arg(database).arg(archive);
        run("pg_restore", command, stopped.clone()).await
    }

    pub(crate) async fn drop_database(&self, database: &str) -> Result<(), BackupError> {
        self.order(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", quoted(database))).await
    }

    /// Gives `fresh` the name of the database and the database the name `aside`, both or neither.
    pub(crate) async fn change_places(&self, fresh: &str, aside: &str) -> Result<(), BackupError> {
        let live = self.database();
        let mut connection = self.connect(MAINTENANCE).await?;
        let others: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM pg_stat_activity WHERE datname = $1")
            .bind(live)
            .fetch_one(&mut connection)
            .await
            .map_err(EngineError::from)?;
        if others > 0 {
            return Err(BackupError::InUse { database: live.into(), others });
        }
        let (live, fresh, aside) = (quoted(live), quoted(fresh), quoted(aside));
        let statements = format!(
            "BEGIN; ALTER DATABASE {live} RENAME TO {aside}; ALTER DATABASE {fresh} RENAME TO {live}; COMMIT"
        );
        sqlx::raw_sql(AssertSqlSafe(statements)).execute(&mut connection).await.map_err(EngineError::from)?;
        connection.close().await.map_err(EngineError::from)?;
        Ok(())
    }

    /// A unit that sees one moment of `database`.
    async fn look_into(&self, database: &str) -> Result<Tx, BackupError> {
        let options = self.options.clone().database(database);
        let pool = PgPoolOptions::new().max_connections(1).connect_lazy_with(options);
        let connection = pool.acquire().await.map_err(EngineError::from)?;
        Ok(Tx::on_postgres(connection, SNAPSHOT).await?)
    }

    async fn connect(&self, database: &str) -> Result<PgConnection, BackupError> {
        let options = self.options.clone().database(database);
        Ok(PgConnection::connect_with(&options).await.map_err(EngineError::from)?)
    }

    async fn order(&self, statement: &str) -> Result<(), BackupError> {
        let mut connection = self.connect(MAINTENANCE).await?;
        let statement = AssertSqlSafe(statement.to_owned());
        sqlx::raw_sql(statement).execute(&mut connection).await.map_err(EngineError::from)?;
        connection.close().await.map_err(EngineError::from)?;
        Ok(())
    }

    async fn demand(&self, program: &'static str) -> Result<(), BackupError> {
        let mut connection = self.connect(MAINTENANCE).await?;
        let number: String = sqlx::query_scalar("SHOW server_version_num")
            .fetch_one(&mut connection)
            .await
            .map_err(EngineError::from)?;
        connection.close().await.map_err(EngineError::from)?;
        let (tools, server) = (self.tools.clone(), number.parse::<i64>().unwrap_or(0) / 10_000);
        super::blocking(move || tools.demand(program, server)).await
    }

    /// A tool's command with the address in its environment: on the command line anyone could read the
    /// password.
    fn command(&self, program: &str, database: &str) -> Command {
        let mut command = self.tools.command(program);
        let url = self.options.to_url_lossy();
        let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let socket = self.options.get_socket().map(|socket| socket.display().to_string());
        command
            .env("PGHOST", socket.unwrap_or_else(|| self.options.get_host().to_owned()))
            .env("PGPORT", self.options.get_port().to_string())
            .env("PGUSER", self.options.get_username())
            .env("PGDATABASE", database)
            .env("PGAPPNAME", "fastops backup")
            .stdin(Stdio::null());
        if let Some(password) = url.password() {
            command.env("PGPASSWORD", decoded(password));
        }
        for (key, value) in url.query_pairs() {
            match key.as_ref() {
                "sslmode" | "ssl-mode" => command.env("PGSSLMODE", value.as_ref()),
                "sslrootcert" | "ssl-root-cert" | "ssl-ca" => command.env("PGSSLROOTCERT", value.as_ref()),
                _ => &mut command,
            };
        }
        command
    }
}

/// An identifier that may hold anything.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Runs a tool to its end; ends it when the program ends.
async fn run(
    program: &'static str,
    mut command: Command,
    stopped: watch::Receiver<bool>,
) -> Result<(), BackupError> {
    let runtime = Handle::current();
    super::blocking(move || {
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        let missing = |_| BackupError::ToolMissing { program: program.into() };
        let mut child = command.spawn().map_err(missing)?;
        let complaints = child.stderr.take();
        let reading = std::thread::spawn(move || {
            let mut said = Vec::new();
            complaints.map(|mut pipe| pipe.read_to_end(&mut said));
            String::from_utf8_lossy(&said).into_owned()
        });
        let status = loop {
            if let Some(status) = child.try_wait().map_err(at(program))? {
                break status;
            }
            if *stopped.borrow() {
                child.kill().and_then(|()| child.wait()).map_err(at(program))?;
                return Err(BackupError::Interrupted);
            }
            runtime.block_on(tokio::time::sleep(LOOK));
        };
        let said = reading.join().unwrap_or_default();
        if status.success() {
            return Ok(());
        }
        let said = said.trim();
        let from = said.char_indices().rev().nth(SAID).map_or(0, |(place, _)| place);
        Err(BackupError::ToolFailed { program: program.into(), said: said[from..].to_owned() })
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_of_a_tool_is_read_from_what_it_says() {
        assert_eq!(major("pg_dump (PostgreSQL) 15.10 (Debian 15.10-0+deb12u1)\n"), Some(15));
        assert_eq!(major("pg_restore (PostgreSQL) 17beta1"), Some(17));
        assert_eq!(major("something else"), None);
    }

    #[test]
    fn a_tool_that_is_missing_is_named() {
        let tools = PostgresTools { folder: Some("nowhere at all".into()) };
        let missing = tools.demand("pg_dump", 15);
        assert!(
            matches!(&missing, Err(BackupError::ToolMissing { program }) if program == "pg_dump"),
            "{missing:?}"
        );
    }

    #[test]
    fn a_password_goes_to_a_tool_by_its_environment_alone() {
        let server = Server::of("postgres://ana:se%20creta@db:5433/shop", &PostgresTools::default()).unwrap();
        let command = server.command("pg_dump", "shop");
        let variable = |name: &str| {
            command.get_envs().find(|(key, _)| *key == name).and_then(|(_, value)| value?.to_str())
        };
        assert_eq!(variable("PGPASSWORD"), Some("se creta"));
        assert_eq!((variable("PGHOST"), variable("PGPORT")), (Some("db"), Some("5433")));
        assert!(command.get_args().all(|argument| !argument.to_string_lossy().contains("creta")));
        assert_eq!(quoted("a\"b"), "\"a\"\"b\"");
    }
}
