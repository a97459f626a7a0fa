package dev.evenkeel.wal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;

/// What the groups of a log know of it: what they appended, what was acknowledged, what they
/// released. Compares each replay and what is read back with that, and goes on from what was
/// replayed.
///
/// A record's ballot is its place among the group's appends, from 1 on.
final class LogModel implements LogReplay {
  private final Map<Long, Group> groups = new TreeMap<>();

  @SuppressWarnings("ArrayRecordComponent")
  private record Appended(byte kind, long slot, byte[] payload) {}

  static final class Group implements LogListener {
    final long number;

    /// What was appended, in that order.
    private final List<Appended> appends = new ArrayList<>();

    /// Appends up to this one were acknowledged.
    long durable;

    /// Slot up to which all may be forgotten, and append up to which.
    long released;

    long carried;
    int failures;

    /// How many appends there were when the log was opened.
    private long recovered;

    /// What is done when so many appends are durable.
    private Runnable whenDurable = () -> {};

    private long whenDurableAt = Long.MAX_VALUE;

    /// What the replay that goes on has shown.
    long firstReplayed;

    long lastReplayed;

    Group(long number) {
      this.number = number;
    }

    long appended() {
      return appends.size();
    }

    long slotOf(long append) {
      return append == 0 ? 0 : appends.get((int) append - 1).slot;
    }

    long highestSlot() {
      return appends.stream().mapToLong(Appended::slot).max().orElse(0);
    }

    @Override
    public void durable(long sequence) {
      long append = recovered + sequence;
      assertThat(append).as("durable append of group " + number).isBetween(durable, appended());
      durable = append;
      if (durable >= whenDurableAt) {
        whenDurableAt = Long.MAX_VALUE;
        whenDurable.run();
      }
    }

    /// Runs it when all appends until now are durable.
    void afterwards(Runnable task) {
      whenDurable = task;
      whenDurableAt = appended();
    }

    @Override
    public void failed(IOException cause) {
      failures++;
    }

    /// Slot → newest append, of what is not released.
    Map<Long, Long> newest(long upToAppend) {
      Map<Long, Long> newest = new TreeMap<>();
      for (long append = 1; append <= upToAppend; append++) {
        if (appends.get((int) append - 1).kind >= 0 && slotOf(append) > released) {
          newest.put(slotOf(append), append);
        }
      }
      return newest;
    }

    /// What was read from the first slot that is not released: at the least what is known as
    /// durable.
    void requireRead(List<LogRecord> records) {
      TreeMap<Long, Long> read = new TreeMap<>();
      for (LogRecord record : records) {
        assertThat(record.kind()).isNotNegative();
        requireSame(record.ballot(), record.kind(), record.slot(), record.payload());
        assertThat(read.isEmpty() || read.lastKey() < record.slot()).isTrue();
        read.put(record.slot(), record.ballot());
      }
      newest(Math.max(durable, recovered))
          .forEach((slot, append) ->
              assertThat(read.get(slot))
                  .as("slot " + slot + " of group " + number)
                  .isNotNull()
                  .isGreaterThanOrEqualTo(append));
    }

    private void requireSame(long append, byte kind, long slot, byte[] payload) {
      assertThat(append).as("append of group " + number).isBetween(1L, appended());
      Appended expected = appends.get((int) append - 1);
      assertThat(kind).isEqualTo(expected.kind);
      assertThat(slot).isEqualTo(expected.slot);
      assertThat(payload).isEqualTo(expected.payload);
    }
  }

  Group group(long number) {
    return groups.computeIfAbsent(number, Group::new);
  }

  List<Group> groups() {
    return List.copyOf(groups.values());
  }

  /// Appends what the random numbers say to the next slot.
  AppendOutcome append(LogGroup door, int payloadBytes, SplittableRandom random) {
    long slot = group(door.number()).highestSlot() + 1;
    return append(door, (byte) (slot % 3), slot, payload(payloadBytes, random));
  }

  /// Writes a slot again that is not released.
  void appendAgain(LogGroup door, int payloadBytes, SplittableRandom random) {
    Group group = group(door.number());
    if (group.highestSlot() > group.released) {
      long slot = random.nextLong(group.released + 1, group.highestSlot() + 1);
      append(door, (byte) 3, slot, payload(payloadBytes, random));
    }
  }

  void appendNote(LogGroup door, int payloadBytes, SplittableRandom random) {
    long slot = group(door.number()).highestSlot();
    append(door, (byte) -1, slot, payload(payloadBytes, random));
  }

  /// Appends all again that is not released, then lets go of the segments before that one.
  void carry(LogGroup door, long segment) {
    Group group = group(door.number());
    long before = group.appended();
    for (long append : group.newest(before).values()) {
      Appended old = group.appends.get((int) append - 1);
      if (append(door, old.kind, old.slot, old.payload) != AppendOutcome.ACCEPTED) {
        return;
      }
    }
    if (group.appended() > before) {
      group.afterwards(() -> {
        group.carried = before;
        door.releaseBefore(segment);
      });
    }
  }

  private AppendOutcome append(LogGroup door, byte kind, long slot, byte[] payload) {
    Group group = group(door.number());
    // Noted first: the power may be lost within, and then the record may be there or not.
    group.appends.add(new Appended(kind, slot, payload));
    AppendOutcome outcome = door.append(kind, group.appended(), slot, payload);
    if (outcome != AppendOutcome.ACCEPTED) {
      group.appends.removeLast();
    }
    assertThat(group.recovered + door.appended()).isEqualTo(group.appended());
    return outcome;
  }

  private static byte[] payload(int bytes, SplittableRandom random) {
    byte[] payload = new byte[bytes];
    random.nextBytes(payload);
    return payload;
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
      group.firstReplayed = ballot;
    } else {
      assertThat(ballot).as("append of group " + number).isEqualTo(group.lastReplayed + 1);
    }
    group.lastReplayed = ballot;
    byte[] bytes = new byte[payload.remaining()];
    payload.get(bytes);
    group.requireSame(ballot, kind, slot, bytes);
  }

  /// Nothing that was acknowledged and not released is missing. What was not acknowledged and was
  /// not replayed is no more.
  void endReplay() {
    for (Group group : groups()) {
      LongStream.rangeClosed(group.carried + 1, group.durable)
          .filter(append -> group.slotOf(append) > group.released)
          .findFirst()
          .ifPresent(needed -> {
            assertThat(group.firstReplayed)
                .as("first append of group " + group.number)
                .isBetween(1L, needed);
            assertThat(group.lastReplayed)
                .as("last append of group " + group.number)
                .isGreaterThanOrEqualTo(group.durable);
          });
      long last = Math.max(group.lastReplayed, group.durable);
      group.appends.subList((int) last, group.appends.size()).clear();
      group.recovered = group.appended();
      group.whenDurableAt = Long.MAX_VALUE;
      group.failures = 0;
    }
  }
}
