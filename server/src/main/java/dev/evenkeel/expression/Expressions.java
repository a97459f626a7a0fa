package dev.evenkeel.expression;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.evenkeel.model.Limits;
import java.util.ArrayList;
import java.util.List;

/// Reads expressions. Keeps the unbound trees of the texts it saw last, since programs send few
/// texts and many values. Safe to share; one instance per node.
///
/// Every method throws a ValidationException, with AWS's text, for a mistake in the expression.
public final class Expressions {
  /// Bound on the kept texts, in characters; a tree takes some thirty times its text.
  private static final long CACHED_CHARS_MAX = 1L << 20;

  private record Text(ExpressionKind kind, String text) {}

  /// What a text means before names and values are known.
  private sealed interface Syntax {
    record Test(Condition condition) implements Syntax {}

    record Actions(List<UpdateAction> actions) implements Syntax {}

    record Paths(List<Path> paths) implements Syntax {}
  }

  private final Cache<Text, Syntax> syntax =
      Caffeine.newBuilder()
          .maximumWeight(CACHED_CHARS_MAX)
          .weigher((Text text, Syntax _) -> text.text.length())
          .executor(Runnable::run)
          .build();

  /// A ConditionExpression.
  public Condition condition(String text, ExpressionScope scope) {
    return test(ExpressionKind.CONDITION, text, scope);
  }

  /// A FilterExpression.
  public Condition filter(String text, ExpressionScope scope) {
    return test(ExpressionKind.FILTER, text, scope);
  }

  /// A KeyConditionExpression whose attributes are not yet compared with a table.
  public KeyExpression keyCondition(String text, ExpressionScope scope) {
    return new KeyExpression(
        KeyConditionReader.read(test(ExpressionKind.KEY_CONDITION, text, scope)));
  }

  /// An UpdateExpression.
  public Update update(String text, ExpressionScope scope) {
    if (syntax(ExpressionKind.UPDATE, text) instanceof Syntax.Actions(List<UpdateAction> actions)) {
      return new UpdateBinder(ExpressionKind.UPDATE, scope).bind(actions);
    }
    throw new IllegalStateException(text);
  }

  /// A ProjectionExpression.
  public Projection projection(String text, ExpressionScope scope) {
    if (syntax(ExpressionKind.PROJECTION, text) instanceof Syntax.Paths(List<Path> paths)) {
      Binder binder = new Binder(ExpressionKind.PROJECTION, scope);
      List<Path> bound = new ArrayList<>(paths.size());
      paths.forEach(path -> bound.add(binder.bind(path)));
      return Projection.of(bound);
    }
    throw new IllegalStateException(text);
  }

  private Condition test(ExpressionKind kind, String text, ExpressionScope scope) {
    if (syntax(kind, text) instanceof Syntax.Test(Condition condition)) {
      return new ConditionBinder(kind, scope).bind(condition);
    }
    throw new IllegalStateException(text);
  }

  private Syntax syntax(ExpressionKind kind, String text) {
    return syntax.get(new Text(kind, text), Expressions::parse);
  }

  private static Syntax parse(Text text) {
    checkSize(text.kind, text.text);
    return switch (text.kind) {
      case CONDITION, FILTER, KEY_CONDITION ->
          new Syntax.Test(ConditionParser.parse(text.kind, text.text));
      case UPDATE -> new Syntax.Actions(UpdateParser.parse(text.text));
      case PROJECTION -> new Syntax.Paths(ProjectionParser.parse(text.text));
      case STATEMENT -> throw new IllegalStateException("statements have a grammar of their own");
    };
  }

  private static void checkSize(ExpressionKind kind, String text) {
    if (text.isEmpty()) {
      throw kind.invalid("The expression can not be empty;");
    }
    if (text.length() > Limits.EXPRESSION_BYTES_MAX
        || text.getBytes(UTF_8).length > Limits.EXPRESSION_BYTES_MAX) {
      throw kind.invalid("Expression size has exceeded the maximum allowed size;");
    }
  }
}
