// Builds what the pages load: one style sheet and the script of htmx. `node web/stijl/bouw.mjs`, after `npm ci`.
// Of the component library only the classes that a template or a module of the pages names are kept.
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { bundle, transform } from "lightningcss";
import { PurgeCSS } from "purgecss";

const LIBRARY = "node_modules/@utrecht/component-library-css/dist/index.css";
const HTMX = "node_modules/htmx.org/dist/htmx.min.js";
const OWN = "web/stijl/huurtoets.css";
const TARGET = "web/static/bouw";

const [{ css: used }] = await new PurgeCSS().purge({
  content: ["web/**/*.html", "web/**/*.py"],
  css: [{ raw: await readFile(LIBRARY, "utf8") }],
  keyframes: true,
});
const library = transform({ filename: "bibliotheek.css", code: Buffer.from(used), minify: true });
const own = bundle({ filename: OWN, minify: true });

await mkdir(TARGET, { recursive: true });
await writeFile(`${TARGET}/huurtoets.css`, Buffer.concat([library.code, Buffer.from("\n"), own.code]));
await copyFile(HTMX, `${TARGET}/htmx.js`);
