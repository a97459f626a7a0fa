package dev.evenkeel.transaction;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.AttributeValue.Bool;
import dev.evenkeel.model.AttributeValue.Bytes;
import dev.evenkeel.model.AttributeValue.L;
import dev.evenkeel.model.AttributeValue.N;
import dev.evenkeel.model.AttributeValue.S;
import dev.evenkeel.replica.Mark;
import dev.evenkeel.replica.Transaction;
import dev.evenkeel.replica.TransactionId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the ledger says of one transaction. Format: see the package.
///
/// @param digest of its actions
/// @param scope where it takes place
/// @param commitMicros its commit time, µs since 1970; 0 unless it is committed
record LedgerEntry(
    Transaction transaction, Bytes digest, State state, Scope scope, long commitMicros) {
  static final String KEY = "k";

  /// Where a transaction takes place.
  ///
  /// @param groups that take part
  /// @param alone whether it is one entry of its only group
  /// @param epoch of that group; see [Mark]
  record Scope(List<Long> groups, boolean alone, long epoch) {}

  List<Long> groups() {
    return scope.groups;
  }

  boolean alone() {
    return scope.alone;
  }

  /// What it leaves in its only group.
  Mark mark() {
    return new Mark(transaction, scope.epoch);
  }

  /// How far a transaction has come.
  enum State {
    /// Whether it happens is open.
    BEGUN("begun"),
    /// It happens; a group may not have finished.
    COMMITTED("committed"),
    /// It has happened everywhere.
    DONE("done"),
    /// It does not happen.
    CANCELED("canceled");

    private final String text;

    State(String text) {
      this.text = text;
    }

    /// As an item has it.
    AttributeValue value() {
      return new S(text);
    }
  }

  static LedgerEntry begun(Transaction transaction, Bytes digest, Scope scope) {
    return new LedgerEntry(transaction, digest, State.BEGUN, scope, 0);
  }

  boolean isOf(Transaction other) {
    return transaction.equals(other);
  }

  LedgerEntry committed(long micros) {
    return new LedgerEntry(transaction, digest, State.COMMITTED, scope, micros);
  }

  BinaryItem item() {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    item.put(KEY, new S(transaction.ledgerKey()));
    item.put("i", new S(transaction.id().text()));
    item.put("d", new AttributeValue.B(digest));
    item.put("s", state.value());
    item.put(
        "g",
        new L(scope.groups.stream().<AttributeValue>map(g -> new S(Long.toString(g))).toList()));
    item.put("a", new Bool(scope.alone));
    item.put("e", N.of(scope.epoch));
    item.put("t", N.of(transaction.id().startedMillis()));
    return BinaryItem.of(item);
  }

  /// @throws IllegalStateException when it is no entry
  static LedgerEntry of(BinaryItem item) {
    List<Long> groups = new ArrayList<>();
    if (item.get("g") instanceof L(var list)) {
      list.forEach(group -> groups.add(Long.parseLong(text(group))));
    }
    return new LedgerEntry(
        new Transaction(TransactionId.parse(text(item.get("i"))), text(item.get(KEY))),
        item.get("d") instanceof AttributeValue.B(var digest) ? digest : new Bytes(new byte[0]),
        state(item),
        new Scope(
            groups, item.get("a") instanceof Bool(boolean alone) && alone, number(item.get("e"))),
        number(item.get("c")));
  }

  private static long number(@Nullable AttributeValue value) {
    return value instanceof N(var number) ? number.longValueExact() : 0;
  }

  private static State state(BinaryItem item) {
    AttributeValue stored = item.get("s");
    for (State state : State.values()) {
      if (state.value().equals(stored)) {
        return state;
      }
    }
    throw new IllegalStateException("an entry of the ledger in the unknown state " + stored);
  }

  private static String text(@Nullable AttributeValue value) {
    if (value instanceof S(var text)) {
      return text;
    }
    throw new IllegalStateException("an entry of the ledger without a text");
  }
}
