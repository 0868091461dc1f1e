import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const networkKinds =
  /^(?:nfs\d?|cifs|smb\d?|smbfs|afpfs|afs|9p|ceph|webdav|davfs2?|ncpfs|fuse\.(?:sshfs|rclone|davfs2?|s3fs|gvfsd-fuse|smbnetfs|curlftpfs|glusterfs|cephfs.*))$/;

/**
 * Whether a folder lies on a drive of another machine, whose changes the system does not tell of.
 * What can't be found out counts as local.
 */
export async function isOnNetwork(path: string): Promise<boolean> {
  if (process.platform === 'win32') return path.startsWith('\\\\');
  try {
    const mounts =
      process.platform === 'darwin'
        ? mountsOfMac((await promisify(execFile)('/sbin/mount')).stdout)
        : mountsOfLinux(await readFile('/proc/self/mounts', 'utf8'));
    return isNetworkKind(path, mounts);
  } catch {
    return false;
  }
}

interface Mount {
  readonly at: string;
  readonly kind: string;
}

/** Lines as "server:/music /mnt/music nfs4 rw 0 0", with blanks and the like in octal. */
export function mountsOfLinux(table: string): Mount[] {
  return table.split('\n').flatMap((line) => {
    const [, at, kind] = line.split(' ');
    if (at === undefined || kind === undefined) return [];
    const named = at.replaceAll(/\\([0-7]{3})/g, (_, octal: string) =>
      String.fromCharCode(Number.parseInt(octal, 8)),
    );
    return [{ at: named, kind }];
  });
}

/** Lines as "//me@server/music on /Volumes/music (smbfs, nodev, nosuid)". */
export function mountsOfMac(table: string): Mount[] {
  return [...table.matchAll(/ on (?<at>\/.*) \((?<kind>\w+)[,)]/g)].map(({ groups }) => ({
    at: groups?.['at'] ?? '',
    kind: groups?.['kind'] ?? '',
  }));
}

/** The mount that holds the path is the one that names most of it; of two such the newer one. */
export function isNetworkKind(path: string, mounts: readonly Mount[]): boolean {
  let nearest: Mount = { at: '', kind: '' };
  for (const mount of mounts) {
    const isAround = path === mount.at || path.startsWith(mount.at.replace(/\/?$/, '/'));
    if (isAround && mount.at.length >= nearest.at.length) nearest = mount;
  }
  return networkKinds.test(nearest.kind);
}
