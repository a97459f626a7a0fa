package dev.evenkeel.simulation;

import java.util.random.RandomGenerator;

/// What a power loss does to each sector that was written and not synced, as weights.
///
/// @param kept it reached the disk
/// @param dropped it did not: what was there before is there still
/// @param torn some of its bytes did
/// @param garbage it holds arbitrary bytes
/// @param names whether names that were changed and not synced may survive; they do so as a prefix
///   of the changes, as a journal of the file system keeps them
public record CrashLoss(int kept, int dropped, int torn, int garbage, boolean names) {
  /// Everything that was not synced is gone.
  public static final CrashLoss EVERYTHING = new CrashLoss(0, 1, 0, 0, false);

  /// The page cache was written out in time: nothing is lost but what the process had in memory.
  public static final CrashLoss NOTHING = new CrashLoss(1, 0, 0, 0, true);

  /// Each sector fares differently.
  public static final CrashLoss ARBITRARY = new CrashLoss(4, 4, 1, 1, true);

  enum Fate {
    KEPT,
    DROPPED,
    TORN,
    GARBAGE
  }

  Fate draw(RandomGenerator random) {
    int ticket = random.nextInt(kept + dropped + torn + garbage);
    if (ticket < kept) {
      return Fate.KEPT;
    }
    if (ticket < kept + dropped) {
      return Fate.DROPPED;
    }
    return ticket < kept + dropped + torn ? Fate.TORN : Fate.GARBAGE;
  }

  /// How many of so many unsynced changes survive.
  public int survivors(int changes, RandomGenerator random) {
    if (!names) {
      return 0;
    }
    return dropped == 0 ? changes : random.nextInt(changes + 1);
  }
}
