//! Where single jobs stand in their lanes, for news about them.

use crate::columns::{AsJson, Row};
use crate::sql::{fetch_all, statements};
use crate::{StoreError, Tx};
use fastops_domain::ids::{JobId, PrinterId};

statements! {
    PLACES: each {
        sqlite:
            "SELECT mine.id, mine.printer_id,
                    (SELECT COUNT(*) FROM (
                         SELECT 1 FROM print_job AS other
                         WHERE other.printer_id = mine.printer_id AND other.rank <= mine.rank
                           AND (other.state = 'queued' OR other.state = 'blocked' OR other.state = 'sending'
                                OR other.state = 'sent')
                           AND (other.state IN ('sending', 'sent')
                                OR (other.rank, other.revision, other.copy, other.id)
                                   <= (mine.rank, mine.revision, mine.copy, mine.id))
                         LIMIT 500) AS ahead)
                    + (SELECT COUNT(*) FROM print_job AS other
                       WHERE other.printer_id = mine.printer_id AND other.state IN ('sending', 'sent')
                         AND other.rank > mine.rank) AS place
             FROM print_job AS mine
             WHERE mine.id IN (SELECT unhex(value, '-') FROM json_each($1)) AND mine.state IN ('queued', 'blocked')",
        postgres:
            "SELECT mine.id, mine.printer_id,
                    (SELECT COUNT(*) FROM (
                         SELECT 1 FROM print_job AS other
                         WHERE other.printer_id = mine.printer_id AND other.rank <= mine.rank
                           AND (other.state = 'queued' OR other.state = 'blocked' OR other.state = 'sending'
                                OR other.state = 'sent')
                           AND (other.state IN ('sending', 'sent')
                                OR (other.rank, other.revision, other.copy, other.id)
                                   <= (mine.rank, mine.revision, mine.copy, mine.id))
                         LIMIT 500) AS ahead)
                    + (SELECT COUNT(*) FROM print_job AS other
                       WHERE other.printer_id = mine.printer_id AND other.state IN ('sending', 'sent')
                         AND other.rank > mine.rank) AS place
             FROM print_job AS mine
             WHERE mine.id = ANY (ARRAY(SELECT value::UUID FROM jsonb_array_elements_text($1)))
               AND mine.state IN ('queued', 'blocked')",
    };
}

/// A job that waits, in the lane of its printer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub job: JobId,
    pub printer: PrinterId,
    /// 1 is next. Counted to 500, so that the answer costs the same however long the lane is.
    pub place: i64,
}

/// Where those of `jobs` stand that wait.
pub async fn places(tx: &mut Tx, jobs: &[JobId]) -> Result<Vec<Place>, StoreError> {
    let read = |row: &Row<'_>| {
        Ok(Place { job: row.get("id")?, printer: row.get("printer_id")?, place: row.get("place")? })
    };
    fetch_all!(tx, PLACES, read, AsJson(&jobs))
}
