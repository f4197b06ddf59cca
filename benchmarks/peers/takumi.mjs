// takumi: one renderer, fonts registered once, trees of nodes without a parser of JSX or HTML.
import { readFile } from "node:fs/promises";
import { Renderer } from "@takumi-rs/core";
import { boxStyle, groundStyle, textStyle } from "./card.mjs";
import { serve } from "./rounds.mjs";

const box = (one) => ({ type: "container", style: boxStyle(one) });
const text = (one) => ({ type: "text", text: one.text, style: textStyle(one) });

function tree(job, card) {
  const children = [...card.texts.map(text), ...card.boxes.map(box)];
  return { type: "container", style: groundStyle(job), children };
}

await serve(async (job) => {
  const renderer = new Renderer();
  for (const [name, file] of Object.entries(job.fonts)) {
    await renderer.registerFont({ name, data: await readFile(file) });
  }
  const { width, height, dithering } = job;
  const options = { width, height, format: "png", dithering };
  return { draw: (card) => renderer.render(tree(job, card), options) };
});
