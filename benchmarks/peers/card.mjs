// A card of a job as absolutely placed elements: what stands where is given, as in CSS.

/** The style of a piece of text. */
export function textStyle(text) {
  return {
    position: "absolute",
    left: text.x,
    top: text.top,
    fontFamily: text.font,
    fontSize: text.size,
    lineHeight: text.leading,
    color: text.color,
    whiteSpace: "pre",
  };
}

/** The style of a bar, a frame or a triangle. */
export function boxStyle(box) {
  const place = { position: "absolute", left: box.x, top: box.y };
  const size = { width: box.width, height: box.height };
  if (box.kind === "triangle") {
    const clipPath = "polygon(0% 0%, 100% 50%, 0% 100%)";
    return { ...place, ...size, backgroundColor: box.color, clipPath };
  }
  const borderRadius = Math.min(box.width, box.height) / 2;
  if (!box.outline) return { ...place, ...size, backgroundColor: box.color, borderRadius };
  const border = `${box.outline}px solid ${box.color}`;
  return { ...place, ...size, boxSizing: "border-box", border, borderRadius };
}

/** The style of the whole card: its size and its ground. */
export function groundStyle(job) {
  const [start, end] = job.ground;
  const ground = end
    ? { backgroundImage: `linear-gradient(135deg, ${start}, ${end})` }
    : { backgroundColor: start };
  return { position: "relative", width: job.width, height: job.height, ...ground };
}
