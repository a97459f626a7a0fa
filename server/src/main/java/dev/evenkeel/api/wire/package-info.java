/// The wire: from the bytes of a request to its checked members, and from an answer to bytes.
///
/// Every operation declares its input once, as a [Structure] of [Member]s with a [Shape] each:
///
/// ```
/// static final Structure.Builder INPUT = Structure.of("DescribeTableInput");
/// static final Member<String> TABLE_NAME = INPUT.required("TableName", Shape.tableName());
/// static final Structure SHAPE = INPUT.build();
/// …
/// String name = SHAPE.read(body).need(TABLE_NAME);
/// ```
///
/// A test holds all declarations against the service model, member by member.
///
/// Reading is one pass of a streaming parser over the body; no tree is built. Unknown members are
/// skipped, JSON null means absent. Problems are reported in AWS's order:
///
/// 1. The JSON: malformed or truncated text, bytes that are not UTF-8, nesting beyond
///    [Json#NESTING_MAX], a value of the wrong JSON type, and a member or key given twice, are a
///    SerializationException. A duplicate is refused rather than one of the two being chosen.
/// 2. The shapes: required members, lengths, patterns, ranges and enumerations are checked when the
///    whole text was read; [Violations] answers the first that does not fit with a
///    ValidationException.
/// 3. What a delegated value (an item) found wrong in itself while it was read: kept until the
///    operation asks for the member, see [Members]. An operation asks for all that it was given.
///
/// Values that are items are read by a [ValueReader] straight into their binary form.
///
/// Answers are written by [JsonOut] into a growing buffer that becomes their body; items go there
/// past its generator, straight from their stored form ([ItemText]).
///
/// Not here: what members mean together (the operations), what an attribute value may hold.
@NullMarked
package dev.evenkeel.api.wire;

import org.jspecify.annotations.NullMarked;
