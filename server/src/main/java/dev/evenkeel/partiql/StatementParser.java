package dev.evenkeel.partiql;

import dev.evenkeel.expression.Path;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.partiql.Statement.Action;
import dev.evenkeel.partiql.Statement.Column;
import dev.evenkeel.partiql.Statement.Ordering;
import dev.evenkeel.partiql.Statement.Returning;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads statements.
///
/// ```
///   statement := (select | insert | update | delete | exists) [';']
///   select    := SELECT ('*' | path (',' path)*) FROM name ['.' name] [WHERE or]
///                [ORDER BY path [ASC | DESC] (',' path [ASC | DESC])*]
///   insert    := INSERT INTO name VALUE or
///   update    := UPDATE name action+ [WHERE or] [returning]
///              | FROM name [WHERE or] action+ [returning]
///   action    := SET path '=' or (',' path '=' or)* | REMOVE path
///   delete    := DELETE FROM name [WHERE or] [returning]
///   returning := RETURNING (ALL | MODIFIED) (OLD | NEW) '*'
///   exists    := EXISTS '(' select ')'
/// ```
///
/// Source: [PartiQL statements for
/// DynamoDB](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.statements.html)
final class StatementParser {
  private static final String LEFTOVER = "more follows than a statement";
  private static final Set<String> JOINS =
      Set.of("join", "cross", "inner", "left", "right", "full", "outer", "natural");
  private static final Set<String> UNSUPPORTED_CLAUSES =
      Set.of("limit", "group", "having", "union", "intersect", "except");

  private final Tokens tokens;
  private final TermParser terms;

  private StatementParser(String text) {
    this.tokens = new Tokens(text);
    this.terms = new TermParser(tokens);
  }

  /// @param parameters how many the statement has
  record Parsed(Statement statement, int parameters) {}

  /// @throws ApiException a ValidationException, when it is none
  static Parsed parse(String text) {
    StatementParser parser = new StatementParser(text);
    Statement statement = parser.statement();
    parser.tokens.accept(";");
    if (parser.tokens.peek().type() != Token.Type.END) {
      throw Malformed.statement(LEFTOVER);
    }
    return new Parsed(statement, parser.terms.parameters());
  }

  private Statement statement() {
    Token first = tokens.peek();
    return switch (first.type() == Token.Type.KEYWORD ? first.text() : "") {
      case "select" -> select();
      case "insert" -> insert();
      case "update" -> update();
      case "delete" -> delete();
      case "from" -> updateFrom();
      case "exists" -> exists();
      default ->
          throw Malformed.statement("it does not begin as a SELECT, INSERT, UPDATE or DELETE does");
    };
  }

  private Statement.Select select() {
    tokens.next();
    Token token = tokens.peek();
    if (token.isKeyword("distinct") || token.isKeyword("all") || token.isKeyword("value")) {
      throw unsupportedClause(token);
    }
    List<Column> columns = columns();
    if (!tokens.acceptKeyword("from")) {
      throw Malformed.statement(LEFTOVER);
    }
    if (!tokens.peek().isName()) {
      throw terms.unexpected();
    }
    String table = tokens.next().text();
    @Nullable String index = null;
    if (tokens.accept(".")) {
      if (!tokens.peek().isName()) {
        throw Malformed.statement("no name follows the '.'");
      }
      index = tokens.next().text();
    }
    if (tokens.peek().isSymbol(".")) {
      throw ApiException.validation("FROM takes a table, or a table and one of its indexes");
    }
    refuseFurtherSources();
    @Nullable Term where = where();
    refuseUnsupportedClause();
    List<Ordering> orderBy = orderBy();
    refuseUnsupportedClause();
    return new Statement.Select(columns, table, index, where, orderBy);
  }

