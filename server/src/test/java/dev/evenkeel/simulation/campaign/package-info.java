/// Scenarios and the tests that run them: each seed draws clients, workloads and faults, runs them
/// until the region heals, and checks the invariants at every step and at the end. A share of all
/// seeds runs twice and must leave the same trace; planted bugs show that the suite can fail.
@NullMarked
package dev.evenkeel.simulation.campaign;

import org.jspecify.annotations.NullMarked;
