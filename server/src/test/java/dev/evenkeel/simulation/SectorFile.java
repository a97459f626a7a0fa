package dev.evenkeel.simulation;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.random.RandomGenerator;

/// The bytes of one file, twice: as the page cache has them and as the disk has them. The images
/// share the sectors that are synced: a sector is unsynced exactly if they hold different ones.
public final class SectorFile {
  private Sector[] cache = Sector.zeros(16);
  private Sector[] durable = cache.clone();
  private long size;
  private long durableSize;

  /// Sectors that differ.
  private final BitSet unsynced = new BitSet();

  /// Those of them that a failed sync marked clean: no later sync will write them.
  private final BitSet lost = new BitSet();

  /// What a sync in progress is about to make durable.
  public static final class Sync {
    private final int[] numbers;
    private final Sector[] sectors;
    private final long size;

    private Sync(int[] numbers, Sector[] sectors, long size) {
      this.numbers = numbers;
      this.sectors = sectors;
      this.size = size;
    }

    /// The bytes, a run of adjacent sectors at a time.
    void runs(DurableRuns runs) {
      for (int from = 0; from < numbers.length; ) {
        int to = from + 1;
        while (to < numbers.length && numbers[to] == numbers[to - 1] + 1) {
          to++;
        }
        byte[] run = new byte[(to - from) * Sector.BYTES];
        for (int i = from; i < to; i++) {
          sectors[i].copyTo(run, (i - from) * Sector.BYTES);
        }
        runs.run(run);
        from = to;
      }
    }
  }

  /// Bytes in a row that have just become durable.
  interface DurableRuns {
    void run(byte[] bytes);
  }

  public long size() {
    return size;
  }

  public int read(long position, ByteBuffer into) {
    int total = Math.clamp(size - position, 0, into.remaining());
    for (int done = 0; done < total; ) {
      long at = position + done;
      int offset = (int) (at % Sector.BYTES);
      int length = Math.min(total - done, Sector.BYTES - offset);
      cache[(int) (at / Sector.BYTES)].copyTo(into, offset, length);
      done += length;
    }
    return total;
  }

  public void write(long position, ByteBuffer from) {
    long end = position + from.remaining();
    reserve((int) Math.ceilDiv(end, (long) Sector.BYTES));
    size = Math.max(size, end);
    for (long at = position; at < end; ) {
      int offset = (int) (at % Sector.BYTES);
      int length = (int) Math.min(end - at, Sector.BYTES - offset);
      int number = (int) (at / Sector.BYTES);
      Sector written = cache[number].with(offset, length, from);
      if (written != cache[number]) {
        cache[number] = written;
        unsynced.set(number);
        lost.clear(number);
      }
      at += length;
    }
  }

  public Sync beginSync() {
    BitSet dirty = (BitSet) unsynced.clone();
    dirty.andNot(lost);
    int[] numbers = dirty.stream().toArray();
    Sector[] sectors = new Sector[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      sectors[i] = cache[numbers[i]];
    }
    return new Sync(numbers, sectors, size);
  }

  public void synced(Sync sync) {
    for (int i = 0; i < sync.numbers.length; i++) {
      persist(sync.numbers[i], sync.sectors[i]);
    }
    durableSize = Math.max(durableSize, sync.size);
  }

  /// What file systems do: some of the sectors reached the disk, and all are taken for clean.
  void syncFailed(Sync sync, RandomGenerator random) {
    for (int i = 0; i < sync.numbers.length; i++) {
      int number = sync.numbers[i];
      if (random.nextBoolean()) {
        persist(number, sync.sectors[i]);
      } else if (cache[number] == sync.sectors[i]) {
        lost.set(number);
      }
    }
  }

  private void persist(int number, Sector sector) {
    durable[number] = sector;
    if (cache[number] == sector) {
      unsynced.clear(number);
      lost.clear(number);
    }
  }

  public void crash(CrashLoss loss, RandomGenerator random) {
    unsynced.stream().forEach(number -> durable[number] = afterCrash(number, loss, random));
    if (size > durableSize) {
      int grown = (int) Math.ceilDiv(size - durableSize, (long) Sector.BYTES);
      long survivors = loss.survivors(grown, random);
      durableSize = Math.min(size, durableSize + survivors * Sector.BYTES);
    }
    truncate(durableSize);
    cache = durable.clone();
    size = durableSize;
    unsynced.clear();
    lost.clear();
  }

  private Sector afterCrash(int number, CrashLoss loss, RandomGenerator random) {
    return switch (loss.draw(random)) {
      case KEPT -> cache[number];
      case DROPPED -> durable[number];
      case TORN -> Sector.torn(durable[number], cache[number], random);
      case GARBAGE -> Sector.garbage(random);
    };
  }

  /// The process died: the page cache stays, but pages that a failed sync left clean may have been
  /// dropped from it.
  void evictLost(RandomGenerator random) {
    for (int number = lost.nextSetBit(0); number >= 0; number = lost.nextSetBit(number + 1)) {
      if (random.nextBoolean()) {
        cache[number] = durable[number];
        unsynced.clear(number);
        lost.clear(number);
      }
    }
  }

  /// What the disk holds: the file as it is after a crash that loses everything unsynced.
  SectorFile durableCopy() {
    SectorFile copy = new SectorFile();
    copy.durable = durable.clone();
    copy.durableSize = durableSize;
    copy.truncate(durableSize);
    copy.cache = copy.durable.clone();
    copy.size = durableSize;
    return copy;
  }

  /// Changes one bit of both images.
  void flip(long position, int bit) {
    int number = (int) (position / Sector.BYTES);
    int offset = (int) (position % Sector.BYTES);
    Sector cached = cache[number].flipped(offset, bit);
    durable[number] =
        cache[number] == durable[number] ? cached : durable[number].flipped(offset, bit);
    cache[number] = cached;
  }

  private void truncate(long bytes) {
    int whole = (int) (bytes / Sector.BYTES);
    int rest = (int) (bytes % Sector.BYTES);
    if (rest > 0) {
      durable[whole] = durable[whole].cut(rest);
      whole++;
    }
    Arrays.fill(durable, Math.min(whole, durable.length), durable.length, Sector.ZEROS);
  }

  private void reserve(int sectors) {
    int before = cache.length;
    if (sectors > before) {
      int length = Math.max(sectors, before * 2);
      cache = Arrays.copyOf(cache, length);
      durable = Arrays.copyOf(durable, length);
      Arrays.fill(cache, before, length, Sector.ZEROS);
      Arrays.fill(durable, before, length, Sector.ZEROS);
    }
  }
}
