Object.defineProperty(window, "localStorage", { get: function () { throw new DOMException("Access is denied for this document.", "SecurityError"); } });
