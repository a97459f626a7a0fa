package dev.evenkeel.partiql;

import dev.evenkeel.model.AttributeValue;
import java.util.List;
import java.util.Random;

/// A generator of statements, of text that looks like statements, and of text.
final class RandomStatements {
  private static final String[] WORDS = {
    "SELECT",
    "INSERT INTO",
    "UPDATE",
    "DELETE FROM",
    "FROM",
    "WHERE",
    "SET",
    "REMOVE",
    "VALUE",
    "ORDER BY",
    "DESC",
    "RETURNING",
    "ALL",
    "MODIFIED",
    "OLD",
    "NEW",
    "EXISTS",
    "AND",
    "OR",
    "NOT",
    "IN",
    "BETWEEN",
    "IS",
    "MISSING",
    "NULL",
    "LIKE",
    "TRUE",
    "begins_with",
    "size",
    "set_add",
    "T",
    "a",
    "\"b c\"",
    "'s'",
    "''",
    "1",
    "-2.5e3",
    ".5",
    "?",
    "*",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "<<",
    ">>",
    ",",
    ".",
    ":",
    ";",
    "=",
    "<>",
    "<",
    ">=",
    "+",
    "-",
    "||",
    "--",
    "/*",
    "*/",
    "#",
    "`"
  };
  private static final String[] COMPARATORS = {"=", "<>", "!=", "<", "<=", ">", ">="};
  private static final String[] TYPES = {"MISSING", "NULL", "STRING", "BOOL", "LIST"};
  private static final int DEPTH = 3;

  private RandomStatements() {}

  static String characters(Random random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append((char) (random.nextInt(20) == 0 ? random.nextInt(0x10000) : random.nextInt(128)));
    }
    return text.toString();
  }

  static String words(Random random) {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(40); left > 0; left--) {
      text.append(WORDS[random.nextInt(WORDS.length)]).append(random.nextInt(5) == 0 ? "" : " ");
    }
    return text.toString();
  }

  static String mutated(Random random, String statement) {
    StringBuilder text = new StringBuilder(statement);
    for (int left = 1 + random.nextInt(4); left > 0 && !text.isEmpty(); left--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(5)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.insert(at, WORDS[random.nextInt(WORDS.length)]);
        case 2 -> text.setCharAt(at, (char) (32 + random.nextInt(95)));
        case 3 -> text.setLength(at);
        default -> text.insert(at, text.substring(at, Math.min(text.length(), at + 20)));
      }
    }
    return text.toString();
  }

  static AttributeValue parameter(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> AttributeValue.N.of(random.nextInt(100));
      case 1 -> new AttributeValue.Bool(random.nextBoolean());
      case 2 -> new AttributeValue.SS(List.of("s", "t"));
      case 3 -> new AttributeValue.L(List.of(AttributeValue.Null.INSTANCE));
      default -> new AttributeValue.S("s");
    };
  }

  /// A statement of the grammar.
  static String statement(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> "INSERT INTO T VALUE " + map(random, DEPTH);
      case 1 -> "UPDATE T" + actions(random) + where(random) + returning(random);
      case 2 -> "FROM T" + where(random) + actions(random) + returning(random);
      case 3 -> "DELETE FROM T" + where(random) + returning(random);
      case 4 -> "EXISTS(" + select(random) + ")";
      default -> select(random) + (random.nextBoolean() ? ";" : " -- note");
    };
  }

  private static String select(Random random) {
    String columns = random.nextBoolean() ? "*" : path(random) + ", " + path(random);
    String index = random.nextInt(4) == 0 ? ".\"index-1\"" : "";
    String order = random.nextInt(4) == 0 ? " ORDER BY a DESC, \"b c\"" : "";
    return "SELECT " + columns + " FROM \"T\"" + index + where(random) + order;
  }

  private static String actions(Random random) {
    StringBuilder text = new StringBuilder();
    for (int left = 1 + random.nextInt(3); left > 0; left--) {
      text.append(
          switch (random.nextInt(4)) {
            case 0 -> " REMOVE " + path(random);
            case 1 -> " SET a = list_append(a, " + value(random, DEPTH) + ")";
            case 2 -> " SET a = set_add(a, <<1, 2>>), b = b - " + random.nextInt(9);
            default -> " SET " + path(random) + " = " + value(random, DEPTH);
          });
    }
    return text.toString();
  }

  private static String returning(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> " RETURNING ALL OLD *";
      case 1 -> " RETURNING MODIFIED NEW *";
      default -> "";
    };
  }

  private static String where(Random random) {
    return random.nextInt(5) == 0 ? "" : " WHERE " + condition(random, DEPTH);
  }

  static String condition(Random random, int depth) {
    String path = path(random);
    return switch (random.nextInt(depth > 0 ? 10 : 6)) {
      case 0 -> path + " IN [" + value(random, 0) + ", " + value(random, 0) + "]";
      case 1 -> path + " BETWEEN " + random.nextInt(5) + " AND " + (5 + random.nextInt(5));
      case 2 -> path + " IS " + (random.nextBoolean() ? "NOT " : "") + pick(random, TYPES);
      case 3 -> "begins_with(" + path + ", 's')";
      case 4 -> "size(" + path + ") > " + random.nextInt(5);
      case 6 -> condition(random, depth - 1) + " AND " + condition(random, depth - 1);
      case 7 -> condition(random, depth - 1) + " OR " + condition(random, depth - 1);
      case 8 -> "NOT " + condition(random, depth - 1);
      case 9 -> "(" + condition(random, depth - 1) + ")";
      default -> path + " " + pick(random, COMPARATORS) + " " + value(random, 1);
    };
  }

  private static String path(Random random) {
    return pick(random, "a", "\"b c\"", "k.l", "a[0]", "a.b[1].\"c\"", "status");
  }

  private static String value(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 5)) {
      case 0 -> String.valueOf(random.nextInt(100) - 50);
      case 1 -> "'it''s " + random.nextInt(9) + "'";
      case 2 -> pick(random, "TRUE", "false", "NULL");
      case 3 -> "?";
      case 5 -> "[" + value(random, depth - 1) + ", " + value(random, depth - 1) + "]";
      case 6 -> "<<1, " + (2 + random.nextInt(5)) + ">>";
      case 7 -> map(random, depth - 1);
      default -> random.nextInt(9) + "." + random.nextInt(9) + "e" + random.nextInt(9);
    };
  }

  private static String map(Random random, int depth) {
    return "{'a': " + value(random, depth) + ", 'b c': " + value(random, 0) + "}";
  }

  private static String pick(Random random, String... of) {
    return of[random.nextInt(of.length)];
  }
}
