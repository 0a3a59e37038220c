use std::io::Write as _;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use proptest::prelude::*;

use super::*;

/// A ZIP of parts, deflated where their name does not say that they are stored.
fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut file, mut directory) = (Vec::new(), Vec::new());
    for (name, data) in parts {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(data).unwrap();
        let packed = encoder.finish().unwrap();
        let mut crc = flate2::Crc::new();
        crc.update(data);
        let begin = u32::try_from(file.len()).unwrap();
        let mut common = Vec::new();
        common.extend(20_u16.to_le_bytes());
        common.extend(0_u16.to_le_bytes());
        common.extend(8_u16.to_le_bytes());
        common.extend([0; 4]);
        common.extend(crc.sum().to_le_bytes());
        common.extend(u32::try_from(packed.len()).unwrap().to_le_bytes());
        // The size that it has unpacked is not believed.
        common.extend(7_u32.to_le_bytes());
        common.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        common.extend(0_u16.to_le_bytes());
        file.extend(b"PK\x03\x04");
        file.extend(&common);
        file.extend(name.as_bytes());
        file.extend(packed);
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&common);
        directory.extend([0; 10]);
        directory.extend(begin.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let count = u16::try_from(parts.len()).unwrap();
    let begin = u32::try_from(file.len()).unwrap();
    let length = u32::try_from(directory.len()).unwrap();
    file.extend(directory);
    file.extend(b"PK\x05\x06\0\0\0\0");
    file.extend(count.to_le_bytes());
    file.extend(count.to_le_bytes());
    file.extend(length.to_le_bytes());
    file.extend(begin.to_le_bytes());
    file.extend([0, 0]);
    file
}

const WORKBOOK: &[u8] = br#"<?xml version="1.0"?><workbook xmlns:r="r"><workbookPr/><sheets><sheet name="a" sheetId="1" r:id="rId3"/></sheets></workbook>"#;
const RELATIONS: &[u8] = br#"<Relationships><Relationship Id="rId3" Type="x/worksheet" Target="/xl/worksheets/Sheet9.xml"/></Relationships>"#;
const STYLES: &[u8] = br#"<styleSheet><numFmts><numFmt numFmtId="176" formatCode="yyyy\-mm\-dd"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="176"/><xf numFmtId="31"><alignment/></xf></cellXfs></styleSheet>"#;

fn book(strings: &str, rows: &str) -> Vec<u8> {
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData><x/></worksheet>");
    zip(&[
        ("xl/workbook.xml", WORKBOOK),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl\\SharedStrings.xml", strings.as_bytes()),
        ("xl/styles.xml", STYLES),
        ("xl/worksheets/sheet9.xml", sheet.as_bytes()),
    ])
}

fn read(file: Vec<u8>) -> Result<Vec<String>, WorkbookError> {
    let mut workbook = Workbook::open(file)?;
    let mut rows = Vec::new();
    loop {
        match workbook.step()? {
            Step::Row(row) => rows.push(row.iter().collect::<Vec<_>>().join("|")),
            Step::Working => {}
            Step::End => return Ok(rows),
        }
    }
}

#[test]
fn cells_of_every_kind_are_read() {
    let strings = "<sst><si><t>名称</t></si><si><r><t>a&amp;</t></r><r><t>b&#x4e2d;_x000D_</t></r>\
                   <rPh><t>no</t></rPh></si><si/></sst>";
    let rows = r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>行内</t></is></c><c t="str"><f>1&lt;2</f><v>&lt;x&gt;</v></c></row>
        <row r="2"/><row r="3"><c r="A3"/><c r="B3" s="1"><v></v></c></row>
        <row><c s="1"><v>45425</v></c><c s="2"><v>45425.5</v></c><c><v>91120102</v></c></row>
        <row><c r="B9" t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c t="d"><v>2024-05-13</v></c></row>
        <row><c r="A7" t="s"><v>2</v></c><c><v>120102199001010013</v></c></row>"#;
    assert_eq!(
        read(book(strings, rows)).unwrap(),
        [
            "名称|a&b中\r|行内|<x>",
            "2024-05-13|2024-05-13|91120102|",
            "|true|#N/A|2024-05-13",
            "|1.2010219900101e17||",
        ]
    );
    assert_eq!(read(book("<sst/>", "")).unwrap(), Vec::<String>::new());
}

#[test]
fn what_is_beyond_the_limits_ends_in_an_error() {
    let fails = |file: Vec<u8>, code: &str| {
        let error = read(file).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
    };
    let rows = |rows: &str| book("<sst/>", rows);
    fails(
        rows("<row><c r=\"ALM1\"><v>1</v></c></row>"),
        "workbook-limits",
    );
    fails(rows("<row><c r=\"9\"><v>1</v></c></row>"), "workbook");
    fails(rows("<row><c t=\"s\"><v>0</v></c></row>"), "workbook");
    fails(rows("<row><c><v>1</v></c></row>&lol;</row>"), "workbook");
    fails(rows("<row><c t=\"str\"><v>&lol;</v></c></row>"), "workbook");
    fails(rows("<row><c><v>1</w></c></row>"), "workbook");
    fails(rows(&"<a>".repeat(100)), "workbook-limits");
    // One text, and one tag, of five megabytes; a cell in many pieces.
    fails(
        rows(&format!("<row><c><v>{}", "1".repeat(5 << 20))),
        "workbook-limits",
    );
    fails(
        rows(&format!("<row a=\"{}", "1".repeat(5 << 20))),
        "workbook-limits",
    );
    let pieces = "&amp;".repeat(2 << 20);
    let pieces = format!("<row><c t=\"str\"><v>{pieces}</v></c></row>");
    fails(rows(&pieces), "workbook-limits");
    // Shared texts that are nothing, many times.
    let strings = format!(
        "<sst>{}</sst>",
        "<si/>".repeat((256 << 20) / size_of::<usize>() + 9)
    );
    fails(book(&strings, ""), "workbook-limits");
    let entities = "<!DOCTYPE sst [<!ENTITY a \"b\">]><sst><si><t>&a;</t></si></sst>";
    fails(book(entities, ""), "workbook");
    fails(b"PK\x03\x04".to_vec(), "workbook");
    fails(zip(&[("a.txt", b"a")]), "workbook");
    fails(zip(&[("xl/workbook.xml", WORKBOOK)]), "workbook");
}

#[test]
fn damage_is_found_out() {
    let whole = book("<sst/>", "<row><c><v>1</v></c></row>");
    assert!(read(whole.clone()).is_ok());
    for end in 0..whole.len() {
        let _ = read(whole[..end].to_vec()).unwrap_err();
    }
    let place = whole
        .windows(4)
        .position(|found| found == b"Shee")
        .unwrap_or_default();
    for at in place..whole.len() {
        let mut changed = whole.clone();
        changed[at] ^= 0x10;
        let _ = read(changed);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn whatever_is_changed_ends(at in 0..2_000_usize, byte: u8, more: Vec<u8>) {
        let mut file = book("<sst><si><t>a</t></si></sst>", "<row><c t=\"s\"><v>0</v></c></row>");
        let length = file.len();
        file[at % length] = byte;
        let _ = read(file.clone());
        let half = file.len() / 2;
        file.splice(half..half, more);
        let _ = read(file);
    }
}
