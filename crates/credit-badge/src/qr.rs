//! 二维码: a text as a picture that a camera reads. A path and not a thousand
//! squares, so that a page with many stays light.

use std::fmt::{self, Write as _};

use qrcodegen::{QrCode, QrCodeEcc};

use crate::svg::escape;

/// Light modules around the code: ISO/IEC 18004 asks for four.
const QUIET: i32 = 4;

/// Pixels of a module in a picture that nobody sizes: on a phone's screen the
/// largest code that a pass needs is 400 px wide, and a camera at arm's length
/// tells its modules apart.
const MODULE_PX: i32 = 4;

/// A QR code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qr {
    /// Version 1 to 40: how many modules it has.
    pub version: u8,
    /// Modules of a side, the quiet ones on both ends included.
    pub side: i32,
    /// The dark modules, as path data on a grid of `side` by `side`.
    pub path: String,
}

/// A text that no QR code has room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong {
    /// Its bytes.
    pub found: usize,
}

impl Qr {
    /// The code of `text`, with error correction level M: 15 % of it may be
    /// scratched or dirty.
    ///
    /// # Errors
    /// [`TooLong`] for more than 2 331 bytes.
    pub fn of(text: &str) -> Result<Self, TooLong> {
        let code = QrCode::encode_text(text, QrCodeEcc::Medium);
        let code = code.map_err(|_| TooLong { found: text.len() })?;
        let width = code.size();
        let mut path = String::new();
        for y in 0..width {
            let mut x = 0;
            while x < width {
                let dark = |x| x < width && code.get_module(x, y);
                let length = (x..).take_while(|x| dark(*x)).count();
                if let Some(length) = i32::try_from(length).ok().filter(|length| *length > 0) {
                    let (left, top) = (x + QUIET, y + QUIET);
                    let _ = write!(path, "M{left} {top}h{length}v1h-{length}z");
                    x += length;
                } else {
                    x += 1;
                }
            }
        }
        Ok(Self {
            version: code.version().value(),
            side: width + 2 * QUIET,
            path,
        })
    }

    /// The code as a picture of its own, dark on white in every theme: cameras
    /// do not read the opposite reliably.
    #[must_use]
    pub fn to_svg(&self, title: &str) -> String {
        let (side, size) = (self.side, self.side * MODULE_PX);
        format!(
            concat!(
                r#"<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" "#,
                r#"viewBox="0 0 {side} {side}" role="img" shape-rendering="crispEdges">"#,
                "<title>{title}</title>",
                r##"<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{path}"/></svg>"##,
            ),
            size = size,
            side = side,
            title = escape(title),
            path = self.path,
        )
    }
}

impl fmt::Display for TooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} bytes are more than a QR code has room for",
            self.found
        )
    }
}

impl std::error::Error for TooLong {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_finders_and_its_quiet_zone() {
        let qr = Qr::of("https://credit.example.cn/verify#a.b.c").unwrap();
        assert_eq!(qr.side, 8 + 17 + 4 * i32::from(qr.version));
        assert!(qr.path.starts_with("M4 4h7v1h-7z"), "{}", qr.path);
        let svg = qr.to_svg("<扫码>");
        assert!(svg.contains("<title>&lt;扫码&gt;</title>"));
    }

    #[test]
    fn too_long_is_an_error() {
        assert!(Qr::of(&"a".repeat(2_331)).is_ok());
        assert_eq!(Qr::of(&"a".repeat(2_332)), Err(TooLong { found: 2_332 }));
    }
}
