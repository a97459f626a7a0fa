package dev.evenkeel.simulation.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Runs seeds with a bug planted until one fails, and says for the table of `make mutants` which
/// one did and what it found.
///
/// A test that hunts has `static String verdict(long seed, …)`: what was found, or empty. It is
/// called in classes that have the bug.
public final class BugHunt {
  private BugHunt() {}

  /// Fails when no seed does.
  static void requireCaught(PlantedBug bug, Class<?> test, int seedsMax) throws Exception {
    requireCaught(bug, test, 1, seedsMax);
  }

  /// The same with seeds of `[first, last]`.
  ///
  /// @param more what `verdict` takes besides the seed
  static void requireCaught(PlantedBug bug, Class<?> test, int first, int last, String... more)
      throws Exception {
    Class<?>[] types = new Class<?>[1 + more.length];
    Arrays.fill(types, String.class);
    types[0] = long.class;
    Method verdict =
        MutantLoader.plant(bug).loadClass(test.getName()).getDeclaredMethod("verdict", types);
    verdict.setAccessible(true);
    Object[] arguments = new Object[types.length];
    System.arraycopy(more, 0, arguments, 1, more.length);
    long begun = System.nanoTime();
    String found = "";
    int seed = first - 1;
    while (found.isEmpty() && seed < last) {
      arguments[0] = (long) ++seed;
      found = String.valueOf(verdict.invoke(null, arguments));
    }
    String by = found.isEmpty() ? "-" : String.valueOf(seed);
    report(bug, String.join(" ", more), by, begun, found);
    assertThat(found).as("%s: found by seeds from %d to %d", bug, first, last).isNotEmpty();
  }

  /// Fails when every test of that class passes with the bug planted. What is set up is set up by
  /// its constructor.
  static void requireCaughtByTests(PlantedBug bug, Class<?> tests) throws Exception {
    Class<?> mutant = MutantLoader.plant(bug).loadClass(tests.getName());
    Constructor<?> constructor = mutant.getDeclaredConstructor();
    constructor.setAccessible(true);
    long begun = System.nanoTime();
    List<String> failed = new ArrayList<>();
    for (Method test : mutant.getDeclaredMethods()) {
      if (test.isAnnotationPresent(Test.class) && fails(test, constructor.newInstance())) {
        failed.add(test.getName());
      }
    }
    Collections.sort(failed);
    String by = failed.isEmpty() ? "-" : "";
    report(bug, tests.getSimpleName(), by, begun, String.join(" ", failed));
    assertThat(failed).as("%s: tests of %s that fail", bug, tests.getSimpleName()).isNotEmpty();
  }

  /// Whether that method of a class of tests does.
  public static boolean fails(Method test, Object instance) throws IllegalAccessException {
    test.setAccessible(true);
    try {
      test.invoke(instance);
      return false;
    } catch (InvocationTargetException e) {
      return true;
    }
  }

  private static void report(PlantedBug bug, String with, String by, long begun, String found) {
    System.out.printf(
        "%-64s %-28s %4s %4d s  %s%n",
        bug, with, by, (System.nanoTime() - begun) / 1_000_000_000, finding(found));
  }

  /// The first line that says something, without what it says of the seed.
  private static String finding(String found) {
    return found
        .lines()
        .filter(line -> !line.isBlank())
        .findFirst()
        .orElse("survives")
        .replaceFirst(".*? steps[,:] ", "");
  }
}
