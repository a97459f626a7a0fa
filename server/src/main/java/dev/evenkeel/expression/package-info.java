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
/// A bound condition or update **travels** between nodes ([ExpressionEncoder],
/// [ExpressionDecoder]). The decoder takes only what can be evaluated.
///
/// ```
/// expression = version (1: 0x01) ‖ (condition | update)      parts of a message: see codec
/// condition  = 0x01 AND | 0x02 OR  ‖ count (varint) ‖ condition*
///            | 0x03 NOT            ‖ condition
///            | 0x04 comparison     ‖ comparator (1) ‖ operand ‖ operand
///            | 0x05 BETWEEN        ‖ operand ‖ low operand ‖ high operand
///            | 0x06 IN             ‖ operand ‖ count (varint) ‖ operand*
///            | 0x07 predicate      ‖ call
/// operand    = 0x01 path | 0x02 value | 0x03 call
/// call       = function (1) ‖ as many operands as it takes
/// path       = count (varint) ‖ (0x01 name (text) | 0x02 index (varint))*
/// update     = wording (1) ‖ count (varint) ‖ action*
/// action     = 0x01 SET ‖ path ‖ operand   | 0x02 REMOVE ‖ path
///            | 0x03 ADD ‖ path ‖ operand   | 0x04 DELETE ‖ path ‖ operand
/// comparator, function, wording: places in the lists of ExpressionFormat
/// ```
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
