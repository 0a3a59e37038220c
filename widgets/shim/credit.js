// @ts-check
// The loader. A page needs nothing but
//   <script type="module" src="https://…/embed/v1/credit.js"></script>
// It defines the elements; each fetches its bundle when it comes near the viewport.

// The next line is filled in when the loader is served: the folder of the
// current release and the issuer roots that its widgets pin.
const BAKED = {};

/** Each element: its bundle, and its attributes beside the common ones. */
const ELEMENTS = {
  "credit-badge": ["badge", ["code", "issuer"]],
  "credit-card": ["badge", ["code", "issuer"]],
  "credit-verify": ["badge", ["token", "issuer"]],
  "credit-report": ["report", ["code", "share", "issuer"]],
  "credit-query": ["panels", ["q", "code", "issuer"]],
  "credit-self": ["panels", []],
};

const { release = "v1", roots = [] } = /** @type {{release?: string, roots?: string[]}} */ (BAKED);
const folder = new URL(`../${release || "v1"}/`, import.meta.url).href;
// `/embed/v1/credit.js` lies two folders below the server's base address.
const api = new URL("../..", import.meta.url).href.replace(/\/$/, "");

const { define } = await import(new URL("element.js", folder).href);
for (const [tag, [bundle, attributes]] of Object.entries(ELEMENTS)) {
  define({ tag, bundle, attributes, folder, api, roots: roots.join(" ") });
}
