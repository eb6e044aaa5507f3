//! Writes the `d` of an SVG path: whole units, each position by its distance from the one before.

use super::ring::Position;

/// The `d` of a path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Path(String);

impl Path {
    /// Adds a ring, unless it covers no more than half a square unit.
    pub(super) fn add_ring(&mut self, ring: impl IntoIterator<Item = Position>) {
        let corners = corners(ring, true);
        if area_twice(&corners) > 1 {
            self.add(&corners);
            self.0.push('z');
        }
    }

    /// Adds a line that is open.
    pub(super) fn add_line(&mut self, line: impl IntoIterator<Item = Position>) {
        self.add(&corners(line, false));
    }

    // Without `write!`: the shores of a map have thousands of corners.
    fn add(&mut self, corners: &[[i64; 2]]) {
        let mut before = [0; 2];
        for (at, corner) in corners.iter().enumerate() {
            self.0.push_str(["M", "l"].get(at).copied().unwrap_or_default());
            for (axis, separate) in [at > 1, true].into_iter().enumerate() {
                let step = corner[axis] - before[axis];
                if separate && step >= 0 {
                    self.0.push(' ');
                }
                self.0.push_str(itoa::Buffer::new().format(step));
            }
            before = *corner;
        }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn into_string(self) -> String {
        self.0
    }
}

/// A number of units as a whole one.
#[expect(clippy::cast_possible_truncation, reason = "maps have a few thousand units")]
pub(super) fn whole(units: f64) -> i64 {
    // As `round`, which is a call where the processor may be an old one.
    (units + 0.5_f64.copysign(units)) as i64
}

/// The corners in whole units, without those that stand on the one before or on a straight line.
fn corners(line: impl IntoIterator<Item = Position>, closed: bool) -> Vec<[i64; 2]> {
    let mut corners: Vec<[i64; 2]> = Vec::new();
    for corner in line.into_iter().map(|position| position.map(whole)) {
        while let [.., before, last] = corners[..]
            && is_straight(before, last, corner)
        {
            corners.pop();
        }
        if corners.last() != Some(&corner) {
            corners.push(corner);
        }
    }
    while closed && corners.len() > 1 && corners.first() == corners.last() {
        corners.pop();
    }
    corners
}

/// Whether the way from one position over the next to the third goes straight on.
fn is_straight(from: [i64; 2], over: [i64; 2], to: [i64; 2]) -> bool {
    let [one, other] = [[over[0] - from[0], over[1] - from[1]], [to[0] - over[0], to[1] - over[1]]];
    one[0] * other[1] == one[1] * other[0] && one[0] * other[0] + one[1] * other[1] >= 0
}

fn area_twice(ring: &[[i64; 2]]) -> i64 {
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next).map(|(one, next)| one[0] * next[1] - next[0] * one[1]).sum::<i64>().abs()
}

#[cfg(test)]
mod tests {
    use super::Path;

    #[test]
    fn a_path_has_corners_only() {
        let mut path = Path::default();
        path.add_ring([[1.2, 1.4], [1.4, 1.2], [4.0, 1.0], [9.0, 1.0], [9.0, 6.0], [1.0, 6.0], [1.0, 1.0]]);
        path.add_line([[0.0, -3.0], [0.0, -3.2], [5.0, 7.0]]);
        path.add_ring([[20.0, 20.0], [30.0, 20.0], [20.0, 20.0]]);
        assert_eq!(path.as_str(), "M1 1l8 0 0 5-8 0zM0-3l5 10");
    }
}
