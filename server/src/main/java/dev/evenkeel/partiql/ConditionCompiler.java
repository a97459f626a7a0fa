package dev.evenkeel.partiql;

import dev.evenkeel.expression.Condition;
import dev.evenkeel.expression.Function;
import dev.evenkeel.expression.Operand;
import dev.evenkeel.expression.Path;
import dev.evenkeel.expression.StatementExpressions;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Limits;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns the term of a WHERE clause into a condition.
final class ConditionCompiler {
  private static final String TYPES =
      "[MISSING, NULL, BOOLEAN, BLOB, STRING, NUMERIC, STRUCT, TUPLE, LIST]";

  private final Values values;

  ConditionCompiler(Values values) {
    this.values = values;
  }

  /// @return bound and checked
  /// @throws ApiException a ValidationException, when it is no condition
  Condition compile(Term where) {
    return StatementExpressions.condition(condition(where));
  }

  private Condition condition(Term term) {
    return switch (term) {
      case Term.And(List<Term> terms, Token _) -> new Condition.And(conditions(terms));
      case Term.Or(List<Term> terms, Token _) -> new Condition.Or(conditions(terms));
      case Term.Not(Term inner, Token _) -> new Condition.Not(condition(inner));
      case Term.Comparison comparison -> comparison(comparison);
      case Term.Between(Term value, Term low, Term high, Token _) ->
          new Condition.Between(operand(value), operand(low), operand(high));
      case Term.In(Term value, List<Term> candidates, Token _) -> in(value, candidates);
      case Term.Is(Term value, String type, Token _) -> is(operand(value), type);
      case Term.Call call -> predicate(call);
      case Term.Like(Term _, Term _, Token at) -> throw Malformed.at("There is no LIKE", at);
      case Term.Arithmetic(String operator, Term _, Term _, Token _) ->
          throw unsupportedOperator(operator);
      case Term.Negative _ -> throw unsupportedOperator("-");
      case Term.Constant _,
          Term.Numeral _,
          Term.Missing _,
          Term.Parameter _,
          Term.Attribute _,
          Term.ListOf _,
          Term.SetOf _,
          Term.MapOf _ ->
          throw Malformed.at("A condition is missing", term.at());
    };
  }

  private List<Condition> conditions(List<Term> terms) {
    List<Condition> conditions = new ArrayList<>(terms.size());
    terms.forEach(term -> conditions.add(condition(term)));
    return conditions;
  }

  /// Also `attribute_exists(a) = true`.
  private Condition comparison(Term.Comparison comparison) {
    Term left = comparison.left();
    Term right = comparison.right();
    Condition.@Nullable Predicate predicate = asPredicate(left);
    if (predicate != null) {
      return truth(predicate, comparison.comparator(), right);
    }
    predicate = asPredicate(right);
    if (predicate != null) {
      return truth(predicate, comparison.comparator(), left);
    }
    return new Condition.Comparison(comparison.comparator(), operand(left), operand(right));
  }

  /// A condition that is compared with true or false.
  private Condition truth(
      Condition.Predicate predicate, Condition.Comparator comparator, Term expected) {
    boolean equal = comparator == Condition.Comparator.EQ;
    if ((!equal && comparator != Condition.Comparator.NE)
        || !Values.isValue(expected)
        || !(values.of(expected) instanceof AttributeValue.Bool(boolean truth))) {
      throw StatementExpressions.misused(predicate.call().function());
    }
    return equal == truth ? predicate : new Condition.Not(predicate);
  }

  /// The condition that a function is, or null for a term that has a value.
  private Condition.@Nullable Predicate asPredicate(Term term) {
    return term instanceof Term.Call call && function(call).isPredicate() ? predicate(call) : null;
  }

  private Condition.Predicate predicate(Term.Call call) {
    Function function = function(call);
    if (!function.isPredicate()) {
      throw StatementExpressions.misused(function);
    }
    return new Condition.Predicate(call(function, call.arguments()));
  }

  private Condition in(Term value, List<Term> candidates) {
    if (candidates.size() > Limits.IN_OPERANDS_MAX) {
      throw tooManyCandidates(candidates.size());
    }
    return new Condition.In(operand(value), operands(candidates));
  }

  static ApiException tooManyCandidates(int count) {
    return ApiException.validation(
        "The IN operator is provided with too many operands; number of operands: " + count);
  }

  private static Condition is(Operand value, String type) {
    return switch (type) {
      case "MISSING" -> predicate(Function.ATTRIBUTE_NOT_EXISTS, value);
      case "NULL" -> hasType(value, AttributeValue.Type.NULL);
      case "BOOL", "BOOLEAN" -> hasType(value, AttributeValue.Type.BOOL);
      case "BLOB" -> hasType(value, AttributeValue.Type.B);
      case "STRING" -> hasType(value, AttributeValue.Type.S);
      case "NUMERIC" -> hasType(value, AttributeValue.Type.N);
      case "STRUCT", "TUPLE" -> hasType(value, AttributeValue.Type.M);
      case "LIST" -> hasType(value, AttributeValue.Type.L);
      default ->
          throw ApiException.validation(
              "IS does not know the type " + type + " of these: " + TYPES);
    };
  }

  private static Condition hasType(Operand value, AttributeValue.Type type) {
    return predicate(
        Function.ATTRIBUTE_TYPE, value, new Operand.Literal(new AttributeValue.S(type.name())));
  }

  private static Condition predicate(Function function, Operand... operands) {
    return new Condition.Predicate(new Operand.Call(function, List.of(operands)));
  }

  private Operand operand(Term term) {
    return switch (term) {
      case Term.Attribute(Path path, Token _) -> path;
      case Term.Call call -> {
        Function function = function(call);
        if (function.isPredicate()) {
          throw StatementExpressions.misused(function);
        }
        yield call(function, call.arguments());
      }
      case Term.Arithmetic(String operator, Term _, Term _, Token _) ->
          throw unsupportedOperator(operator);
      case Term.Negative _ -> throw unsupportedOperator("-");
      default -> new Operand.Literal(values.of(term));
    };
  }

  private List<Operand> operands(List<Term> terms) {
    List<Operand> operands = new ArrayList<>(terms.size());
    terms.forEach(term -> operands.add(operand(term)));
    return operands;
  }

  private Operand.Call call(Function function, List<Term> arguments) {
    return new Operand.Call(function, operands(arguments));
  }

  private static Function function(Term.Call call) {
    return switch (call.name()) {
      case "attribute_exists" -> Function.ATTRIBUTE_EXISTS;
      case "attribute_not_exists" -> Function.ATTRIBUTE_NOT_EXISTS;
      case "attribute_type" -> Function.ATTRIBUTE_TYPE;
      case "begins_with" -> Function.BEGINS_WITH;
      case "contains" -> Function.CONTAINS;
      case "size" -> Function.SIZE;
      default -> throw Malformed.at("There is no function " + call.name(), call.at());
    };
  }

  private static ApiException unsupportedOperator(String operator) {
    return ApiException.validation("A condition takes no operator " + operator);
  }
}
