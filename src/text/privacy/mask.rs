//! Masking: the shape stays, the person goes.

use super::detect::find;

/// The text with phone numbers and e-mail addresses masked; the length in characters stays.
///
/// Of a phone number the last two digits stay, of an address the first letter and the ending.
///
/// ```
/// use candor::text::mask;
/// assert_eq!(mask("Call 13812345678 or ann.li@shop.example"), "Call *********78 or a*****@****.example");
/// ```
#[must_use]
pub fn mask(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    for found in find(text) {
        out.push_str(text.get(copied..found.start).unwrap_or_default());
        let part = text.get(found.start..found.end).unwrap_or_default();
        if found.is_email {
            mask_email(part, &mut out);
        } else {
            mask_phone(part, &mut out);
        }
        copied = found.end;
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    out
}

fn mask_email(address: &str, out: &mut String) {
    let ending = address.rfind('.').unwrap_or(address.len());
    for (i, c) in address.char_indices() {
        let kept = i == 0 || i >= ending || c == '@';
        out.push(if kept { c } else { '*' });
    }
}

fn mask_phone(number: &str, out: &mut String) {
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let mut seen = 0;
    for c in number.chars() {
        if c.is_ascii_digit() {
            seen += 1;
            out.push(if seen + 2 > digits { c } else { '*' });
        } else {
            out.push(c);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shape_stays() {
        assert_eq!(mask("(555) 010-1234!"), "(***) ***-**34!");
        assert_eq!(mask("微信或电话 138-1234-5678，谢谢"), "微信或电话 ***-****-**78，谢谢");
        assert_eq!(mask("nothing here"), "nothing here");
    }
}
