//! A hash that is the same on every platform and in every version: stored states depend on it.

/// FNV-1a over the parts (with a separator that occurs in no UTF-8 text), finished by the 64-bit mixer of
/// `MurmurHash3` so that every bit depends on every byte.
pub(crate) fn stable(parts: &[&str]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for part in parts {
        for byte in part.bytes().chain([0xff]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_never_change() {
        // By the same steps in Python with arithmetic modulo 2^64.
        assert_eq!(stable(&["customer", "c-9"]), GOLDEN);
        assert_ne!(stable(&["ab", "c"]), stable(&["a", "bc"]));
    }

    const GOLDEN: u64 = 0xc260_243c_af61_e0ff;
}
