/// What clients do. One class each; a scenario runs several at the same time. Every write carries a
/// marker of its own, so that it can be found again in answers and on the disk.
@NullMarked
package dev.evenkeel.simulation.workload;

import org.jspecify.annotations.NullMarked;
