/// DynamoDB's wire: one class per operation, from JSON body to validated request, to the router,
/// and back to JSON. The texts of errors and the order in which they apply are decided here and in
/// the packages below that throw [dev.evenkeel.model.ApiException].
///
/// Order of checks: target → authentication (in `http`, before a body gets here) → JSON → shape of
/// the members → meaning → the table exists → condition.
///
/// The shape is the service model's: `wire`, with the declarations at the head of each operation.
/// The meaning is code. Within it the order of an operation's `run` is AWS's, and mistakes within a
/// value count where `run` asks for its member. Rules that several operations share stand together:
/// parameters that go together ([MixedParameters]), of writes ([ConditionParameters]), of reads
/// ([ProjectionParameters]), of searches ([SearchParameters], [Selection]), of keys and items
/// ([ItemKeys], [ItemWrites]), of batches and transactions ([BatchKeys], [TransactionKeys],
/// [TransactActions]), of tables ([KeyRules], [LocalIndexRules], [GlobalIndexRules],
/// [ProjectionRules], [CapacityRules], [StreamRules], [TagRules], [GlobalIndexUpdates]). What this
/// server does otherwise, or what is not known of AWS, is listed in `docs/compatibility.md`.
@NullMarked
package dev.evenkeel.api;

import org.jspecify.annotations.NullMarked;
