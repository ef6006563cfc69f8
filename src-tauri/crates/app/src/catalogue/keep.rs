//! Keeps what was read from the store for as long as it is what would be read again.
//!
//! Everything is read together with the versions of its topics, in one state of the store. It is current
//! until the store knows of a greater version, made here or by another terminal, and never longer than its
//! life. There is nothing to invalidate: what is old is seen to be old when somebody asks for it.

use crate::refusal::Refusal;
use fastops_domain::time::{Clock, Time};
use fastops_store::change::{Changes, Topic, Versions};
use fastops_store::{Store, metered};
use moka::future::Cache;
use moka::ops::compute::{CompResult, Op};
use std::future::Future;
use std::hash::Hash;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use tokio::sync::watch;

/// What all keeps of a core have in common.
#[derive(Clone, Debug)]
pub(super) struct Ground {
    changes: watch::Receiver<Changes>,
    clock: Arc<dyn Clock>,
    /// How long anything is kept, in milliseconds.
    life_ms: Arc<AtomicI64>,
}

impl Ground {
    pub(super) fn new(store: &Store, clock: Arc<dyn Clock>, life_ms: i64) -> Self {
        Self { changes: store.changes(), clock, life_ms: Arc::new(AtomicI64::new(life_ms)) }
    }

    pub(super) fn set_life_ms(&self, life_ms: i64) {
        self.life_ms.store(life_ms, Ordering::Relaxed);
    }
}

/// How often a topic was asked for, and how often it had to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CacheStats {
    /// The topic's name, as in the table of stamps.
    pub topic: &'static str,
    /// Answers from memory.
    pub hits: u64,
    /// Answers that had to be read; many who ask at the same time wait for one reading.
    pub loads: u64,
    /// Statements of all readings together. They are not counted as the commands' own.
    pub statements: u64,
}

impl CacheStats {
    /// The share of answers from memory, from 0 to 1; 1 when nobody has asked.
    pub fn hit_rate(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a rate, not a sum")]
        let (hits, all) = (self.hits as f64, (self.hits + self.loads) as f64);
        if all > 0.0 { hits / all } else { 1.0 }
    }
}

/// Something that was read, and when.
#[derive(Debug)]
struct Kept<V> {
    value: V,
    stamp: Changes,
    read_at: Time,
}

/// What is kept of one topic.
#[derive(Debug)]
pub(super) struct Keep<K, V>
where
    K: Hash + Eq + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    ground: Ground,
    topic: Topic,
    /// Every topic that a change of makes the value old, its own included.
    topics: &'static [Topic],
    cache: Cache<K, Arc<Kept<V>>>,
    hits: AtomicU64,
    loads: AtomicU64,
    statements: AtomicU64,
}

impl<K, V> Keep<K, V>
where
    K: Hash + Eq + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    pub(super) fn new(ground: &Ground, topic: Topic, topics: &'static [Topic], capacity: u64) -> Self {
        Self {
            ground: ground.clone(),
            topic,
            topics,
            cache: Cache::new(capacity),
            hits: AtomicU64::new(0),
            loads: AtomicU64::new(0),
            statements: AtomicU64::new(0),
        }
    }

    /// The value of `key`, read by `load` when none is kept that is current; `load` is given what was kept. `None`,
    /// which is not kept, when there is nothing of that name.
    pub(super) async fn get<F, R>(&self, key: K, load: F) -> Result<Option<V>, Refusal>
    where
        F: FnOnce(Option<V>) -> R + Send,
        R: Future<Output = Result<Option<(V, Versions)>, Refusal>> + Send,
    {
        if let Some(kept) = self.cache.get(&key).await
            && self.is_current(&kept)
        {
            self.hits.fetch_add(1, Ordering::Relaxed);
            return Ok(Some(kept.value.clone()));
        }
        // On the heap: it is seldom needed, and every command would carry its size otherwise.
        Box::pin(self.get_current(key, load)).await
    }

    /// One at a time for a key: who waited looks first at what the one before has read.
    async fn get_current<F, R>(&self, key: K, load: F) -> Result<Option<V>, Refusal>
    where
        F: FnOnce(Option<V>) -> R + Send,
        R: Future<Output = Result<Option<(V, Versions)>, Refusal>> + Send,
    {
        let computed = self.cache.entry(key).and_try_compute_with(async |kept| match kept {
            Some(kept) if self.is_current(kept.value()) => {
                self.hits.fetch_add(1, Ordering::Relaxed);
                Ok::<_, Refusal>(Op::Nop)
            }
            kept => {
                let known = kept.map(|kept| kept.into_value().value.clone());
                Ok(self.read(|| load(known)).await?.map_or(Op::Remove, Op::Put))
            }
        });
        Ok(match computed.await? {
            CompResult::Inserted(entry) | CompResult::ReplacedWith(entry) | CompResult::Unchanged(entry) => {
                Some(entry.into_value().value.clone())
            }
            CompResult::Removed(_) | CompResult::StillNone(_) => None,
        })
    }

    async fn read<F, R>(&self, load: F) -> Result<Option<Arc<Kept<V>>>, Refusal>
    where
        F: FnOnce() -> R + Send,
        R: Future<Output = Result<Option<(V, Versions)>, Refusal>> + Send,
    {
        // Asked for before the reading begins, so that a gap in what is known makes it old.
        let (known, read_at) = (*self.ground.changes.borrow(), self.ground.clock.now());
        let (loaded, statements) = metered(load()).await;
        self.loads.fetch_add(1, Ordering::Relaxed);
        self.statements.fetch_add(u64::from(statements), Ordering::Relaxed);
        let kept = |(value, versions)| Arc::new(Kept { value, stamp: known.stamp(versions), read_at });
        Ok(loaded?.map(kept))
    }

    fn is_current(&self, kept: &Kept<V>) -> bool {
        let age_ms = self.ground.clock.now().since_ms(kept.read_at);
        (0..self.ground.life_ms.load(Ordering::Relaxed)).contains(&age_ms)
            && kept.stamp.is_current(&self.ground.changes.borrow(), self.topics)
    }

    pub(super) fn stats(&self) -> CacheStats {
        CacheStats {
            topic: self.topic.code(),
            hits: self.hits.load(Ordering::Relaxed),
            loads: self.loads.load(Ordering::Relaxed),
            statements: self.statements.load(Ordering::Relaxed),
        }
    }
}
