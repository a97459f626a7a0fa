/// The protocol core, proven or broken: units and formats here, the world of seeds in `world`.
@NullMarked
package dev.evenkeel.paxos;

import org.jspecify.annotations.NullMarked;
