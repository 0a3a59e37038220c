// A form of one field, as SurveyJS makes it.
import "survey-core/survey-core.css";
import { Model } from "survey-core";
import "survey-js-ui";

const survey = new Model({
  textUpdateMode: "onTyping",
  elements: [{ type: "text", name: "q", title: "企业名称或统一社会信用代码" }],
});
survey.onValueChanged.add((_, { value }) => dispatchEvent(new CustomEvent("taken", { detail: value })));
survey.render(document.getElementById("form"));
