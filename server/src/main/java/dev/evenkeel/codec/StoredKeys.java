package dev.evenkeel.codec;

import dev.evenkeel.model.AttributeValue;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Builds the keys under which a table's items and local index entries are stored, and the ranges
/// that Query and Scan read. All ranges are `[from, to)` in unsigned byte order. Format: see the
/// package.
public final class StoredKeys {
  /// Length of the hash that leads every key of a partition's key space.
  public static final int HASH_BYTES = 16;

  private static final int KEY_BYTES_TYPICAL = 96;

  /// Table and kind.
  private static final int PREFIX_BYTES = Long.BYTES + 1;

  /// Never used itself: to look an algorithm up costs more than to clone it.
  private static final MessageDigest MD5 = md5();

  private StoredKeys() {}

  /// What a stored key's record is. The number is the stored byte: never renumbered.
  public enum Kind {
    ITEM(1),
    LOCAL_INDEX_ENTRY(2),
    ITEM_COLLECTION_SIZE(3),
    PARTITION_SCHEMA(4),
    CHANGE_RECORD(5),
    EXPIRY_ENTRY(6),
    EXPIRY_FILLING(7),
    LOCK(8),
    TRANSACTION_MARK(9),
    TRANSACTION_EPOCH(10),
    INDEX_POSITION(12),
    STREAM(13),
    FORGOTTEN(14),
    REPLICA_STATE(16);

    private final byte number;

    Kind(int number) {
      this.number = (byte) number;
    }
  }

  /// A range of stored keys: `[from, to)`.
  @SuppressWarnings("ArrayRecordComponent")
  public record Range(byte[] from, byte[] to) {}

  /// The key of an item.
  public static byte[] item(long table, AttributeValue partition, @Nullable AttributeValue sort) {
    ByteArrayOutputStream out = start(table, Kind.ITEM);
    collection(partition, out);
    if (sort != null) {
      KeyOrder.write(sort, out);
    }
    return out.toByteArray();
  }

  /// The key of an entry of a local secondary index.
  ///
  /// @param index the index's number in its table
  public static byte[] localIndexEntry(
      long table,
      AttributeValue partition,
      int index,
      AttributeValue indexSort,
      @Nullable AttributeValue tableSort) {
    ByteArrayOutputStream out = startIndex(table, index);
    collection(partition, out);
    KeyOrder.write(indexSort, out);
    if (tableSort != null) {
      KeyOrder.write(tableSort, out);
    }
    return out.toByteArray();
  }

  /// The key of an entry of a global secondary index, which its partition stores like an item.
  ///
  /// @param index the index's id
  /// @param partition the values of its partition key
  /// @param rest the values of its sort key, then of the table's key
  public static byte[] globalIndexEntry(
      long index, List<AttributeValue> partition, List<AttributeValue> rest) {
    ByteArrayOutputStream out = start(index, Kind.ITEM);
    collection(partition, out);
    rest.forEach(value -> KeyOrder.write(value, out));
    return out.toByteArray();
  }

  /// All entries of a global index with those values of its partition key.
  public static Range collection(long index, List<AttributeValue> partition) {
    ByteArrayOutputStream out = start(index, Kind.ITEM);
    collection(partition, out);
    byte[] from = out.toByteArray();
    return new Range(from, after(from));
  }

  /// The key of how far a global index has followed a partition of its table.
  ///
  /// @param base the partition
  public static byte[] indexPosition(long index, long base) {
    return ByteBuffer.allocate(PREFIX_BYTES + Long.BYTES)
        .put(start(index, Kind.INDEX_POSITION).toByteArray())
        .putLong(base)
        .array();
  }

  /// How far through the items of a table a stored key lies, by its hash: from 0 to 1.
  public static double fraction(byte[] key) {
    if (key.length < PREFIX_BYTES + Integer.BYTES) {
      return key.length < PREFIX_BYTES ? 0 : 1;
    }
    long hash = Integer.toUnsignedLong(ByteBuffer.wrap(key).getInt(PREFIX_BYTES));
    return hash / (double) (1L << Integer.SIZE);
  }

  /// The key of the counter of an item collection's bytes.
  public static byte[] itemCollectionSize(long table, AttributeValue partition) {
    ByteArrayOutputStream out = start(table, Kind.ITEM_COLLECTION_SIZE);
    collection(partition, out);
    return out.toByteArray();
  }

  /// The key of what a partition knows of its indexes, its stream and expiry.
  public static byte[] partitionSchema(long group) {
    return start(group, Kind.PARTITION_SCHEMA).toByteArray();
  }

