const ELF = new Map([
  [0x3e, "x64"],
  [0xb7, "arm64"],
  [0x28, "armhf"],
]);
const MACH_O = new Map([
  [0x01000007, "x64"],
  [0x0100000c, "arm64"],
]);
const PE = new Map([
  [0x8664, "x64"],
  [0xaa64, "arm64"],
]);

/** What the first bytes of a program say it runs on: `linux-x64`, `darwin-arm64`, … */
export function programTarget(head) {
  if (head.length >= 20 && head.readUInt32BE(0) === 0x7f454c46) {
    return named("linux", ELF.get(head.readUInt16LE(18)));
  }
  if (head.length >= 8 && head.readUInt32LE(0) === 0xfeedfacf) {
    return named("darwin", MACH_O.get(head.readUInt32LE(4)));
  }
  if (head.length >= 64 && head.toString("latin1", 0, 2) === "MZ") {
    const header = head.readUInt32LE(60);
    return header + 6 <= head.length ? named("win32", PE.get(head.readUInt16LE(header + 4))) : undefined;
  }
  return undefined;
}

function named(system, machine) {
  return machine && `${system}-${machine}`;
}
