package dev.evenkeel.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.environment.Clock;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.PartitionSchema;
import dev.evenkeel.model.Table;
import dev.evenkeel.model.TableStreams;
import dev.evenkeel.replica.ChangePosition;
import dev.evenkeel.replica.ChangeRecord;
import dev.evenkeel.replica.OnePartition;
import dev.evenkeel.replica.Request;
import dev.evenkeel.replica.WriteOutcome;
import dev.evenkeel.router.Catalogue;
import dev.evenkeel.router.InMemorySystemTable;
import dev.evenkeel.router.OnlyReplica;
import dev.evenkeel.router.Replicas;
import dev.evenkeel.router.RequestRouter;
import dev.evenkeel.router.Tables;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What time does to a stream: iterators that grow old, records that go.
final class StreamReaderTest {
  private static final long GROUP = OnePartition.TABLE.id();

  /// Its stream is that of the table.
  private static final PartitionSchema FOLLOWED =
      new PartitionSchema(
          1,
          List.of(),
          Tables.rich(GROUP, "tab", Table.Status.ACTIVE).derivation().streams().current(),
          null);

  private final OnePartition partition;
  private final StreamReader reader;
  private final StreamRetention retention;
  private final TableStream stream;

  /// How far the clock of the reader is ahead of the partition's.
  private Duration later = Duration.ZERO;

  private final Clock clock =
      new Clock() {
        @Override
        public long monotonicNanos() {
          return partition().environment().clock().monotonicNanos();
        }

        @Override
        public long wallMicros() {
          return partition().environment().clock().wallMicros() + later.toNanos() / 1_000;
        }
      };

  /// The only replica, in this process.
  private final Replicas replicas = new OnlyReplica(() -> partition().replica());

  StreamReaderTest() throws IOException {
    partition = new OnePartition();
    Catalogue catalogue = Catalogue.open(new InMemorySystemTable());
    Table table = Tables.rich(GROUP, "tab", Table.Status.ACTIVE);
    catalogue.create(table);
    reader =
        new StreamReader(catalogue, new RequestRouter(partition.environment(), replicas), clock);
    retention = new StreamRetention(clock, TableStreams.RETENTION);
    stream = reader.streams("tab").getLast();
  }

  private OnePartition partition() {
    return partition;
  }

  @BeforeEach
  void write() {
    partition.change(new Request.Configure(GROUP, FOLLOWED));
    for (String key : List.of("a", "b", "c")) {
      partition.put(key, "1");
    }
  }

  @AfterEach
  void close() throws IOException {
    partition.close();
  }

  private String iterator(StreamReader.Start start, @Nullable String number) {
    return reader.iterator(stream, stream.shardId(), start, number).encode();
  }

  private List<ChangeRecord> all() {
    return reader.records(iterator(StreamReader.Start.TRIM_HORIZON, null), 1_000).records();
  }

  private void forget(ChangePosition upTo) {
    assertThat(partition.change(new Request.Forget(GROUP, upTo, 1)))
        .isInstanceOf(WriteOutcome.Applied.class);
  }

