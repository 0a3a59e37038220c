// The JSON of the time, over that of the browser.
window.JSON = {};
(function () {
  "use strict";
  Date.prototype.toJSON = function () { return isFinite(this.valueOf()) ? this.toISOString() : null; };
  String.prototype.toJSON = Number.prototype.toJSON = Boolean.prototype.toJSON = function () { return this.valueOf(); };
  function quote(text) { return '"' + text.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n") + '"'; }
  function str(value) {
    if (value && typeof value.toJSON === "function") value = value.toJSON("");
    if (typeof value === "string") return quote(value);
    if (typeof value !== "object" || value === null) return String(value);
    var parts = [];
    if (Object.prototype.toString.apply(value) === "[object Array]") {
      for (var i = 0; i < value.length; i += 1) parts[i] = str(value[i]) || "null";
      return "[" + parts.join(",") + "]";
    }
    for (var key in value) if (Object.hasOwnProperty.call(value, key)) parts.push(quote(key) + ":" + str(value[key]));
    return "{" + parts.join(",") + "}";
  }
  JSON.stringify = function (value) { return str(value); };
  JSON.parse = function (text) {
    text = String(text);
    if (/^[\],:{}\s]*$/.test(text.replace(/\\(?:["\\\/bfnrt]|u[0-9a-fA-F]{4})/g, "@").replace(/"[^"\\\n\r]*"|true|false|null|-?\d+(?:\.\d*)?(?:[eE][+\-]?\d+)?/g, "]").replace(/(?:^|:|,)(?:\s*\[)+/g, ""))) return eval("(" + text + ")");
    throw new SyntaxError("JSON.parse");
  };
})();
