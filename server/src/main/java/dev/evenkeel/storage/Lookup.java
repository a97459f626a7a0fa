package dev.evenkeel.storage;

/// What a store can say about a key without touching the disk.
public sealed interface Lookup {
  /// There is no such key.
  Lookup ABSENT = new Absent();

  /// Memory does not tell; [ItemStore#get] does.
  Lookup ON_DISK = new OnDisk();

  /// The newest value of the key.
  final class Found implements Lookup {
    private final byte[] value;

    public Found(byte[] value) {
      this.value = value;
    }

    public byte[] value() {
      return value;
    }
  }

  /// See [Lookup#ABSENT].
  record Absent() implements Lookup {}

  /// See [Lookup#ON_DISK].
  record OnDisk() implements Lookup {}
}