  /// The key of the record of one change of an item.
  ///
  /// @param slot of the entry that made the change
  /// @param number of the change within the entry
  public static byte[] changeRecord(long group, long slot, int number) {
    return ByteBuffer.allocate(PREFIX_BYTES + Long.BYTES + Integer.BYTES)
        .put(start(group, Kind.CHANGE_RECORD).toByteArray())
        .putLong(slot)
        .putInt(number)
        .array();
  }

  /// The key of the entry that tells when an item expires.
  ///
  /// @param second when, seconds since 1970; not negative
  /// @param item the item's stored key
  public static byte[] expiryEntry(long table, long second, byte[] item) {
    return ByteBuffer.allocate(item.length + Long.BYTES)
        .put(start(table, Kind.EXPIRY_ENTRY).toByteArray())
        .putLong(second)
        .put(item, PREFIX_BYTES, item.length - PREFIX_BYTES)
        .array();
  }

  /// When the item of an expiry entry expires, seconds since 1970.
  public static long expirySecond(byte[] entry) {
    return ByteBuffer.wrap(entry).getLong(PREFIX_BYTES);
  }

  /// The stored key of the item of an expiry entry.
  public static byte[] expiringItem(byte[] entry) {
    byte[] item = Arrays.copyOfRange(entry, Long.BYTES, entry.length);
    System.arraycopy(entry, 0, item, 0, Long.BYTES);
    item[Long.BYTES] = Kind.ITEM.number;
    return item;
  }

  /// The expiry entries of the seconds `[from, to)`.
  public static Range expiryEntries(long table, long from, long to) {
    return new Range(expiryBound(table, from), expiryBound(table, to));
  }

  private static byte[] expiryBound(long table, long second) {
    return ByteBuffer.allocate(PREFIX_BYTES + Long.BYTES)
        .put(start(table, Kind.EXPIRY_ENTRY).toByteArray())
        .putLong(second)
        .array();
  }

  /// The key of how far a partition is with entries for items that it had before.
  public static byte[] expiryFilling(long group) {
    return start(group, Kind.EXPIRY_FILLING).toByteArray();
  }

  /// The key of where a stream begins in a partition's log, or of where it ends.
  public static byte[] streamBound(long group, String label, boolean end) {
    ByteArrayOutputStream out = start(group, Kind.STREAM);
    out.writeBytes(label.getBytes(StandardCharsets.UTF_8));
    out.write(0);
    out.write(end ? 1 : 0);
    return out.toByteArray();
  }

  /// The key of the position up to which a partition let its change records go.
  public static byte[] forgotten(long group) {
    return start(group, Kind.FORGOTTEN).toByteArray();
  }

  /// The key of the lock on an item.
  ///
  /// @param item the item's own key
  public static byte[] lock(byte[] item) {
    byte[] key = item.clone();
    key[Long.BYTES] = Kind.LOCK.number;
    return key;
  }

  /// The key of the item on which a lock is.
  public static byte[] locked(byte[] lock) {
    byte[] key = lock.clone();
    key[Long.BYTES] = Kind.ITEM.number;
    return key;
  }

  /// The key of the mark by which a partition knows that a transaction of it alone has happened.
  ///
  /// @param transaction its id, of fixed length
  public static byte[] transactionMark(long group, byte[] transaction) {
    ByteArrayOutputStream out = start(group, Kind.TRANSACTION_MARK);
    out.writeBytes(transaction);
    return out.toByteArray();
  }

  /// The key of the epoch in which a partition's transactions are.
  public static byte[] transactionEpoch(long group) {
    return start(group, Kind.TRANSACTION_EPOCH).toByteArray();
  }

  /// Whether a stored key is one of that kind.
  public static boolean isOf(Kind kind, byte[] key) {
    return key[Long.BYTES] == kind.number;
  }

