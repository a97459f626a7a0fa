package dev.evenkeel.partiql;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.expression.Condition;
import dev.evenkeel.expression.Function;
import dev.evenkeel.expression.Operand;
import dev.evenkeel.expression.Path;
import dev.evenkeel.expression.Update;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.KeySchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A statement with its parameters, before it is known which attributes of its table are keys.
public sealed interface BoundStatement {
  /// As the statement names it.
  String table();

  /// @param parameters of the request
  /// @throws ApiException a ValidationException, when the text is no statement, or means nothing
  static BoundStatement of(String text, List<AttributeValue> parameters) {
    StatementParser.Parsed parsed = StatementParser.parse(text);
    if (parsed.parameters() != parameters.size()) {
      throw ApiException.validation("Number of parameters in request and statement don't match.");
    }
    return new Binding(new Values(parameters)).bind(parsed.statement());
  }

  /// @param index null for the table itself
  /// @param where null where all items are wanted
  final class Select implements BoundStatement {
    private final String table;
    private final @Nullable String index;
    private final Columns columns;
    private final @Nullable Condition where;
    private final List<Statement.Ordering> orderBy;

    Select(Statement.Select written, @Nullable Condition where) {
      this.table = written.table();
      this.index = written.index();
      this.columns = Columns.of(written.columns());
      this.where = where;
      this.orderBy = written.orderBy();
    }

    @Override
    public String table() {
      return table;
    }

    /// The index that it names, or null.
    public @Nullable String index() {
      return index;
    }

    public Columns columns() {
      return columns;
    }

    /// What it reads.
    ///
    /// @param keys of the table, or of the index that it names
    /// @throws ApiException a ValidationException, when it does not fit the keys
    public ReadPlan plan(KeySchema keys) {
      return ReadPlanner.plan(where, orderBy, keys, index == null);
    }

    /// The plan for an index whose keys no plan can name.
    ///
    /// @throws ApiException a ValidationException, when it asks for an order
    public ReadPlan whole() {
      if (!orderBy.isEmpty()) {
        throw ApiException.notSupported("ORDER BY on an index with keys of several attributes");
      }
      return new ReadPlan.Whole(where);
    }
  }

  /// Puts an item where there is none.
  record Insert(String table, BinaryItem item) implements BoundStatement {
    public Condition condition(KeySchema keys) {
      return existence(Function.ATTRIBUTE_NOT_EXISTS, keys);
    }
  }

  /// Changes an item that is there.
  record Modify(
      String table, Update update, @Nullable Condition where, @Nullable Returning returning)
      implements BoundStatement {
    /// @throws ApiException a ValidationException, when it does not name one item
    public Keyed on(KeySchema keys) {
      Keyed keyed = keyed(where, keys);
      List<Condition> terms = new ArrayList<>();
      terms.add(existence(Function.ATTRIBUTE_EXISTS, keys));
      terms.addAll(KeyTerms.all(keyed.condition));
      return new Keyed(keyed.key, KeyTerms.and(terms));
    }
  }

  /// Deletes an item; one that is not there is no failure, whatever the condition.
  record Delete(String table, @Nullable Condition where, @Nullable Returning returning)
      implements BoundStatement {
    /// @throws ApiException a ValidationException, when it does not name one item
    public Keyed on(KeySchema keys) {
      Keyed keyed = keyed(where, keys);
      return keyed.condition == null
          ? keyed
          : new Keyed(
              keyed.key,
              new Condition.Or(
                  List.of(existence(Function.ATTRIBUTE_NOT_EXISTS, keys), keyed.condition)));
    }
  }

  /// The condition of a transaction that an item is there and meets more than its key.
  record Check(String table, @Nullable Condition where) implements BoundStatement {
    /// @throws ApiException a ValidationException, when it does not name one item
    public Keyed on(KeySchema keys) {
      Keyed keyed = keyed(where, keys);
      if (keyed.condition == null) {
        throw ApiException.validation("EXISTS takes a SELECT of one item and a condition on it");
      }
      return keyed;
    }
  }

  /// The part of the item that a write returns.
  enum Returning {
    ALL_OLD,
    ALL_NEW,
    MODIFIED_OLD,
    MODIFIED_NEW
  }

  /// The item that a write is about.
  ///
  /// @param key its key attributes, of whatever types the statement gives them
  /// @param condition what must hold of it, bound; or null
  record Keyed(BinaryItem key, @Nullable Condition condition) {}

  private static Keyed keyed(@Nullable Condition where, KeySchema keys) {
    Map<String, AttributeValue> found = new LinkedHashMap<>();
    List<Condition> rest = new ArrayList<>();
    for (Condition term : KeyTerms.all(where)) {
      if (!addKey(term, keys, found)) {
        rest.add(term);
      }
    }
    if (found.size() != keys.size()) {
      throw ApiException.validation(Malformed.KEYS);
    }
    return new Keyed(BinaryItem.of(found), KeyTerms.and(rest));
  }

  /// Whether the term names a key that no term before it has named.
  private static boolean addKey(Condition term, KeySchema keys, Map<String, AttributeValue> found) {
    for (KeySchema.KeyAttribute key : keys.attributes()) {
      @Nullable AttributeValue value = KeyTerms.equality(term, key.name());
      if (value != null && found.putIfAbsent(key.name(), value) == null) {
        return true;
      }
    }
    return false;
  }

  private static Condition existence(Function function, KeySchema keys) {
    return new Condition.Predicate(
        new Operand.Call(function, List.of(Path.of(keys.partition().name()))));
  }
}
