import { describe, expect, it } from 'vitest';
import {
  isNetworkKind,
  isOnNetwork,
  mountsOfLinux,
  mountsOfMac,
} from '../../../../../electron/library/scan/watch-mounts.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

const linux = mountsOfLinux(`sysfs /sys sysfs rw 0 0
/dev/sda1 / ext4 rw,relatime 0 0
server:/music /mnt/music nfs4 rw,vers=4.2 0 0
//nas/share /mnt/My\\040Music cifs rw 0 0
me@host:/x /home/me/remote fuse.sshfs rw 0 0
/dev/sdb1 /mnt/music/usb ext4 rw 0 0
/dev/sdc1 /media/ntfs fuseblk rw 0 0
nothing
`);
const mac = mountsOfMac(`/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
//me@nas._smb._tcp.local/music on /Volumes/My Music (smbfs, nodev, nosuid, mounted by me)
/dev/disk5s1 on /Volumes/USB (exfat, local, nodev, nosuid)
`);

describe('a folder', () => {
  it.each([
    ['/home/me/Music', false],
    ['/mnt/music', true],
    ['/mnt/music/Albums/One', true],
    ['/mnt/music/usb/Albums', false],
    ['/mnt/musical', false],
    ['/mnt/My Music/Jazz', true],
    ['/home/me/remote/x', true],
    ['/media/ntfs', false],
  ])('at %s lies on a network drive of Linux: %s', (path, expected) => {
    expect(isNetworkKind(path, linux)).toBe(expected);
  });

  it.each([
    ['/Users/me/Music', false],
    ['/Volumes/My Music/Jazz', true],
    ['/Volumes/USB', false],
  ])('at %s lies on a network drive of a Mac: %s', (path, expected) => {
    expect(isNetworkKind(path, mac)).toBe(expected);
  });

  it('counts as local when the mounts of this machine say so', async () => {
    expect(await isOnNetwork(await temporaryFolder())).toBe(false);
  });
});
