// What MooTools 1.2 and 1.3 do to a page: Array, String, Number and Function get
// methods that show up in for-in, the names Element, Event and JSON mean something
// else, and bind takes its arguments as one list.
Function.prototype.extend = function (properties) { for (var name in properties) this[name] = properties[name]; return this; };
Function.prototype.implement = function (properties) { for (var name in properties) this.prototype[name] = properties[name]; return this; };
function $splat(value) { return value == null ? [] : value instanceof Array ? value : [value]; }
function $type(value) { return value == null ? false : value.nodeType == 1 ? "element" : value instanceof Array ? "array" : typeof value; }
Function.implement({
  create: function (options) {
    var self = this;
    return function () { return self.apply(options.bind || null, options.arguments != null ? $splat(options.arguments) : arguments); };
  },
  bind: function (bind, args) { return this.create({ bind: bind, arguments: args }); },
  pass: function (args, bind) { return this.create({ bind: bind, arguments: args }); },
  run: function (args, bind) { return this.apply(bind, $splat(args)); },
  attempt: function (args, bind) { try { return this.apply(bind, $splat(args)); } catch (error) { return null; } },
  delay: function (time, bind, args) { return setTimeout(this.create({ bind: bind, arguments: args || [] }), time); },
  periodical: function (time, bind, args) { return setInterval(this.create({ bind: bind, arguments: args || [] }), time); },
  overloadSetter: function () { return this; },
  hide: function () { return this; },
  protect: function () { return this; }
});
Array.implement({
  each: function (fn, bind) { for (var i = 0; i < this.length; i++) fn.call(bind, this[i], i, this); },
  clean: function () { return this.filter(function (item) { return item != null; }); },
  associate: function (keys) { var object = {}; for (var i = 0; i < this.length; i++) object[keys[i]] = this[i]; return object; },
  contains: function (item) { return this.indexOf(item) != -1; },
  extend: function (array) { for (var i = 0; i < array.length; i++) this.push(array[i]); return this; },
  append: function (array) { this.push.apply(this, array); return this; },
  getLast: function () { return this.length ? this[this.length - 1] : null; },
  getRandom: function () { return this[0]; },
  include: function (item) { if (!this.contains(item)) this.push(item); return this; },
  combine: function (array) { for (var i = 0; i < array.length; i++) this.include(array[i]); return this; },
  erase: function (item) { for (var i = this.length; i--;) if (this[i] === item) this.splice(i, 1); return this; },
  empty: function () { this.length = 0; return this; },
  flatten: function () { var array = []; for (var i = 0; i < this.length; i++) array = array.concat(this[i] instanceof Array ? this[i].flatten() : this[i]); return array; },
  pick: function () { for (var i = 0; i < this.length; i++) if (this[i] != null) return this[i]; return null; },
  invoke: function (name) { var args = Array.prototype.slice.call(arguments, 1); return this.map(function (item) { return item[name].apply(item, args); }); }
});
String.implement({
  test: function (regex) { return (typeof regex == "string" ? new RegExp(regex) : regex).test(this); },
  contains: function (string, separator) { return separator ? (separator + this + separator).indexOf(separator + string + separator) > -1 : this.indexOf(string) > -1; },
  trim: function () { return this.replace(/^\s+|\s+$/g, ""); },
  clean: function () { return this.replace(/\s+/g, " ").trim(); },
  camelCase: function () { return this.replace(/-\D/g, function (match) { return match.charAt(1).toUpperCase(); }); },
  toInt: function (base) { return parseInt(this, base || 10); },
  substitute: function (object) { return this.replace(/\{([^}]+)\}/g, function (match, name) { return object[name] != null ? object[name] : ""; }); }
});
Number.implement({
  limit: function (min, max) { return Math.min(max, Math.max(min, this)); },
  round: function (precision) { precision = Math.pow(10, precision || 0); return Math.round(this * precision) / precision; },
  times: function (fn, bind) { for (var i = 0; i < this; i++) fn.call(bind, i, this); },
  each: function (fn, bind) { for (var i = 0; i < this; i++) fn.call(bind, i, this); },
  toInt: function () { return parseInt(this, 10); }
});
Array.from = function (item) { return item == null ? [] : typeof item != "string" && typeof item.length == "number" && typeof item != "function" ? (item instanceof Array ? item : Array.prototype.slice.call(item)) : [item]; };
Array.each = function (array, fn, bind) { Array.prototype.each.call(array, fn, bind); return array; };
Array.clone = function (array) { return array.slice(); };
Number.from = function (item) { var number = parseFloat(item); return isFinite(number) ? number : null; };
String.from = function (item) { return item + ""; };
String.uniqueID = function () { return Date.now().toString(36); };
Function.from = function (item) { return typeof item == "function" ? item : function () { return item; }; };
Object.extend = Object.append = function (original) {
  for (var i = 1; i < arguments.length; i++) for (var key in arguments[i]) original[key] = arguments[i][key];
  return original;
};
Object.keys = function (object) { var keys = []; for (var key in object) if (Object.prototype.hasOwnProperty.call(object, key)) keys.push(key); return keys; };
Object.values = function (object) { var values = []; for (var key in object) if (Object.prototype.hasOwnProperty.call(object, key)) values.push(object[key]); return values; };
Object.each = function (object, fn, bind) { for (var key in object) fn.call(bind, object[key], key, object); };
Object.merge = function (source, other) { return Object.append(source, other); };
Object.clone = function (object) { return Object.append({}, object); };
Object.contains = function (object, value) { for (var key in object) if (object[key] === value) return true; return false; };
function Hash(object) { Object.append(this, object); return this; }
Hash.implement({
  each: function (fn, bind) { Object.each(this, fn, bind); },
  has: Object.prototype.hasOwnProperty,
  get: function (key) { return this.hasOwnProperty(key) ? this[key] : null; },
  set: function (key, value) { this[key] = value; return this; },
  extend: function (object) { return Object.append(this, object); }
});
function $H(object) { return new Hash(object); }
(function () {
  var legacy = window.Element, oldEvent = window.Event, real = window.JSON;
  window.Element = function (tag, properties) { var made = document.createElement(tag); made.set(properties || {}); return made; };
  window.Element.prototype = legacy.prototype;
  window.Element.prototype.constructor = window.Element;
  Element.implement({
    set: function (properties) { for (var name in properties) if (name == "text") this.textContent = properties[name]; else this.setAttribute(name, properties[name]); return this; },
    get: function (name) { return name == "text" ? this.textContent : this.getAttribute(name); },
    erase: function (name) { this.removeAttribute(name); return this; },
    hasClass: function (name) { return this.className.contains(name, " "); },
    addClass: function (name) { if (!this.hasClass(name)) this.className = (this.className + " " + name).clean(); return this; },
    inject: function (element) { element.appendChild(this); return this; },
    grab: function (element) { this.appendChild(element); return this; },
    adopt: function () { for (var i = 0; i < arguments.length; i++) this.appendChild(arguments[i]); return this; },
    dispose: function () { return this.parentNode ? this.parentNode.removeChild(this) : this; },
    empty: function () { while (this.firstChild) this.removeChild(this.firstChild); return this; },
    clone: function () { return this.cloneNode(true); },
    match: function (selector) { return this.matches(selector); },
    getElement: function (selector) { return this.querySelector(selector); },
    getElements: function (selector) { return Array.from(this.querySelectorAll(selector)); },
    getParent: function () { return this.parentNode; },
    getChildren: function () { return Array.from(this.children); },
    setStyle: function (name, value) { this.style[name] = value; return this; },
    addEvent: function (type, fn) { this.addEventListener(type, fn, false); return this; },
    fireEvent: function () { return this; },
    getProperty: function (name) { return this.getAttribute(name); },
    setProperty: function (name, value) { this.setAttribute(name, value); return this; },
    hide: function () { this.style.display = "none"; return this; },
    show: function () { this.style.display = "block"; return this; }
  });
  window.Event = function (event) { this.event = event || window.event; this.type = this.event.type; this.target = this.event.target; return this; };
  window.Event.Keys = new Hash({ enter: 13, up: 38, down: 40 });
  window.Event.implement({ stop: function () { this.event.preventDefault(); this.event.stopPropagation(); return this; } });
  window.JSON = new Hash({ stringify: real.stringify, parse: real.parse, encode: real.stringify, decode: real.parse });
  document.id = window.$ = function (element) { return typeof element == "string" ? document.getElementById(element) : element; };
  window.$$ = function (selector) { return Array.from(document.querySelectorAll(selector)); };
})();
function add(a, b) { return this.n + a + b; }
