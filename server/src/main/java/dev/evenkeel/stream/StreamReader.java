package dev.evenkeel.stream;

import dev.evenkeel.environment.Clock;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.StreamSettings;
import dev.evenkeel.model.Table;
import dev.evenkeel.replica.ChangePosition;
import dev.evenkeel.replica.ChangeRecord;
import dev.evenkeel.replica.ChangesPage;
import dev.evenkeel.replica.Request;
import dev.evenkeel.replica.StreamSpan;
import dev.evenkeel.router.Catalogue;
import dev.evenkeel.router.RequestRouter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the streams of this region and reads their records. All methods that read block.
public final class StreamReader {
  /// Bytes of records, both images counted, that one read returns at most, but for the first.
  static final long BYTES_MAX = 1024 * 1024;

  private static final ChangePosition END = new ChangePosition(Long.MAX_VALUE, Integer.MAX_VALUE);

  private final Catalogue catalogue;
  private final RequestRouter router;
  private final Clock clock;

  public StreamReader(Catalogue catalogue, RequestRouter router, Clock clock) {
    this.catalogue = catalogue;
    this.router = router;
    this.clock = clock;
  }

  /// A shard as the API describes it.
  ///
  /// @param first sequence number of the oldest record that may be there
  /// @param last no record has a higher one; null while the shard is open
  public record Shard(String id, String first, @Nullable String last) {}

  /// Records of a shard.
  ///
  /// @param next from where to go on; null at the end of a shard that is closed
  public record Records(
      TableStream stream, List<ChangeRecord> records, @Nullable ShardIterator next) {}

  /// All streams that can be read, of one table or of all, by ARN.
  public List<TableStream> streams(@Nullable String tableName) {
    List<Table> tables =
        tableName == null ? catalogue.tables() : List.of(catalogue.named(tableName));
    List<TableStream> streams = new ArrayList<>();
    for (Table table : tables) {
      for (StreamSettings settings : table.derivation().streams().all(clock.wallMillis())) {
        streams.add(new TableStream(table, settings));
      }
    }
    streams.sort((one, other) -> one.arn().compareTo(other.arn()));
    return streams;
  }

  /// The stream of that ARN.
  ///
  /// @throws ApiException a ResourceNotFoundException where there is none
  public TableStream stream(String arn) {
    int at = arn.indexOf("/stream/");
    Table table = at < 0 ? null : catalogue.find(arn.substring(0, at));
    if (table != null) {
      for (StreamSettings settings : table.derivation().streams().all(clock.wallMillis())) {
        TableStream stream = new TableStream(table, settings);
        if (stream.arn().equals(arn)) {
          return stream;
        }
      }
    }
    throw ApiException.of(
        ApiException.Kind.RESOURCE_NOT_FOUND,
        "Requested resource not found: Stream: " + arn + " not found");
  }

  /// The shards of the stream, by id. There are none yet while the partition does not know of it.
  public List<Shard> shards(TableStream stream) {
    ChangesPage page = page(stream, END, 1);
    StreamSpan span = span(stream, page);
    if (span == null) {
      return List.of();
    }
    ChangePosition first = next(span.start());
    if (first.compareTo(page.forgotten()) <= 0) {
      first = new ChangePosition(page.forgotten().slot(), page.forgotten().number() + 1);
    }
    StreamSpan.Bound end = span.end();
    return List.of(
        new Shard(
            stream.shardId(),
            SequenceNumber.of(first),
            end == null ? null : SequenceNumber.of(new ChangePosition(end.slot(), 0))));
  }

  /// The kinds of places at which reading can begin; `name()` is the wire's word.
  public enum Start {
    TRIM_HORIZON,
    LATEST,
    AT_SEQUENCE_NUMBER,
    AFTER_SEQUENCE_NUMBER
  }

  /// An iterator for a shard.
  ///
  /// @param sequenceNumber where `start` needs one, and only there
  public ShardIterator iterator(
      TableStream stream, String shardId, Start start, @Nullable String sequenceNumber) {
    requireShard(stream, shardId);
    ChangesPage page = page(stream, END, 1);
    StreamSpan span = span(stream, page);
    ChangePosition begin = span == null ? ChangePosition.START : before(next(span.start()));
    ChangePosition after =
        switch (start) {
          case TRIM_HORIZON -> begin.compareTo(page.forgotten()) < 0 ? page.forgotten() : begin;
          case LATEST -> new ChangePosition(page.applied(), Integer.MAX_VALUE);
          case AT_SEQUENCE_NUMBER -> before(position(sequenceNumber, span, page));
          case AFTER_SEQUENCE_NUMBER -> position(sequenceNumber, span, page);
        };
    requireKept(after, page);
    return new ShardIterator(stream.arn(), shardId, after, clock.wallMillis());
  }

