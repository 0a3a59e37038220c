//! `credit-lookup check`

use std::fmt;
use std::fs::File;
use std::io::{self, ErrorKind, IsTerminal as _, Read, Write};
use std::path::Path;
use std::process::ExitCode;

use credit_core::date::Date;
use credit_core::identifier::check::{
    Report, Verdict, characters, each_verdict, lines, report_bytes, report_too_long, verdict,
};
use credit_core::identifier::{ErrorCode, Kind};
use credit_core::json::Value;
use credit_core::limits::IDENTIFIER_MAX_BYTES;
use indicatif::ProgressDrawTarget;

use super::CommandError;
use crate::cli::{Check, CheckFormat};
use crate::input::{Block, LineBlocks, WithoutBom};
use crate::{clock, terminal};

/// Bytes read at a time. Lines that do not fit are longer than any identifier
/// and are passed through in pieces, so that memory never depends on the input.
const BLOCK: usize = 1 << 16;

pub(super) fn run(arguments: &Check) -> Result<ExitCode, CommandError> {
    let (input, bytes): (Box<dyn Read>, _) = if arguments.file == Path::new("-") {
        (Box::new(io::stdin().lock()), None)
    } else {
        let named = |error| format!("{}: {error}", arguments.file.display());
        let file = File::open(&arguments.file).map_err(named)?;
        let bytes = file.metadata()?.len();
        (Box::new(file), Some(bytes))
    };
    let output = io::stdout().lock();
    let bar = terminal::progress(bytes);
    if output.is_terminal() {
        // The answers run past on the same screen.
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    let mut answers = Answers {
        kinds: &arguments.kind,
        format: arguments.format,
        today: clock::now().date_in_china(),
        buffer: Vec::with_capacity(BLOCK + BLOCK / 2),
        counts: Counts::default(),
    };
    let done = answers.stream(bar.wrap_read(input), output);
    bar.finish_and_clear();
    match done {
        // Whoever reads the answers has seen enough, as `head` has.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => return Ok(ExitCode::from(2)),
        done => done.map_err(|error| format!("{}: {error}", arguments.file.display()))?,
    }
    terminal::remark(&answers.counts);
    Ok(if answers.counts.errors == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}

/// How many lines were what.
#[derive(Debug, Default)]
struct Counts {
    ok: u64,
    warnings: u64,
    errors: u64,
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            ok,
            warnings,
            errors,
        } = self;
        let lines = ok + warnings + errors;
        write!(
            f,
            "{lines} lines: {ok} ok, {warnings} with warnings, {errors} wrong"
        )
    }
}

/// What is kept of a line that does not fit into a block.
#[derive(Debug, Default)]
struct LongLine {
    begin: Vec<u8>,
    characters: usize,
}

impl LongLine {
    fn add(&mut self, piece: &[u8]) {
        let room = IDENTIFIER_MAX_BYTES.saturating_sub(self.begin.len());
        let piece_begin = &piece[..room.min(piece.len())];
        self.begin.extend_from_slice(piece_begin);
        self.characters += characters(piece);
    }
}

struct Answers<'a> {
    kinds: &'a [Kind],
    format: CheckFormat,
    today: Date,
    /// What is to be written next.
    buffer: Vec<u8>,
    counts: Counts,
}

impl Answers<'_> {
    /// Answers every line of `input`, in its order.
    fn stream(&mut self, input: impl Read, mut output: impl Write) -> io::Result<()> {
        let mut blocks = LineBlocks::new(WithoutBom::new(input), BLOCK);
        let mut long = LongLine::default();
        while let Some(block) = blocks.next()? {
            match block {
                Block::Lines(lines) => self.answer(lines),
                Block::Piece(piece) => {
                    if self.format == CheckFormat::Tsv {
                        self.buffer.extend_from_slice(piece);
                    }
                    long.add(piece);
                }
                Block::LineEnd => self.answer_long(&std::mem::take(&mut long)),
            }
            output.write_all(&self.buffer)?;
            self.buffer.clear();
        }
        output.flush()
    }

    /// Answers the whole lines of `text`.
    fn answer(&mut self, text: &[u8]) {
        match (self.format, self.kinds) {
            (CheckFormat::Tsv, [kind]) => {
                each_verdict(*kind, text, self.today, |line, verdict| {
                    self.buffer.extend_from_slice(line);
                    self.buffer.push(b'\t');
                    self.end_line(verdict);
                });
            }
            _ => lines(text).for_each(|line| self.answer_one(line)),
        }
    }

    fn answer_one(&mut self, line: &[u8]) {
        let (kind, verdict) = self.best(line);
        match self.format {
            CheckFormat::Tsv => {
                self.buffer.extend_from_slice(line);
                let _ = write!(self.buffer, "\t{verdict}\t{kind}");
                self.end_line_counted(verdict);
            }
            CheckFormat::Jsonl => {
                let report = report_bytes(kind, line, self.today);
                self.write_report(line, &report, verdict);
            }
        }
    }

    /// The kind that the line is, with its verdict: the first that finds
    /// nothing odd, else the first that takes it, else the one whose check came
    /// farthest.
    fn best(&self, line: &[u8]) -> (Kind, Verdict) {
        let rank = |verdict: Verdict| match verdict {
            Verdict::Ok => (2, None),
            Verdict::Warn(_) => (1, None),
            Verdict::Error(code) => (0, Some(code)),
        };
        let mut best = None;
        for kind in self.kinds {
            let verdict = verdict(*kind, line, self.today);
            if best.is_none_or(|(_, known)| rank(verdict) > rank(known)) {
                best = Some((*kind, verdict));
            }
        }
        best.unwrap_or((Kind::Uscc, Verdict::Error(ErrorCode::Length)))
    }

    /// Answers a line of which the text itself went by.
    fn answer_long(&mut self, line: &LongLine) {
        let first = self.kinds.first().copied().unwrap_or(Kind::Uscc);
        let verdict = Verdict::Error(ErrorCode::Length);
        match (self.format, self.kinds) {
            (CheckFormat::Jsonl, _) => {
                let report = report_too_long(first, line.characters);
                self.write_report(&line.begin, &report, verdict);
            }
            (CheckFormat::Tsv, [_]) => {
                self.buffer.push(b'\t');
                self.end_line(verdict);
            }
            (CheckFormat::Tsv, _) => {
                let _ = write!(self.buffer, "\t{verdict}\t{first}");
                self.end_line_counted(verdict);
            }
        }
    }

    /// Writes an object. Of a text that is too long to be looked at only the
    /// beginning is repeated.
    fn write_report(&mut self, line: &[u8], report: &Report, verdict: Verdict) {
        let shown = &line[..line.len().min(IDENTIFIER_MAX_BYTES)];
        let input = Value::text(String::from_utf8_lossy(shown));
        let mut members = vec![("input".to_owned(), input)];
        if let Value::Object(report) = report.to_json() {
            members.extend(report);
        }
        let _ = write!(self.buffer, "{}", Value::Object(members));
        self.end_line_counted(verdict);
    }

    fn end_line(&mut self, verdict: Verdict) {
        if verdict == Verdict::Ok {
            self.buffer.extend_from_slice(b"ok");
        } else {
            let _ = write!(self.buffer, "{verdict}");
        }
        self.end_line_counted(verdict);
    }

    fn end_line_counted(&mut self, verdict: Verdict) {
        self.buffer.push(b'\n');
        match verdict {
            Verdict::Ok => self.counts.ok += 1,
            Verdict::Warn(_) => self.counts.warnings += 1,
            Verdict::Error(_) => self.counts.errors += 1,
        }
    }
}
