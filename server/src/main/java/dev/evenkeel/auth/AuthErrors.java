package dev.evenkeel.auth;

import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.ApiException.Kind;

/// The refusals, in AWS's words.
final class AuthErrors {
  private AuthErrors() {}

  static ApiException missingToken() {
    return ApiException.of(
        Kind.MISSING_AUTHENTICATION_TOKEN, "Request is missing Authentication Token");
  }

  static ApiException bothForms() {
    return invalid(
        "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.");
  }

  static ApiException incomplete(String message) {
    return ApiException.of(Kind.INCOMPLETE_SIGNATURE, message);
  }

  static ApiException invalid(String message) {
    return ApiException.of(Kind.INVALID_SIGNATURE, message);
  }

  static ApiException unknownKey() {
    return ApiException.of(
        Kind.UNRECOGNIZED_CLIENT, "The security token included in the request is invalid.");
  }

  static ApiException mismatch() {
    return invalid(
        "The request signature we calculated does not match the signature you provided. Check your"
            + " AWS Secret Access Key and signing method. Consult the service documentation for"
            + " details.");
  }

  static ApiException unsigned(String header) {
    return invalid("'" + header + "' must be a 'SignedHeader' in the AWS Authorization.");
  }

  static ApiException badDate(String date) {
    return incomplete(
        "Date must be in ISO-8601 'basic format'. Got '"
            + date
            + "'. See http://en.wikipedia.org/wiki/ISO_8601");
  }
}
