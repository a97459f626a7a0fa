package dev.evenkeel.expiry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Expiry;
import dev.evenkeel.model.Limits;
import dev.evenkeel.model.PartitionSchema;
import dev.evenkeel.model.Table;
import dev.evenkeel.replica.ItemWrite;
import dev.evenkeel.replica.OnePartition;
import dev.evenkeel.replica.Request;
import dev.evenkeel.replica.WriteOutcome;
import dev.evenkeel.router.Catalogue;
import dev.evenkeel.router.InMemorySystemTable;
import dev.evenkeel.router.OnlyReplica;
import dev.evenkeel.router.Replicas;
import dev.evenkeel.router.RequestRouter;
import dev.evenkeel.router.Tables;
import dev.evenkeel.telemetry.Telemetry;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// On a partition that no other sweep looks after by itself.
final class TableSweepTest {
  private static final long GROUP = OnePartition.TABLE.id();

  private final OnePartition partition = new OnePartition();
  private final Catalogue catalogue = Catalogue.open(new InMemorySystemTable());
  private final TableSweep sweep;
  private final long now;

  private final Replicas replicas = new OnlyReplica(() -> partition.replica());

  TableSweepTest() throws IOException {
    Table rich = Tables.rich(GROUP, "tab", Table.Status.ACTIVE);
    Table.Identity identity =
        new Table.Identity(
            OnePartition.TABLE,
            rich.identity().uuid(),
            rich.arn(),
            rich.identity().createdMillis());
    catalogue.create(
        new Table(
                identity,
                List.of(OnePartition.TABLE.keys().partition()),
                rich.settings(),
                rich.derivation(),
                rich.tags(),
                rich.status())
            .withDerivation(d -> d.withExpiry(new Expiry("until", Expiry.Status.ENABLED))));
    partition.change(
        new Request.Configure(GROUP, new PartitionSchema(1, List.of(), null, "until")));
    sweep =
        new TableSweep(
            catalogue,
            new RequestRouter(partition.environment(), replicas),
            partition.environment().clock());
    now = partition.environment().clock().wallMicros() / 1_000_000;
  }

  @AfterEach
  void close() throws IOException {
    partition.close();
  }

  private void put(String key, @Nullable AttributeValue until, int bytes) {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    item.put("pk", new AttributeValue.S(key));
    item.put("filler", new AttributeValue.S("x".repeat(bytes)));
    if (until != null) {
      item.put("until", until);
    }
    ItemWrite write =
        new ItemWrite(
            OnePartition.TABLE,
            new AttributeValue.S(key),
            null,
            null,
            new ItemWrite.Change.Put(BinaryItem.of(item)));
    assertThat(partition.change(new Request.Write(GROUP, write)))
        .isInstanceOf(WriteOutcome.Applied.class);
  }

  @Test
  void whatHasExpiredIsDeletedAndCounted() {
    put("past", AttributeValue.N.of(now - 1), 1);
    put("long past", AttributeValue.N.of(now - Duration.ofDays(400).toSeconds()), 1);
    put("future", AttributeValue.N.of(now + 3_600), 1);
    put("too long past", AttributeValue.N.of(now - Duration.ofDays(3_000).toSeconds()), 1);
    put("text", new AttributeValue.S(Long.toString(now - 1)), 1);
    put("never", null, 1);
    assertThat(sweep.run("tab")).isEqualTo(2);
    assertThat(sweep.run("tab")).isZero();
    put("past", AttributeValue.N.of(now - 1), 1);
    assertThat(sweep.run("tab")).isEqualTo(1);
  }

  @Test
  void aTableOfSeveralPagesIsSweptToItsEnd() {
    int items = 3 * Limits.PAGE_BYTES_MAX / 100_000;
    for (int i = 0; i < items; i++) {
      put("item-" + i, AttributeValue.N.of(now - 1), 100_000);
    }
    assertThat(sweep.run("tab")).isEqualTo(items);
  }

  private void hear(long wallMicros) {
    partition.hear(2, wallMicros);
    partition.hear(3, wallMicros);
  }

  @Test
  void theNodesOwnSweepDeletesNothingByAClockThatIsFarAhead() throws InterruptedException {
    Telemetry telemetry = new Telemetry();
    ExpirySweeper own =
        new ExpirySweeper(
            partition.environment(),
            telemetry,
            List.of(partition.node()),
            catalogue,
            ExpiryOptions.DEFAULT);
    put("past", AttributeValue.N.of(now - 1), 1);
    hear((now - Duration.ofDays(1).toSeconds()) * 1_000_000);
    own.look();
    assertThat(telemetry.probes().count("expiry.item-deleted")).isZero();
    hear(now * 1_000_000);
    own.look();
    assertThat(telemetry.probes().count("expiry.item-deleted")).isEqualTo(1);
  }

  @Test
  void whereNothingExpiresIsRefused() {
    catalogue.change("tab", table -> table.withDerivation(d -> d.withExpiry(null)));
    assertThatThrownBy(() -> sweep.run("tab"))
        .isInstanceOf(ApiException.class)
        .hasMessage("time to live is not enabled on table tab");
    assertThatThrownBy(() -> sweep.run("tub"))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("Table: tub not found");
  }
}
