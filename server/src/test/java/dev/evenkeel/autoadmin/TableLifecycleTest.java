package dev.evenkeel.autoadmin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.environment.ManualEnvironment;
import dev.evenkeel.model.GlobalIndex;
import dev.evenkeel.model.PartitionSchema;
import dev.evenkeel.model.Table;
import dev.evenkeel.model.TableCapacity;
import dev.evenkeel.model.TableIndex;
import dev.evenkeel.router.Catalogue;
import dev.evenkeel.router.InMemorySystemTable;
import dev.evenkeel.router.Tables;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class TableLifecycleTest {
  private static final long BAD = 2;

  private final InMemorySystemTable items = new InMemorySystemTable();
  private final Catalogue catalogue = Catalogue.open(items);
  private final ManualEnvironment environment = new ManualEnvironment();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final List<String> problems = new CopyOnWriteArrayList<>();
  private volatile boolean failing;
  private final Partitions partitions =
      new Partitions() {
        @Override
        public void create(long group) throws IOException {
          calls.add("create " + group);
          failIfAsked(group);
        }

        @Override
        public void drop(long group) throws IOException {
          calls.add("drop " + group);
          failIfAsked(group);
        }

        @Override
        public void configure(long group, PartitionSchema schema) {
          calls.add("configure " + group + " " + indexes(schema));
        }
      };

  private static List<Long> indexes(PartitionSchema schema) {
    return schema.globalIndexes().stream().map(GlobalIndex::id).toList();
  }

  private void failIfAsked(long group) throws IOException {
    if (failing && group == BAD) {
      throw new IOException("no disk");
    }
  }

  private TableLifecycle start() {
    return TableLifecycle.start(
        environment,
        catalogue,
        partitions,
        (table, status, cause) -> problems.add(table + " " + status + " " + cause.getMessage()));
  }

  @AfterEach
  void end() {
    environment.close();
  }

  private void await(BooleanSupplier condition) throws Exception {
    CompletableFuture<Void> met = new CompletableFuture<>();
    Runnable look =
        () -> {
          if (condition.getAsBoolean()) {
            met.complete(null);
          }
        };
    catalogue.onChange(look);
    look.run();
    met.get(20, TimeUnit.SECONDS);
  }

  private boolean is(String table, Table.Status status) {
    Table found = catalogue.find(table);
    return found != null && found.status() == status;
  }

  @Test
  void newTableBecomesActiveAfterItsPartitionIsMade() throws Exception {
    TableLifecycle lifecycle = start();
    catalogue.create(Tables.rich(2, "abc", Table.Status.CREATING));
    await(() -> is("abc", Table.Status.ACTIVE));
    assertThat(calls).containsExactly("create 2", "create 77", "configure 2 [77]");
    assertThat(catalogue.named("abc").derivation().isConfigured()).isTrue();
    assertThat(index("abc").status()).isEqualTo(TableIndex.Status.ACTIVE);
    lifecycle.close();
  }

  @Test
  void pendingCapacityComesIntoForce() throws Exception {
    TableLifecycle lifecycle = start();
    environment.wallMillis = 1_800_000_000_000L;
    catalogue.create(Tables.rich(2, "abc", Table.Status.UPDATING));
    await(() -> is("abc", Table.Status.ACTIVE));
    assertThat(catalogue.named("abc").settings().pending()).isNull();
    assertThat(catalogue.named("abc").settings().capacity().mode())
        .isEqualTo(TableCapacity.BillingMode.PROVISIONED);
    lifecycle.close();
  }

  @Test
  void newIndexIsToBeFilledAfterItsTableKnowsIt() throws Exception {
    TableLifecycle lifecycle = start();
    catalogue.create(Tables.rich(2, "abc", Table.Status.UPDATING));
    await(() -> is("abc", Table.Status.ACTIVE));
    assertThat(calls).containsExactly("create 77", "configure 2 [77]");
    assertThat(index("abc").status()).isEqualTo(TableIndex.Status.CREATING);
    assertThat(index("abc").backfilling()).isTrue();
    assertThat(index("abc").capacity().readUnits()).isEqualTo(5);
    lifecycle.close();
  }

  @Test
  void deletedIndexGoesAfterItsTableForgotIt() throws Exception {
    TableLifecycle lifecycle = start();
    Table table = Tables.rich(2, "abc", Table.Status.UPDATING);
    catalogue.create(table.withDerivation(before -> before.deleting("global")));
    await(() -> is("abc", Table.Status.ACTIVE));
    assertThat(calls).containsExactly("configure 2 []", "drop 77");
    assertThat(catalogue.named("abc").derivation().globalIndexes()).isEmpty();
    lifecycle.close();
  }

  @Test
  void activeTableIsToldWhatItDoesNotKnow() throws Exception {
    TableLifecycle lifecycle = start();
    catalogue.create(Tables.rich(2, "abc", Table.Status.ACTIVE));
    await(() -> catalogue.named("abc").derivation().isConfigured());
    assertThat(calls).containsExactly("configure 2 [77]");
    catalogue.change("abc", table -> table.withDerivation(before -> before.withExpiry(null)));
    await(() -> catalogue.named("abc").derivation().isConfigured());
    assertThat(calls).hasSize(2);
    lifecycle.close();
  }

  private TableIndex index(String table) {
    return Objects.requireNonNull(catalogue.named(table).derivation().index("global"));
  }

  @Test
  void deletedTableGoesWithItsPartition() throws Exception {
    TableLifecycle lifecycle = start();
    catalogue.create(Tables.rich(2, "abc", Table.Status.DELETING));
    await(() -> catalogue.find("abc") == null);
    assertThat(calls).containsExactly("drop 2", "drop 77");
    assertThat(items.all()).isEmpty();
    lifecycle.close();
  }

  @Test
  void whatAFormerRunLeftUndoneIsFinished() throws Exception {
    catalogue.create(Tables.rich(2, "abc", Table.Status.CREATING));
    catalogue.create(Tables.rich(3, "abd", Table.Status.DELETING));
    catalogue.create(Tables.rich(4, "abe", Table.Status.UPDATING));
    TableLifecycle lifecycle = start();
    await(() ->
        is("abc", Table.Status.ACTIVE)
            && catalogue.find("abd") == null
            && is("abe", Table.Status.ACTIVE));
    lifecycle.close();
  }

  @Test
  void failedStepIsReportedAndTriedAgainAndHoldsUpNoOther() throws Exception {
    failing = true;
    TableLifecycle lifecycle = start();
    catalogue.create(Tables.rich(2, "bad", Table.Status.CREATING));
    environment.awaitPause();
    assertThat(problems).isNotEmpty().allMatch("bad CREATING no disk"::equals);
    catalogue.create(Tables.rich(3, "good", Table.Status.CREATING));
    environment.endPauses();
    await(() -> is("good", Table.Status.ACTIVE));
    assertThat(is("bad", Table.Status.CREATING)).isTrue();
    failing = false;
    environment.endPauses();
    await(() -> is("bad", Table.Status.ACTIVE));
    lifecycle.close();
  }
}
