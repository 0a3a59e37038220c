//! Markup, and the code that it becomes.

use proc_macro::{Delimiter, Group, Span, TokenStream, TokenTree};

/// Elements whose value is what somebody types: Yew's own macro sets it as it has
/// to be set.
const TYPED: [&str; 2] = ["input", "textarea"];

/// Markup that is none.
pub(crate) struct Wrong {
    pub(crate) at: Span,
    pub(crate) said: String,
}

/// Steps and arguments so far. A step is a line: its first character says what it
/// does (`credit_parts::markup`).
#[derive(Default)]
struct Written {
    steps: String,
    arguments: Vec<String>,
    /// Expressions by place in `arguments`, put in at the end with their spans.
    expressions: Vec<TokenStream>,
}

struct Reader {
    tokens: Vec<TokenTree>,
    at: usize,
}

/// The code that builds what `input` says.
pub(crate) fn written(input: TokenStream) -> Result<TokenStream, Wrong> {
    let mut reader = Reader {
        tokens: input.into_iter().collect(),
        at: 0,
    };
    let mut written = Written::default();
    while reader.peek().is_some() {
        reader.child(&mut written)?;
    }
    Ok(written.code())
}

impl Written {
    fn step(&mut self, sign: char, said: &str) {
        self.steps.push(sign);
        self.steps.push_str(said);
        self.steps.push('\n');
    }

    /// An argument that a function of `credit_parts::markup` makes of `expression`.
    fn argument(&mut self, function: &str, expression: TokenStream) {
        self.arguments.push(function.to_owned());
        self.expressions.push(expression);
    }

    fn code(self) -> TokenStream {
        let path = |name: &str| -> TokenStream {
            format!("::credit_parts::markup::{name}")
                .parse()
                .unwrap_or_default()
        };
        let mut arguments = TokenStream::new();
        for (function, expression) in self.arguments.iter().zip(self.expressions) {
            match function.as_str() {
                "" => arguments.extend(expression),
                function => {
                    arguments.extend(path(function));
                    arguments.extend([grouped(Delimiter::Parenthesis, expression)]);
                }
            }
            arguments.extend(TokenStream::from_iter(",".parse::<TokenStream>()));
        }
        let mut given = TokenStream::new();
        given.extend([TokenTree::from(proc_macro::Literal::string(&self.steps))]);
        given.extend(TokenStream::from_iter(", &mut".parse::<TokenStream>()));
        given.extend([grouped(Delimiter::Bracket, arguments)]);
        let mut code = path("fill");
        code.extend([grouped(Delimiter::Parenthesis, given)]);
        code
    }
}

fn grouped(delimiter: Delimiter, stream: TokenStream) -> TokenTree {
    Group::new(delimiter, stream).into()
}

impl Reader {
    fn peek(&self) -> Option<&TokenTree> {
        self.tokens.get(self.at)
    }

    fn is(&self, ahead: usize, sign: char) -> bool {
        matches!(self.tokens.get(self.at + ahead), Some(TokenTree::Punct(found)) if found.as_char() == sign)
    }

    fn wrong<T>(&self, said: &str) -> Result<T, Wrong> {
        let token = self.peek().or_else(|| self.tokens.last());
        Err(Wrong {
            at: token.map_or_else(Span::call_site, TokenTree::span),
            said: said.to_owned(),
        })
    }

    fn take(&mut self, sign: char) -> Result<(), Wrong> {
        if !self.is(0, sign) {
            return self.wrong(&format!("expected '{sign}'"));
        }
        self.at += 1;
        Ok(())
    }

    /// A name with dashes or colons in it.
    fn name(&mut self) -> Result<String, Wrong> {
        let mut name = String::new();
        loop {
            match self.peek() {
                Some(TokenTree::Ident(ident)) => name.push_str(&ident.to_string()),
                _ => return self.wrong("expected a name"),
            }
            self.at += 1;
            if !self.is(0, '-') {
                return Ok(name);
            }
            name.push('-');
            self.at += 1;
        }
    }

