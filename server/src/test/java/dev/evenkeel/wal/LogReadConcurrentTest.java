package dev.evenkeel.wal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.runtime.RealEnvironment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Reads while another thread appends and segments are freed and used again.
class LogReadConcurrentTest {
  private static final int RECORDS = 30_000;
  private static final int IN_FLIGHT = 8;
  private static final int KEPT = 40;
  private static final int ASKED = 50;
  private static final int PAYLOAD_BYTES = 500;
  private static final LogOptions OPTIONS =
      new LogOptions("log", 64 << 10, 64 << 10, 16 << 10, 64 << 10, 0, 2, Duration.ofMillis(10));

  @Test
  void everyReadIsWholeOrGone() throws IOException {
    try (RealEnvironment environment =
            RealEnvironment.inMemory(1L << 28, LogReadConcurrentTest::fatal);
        Log log = Log.open(environment, OPTIONS, (group, kind, ballot, slot, payload) -> {})) {
      Writer writer = new Writer(log);
      writer.append();
      SplittableRandom random = new SplittableRandom(3);
      long whole = 0;
      while (!writer.done.isDone()) {
        long durable = writer.durable;
        long from = Math.max(1, durable - random.nextInt(2 * KEPT));
        LogRead read = writer.group.read(from, from + ASKED, 1 << 20);
        boolean mayBeGone = from <= writer.durable - KEPT;
        whole += judge(read, from, Math.min(from + ASKED, durable + 1), mayBeGone);
      }
      writer.done.join();
      assertThat(whole).isPositive();
    }
  }

  private static long judge(LogRead read, long from, long durableTo, boolean mayBeGone) {
    switch (read) {
      case LogRead.Gone _ -> {
        assertThat(mayBeGone).as("slot %d is gone", from).isTrue();
        return 0;
      }
      case LogRead.Records(var records) -> {
        for (LogRecord record : records) {
          assertThat(ByteBuffer.wrap(record.payload()).getLong()).isEqualTo(record.slot());
        }
        if (!mayBeGone) {
          List<Long> slots = records.stream().map(LogRecord::slot).toList();
          assertThat(slots).containsAll(LongStream.range(from, durableTo).boxed().toList());
        }
        return mayBeGone ? 0 : 1;
      }
    }
  }

  private static void fatal(Throwable bug) {
    throw new AssertionError(bug);
  }

  private static final class Writer implements LogListener {
    final CompletableFuture<Void> done = new CompletableFuture<>();
    final LogGroup group;
    volatile long durable;

    Writer(Log log) {
      this.group = log.group(1, this);
    }

    /// Appends the first record here; all others on the log's thread.
    void append() {
      long slot = group.appended() + 1;
      byte[] payload = ByteBuffer.allocate(PAYLOAD_BYTES).putLong(slot).array();
      AppendOutcome outcome = group.append((byte) 1, 1, slot, payload);
      if (outcome != AppendOutcome.ACCEPTED) {
        done.completeExceptionally(new AssertionError("an append was " + outcome));
      }
    }

    @Override
    public void durable(long sequence) {
      durable = sequence;
      group.release(sequence - KEPT);
      while (!done.isDone() && group.appended() < Math.min(RECORDS, sequence + IN_FLIGHT)) {
        append();
      }
      if (sequence == RECORDS) {
        done.complete(null);
      }
    }

    @Override
    public void failed(IOException cause) {
      done.completeExceptionally(cause);
    }
  }
}
