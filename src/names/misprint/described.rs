//! What a slip has done to a name, in words for a message.

use super::confused::confused_letters;
use super::shortened::folded;
use super::{Slip, common_ends};
use crate::names::with_capital;

/// What made `wrong` of `right`, as the end of a sentence about it: `with “rn” read as “m”`. Lost accents
/// are told by [`super::lost_mark`].
pub fn describe_slip(slip: Slip, wrong: &str, right: &str) -> String {
    if slip == Slip::Respelt {
        return "romanised from Arabic in another way".to_owned();
    }
    let (wrong, right) = (folded(wrong), folded(right));
    if let Some((seen, meant)) = confused_letters(&wrong, &right) {
        let is_head = wrong.starts_with(seen) && right.starts_with(meant);
        let shown =
            |letters: &str| if is_head { with_capital(letters) } else { letters.to_owned() };
        return format!("with “{}” read as “{}”", shown(meant), shown(seen));
    }
    let (a, b): (Vec<char>, Vec<char>) = (wrong.chars().collect(), right.chars().collect());
    let (start, end) = common_ends(&a, &b);
    let before = start.checked_sub(1).map(|at| a[at]);
    match (&a[start..a.len() - end], &b[start..b.len() - end]) {
        ([], [lost]) if before == Some(*lost) => format!("with “{lost}{lost}” single"),
        ([], [lost]) => format!("with “{lost}” lost"),
        ([more], []) if before == Some(*more) => format!("with “{more}” doubled"),
        ([more], []) => format!("with “{more}” too many"),
        ([p, q], [r, s]) if p == s && q == r => format!("with “{r}{s}” transposed"),
        (seen, meant) => {
            let text = |letters: &[char]| letters.iter().collect::<String>();
            format!("with “{}” for “{}”", text(seen), text(meant))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_slip_is_told_by_its_letters() {
        for (slip, wrong, right, told) in [
            (Slip::Lost, "Perograd", "Petrograd", "with “t” lost"),
            (Slip::Added, "Russiav", "Russia", "with “v” too many"),
            (Slip::Transposed, "Soivets", "Soviets", "with “vi” transposed"),
            (Slip::Changed, "Kalvanov", "Kalganov", "with “v” for “g”"),
            (Slip::Doubled, "Kornillov", "Kornilov", "with “l” doubled"),
            (Slip::Doubled, "Lizy", "Lizzy", "with “zz” single"),
            (Slip::Scan, "Khmshchev", "Khrnshchev", "with “rn” read as “m”"),
            (Slip::Scan, "T1ampton", "Hampton", "with “H” read as “T1”"),
            (Slip::Ending, "Charlottc", "Charlotte", "with “e” read as “c”"),
            (Slip::Respelt, "Guwaira", "Guweira", "romanised from Arabic in another way"),
        ] {
            assert_eq!(describe_slip(slip, wrong, right), told, "{wrong} {right}");
        }
    }
}
