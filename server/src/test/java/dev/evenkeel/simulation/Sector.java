package dev.evenkeel.simulation;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// What a sector of a disk holds. Immutable; two that were written separately are two, even with
/// the same bytes.
final class Sector {
  static final int BYTES = 512;

  /// What a sector holds that was never written.
  static final Sector ZEROS = new Sector(new byte[BYTES]);

  private final byte[] bytes;

  private Sector(byte[] bytes) {
    this.bytes = bytes;
  }

  static Sector[] zeros(int count) {
    Sector[] sectors = new Sector[count];
    Arrays.fill(sectors, ZEROS);
    return sectors;
  }

  static Sector garbage(RandomGenerator random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new Sector(bytes);
  }

  void copyTo(ByteBuffer into, int offset, int length) {
    into.put(bytes, offset, length);
  }

  void copyTo(byte[] into, int at) {
    System.arraycopy(bytes, 0, into, at, BYTES);
  }

  /// This sector after `length` bytes of `from` were written to it at `offset`.
  Sector with(int offset, int length, ByteBuffer from) {
    byte[] changed = bytes.clone();
    from.get(changed, offset, length);
    return this == ZEROS && Arrays.equals(changed, bytes) ? this : new Sector(changed);
  }

  /// Some of the bytes of the one, the rest of the other: the front or the back reached the disk.
  static Sector torn(Sector old, Sector written, RandomGenerator random) {
    byte[] bytes = old.bytes.clone();
    int cut = random.nextInt(BYTES + 1);
    boolean front = random.nextBoolean();
    int from = front ? 0 : cut;
    System.arraycopy(written.bytes, from, bytes, from, front ? cut : BYTES - cut);
    return new Sector(bytes);
  }

  /// @param bit 0 to 7
  Sector flipped(int offset, int bit) {
    byte[] changed = bytes.clone();
    changed[offset] ^= (byte) (1 << bit);
    return new Sector(changed);
  }

  /// Only the first `length` bytes, then zeros.
  Sector cut(int length) {
    return new Sector(Arrays.copyOf(Arrays.copyOf(bytes, length), BYTES));
  }
}
