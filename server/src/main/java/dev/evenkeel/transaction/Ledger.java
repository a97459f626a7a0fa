package dev.evenkeel.transaction;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.environment.Clock;
import dev.evenkeel.expression.Condition;
import dev.evenkeel.expression.ExpressionScope;
import dev.evenkeel.expression.Expressions;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.AttributeValue.N;
import dev.evenkeel.model.AttributeValue.S;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.replica.ItemWrite;
import dev.evenkeel.replica.Page;
import dev.evenkeel.replica.PageRead;
import dev.evenkeel.replica.ReadOutcome;
import dev.evenkeel.replica.Request;
import dev.evenkeel.replica.Transaction;
import dev.evenkeel.replica.TransactionAction;
import dev.evenkeel.replica.WriteOutcome;
import dev.evenkeel.router.RequestRouter;
import dev.evenkeel.router.ReservedGroups;
import dev.evenkeel.transaction.LedgerEntry.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What became of each transaction, and of each client token: a table of this database in a
/// partition of its own. All methods block.
final class Ledger {
  /// How long an entry is remembered after its transaction has ended.
  static final Duration KEPT = Duration.ofMinutes(10);

  private static final TableSchema SCHEMA =
      new TableSchema(
          ReservedGroups.LEDGER,
          "evenkeel.ledger",
          new KeySchema(new KeySchema.KeyAttribute(LedgerEntry.KEY, AttributeValue.Type.S), null),
          List.of());

  private static final String FREE = "attribute_not_exists(k) OR s = :canceled";
  private static final String IS_BEGUN = "i = :i AND s = :begun";
  private static final String IS_NOT_CANCELED = "i = :i AND s <> :canceled";
  private static final String HAS_ENDED = "i = :i AND (s = :done OR s = :canceled)";
  private static final String LEFT =
      "s = :begun OR s = :committed OR ((s = :done OR s = :canceled) AND f < :before)";

  private final Partitions partitions;
  private final RequestRouter router;
  private final Clock clock;
  private final Expressions expressions = new Expressions();

  Ledger(Partitions partitions, RequestRouter router, Clock clock) {
    this.partitions = partitions;
    this.router = router;
    this.clock = clock;
  }

  /// Writes the entry of a transaction that begins, unless its key is in use.
  ///
  /// @return `Applied`; `ConditionFailed` with the entry that is in the way; or why not
  WriteOutcome begin(LedgerEntry entry) {
    Map<String, AttributeValue> values = new LinkedHashMap<>();
    values.put(":canceled", State.CANCELED.value());
    return write(entry, condition(FREE, values), new ItemWrite.Change.Put(entry.item()));
  }

  /// The transaction happens, unless somebody has canceled it.
  WriteOutcome commit(LedgerEntry entry, long commitMicros) {
    Map<String, AttributeValue> values = begun(entry);
    values.put(":to", State.COMMITTED.value());
    values.put(":c", N.of(commitMicros));
    return change(entry, "SET s = :to, c = :c", values);
  }

  /// The transaction does not happen, unless it is committed.
  WriteOutcome cancel(LedgerEntry entry) {
    Map<String, AttributeValue> values = begun(entry);
    values.put(":to", State.CANCELED.value());
    values.put(":f", N.of(clock.wallMillis()));
    return change(entry, "SET s = :to, f = :f", values);
  }

  private static Map<String, AttributeValue> begun(LedgerEntry entry) {
    Map<String, AttributeValue> values = new LinkedHashMap<>();
    values.put(":i", new S(entry.transaction().id().text()));
    values.put(":begun", State.BEGUN.value());
    return values;
  }

  private WriteOutcome change(
      LedgerEntry entry, String update, Map<String, AttributeValue> values) {
    ExpressionScope scope = ExpressionScope.of(null, values);
    return write(
        entry,
        expressions.condition(IS_BEGUN, scope),
        new ItemWrite.Change.Modify(expressions.update(update, scope)));
  }

  /// Says of several that they have happened everywhere, as one entry.
  ///
  /// @return those of which it says so now
  List<Transaction> finished(List<Transaction> transactions) {
    SequencedMap<Transaction, TransactionAction> actions = new LinkedHashMap<>();
    for (Transaction transaction : transactions) {
      Map<String, AttributeValue> values = new LinkedHashMap<>();
      values.put(":i", new S(transaction.id().text()));
      values.put(":canceled", State.CANCELED.value());
      values.put(":to", State.DONE.value());
      values.put(":f", N.of(clock.wallMillis()));
      ExpressionScope scope = ExpressionScope.of(null, values);
      actions.put(
          transaction,
          action(
              transaction,
              expressions.condition(IS_NOT_CANCELED, scope),
              new ItemWrite.Change.Modify(expressions.update("SET s = :to, f = :f", scope))));
    }
    return all(actions);
  }

