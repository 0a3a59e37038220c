export type * from "./credit-widgets.js";
import "./credit-widgets.js";

/** The server that the elements ask, and whom they believe. */
export interface Server {
  /** Base address of the lookup server. */
  api: string;
  /** Thumbprints (RFC 7638, 43 characters) of the issuer roots that are trusted. */
  roots: readonly string[];
}

/**
 * Defines the elements. Each fetches its code when it comes near the viewport.
 *
 * @throws {TypeError} where the address is none, or no root is named.
 */
export function connect(server: Server): Promise<void>;
