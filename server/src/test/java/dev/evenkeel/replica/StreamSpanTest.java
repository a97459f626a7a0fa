package dev.evenkeel.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.PartitionSchema;
import dev.evenkeel.model.StreamSettings;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Where streams begin and end in a partition's log, and what has been let go.
class StreamSpanTest {
  private static final StreamSettings FIRST = stream("2026-01-01T00:00:00.000");
  private static final StreamSettings SECOND = stream("2026-01-02T00:00:00.000");

  private final OnePartition partition;

  StreamSpanTest() throws IOException {
    partition = new OnePartition();
  }

  @AfterEach
  void close() throws IOException {
    partition.close();
  }

  private static StreamSettings stream(String label) {
    return new StreamSettings(label, StreamSettings.View.NEW_IMAGE);
  }

  private void configure(long generation, @Nullable StreamSettings stream) {
    partition.change(
        new Request.Configure(
            OnePartition.TABLE.id(), new PartitionSchema(generation, List.of(), stream, null)));
  }

  private static List<String> shown(ChangesPage page, StreamSettings stream) {
    StreamSpan span =
        page.streams().stream().filter(each -> each.settings().equals(stream)).findFirst().get();
    return page.records().stream()
        .filter(record -> span.shows(record.position()))
        .map(record -> String.valueOf(Objects.requireNonNull(record.after()).get("pk")))
        .toList();
  }

  @Test
  void eachStreamShowsWhatChangedWhileItWasOn() {
    configure(1, FIRST);
    partition.put("a", "1");
    partition.put("b", "1");
    configure(2, null);
    partition.put("c", "1");
    configure(3, SECOND);
    partition.put("d", "1");

    ChangesPage page = partition.page(ChangePosition.START);
    assertThat(page.streams()).extracting(StreamSpan::settings).containsExactly(FIRST, SECOND);
    assertThat(page.streams().getFirst().end()).isNotNull();
    assertThat(page.streams().getLast().end()).isNull();
    assertThat(shown(page, FIRST)).containsExactly("S[value=a]", "S[value=b]");
    assertThat(shown(page, SECOND)).containsExactly("S[value=d]");
    assertThat(page.applied()).isGreaterThanOrEqualTo(page.records().getLast().position().slot());
  }

  @Test
  void aStreamThatTakesTheOthersPlaceAtOnceEndsIt() {
    configure(1, FIRST);
    partition.put("a", "1");
    configure(2, SECOND);
    partition.put("b", "1");

    ChangesPage page = partition.page(ChangePosition.START);
    StreamSpan first = page.streams().getFirst();
    assertThat(first.end()).isEqualTo(page.streams().getLast().start());
    assertThat(shown(page, FIRST)).containsExactly("S[value=a]");
    assertThat(shown(page, SECOND)).containsExactly("S[value=b]");
  }

  @Test
  void anotherGenerationWithTheSameStreamGoesOnWithIt() {
    configure(1, FIRST);
    partition.put("a", "1");
    configure(2, FIRST);
    partition.put("b", "1");
    ChangesPage page = partition.page(ChangePosition.START);
    assertThat(page.streams()).hasSize(1);
    assertThat(shown(page, FIRST)).containsExactly("S[value=a]", "S[value=b]");
  }

  @Test
  void whatIsForgottenIsToldAndNeverTurnsBack() {
    configure(1, FIRST);
    partition.put("a", "1");
    partition.put("b", "1");
    List<ChangeRecord> records = partition.page(ChangePosition.START).records();
    assertThat(partition.page(ChangePosition.START).forgotten()).isEqualTo(ChangePosition.START);
    forget(records.get(1).position());
    forget(records.get(0).position());
    ChangesPage page = partition.page(ChangePosition.START);
    assertThat(page.forgotten()).isEqualTo(records.get(1).position());
    assertThat(page.records()).isEmpty();
    assertThat(page.streams()).hasSize(1);
  }

  @Test
  void aStreamThatEndedIsForgottenWithTheRecordsBehindIt() {
    configure(1, FIRST);
    partition.put("a", "1");
    configure(2, SECOND);
    partition.put("b", "1");
    forget(partition.page(ChangePosition.START).records().getLast().position());
    assertThat(partition.page(ChangePosition.START).streams())
        .extracting(StreamSpan::settings)
        .containsExactly(SECOND);
  }

  private void forget(ChangePosition upTo) {
    long generation = partition.replica().schema().generation();
    assertThat(partition.change(new Request.Forget(OnePartition.TABLE.id(), upTo, generation)))
        .isInstanceOf(WriteOutcome.Applied.class);
  }
}
