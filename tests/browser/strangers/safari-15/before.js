// Safari has the class, and nobody may make one of it.
(function () {
  var real = CSSStyleSheet;
  window.CSSStyleSheet = function CSSStyleSheet() { throw new TypeError("Illegal constructor"); };
  window.CSSStyleSheet.prototype = real.prototype;
})();
