package dev.evenkeel.paxos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AcceptedLogTest {
  private static final Ballot BALLOT = new Ballot(1, 1);

  /// Whatever is accepted, replaced, chosen, forgotten or left out, in any order.
  @Test
  void openBytesAreThoseOfTheEntriesThatAreNotChosen() {
    for (int seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      AcceptedLog log = new AcceptedLog(0, 0);
      TreeMap<Long, Integer> open = new TreeMap<>();
      long chosen = 0;
      for (int step = 0; step < 200; step++) {
        switch (random.nextInt(8)) {
          case 0 -> {
            chosen = random.nextLong(chosen, log.last() + 1);
            log.chosen(chosen);
          }
          case 1 -> log.evict(chosen, random.nextInt(100));
          case 2 -> {
            if (random.nextInt(8) == 0) {
              chosen += random.nextLong(8);
              log.base(chosen);
            }
          }
          default -> {
            long slot = random.nextLong(Math.max(chosen + 1, log.first()), log.last() + 2);
            Value value = new Value.Command(new byte[random.nextInt(50)]);
            log.put(new Entry(slot, BALLOT, value));
            open.put(slot, value.size());
          }
        }
        open.headMap(chosen, true).clear();
        assertThat(log.openBytes())
            .as("seed %s, step %s", seed, step)
            .isEqualTo(open.values().stream().mapToLong(Integer::longValue).sum());
      }
    }
  }
}