  private List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    if (tokens.accept("*")) {
      if (tokens.peek().isSymbol(",")) {
        throw starAmongOthers();
      }
      return columns;
    }
    do {
      columns.add(column());
    } while (tokens.accept(","));
    return columns;
  }

  private Column column() {
    Token token = tokens.peek();
    if (token.isSymbol("*")) {
      throw starAmongOthers();
    }
    boolean function =
        (token.type() == Token.Type.NAME || token.type() == Token.Type.KEYWORD)
            && tokens.peek(1).isSymbol("(");
    boolean value =
        switch (token.type()) {
          case STRING, NUMBER -> true;
          case SYMBOL -> token.text().equals("?");
          default -> false;
        };
    if (function || value) {
      throw Malformed.at("This is no step of a path:", token);
    }
    if (!token.isName()) {
      throw terms.unexpected();
    }
    Path path = terms.path();
    refuseAlias();
    return new Column(path, token);
  }

  private static ApiException starAmongOthers() {
    return ApiException.validation("Beside * no attribute is selected");
  }

  private List<Ordering> orderBy() {
    List<Ordering> orderings = new ArrayList<>();
    if (!tokens.peek().isKeyword("order")) {
      return orderings;
    }
    tokens.next();
    if (!tokens.acceptKeyword("by")) {
      throw Malformed.statement("ORDER needs BY");
    }
    do {
      if (!tokens.peek().isName()) {
        throw terms.unexpected();
      }
      Token at = tokens.peek();
      Path path = terms.path();
      boolean descending = tokens.acceptKeyword("desc");
      if (!descending) {
        tokens.acceptKeyword("asc");
      }
      orderings.add(new Ordering(path, descending, at));
    } while (tokens.accept(","));
    return orderings;
  }

  private Statement insert() {
    tokens.next();
    if (!tokens.acceptKeyword("into")) {
      throw Malformed.statement("INSERT needs INTO");
    }
    String table = simpleTable();
    boolean single = tokens.acceptKeyword("value");
    Token at = tokens.peek();
    Term value = terms.term();
    if (tokens.acceptWord("RETURNING")) {
      throw ApiException.validation("INSERT takes no RETURNING");
    }
    if (single) {
      return new Statement.Insert(table, value);
    }
    throw tokens.peek().isEnd()
        ? Malformed.at("INSERT takes one item", at)
        : Malformed.statement(LEFTOVER);
  }

  private Statement update() {
    tokens.next();
    String table = simpleTable();
    refuseAlias();
    if (!isAction(tokens.peek())) {
      throw Malformed.statement("it does not begin as a SELECT, INSERT, UPDATE or DELETE does");
    }
    List<Action> actions = actions();
    @Nullable Term where = where();
    return new Statement.Update(table, actions, where, returning());
  }

  private Statement updateFrom() {
    tokens.next();
    String table = simpleTable();
    refuseAlias();
    @Nullable Term where = where();
    if (!isAction(tokens.peek())) {
      throw Malformed.statement("it does not begin as a SELECT, INSERT, UPDATE or DELETE does");
    }
    List<Action> actions = actions();
    return new Statement.Update(table, actions, where, returning());
  }

  private static boolean isAction(Token token) {
    return token.isKeyword("set") || token.isKeyword("remove");
  }

  private List<Action> actions() {
    List<Action> actions = new ArrayList<>();
    while (isAction(tokens.peek())) {
      if (tokens.next().isKeyword("remove")) {
        actions.add(new Action.Remove(simplePath()));
      } else {
        do {
          actions.add(set());
        } while (tokens.accept(","));
      }
    }
    return actions;
  }

  private Action set() {
    Path path = simplePath();
    if (!tokens.accept("=")) {
      throw Malformed.statement("SET needs a '=' behind the path");
    }
    return new Action.Set(path, terms.term());
  }

  private Path simplePath() {
    if (!tokens.peek().isName()) {
      throw Malformed.statement("a name is missing");
    }
    return terms.path();
  }

  private Statement delete() {
    tokens.next();
    if (!tokens.acceptKeyword("from")) {
      throw Malformed.statement("DELETE needs FROM");
    }
    String table = simpleTable();
    refuseAlias();
    @Nullable Term where = where();
    return new Statement.Delete(table, where, returning());
  }

  private Statement exists() {
    tokens.next();
    if (!tokens.accept("(")) {
      throw Malformed.statement("it does not begin as a SELECT, INSERT, UPDATE or DELETE does");
    }
    if (!tokens.peek().isKeyword("select")) {
      throw Malformed.at("EXISTS stands alone in a statement", tokens.peek());
    }
    Statement.Select select = select();
    if (!tokens.accept(")")) {
      throw Malformed.statement("a ')' is missing");
    }
    return new Statement.Exists(select);
  }

  private @Nullable Term where() {
    return tokens.acceptKeyword("where") ? terms.term() : null;
  }

  private @Nullable Returning returning() {
    if (!tokens.acceptWord("RETURNING")) {
      return null;
    }
    boolean all = tokens.acceptWord("ALL");
    if (!all && !tokens.acceptWord("MODIFIED")) {
      throw Malformed.statement("RETURNING needs ALL or MODIFIED");
    }
    boolean old = tokens.acceptWord("OLD");
    if (!old && !tokens.acceptWord("NEW")) {
      throw Malformed.statement("RETURNING needs OLD or NEW");
    }
    if (!tokens.accept("*")) {
      throw ApiException.validation("RETURNING takes * only");
    }
    return new Returning(all, old);
  }

  /// The table of a statement that writes.
  private String simpleTable() {
    if (!tokens.peek().isName()) {
      throw Malformed.statement("a name is missing");
    }
    String table = tokens.next().text();
    if (tokens.peek().isSymbol(".")) {
      throw ApiException.validation("An index takes no writes");
    }
    return table;
  }

  private void refuseAlias() {
    Token token = tokens.peek();
    boolean returning =
        token.type() == Token.Type.NAME && token.text().equalsIgnoreCase("RETURNING");
    if (token.isKeyword("as") || (token.isName() && !returning)) {
      throw ApiException.validation("A table has no other name within a statement");
    }
  }

  private void refuseFurtherSources() {
    refuseAlias();
    Token token = tokens.peek();
    if (token.isSymbol(",")
        || (token.type() == Token.Type.KEYWORD && JOINS.contains(token.text()))) {
      throw ApiException.validation("FROM takes one table or index");
    }
  }

  private void refuseUnsupportedClause() {
    Token token = tokens.peek();
    if (token.type() == Token.Type.KEYWORD && UNSUPPORTED_CLAUSES.contains(token.text())) {
      throw unsupportedClause(token);
    }
  }

  private static ApiException unsupportedClause(Token token) {
    return Malformed.at("There is no clause " + token.text().toUpperCase(Locale.ROOT), token);
  }
}
