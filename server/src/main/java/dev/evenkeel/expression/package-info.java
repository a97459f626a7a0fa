/// DynamoDB's expressions: condition, filter, key condition, update and projection, and the legacy
/// parameters that came before them. Text in, an object out that can be asked: does this item meet
/// the condition, what is the item after the update, which part of the item is wanted.
///
/// ```
///  text ──Lexer──▶ tokens ──…Parser──▶ unbound tree ──…Binder──▶ bound tree ──▶ Evaluation,
///                                      (cached by text)  ▲                      ItemUpdate,
///                        ExpressionAttributeNames, ──────┘                      PathTree
///                        ExpressionAttributeValues
///  Expected, AttributeUpdates, KeyConditions, QueryFilter … ──Legacy…──▶ bound tree
/// ```
///
/// - **One tree.** [Condition], [Operand] and [UpdateAction] are sealed records. Before binding
///   they may hold `#alias` elements and `:placeholder` operands, after it they do not; meeting one
///   then is a bug. The legacy parameters compile to the same tree, so there is one evaluator.
/// - **Errors** are the caller's mistakes: [dev.evenkeel.model.ApiException] with AWS's texts. A
///   syntax error stops the parser at once; other mistakes are noted and the gravest is reported
///   when the parser is through, since AWS reports by kind of mistake and not by place. What
///   depends on names and values is checked while binding, one comparison after the other.
/// - **Bounds.** 4 KB of text, 300 operators and functions, 100 operands of IN, 32 elements of a
///   path. Parentheses do not nest on the thread's stack; functions and evaluation do, at most as
///   deep as there are operators.
/// - **Order of values**: numbers by value, strings by their UTF-8 bytes, binaries as unsigned
///   bytes. Values of different types are never equal and never ordered: the comparison is false.
/// - **Updates** read every operand from the item as it was; actions do not see one another.
///
/// Everything is immutable and free of threads, except an [ExpressionScope], which belongs to one
/// request, and the cache in [Expressions], which is safe to share.
///
/// Not here: whether a table exists, capacity, and the JSON of requests (`api`).
///
/// Sources: [Using
/// expressions](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.html),
/// [legacy
/// parameters](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.html),
/// [limits](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters).
@NullMarked
package dev.evenkeel.expression;

import org.jspecify.annotations.NullMarked;
