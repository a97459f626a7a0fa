package dev.evenkeel.wal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.simulation.CrashLoss;
import dev.evenkeel.simulation.DiskFaults.Operation;
import dev.evenkeel.simulation.PowerLoss;
import dev.evenkeel.telemetry.Telemetry;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Random lives of a log, with every kind of death, against [LogModel].
class LogRandomTest {
  private static final int GROUPS = 5;
  private static final int LIVES = 12;
  private static final int STEPS = 400;

  /// So few that a life ends while the log is being opened.
  private static final int STEPS_FEW = 12;

  private static final List<CrashLoss> LOSSES =
      List.of(CrashLoss.EVERYTHING, CrashLoss.NOTHING, CrashLoss.ARBITRARY);

  /// Kept, since a logger that nobody holds forgets its level.
  private static final Logger LOGGER = Logger.getLogger("dev.evenkeel.wal");

  private final Telemetry telemetry = new Telemetry();

  /// What must have happened: records read back, groups whose records were carried forward.
  private long recordsRead;

  private long carried;

  @BeforeAll
  static void silence() {
    LOGGER.setLevel(Level.OFF);
  }

  @AfterAll
  static void speak() {
    LOGGER.setLevel(null);
  }

  @Test
  void whatWasAcknowledgedSurvivesEveryDeath() {
    campaign(0, 60);
    assertThat(
            telemetry
                .probes()
                .missing(
                    List.of(
                        LogMeter.TORN_TAIL,
                        LogMeter.SEGMENT_CREATED,
                        LogMeter.SEGMENT_REUSED,
                        LogMeter.SEGMENT_FREED,
                        LogMeter.DISK_FULL,
                        LogMeter.DISK_ROOM_AGAIN,
                        LogMeter.OVERLOADED,
                        LogMeter.FAILED,
                        LogMeter.SHARED_BATCH)))
        .isEmpty();
    assertThat(recordsRead).isPositive();
    assertThat(carried).isPositive();
  }

  @Test
  @Tag("slow")
  void whatWasAcknowledgedSurvivesManyMoreDeaths() {
    campaign(1_000, 4_000);
  }

  private void campaign(long firstSeed, int seeds) {
    for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
      try {
        new Lives(seed).run();
      } catch (Exception | AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private final class Lives {
    private final SplittableRandom random;
    private final LogWorld world;
    private final LogModel model = new LogModel();
    private @Nullable CompletableFuture<LogPins> pins;
    private Expected expected = Expected.NOTHING;

    Lives(long seed) {
      random = new SplittableRandom(seed);
      world = new LogWorld(random.nextLong());
    }

    void run() throws IOException {
      for (int life = 0; life < LIVES; life++) {
        try {
          live();
        } catch (PowerLoss e) {
          crash();
        }
        world.forget();
        world.disk().faults().heal();
      }
      model.groups().forEach(group -> group.failures = 0);
      carried += model.groups().stream().filter(group -> group.carried > 0).count();
      world.disk().faults().capacityBytes(Long.MAX_VALUE);
      open();
    }

    /// From the first life on that came so far the log must be whole.
    private LogLife open() throws IOException {
      LogLife life = new LogLife(world, model, LogLife.SMALL, telemetry, expected);
      expected = Expected.RANGE;
      return life;
    }

    private void live() throws IOException {
      if (random.nextInt(4) == 0) {
        world.disk().faults().powerLossAtOperation(1 + random.nextInt(300));
      }
      pins = null;
      LogLife life = open();
      int steps = random.nextInt(random.nextBoolean() ? STEPS_FEW : STEPS);
      for (int i = 0; i < steps; i++) {
        act(life);
      }
      die(life);
    }

    private void act(LogLife life) throws IOException {
      switch (random.nextInt(24)) {
        case 0, 1, 2, 3, 4, 5, 6, 7 -> append(life);
        case 8 -> release(life);
        case 9 -> {
          for (int i = 0; i < 40; i++) {
            append(life);
          }
        }
        case 10 -> world.settle();
        case 11 -> world.passTime(LogLife.SMALL.roomInterval());
        case 12 -> shake();
        case 13 -> model.appendAgain(life.door(random.nextInt(GROUPS)), 50, random);
        case 14 -> model.appendNote(life.door(random.nextInt(GROUPS)), 50, random);
        case 15 -> read(life);
        case 16 -> carry(life);
        default -> world.step();
      }
    }

    private void append(LogLife life) {
      int bytes = random.nextInt(random.nextInt(8) == 0 ? 16_000 : 900);
      life.model().append(life.door(random.nextInt(GROUPS)), bytes, random);
    }

    private void release(LogLife life) {
      LogModel.Group group = model.group(random.nextInt(GROUPS));
      life.release(group.number, group.slotOf(group.durable));
    }

    /// May meet a failure that the disk was told to have.
    private void read(LogLife life) throws IOException {
      LogModel.Group group = model.group(random.nextInt(GROUPS));
      try {
        List<LogRecord> read =
            life.readFrom(group.number, group.released + 1, random.nextInt(20_000));
        group.requireRead(read);
        recordsRead += read.size();
      } catch (IOException e) {
        if (!String.valueOf(e.getMessage()).endsWith("Input/output error")) {
          throw e;
        }
      }
    }

    /// Asks who pins old segments, or has them carry forward when that has been answered.
    private void carry(LogLife life) {
      if (pins == null) {
        pins = life.log().pins(2);
      } else if (pins.isDone()) {
        LogPins found = pins.join();
        found.groups().forEach(group -> model.carry(life.door(group), found.segment()));
        pins = null;
      }
    }

    private void shake() {
      switch (random.nextInt(12)) {
        case 0 -> world.disk().faults().capacityBytes(random.nextInt(400_000));
        case 1, 2, 3, 4 -> world.disk().faults().capacityBytes(Long.MAX_VALUE);
        case 5 -> world.disk().faults().failNext(Operation.NAMES);
        case 6 -> world.disk().faults().failNext(Operation.SYNC_FOLDER);
        case 7 -> world.disk().faults().failNext(Operation.SYNC);
        default -> {}
      }
    }

    private void die(LogLife life) {
      switch (random.nextInt(4)) {
        case 0 -> {
          life.end();
          world.settle();
          world.disk().kill();
        }
        case 1 -> world.disk().kill();
        default -> crash();
      }
      world.disk().faults().capacityBytes(Long.MAX_VALUE);
    }

    private void crash() {
      world.disk().crash(LOSSES.get(random.nextInt(LOSSES.size())));
      world.disk().faults().capacityBytes(Long.MAX_VALUE);
    }
  }
}
