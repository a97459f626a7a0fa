package dev.evenkeel.chaos;

import java.util.List;
import java.util.Objects;

/// An account of the bank. Accounts belong to sets, within which money moves; the accounts of a set
/// lie in two tables, so that a transfer is of one replication group or of two.
///
/// @param number in [0, [#ALL])
record Account(int number) {
  static final int SETS = 20;
  static final int SET_SIZE = 50;
  static final int ALL = SETS * SET_SIZE;
  static final int BALANCE_FIRST = 100;
  static final List<String> TABLES = List.of("bank-1", "bank-2");

  static Account of(int set, int member) {
    return new Account(set * SET_SIZE + member);
  }

  /// Of an item's attributes.
  static Account of(Object item) {
    return new Account(Integer.parseInt((String) need(item, "name", "S")));
  }

  static long balance(Object item) {
    return Long.parseLong((String) need(item, "balance", "N"));
  }

  private static Object need(Object item, String... path) {
    return Objects.requireNonNull(Json.at(item, path), "an account without " + path[0]);
  }

  String table() {
    return TABLES.get(number % TABLES.size());
  }

  /// Table and key, as members of an action.
  String place() {
    return "\"TableName\": \"%s\", \"Key\": %s".formatted(table(), Table.key("bank", name()));
  }

  private String name() {
    return Integer.toString(number);
  }

  /// As it is at the beginning.
  String item() {
    return "{\"owner\": {\"S\": \"bank\"}, \"name\": {\"S\": \"%s\"}, \"balance\": {\"N\": \"%d\"}}"
        .formatted(name(), BALANCE_FIRST);
  }
}
