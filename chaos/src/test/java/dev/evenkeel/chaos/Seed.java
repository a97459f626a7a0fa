package dev.evenkeel.chaos;

/// Where the chance of a test comes from: fresh in each run, or given.
final class Seed {
  private static final String PROPERTY = "chaos.seed";

  private Seed() {}

  static long choose() {
    Long given = Long.getLong(PROPERTY);
    return given != null ? given : System.nanoTime() & 0xffff_ffffL;
  }

  /// For the description of an assertion.
  static String repeat(Class<?> test, long seed) {
    return "to repeat: mvn test -pl chaos -am -Dtests.excluded=none -Dtest="
        + test.getSimpleName()
        + " -Dsurefire.failIfNoSpecifiedTests=false -D"
        + PROPERTY
        + "="
        + seed;
  }
}
