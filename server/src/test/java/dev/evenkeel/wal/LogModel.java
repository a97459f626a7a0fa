package dev.evenkeel.wal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// What the groups of a log know of it: what they appended, what was acknowledged, what they
/// released. Compares each replay with that, and goes on from what was replayed.
final class LogModel implements LogReplay {
  private final Map<Long, Group> groups = new TreeMap<>();

  static final class Group implements LogListener {
    /// What was appended, slot 1 first.
    final List<byte[]> payloads = new ArrayList<>();

    final long number;
    long durable;
    long released;
    int failures;

    /// The newest slot when the log was opened: the first append of a life has the next one.
    private long recovered;

    /// What the replay that goes on has shown.
    long firstReplayed;

    long lastReplayed;

    Group(long number) {
      this.number = number;
    }

    long lastSlot() {
      return payloads.size();
    }

    @Override
    public void durable(long sequence) {
      long slot = recovered + sequence;
      assertThat(slot).as("durable slot of group " + number).isBetween(durable, lastSlot());
      durable = slot;
    }

    @Override
    public void failed(IOException cause) {
      failures++;
    }
  }

  Group group(long number) {
    return groups.computeIfAbsent(number, Group::new);
  }

  List<Group> groups() {
    return List.copyOf(groups.values());
  }

  /// Appends what the random numbers say.
  AppendOutcome append(LogGroup door, int payloadBytes, SplittableRandom random) {
    Group group = group(door.number());
    byte[] payload = new byte[payloadBytes];
    random.nextBytes(payload);
    long slot = group.lastSlot() + 1;
    AppendOutcome outcome = door.append(kind(slot), ballot(slot), slot, payload);
    if (outcome == AppendOutcome.ACCEPTED) {
      group.payloads.add(payload);
    }
    assertThat(group.recovered + door.appended()).isEqualTo(group.lastSlot());
    return outcome;
  }

  void beginReplay() {
    groups()
        .forEach(group -> {
          group.firstReplayed = 0;
          group.lastReplayed = 0;
        });
  }

  @Override
  public void record(long number, byte kind, long ballot, long slot, ByteBuffer payload) {
    Group group = group(number);
    if (group.lastReplayed == 0) {
      group.firstReplayed = slot;
    } else {
      assertThat(slot).as("slot of group " + number).isEqualTo(group.lastReplayed + 1);
    }
    assertThat(slot).as("slot of group " + number).isLessThanOrEqualTo(group.lastSlot());
    group.lastReplayed = slot;
    byte[] bytes = new byte[payload.remaining()];
    payload.get(bytes);
    assertThat(bytes).isEqualTo(group.payloads.get((int) slot - 1));
    assertThat(kind).isEqualTo(kind(slot));
    assertThat(ballot).isEqualTo(ballot(slot));
  }

  /// Nothing that was acknowledged and not released is missing. What was not acknowledged and was
  /// not replayed is no more.
  void endReplay() {
    for (Group group : groups()) {
      if (group.durable > group.released) {
        assertThat(group.firstReplayed)
            .as("first slot of group " + group.number)
            .isBetween(1L, group.released + 1);
        assertThat(group.lastReplayed)
            .as("last slot of group " + group.number)
            .isGreaterThanOrEqualTo(group.durable);
      }
      long last = Math.max(group.lastReplayed, group.released);
      group.payloads.subList((int) last, group.payloads.size()).clear();
      group.recovered = group.lastSlot();
      group.failures = 0;
    }
  }

  private static byte kind(long slot) {
    return (byte) (slot % 3);
  }

  private static long ballot(long slot) {
    return slot / 10;
  }
}
