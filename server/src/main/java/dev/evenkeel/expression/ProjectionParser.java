package dev.evenkeel.expression;

import dev.evenkeel.expression.Findings.Sort;
import java.util.ArrayList;
import java.util.List;

/// Reads projections: document paths with commas between them.
final class ProjectionParser extends OperandParser {
  private ProjectionParser(String text) {
    super(ExpressionKind.PROJECTION, text);
  }

  /// The unbound paths, as they were written.
  static List<Path> parse(String text) {
    ProjectionParser parser = new ProjectionParser(text);
    List<Path> paths = new ArrayList<>();
    do {
      paths.add(parser.path());
    } while (parser.tokens.accept(","));
    parser.tokens.expectEnd();
    parser.findings.report(Sort.RESERVED_WORD, Sort.PATH_LIMIT);
    return List.copyOf(paths);
  }

  @Override
  Operand argument() {
    throw tokens.unexpected();
  }
}