  /// Reads on from an iterator.
  ///
  /// @throws ApiException a ValidationException for what is no iterator, an
  ///   ExpiredIteratorException, a TrimmedDataAccessException, a ResourceNotFoundException
  public Records records(String iteratorText, int recordsMax) {
    ShardIterator iterator = ShardIterator.parse(iteratorText);
    if (iterator == null) {
      throw ApiException.validation("Invalid ShardIterator");
    }
    long now = clock.wallMillis();
    if (iterator.isExpired(now)) {
      throw ApiException.of(
          ApiException.Kind.EXPIRED_ITERATOR,
          "The shard iterator has expired: it is older than 15 minutes");
    }
    TableStream stream = stream(iterator.streamArn());
    requireShard(stream, iterator.shardId());
    ChangesPage page = page(stream, iterator.after(), recordsMax);
    requireKept(iterator.after(), page);
    StreamSpan span = span(stream, page);
    if (span == null) {
      // The partition does not know of the stream yet.
      return new Records(stream, List.of(), again(iterator, iterator.after(), now));
    }
    List<ChangeRecord> shown =
        page.records().stream().filter(record -> span.shows(record.position())).toList();
    ChangePosition reached =
        page.records().isEmpty() ? iterator.after() : page.records().getLast().position();
    return new Records(
        stream, shown, isAtEnd(span, page, reached) ? null : again(iterator, reached, now));
  }

  private static ShardIterator again(ShardIterator iterator, ChangePosition after, long now) {
    return new ShardIterator(iterator.streamArn(), iterator.shardId(), after, now);
  }

  /// Whether nothing of a closed shard is left.
  private static boolean isAtEnd(StreamSpan span, ChangesPage page, ChangePosition reached) {
    StreamSpan.Bound end = span.end();
    return end != null
        && (reached.slot() >= end.slot()
            || (page.records().isEmpty() && page.applied() >= end.slot()));
  }

  /// The leader is asked: another replica may be behind, and one that is no member any more stays
  /// so.
  private ChangesPage page(TableStream stream, ChangePosition after, int recordsMax) {
    return router.changes(
        new Request.ReadChanges(stream.table().id(), after, recordsMax, BYTES_MAX, true));
  }

  private static @Nullable StreamSpan span(TableStream stream, ChangesPage page) {
    return page.streams().stream()
        .filter(span -> span.settings().equals(stream.settings()))
        .findFirst()
        .orElse(null);
  }

  private static void requireShard(TableStream stream, String shardId) {
    if (!stream.shardId().equals(shardId)) {
      throw ApiException.of(
          ApiException.Kind.RESOURCE_NOT_FOUND,
          "Requested resource not found: Shard: " + shardId + " not found");
    }
  }

  /// What lies behind that position must still be there.
  private static void requireKept(ChangePosition after, ChangesPage page) {
    if (after.compareTo(page.forgotten()) < 0) {
      throw ApiException.of(
          ApiException.Kind.TRIMMED_DATA_ACCESS,
          "The records asked for are older than 24 hours and have been removed from the stream");
    }
  }

  private static ChangePosition position(
      @Nullable String sequenceNumber, @Nullable StreamSpan span, ChangesPage page) {
    ChangePosition position = sequenceNumber == null ? null : SequenceNumber.parse(sequenceNumber);
    if (position == null
        || span == null
        || position.compareTo(next(span.start())) < 0
        || position.slot() > page.applied()) {
      throw ApiException.validation(
          "Invalid SequenceNumber: " + sequenceNumber + " is not within the shard");
    }
    return position;
  }

  /// The first position that a stream shows.
  private static ChangePosition next(StreamSpan.Bound start) {
    return new ChangePosition(start.slot() + 1, 0);
  }

  private static ChangePosition before(ChangePosition position) {
    return position.number() > 0
        ? new ChangePosition(position.slot(), position.number() - 1)
        : new ChangePosition(position.slot() - 1, Integer.MAX_VALUE);
  }
}