    /// The content of a brace, if the next token is one.
    fn brace(&mut self) -> Option<TokenStream> {
        match self.peek() {
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                let stream = group.stream();
                self.at += 1;
                Some(stream)
            }
            _ => None,
        }
    }

    fn child(&mut self, written: &mut Written) -> Result<(), Wrong> {
        if self.is(0, '<') {
            return self.element(written);
        }
        if let Some(stream) = self.brace() {
            let mut inner = stream.clone().into_iter();
            match inner.next() {
                Some(TokenTree::Ident(ident)) if ident.to_string() == "for" => {
                    written.step('$', "");
                    written.argument("each", inner.collect());
                }
                _ => {
                    written.step('$', "");
                    written.argument("child", stream);
                }
            }
            return Ok(());
        }
        match self.peek() {
            Some(TokenTree::Ident(ident)) if ident.to_string() == "if" => {
                let condition = self.condition()?;
                written.step('$', "");
                written.argument("child", condition);
                Ok(())
            }
            Some(TokenTree::Literal(literal)) => {
                let stream = TokenTree::from(literal.clone()).into();
                self.at += 1;
                written.step('$', "");
                written.argument("child", stream);
                Ok(())
            }
            _ => self.wrong("expected an element, a brace or a text"),
        }
    }

    /// `if … { markup } else { markup }` as an expression.
    fn condition(&mut self) -> Result<TokenStream, Wrong> {
        let mut code = TokenStream::new();
        loop {
            let Some(token) = self.peek().cloned() else {
                return self.wrong("expected a brace behind the condition");
            };
            if let Some(body) = self.brace() {
                let markup = self::written(body)?;
                code.extend([grouped(Delimiter::Brace, markup)]);
                break;
            }
            code.extend([token]);
            self.at += 1;
        }
        match self.peek() {
            Some(TokenTree::Ident(ident)) if ident.to_string() == "else" => {
                code.extend(self.peek().cloned());
                self.at += 1;
                let rest = match self.brace() {
                    Some(body) => self::written(body)?,
                    None => self.condition()?,
                };
                code.extend([grouped(Delimiter::Brace, rest)]);
            }
            _ => code.extend("else { ::yew::Html::default() }".parse::<TokenStream>()),
        }
        Ok(code)
    }

    fn element(&mut self, written: &mut Written) -> Result<(), Wrong> {
        let begin = self.at;
        self.take('<')?;
        if self.is(0, '>') {
            // A fragment: its children stand where it stands.
            self.at += 1;
            return self.children(written);
        }
        let name = self.name()?;
        let is_component = name.starts_with(|first: char| first.is_ascii_uppercase());
        if is_component || TYPED.contains(&name.as_str()) {
            self.at = begin;
            let tokens = self.skip()?;
            let mut code: TokenStream = "::yew::html!".parse().unwrap_or_default();
            code.extend([grouped(Delimiter::Brace, tokens)]);
            written.step('$', "");
            written.argument("child", code);
            return Ok(());
        }
        written.step('<', &name);
        loop {
            if self.is(0, '/') {
                self.at += 1;
                self.take('>')?;
                break;
            }
            if self.is(0, '>') {
                self.at += 1;
                self.children(written)?;
                break;
            }
            self.attribute(written)?;
        }
        written.step('>', "");
        Ok(())
    }

    fn attribute(&mut self, written: &mut Written) -> Result<(), Wrong> {
        // `~name={…}` is set as a property.
        let is_property = self.is(0, '~');
        self.at += usize::from(is_property);
        // `{name}` is `name={name}`.
        let (name, value) = if let Some(stream) = self.brace() {
            (stream.to_string(), stream)
        } else {
            let name = self.name()?;
            self.take('=')?;
            if let Some(stream) = self.brace() {
                (name, stream)
            } else if let Some(TokenTree::Literal(literal)) = self.peek() {
                let text = literal.to_string();
                let text = text
                    .strip_prefix('"')
                    .and_then(|text| text.strip_suffix('"'));
                let Some(text) = text.filter(|text| !text.contains(['\\', '\n'])) else {
                    return self.wrong("expected a plain text");
                };
                let step = [name.as_str(), " ", text].concat();
                self.at += 1;
                match name.as_str() {
                    "key" => written.step('k', text),
                    _ => written.step('=', &step),
                }
                return Ok(());
            } else {
                return self.wrong("expected a text or a brace");
            }
        };
        match name.as_str() {
            name if is_property => {
                written.step('~', name);
                written.argument("value", value);
            }
            "key" => {
                written.step('*', "");
                written.argument("key", value);
            }
            "ref" => {
                written.step('&', "");
                written.argument("found", value);
            }
            event if event.starts_with("on") => {
                written.step('!', "");
                let mut inner: TokenStream = format!("::yew::html::{event}::Wrapper::__macro_new")
                    .parse()
                    .unwrap_or_default();
                inner.extend([grouped(Delimiter::Parenthesis, value)]);
                written.argument("heard", inner);
            }
            name => {
                written.step('@', name);
                written.argument("value", value);
            }
        }
        Ok(())
    }

    /// Children up to the end of the element, and that end.
    fn children(&mut self, written: &mut Written) -> Result<(), Wrong> {
        loop {
            if self.is(0, '<') && self.is(1, '/') {
                self.at += 2;
                if !self.is(0, '>') {
                    self.name()?;
                }
                return self.take('>');
            }
            if self.peek().is_none() {
                return self.wrong("an element has no end");
            }
            self.child(written)?;
        }
    }

    /// The tokens of an element with all that is in it.
    fn skip(&mut self) -> Result<TokenStream, Wrong> {
        let begin = self.at;
        let mut depth = 0_usize;
        loop {
            if self.is(0, '<') {
                if self.is(1, '/') {
                    depth -= 1;
                    while !self.is(0, '>') {
                        self.at += 1;
                    }
                } else {
                    depth += 1;
                }
            } else if self.is(0, '/') && self.is(1, '>') {
                depth -= 1;
                self.at += 1;
            }
            if self.peek().is_none() {
                return self.wrong("an element has no end");
            }
            self.at += 1;
            if depth == 0 {
                return Ok(self.tokens[begin..self.at].iter().cloned().collect());
            }
        }
    }
}
