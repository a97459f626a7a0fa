/// The outside world as five interfaces: [Clock], [Tasks], [Disk], [Network], [Entropy].
///
/// Everything below the edges reaches time, threads, files, other nodes and chance through an
/// [Environment] that is passed in, one per node, never through a static. `runtime` holds the real
/// one; the simulation holds one in which a whole cluster runs in one thread under virtual time and
/// every run repeats from its seed. `ArchitectureTest` bans the direct calls.
///
/// What is not here yet: the object store; it comes with the first code that needs it.
@NullMarked
package dev.evenkeel.environment;

import org.jspecify.annotations.NullMarked;