  private static void assertRefused(ApiException.Kind kind, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ApiException.class, error -> assertThat(error.kind()).isEqualTo(kind));
  }

  @Test
  void anIteratorLastsForAQuarterOfAnHour() {
    String iterator = iterator(StreamReader.Start.TRIM_HORIZON, null);
    later = Duration.ofMinutes(14);
    assertThat(reader.records(iterator, 10).records()).hasSize(3);
    later = Duration.ofMinutes(16);
    assertRefused(ApiException.Kind.EXPIRED_ITERATOR, () -> reader.records(iterator, 10));
  }

  @Test
  void aReaderThatComesTooLateIsTold() {
    List<ChangeRecord> records = all();
    String early = iterator(StreamReader.Start.TRIM_HORIZON, null);
    String first = SequenceNumber.of(records.get(0).position());
    String second = SequenceNumber.of(records.get(1).position());
    forget(records.get(1).position());

    assertRefused(ApiException.Kind.TRIMMED_DATA_ACCESS, () -> reader.records(early, 10));
    assertRefused(
        ApiException.Kind.TRIMMED_DATA_ACCESS,
        () -> iterator(StreamReader.Start.AFTER_SEQUENCE_NUMBER, first));
    assertRefused(
        ApiException.Kind.TRIMMED_DATA_ACCESS,
        () -> iterator(StreamReader.Start.AT_SEQUENCE_NUMBER, second));
    String behind = iterator(StreamReader.Start.AFTER_SEQUENCE_NUMBER, second);
    assertThat(reader.records(behind, 10).records()).isEqualTo(records.subList(2, 3));
    assertThat(all()).isEqualTo(records.subList(2, 3));
    assertThat(reader.shards(stream).getFirst().first()).isGreaterThan(second);
    String oldest = reader.shards(stream).getFirst().first();
    String at = iterator(StreamReader.Start.AT_SEQUENCE_NUMBER, oldest);
    assertThat(reader.records(at, 10).records()).isEqualTo(records.subList(2, 3));
  }

  @Test
  void recordsAreKeptForADay() {
    assertThat(retention.done(partition.replica(), FOLLOWED)).isEqualTo(ChangePosition.START);
    later = TableStreams.RETENTION.minusMinutes(1);
    assertThat(retention.done(partition.replica(), FOLLOWED)).isEqualTo(ChangePosition.START);
    ChangePosition last = all().getLast().position();
    later = TableStreams.RETENTION.plusMinutes(1);
    assertThat(retention.done(partition.replica(), FOLLOWED)).isEqualTo(last);
  }

  /// What the clocks of two other nodes show.
  private void hear(long wallMicros) {
    partition.hear(2, wallMicros);
    partition.hear(3, wallMicros);
  }

  @Test
  void nothingGoesByAClockThatIsFarAheadOfOthers() {
    later = TableStreams.RETENTION.plusMinutes(1);
    long wall = partition.environment().clock().wallMicros();
    hear(wall);
    assertThat(retention.done(partition.replica(), FOLLOWED)).isEqualTo(all().getLast().position());
    hear(wall - Duration.ofDays(1).toNanos() / 1_000);
    assertThat(retention.done(partition.replica(), FOLLOWED)).isNull();
    partition.change(new Request.Configure(GROUP, new PartitionSchema(2, List.of(), null, null)));
    assertThat(retention.done(partition.replica(), partition.replica().schema())).isNull();
  }

  @Test
  void eachLookGoesOnWhereTheOneBeforeEnded() {
    StreamRetention bounded = new StreamRetention(clock, TableStreams.RETENTION, 2);
    partition.put("d", "1");
    List<ChangePosition> positions = all().stream().map(ChangeRecord::position).toList();
    later = TableStreams.RETENTION.plusMinutes(1);
    assertThat(bounded.done(partition.replica(), FOLLOWED)).isEqualTo(positions.get(1));
    assertThat(bounded.done(partition.replica(), FOLLOWED)).isEqualTo(positions.get(3));
    assertThat(bounded.done(partition.replica(), FOLLOWED)).isEqualTo(positions.get(3));
    forget(positions.get(2));
    assertThat(bounded.done(partition.replica(), FOLLOWED)).isEqualTo(positions.get(3));
    later = later.plusMinutes(1);
    partition.put("e", "1");
    assertThat(bounded.done(partition.replica(), FOLLOWED))
        .isEqualTo(all().getLast().position())
        .isGreaterThan(positions.get(3));
  }

  @Test
  void aClockThatIsSetBackKeepsWhatItWouldHaveLetGo() {
    later = TableStreams.RETENTION.plusMinutes(1);
    assertThat(retention.done(partition.replica(), FOLLOWED)).isEqualTo(all().getLast().position());
    later = Duration.ZERO;
    assertThat(retention.done(partition.replica(), FOLLOWED)).isEqualTo(ChangePosition.START);
    later = TableStreams.RETENTION.plusMinutes(1);
    assertThat(retention.done(partition.replica(), FOLLOWED)).isEqualTo(all().getLast().position());
  }

  @Test
  void recordsOfAStreamThatEndedAreKeptForADayToo() {
    PartitionSchema off = new PartitionSchema(2, List.of(), null, null);
    partition.change(new Request.Configure(GROUP, off));
    assertThat(retention.done(partition.replica(), off)).isEqualTo(ChangePosition.START);
    later = TableStreams.RETENTION.plusMinutes(1);
    assertThat(retention.done(partition.replica(), off)).isEqualTo(ChangePosition.END);
  }

  @Test
  void aShardSaysWhenItWasMade() {
    long made = TableStreams.birthMillis(stream.settings().label());
    assertThat(stream.shardId()).matches("shardId-[0-9]{20}-[0-9a-f]{8}");
    assertThat(Long.parseLong(stream.shardId(), 8, 28, 10)).isEqualTo(made);
    Table other = Tables.rich(GROUP + 1, "other", Table.Status.ACTIVE);
    assertThat(new TableStream(other, stream.settings()).shardId()).isNotEqualTo(stream.shardId());
  }

  @Test
  void sequenceNumbersAreOrderedAsPositionsAre() {
    List<ChangePosition> positions =
        List.of(
            ChangePosition.START,
            new ChangePosition(0, 9),
            new ChangePosition(1, 0),
            new ChangePosition(9, Integer.MAX_VALUE),
            new ChangePosition(10, 0),
            ChangePosition.END);
    List<String> numbers = positions.stream().map(SequenceNumber::of).toList();
    assertThat(numbers).isSorted().doesNotHaveDuplicates();
    assertThat(numbers.stream().map(SequenceNumber::parse).toList()).isEqualTo(positions);
    for (String wrong : List.of("", "1".repeat(29), "2" + "0".repeat(29), "1" + "9".repeat(29))) {
      assertThat(SequenceNumber.parse(wrong)).as(wrong).isNull();
    }
  }
}
