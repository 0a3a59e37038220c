// What nobody may believe.

/** Changes one character in the middle of part `index` of a token. */
export function changed(token, index) {
  const parts = token.split(".");
  const at = Math.floor(parts[index].length / 2);
  const letter = parts[index][at] === "A" ? "B" : "A";
  parts[index] = parts[index].slice(0, at) + letter + parts[index].slice(at + 1);
  return parts.join(".");
}
