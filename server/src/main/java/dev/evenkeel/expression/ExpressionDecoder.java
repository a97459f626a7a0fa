package dev.evenkeel.expression;

import dev.evenkeel.codec.WireReader;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.Limits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Reads what [ExpressionEncoder] wrote. Whatever it returns can be evaluated; all else is an
/// [IOException]. One object for one expression.
public final class ExpressionDecoder {
  /// Conditions and operands within one another: each is an operator or a function, but the
  /// innermost.
  private static final int LEVELS_MAX = Limits.EXPRESSION_OPERATORS_MAX + 1;

  /// Legacy parameters have no bound of their own, so that the list may grow as it is read.
  private static final int ROOM_MAX = 64;

  private final WireReader in;
  private final ExpressionKind kind;
  private int levels;

  private ExpressionDecoder(WireReader in, ExpressionKind kind) throws IOException {
    this.in = in;
    this.kind = kind;
    int version = in.int8();
    if (version != ExpressionFormat.VERSION) {
      throw in.malformed("unknown expression format version " + version);
    }
  }

  public static Condition condition(WireReader in) throws IOException {
    return new ExpressionDecoder(in, ExpressionKind.CONDITION).condition();
  }

  public static Update update(WireReader in) throws IOException {
    return new ExpressionDecoder(in, ExpressionKind.UPDATE).update();
  }

  private Condition condition() throws IOException {
    enter();
    int tag = in.int8();
    Condition condition =
        switch (tag) {
          case ExpressionFormat.AND -> new Condition.And(several(this::condition));
          case ExpressionFormat.OR -> new Condition.Or(several(this::condition));
          case ExpressionFormat.NOT -> new Condition.Not(condition());
          case ExpressionFormat.COMPARISON ->
              new Condition.Comparison(listed(ExpressionFormat.COMPARATORS), operand(), operand());
          case ExpressionFormat.BETWEEN -> new Condition.Between(operand(), operand(), operand());
          case ExpressionFormat.IN -> new Condition.In(operand(), several(this::operand));
          case ExpressionFormat.PREDICATE -> new Condition.Predicate(predicate());
          default -> throw in.malformed("unknown condition " + tag);
        };
    levels--;
    return condition;
  }

  private Update update() throws IOException {
    Update.Wording wording = listed(ExpressionFormat.WORDINGS);
    List<UpdateAction> actions = several(this::action);
    try {
      return Update.of(actions, wording);
    } catch (ApiException e) {
      throw in.malformed(String.valueOf(e.getMessage()));
    }
  }

  private UpdateAction action() throws IOException {
    int tag = in.int8();
    return switch (tag) {
      case ExpressionFormat.SET -> new UpdateAction.Set(path(), operand());
      case ExpressionFormat.REMOVE -> new UpdateAction.Remove(path());
      case ExpressionFormat.ADD -> new UpdateAction.Add(path(), operand());
      case ExpressionFormat.DELETE -> new UpdateAction.Delete(path(), operand());
      default -> throw in.malformed("unknown action " + tag);
    };
  }

  private Operand operand() throws IOException {
    enter();
    int tag = in.int8();
    Operand operand =
        switch (tag) {
          case ExpressionFormat.PATH -> path();
          case ExpressionFormat.LITERAL -> new Operand.Literal(in.value());
          case ExpressionFormat.CALL -> valued();
          default -> throw in.malformed("unknown operand " + tag);
        };
    levels--;
    return operand;
  }

  private Operand.Call predicate() throws IOException {
    Function function = listed(ExpressionFormat.FUNCTIONS);
    if (!function.isPredicate()) {
      throw in.malformed("no condition: " + function);
    }
    return call(function);
  }

  /// A function that has a value, in the kind of expression that knows it.
  private Operand.Call valued() throws IOException {
    Function function = listed(ExpressionFormat.FUNCTIONS);
    boolean ofCondition = function == Function.SIZE;
    if (function.isPredicate() || ofCondition != (kind == ExpressionKind.CONDITION)) {
      throw in.malformed("no operand: " + function);
    }
    return call(function);
  }

  private Operand.Call call(Function function) throws IOException {
    List<Operand> arguments = new ArrayList<>(function.operands());
    for (int left = function.operands(); left > 0; left--) {
      arguments.add(operand());
    }
    return new Operand.Call(function, arguments);
  }

  private Path path() throws IOException {
    int count = in.count(Path.ELEMENTS_MAX);
    List<Path.Element> elements = new ArrayList<>(count);
    for (int left = count; left > 0; left--) {
      elements.add(element());
    }
    if (elements.isEmpty() || !(elements.getFirst() instanceof Path.Element.Name)) {
      throw in.malformed("a path that does not begin with a name");
    }
    return new Path(elements);
  }

  private Path.Element element() throws IOException {
    int tag = in.int8();
    return switch (tag) {
      case ExpressionFormat.NAME -> new Path.Element.Name(in.text());
      case ExpressionFormat.INDEX -> new Path.Element.Index(in.varint());
      default -> throw in.malformed("unknown element of a path " + tag);
    };
  }

  /// Reads one thing.
  private interface Part<T> {
    T read() throws IOException;
  }

  private <T> List<T> several(Part<T> part) throws IOException {
    int count = in.count();
    List<T> parts = new ArrayList<>(Math.min(count, ROOM_MAX));
    for (int left = count; left > 0; left--) {
      parts.add(part.read());
    }
    return parts;
  }

  private <T> T listed(List<T> values) throws IOException {
    int place = in.int8();
    if (place < 0 || place >= values.size()) {
      throw in.malformed(place + " is none of " + values);
    }
    return values.get(place);
  }

  private void enter() throws IOException {
    levels++;
    if (levels > LEVELS_MAX) {
      throw in.malformed("nested too deep");
    }
  }
}
