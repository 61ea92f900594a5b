// Makes the pictures that browsers want as PNG or ICO from the SVG files beside this one and from icon.svg:
//
//   cd voting-web/src/main/pictures && npm install --no-save sharp && node make.mjs
//
// None has text, so they depend on no font.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import sharp from "sharp";

const here = fileURLToPath(new URL(".", import.meta.url));
const resources = here + "../resources/";
const assets = resources + "assets/";

const png = (svg, width, height) =>
  sharp(svg, { density: 1200 })
    .resize(width, height)
    .png({ palette: true, colours: 64, dither: 0, effort: 10, compressionLevel: 9 })
    .toBuffer();

// An icon file is a directory of pictures, which may be PNG: six bytes, then sixteen a picture.
const ico = (pictures, sizes) => {
  const directory = Buffer.alloc(6 + 16 * pictures.length);
  directory.writeUInt16LE(1, 2);
  directory.writeUInt16LE(pictures.length, 4);
  let offset = directory.length;
  pictures.forEach((picture, i) => {
    const at = 6 + 16 * i;
    directory.writeUInt8(sizes[i], at);
    directory.writeUInt8(sizes[i], at + 1);
    directory.writeUInt16LE(1, at + 4);
    directory.writeUInt16LE(32, at + 6);
    directory.writeUInt32LE(picture.length, at + 8);
    directory.writeUInt32LE(offset, at + 12);
    offset += picture.length;
  });
  return Buffer.concat([directory, ...pictures]);
};

const sizes = [16, 32, 48];
const icons = sizes.map((size) => sharp(assets + "icon.svg", { density: 1200 }).resize(size, size).png().toBuffer());

writeFileSync(assets + "share.png", await png(here + "share.svg", 1200, 630));
writeFileSync(assets + "touch-icon.png", await png(here + "touch-icon.svg", 180, 180));
writeFileSync(assets + "icon-512.png", await png(here + "touch-icon.svg", 512, 512));
writeFileSync(resources + "org/votingapp/web/favicon.ico", ico(await Promise.all(icons), sizes));
