// A browser's screenshot: one page whose content is exchanged, its fonts loaded once.
import { readdir, readFile } from "node:fs/promises";
import { chromium } from "playwright-core";
import { boxStyle, groundStyle, textStyle } from "./card.mjs";
import { serve } from "./rounds.mjs";

// playwright adds --headless and a new folder for the profile
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const SHOT = { format: "png", optimizeForSpeed: true };
const TICK_MS = 10; // of the times in /proc
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
const UNITLESS = new Set(["lineHeight"]);

const escaped = (text) => text.replace(/[&<>]/g, (mark) => ENTITIES[mark]);
const dashed = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const pixels = (name, value) =>
  typeof value === "number" && !UNITLESS.has(name) ? `${value}px` : value;

function div(style, content = "") {
  const rule = ([name, value]) => `${dashed(name)}:${pixels(name, value)}`;
  return `<div style="${Object.entries(style).map(rule).join(";")}">${content}</div>`;
}

function html(job, card) {
  const texts = card.texts.map((text) => div(textStyle(text), escaped(text.text)));
  const boxes = card.boxes.map((box) => div(boxStyle(box)));
  return div(groundStyle(job), [...texts, ...boxes].join(""));
}

/** A page that has the fonts of the job. */
async function opened(browser, { width, height, fonts }) {
  const page = await browser.newPage({ viewport: { width, height }, deviceScaleFactor: 1 });
  await page.setContent("<!doctype html><style>body{margin:0;overflow:hidden}</style><body>");
  for (const [name, file] of Object.entries(fonts)) {
    const url = `data:font/ttf;base64,${(await readFile(file)).toString("base64")}`;
    const load = async ([family, source]) => {
      document.fonts.add(await new FontFace(family, `url(${source})`).load());
    };
    await page.evaluate(load, [name, url]);
  }
  return page;
}

/** CPU time of all processes below this one, which are the browser's. */
async function browserCpuMs() {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  let others = (await Promise.all(pids.map(stat))).filter((one) => one);
  let parents = new Set([process.pid]);
  let ticks = 0;
  while (parents.size) {
    const below = others.filter((one) => parents.has(one.parent));
    others = others.filter((one) => !parents.has(one.parent));
    for (const one of below) ticks += one.ticks;
    parents = new Set(below.map((one) => one.pid));
  }
  return ticks * TICK_MS;
}

/** A process, its parent and its user and system time; nothing when it is gone. */
async function stat(pid) {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  if (!text) return null;
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" "); // from the third field on
  const ticks = Number(fields[11]) + Number(fields[12]);
  return { pid: Number(pid), parent: Number(fields[1]), ticks };
}

await serve(async (job) => {
  const browser = await chromium.launch({ executablePath: job.browser, args: FLAGS });
  const page = await opened(browser, job);
  const session = await page.context().newCDPSession(page);
  const draw = async (card) => {
    await page.evaluate((content) => void (document.body.innerHTML = content), html(job, card));
    const shot = await session.send("Page.captureScreenshot", SHOT);
    return Buffer.from(shot.data, "base64");
  };
  const about = { chromium: browser.version() };
  return { draw, about, cpuMs: browserCpuMs, stop: () => browser.close() };
});
