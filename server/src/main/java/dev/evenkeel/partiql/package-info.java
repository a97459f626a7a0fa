/// DynamoDB's dialect of PartiQL: a statement in, the same plans out that the native operations
/// make. Nothing is evaluated here.
///
/// ```
///  text ──Lexer──▶ tokens ──StatementParser, TermParser──▶ Statement, Term
///                                                            │ Binding: Values, ConditionCompiler,
///                                            parameters ────▶│          UpdateCompiler
///                                                            ▼
///  key schema ──▶ ReadPlan (of a SELECT), Keyed (of a write) ◀── BoundStatement
/// ```
///
/// - **Two trees.** [Statement] and [Term] are what was written; conditions, updates and paths of
///   [dev.evenkeel.expression] are what it means. There is one evaluator, that of `expression`.
/// - **Errors** are the caller's mistakes: [dev.evenkeel.model.ApiException] with AWS's texts. What
///   the grammar cannot read "wasn't well formed"; what it can read but DynamoDB does not do has
///   texts of its own, some with a place in the statement as `line:column:length`.
/// - **Names** without quotes are no keyword ([Keywords]), as at AWS, whose reserved words here are
///   not those of the expressions. Names in double quotes may be anything.
/// - **Bounds.** 8,192 characters of text, 300 operators and functions, 300 levels of brackets, 32
///   elements of a path; values nest as deep as in items.
///
/// Everything is immutable and free of threads, except the parsers and [Tokens], which belong to
/// one request.
///
/// Not here: whether a table exists, capacity, and the JSON of requests (`api`).
///
/// Sources: [PartiQL for
/// DynamoDB](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.html),
/// [PartiQL specification](https://partiql.org/assets/PartiQL-Specification.pdf).
@NullMarked
package dev.evenkeel.partiql;

import org.jspecify.annotations.NullMarked;
