/// Runs the TLA+ model checker over the specifications `GroupLog.tla` and `Transactions.tla`: over
/// each as it is, which must pass, and over each of its mutants, which must fail.
///
/// `runs.txt` says what is run. One line is one of
///
/// ```
/// scenario NAME MODULE KEY=VALUE…   a specification and its constants
/// check    PROFILE SCENARIO SEARCH  the specification as it is
/// mutant   PROFILE NAME SCENARIO SEARCH  the specification with one planted bug
/// ```
///
/// where PROFILE is `ci` or `long`, and SEARCH is `exhaustive`; or `through DEPTH`, which is that
/// up to states so many steps away; or `random TRACES DEPTH [SEED]`. A mutant counts as caught only
/// if an invariant failed, and if the same scenario without it was clean over at least as many
/// states in the same command: a scenario that fails by itself proves nothing.
@NullMarked
package dev.evenkeel.spec;

import org.jspecify.annotations.NullMarked;
