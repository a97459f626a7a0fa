/// The composition root: settings in, a wired and running node out.
///
/// ```
/// Main ─▶ cli.Program ─▶ NodeLauncher ─▶ DataDirectory   ours? nobody else's? which format?
///                                     └▶ Node            opens the parts from the bottom up:
///                                          environment ─▶ store ─▶ log ─▶ replicas ─▶ catalogue
///                                          ─▶ operations ─▶ HTTP endpoint
/// ```
///
/// [Node] opens each part with those below it and closes them in the reverse order. It is the only
/// code that knows every part; no part looks another up. Before it closes them it hands over what
/// it leads. It may be told to stop while it still opens: that is interrupted, and closes what is
/// open. A part that cannot be opened closes what was opened before it, and the reason becomes one
/// line for the operator.
///
/// **Data directory.** A directory is used when it does not exist, is empty, or bears our marker:
///
/// ```
/// evenkeel.format    text: "evenkeel data directory, format 1"; written last, synced, never changed
/// lock               locked for as long as the process runs; holds its process id
/// keys/  log/  store/   see auth, wal, storage
/// damaged  damaged-1/   see DamagedDirectory
/// node               who the node is, and that log and store were begun: see replica, NodeFile
/// ```
///
/// Anything else is refused and left alone. So is a directory from which `log/`, `store/` or `node`
/// was taken away ([StoreFolder]): a node that has forgotten what it promised must not vote under
/// its identity. A first start writes `node`, begins store and log, marks that in `node`, each
/// durably, and only then talks to others; one that died before begins again. One that others
/// refuse since it runs on a copy of its directory stops ([Unwanted]). The lock is the operating
/// system's: it goes with the process, however that ends.
///
/// **Reach.** A node without access keys accepts any credentials, so it listens on loopback only.
@NullMarked
package dev.evenkeel.node;

import org.jspecify.annotations.NullMarked;
