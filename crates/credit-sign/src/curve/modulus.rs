//! Whole numbers modulo an odd one of at most 256 bits, in Montgomery form.

/// Bits of a limb. Nine of them are 261; a product of two limbs has 58, so that
/// eighteen products and a carry find room in 64 bits and no carry has to be
/// passed on while they are added up.
const BITS: u32 = 29;

const MASK: u32 = (1 << BITS) - 1;

/// A number below 2^261, the least significant limb first.
pub(crate) type Number = [u32; 9];

/// A modulus, with what makes multiplying by it fast.
pub(crate) struct Modulus {
    modulus: Number,
    /// The negative of its inverse modulo 2^29.
    inverse: u32,
    /// 2^522, which takes a number into Montgomery form.
    square: Number,
    shape: Shape,
}

/// What a modulus is made of.
#[derive(Clone, Copy)]
pub(crate) enum Shape {
    /// Nothing in particular.
    Any,
    /// The prime of Ed25519.
    Ed25519,
    /// The prime of SM2.
    Sm2,
}

/// Does the same for each of the nine places, without a loop: the compiler keeps
/// the limbs out of memory then.
macro_rules! each {
    ($place:ident => $work:expr) => {{
        each!(@ $place $work; 0 1 2 3 4 5 6 7 8);
    }};
    (@ $place:ident $work:expr; $($number:literal)*) => {
        $({ const $place: usize = $number; $work; })*
    };
}

/// The number that 32 bytes tell, the most significant first.
pub(crate) const fn number(bytes: &[u8; 32]) -> Number {
    let mut number = [0; 9];
    let mut place = 0;
    while place < 256 {
        let bit = (bytes[31 - place / 8] >> (place % 8) & 1) as u32;
        number[place / BITS as usize] |= bit << (place as u32 % BITS);
        place += 1;
    }
    number
}

/// The 32 bytes of a number below 2^256, the most significant first.
pub(crate) fn bytes(number: &Number) -> [u8; 32] {
    let mut bytes = [0; 32];
    for place in 0..256 {
        let bit = number[place / BITS as usize] >> (place as u32 % BITS) & 1;
        bytes[31 - place / 8] |= (bit as u8) << (place % 8);
    }
    bytes
}

impl Modulus {
    /// The modulus that 32 bytes tell, the most significant first.
    pub(crate) const fn new(bytes: &[u8; 32], shape: Shape) -> Self {
        let modulus = number(bytes);
        // Newton: each step doubles the bits that are right.
        let mut inverse = 1_u32;
        let mut step = 0;
        while step < 5 {
            inverse = inverse.wrapping_mul(2_u32.wrapping_sub(modulus[0].wrapping_mul(inverse)));
            step += 1;
        }
        let mut made = Self {
            modulus,
            inverse: inverse.wrapping_neg() & MASK,
            square: [0; 9],
            shape,
        };
        let mut power = [0; 9];
        power[0] = 1;
        let mut exponent = 0;
        while exponent < 522 {
            power = made.add(&power, &power);
            exponent += 1;
        }
        made.square = power;
        made
    }

    /// `number` less the modulus, unless it is below.
    const fn reduced(&self, number: Number) -> Number {
        let mut less = [0; 9];
        let mut borrow = 0_u32;
        let mut i = 0;
        while i < 9 {
            let limb = number[i].wrapping_sub(self.modulus[i]).wrapping_sub(borrow);
            borrow = limb >> 31;
            less[i] = limb & MASK;
            i += 1;
        }
        if borrow == 0 { less } else { number }
    }

    /// Whether `number` is below the modulus.
    pub(crate) fn has(&self, number: &Number) -> bool {
        self.reduced(*number) == *number
    }

    /// `number`, which is below twice the modulus, modulo it.
    pub(crate) fn below(&self, number: &Number) -> Number {
        self.reduced(*number)
    }

    /// The sum of two numbers below the modulus.
    pub(crate) const fn add(&self, a: &Number, b: &Number) -> Number {
        let mut sum = [0; 9];
        let mut carry = 0;
        let mut i = 0;
        while i < 9 {
            let limb = a[i] + b[i] + carry;
            carry = limb >> BITS;
            sum[i] = limb & MASK;
            i += 1;
        }
        self.reduced(sum)
    }

