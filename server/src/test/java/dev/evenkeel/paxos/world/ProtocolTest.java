package dev.evenkeel.paxos.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.simulation.campaign.Shrinking;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The protocol under everything that can go wrong, with the same seeds each time.
/// [ProtocolCampaignTest] is the long version, with fresh ones.
class ProtocolTest {
  private static final int FIXED_SEEDS = 200;
  private static final int SEEDS_RUN_TWICE = 5;
  private static final long MILLI = 1_000_000;

  @Test
  void holdsWithFixedSeeds() {
    assertThat(Campaign.run(1, FIXED_SEEDS)).containsAll(Campaign.RARE_EVENTS);
  }

  /// A replica was removed, emptied its disk and came again in one life of its node, and was bound
  /// no more by what the former one had told.
  @Test
  void holdsWithSeedsThatOnceFailed() {
    assertThat(Campaign.run(978061894145L, 1)).contains("world.wiped");
  }

  /// A leader sent what its log held of a lower ballot, behind a change that it proposed again.
  @Test
  void holdsWithAnOldTailBehindAChange() {
    assertThat(Campaign.run(5001284, 1)).contains("world.reconfigured");
  }

  /// A leader that has been removed meanwhile, and has not heard of it, counts votes in its own
  /// ballot that come late.
  @Test
  void holdsWithLateVotesForAFormerLeader() {
    assertThat(Campaign.run(816711848543L, 1)).contains("world.reconfigured");
  }

  @Test
  void theSameSeedLeavesTheSameTrace() {
    for (long seed = 1; seed <= SEEDS_RUN_TWICE; seed++) {
      Set<FaultKind> faults = EnumSet.allOf(FaultKind.class);
      long first = new World(seed, faults).run();
      assertThat(new World(seed, faults).run()).as("seed %d", seed).isEqualTo(first);
    }
  }

  /// A check that fails once two kinds have struck: neither more kinds nor more time are named.
  @Test
  void aFailureIsToldByTheLeastThatItNeeds() {
    Set<FaultKind> needed = EnumSet.of(FaultKind.CRASHES, FaultKind.PAUSES);
    long seed = 1;
    while (!struck(seed).containsAll(needed)) {
      seed++;
    }
    Set<String> all = new TreeSet<>();
    EnumSet.allOf(FaultKind.class).forEach(kind -> all.add(kind.name()));
    String report =
        Campaign.report(seed, new Shrinking.Strikes(all, 80_000), world -> fails(world, needed));
    Matcher told =
        Pattern.compile("PROTOCOL_SEED=" + seed + " FAULTS=CRASHES,PAUSES UNTIL=(\\d+)")
            .matcher(report);
    assertThat(told.find()).as(report).isTrue();
    long until = Long.parseLong(told.group(1));
    assertThat(fails(new World(seed, needed, until * MILLI), needed)).isTrue();
    assertThat(fails(new World(seed, needed, (until - 1) * MILLI), needed)).isFalse();
  }

  private static boolean fails(World world, Set<FaultKind> needed) {
    world.run();
    return world.struck.containsAll(needed);
  }

  private static Set<FaultKind> struck(long seed) {
    World world = new World(seed, EnumSet.allOf(FaultKind.class));
    world.run();
    return world.struck;
  }

  @Test
  void seedsDiffer() {
    long[] traces = new long[SEEDS_RUN_TWICE];
    Arrays.setAll(traces, i -> new World(i, Set.of()).run());
    Set<Long> distinct = new TreeSet<>();
    Arrays.stream(traces).forEach(distinct::add);
    assertThat(distinct).hasSize(SEEDS_RUN_TWICE);
  }
}
