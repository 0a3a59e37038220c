// The peer: a badge as somebody would write it by hand with Lit, from the same
// answer of the same server, without checking anything.
import { LitElement, css, html } from "lit";

class PeerBadge extends LitElement {
  static properties = { code: {}, api: {}, card: { state: true } };
  static styles = css`
    a { display: inline-flex; gap: .75em; padding: .4em .75em; border: 1px solid #c3ccd6; border-radius: 6px;
      font: 400 15px/1.55 "Noto Sans CJK SC", sans-serif; color: #16202c; text-decoration: none; }
    .lines { display: flex; flex-direction: column; }
    .name { font-weight: 600; }
    small { color: #4a5866; }
  `;

  async connectedCallback() {
    super.connectedCallback();
    const token = await (await fetch(`${this.api}/v1/cards/${this.code}`)).text();
    const bytes = Uint8Array.from(atob(token.split(".")[1].replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
    this.card = JSON.parse(new TextDecoder().decode(bytes));
    await this.updateComplete;
    this.dispatchEvent(new CustomEvent("peer-ready", { bubbles: true, composed: true }));
  }

  render() {
    if (!this.card) return html`<p>正在查询信用信息…</p>`;
    const { issuer, credentialSubject: subject, validFrom } = this.card;
    return html`<a href="${issuer.id}/s/${subject.code}"><span class="lines">
      <span class="name">${subject.name}</span><small>${subject.kind} · ${subject.status}</small>
      <small>${issuer.name} · ${validFrom}</small></span></a>`;
  }
}
customElements.define("peer-badge", PeerBadge);
