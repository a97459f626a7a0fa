package dev.evenkeel.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.simulation.CrashLoss;
import dev.evenkeel.simulation.Simulator;
import dev.evenkeel.simulation.ZonedNode;
import dev.evenkeel.simulation.ZonedRegion;
import dev.evenkeel.simulation.invariant.ReplicasAgree;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What the status says while a node that has lost its disk is rebuilt.
class RebuildStatusTest {
  private static final long SECOND = 1_000_000_000;
  private static final Pattern REPAIR =
      Pattern.compile("\\{\"group\":(\\d+),\"members\":\\[\"1-[^]]* log\"[^]]*]}");
  private static final Pattern RESTORE =
      Pattern.compile("\\{\"group\":(\\d+),\"fetchedBytes\":\\d+}");
  private static final String NOTHING = "\"repairs\":[],\"restores\":[]}";

  private final Simulator simulator = new Simulator(1);
  private final ZonedRegion region = new ZonedRegion(simulator, 3);
  private final ReplicasAgree agreement = new ReplicasAgree(region);
  private final Set<String> repaired = new HashSet<>();
  private final Set<String> restored = new HashSet<>();

  private void await(BooleanSupplier condition) {
    simulator.runUntil(condition, 30 * SECOND);
  }

  private String status(ZonedNode node) {
    Database database = node.machine().service();
    return database == null ? "" : new RegionStatus("local", region.zones(), database).json();
  }

  private static Set<String> groups(Pattern pattern, String status) {
    return pattern
        .matcher(status)
        .results()
        .map(RebuildStatusTest::group)
        .collect(Collectors.toSet());
  }

  private static String group(MatchResult found) {
    return found.group(1);
  }

  private boolean lacks(ZonedNode node) {
    return status(node).matches(".*\"lacking\":[1-9].*");
  }

  @Test
  void groupsThatNoNodeIsLeftForAreCountedAsLacking() {
    region.start();
    await(() -> region.serves() && agreement.isAtRest());
    assertThat(region.nodes()).noneMatch(this::lacks);
    ZonedNode gone = region.nodes().iterator().next();
    gone.losePower(CrashLoss.NOTHING, 5 * SECOND);
    await(() -> region.nodes().stream().anyMatch(this::lacks));
    assertThat(region.nodes())
        .filteredOn(this::lacks)
        .allSatisfy(node -> {
          assertThat(status(node)).as("nobody takes its place").contains(NOTHING);
        });
    await(() -> region.nodes().stream().noneMatch(this::lacks));
  }

  @Test
  void repairsAndRestoresAreListedWhileTheyAreUnderWay() {
    region.start();
    await(() -> region.serves() && agreement.isAtRest());
    assertThat(region.nodes()).allMatch(node -> status(node).contains(NOTHING));
    ZonedNode lost = region.nodes().iterator().next();
    lost.loseDisk();
    await(() -> {
      region.nodes().forEach(node -> repaired.addAll(groups(REPAIR, status(node))));
      restored.addAll(groups(RESTORE, status(lost)));
      return lost.serves() && agreement.isAtRest();
    });
    assertThat(restored).isNotEmpty();
    assertThat(repaired).isNotEmpty();
    assertThat(region.nodes()).allMatch(node -> status(node).contains(NOTHING));
  }
}
