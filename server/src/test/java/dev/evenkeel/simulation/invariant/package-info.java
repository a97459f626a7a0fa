/// What must hold whatever happens: histories of single keys are linearizable, what was
/// acknowledged is on the disk, totals and indexes agree with items, nothing grows without bound.
@NullMarked
package dev.evenkeel.simulation.invariant;

import org.jspecify.annotations.NullMarked;
