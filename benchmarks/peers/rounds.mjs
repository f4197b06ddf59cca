// The clock that all renderers share: one line of JSON in, then a line of JSON out per round.
import { createInterface } from "node:readline";
import { writeFile } from "node:fs/promises";

/**
 * Answers a job: the first line of stdin is the job, each line after it asks for a round.
 *
 * `start(job)` gives `{ draw, cpuMs?, about?, stop? }`: `draw(card)` the bytes of a card, `cpuMs()`
 * the CPU time so far where it is not this process's, `about` versions.
 */
export async function serve(start) {
  let renderer, job;
  for await (const line of createInterface({ input: process.stdin })) {
    if (renderer) {
      say(await round(renderer, job.cards));
      continue;
    }
    job = JSON.parse(line);
    renderer = await start(job);
    await warmUp(renderer, job);
    say({ ready: true, node: process.version, ...renderer.about });
  }
  await renderer?.stop?.();
}

/** Draws all cards once, one after the other. */
async function round({ draw, cpuMs = ownCpuMs }, cards) {
  let bytes = 0;
  const cpu = await cpuMs();
  const wall = performance.now();
  for (const card of cards) bytes += (await draw(card)).length;
  const wall_ms = performance.now() - wall;
  return { cpu_ms: (await cpuMs()) - cpu, wall_ms, bytes, cards: cards.length };
}

async function warmUp({ draw }, { cards, picture, warm_up: few }) {
  const [first] = cards;
  if (picture) await writeFile(picture, await draw(first));
  for (const card of cards.slice(0, few)) await draw(card);
}

/** User and system time of this process with all its threads. */
function ownCpuMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function say(answer) {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
