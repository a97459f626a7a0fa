package dev.evenkeel.index;

import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.environment.Environment;
import dev.evenkeel.model.AttributeValue.Bytes;
import dev.evenkeel.model.GlobalIndex;
import dev.evenkeel.replica.ChangePosition;
import dev.evenkeel.replica.ChangeRecord;
import dev.evenkeel.replica.ChangeRecords;
import dev.evenkeel.replica.IndexBatch;
import dev.evenkeel.replica.IndexPosition;
import dev.evenkeel.replica.Page;
import dev.evenkeel.replica.PageOutcome;
import dev.evenkeel.replica.PageRead;
import dev.evenkeel.replica.Request;
import dev.evenkeel.replica.StorageReplica;
import dev.evenkeel.replica.WriteOutcome;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One global index on its way behind one partition of its table, as the node sees it that leads
/// the partition. At most one batch is on its way at a time.
///
/// Every field is a cache: the truth is the position that the index's partition stores, and a batch
/// that begins elsewhere is refused by it and answered with the position.
final class Follower {
  private final Propagator propagator;
  private final Environment environment;
  private final IndexOptions options;
  private final GlobalIndex index;

  /// Led by this node, when last seen.
  private final StorageReplica base;

  /// Set before `busy` is cleared.
  private volatile IndexPosition position = IndexPosition.START;

  /// Whether the index's partition has told where it is, in this leadership.
  private volatile boolean known;

  private volatile boolean busy;

  /// The partition had applied this when there was nothing left to do.
  private volatile long quietAt = -1;

  /// Until when nothing is sent, on the monotonic clock.
  private volatile long pausedUntil;

  private volatile long backlog;

  /// Whether the catalogue is being told, or was, that the index is filled.
  private volatile boolean announced;

  Follower(Propagator propagator, GlobalIndex index, StorageReplica base) {
    this.propagator = propagator;
    this.environment = propagator.environment();
    this.options = propagator.options();
    this.index = index;
    this.base = base;
    this.pausedUntil = environment.clock().monotonicNanos();
  }

  StorageReplica base() {
    return base;
  }

  GlobalIndex index() {
    return index;
  }

  boolean isFilled() {
    return known && position.isFilled(base.group());
  }

  boolean isToBeAnnounced() {
    return isFilled() && !announced;
  }

  void announced() {
    announced = true;
  }

  /// How much of the table has its entries, from 0 to 1.
  double filled() {
    return isFilled() ? 1 : StoredKeys.fraction(position.filled().array());
  }

  /// Up to where the index needs no change records any more; null while that is unknown.
  @Nullable ChangePosition done() {
    return known ? position.upTo() : null;
  }

  /// Changes that the index lacks, about.
  long backlog() {
    return backlog;
  }

  boolean isBusy() {
    return busy;
  }

  /// Sends the next batch if there is one. Called by one thread at a time.
  void advance() {
    if (busy || environment.clock().monotonicNanos() - pausedUntil < 0) {
      return;
    }
    if (quietAt == base.state().appliedSlot()) {
      return;
    }
    busy = true;
    environment.tasks().reads().execute(this::step);
  }

  private void step() {
    long applied = base.state().appliedSlot();
    IndexBatch batch = null;
    List<ChangeRecord> records = List.of();
    try {
      if (!base.serves() || applied < position.upTo().slot()) {
        // Another leads, or this replica lags behind what another has propagated.
        rest(applied);
        return;
      }
      if (position.equals(IndexPosition.START)) {
        // What came before is nothing that the index would have: it begins here, and is filled.
        IndexPosition first =
            new IndexPosition(ChangePosition.endOf(applied), IndexPosition.START.filled());
        batch = new IndexBatch(base.group(), position, first, List.of(), IndexBatch.Size.NONE);
      } else {
        Page page = isFilled() ? null : page();
        // Every change that the page shows stands up to here.
        ChangePosition shown = page == null ? null : ChangeRecords.newest(base);
        records = base.changes(position.upTo(), options.recordsMax(), options.bytesMax());
        batch = batch(page, shown, records);
      }
    } catch (IOException _) {
      retry();
      return;
    }
    backlog = records.isEmpty() ? 0 : Math.max(0, applied - position.upTo().slot());
    if (batch == null) {
      rest(applied);
    } else {
      send(batch, records);
    }
  }

  private @Nullable IndexBatch batch(
      @Nullable Page page, @Nullable ChangePosition shown, List<ChangeRecord> records) {
    BatchBuilder builder = new BatchBuilder(index, base.group(), position);
    ChangePosition last = records.isEmpty() ? position.upTo() : records.getLast().position();
    if (page != null && shown != null && last.compareTo(shown) >= 0) {
      Bytes end =
          page.last() == null
              ? IndexPosition.end(base.group())
              : new Bytes(
                  StoredKeys.successor(
                      BatchBuilder.stored(index, base.group(), page.last()).array()));
      builder.fill(page.items(), end);
      pausedUntil = environment.clock().monotonicNanos() + nanosFor(page.evaluated());
    }
    records.forEach(builder::follow);
    return builder.build();
  }

  /// The next items of the table that have no entry yet.
  private Page page() throws IOException {
    StoredKeys.Range all = StoredKeys.all(base.group(), StoredKeys.Kind.ITEM);
    byte[] from = position.filled().length() == 0 ? all.from() : position.filled().array();
    PageRead read =
        new PageRead(
            new StoredKeys.Range(from, all.to()),
            false,
            options.fillItemsMax(),
            options.bytesMax(),
            null,
            null);
    return switch (base.read(read, true)) {
      case PageOutcome.Read(var page) -> page;
      case PageOutcome.NotLeader _ -> throw new IOException("this replica leads no more");
      case PageOutcome.Failed(var reason) -> throw new IOException(reason);
    };
  }

  private long nanosFor(int items) {
    return items * 1_000_000_000L / options.fillItemsPerSecond();
  }

  private void send(IndexBatch batch, List<ChangeRecord> records) {
    propagator.send(
        new Request.Follow(index.id(), batch), outcome -> heard(batch, records, outcome));
  }

  private void heard(IndexBatch batch, List<ChangeRecord> records, WriteOutcome outcome) {
    switch (outcome) {
      case WriteOutcome.Applied _ -> {
        arrived(batch.to());
        propagator.propagated(batch, records);
      }
      case WriteOutcome.ConditionFailed(var item) -> {
        propagator.refused();
        arrived(IndexPosition.of(item));
      }
      default -> retry();
    }
  }

  private void arrived(IndexPosition at) {
    position = at;
    known = true;
    quietAt = -1;
    propagator.arrived(this);
    end();
  }

  private void rest(long applied) {
    quietAt = applied;
    backlog = 0;
    busy = false;
    if (applied != base.state().appliedSlot()) {
      // What came meanwhile found this follower busy.
      propagator.look(base);
    }
  }

  private void retry() {
    quietAt = -1;
    pausedUntil = environment.clock().monotonicNanos() + options.retryAfter().toNanos();
    end();
  }

  private void end() {
    busy = false;
    propagator.lookAt(base, pausedUntil);
  }
}
