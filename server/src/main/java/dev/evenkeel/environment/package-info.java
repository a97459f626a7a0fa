/// The outside world as a few interfaces: [Clock], [Tasks], [Disk], [Entropy].
///
/// Everything below the edges reaches time, threads, files and chance through an [Environment] that
/// is passed in, one per node, never through a static. `runtime` holds the real one; the simulation
/// holds one in which a whole cluster runs in one thread under virtual time and every run repeats
/// from its seed. `ArchitectureTest` bans the direct calls.
///
/// What is not here yet: the network between nodes and the object store; they come with the first
/// code that needs them.
@NullMarked
package dev.evenkeel.environment;

import org.jspecify.annotations.NullMarked;
