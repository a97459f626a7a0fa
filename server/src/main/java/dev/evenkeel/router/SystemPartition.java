package dev.evenkeel.router;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.expression.Condition;
import dev.evenkeel.expression.Function;
import dev.evenkeel.expression.Operand;
import dev.evenkeel.expression.Path;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.replica.ItemWrite;
import dev.evenkeel.replica.Page;
import dev.evenkeel.replica.PageRead;
import dev.evenkeel.replica.ReadOutcome;
import dev.evenkeel.replica.WriteOutcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// The system table as what it is: items of a partition like any other.
public final class SystemPartition implements SystemTable {
  /// The table's id, and its group's.
  public static final long ID = 1;

  private static final TableSchema SCHEMA =
      new TableSchema(
          ID,
          "evenkeel.system",
          new KeySchema(new KeySchema.KeyAttribute(KEY, AttributeValue.Type.S), null),
          List.of());

  private final RequestRouter router;

  public SystemPartition(RequestRouter router) {
    this.router = router;
  }

  @Override
  public @Nullable BinaryItem get(String key) {
    CompletableFuture<ReadOutcome> outcome = new CompletableFuture<>();
    router.read(SCHEMA, new AttributeValue.S(key), null, true, outcome::complete);
    return switch (await(outcome)) {
      case ReadOutcome.Item(var item) -> item;
      case ReadOutcome.Failed(var reason) ->
          throw ApiException.internal("the catalogue cannot be read: " + reason);
      case ReadOutcome.NotLeader _ ->
          throw ApiException.internal("the catalogue cannot be read: it has no leader");
    };
  }

  @Override
  public List<BinaryItem> all() {
    List<BinaryItem> items = new ArrayList<>();
    StoredKeys.Range range = StoredKeys.all(ID, StoredKeys.Kind.ITEM);
    Page page =
        router.page(
            SCHEMA,
            new PageRead(range, false, Integer.MAX_VALUE, Long.MAX_VALUE, null, null),
            true);
    items.addAll(page.items());
    items.sort(Comparator.comparing(SystemPartition::key));
    return items;
  }

  @Override
  public boolean putIf(BinaryItem item, @Nullable BinaryItem expected) {
    return write(key(item), isAsExpected(expected), new ItemWrite.Change.Put(item));
  }

  @Override
  public boolean deleteIf(BinaryItem expected) {
    return write(key(expected), isAsExpected(expected), ItemWrite.Change.Delete.INSTANCE);
  }

  private boolean write(String key, Condition condition, ItemWrite.Change change) {
    CompletableFuture<WriteOutcome> outcome = new CompletableFuture<>();
    router.write(
        new ItemWrite(SCHEMA, new AttributeValue.S(key), null, condition, change),
        outcome::complete);
    return switch (await(outcome)) {
      case WriteOutcome.Applied _ -> true;
      case WriteOutcome.ConditionFailed _ -> false;
      case WriteOutcome.Rejected(var error) -> throw error;
      case WriteOutcome.Unavailable(var reason) -> throw unavailable(reason);
      case WriteOutcome.NotLeader _ -> throw unavailable("it has no leader");
      case WriteOutcome.Conflict _, WriteOutcome.OfSeveral _ ->
          throw new IllegalStateException(
              "nothing changes several items of the catalogue together");
      case WriteOutcome.Unknown(var reason) ->
          throw ApiException.internal("the catalogue may have been changed: " + reason);
    };
  }

  /// A node that is told to stop waits for nobody.
  private static <O> O await(CompletableFuture<O> outcome) {
    try {
      return outcome.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ApiException.internal("the catalogue was not waited for");
    } catch (ExecutionException e) {
      throw new IllegalStateException("nothing completes this future with a failure", e);
    }
  }

  private static ApiException unavailable(String reason) {
    return ApiException.of(
        ApiException.Kind.SERVICE_UNAVAILABLE, "the catalogue takes no change now: " + reason);
  }

  /// @param expected of that version, or null: there is no such item
  private static Condition isAsExpected(@Nullable BinaryItem expected) {
    if (expected == null) {
      return new Condition.Predicate(
          new Operand.Call(Function.ATTRIBUTE_NOT_EXISTS, List.of(Path.of(KEY))));
    }
    AttributeValue version =
        Objects.requireNonNull(expected.get(VERSION), "an item of the system table has a version");
    return new Condition.Comparison(
        Condition.Comparator.EQ, Path.of(VERSION), new Operand.Literal(version));
  }

  private static String key(BinaryItem item) {
    if (item.get(KEY) instanceof AttributeValue.S(var key)) {
      return key;
    }
    throw new IllegalArgumentException("an item of the system table without a key");
  }
}
