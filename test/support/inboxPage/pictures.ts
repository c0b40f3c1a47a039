import { crc32, deflateSync } from 'node:zlib';

function chunk(type: string, data: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	const length = Buffer.alloc(4);
	length.writeUInt32BE(data.length);
	const check = Buffer.alloc(4);
	check.writeUInt32BE(crc32(body));
	return Buffer.concat([length, body, check]);
}

type Colour = readonly [red: number, green: number, blue: number];

/** A picture of two colours that run into each other, as PNG. */
export function picture(width: number, height: number, from: Colour, to: Colour): Buffer {
	const rows = Buffer.alloc((width * 3 + 1) * height);
	for (let y = 0; y < height; y += 1) {
		for (let x = 0; x < width; x += 1) {
			const share = (x / width + y / height) / 2;
			const stripe = (x + y) % 64 < 32 ? 1 : 0.94;
			for (let part = 0; part < 3; part += 1) {
				rows[y * (width * 3 + 1) + 1 + x * 3 + part] = Math.round(
					(from[part] + (to[part] - from[part]) * share) * stripe,
				);
			}
		}
	}
	const head = Buffer.alloc(13);
	head.writeUInt32BE(width, 0);
	head.writeUInt32BE(height, 4);
	head.set([8, 2, 0, 0, 0], 8);
	return Buffer.concat([
		Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
		chunk('IHDR', head),
		chunk('IDAT', deflateSync(rows)),
		chunk('IEND', Buffer.alloc(0)),
	]);
}

/** A second of a tone, as WAV. */
export function tone(seconds: number): Buffer {
	const rate = 8000;
	const samples = Math.round(rate * seconds);
	const wave = Buffer.alloc(44 + samples * 2);
	wave.write('RIFF', 0, 'latin1');
	wave.writeUInt32LE(36 + samples * 2, 4);
	wave.write('WAVEfmt ', 8, 'latin1');
	wave.writeUInt32LE(16, 16);
	wave.writeUInt16LE(1, 20);
	wave.writeUInt16LE(1, 22);
	wave.writeUInt32LE(rate, 24);
	wave.writeUInt32LE(rate * 2, 28);
	wave.writeUInt16LE(2, 32);
	wave.writeUInt16LE(16, 34);
	wave.write('data', 36, 'latin1');
	wave.writeUInt32LE(samples * 2, 40);
	for (let index = 0; index < samples; index += 1) {
		wave.writeInt16LE(Math.round(6000 * Math.sin((index / rate) * 2 * Math.PI * 440)), 44 + index * 2);
	}
	return wave;
}
