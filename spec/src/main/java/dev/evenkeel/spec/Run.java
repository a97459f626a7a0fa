package dev.evenkeel.spec;

import java.util.Map;

/// One run of the model checker.
///
/// @param scenario its name
/// @param specification the name of its module
/// @param constants of the specification, without the mutant
/// @param mutant the planted bug; empty for the specification as it is
record Run(
    String scenario,
    String specification,
    Map<String, String> constants,
    String mutant,
    Search search) {
  boolean isMutant() {
    return !mutant.isEmpty();
  }

  String name() {
    return isMutant() ? mutant : scenario;
  }

  /// Whether this run, if it is clean, shows that the other's scenario is.
  boolean covers(Run other) {
    return constants.equals(other.constants) && search.covers(other.search);
  }
}
