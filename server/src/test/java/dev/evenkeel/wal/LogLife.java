package dev.evenkeel.wal;

import dev.evenkeel.telemetry.Telemetry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/// A log in a [LogWorld], from one open to the next crash, and its model.
final class LogLife {
  /// Small, so that segments end often.
  static final LogOptions SMALL =
      new LogOptions(
          "log", 64 << 10, 32 << 10, 16 << 10, 48 << 10, 16 << 10, 2, Duration.ofSeconds(1));

  private final LogWorld world;
  private final LogModel model;
  private final LogOptions options;
  private final Telemetry telemetry;
  private final Log log;
  private final Map<Long, LogGroup> doors = new TreeMap<>();

  LogLife(
      LogWorld world, LogModel model, LogOptions options, Telemetry telemetry, Expected expected)
      throws IOException {
    this.world = world;
    this.model = model;
    this.options = options;
    this.telemetry = telemetry;
    model.beginReplay();
    this.log = Log.open(world, telemetry, options, expected, model);
    model.endReplay();
  }

  static LogLife begin(long seed) throws IOException {
    return begin(seed, SMALL);
  }

  static LogLife begin(long seed, LogOptions options) throws IOException {
    LogLife life =
        new LogLife(new LogWorld(seed), new LogModel(), options, new Telemetry(), Expected.NOTHING);
    life.world.settle();
    return life;
  }

  /// Opens the log again, after whatever happened to it.
  LogLife reopen() throws IOException {
    return reopen(Expected.RANGE);
  }

  LogLife reopen(Expected expected) throws IOException {
    world.forget();
    return new LogLife(world, model, options, telemetry, expected);
  }

  /// Closes the log; whether it got to its end.
  boolean end() {
    CompletableFuture<Void> ended = log.end();
    world.settle();
    return ended.isDone();
  }

  LogWorld world() {
    return world;
  }

  LogModel model() {
    return model;
  }

  Log log() {
    return log;
  }

  long events(String event) {
    return telemetry.probes().count(event);
  }

  LogGroup door(long group) {
    return doors.computeIfAbsent(group, number -> log.group(number, model.group(number)));
  }

  /// All that can be read of a group from that slot on, some at a time.
  List<LogRecord> readFrom(long group, long slot, int bytesMax) throws IOException {
    List<LogRecord> all = new ArrayList<>();
    long next = slot;
    List<LogRecord> some = read(group, next, Long.MAX_VALUE, bytesMax);
    while (!some.isEmpty()) {
      all.addAll(some);
      next = all.getLast().slot() + 1;
      some = read(group, next, Long.MAX_VALUE, bytesMax);
    }
    return all;
  }

  List<LogRecord> read(long group, long fromSlot, long toSlot, int bytesMax) throws IOException {
    return switch (door(group).read(fromSlot, toSlot, bytesMax)) {
      case LogRead.Records(var records) -> records;
      case LogRead.Gone _ -> throw new AssertionError("slot " + fromSlot + " is gone");
    };
  }

  void release(long group, long slot) {
    door(group).release(slot);
    LogModel.Group known = model.group(group);
    known.released = Math.max(known.released, slot);
  }
}
