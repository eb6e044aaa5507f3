//! Writes the land in data/ from the npm package world-atlas, and checks that it is from there.

use serde_json::Value;

use super::land::PER_DEGREE;
use super::path::whole;
use super::ring::Position;

/// The files, and those of the package they are made from.
const FILES: [(&str, &str); 2] = [("land-50m.bin", "land-50m.json"), ("land-110m.bin", "land-110m.json")];

#[test]
#[ignore = "needs a folder with the files of the npm package world-atlas 2.0.2, named by WORLD_ATLAS; .ci/browser has one"]
#[expect(clippy::disallowed_methods, reason = "switches for developers, not configuration")]
fn the_land_is_that_of_world_atlas() {
    let package = std::env::var("WORLD_ATLAS").unwrap();
    for (file, source) in FILES {
        let topology = std::fs::read(format!("{package}/{source}")).unwrap();
        let encoded = encode(&rings(&serde_json::from_slice(&topology).unwrap()));
        let path = format!("{}/data/{file}", env!("CARGO_MANIFEST_DIR"));
        if std::env::var("UPDATE_GOLDEN").is_ok() {
            std::fs::write(&path, &encoded).unwrap();
        }
        assert!(
            std::fs::read(&path).unwrap_or_default() == encoded,
            "{file} is not {source}; UPDATE_GOLDEN=1 writes it"
        );
    }
}

/// The rings of the land in a topology.
fn rings(topology: &Value) -> Vec<Vec<Position>> {
    let arcs: Vec<_> = topology["arcs"].as_array().unwrap().iter().map(|arc| arc_of(arc, topology)).collect();
    let lands = topology["objects"]["land"]["geometries"].as_array().unwrap();
    let polygons = lands.iter().flat_map(|land| land["arcs"].as_array().unwrap());
    let rings = polygons.flat_map(|polygon| polygon.as_array().unwrap());
    rings
        .map(|ring| ring.as_array().unwrap().iter().flat_map(|number| one_arc(number, &arcs)).collect())
        .collect()
}

/// The positions of an arc, which are steps of the topology's grid.
fn arc_of(arc: &Value, topology: &Value) -> Vec<Position> {
    let pair = |value: &Value| [0, 1].map(|axis| value[axis].as_f64().unwrap());
    let [scale, origin] = ["scale", "translate"].map(|name| pair(&topology["transform"][name]));
    let mut at = [0.0; 2];
    let steps = arc.as_array().unwrap().iter().map(pair);
    steps
        .map(|step| {
            at = [at[0] + step[0], at[1] + step[1]];
            [0, 1].map(|axis| at[axis].mul_add(scale[axis], origin[axis]))
        })
        .collect()
}

/// An arc of a ring without its end, which is the start of the next. A negative number names one that runs backwards.
fn one_arc(number: &Value, arcs: &[Vec<Position>]) -> Vec<Position> {
    let number = number.as_i64().unwrap();
    let at = usize::try_from(if number < 0 { !number } else { number }).unwrap();
    let mut arc = arcs[at].clone();
    if number < 0 {
        arc.reverse();
    }
    arc.pop();
    arc
}

/// The file of these rings; [`land`](super::land) says how it is read.
fn encode(rings: &[Vec<Position>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for ring in rings {
        let mut corners: Vec<_> =
            unwrapped(ring).iter().map(|at| at.map(|degrees| whole(degrees * PER_DEGREE))).collect();
        corners.dedup();
        write(u64::try_from(corners.len()).unwrap(), &mut bytes);
        let mut before = [0; 2];
        for corner in corners {
            for axis in [0, 1] {
                let step: i64 = corner[axis] - before[axis];
                write((step << 1 ^ step >> 63).cast_unsigned(), &mut bytes);
            }
            before = corner;
        }
    }
    bytes
}

/// The ring without jumps: east of 180° it goes on. One around the pole, that of Antarctica, is closed there.
fn unwrapped(ring: &[Position]) -> Vec<Position> {
    let mut turned = 0.0;
    let mut unwrapped: Vec<Position> = Vec::new();
    for (at, [east, north]) in ring.iter().copied().enumerate() {
        let step = if at == 0 { 0.0 } else { east - ring[at - 1][0] };
        turned -= 360.0 * (step / 360.0).round();
        unwrapped.push([east + turned, north]);
    }
    let (first, last) = (unwrapped[0], unwrapped[unwrapped.len() - 1]);
    if (first[0] - last[0]).abs() > 180.0 {
        unwrapped.extend([[last[0], -90.0], [first[0], -90.0]]);
    }
    unwrapped
}

fn write(mut number: u64, bytes: &mut Vec<u8>) {
    while number >= 0x80 {
        bytes.push(u8::try_from(number & 0x7f).unwrap() | 0x80);
        number >>= 7;
    }
    bytes.push(u8::try_from(number).unwrap());
}
