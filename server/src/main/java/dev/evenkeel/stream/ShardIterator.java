package dev.evenkeel.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.evenkeel.replica.ChangePosition;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// From where a reader of a shard goes on. Format: see the package.
///
/// @param after the position behind which the next record lies
/// @param issuedMillis wall-clock milliseconds since 1970
public record ShardIterator(
    String streamArn, String shardId, ChangePosition after, long issuedMillis) {
  /// How long an iterator can be used.
  static final Duration LIFE = Duration.ofMinutes(15);

  private static final byte VERSION = 0x01;
  private static final String SEPARATOR = "|";
  private static final int CHECKED_BYTES = 1 + 2 * Long.BYTES + Integer.BYTES;

  public String encode() {
    ByteBuffer bytes = ByteBuffer.allocate(CHECKED_BYTES + Integer.BYTES);
    bytes.put(VERSION).putLong(after.slot()).putInt(after.number()).putLong(issuedMillis);
    bytes.putInt(checksum(bytes.array()));
    return streamArn
        + SEPARATOR
        + shardId
        + SEPARATOR
        + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /// The iterator; null where the text is none.
  static @Nullable ShardIterator parse(String text) {
    String[] parts = text.split("\\|", -1);
    if (parts.length != 3) {
      return null;
    }
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(parts[2]);
    } catch (IllegalArgumentException _) {
      return null;
    }
    if (bytes.length != CHECKED_BYTES + Integer.BYTES || bytes[0] != VERSION) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
    ChangePosition after = new ChangePosition(in.getLong(), in.getInt());
    ShardIterator iterator = new ShardIterator(parts[0], parts[1], after, in.getLong());
    return in.getInt() == iterator.checksum(bytes) ? iterator : null;
  }

  boolean isExpired(long nowMillis) {
    return nowMillis - issuedMillis > LIFE.toMillis();
  }

  private int checksum(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(streamArn.getBytes(UTF_8));
    crc.update(shardId.getBytes(UTF_8));
    crc.update(bytes, 0, CHECKED_BYTES);
    return (int) crc.getValue();
  }
}
