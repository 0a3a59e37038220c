// A tag manager adds things in the order that it likes.
window.names = [...Object.keys(window), "names"];
(function () {
  var place = document.getElementById("place");
  var query = document.createElement("credit-query");
  place.appendChild(query);
  var loader = document.createElement("script");
  loader.type = "module";
  loader.src = "https://credit.example.cn/embed/v1/credit.js";
  document.head.appendChild(loader);
  loader.onload = function () {
    var card = document.createElement("credit-card");
    place.insertBefore(card, query);
    // The code comes when the element has long been there.
    setTimeout(function () { card.setAttribute("code", "91120102MATEXT01X4"); });
    place.insertAdjacentHTML("afterbegin", '<credit-badge code="91120102MATEXT01X4"></credit-badge>');
  };
})();
