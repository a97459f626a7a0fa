package dev.evenkeel.simulation;

import dev.evenkeel.storage.Batch;
import dev.evenkeel.storage.Cursor;
import dev.evenkeel.storage.ItemStore;
import dev.evenkeel.storage.Lookup;
import dev.evenkeel.storage.MemoryItemStore;
import dev.evenkeel.storage.StoreGauges;
import java.io.IOException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The ordered store of a simulated node: it goes back towards its last flush at a crash, sends
/// some look-ups to the disk, and takes no writes while its disk is full.
public final class SimulatedStore implements ItemStore {
  private MemoryItemStore store = MemoryItemStore.forSimulation();
  private final RandomGenerator random;
  private double coldChance;
  private double readFailureChance;
  private double refusalChance;
  private int failures;

  SimulatedStore(RandomGenerator random) {
    this.random = random;
  }

  /// Share of look-ups that memory cannot answer.
  public void cold(double chance) {
    coldChance = chance;
  }

  /// Share of reads from the disk that fail.
  public void readFailures(double chance) {
    readFailureChance = chance;
  }

  /// Whether writes and flushes fail for want of space.
  public void full(boolean now) {
    refuses(now ? 1 : 0);
  }

  /// Share of writes and flushes that fail for want of space.
  public void refuses(double chance) {
    refusalChance = chance;
  }

  void heal() {
    coldChance = 0;
    readFailureChance = 0;
    refusalChance = 0;
  }

  /// How many calls failed so far.
  int failures() {
    return failures;
  }

  /// Everything in it is lost for good.
  void wipe() {
    store = MemoryItemStore.forSimulation();
  }

  /// A store on disk writes full memory out on its own, so it may be ahead of its last flush.
  void crash() {
    store.crash(random.nextBoolean() ? 0 : random.nextInt(store.unflushedBatches() + 1));
  }

  @Override
  public byte @Nullable [] get(byte[] key) throws IOException {
    failSometimes();
    return store.get(key);
  }

  @Override
  public Lookup lookup(byte[] key) {
    return random.nextDouble() < coldChance ? Lookup.ON_DISK : store.lookup(key);
  }

  @Override
  public Batch batch() {
    return store.batch();
  }

  @Override
  public void write(Batch batch) throws IOException {
    refuseWhenFull();
    store.write(batch);
  }

  @Override
  public Cursor scan(byte[] from, byte[] to, boolean descending) throws IOException {
    failSometimes();
    return store.scan(from, to, descending);
  }

  @Override
  public Cursor scanMemory(byte[] from, byte[] to, boolean descending) {
    return random.nextDouble() < coldChance
        ? new ColdCursor()
        : store.scanMemory(from, to, descending);
  }

  @Override
  public void flush() throws IOException {
    refuseWhenFull();
    store.flush();
  }

  @Override
  public long approximateBytes(byte[] from, byte[] to) {
    return store.approximateBytes(from, to);
  }

  @Override
  public StoreGauges gauges() {
    return store.gauges();
  }

  @Override
  public void close() {
    store.close();
  }

  /// A walk of memory that comes upon nothing that is there.
  private static final class ColdCursor implements Cursor {
    @Override
    public boolean next() {
      return false;
    }

    @Override
    public byte[] key() {
      throw new IllegalStateException("the cursor stands at no item");
    }

    @Override
    public byte[] value() {
      return key();
    }

    @Override
    public boolean isCutShort() {
      return true;
    }

    @Override
    public void close() {}
  }

  private void failSometimes() throws IOException {
    if (readFailureChance > 0 && random.nextDouble() < readFailureChance) {
      failures++;
      throw new IOException("the store cannot be read: Input/output error");
    }
  }

  private void refuseWhenFull() throws IOException {
    if (refusalChance > 0 && random.nextDouble() < refusalChance) {
      failures++;
      throw new IOException("the store takes no writes: No space left on device");
    }
  }
}
