//! 本人查询: what is recorded about the person who asks. It works on the
//! server's own pages only, and keeps nothing on the device.

mod records;
mod reply;
mod view;

use credit_api::path;
use credit_api::self_query::{ConsentBody, SelfQueryAnswer, SelfQueryRequest, SelfStatus};
use credit_client::{own_get, own_post};
use credit_core::lang::Lang;
use credit_element::attributes::Common;
use credit_element::state::State;
use web_sys::HtmlElement;
use yew::prelude::*;

use self::reply::{Trouble, read, settled, written};
use crate::piece::{Context, Piece};

/// Status of a query without a session.
const SIGNED_OUT: u16 = 401;

/// Statuses of a query that agrees to a text which is no longer the current
/// one: nothing else can be wrong with what this element sends.
const OTHER_CONSENT: [u16; 2] = [400, 409];

/// The person's window.
pub(crate) struct Own {
    stage: Stage,
    notice: Notice,
    /// 已阅读并同意
    agreed: bool,
    /// What was last asked for, and is asked for again after a failure.
    last: Request,
    /// Counts up with every request; answers to older ones are dropped.
    round: u32,
    heading: NodeRef,
    /// The keyboard should go to the heading after the next paint.
    to_heading: bool,
}

/// How far it has come.
enum Stage {
    /// On a page of somebody else.
    Foreign,
    /// Nothing is known yet.
    Unknown,
    /// Nobody is signed in; path of where to.
    SignedOut(Option<String>),
    /// Signed in, to be agreed to.
    Consent(ConsentBody),
    /// Asked.
    Answered(SelfQueryAnswer),
}

/// What is said beside that.
#[derive(PartialEq)]
enum Notice {
    /// Nothing.
    None,
    /// An answer is on its way.
    Waiting,
    /// The button was pressed before anything was agreed to.
    NotAgreed,
    /// The session ended by itself.
    Ended,
    /// The session was ended.
    Left,
    /// The text to be agreed to is another now.
    OtherConsent,
    /// What was last asked for came to nothing.
    Failed(Trouble),
}

/// What the server can be asked for.
#[derive(Clone, Copy)]
enum Request {
    /// How things stand.
    Status,
    /// What is recorded.
    Records,
    /// The end of the session.
    Leave,
}

/// What can happen.
pub(crate) enum Message {
    /// The box was ticked, or unticked.
    Agree(bool),
    /// The records are wanted.
    Ask,
    /// The session is to end.
    Leave,
    /// What failed is wanted again.
    Again,
    /// The answer to request `round`.
    Told(u32, Told),
}

/// What the server answered.
pub(crate) enum Told {
    /// How things stand.
    Status(Result<SelfStatus, Trouble>),
    /// What is recorded.
    Records(Result<SelfQueryAnswer, Trouble>),
    /// The session has ended.
    Left(Result<(), Trouble>),
}

impl Piece for Own {
    type Message = Message;
    type Options = Common;

    fn create(context: &Context<Self>) -> Self {
        let mut own = Self {
            stage: Stage::Unknown,
            notice: Notice::None,
            agreed: false,
            last: Request::Status,
            round: 0,
            heading: NodeRef::default(),
            to_heading: false,
        };
        own.begin(context);
        own
    }

    fn changed(&mut self, context: &Context<Self>, old: &Common) -> bool {
        if context.props().options.api != old.api {
            self.begin(context);
        }
        true
    }

    fn update(&mut self, context: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Told(round, _) if round != self.round => return false,
            Message::Told(_, told) => self.told(context, told),
            Message::Agree(agreed) => {
                self.agreed = agreed;
                if self.notice != Notice::Waiting {
                    self.notice = Notice::None;
                }
            }
            // What is on its way comes first.
            _ if self.notice == Notice::Waiting => return false,
            Message::Ask if !self.agreed => self.notice = Notice::NotAgreed,
            Message::Ask => self.send(context, Request::Records),
            Message::Leave => self.send(context, Request::Leave),
            Message::Again => {
                // The button that was pressed is about to go.
                self.to_heading = true;
                self.send(context, self.last);
            }
        }
        true
    }

    fn view(&self, context: &Context<Self>) -> Html {
        self::view::window(self, context)
    }

    fn rendered(&mut self, _: &Context<Self>) {
        if std::mem::take(&mut self.to_heading)
            && let Some(heading) = self.heading.cast::<HtmlElement>()
        {
            let _ = heading.focus();
        }
    }
}