  /// The key of a replica's own state: its applied slot and counters.
  public static byte[] replicaState(long group) {
    ByteArrayOutputStream out = start(0, Kind.REPLICA_STATE);
    out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(group).array());
    return out.toByteArray();
  }

  /// Everything of one kind in a table.
  public static Range all(long table, Kind kind) {
    byte[] from = start(table, kind).toByteArray();
    return new Range(from, after(from));
  }

  /// Everything that a table stores, of whatever kind.
  public static Range everything(long table) {
    byte[] from = ByteBuffer.allocate(Long.BYTES).putLong(table).array();
    return new Range(from, after(from));
  }

  /// All items with that partition key.
  public static Range collection(long table, AttributeValue partition) {
    return collection(start(table, Kind.ITEM), partition);
  }

  /// All entries of one local index with that partition key.
  public static Range collection(long table, AttributeValue partition, int index) {
    return collection(startIndex(table, index), partition);
  }

  /// The part of a collection whose sort key is exactly `sort` (index entries may be many).
  public static Range equalTo(Range collection, AttributeValue sort) {
    byte[] from = extended(collection.from, sort, false);
    return new Range(from, after(from));
  }

  /// The part of a collection whose sort key lies in `[low, high]`; null is unbounded; a bound that
  /// is not included is left out.
  public static Range between(
      Range collection,
      @Nullable AttributeValue low,
      boolean lowIncluded,
      @Nullable AttributeValue high,
      boolean highIncluded) {
    byte[] from = collection.from;
    if (low != null) {
      byte[] bound = extended(collection.from, low, false);
      from = lowIncluded ? bound : after(bound);
    }
    byte[] to = collection.to;
    if (high != null) {
      byte[] bound = extended(collection.from, high, false);
      to = highIncluded ? after(bound) : bound;
    }
    return new Range(from, to);
  }

  /// The part of a collection whose sort key begins with `prefix` (S or B).
  public static Range beginningWith(Range collection, AttributeValue prefix) {
    byte[] from = extended(collection.from, prefix, true);
    return new Range(from, after(from));
  }

  /// The hash range of one of `segments` equal segments of a table's items.
  public static Range segment(long table, int segment, int segments) {
    return segment(start(table, Kind.ITEM).toByteArray(), segment, segments);
  }

  /// The same of the entries of one local index.
  public static Range segment(long table, int index, int segment, int segments) {
    return segment(startIndex(table, index).toByteArray(), segment, segments);
  }

  /// The smallest byte string greater than every string that begins with `prefix`.
  public static byte[] after(byte[] prefix) {
    int last = prefix.length - 1;
    while (last >= 0 && prefix[last] == (byte) 0xff) {
      last--;
    }
    if (last < 0) {
      throw new IllegalArgumentException("nothing is greater than " + prefix.length + " × 0xff");
    }
    byte[] after = Arrays.copyOf(prefix, last + 1);
    after[last]++;
    return after;
  }

  /// The least key greater than `key`.
  public static byte[] successor(byte[] key) {
    return Arrays.copyOf(key, key.length + 1);
  }

  private static Range segment(byte[] prefix, int segment, int segments) {
    byte[] to = segment + 1 == segments ? after(prefix) : hashBound(prefix, segment + 1, segments);
    return new Range(hashBound(prefix, segment, segments), to);
  }

  private static byte[] hashBound(byte[] prefix, int segment, int segments) {
    // The first 8 bytes of the hash, split evenly: segment × 2^64 / segments.
    long bound = Long.divideUnsigned(-1L, segments) * segment;
    return ByteBuffer.allocate(prefix.length + Long.BYTES).put(prefix).putLong(bound).array();
  }

  private static ByteArrayOutputStream start(long table, Kind kind) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(KEY_BYTES_TYPICAL);
    for (int shift = 56; shift >= 0; shift -= 8) {
      out.write((int) (table >>> shift));
    }
    out.write(kind.number);
    return out;
  }

  private static ByteArrayOutputStream startIndex(long table, int index) {
    ByteArrayOutputStream out = start(table, Kind.LOCAL_INDEX_ENTRY);
    out.write(index);
    return out;
  }

  private static Range collection(ByteArrayOutputStream out, AttributeValue partition) {
    collection(partition, out);
    byte[] from = out.toByteArray();
    return new Range(from, after(from));
  }

  private static void collection(AttributeValue partition, ByteArrayOutputStream out) {
    collection(List.of(partition), out);
  }

  private static void collection(List<AttributeValue> partition, ByteArrayOutputStream out) {
    ByteArrayOutputStream key = new ByteArrayOutputStream(KEY_BYTES_TYPICAL);
    partition.forEach(value -> KeyOrder.write(value, key));
    byte[] encoded = key.toByteArray();
    out.writeBytes(hash(encoded));
    out.writeBytes(encoded);
  }

  private static byte[] extended(byte[] start, AttributeValue sort, boolean prefix) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(start.length + KEY_BYTES_TYPICAL);
    out.writeBytes(start);
    if (prefix) {
      KeyOrder.writePrefix(sort, out);
    } else {
      KeyOrder.write(sort, out);
    }
    return out.toByteArray();
  }

  private static byte[] hash(byte[] encoded) {
    try {
      return ((MessageDigest) MD5.clone()).digest(encoded);
    } catch (CloneNotSupportedException e) {
      throw new AssertionError("the platform's MD5 can be cloned", e);
    }
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has MD5", e);
    }
  }
}
