import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const SKY = [226, 214, 250] as const;
const SEA = [72, 52, 160] as const;
const BANDS = 5;

/** Waves at dusk as a PNG, `size` pixels wide and high. */
export function wavesPng(size: number): Buffer {
  const stride = size * 3 + 1;
  const pixels = Buffer.alloc(stride * size);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const depth = bandAt(x / size, y / size) / BANDS;
      const at = y * stride + 1 + x * 3;
      SKY.forEach((light, channel) => {
        pixels[at + channel] = Math.round(light + ((SEA[channel] ?? 0) - light) * depth);
      });
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  // eight bits for each of red, green and blue
  header.set([8, 2, 0, 0, 0], 8);
  const data = deflateSync(pixels);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** How many waves lie above a point, all between 0 and 1. */
function bandAt(x: number, y: number): number {
  let band = 0;
  for (let wave = 1; wave <= BANDS; wave++) {
    const crest = 0.15 * wave + 0.05 * Math.sin(x * (4 + wave) + wave * 2);
    if (y > crest) band = wave;
  }
  return band;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