impl Own {
    /// Finds out how things stand.
    fn begin(&mut self, context: &Context<Self>) {
        self.agreed = false;
        if is_own(&api(context)) {
            self.stage = Stage::Unknown;
            self.send(context, Request::Status);
            return;
        }
        // Whatever was asked for has no more say.
        self.round = self.round.wrapping_add(1);
        self.stage = Stage::Foreign;
        self.notice = Notice::None;
        let host = context.props().host;
        host.set_state(State::Blocked);
        host.error("origin", self::view::FOREIGN.in_lang(lang(context)));
    }

    fn send(&mut self, context: &Context<Self>, request: Request) {
        self.round = self.round.wrapping_add(1);
        self.last = request;
        self.notice = Notice::Waiting;
        context.props().host.set_state(State::Loading);
        let (round, api, lang) = (self.round, api(context), lang(context));
        let consent = match &self.stage {
            Stage::Consent(consent) => consent.version.clone(),
            _ => String::new(),
        };
        let link = context.link().clone();
        let tell = move |told| link.send_message(Message::Told(round, told));
        let queries = [api.as_str(), path::SELF_QUERIES].concat();
        match request {
            Request::Status => {
                own_get(&queries, lang, move |reply| tell(Told::Status(read(reply))));
            }
            Request::Records => {
                let body = written(&SelfQueryRequest { consent });
                own_post(&queries, lang, &body, move |reply| {
                    tell(Told::Records(read(reply)));
                });
            }
            Request::Leave => {
                let url = [api.as_str(), path::SELF_LOGOUT].concat();
                own_post(&url, lang, "{}", move |reply| {
                    tell(Told::Left(settled(reply).map(|_| ())));
                });
            }
        }
    }

    fn told(&mut self, context: &Context<Self>, told: Told) {
        match told {
            Told::Status(Ok(status)) => {
                let stage = if status.signed_in {
                    Stage::Consent(status.consent)
                } else {
                    Stage::SignedOut(status.login)
                };
                // The reason for which it was asked anew stays to be read.
                let notice = match self.notice {
                    Notice::OtherConsent => Notice::OtherConsent,
                    _ => Notice::None,
                };
                self.come(context, stage, notice);
            }
            Told::Records(Ok(answer)) => {
                self.to_heading = true;
                self.come(context, Stage::Answered(answer), Notice::None);
            }
            Told::Records(Err(trouble)) if trouble.status == SIGNED_OUT => {
                self.to_heading = true;
                self.come(context, Stage::SignedOut(None), Notice::Ended);
            }
            Told::Records(Err(trouble)) if OTHER_CONSENT.contains(&trouble.status) => {
                self.to_heading = true;
                self.begin(context);
                self.notice = Notice::OtherConsent;
            }
            Told::Left(Err(trouble)) if trouble.status != SIGNED_OUT => {
                self.fail(context, trouble);
            }
            Told::Left(_) => {
                self.to_heading = true;
                self.come(context, Stage::SignedOut(None), Notice::Left);
            }
            Told::Status(Err(trouble)) | Told::Records(Err(trouble)) => {
                self.fail(context, trouble);
            }
        }
    }

    fn come(&mut self, context: &Context<Self>, stage: Stage, notice: Notice) {
        self.stage = stage;
        self.notice = notice;
        self.agreed = false;
        let host = context.props().host;
        host.set_state(State::Ready);
        host.ready();
    }

    fn fail(&mut self, context: &Context<Self>, trouble: Trouble) {
        let host = context.props().host;
        host.fail(&trouble.code, &trouble.text(lang(context)));
        self.notice = Notice::Failed(trouble);
    }
}

fn lang(context: &Context<Own>) -> Lang {
    context.props().lang()
}

/// Base address of the server that is asked.
fn api(context: &Context<Own>) -> String {
    context.props().url("")
}

/// Whether this page is one of the server at `api`.
fn is_own(api: &str) -> bool {
    let page = web_sys::window().and_then(|window| window.location().origin().ok());
    let server = web_sys::Url::new(api).ok().map(|url| url.origin());
    page.is_some() && page == server
}