    /// The difference of two numbers below the modulus.
    pub(crate) const fn subtract(&self, a: &Number, b: &Number) -> Number {
        let mut difference = [0; 9];
        let mut carry = 0_u32;
        // Above the top limb nothing is missing: a + m - b is positive.
        let mut i = 0;
        while i < 9 {
            let limb = (a[i] + self.modulus[i])
                .wrapping_sub(b[i])
                .wrapping_add(carry);
            // The sign goes along: a carry of -1 is 2^32 - 1.
            carry = (limb as i32 >> BITS) as u32;
            difference[i] = limb & MASK;
            i += 1;
        }
        self.reduced(difference)
    }

    /// The product of two numbers in Montgomery form, in that form; of two others
    /// it is their product by 2^-261. One of them is below the modulus, the other
    /// below 2^261.
    pub(crate) const fn multiply(&self, a: &Number, b: &Number) -> Number {
        // Signed, because the primes are sums of a few powers, some of them taken
        // away: that is half of the work saved.
        let mut sums = [0_i64; 9];
        let mut round = 0;
        while round < 9 {
            let limb = a[round] as i64;
            each!(I => sums[I] += limb * b[I] as i64);
            let clears = ((sums[0] as u32).wrapping_mul(self.inverse) & MASK) as i64;
            match self.shape {
                Shape::Any => each!(I => sums[I] += clears * self.modulus[I] as i64),
                // 2^255 - 19
                Shape::Ed25519 => {
                    sums[0] -= 19 * clears;
                    sums[8] += clears << 23;
                }
                // 2^256 - 2^224 - 2^96 + 2^64 - 1
                Shape::Sm2 => {
                    sums[0] -= clears;
                    sums[2] += clears << 6;
                    sums[3] -= clears << 9;
                    sums[7] -= clears << 21;
                    sums[8] += clears << 24;
                }
            }
            let carry = sums[0] >> BITS;
            each!(I => sums[I] = if I < 8 { sums[(I + 1) % 9] } else { 0 });
            sums[0] += carry;
            round += 1;
        }
        let mut product = [0; 9];
        let mut carry = 0;
        let mut i = 0;
        while i < 9 {
            let limb = sums[i] + carry;
            carry = limb >> BITS;
            product[i] = limb as u32 & MASK;
            i += 1;
        }
        self.reduced(product)
    }

    /// A number below 2^261 in Montgomery form.
    pub(crate) const fn enter(&self, number: &Number) -> Number {
        self.multiply(&self.square, number)
    }

    /// 1 in Montgomery form.
    pub(crate) const fn one(&self) -> Number {
        let mut one = [0; 9];
        one[0] = 1;
        self.enter(&one)
    }

    /// A number in Montgomery form as it is.
    pub(crate) const fn leave(&self, number: &Number) -> Number {
        let mut one = [0; 9];
        one[0] = 1;
        self.multiply(number, &one)
    }

    /// The power of a number in Montgomery form; the exponent has its most
    /// significant byte first.
    pub(crate) fn power(&self, base: &Number, exponent: &[u8; 32]) -> Number {
        let mut power = self.one();
        for byte in exponent {
            for shift in (0..8).rev() {
                power = self.multiply(&power, &power);
                if byte >> shift & 1 == 1 {
                    power = self.multiply(&power, base);
                }
            }
        }
        power
    }

    /// The inverse of a number in Montgomery form modulo a prime; of 0 it is 0.
    pub(crate) fn inverse(&self, number: &Number) -> Number {
        // Fermat: a^(m - 2). No prime here ends in 0 or 1.
        let mut exponent = bytes(&self.modulus);
        exponent[31] -= 2;
        self.power(number, &exponent)
    }
}

/// The 32 bytes that 64 hexadecimal digits tell, for constants as standards
/// print them.
pub(crate) const fn hex(digits: &str) -> [u8; 32] {
    let digits = digits.as_bytes();
    let mut bytes = [0; 32];
    let mut place = 0;
    while place < 64 {
        let digit = digits[place];
        let value = if digit <= b'9' {
            digit - b'0'
        } else {
            digit - b'A' + 10
        };
        bytes[place / 2] = bytes[place / 2] << 4 | value;
        place += 1;
    }
    bytes
}
