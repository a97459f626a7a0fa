package dev.evenkeel.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.evenkeel.model.StreamSettings;
import dev.evenkeel.model.Table;
import dev.evenkeel.model.TableStreams;
import java.util.HexFormat;
import java.util.zip.CRC32;

/// A stream of a table, as the catalogue knows it.
public record TableStream(Table table, StreamSettings settings) {
  private static final String SHARD = "shardId-";
  private static final int BIRTH_DIGITS = 20;

  /// Where the stream is in its life; `name()` is the wire's word.
  public enum Status {
    ENABLING,
    ENABLED,
    DISABLING,
    DISABLED
  }

  public String arn() {
    return arn(table.arn(), settings.label());
  }

  public static String arn(String tableArn, String label) {
    return tableArn + "/stream/" + label;
  }

  public Status status() {
    boolean on = settings.equals(table.derivation().streams().current());
    if (table.derivation().isConfigured()) {
      return on ? Status.ENABLED : Status.DISABLED;
    }
    return on ? Status.ENABLING : Status.DISABLING;
  }

  /// The id of the shard of the table's partition. Its number says when the shard was made, as
  /// DynamoDB's do: the Kinesis Client Library's adapter takes the shard's age from it, and forgets
  /// no lease of a young one.
  public String shardId() {
    CRC32 crc = new CRC32();
    crc.update((table.id() + "/" + settings.label()).getBytes(UTF_8));
    StringBuilder id = new StringBuilder(SHARD);
    SequenceNumber.digits(TableStreams.birthMillis(settings.label()), BIRTH_DIGITS, id);
    return id.append('-').append(HexFormat.of().toHexDigits((int) crc.getValue())).toString();
  }
}
