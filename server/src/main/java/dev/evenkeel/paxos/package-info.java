/// Multi-Paxos.
@NullMarked
package dev.evenkeel.paxos;

import org.jspecify.annotations.NullMarked;
