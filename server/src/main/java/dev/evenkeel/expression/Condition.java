package dev.evenkeel.expression;

import dev.evenkeel.codec.BinaryItem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A condition on one item, as a tree.
public sealed interface Condition extends Term {
  /// Whether the item meets it; null is an item without attributes.
  default boolean test(@Nullable BinaryItem item) {
    return Evaluation.test(this, item);
  }

  record And(List<Condition> terms) implements Condition {
    public And {
      terms = List.copyOf(terms);
    }
  }

  record Or(List<Condition> terms) implements Condition {
    public Or {
      terms = List.copyOf(terms);
    }
  }

  record Not(Condition term) implements Condition {}

  record Comparison(Comparator comparator, Operand left, Operand right) implements Condition {}

  /// Both bounds are inclusive.
  record Between(Operand value, Operand low, Operand high) implements Condition {}

  record In(Operand value, List<Operand> candidates) implements Condition {
    public In {
      candidates = List.copyOf(candidates);
    }
  }

  /// A function whose result is true or false.
  record Predicate(Operand.Call call) implements Condition {}

  /// The comparison operators.
  enum Comparator {
    EQ("="),
    NE("<>"),
    LT("<"),
    LE("<="),
    GT(">"),
    GE(">=");

    private final String text;

    Comparator(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }

    /// Whether it needs values that have an order.
    boolean orders() {
      return this != EQ && this != NE;
    }

    /// The operator that says the same with the operands exchanged.
    public Comparator mirrored() {
      return switch (this) {
        case EQ, NE -> this;
        case LT -> GT;
        case LE -> GE;
        case GT -> LT;
        case GE -> LE;
      };
    }

    static @Nullable Comparator of(Token token) {
      for (Comparator comparator : values()) {
        if (token.is(comparator.text)) {
          return comparator;
        }
      }
      return null;
    }
  }
}
