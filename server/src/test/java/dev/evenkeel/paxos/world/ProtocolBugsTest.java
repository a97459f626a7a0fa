package dev.evenkeel.paxos.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.simulation.campaign.MutantLoader;
import dev.evenkeel.simulation.campaign.PlantedBug;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The tests of the protocol can fail: each planted bug is caught by a unit test or by the world
/// within some seeds. `make mutants` tries all of them and prints by what each is caught.
class ProtocolBugsTest {
  private static final Path SOURCES = Path.of("src", "main", "java", "dev", "evenkeel");
  private static final int SEEDS_MAX = 100;

  /// When a unit test has caught it, so many seeds are tried nevertheless, for the table.
  private static final int SEEDS_FOR_THE_TABLE = 25;

  private static final int ROTATING = 3;

  /// By what a bug was caught.
  ///
  /// @param unitTest empty for none
  /// @param seed 0 for none
  private record Catch(PlantedBug bug, String unitTest, int seed, String finding) {
    boolean isNothing() {
      return unitTest.isEmpty() && seed == 0;
    }

    String line() {
      return "%-72s %-72s %4s  %s"
          .formatted(bug, unitTest, seed == 0 ? "-" : String.valueOf(seed), finding);
    }
  }

  /// Who changes the core plants anew what no longer fits.
  @Test
  void eachCanBePlanted() throws IOException {
    for (PlantedBug bug : ProtocolBugs.ALL) {
      String source = Files.readString(SOURCES.resolve(bug.file()));
      assertThat(bug.plant(source)).as("%s", bug).isNotEqualTo(source);
    }
  }

  @Test
  void someAreCaught() throws Exception {
    int first = ThreadLocalRandom.current().nextInt(ProtocolBugs.ALL.size());
    for (int i = 0; i < ROTATING; i++) {
      PlantedBug bug = ProtocolBugs.ALL.get((first + i) % ProtocolBugs.ALL.size());
      assertThat(hunt(bug, 0)).as("%s", bug).matches(each -> !each.isNothing(), "is caught");
    }
  }

  @Test
  @Tag("slow")
  @Tag("mutants")
  void allAreCaught() throws Exception {
    List<Catch> survivors = new ArrayList<>();
    System.out.printf(
        "%-72s %-72s %4s  %s%n", "planted bug", "unit test", "seed", "the world says");
    for (PlantedBug bug : ProtocolBugs.ALL) {
      Catch found = hunt(bug, SEEDS_FOR_THE_TABLE);
      System.out.println(found.line());
      if (found.isNothing()) {
        survivors.add(found);
      }
    }
    System.out.printf("%d bugs, %d survive%n", ProtocolBugs.ALL.size(), survivors.size());
    assertThat(survivors).isEmpty();
  }

  private static Catch hunt(PlantedBug bug, int seedsWhenCaught) throws Exception {
    Class<?> mutant = MutantLoader.plant(bug).loadClass(ProtocolBugs.class.getName());
    Method unitTest = mutant.getDeclaredMethod("unitTest");
    Method verdict = mutant.getDeclaredMethod("verdict", long.class);
    unitTest.setAccessible(true);
    verdict.setAccessible(true);
    String caughtBy = String.valueOf(unitTest.invoke(null));
    int seeds = caughtBy.isEmpty() ? SEEDS_MAX : seedsWhenCaught;
    for (int seed = 1; seed <= seeds; seed++) {
      String finding = String.valueOf(verdict.invoke(null, (long) seed));
      if (!finding.isEmpty()) {
        return new Catch(bug, caughtBy, seed, finding);
      }
    }
    return new Catch(bug, caughtBy, 0, "");
  }
}
