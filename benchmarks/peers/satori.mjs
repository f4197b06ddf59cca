// satori draws an SVG with the letters as paths, resvg makes it a PNG; fonts are loaded once.
import { readFile } from "node:fs/promises";
import { Resvg } from "@resvg/resvg-js";
import satori from "satori";
import { boxStyle, groundStyle, textStyle } from "./card.mjs";
import { serve } from "./rounds.mjs";

const RESVG = { font: { loadSystemFonts: false } };

function div(style, children) {
  return { type: "div", props: { style: { display: "flex", ...style }, children } };
}

function tree(job, card) {
  const texts = card.texts.map((text) => div(textStyle(text), text.text));
  return div(groundStyle(job), [...texts, ...card.boxes.map((box) => div(boxStyle(box)))]);
}

await serve(async (job) => {
  const { width, height } = job;
  const fonts = [];
  for (const [name, file] of Object.entries(job.fonts)) {
    fonts.push({ name, data: await readFile(file), weight: 400, style: "normal" });
  }
  const draw = async (card) => {
    const svg = await satori(tree(job, card), { width, height, fonts });
    return new Resvg(svg, RESVG).render().asPng();
  };
  return { draw };
});
