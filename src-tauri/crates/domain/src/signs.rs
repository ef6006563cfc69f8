//! How soon every screen says that something has died: within five seconds, whatever it was.
//!
//! All limits on the way stand here, in milliseconds, and a test adds them up: whoever changes one sees what it does to
//! the whole. The screens' own are in `ui/src/lib/ipc/signs.ts`; a test holds both against each other.
//!
//! | what dies | what adds up until it is found | ms |
//! |---|---|--:|
//! | an idle printer that answers | [`ASK_MS`], [`ANSWER_MS`], [`ASK_AGAIN_MS`], [`ANSWER_MS`] | 2,500 |
//! | the same, and no connection is made | [`ASK_MS`], [`ANSWER_MS`], [`CONNECT_MS`] | 2,750 |
//! | a printer whose ticket is about to go | [`ASK_MS`], [`OPEN_MS`] | 2,750 |
//! | a printer that takes no more of a ticket | [`STILL_MS`] | 2,750 |
//! | a printer that answers and owes a proof | [`WATCH_MS`], [`ANSWER_MS`], [`ASK_AGAIN_MS`], [`ANSWER_MS`] | 2,500 |
//! | a kitchen screen | [`SCREEN_ALIVE_MS`], [`ASK_OUTLET_MS`] | 2,750 |
//!
//! The core that found it has it on its screens [`TOLD_MS`] (450) later, those of other computers [`OTHERS_MS`] (1,650)
//! after that, also when no hint reaches them: 4,850 at most. The core of another computer is found silent after
//! [`CORE_SILENT_MS`], [`LOOK_MS`] and [`TAKES_MS`], and told as soon: 4,400. A store that does not answer is said after
//! [`BEAT_MS`], [`READ_MS`] and [`PAINT_MS`]: 2,750. A screen's own core is lost after [`SILENCE_MS`] and [`PAINT_MS`]:
//! 4,250.
//!
//! What no core can know is not among them: a printer that never says a word is found dead when it is to print, and one
//! behind a queue of the operating system when the queue says so.

/// Within this it is on every screen.
pub const WITHIN_MS: u64 = 5_000;

/// Time between two heartbeats of a core.
pub const BEAT_MS: u64 = 1_500;
/// How long the store may take to say what waits; longer is said as a store that is away.
pub const READ_MS: u64 = 1_000;
/// How long a new trouble is held up by what has to be read for its words, when that is not at hand.
pub const WORDS_MS: u64 = 200;
/// From the core's word until it can be seen.
pub const PAINT_MS: u64 = 250;
/// From what a core has found until it can be seen on its screens.
pub const TOLD_MS: u64 = WORDS_MS + PAINT_MS;
/// Silence after which a screen counts its core as lost: a beat may get lost, and the next one be late.
pub const SILENCE_MS: u64 = 4_000;

/// How long a printer may take to answer a question about its state.
pub const ANSWER_MS: u64 = 500;
/// Time between two questions to a printer that has nothing to do.
pub const ASK_MS: u64 = 1_000;
/// Pause after a question that was not answered before the next one, which decides.
pub const ASK_AGAIN_MS: u64 = 500;
/// How long a connection may take that is made only to ask: the first packet of one may get lost.
pub const CONNECT_MS: u64 = 1_250;
/// How often a printer is asked for its state while it owes a proof.
pub const WATCH_MS: u64 = 1_000;
/// A printer that cannot be made ready for a ticket within this is told of; the ticket is still tried.
pub const OPEN_MS: u64 = 1_750;
/// A printer that takes nothing of a ticket for this long stands still; its ticket is given up later.
pub const STILL_MS: u64 = 2_750;

/// Time between two looks at a target that is no printer.
pub const ASK_OUTLET_MS: u64 = 500;
/// Time between two signs of life of a kitchen screen.
pub const SCREEN_BEAT_MS: u64 = 1_000;
/// How long it counts as there after the last one: one may get lost.
pub const SCREEN_ALIVE_MS: u64 = 2_250;

/// Time between two signs of life of a core on a shared database.
pub const CORE_BEAT_MS: u64 = 1_000;
/// Silence after which the other cores say so: one sign may get lost. Its lease lasts longer.
pub const CORE_SILENT_MS: u64 = 2_750;
/// Time between two looks at the load and at the other cores.
pub const LOOK_MS: u64 = 1_000;
/// Least time between two words about lanes to the other cores.
pub const TELL_MS: u64 = 250;
/// How long the database takes for a word or a look; longer is a store that does not answer.
pub const TAKES_MS: u64 = 200;
/// From what one core has found until another knows it, when no hint reaches that one.
pub const OTHERS_MS: u64 = TELL_MS + TAKES_MS + LOOK_MS + TAKES_MS;

#[cfg(test)]
mod tests {
    use super::*;

    /// Every way from a death to the screens: what adds up on it.
    const WAYS: [(&str, &[u64]); 9] = [
        ("an idle printer", &[ASK_MS, ANSWER_MS, ASK_AGAIN_MS, ANSWER_MS, OTHERS_MS, TOLD_MS]),
        ("an idle printer that is not reached", &[ASK_MS, ANSWER_MS, CONNECT_MS, OTHERS_MS, TOLD_MS]),
        ("a printer with a ticket to come", &[ASK_MS, OPEN_MS, OTHERS_MS, TOLD_MS]),
        ("a printer that takes no more", &[STILL_MS, OTHERS_MS, TOLD_MS]),
        ("a printer that owes a proof", &[WATCH_MS, ANSWER_MS, ASK_AGAIN_MS, ANSWER_MS, OTHERS_MS, TOLD_MS]),
        ("a kitchen screen", &[SCREEN_ALIVE_MS, ASK_OUTLET_MS, OTHERS_MS, TOLD_MS]),
        ("another computer", &[CORE_SILENT_MS, LOOK_MS, TAKES_MS, TOLD_MS]),
        ("the store", &[BEAT_MS, READ_MS, PAINT_MS]),
        ("the own core", &[SILENCE_MS, PAINT_MS]),
    ];

    #[test]
    fn whatever_dies_is_on_every_screen_within_five_seconds() {
        assert_eq!(WITHIN_MS, 5_000);
        for (what, way) in WAYS {
            let worst: u64 = way.iter().sum();
            assert!(worst < WITHIN_MS, "{what}: {worst} ms");
        }
    }

    #[test]
    fn one_sign_may_get_lost_without_a_word() {
        for (beat_ms, silence_ms) in
            [(SCREEN_BEAT_MS, SCREEN_ALIVE_MS), (CORE_BEAT_MS, CORE_SILENT_MS), (BEAT_MS, SILENCE_MS)]
        {
            assert!(2 * beat_ms < silence_ms, "{beat_ms} {silence_ms}");
        }
        assert_eq!(SILENCE_MS, 2 * BEAT_MS + READ_MS, "and the next beat be as late as it may");
    }
}
