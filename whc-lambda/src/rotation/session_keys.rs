//! Keys of sessions (`SECRET_KEY_BASE`): nobody is logged out, in whatever order processes get to know them.
//!
//! A value has several, with commas between them: the first makes what is new, all read what is there. A key is made one rotation
//! before it comes first, so that every process can read by it by then; and it is kept until all that it made has expired. When
//! it was made is written in front of it.

use std::time::{Duration, UNIX_EPOCH};

use whc_core::config::SecretKeys;
use whc_core::{Clock as _, Error, Result, SystemClock, async_trait};

use super::secrets::Secrets;
use super::subject::Subject;

/// How long the last processes without a new key may go on: longer than a deployment takes, and a sandbox lives.
const MARGIN: Duration = Duration::from_hours(24);

#[derive(Debug)]
pub(super) struct SessionKeys {
    /// How long a session may last.
    lifetime: Duration,
    /// How old a key has to be before it comes first.
    settled: Duration,
}

/// A key, and when it was made, in milliseconds since 1970; `None` where that is not written.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Key<'a> {
    text: &'a str,
    made: Option<u128>,
}

impl<'a> Key<'a> {
    fn read(text: &'a str) -> Self {
        let made = text.split_once('-').and_then(|(made, _)| made.parse().ok());
        Self { text, made }
    }
}

impl SessionKeys {
    pub(super) fn new(lifetime: Duration, settled: Duration) -> Self {
        Self { lifetime, settled }
    }

    /// The value after this one, with a key that is made up now.
    fn following(&self, current: &str, made_up: &str, now: u128) -> Result<String> {
        let keys: Vec<_> = current.split(',').map(str::trim).map(Key::read).collect();
        let (first, rest) = keys.split_first().ok_or_else(|| Error::refused("the secret has no key"))?;
        let made_up = format!("{now}-{made_up}");
        let new = Key::read(&made_up);
        let order: Vec<_> = match rest.split_first() {
            // The key of the rotation before, which no process has made anything with yet.
            Some((prepared, last)) if prepared.made > first.made => {
                self.expect_settled(*prepared, now)?;
                [*prepared, new, *first].into_iter().chain(last.iter().copied()).collect()
            }
            _ => [*first, new].into_iter().chain(rest.iter().copied()).collect(),
        };
        let kept = order.iter().enumerate().filter(|(at, _)| self.is_needed(&order, *at, now));
        Ok(kept.map(|(_, key)| key.text).collect::<Vec<_>>().join(","))
    }

    fn expect_settled(&self, prepared: Key<'_>, now: u128) -> Result<()> {
        if now >= prepared.made.unwrap_or_default() + self.settled.as_millis() {
            return Ok(());
        }
        let hours = self.settled.as_secs() / 3600;
        Err(Error::refused(format!(
            "the keys were rotated within the last {hours} hours, and some process may not know the next one yet; try later"
        )))
    }

    /// Whether something that the key at this place made may still count. It came off the first place when the key was made that
    /// is two younger.
    fn is_needed(&self, order: &[Key<'_>], at: usize, now: u128) -> bool {
        let retired = match at {
            0..=2 => return true,
            // The first and the second are not in the order of their age.
            3 => order[0].made,
            4 => order[2].made,
            _ => order[at - 2].made,
        };
        // Of keys by hand nobody knows when.
        retired.is_none_or(|retired| now < retired + (self.lifetime + MARGIN).as_millis())
    }
}

#[async_trait]
impl Subject for SessionKeys {
    async fn next(&self, secrets: &Secrets, current: &str) -> Result<String> {
        let now = SystemClock.now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let value = self.following(current, &secrets.make_up(64).await?, now.as_millis())?;
        tracing::info!(keys = value.split(',').count(), "a key was made up");
        Ok(value)
    }

    async fn put_in_force(&self, current: &str, pending: &str) -> Result<()> {
        let first = current.split(',').next().unwrap_or_default().trim();
        if !pending.split(',').any(|key| key.trim() == first) {
            return Err(Error::refused("the pending version lacks the key that sessions are made with now"));
        }
        Ok(())
    }

    async fn try_out(&self, value: &str) -> Result<()> {
        SecretKeys::parse(value).map(drop)
    }

    fn is_taken_at_start(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::SessionKeys;

    const DAY: u128 = 24 * 3_600_000;

    fn rotated(value: &str, day: u128) -> String {
        let keys = SessionKeys::new(Duration::from_hours(7 * 24), Duration::from_hours(24));
        keys.following(value, &format!("of-day-{day}"), day * DAY).unwrap()
    }

    #[test]
    fn a_key_is_known_before_it_comes_first_and_kept_for_as_long_as_a_session_lasts() {
        let first = rotated("by-hand", 30);
        assert_eq!(first, format!("by-hand,{}-of-day-30", 30 * DAY));
        let second = rotated(&first, 60);
        assert_eq!(second, format!("{}-of-day-30,{}-of-day-60,by-hand", 30 * DAY, 60 * DAY));
        let third = rotated(&second, 90);
        assert_eq!(third, format!("{1}-of-day-60,{2}-of-day-90,{0}-of-day-30", 30 * DAY, 60 * DAY, 90 * DAY));
    }

    /// What a key made counts for seven days after the key came off the first place, and a day more for the last process.
    #[test]
    fn rotations_that_follow_each_other_closely_drop_nothing_that_counts() {
        let mut value = rotated("by-hand", 10);
        let mut retired = Vec::new();
        for day in 11..60 {
            let before = value.clone();
            value = rotated(&before, day);
            let keys: Vec<_> = value.split(',').collect();
            let was_first = before.split(',').next().unwrap();
            assert_ne!(keys[0], was_first, "day {day}");
            assert!(before.split(',').any(|key| key == keys[0]), "no process is surprised: day {day}");
            retired.push((was_first.to_owned(), day));
            for (key, since) in &retired {
                assert_eq!(keys.contains(&key.as_str()), day - since < 8, "{key} of {since} on day {day}");
            }
        }
    }

    #[test]
    fn a_key_that_some_process_may_not_know_does_not_come_first() {
        let first = rotated("by-hand", 30);
        let keys = SessionKeys::new(Duration::from_hours(7 * 24), Duration::from_hours(24));
        let error = keys.following(&first, "early", 30 * DAY + 3_600_000).unwrap_err().to_string();
        assert!(error.contains("within the last 24 hours"), "{error}");
    }

    #[test]
    fn a_list_by_hand_keeps_its_order() {
        let mut value = rotated("new,old,older", 30);
        assert_eq!(value, format!("new,{}-of-day-30,old,older", 30 * DAY));
        for day in [60, 90, 120, 150, 180] {
            value = rotated(&value, day);
        }
        assert!(!value.contains("old") && !value.contains("new"), "nothing stays for ever: {value}");
    }
}
