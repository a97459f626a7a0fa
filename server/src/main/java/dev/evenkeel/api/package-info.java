/// DynamoDB's wire: one class per operation, from JSON body to validated request, to the router,
/// and back to JSON. The texts of errors and the order in which they apply are decided here and in
/// the packages below that throw [dev.evenkeel.model.ApiException].
///
/// Order of checks: target → authentication (in `http`, before a body gets here) → JSON → shape of
/// the members → meaning → the table exists → condition.
@NullMarked
package dev.evenkeel.api;

import org.jspecify.annotations.NullMarked;
