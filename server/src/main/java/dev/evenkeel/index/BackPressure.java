package dev.evenkeel.index;

import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.GlobalIndex;
import dev.evenkeel.model.Table;
import dev.evenkeel.router.Catalogue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// What a table answers to writes while indexes of it are too far behind.
///
/// Source: [Throttling
/// reasons](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ThrottlingReason.html)
record BackPressure(Catalogue catalogue) {
  private static final String TEXT =
      "The level of configured provisioned throughput for one or more global secondary indexes of"
          + " the table was exceeded. Consider increasing your provisioning level for the"
          + " under-provisioned global secondary indexes with the UpdateTable API";

  /// The refusal, which names each of the indexes by its ARN.
  ///
  /// @param base group of the table's partition
  /// @param behind at least one
  ApiException refusal(long base, List<GlobalIndex> behind) {
    List<Map<String, String>> reasons =
        catalogue.tables().stream()
            .filter(table -> table.id() == base)
            .flatMap(table -> behind.stream().map(index -> reason(table, index)))
            .toList();
    // A node that does not know the table yet has no ARN to name.
    return ApiException.with(
        ApiException.Kind.PROVISIONED_THROUGHPUT_EXCEEDED,
        TEXT,
        reasons.isEmpty() ? Map.of() : Map.of("ThrottlingReasons", reasons));
  }

  /// In the order in which AWS shows them.
  private static Map<String, String> reason(Table table, GlobalIndex index) {
    SequencedMap<String, String> reason = new LinkedHashMap<>();
    reason.put("reason", "IndexWriteProvisionedThroughputExceeded");
    reason.put("resource", table.indexArn(index.name()));
    return reason;
  }
}