  /// Lets entries of transactions that have ended go, as one entry.
  void forget(List<Transaction> transactions) {
    SequencedMap<Transaction, TransactionAction> actions = new LinkedHashMap<>();
    for (Transaction transaction : transactions) {
      Map<String, AttributeValue> values = new LinkedHashMap<>();
      values.put(":i", new S(transaction.id().text()));
      values.put(":done", State.DONE.value());
      values.put(":canceled", State.CANCELED.value());
      actions.put(
          transaction,
          action(transaction, condition(HAS_ENDED, values), ItemWrite.Change.Delete.INSTANCE));
    }
    all(actions);
  }

  /// Does those whose conditions hold.
  private List<Transaction> all(SequencedMap<Transaction, TransactionAction> actions) {
    SequencedMap<Transaction, TransactionAction> left = new LinkedHashMap<>(actions);
    while (!left.isEmpty()) {
      List<Transaction> order = List.copyOf(left.keySet());
      WriteOutcome outcome =
          partitions.change(
              new Request.Transact(
                  ReservedGroups.LEDGER, null, List.copyOf(left.sequencedValues())));
      if (outcome instanceof WriteOutcome.Transacted) {
        return order;
      }
      if (!(outcome instanceof WriteOutcome.Canceled(var reasons))) {
        return List.of();
      }
      for (int i = 0; i < order.size(); i++) {
        if (!(reasons.get(i) instanceof WriteOutcome.Reason.None)) {
          left.remove(order.get(i));
        }
      }
    }
    return List.of();
  }

  private static TransactionAction action(
      Transaction transaction, Condition condition, ItemWrite.Change change) {
    S key = new S(transaction.ledgerKey());
    return new TransactionAction(new ItemWrite(SCHEMA, key, null, condition, change), false);
  }

  /// A read of the ledger.
  sealed interface Found {
    /// @param entry null where there is none
    record Entry(@Nullable LedgerEntry entry) implements Found {}

    /// The ledger does not answer.
    record Failed(String reason) implements Found {}
  }

  /// The entry under that key.
  Found read(String key) {
    ReadOutcome outcome = partitions.read(SCHEMA, new S(key));
    return switch (outcome) {
      case ReadOutcome.Item(var item) ->
          new Found.Entry(item == null ? null : LedgerEntry.of(item));
      case ReadOutcome.Failed(var reason) -> new Found.Failed(reason);
      case ReadOutcome.NotLeader _ -> new Found.Failed("the ledger has no leader");
    };
  }

  /// Some of the entries that have not ended, and of those that ended long ago.
  ///
  /// @param next where to go on; null at the end
  @SuppressWarnings("ArrayRecordComponent")
  record Leavings(List<LedgerEntry> entries, byte @Nullable [] next) {}

  /// @param from where to begin; null for the beginning
  /// @param beforeMillis ended before this is long ago, ms since 1970
  /// @throws ApiException when the ledger does not answer
  Leavings leavings(byte @Nullable [] from, long beforeMillis, int entriesMax) {
    StoredKeys.Range all = StoredKeys.all(SCHEMA.id(), StoredKeys.Kind.ITEM);
    StoredKeys.Range range = from == null ? all : new StoredKeys.Range(from, all.to());
    Map<String, AttributeValue> values = new LinkedHashMap<>();
    values.put(":begun", State.BEGUN.value());
    values.put(":committed", State.COMMITTED.value());
    values.put(":done", State.DONE.value());
    values.put(":canceled", State.CANCELED.value());
    values.put(":before", N.of(beforeMillis));
    Page page =
        router.page(
            SCHEMA,
            new PageRead(range, false, entriesMax, Long.MAX_VALUE, condition(LEFT, values), null),
            true);
    List<LedgerEntry> entries = new ArrayList<>();
    page.items().forEach(item -> entries.add(LedgerEntry.of(item)));
    BinaryItem last = page.last();
    AttributeValue key = last == null ? null : last.get(LedgerEntry.KEY);
    return new Leavings(
        entries,
        key == null ? null : StoredKeys.successor(StoredKeys.item(SCHEMA.id(), key, null)));
  }

  private Condition condition(String text, Map<String, AttributeValue> values) {
    return expressions.condition(text, ExpressionScope.of(null, values));
  }

  private WriteOutcome write(LedgerEntry entry, Condition condition, ItemWrite.Change change) {
    S key = new S(entry.transaction().ledgerKey());
    return partitions.change(
        new Request.Write(SCHEMA.id(), new ItemWrite(SCHEMA, key, null, condition, change)));
  }
}
