//! Bodies of 本人查询: a natural person asks what is recorded about them.

use serde::{Deserialize, Serialize};

use crate::body::RecordItem;

/// `GET /v1/self-queries`: how things stand for who asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SelfStatus {
    /// What has to be agreed to before a query.
    pub consent: ConsentBody,
    /// Whether a session is open.
    pub signed_in: bool,
    /// Path at which people sign in; `null` where there is no need.
    pub login: Option<String>,
}

/// 查询授权书
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ConsentBody {
    /// Names the text that was agreed to.
    pub version: String,
    /// 简体中文, the one that counts.
    pub zh: String,
    /// English
    pub en: String,
}

/// What `POST /v1/self-queries` takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SelfQueryRequest {
    /// Version of the consent that was agreed to.
    #[cfg_attr(feature = "schema", schema(format = "consent"))]
    pub consent: String,
}

/// What it answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SelfQueryAnswer {
    /// 查询编号
    pub number: String,
    /// When it was asked.
    pub at: String,
    /// What is recorded.
    pub records: Vec<RecordItem>,
    /// There is more than is shown.
    pub is_cut: bool,
}
