// What Prototype 1.6 does to a page, in its own way and order: whatever it adds to
// prototypes shows up in for-in, and methods of the same name as today's are others.
var Prototype = { Version: "1.6.0.3", emptyFunction: function () {}, K: function (x) { return x; } };
Object.extend = function (destination, source) {
  for (var property in source) destination[property] = source[property];
  return destination;
};
var $break = {};
function $A(iterable) {
  if (!iterable) return [];
  if (iterable.toArray) return iterable.toArray();
  var length = iterable.length || 0, results = new Array(length);
  while (length--) results[length] = iterable[length];
  return results;
}
Array.from = $A;
Object.extend(Object, {
  keys: function (object) { var keys = []; for (var property in object) keys.push(property); return keys; },
  values: function (object) { var values = []; for (var property in object) values.push(object[property]); return values; },
  clone: function (object) { return Object.extend({}, object); },
  isElement: function (object) { return !!(object && object.nodeType == 1); },
  isArray: function (object) { return object != null && typeof object == "object" && "splice" in object && "join" in object; },
  isString: function (object) { return typeof object == "string"; },
  isUndefined: function (object) { return typeof object == "undefined"; },
  toJSON: function (object) { return object && object.toJSON ? object.toJSON() : String(object); }
});
Object.extend(Function.prototype, {
  argumentNames: function () { return this.toString().match(/^[\s(]*function[^(]*\(([^)]*)\)/)[1].split(/\s*,\s*/); },
  bind: function () {
    if (arguments.length < 2 && Object.isUndefined(arguments[0])) return this;
    var method = this, args = $A(arguments), object = args.shift();
    return function () { return method.apply(object, args.concat($A(arguments))); };
  },
  curry: function () { var method = this, args = $A(arguments); return function () { return method.apply(this, args.concat($A(arguments))); }; },
  defer: function () { var method = this; return window.setTimeout(function () { method.apply(method); }, 10); },
  wrap: function (wrapper) { var method = this; return function () { return wrapper.apply(this, [method.bind(this)].concat($A(arguments))); }; },
  methodize: function () {
    if (this._methodized) return this._methodized;
    var method = this;
    return this._methodized = function () { return method.apply(null, [this].concat($A(arguments))); };
  }
});
Date.prototype.toJSON = function () { return '"' + this.getUTCFullYear() + '"'; };
var Enumerable = {
  each: function (iterator, context) {
    var index = 0;
    try { this._each(function (value) { iterator.call(context, value, index++); }); } catch (e) { if (e != $break) throw e; }
    return this;
  },
  all: function (iterator) { var result = true; this.each(function (value, index) { result = result && !!(iterator || Prototype.K)(value, index); }); return result; },
  any: function (iterator) { var result = false; this.each(function (value, index) { result = result || !!(iterator || Prototype.K)(value, index); }); return result; },
  collect: function (iterator, context) { var results = []; this.each(function (value, index) { results.push((iterator || Prototype.K).call(context, value, index)); }); return results; },
  detect: function (iterator, context) { var result; this.each(function (value, index) { if (iterator.call(context, value, index)) { result = value; throw $break; } }); return result; },
  findAll: function (iterator, context) { var results = []; this.each(function (value, index) { if (iterator.call(context, value, index)) results.push(value); }); return results; },
  include: function (object) { return this.indexOf(object) != -1; },
  inject: function (memo, iterator) { this.each(function (value, index) { memo = iterator(memo, value, index); }); return memo; },
  invoke: function (method) { var args = $A(arguments).slice(1); return this.map(function (value) { return value[method].apply(value, args); }); },
  pluck: function (property) { return this.map(function (value) { return value[property]; }); },
  sortBy: function (iterator) { return this.map(function (value) { return { value: value, by: iterator(value) }; }).sort(function (a, b) { return a.by < b.by ? -1 : 1; }).pluck("value"); },
  toArray: function () { return this.map(); },
  zip: function () { return this; },
  size: function () { return this.toArray().length; },
  inspect: function () { return "#<Enumerable:" + this.toArray().inspect() + ">"; }
};
Object.extend(Enumerable, {
  map: Enumerable.collect, find: Enumerable.detect, select: Enumerable.findAll, filter: Enumerable.findAll,
  member: Enumerable.include, entries: Enumerable.toArray, every: Enumerable.all, some: Enumerable.any
});
Object.extend(Array.prototype, Enumerable);
if (!Array.prototype._reverse) Array.prototype._reverse = Array.prototype.reverse;
Object.extend(Array.prototype, {
  _each: function (iterator) { for (var i = 0, length = this.length; i < length; i++) iterator(this[i]); },
  clear: function () { this.length = 0; return this; },
  first: function () { return this[0]; },
  last: function () { return this[this.length - 1]; },
  compact: function () { return this.select(function (value) { return value != null; }); },
  flatten: function () { return this.inject([], function (array, value) { return array.concat(Object.isArray(value) ? value.flatten() : [value]); }); },
  without: function () { var values = $A(arguments); return this.select(function (value) { return !values.include(value); }); },
  reverse: function (inline) { return (inline !== false ? this : this.toArray())._reverse(); },
  reduce: function () { return this.length > 1 ? this : this[0]; },
  uniq: function () { return this.inject([], function (array, value) { if (!array.include(value)) array.push(value); return array; }); },
  clone: function () { return [].concat(this); },
  toArray: function () { return [].concat(this); },
  size: function () { return this.length; },
  inspect: function () { return "[" + this.map(String).join(", ") + "]"; },
  toJSON: function () { return "[" + this.map(Object.toJSON).join(", ") + "]"; }
});
Array.prototype.entries = Array.prototype.toArray;
Object.extend(String.prototype, {
  gsub: function (pattern, replacement) { return this.split(pattern).join(replacement); },
  sub: function (pattern, replacement) { return this.replace(pattern, replacement); },
  strip: function () { return this.replace(/^\s+/, "").replace(/\s+$/, ""); },
  stripTags: function () { return this.replace(/<\/?[^>]+>/gi, ""); },
  toArray: function () { return this.split(""); },
  succ: function () { return this.slice(0, this.length - 1) + String.fromCharCode(this.charCodeAt(this.length - 1) + 1); },
  times: function (count) { return count < 1 ? "" : new Array(count + 1).join(this); },
  capitalize: function () { return this.charAt(0).toUpperCase() + this.substring(1).toLowerCase(); },
  inspect: function () { return "'" + this + "'"; },
  toJSON: function () { return '"' + this + '"'; },
  evalJSON: function () { return eval("(" + this + ")"); },
  include: function (pattern) { return this.indexOf(pattern) > -1; },
  startsWith: function (pattern) { return this.indexOf(pattern) === 0; },
  endsWith: function (pattern) { var d = this.length - pattern.length; return d >= 0 && this.lastIndexOf(pattern) === d; },
  empty: function () { return this == ""; },
  blank: function () { return /^\s*$/.test(this); }
});
Object.extend(Number.prototype, {
  succ: function () { return this + 1; },
  times: function (iterator) { for (var i = 0; i < this; i++) iterator(i); return this; },
  toPaddedString: function (length) { var string = this.toString(); return "0".times(length - string.length) + string; },
  toJSON: function () { return isFinite(this) ? this.toString() : "null"; }
});
function $(element) { return Object.isString(element) ? document.getElementById(element) : element; }
function $$(selector) { return $A(document.querySelectorAll(selector)); }
(function () {
  var element = this.Element;
  this.Element = function (tagName, attributes) {
    var made = document.createElement(tagName);
    for (var name in attributes || {}) made.setAttribute(name, attributes[name]);
    return made;
  };
  Object.extend(this.Element, element || {});
  if (element) this.Element.prototype = element.prototype;
}).call(window);
Element.Methods = {
  visible: function (element) { return $(element).style.display != "none"; },
  hide: function (element) { $(element).style.display = "none"; return element; },
  show: function (element) { $(element).style.display = ""; return element; },
  remove: function (element) { element = $(element); element.parentNode.removeChild(element); return element; },
  update: function (element, content) { element.innerHTML = content; return element; },
  replace: function (element, content) { element.outerHTML = content; return element; },
  insert: function (element, content) { element.insertAdjacentHTML("beforeend", content); return element; },
  up: function (element) { return element.parentNode; },
  down: function (element, expression) { return element.querySelector(expression || "*"); },
  next: function (element) { return element.nextElementSibling; },
  previous: function (element) { return element.previousElementSibling; },
  select: function (element, selector) { return $A(element.querySelectorAll(selector)); },
  match: function (element, selector) { return $$(selector).include(element); },
  childElements: function (element) { return $A(element.children); },
  empty: function (element) { return element.innerHTML.blank(); },
  readAttribute: function (element, name) { return element.getAttribute(name); },
  writeAttribute: function (element, name, value) { element.setAttribute(name, value); return element; },
  getHeight: function (element) { return element.offsetHeight; },
  hasClassName: function (element, name) { return (" " + element.className + " ").include(" " + name + " "); },
  addClassName: function (element, name) { if (!element.hasClassName(name)) element.className += " " + name; return element; },
  scrollTo: function (element) { window.scrollTo(0, element.offsetTop); return element; },
  observe: function (element, name, handler) { element.addEventListener(name, handler, false); return element; },
  fire: function (element, name) { var event = document.createEvent("HTMLEvents"); event.initEvent(name, true, true); element.dispatchEvent(event); return event; },
  getElementsByClassName: function (element, name) { return $A(element.querySelectorAll("." + name)); }
};
for (var method in Element.Methods) HTMLElement.prototype[method] = Element.Methods[method].methodize();
HTMLInputElement.prototype.clear = function () { this.value = ""; return this; };
HTMLInputElement.prototype.present = function () { return this.value != ""; };
HTMLInputElement.prototype.getValue = function () { return this.value; };
document.getElementsByClassName = function (name, parent) { return $(parent || document.body).getElementsByClassName(name); };
Object.extend(window.Event, { KEY_RETURN: 13, element: function (event) { return event.target; }, stop: function (event) { event.preventDefault(); event.stopPropagation(); } });
Object.extend(window.Event.prototype, {
  element: function () { return this.target; },
  isLeftClick: function () { return this.which == 1; },
  pointerX: function () { return this.pageX; },
  stop: function () { this.preventDefault(); this.stopPropagation(); this.stopped = true; },
  inspect: function () { return "[object Event]"; }
});
