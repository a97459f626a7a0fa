package dev.evenkeel.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.GlobalIndex;
import dev.evenkeel.model.Table;
import dev.evenkeel.router.Catalogue;
import dev.evenkeel.router.InMemorySystemTable;
import dev.evenkeel.router.Tables;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A refusal names the indexes whose fault it is.
class BackPressureTest {
  private static final long GROUP = 7;

  private final Catalogue catalogue = Catalogue.open(new InMemorySystemTable());
  private final BackPressure backPressure = new BackPressure(catalogue);
  private final Table table = Tables.rich(GROUP, "tab", Table.Status.ACTIVE);
  private final GlobalIndex first = table.derivation().globalIndexes().getFirst().definition();
  private final List<GlobalIndex> indexes =
      List.of(
          first,
          new GlobalIndex(
              "second", 78, first.keys(), first.projection(), first.nonKeyAttributes()));

  private static Map<String, String> reason(GlobalIndex index) {
    return Map.of(
        "reason",
        "IndexWriteProvisionedThroughputExceeded",
        "resource",
        "arn:aws:dynamodb:local:000000000000:table/tab/index/" + index.name());
  }

  @Test
  void theIndexesThatAreBehindAreNamedInOrder() {
    catalogue.create(Tables.rich(GROUP + 1, "other", Table.Status.ACTIVE));
    catalogue.create(table);
    ApiException refusal = backPressure.refusal(GROUP, indexes);
    assertThat(refusal.kind()).isEqualTo(ApiException.Kind.PROVISIONED_THROUGHPUT_EXCEEDED);
    assertThat(refusal.members())
        .isEqualTo(
            Map.of("ThrottlingReasons", indexes.stream().map(BackPressureTest::reason).toList()));
    assertThat(backPressure.refusal(GROUP, indexes.subList(0, 1)).members())
        .isEqualTo(Map.of("ThrottlingReasons", List.of(reason(indexes.getFirst()))));
  }

  @Test
  void aTableThatIsNotKnownYetIsRefusedWithoutAName() {
    ApiException refusal = backPressure.refusal(GROUP, indexes);
    assertThat(refusal.kind()).isEqualTo(ApiException.Kind.PROVISIONED_THROUGHPUT_EXCEEDED);
    assertThat(refusal.members()).isEmpty();
  }
}
