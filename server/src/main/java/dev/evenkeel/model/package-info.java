/// The vocabulary: tables, keys, attribute values, numbers, sizes, and the errors a caller can see.
/// All types are immutable. Nothing here knows how bytes are laid out (`codec`), how JSON looks
/// (`api`), or where anything is stored.
///
/// - [AttributeValue] is the tree form of a value, used where code must look inside. The compact
///   form that travels and is stored is `codec.BinaryItem`.
/// - [Numbers] holds the rules of DynamoDB's number type: 38 significant digits, magnitude between
///   1E-130 and 9.99…9E+125, exact; never a double.
/// - [ApiException] is the caller's mistake or the service's refusal, and the only place that knows
///   AWS's names of errors and their status codes.
/// - [Limits] names every bound that the API has, with its source.
@NullMarked
package dev.evenkeel.model;

import org.jspecify.annotations.NullMarked;
