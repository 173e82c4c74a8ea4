import { readdirSync, readFileSync } from 'node:fs';

/** Ticks of /proc a second, which is the same on every Linux that Node runs on. */
const TICKS = 100;

/** Fields of /proc/PID/stat behind the name of the program. */
function statOf(pid: number): string[] {
  const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

/** Seconds of processor time of a process, its own and the kernel's for it; 0 of one that has ended. */
export function cpuSeconds(pid: number): number {
  try {
    const fields = statOf(pid);
    return (Number(fields[11]) + Number(fields[12])) / TICKS;
  } catch {
    return 0;
  }
}

export function parentOf(pid: number): number {
  return Number(statOf(pid)[1]);
}

export function childrenOf(pid: number): number[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return all.map(Number).filter((each) => {
    try {
      return parentOf(each) === pid;
    } catch {
      return false;
    }
  });
}

/** Name of the program that a process runs; undefined when there is no such process. */
export function programOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'latin1').trim();
  } catch {
    return undefined;
  }
}

/** Bytes of memory that a process has in RAM. */
export function residentBytes(pid: number): number {
  const kib = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
  return Number(kib ?? 0) * 1024;
}

/** Bytes of memory in RAM that a process shares with no other; 0 of one that has ended. */
export function privateBytes(pid: number): number {
  try {
    const kib = /RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
    return Number(kib ?? 0) * 1024;
  } catch {
    return 0;
  }
}
