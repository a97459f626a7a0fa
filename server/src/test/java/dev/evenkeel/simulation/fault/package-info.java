/// What goes wrong. One class each; a scenario draws some of them, and each strikes at times of its
/// own until the region is told to heal.
@NullMarked
package dev.evenkeel.simulation.fault;

import org.jspecify.annotations.NullMarked;
