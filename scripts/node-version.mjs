// Imported before anything else by the scripts that a fresh clone starts with. Uses nothing that an
// old Node lacks, so that it can say so.
const oldest = { major: 20, minor: 19 };
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < oldest.major || (major === oldest.major && minor < oldest.minor)) {
  console.error(
    `Refrain needs Node ${oldest.major}.${oldest.minor} or newer; this is ${process.versions.node}.`,
  );
  process.exit(1);
}
