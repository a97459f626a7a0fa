package dev.evenkeel.partiql;

import dev.evenkeel.expression.Condition;
import dev.evenkeel.expression.Path;
import dev.evenkeel.model.AttributeValue;
import java.math.BigDecimal;
import java.util.List;

/// What a clause is made of, as it was written: parameters have no values yet, functions are not
/// known, and nothing says whether it can be evaluated.
sealed interface Term {
  /// The token at which errors point.
  Token at();

  /// A string, `TRUE`, `FALSE` or `NULL`.
  record Constant(AttributeValue value, Token at) implements Term {}

  /// Not yet checked against the bounds of numbers.
  record Numeral(BigDecimal value, Token at) implements Term {}

  record Missing(Token at) implements Term {}

  /// @param index its place among the statement's parameters, from 0
  record Parameter(int index, Token at) implements Term {}

  record Attribute(Path path, Token at) implements Term {}

  /// @param name in lower case
  record Call(String name, List<Term> arguments, Token at) implements Term {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  record And(List<Term> terms, Token at) implements Term {
    public And {
      terms = List.copyOf(terms);
    }
  }

  record Or(List<Term> terms, Token at) implements Term {
    public Or {
      terms = List.copyOf(terms);
    }
  }

  record Not(Term term, Token at) implements Term {}

  record Comparison(Condition.Comparator comparator, Term left, Term right, Token at)
      implements Term {}

  /// `+`, `-` and the operators that no clause of DynamoDB knows.
  record Arithmetic(String operator, Term left, Term right, Token at) implements Term {}

  record Negative(Term term, Token at) implements Term {}

  record Between(Term value, Term low, Term high, Token at) implements Term {}

  record In(Term value, List<Term> candidates, Token at) implements Term {
    public In {
      candidates = List.copyOf(candidates);
    }
  }

  record Like(Term value, Term pattern, Token at) implements Term {}

  /// @param type in upper case
  record Is(Term value, String type, Token at) implements Term {}

  record ListOf(List<Term> elements, Token at) implements Term {
    public ListOf {
      elements = List.copyOf(elements);
    }
  }

  record SetOf(List<Term> elements, Token at) implements Term {
    public SetOf {
      elements = List.copyOf(elements);
    }
  }

  record MapOf(List<Entry> entries, Token at) implements Term {
    public MapOf {
      entries = List.copyOf(entries);
    }
  }

  record Entry(String name, Term value) {}
}
