// What pages of 2011 use of jQuery 1.
(function (window) {
  var old = window.$, oldQuery = window.jQuery, ready = [], document = window.document;
  function jQuery(what, context) { return new jQuery.fn.init(what, context); }
  jQuery.fn = jQuery.prototype = {
    length: 0, jquery: "1.4.2",
    init: function (what, context) {
      if (typeof what === "function") { ready.push(what); return; }
      var found = typeof what === "string" ? (context || document).querySelectorAll(what) : [what];
      for (var i = 0; i < found.length; i++) this[i] = found[i];
      this.length = found.length;
    },
    each: function (act) { return jQuery.each(this, act), this; },
    html: function (html) { return this.each(function () { this.innerHTML = html; }); },
    text: function () { var all = ""; this.each(function () { all += this.textContent; }); return all; },
    bind: function (type, act) { return this.each(function () { this.addEventListener(type, act, false); }); }
  };
  jQuery.fn.init.prototype = jQuery.fn;
  jQuery.each = function (all, act) { for (var i = 0; i < all.length; i++) if (act.call(all[i], i, all[i]) === false) break; };
  jQuery.parseJSON = function (text) { return window.JSON.parse(text); };
  jQuery.noConflict = function (deep) { window.$ = old; if (deep) window.jQuery = oldQuery; return jQuery; };
  document.addEventListener("DOMContentLoaded", function () { for (var i = 0; i < ready.length; i++) ready[i](jQuery); }, false);
  window.jQuery = window.$ = jQuery;
  window.jq = jQuery.noConflict();
})(window);
